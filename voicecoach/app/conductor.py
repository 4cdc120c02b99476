"""The conductor: brings events to the session and carries out its effects.

Shared by the rehearsal and the live driver, and used from one thread. What sounded comes back as
reports of the mixer, what was heard as hearings; both end in the log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from voicecoach.audio.clip import NOTHING, Clip
from voicecoach.audio.mixer import Ended, Mixer, Report, Started
from voicecoach.decision.judge import SLACK, Accepted, Judge, Refused, Spoken
from voicecoach.dialog.core import Core
from voicecoach.dialog.effects import (
    CallHelper,
    Effect,
    Finish,
    Gain,
    Hush,
    Listen,
    Play,
    Record,
)
from voicecoach.dialog.events import Event, Heard, Unclear, Woke
from voicecoach.language.phrasebook import Phrasebook
from voicecoach.ports import Hearing
from voicecoach.track import Cue, CueKind
from voicecoach.units import RATE, Frame, Ms, seconds, to_frames

Log = Callable[[dict[str, object]], None]
"""Takes each event of the log: `t` in seconds, `kind`, and what belongs to it."""

REMEMBERED = 5 * RATE
"""Frames for which a line that has ended is still told to the judge: longer than any word is
decided after its end."""

UNCLEAR = ("not a phrase", "unsure")
"""Refusals by which somebody may have meant to say something."""

SILENT = Clip("", NOTHING)


class Conductor:
    """Between a session, a mixer, ears and a log."""

    def __init__(
        self,
        session: Core,
        mixer: Mixer,
        clips: Mapping[str, Clip],
        book: Phrasebook,
        listen: Callable[[frozenset[str]], None],
        log: Log,
        call_helper: Callable[[str], None],
    ) -> None:
        self._session, self._mixer, self._clips = session, mixer, clips
        self._book, self._listen, self._log = book, listen, log
        self._call_helper = call_helper
        self._judge = Judge(book)
        self._cues: dict[int, Cue] = {}
        self._spoken: deque[tuple[int, Spoken]] = deque()
        self.outcome: str | None = None

    def tick(self, now: Ms) -> None:
        """Wake the session if its deadline has come."""
        deadline = self._session.deadline
        if deadline is not None and deadline <= now:
            self.handle(Woke(now))

    def handle(self, event: Event) -> None:
        """Bring `event` to the session and do what it says."""
        for effect in self._session.handle(event):
            self._do(effect, event.now)

    def hear(self, hearings: Iterable[Hearing], now: Ms) -> None:
        """Decide about what the ears heard."""
        for hearing in hearings:
            verdict = self._judge.consider(hearing, [spoken for _, spoken in self._spoken])
            match verdict:
                case Accepted():
                    self._accept(verdict, now)
                case Refused():
                    self._refuse(verdict, now)

    def note(self, reports: Iterable[Report]) -> None:
        """Take what really sounded into the log."""
        for report in reports:
            match report:
                case Started():
                    self._started(report)
                case Ended():
                    self._ended(report)

    def log(self, t: float, kind: str, data: Mapping[str, object]) -> None:
        """Put an event into the log."""
        self._log({"t": round(t, 4), "kind": kind, **data})

    def _accept(self, verdict: Accepted, now: Ms) -> None:
        meaning, hearing = verdict.meaning, verdict.hearing
        data: dict[str, object] = {"command": meaning.command.value, "text": verdict.phrase}
        self.log(seconds(now), "heard", data | span(hearing))
        at = Ms(hearing.end * 1000 // RATE)
        self.handle(Heard(now, meaning.command, at, meaning.number, meaning.region))

    def _refuse(self, verdict: Refused, now: Ms) -> None:
        data = {"text": verdict.hearing.text, "why": verdict.why}
        self.log(seconds(now), "refused", data | span(verdict.hearing))
        unclear = verdict.why in UNCLEAR
        if unclear and not self._over_the_coach(verdict.hearing):
            self.handle(Unclear(now, verdict.near_halt))

    def _over_the_coach(self, hearing: Hearing) -> bool:
        """Tell whether an unclear sound began while the coach spoke: then it may be the coach."""
        lines = (line for _, line in self._spoken)
        return any(line.start <= hearing.start < line.end + SLACK for line in lines)

    def _do(self, effect: Effect, now: Ms) -> None:
        match effect:
            case Play():
                self._cues[effect.id] = effect.cue
                clip = self._clips[effect.cue.text] if effect.cue.text else SILENT
                self._mixer.play(effect.id, clip.samples, to_frames(effect.at))
            case Hush():
                self._mixer.hush()
            case Listen():
                phrases = self._book.forms(effect.commands)
                self._judge.listen(phrases)
                self._listen(phrases)
            case Gain():
                self._mixer.gain(effect.db)
            case Record():
                self.log(seconds(now), effect.kind, effect.data)
            case CallHelper():
                self._call_helper(effect.why)
            case Finish():
                self.outcome = effect.outcome

    def _started(self, report: Started) -> None:
        cue = self._cues[report.id]
        t = report.frame / RATE
        late = (report.frame - report.wanted) / RATE * 1000
        data: dict[str, object] = {"id": report.id, "text": cue.text}
        data |= {"kind_of_cue": cue.kind.value, "late_ms": round(late, 2)}
        if cue.breath:
            data["breath"] = cue.breath.value
        self.log(t, "cue_started", data)
        if cue.kind is CueKind.COUNT:
            self.log(t, "count", {"n": cue.n, "of": cue.of})
        clip = self._clips.get(cue.text, SILENT)
        line = Spoken(cue.text, report.frame, Frame(report.frame + clip.frames))
        self._spoken.append((report.id, line))
        while self._spoken[0][1].end < report.frame - REMEMBERED:
            self._spoken.popleft()

    def _ended(self, report: Ended) -> None:
        del self._cues[report.id]
        if not report.whole:
            self._spoken = deque(
                (id_, _cut(line, report.frame) if id_ == report.id else line)
                for id_, line in self._spoken
            )
        self.log(report.frame / RATE, "cue_finished", {"id": report.id, "whole": report.whole})


def _cut(line: Spoken, frame: Frame) -> Spoken:
    """Return what was said of `line` before it was cut: its later words are not the coach's."""
    share = (frame - line.start) / max(1, line.end - line.start)
    return Spoken(line.text[: round(len(line.text) * share)], line.start, frame)


def span(hearing: Hearing) -> dict[str, object]:
    """Return when something was said and decided, in seconds."""
    frames = {"start": hearing.start, "end": hearing.end, "decided": hearing.decided}
    return {name: round(frame / RATE, 3) for name, frame in frames.items()}
