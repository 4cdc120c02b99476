"""The rehearsal: the same session in virtual time, one loop, no thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from voicecoach.app.conductor import Conductor, Log
from voicecoach.app.dependencies import Parts
from voicecoach.audio.clip import Samples
from voicecoach.audio.mixer import Mixer, Report
from voicecoach.dialog.events import Started
from voicecoach.eventlog.kinds import UserSpoke
from voicecoach.ports import Hearing
from voicecoach.simulation.room import SimulatedDevice, SimulatedRoom, Tape, Utterance
from voicecoach.units import RATE, Frame, Ms, to_ms

T = TypeVar("T")

TAIL = RATE // 2
"""Frames that go on after the session is over, so that the last sound dies away in the room."""

LONGEST = 4 * 3600 * RATE
"""Frames after which a rehearsal is given up; no routine takes four hours."""


class _Loop:
    """The `Sound` that the simulated device drives."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.reports: list[Report] = []
        self.mixer = Mixer(self.reports.append)
        self.hearings: list[Hearing] = []
        self._played: Samples | None = None

    def fill(self, frames: int) -> Samples:
        self._played = self._parts.lead.fill(frames, self.mixer.fill)
        return self._played

    def hear(self, block: Samples) -> None:
        assert self._played is not None
        self.hearings += self._parts.hear(block, self._played)

    def lost(self, why: str) -> None:
        raise AssertionError(f"a simulated device is never lost: {why}")


def rehearse(
    parts: Parts,
    room: SimulatedRoom,
    says: Sequence[Utterance],
    log: Log,
    played: Tape | None = None,
    heard: Tape | None = None,
) -> str:
    """Run a session in `room` until it is over, and return its outcome.

    `played` and `heard` take the loudspeaker's and the microphone's blocks from the session's
    beginning on. What comes before it is left out, and the sayings' times do not count it.
    """
    loop = _Loop(parts)
    lead = parts.lead.frames
    device = SimulatedDevice(room, played, heard, taped_from=lead)
    room.delay(lead)
    pending = sorted(says, key=lambda said: said.at)

    def call_helper(why: str) -> None:
        """A rehearsal calls nobody; the log says that a live session would have."""

    conductor = Conductor(
        parts.session, loop.mixer, parts.clips, parts.book, parts.ears.listen, log, call_helper
    )
    with _driving(device, loop):
        device.run(lead)
        conductor.handle(Started(Ms(0)))
        while conductor.outcome is None and device.clock < LONGEST:
            while pending and pending[0].at <= device.clock - lead:
                log(_spoken(pending.pop(0)))
            device.step()
            _settle(conductor, loop, to_ms(Frame(device.clock - lead)))
        device.run(Frame(device.clock + TAIL))
        conductor.note(_taken(loop.reports))
    return conductor.outcome or "given up"


def _settle(conductor: Conductor, loop: _Loop, now: Ms) -> None:
    """Bring to the session what one block brought."""
    if loop.reports:
        conductor.note(_taken(loop.reports))
    if loop.hearings:
        conductor.hear(_taken(loop.hearings), now)
    conductor.tick(now)


def _taken(items: list[T]) -> list[T]:
    taken = items[:]
    items.clear()
    return taken


def _spoken(said: Utterance) -> UserSpoke:
    start, end = (round(frame / RATE, 3) for frame in (said.at, said.end))
    return UserSpoke(t=round(said.at / RATE, 4), text=said.text, start=start, end=end)


@contextmanager
def _driving(device: SimulatedDevice, loop: _Loop) -> Iterator[None]:
    device.start(loop)
    try:
        yield
    finally:
        device.stop()
