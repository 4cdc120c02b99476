"""The conductor: brings events to a dialog and carries out its effects.

Shared by the rehearsal and the live driver, and used from one thread. What sounded comes back as
reports of the mixer, what was heard as hearings; both end in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from voicecoach.app.log_values import recorded, said_as, span, unusual
from voicecoach.app.played import Played, Player
from voicecoach.app.recorded import hearing_event
from voicecoach.audio.clip import Clip
from voicecoach.audio.echo_watch import Audible
from voicecoach.audio.mixer import Report
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.judge import Judge
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
    Loudness,
    Play,
    Record,
    SetScene,
    SoundChange,
)
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, Heard, Unclear, Woke
from voicecoach.dialog.states import WAITING, State
from voicecoach.eventlog import fields, inputs, kinds, sounds
from voicecoach.eventlog.fields import Source
from voicecoach.language.phrasebook import HALTING, Command, Phrasebook
from voicecoach.language.words import normalise
from voicecoach.units import RATE, Ms, seconds, to_frames

Log = Callable[[kinds.Event], None]
"""Takes each event of the log."""


def nothing(_now: Ms) -> None:
    """Do nothing after an event."""


NOTED = Ms(1000)
"""How often the time is told, whatever happens: so much is lost when the program is killed."""

UNCLEAR = ("not a phrase", "unsure")
"""Refusals of what may have been meant as a command."""

ANYBODY = HALTING | {Command.PAUSE}
"""What another program may ask for after a halt: to be silent, not to go on (S1, S29)."""


class Loudspeaker(Player, Protocol):
    """What plays the clips, and how (`app.output`)."""

    def hush(self) -> None:
        """Fade what sounds and drop what waits."""

    def change(self, effect: SoundChange) -> None:
        """Change how loud everything is, or which bed there is."""


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
        self._dialog, self._output = dialog, output
        self._book = book = book.adding(dialog.names)
        self._listen, self._log = listen, log
        self._call_helper, self._after_event = call_helper, after_event
        self._judge = Judge(book, taught)
        self._played = Played(output, clips, log)
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
            self._decide(hearing, self._played.spoken, now, Source.MICROPHONE)

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
        self._played.note(reports)

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
        # an unclear sound that began while the coach spoke may be the coach
        over = self._played.during(verdict.hearing.start)
        if asks or (verdict.why in UNCLEAR and not over):
            said = said_as(self._judge.maybe(verdict.hearing), verdict.hearing)
            near, distinct = verdict.near_halt, verdict.distinct
            self.handle(Unclear(now, near, verdict.for_help, distinct, said))
        else:
            self.handle(events.Released(now))

    def _do(self, effect: Effect, now: Ms) -> None:
        match effect:
            case Play():
                self._played.play(effect)
            case Hush():
                self._output.hush()
            case Listen():
                phrases = self._book.grammar(effect.commands)
                self._judge.listen(phrases)
                self._listen(phrases)
            case Gain() | Loudness() | ChooseMusic() | SetScene():
                self._output.change(effect)
            case Record():
                self._log(recorded(effect, now))
            case CallHelper():
                self._call_helper(effect.why)
            case Finish():
                self.outcome = effect.outcome
