"""Drives a session as a conductor does, and keeps what would have sounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import msgspec

from tests.english import LANGUAGE, parse
from tests.routine.files import GOOD
from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import CallHelper, Effect, Finish, Hush, Listen, Play, Record
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, Heard, Started, Woke
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import State
from voicecoach.doses.repetitions import Repetitions
from voicecoach.eventlog.fields import LogEvent
from voicecoach.language.phrasebook import Command
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Region, Routine
from voicecoach.track import Cue, CueKind, Lengths, on_time
from voicecoach.units import Ms

ENOUGH = 5000
"""Wakings after which a session that nobody interrupts has ended, whatever the routine."""


def wakings(dialog: Dialog[Any], until: int) -> Iterator[Woke]:
    """Yield a waking whenever `dialog` is due, up to `until`; one without end is a failure."""
    for _ in range(ENOUGH):
        due = dialog.deadline
        if due is None or due > until:
            return
        yield Woke(due)
    raise AssertionError(f"it wakes again and again in {dialog.state}")


length = Lengths(lambda text: Ms(200 + 25 * len(text)))
"""Made-up lengths of lines: quicker than a voice, and longer for a longer text."""


class _Lengths(dict[str, Ms]):
    """Lengths of lines, without the many lines when a test shows its plan."""

    def __repr__(self) -> str:
        return f"<{len(self)} lengths>"


def plan_of(routine: Routine, centre: Callable[[str], Ms] = on_time) -> Plan:
    """Compile `routine` with made-up lengths, and the beat of a line where `centre` says."""
    lengths = _Lengths((x, length(x)) for x in all_lines(routine, LANGUAGE))
    return compile_plan(routine, LANGUAGE, lengths, centre)


def good_plan() -> Plan:
    """Return a small plan: repetitions, a hold on each side, strokes, repetitions of the arms."""
    routine = parse(GOOD, "good.yaml")
    bridge = routine.exercises[0]
    assert isinstance(bridge.dose, Repetitions)
    dose = replace(bridge.dose, count=6)
    arms = replace(bridge, id="arms", name="Arms", regions=(Region.ARM,), dose=dose)
    return plan_of(replace(routine, exercises=(*routine.exercises, arms)))


@dataclass
class Sound:
    """A cue as the mixer would play it."""

    cue: Cue
    start: Ms
    end: Ms
    state: State
    """The state in which it was handed over."""
    given: Ms
    whole: bool = True
    beat: Ms = Ms(0)
    """Its time in the rhythm, whenever its first sound is."""


class Driver:
    """A session, its clock and its loudspeaker."""

    def __init__(self, plan: Plan, care: Care | None = None) -> None:
        self.plan = plan
        self.session = Session(plan, care=care)
        self.now = Ms(0)
        self.sounds: list[Sound] = []
        self.hushes: list[Ms] = []
        self.records: list[tuple[Ms, LogEvent]] = []
        self.states: list[tuple[Ms, State]] = []
        self.helped: list[str] = []
        self.outcome: str | None = None
        self.live: frozenset[Command] = frozenset()
        self.give(Started(Ms(0)))

    def give(self, event: Event) -> list[Effect]:
        """Hand over `event` and carry out what it brings."""
        self.now = Ms(max(self.now, event.now))
        effects = self.session.handle(event)
        for effect in effects:
            self._do(effect)
        self.states.append((self.now, self.session.state))
        return effects

    def _do(self, effect: Effect) -> None:
        match effect:
            case Play():
                self._play(effect)
            case Hush():
                self._hush()
            case Record():
                self.records.append((self.now, effect.event))
            case CallHelper():
                self.helped.append(effect.why)
            case Listen():
                self.live = effect.commands
            case Finish():
                self.outcome = effect.outcome
            case _:
                pass

    def _play(self, effect: Play) -> None:
        start, end = self.plan.spoken.span(replace(effect.cue, at=effect.at))
        beat, state = effect.at, self.session.state
        self.sounds.append(Sound(effect.cue, start, end, state, self.now, beat=beat))

    def _hush(self) -> None:
        self.hushes.append(self.now)
        self.sounds = [sound for sound in self.sounds if sound.start < self.now]
        for sound in self.sounds:
            if sound.end > self.now:
                sound.end, sound.whole = self.now, False

    def wake(self) -> None:
        """Let the time of the deadline come."""
        due = self.session.deadline
        assert due is not None, "nothing is due"
        self.give(Woke(due))

    def until(self, ms: int) -> None:
        """Let time pass to `ms`, waking whenever that is due."""
        for woke in wakings(self.session, ms):
            self.give(woke)
        self.now = Ms(max(self.now, ms))

    def wait(self, ms: int) -> None:
        """Let `ms` pass."""
        self.until(self.now + ms)

    def say(self, command: Command, number: int | None = None, region: str | None = None) -> None:
        """Let the user say `command` now."""
        if command is Command.NUMBER and number is None:
            number = 5
        if command is Command.PLACE and region is None:
            region = "hip"
        self.give(Heard(self.now, command, self.now, number, region))

    def reach(self, *states: State) -> None:
        """Let time pass until the session is in one of `states`."""
        for _ in range(ENOUGH):
            if self.session.state in states:
                return
            self.wake()
        raise AssertionError(f"never reached {states}, but {self.session.state}")

    def finish(self) -> None:
        """Let time pass until the session is over."""
        for _ in range(ENOUGH):
            if self.session.over:
                return
            self.wake()
        raise AssertionError(f"did not end, but stays in {self.session.state}")

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self.session.state

    def texts(self, since: int = 0) -> list[str]:
        """Return what began to sound at or after `since`, in order."""
        return [s.cue.text for s in self.sounds if s.start >= since and s.cue.text]

    def counts(self) -> list[Sound]:
        """Return the counts that began, in order."""
        return [s for s in self.sounds if s.cue.kind is CueKind.COUNT]

    def recorded(self, kind: str) -> list[dict[str, object]]:
        """Return the data of each record of `kind`."""
        found = [msgspec.to_builtins(event) for _, event in self.records]
        return [
            {key: value for key, value in data.items() if key not in ("kind", "t")}
            for data in found
            if data["kind"] == kind
        ]


def overlaps(sounds: Sequence[Sound]) -> list[tuple[Sound, Sound]]:
    """Return pairs of sounds that are heard at once."""
    ordered = sorted((s for s in sounds if s.end > s.start), key=lambda s: s.start)
    return [(a, b) for a, b in pairwise(ordered) if b.start < a.end]
