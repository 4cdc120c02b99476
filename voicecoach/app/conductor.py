"""The conductor: brings events to a dialog and carries out its effects.

Shared by the rehearsal and the live driver, and used from one thread. What sounded comes back as
reports of the mixer, what was heard as hearings; both end in the log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import UNSET

from voicecoach.app.log_values import (
    beat_of,
    in_seconds,
    recorded,
    said_as,
    span,
    spoken_line,
    unusual,
)
from voicecoach.app.recorded import hearing_event
from voicecoach.audio.clip import NOTHING, Clip, Samples
from voicecoach.audio.echo_watch import Audible
from voicecoach.audio.mixer import Ended, Report, Started
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.judge import Judge
from voicecoach.decision.own_words import SLACK
from voicecoach.decision.taught import STRANGER, TaughtVoice
from voicecoach.decision.verdict import (
    Accepted,
    Doubtful,
    Hushed,
    Refused,
    Released,
    Spoken,
)
from voicecoach.dialog import events
from voicecoach.dialog.effects import (
    CallHelper,
    ChooseMusic,
    Effect,
    Finish,
    Gain,
    Hush,
    Listen,
    Music,
    Play,
    Record,
    Scene,
    SetScene,
)
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, Heard, Unclear, Woke
from voicecoach.dialog.states import WAITING, State
from voicecoach.eventlog import fields, inputs, kinds, sounds
from voicecoach.eventlog.fields import Source
from voicecoach.language.phrasebook import HALTING, Command, Phrasebook
from voicecoach.language.words import normalise
from voicecoach.track import CENTRE, RHYTHMIC, Cue, CueKind
from voicecoach.units import RATE, Frame, Ms, seconds, to_frames

Log = Callable[[kinds.Event], None]
"""Takes each event of the log."""


def nothing(_now: Ms) -> None:
    """Do nothing after an event."""


NOTED = Ms(1000)
"""How often the time is told, whatever happens: so much is lost when the program is killed."""

REMEMBERED = 5 * RATE
"""Frames for which the judge still hears of a line that has ended: longer than any word is decided
after its end."""

UNCLEAR = ("not a phrase", "unsure")
"""Refusals of what may have been meant as a command."""

ANYBODY = HALTING | {Command.PAUSE}
"""What another program may ask for after a halt: to be silent, not to go on (S1, S29)."""

SILENT = Clip("", NOTHING)


class Loudspeaker(Protocol):
    """What plays the clips, on the dialog's own clock (`app.output`)."""

    def play(self, id_: int, samples: Samples, at: Frame) -> None:
        """Let `samples` begin at a frame."""

    def hush(self) -> None:
        """Fade what sounds and drop what waits."""

    def louder(self, by: float) -> None:
        """Change the level by so many dB."""

    def choose(self, music: Music) -> None:
        """Have a bed from now on, or none."""

    def enter(self, scene: Scene) -> None:
        """Let the bed suit what goes on."""

    def own(self, report: Report) -> Report | None:
        """Return `report` in frames of the dialog; None if it is not about it."""


class Conductor:
    """Between a dialog, the mixer, the recogniser and a log.

    What comes to the dialog goes into the log before what follows from it (`eventlog.inputs`), so
    that the session can be replayed.
    """

    def __init__(
        self,
        dialog: Dialog[Any],
        output: Loudspeaker,
        clips: Mapping[str, Clip],
        book: Phrasebook,
        listen: Callable[[frozenset[str]], None],
        log: Log,
        call_helper: Callable[[str], None],
        after_event: Callable[[Ms], None] = nothing,
        taught: TaughtVoice = STRANGER,
    ) -> None:
        self._dialog, self._output, self._clips = dialog, output, clips
        self._book = book = book.adding(dialog.names)
        self._listen, self._log = listen, log
        self._call_helper, self._after_event = call_helper, after_event
        self._judge = Judge(book, taught)
        self._cues: dict[int, Cue] = {}
        self._spoken: deque[tuple[int, Spoken]] = deque()
        self._noted = Ms(0)
        self._audible: Audible | None = None
        self.outcome: fields.Outcome | None = None

    @property
    def waiting(self) -> bool:
        """Whether the dialog stands still until something is said."""
        return self._dialog.state in WAITING

    @property
    def asleep(self) -> bool:
        """Whether the coach waits for nothing but its name."""
        return self._dialog.state is State.IDLE

    def begin(self) -> None:
        """Let the dialog begin; or go on, where it was loaded."""
        self.handle(self._dialog.first)

    def tick(self, now: Ms) -> None:
        """Wake the dialog if its deadline has come."""
        if now >= self._noted + NOTED:
            self._tell(now)
        deadline = self._dialog.deadline
        if deadline is not None and deadline <= now:
            self._log(inputs.Woken(t=seconds(now)))
            self.handle(Woke(now))

    def handle(self, event: Event) -> None:
        """Bring `event` to the dialog and do what it says.

        What was told is stored before the coach replies to it.
        """
        effects = self._dialog.handle(event)
        self._tell(event.now)
        for effect in effects:
            self._do(effect, event.now)

    def _tell(self, now: Ms) -> None:
        self._noted = now
        self._after_event(now)

    def hear(self, hearings: Iterable[Hearing], now: Ms) -> None:
        """Decide about what the recogniser heard."""
        for hearing in hearings:
            self._log(hearing_event(self._judge.as_taught(hearing), seconds(now)))
            spoken = [line for _, line in self._spoken]
            self._decide(hearing, spoken, now, Source.MICROPHONE)

    def inject(self, text: str, source: Source, now: Ms) -> None:
        """Decide about a phrase that did not come by the microphone: it is no echo of the coach."""
        at = to_frames(now)
        self._log(inputs.PhraseTyped(t=seconds(now), text=text, source=unusual(source)))
        hearing = Hearing(normalise(text), at, at, at, final=True, free=True)
        self._decide(hearing, (), now, source)

    def fail(self, part: str, why: str, now: Ms) -> None:
        """Let the dialog know that a part of the program failed."""
        self._log(inputs.PartLost(t=seconds(now), part=part, why=why))
        self.handle(events.Failed(now, part, why))

    def recover(self, part: str, after: float, now: Ms) -> None:
        """Let the dialog know that a part works again, after so many seconds."""
        self._log(inputs.PartBack(t=seconds(now), part=part, after=round(after, 1)))
        self.handle(events.Recovered(now, part, round(after, 1)))

    def help_reached(self, reached: bool, now: Ms) -> None:
        """Let the dialog know whether the helper was reached."""
        self._log(inputs.HelperReported(t=seconds(now), reached=reached))
        self.handle(events.HelperResult(now, reached))

    def notice(self, audible: Audible, now: Ms) -> None:
        """Take note of what the coach's own echo tells."""
        known, self._audible = self._audible, audible
        if (known, audible) == (None, Audible.HEARD):
            return
        self._log(inputs.LoudspeakerNoticed(t=seconds(now), state=audible.value))
        if audible is Audible.LOST:
            self.handle(events.Inaudible(now, again=known is Audible.LOST))

    def note(self, reports: Iterable[Report]) -> None:
        """Take what really sounded into the log."""
        for report in reports:
            match self._output.own(report):
                case Started() as started:
                    self._started(started)
                case Ended() as ended:
                    self._ended(ended)

    def _decide(self, hearing: Hearing, spoken: Sequence[Spoken], now: Ms, source: Source) -> None:
        match self._judge.consider(hearing, spoken):
            case Accepted() as accepted:
                self._accept(accepted, now, source)
            case Refused() as refused:
                self._refuse(refused, now, source)
            case Hushed():
                self._log(sounds.Hushed(t=seconds(now), text=hearing.text, **span(hearing)))
                self.handle(events.Hushed(now))
            case Released():
                self.handle(events.Released(now))
            case Doubtful() as doubtful:
                self.handle(Unclear(now, near_halt=True, for_help=doubtful.for_help))

    def _accept(self, verdict: Accepted, now: Ms, source: Source) -> None:
        meaning, hearing = verdict.meaning, verdict.hearing
        if source is Source.DOOR and self._dialog.latched and meaning.command not in ANYBODY:
            self._refuse(Refused("only the user may say this now", hearing), now, source)
            return
        self._log(
            sounds.CommandHeard(
                t=seconds(now),
                command=meaning.command,
                text=verdict.phrase,
                source=unusual(source),
                **span(hearing),
            )
        )
        at = Ms(hearing.end * 1000 // RATE)
        said = said_as(verdict.phrase, hearing)
        told = meaning.number, meaning.region, said, meaning.thing
        self.handle(Heard(now, meaning.command, at, *told))

    def _refuse(self, verdict: Refused, now: Ms, source: Source) -> None:
        text, why = verdict.hearing.text, verdict.why
        self._log(
            sounds.SpeechRefused(
                t=seconds(now),
                text=text,
                why=why,
                source=unusual(source),
                **span(verdict.hearing),
            )
        )
        asks = verdict.hushed and verdict.near_halt
        if asks or (verdict.why in UNCLEAR and not self._over_the_coach(verdict.hearing)):
            said = said_as(self._judge.maybe(verdict.hearing), verdict.hearing)
            near, distinct = verdict.near_halt, verdict.distinct
            self.handle(Unclear(now, near, verdict.for_help, distinct, said))
        else:
            self.handle(events.Released(now))

    def _over_the_coach(self, hearing: Hearing) -> bool:
        """Tell whether an unclear sound began while the coach spoke: then it may be the coach."""
        lines = (line for _, line in self._spoken)
        return any(line.start <= hearing.start < line.end + SLACK for line in lines)

    def _do(self, effect: Effect, now: Ms) -> None:
        match effect:
            case Play():
                self._play(effect)
            case Hush():
                self._output.hush()
            case Listen():
                phrases = self._book.grammar(effect.commands)
                self._judge.listen(phrases)
                self._listen(phrases)
            case Gain():
                self._output.louder(effect.db)
            case ChooseMusic():
                self._output.choose(effect.music)
            case SetScene():
                self._output.enter(effect.scene)
            case Record():
                self._log(recorded(effect, now))
            case CallHelper():
                self._call_helper(effect.why)
            case Finish():
                self.outcome = effect.outcome

    def _play(self, effect: Play) -> None:
        """Hand a cue over. The beat of a rhythmic one falls `CENTRE` after its time, exactly."""
        cue = self._cues[effect.id] = effect.cue
        clip = self._clips[cue.text] if cue.text else SILENT
        late = to_frames(CENTRE) - clip.centre if cue.text and cue.kind in RHYTHMIC else 0
        self._output.play(effect.id, clip.samples, Frame(to_frames(effect.at) + late))

    def _started(self, report: Started) -> None:
        cue = self._cues[report.id]
        clip = self._clips.get(cue.text, SILENT)
        t = in_seconds(report.frame)
        late = (report.frame - report.wanted) / RATE * 1000
        self._log(
            sounds.CueStarted(
                t=t,
                id=report.id,
                text=cue.text,
                kind_of_cue=cue.kind,
                late_ms=round(late, 2),
                beat=beat_of(report, cue, clip),
                breath=cue.breath or UNSET,
            )
        )
        if cue.kind is CueKind.COUNT:
            self._log(sounds.Count(t=t, n=cue.n, of=cue.of))
        self._spoken.append((report.id, spoken_line(clip, report.frame)))
        while self._spoken[0][1].end < report.frame - REMEMBERED:
            self._spoken.popleft()

    def _ended(self, report: Ended) -> None:
        del self._cues[report.id]
        if not report.whole:
            self._spoken = deque(
                (id_, line.cut(report.frame) if id_ == report.id else line)
                for id_, line in self._spoken
            )
        t = in_seconds(report.frame)
        self._log(sounds.CueFinished(t=t, id=report.id, whole=report.whole))
