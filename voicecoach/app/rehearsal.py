"""The rehearsal: the same dialogs in virtual time, one loop, no thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from voicecoach.app.conductor import Conductor, Log, nothing
from voicecoach.app.deafness import NOTHING_CAME
from voicecoach.app.output import Output
from voicecoach.app.pipeline import AfterEvent, Clips, Listener, Pipeline, begin_dialog
from voicecoach.app.unplugging import Plug, Pull
from voicecoach.audio.bed import waves
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_watch import Audible
from voicecoach.audio.mixer import Mixer, Report
from voicecoach.audio.sound_meter import SoundMeter
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.taught import TaughtVoice
from voicecoach.dialog.engine import Dialog
from voicecoach.eventlog.fields import Outcome
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.sounds import CueStarted, UserSpoke
from voicecoach.simulation.room import (
    PlacedUtterance,
    Reply,
    SimulatedDevice,
    SimulatedRoom,
    Tape,
)
from voicecoach.units import RATE, Frame, Ms, to_frames

T = TypeVar("T")

TAIL = RATE // 2
"""Frames that go on after a dialog has ended, so that the last sound dies away in the room."""

LONGEST = 4 * 3600 * RATE
"""Frames after which a rehearsal is given up; no routine takes four hours."""


class _Loop:
    """The `Sound` that the simulated device drives."""

    def __init__(self, calibration: Preamble, listener: Listener, plug: Plug) -> None:
        self._calibration, self._listener, self._plug = calibration, listener, plug
        self.reports: list[Report] = []
        self.mixer = Mixer(self.reports.append, waves())
        self.hearings: list[Hearing] = []
        self.noticed: list[Audible] = []
        self._played: Samples | None = None

    def fill(self, frames: int) -> Samples:
        self._played = self._calibration.fill(frames, self.mixer.fill)
        return self._played

    def hear(self, block: Samples) -> None:
        assert self._played is not None
        at = Frame(self.mixer.frame - len(block))
        if not self._plug.takes(at, len(block)):
            return
        if self._plug.rejoins(at):
            self._listener.rejoin(at)
        self.hearings += self._listener.hear(block, self._played)
        if self._listener.noticed:
            self.noticed.append(self._listener.noticed)

    def lost(self, why: str) -> None:
        raise AssertionError(f"a simulated device is never lost: {why}")


class Rehearsal:
    """Leads dialogs in a simulated room, which `room` makes for the clips of the first one.

    `says` is what the user says, at frames that count from the end of the calibration noise, and
    `replies` what they say after lines of the coach's, one after the other. The microphone is
    pulled out as `pulls` says.
    `played` and `heard` take the loudspeaker's and the microphone's blocks from there on.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        room: Callable[[Clips], SimulatedRoom],
        says: Sequence[PlacedUtterance] = (),
        replies: Sequence[Reply] = (),
        played: Tape | None = None,
        heard: Tape | None = None,
        pulls: Sequence[Pull] = (),
    ) -> None:
        assert pipeline.listener
        self._pipeline, self._listener, self._room = pipeline, pipeline.listener, room
        self._tapes = played, heard
        self._before = pipeline.calibration.frames
        self._plug = Plug(pulls, self._before)
        self._loop = _Loop(pipeline.calibration, pipeline.listener, self._plug)
        self._device: SimulatedDevice | None = None
        self._pending = sorted(says, key=lambda said: said.at)
        self._replies = deque(replies)
        self._made: SimulatedRoom | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing more is said unless the coach says a line that is waited for."""
        return not self._pending

    @property
    def unsaid(self) -> list[str]:
        """What was not said, because its line never came."""
        return [reply.text for reply in self._replies]

    def lead(
        self, dialog: Dialog[Any], clips: Clips, log: Log, after_event: AfterEvent = nothing
    ) -> Outcome:
        """Lead `dialog` to its end and return its outcome, "given up" after four hours."""
        device = self._device = self._device or self._opened(clips)
        begins = begin_dialog(self._loop.mixer, self._pipeline.sounding)
        self._listener.begin(begins)
        since = to_frames(dialog.now)
        output = Output(self._loop.mixer, begins, self._pipeline.sounding, since)
        listen = self._listener.listen
        book, taught = self._pipeline.book, self._pipeline.taught
        told = partial(self._reply, log, clips, output.zero)
        conductor = Conductor(
            dialog, output, clips, book, listen, told, _call_nobody, after_event, taught
        )
        device.run(Frame(self._before + begins))
        self._loop.noticed.clear()
        conductor.begin()
        if self._plug.deaf:
            conductor.fail("recogniser", NOTHING_CAME, dialog.now)
        while conductor.outcome is None and device.clock < LONGEST:
            for said in self._due(Frame(device.clock - self._before)):
                log(_spoken(said, output.zero))
            device.step()
            self._settle(conductor, output, output.now(Frame(device.clock - self._before)))
        self._listener.rest()
        device.run(Frame(device.clock + TAIL))
        conductor.note(_taken(self._loop.reports))
        return conductor.outcome or "given up"

    def know(self, taught: TaughtVoice) -> None:
        """Judge what is heard in later dialogs by what the user has taught."""
        self._pipeline.taught = taught

    def measure(self, every: int = 1) -> SoundMeter:
        """Return what measures the sound of what is led next, `every` so many blocks."""
        assert self._pipeline.listener
        return self._pipeline.listener.measure(every)

    def unmeasured(self) -> None:
        """Measure no longer."""
        if self._pipeline.listener:
            self._pipeline.listener.meter = None

    def close(self) -> None:
        """Stop the device; may be called twice."""
        if self._device:
            self._device.stop()

    def _opened(self, clips: Clips) -> SimulatedDevice:
        room = self._made = self._room(clips)
        room.delay(self._before)
        device = SimulatedDevice(room, *self._tapes, taped_from=self._before)
        device.start(self._loop)
        return device

    def _reply(self, log: Log, clips: Clips, begins: Frame, event: Event) -> None:
        """Note an event; let the user reply to a line that begins, where one was waited for."""
        log(event)
        if not isinstance(event, CueStarted) or not event.text:
            return
        end = Frame(begins + round(event.t * RATE) + clips[event.text].frames)
        self._plug.spoke(event.text, end)
        if self._replies and self._replies[0].after in event.text:
            said = self._replies.popleft().at(end)
            assert self._made
            self._made.say(said)
            self._pending = sorted([*self._pending, said], key=lambda one: one.at)

    def _due(self, frame: Frame) -> list[PlacedUtterance]:
        due = [said for said in self._pending if said.at <= frame]
        del self._pending[: len(due)]
        return due

    def _settle(self, conductor: Conductor, output: Output, now: Ms) -> None:
        """Bring to the dialog what one block brought."""
        if self._loop.reports:
            conductor.note(_taken(self._loop.reports))
        if self._loop.hearings:
            conductor.hear(output.heard(_taken(self._loop.hearings)), now)
        for noticed in _taken(self._loop.noticed):
            conductor.notice(noticed, now)
        gone = self._plug.changed(self._loop.mixer.frame)
        if gone:
            conductor.recover("recogniser", gone, now)
        elif gone is not None:
            conductor.fail("recogniser", NOTHING_CAME, now)
        conductor.tick(now)


def _call_nobody(why: str) -> None:
    """In a rehearsal the log says that a live session would have called the helper."""


def _taken(items: list[T]) -> list[T]:
    taken = items[:]
    items.clear()
    return taken


def _spoken(said: PlacedUtterance, begins: Frame) -> UserSpoke:
    start, end = ((frame - begins) / RATE for frame in (said.at, said.end))
    return UserSpoke(t=round(start, 4), text=said.text, start=round(start, 3), end=round(end, 3))
