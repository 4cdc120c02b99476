"""The live driver: the only threads of the program but the device's own.

    output callback  mixer -> block; posts what sounded and a tick     never waits
    input callback   block -> the ears' queue                          never waits
    ears             canceller, recogniser; posts hearings             owns both
    main             session, log; one inbox, one reader               owns the session

The device is the only clock: the main thread wakes by the ticks of the output callback. An error in
a worker is posted as what failed and why; nobody swallows it, nobody exits from a thread.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

import numpy as np

from voicecoach.app.conductor import Conductor, Log
from voicecoach.app.dependencies import Parts
from voicecoach.audio.calibration_noise import Lead
from voicecoach.audio.clip import Clip, Samples
from voicecoach.audio.mixer import Ended, Mixer, Report, Started
from voicecoach.dialog import events
from voicecoach.errors import DeviceError
from voicecoach.eventlog.kinds import Outcome, SessionFinished
from voicecoach.ports import Device, Hearing
from voicecoach.units import RATE, Frame, Ms, seconds, to_ms

SILENT_S = 2.0
"""How long no tick may come before the device counts as dead (SAFETY S26)."""

DEAF = 2 * RATE
"""Frames by which the microphone may fall behind the loudspeaker before it counts as dead (S26)."""

JOIN_S = 2.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A block was asked for."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Lost:
    """A part failed for good."""

    part: str
    why: str


Message = Tick | Lost | Report | Hearing
Work = Samples | frozenset[str] | None
"""For the ears: a block, the phrases that are live from here on, or the end."""


@dataclass(frozen=True, slots=True)
class Queues:
    """What runs between the threads. Who hands in queues of his own can step a session."""

    inbox: SimpleQueue[Message] = field(default_factory=SimpleQueue)
    work: SimpleQueue[Work] = field(default_factory=SimpleQueue)


class LiveSound:
    """The `Sound` of a live session; runs in the device's callbacks."""

    def __init__(self, queues: Queues, typed: bool, lead: Lead) -> None:
        self._inbox, self._work, self._typed = queues.inbox, queues.work, typed
        self._lead = lead
        self.played: deque[Samples] = deque()
        self.mixer = Mixer(self._inbox.put)

    def fill(self, frames: int) -> Samples:
        """Mix the next block, keep it for the canceller, tick; what comes before goes first."""
        block = self._lead.fill(frames, self.mixer.fill)
        self.played.append(block)
        if self._typed:  # no microphone: the ears are driven by the loudspeaker's blocks
            self._work.put(np.zeros(frames, np.int16))
        self._inbox.put(Tick(self.mixer.frame))
        return block

    def hear(self, block: Samples) -> None:
        """Hand the block to the ears."""
        if not self._typed:
            self._work.put(block)

    def lost(self, why: str) -> None:
        """Post the loss."""
        self._inbox.put(Lost("device", why))


class _EarsThread(threading.Thread):
    """Owns canceller and recogniser."""

    def __init__(self, parts: Parts, sound: LiveSound, queues: Queues) -> None:
        super().__init__(name="ears", daemon=True)
        self._parts, self._sound = parts, sound
        self._inbox, self._work = queues.inbox, queues.work
        self.heard = -parts.lead.frames
        """Frames of the microphone since the session's clock began; less than 0 before."""

    def run(self) -> None:
        """Take work until the end; post what fails."""
        try:
            while (item := self._work.get()) is not None:
                self._do(item)
        except Exception as error:
            self._inbox.put(Lost("ears", str(error) or repr(error)))
            while self._work.get() is not None:  # nobody hears it, and it must not pile up
                self._sound.played.clear()

    def _do(self, item: Samples | frozenset[str]) -> None:
        if isinstance(item, frozenset):
            self._parts.ears.listen(item)
            return
        played = self._sound.played.popleft() if self._sound.played else np.zeros_like(item)
        self.heard += len(item)
        for hearing in self._parts.hear(item, played):
            self._inbox.put(hearing)


class Live:
    """One live session. `run` returns its outcome; `stop` may be called after any error."""

    def __init__(
        self,
        parts: Parts,
        device: Device,
        log: Log,
        call_helper: Callable[[str], None],
        typed: bool = False,
        queues: Queues | None = None,
    ) -> None:
        self._device, self._log = device, log
        queues = queues or Queues()
        self._inbox, self._work = queues.inbox, queues.work
        self._sound = LiveSound(queues, typed, parts.lead)
        self._ears = _EarsThread(parts, self._sound, queues)
        self._conductor = Conductor(
            parts.session,
            self._sound.mixer,
            parts.clips,
            parts.book,
            self._work.put,
            log,
            call_helper,
        )
        self._now = Ms(0)
        self._ticked = 0.0
        self._deaf = False

    def run(self) -> str:
        """Lead the session to its end. Raises `DeviceError` if the sound device is lost.

        Whatever ends it, the log closes with session_finished: "failed" after an error, and
        "interrupted" after Ctrl-C.
        """
        self._ears.start()
        try:
            self._device.start(self._sound)
            return self._lead()
        finally:
            self.stop()

    def stop(self) -> None:
        """Silence the device and end the ears."""
        self._device.stop()
        self._work.put(None)
        if self._ears.is_alive():
            self._ears.join(JOIN_S)

    def _lead(self) -> str:
        self._ticked = time.monotonic()
        try:
            self._conductor.handle(events.Started(Ms(0)))
            while self._conductor.outcome is None:
                self._take(self._next())
        except KeyboardInterrupt:
            self._broken_off("interrupted")
            raise
        except Exception:
            self._broken_off("failed")
            raise
        return self._conductor.outcome

    def _broken_off(self, outcome: Outcome) -> None:
        self._log(SessionFinished(t=seconds(self._now), outcome=outcome))

    def _next(self) -> Message:
        left = self._ticked + SILENT_S - time.monotonic()  # hearings do not prove a loudspeaker
        return _within(self._inbox, max(0.0, left))

    def _take(self, message: Message) -> None:
        match message:
            case Tick():
                self._now, self._ticked = to_ms(message.frame), time.monotonic()
                self._watch(message.frame)
                self._conductor.tick(self._now)
            case Started() | Ended():
                self._conductor.note([message])
            case Hearing():
                self._conductor.hear([message], self._now)
            case Lost(part="ears"):
                self._fail(message.why)
            case Lost():
                raise DeviceError("The sound device was lost", message.why, _REPLUG)

    def _watch(self, frame: Frame) -> None:
        if frame - max(0, self._ears.heard) > DEAF:
            self._fail(f"nothing came from the microphone for {DEAF // RATE} s")

    def _fail(self, why: str) -> None:
        """Say once that the coach is deaf, and pause (S26)."""
        if not self._deaf:
            self._deaf = True
            self._conductor.handle(events.Failed(self._now, "ears", why))


_REPLUG = (
    "Plug it in again, or name another by --output and --input; `voicecoach doctor` lists them."
)


def play_once(clip: Clip, device: Device) -> None:
    """Play `clip` on `device` and wait until it has sounded. Raises `DeviceError`."""
    queues = Queues()
    sound = LiveSound(queues, typed=True, lead=Lead())
    sound.mixer.play(1, clip.samples, Frame(0))
    device.start(sound)
    try:
        last, frame = clip.frames + device.latency + RATE // 5, 0
        while frame < last:
            match _within(queues.inbox, SILENT_S):
                case Tick() as tick:
                    frame = tick.frame
                case Lost() as lost:
                    raise DeviceError("The sound device was lost", lost.why, _REPLUG)
    finally:
        device.stop()


def _within(inbox: SimpleQueue[Message], left: float) -> Message:
    """Return the next message, or raise `DeviceError` after `left` seconds without one."""
    try:
        return inbox.get(timeout=left)
    except Empty:
        why = f"It asked for no sound for {SILENT_S:.0f} s"
        raise DeviceError("The sound device does not answer", why, _REPLUG) from None
