"""What runs in threads during a live session, and the queues between them.

    output callback  mixer -> block; posts what sounded and a tick     never waits
    input callback   block -> the listener's queue                     never waits
    recogniser       canceller, gate, recogniser; posts hearings       owns them
    helper           waits a few seconds for a call of the helper      posts what became of it
    any thread       injected commands                                 posts them
    main             dialog, log; one inbox, one reader                owns the dialog

An error in a worker is posted as what failed and why, and the main thread decides.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from queue import SimpleQueue

import numpy as np

from voicecoach.app.deafness import DEAF, behind
from voicecoach.app.pipeline import Listener
from voicecoach.audio.bed import waves
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_watch import Audible
from voicecoach.audio.mixer import Mixer, Report
from voicecoach.decision.hearing import Hearing
from voicecoach.eventlog.fields import Source
from voicecoach.ports import Reached
from voicecoach.units import BLOCK, Frame

JOIN_S = 2.0

DOZE_S = 0.06
"""While the coach sleeps, the listener waits so long for more, and takes six blocks in a row; the
chime comes that much later."""

DOZE_BLOCKS = 5
"""While it sleeps, so many blocks bring one tick: 50 ms, less than from a word to its answer."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A block was asked for; the mixer has returned so many frames."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Lost:
    """A part failed for good."""

    part: str
    why: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """The device runs again, with its microphone or without."""

    hears: bool
    why: str
    """Why it does not hear."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the recogniser heard in the dialog that begins at a frame."""

    begins: Frame
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the echo tells of the loudspeaker, in the dialog that begins at a frame."""

    begins: Frame
    audible: Audible


@dataclass(frozen=True, slots=True)
class Injected:
    """A phrase that did not come by the microphone."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Helped:
    """Whether the helper that a dialog called was reached."""

    begins: Frame
    reached: bool


@dataclass(frozen=True, slots=True)
class Begin:
    """For the listener: a dialog begins at this frame."""

    at: Frame


@dataclass(frozen=True, slots=True)
class Rest:
    """For the listener: the dialog has ended."""


@dataclass(frozen=True, slots=True)
class Rejoin:
    """For the listener: the device was started again at this frame."""

    at: Frame


Message = Tick | Lost | Reopened | Heard | Noticed | Injected | Helped | Report
Work = Samples | frozenset[str] | Begin | Rest | Rejoin | None
"""For the listener: a block, the phrases that are live from here on, a dialog's begin or end, a
device that was started again, or the end of all."""


@dataclass(frozen=True, slots=True)
class Queues:
    """What runs between the threads. A caller with queues of its own can step a session."""

    inbox: SimpleQueue[Message] = field(default_factory=SimpleQueue)
    work: SimpleQueue[Work] = field(default_factory=SimpleQueue)


class LiveSound:
    """The `Sound` of the program; runs in the device's callbacks.

    With `listening` false there is no listener: what the microphone gets is dropped.
    """

    def __init__(self, queues: Queues, calibration: Preamble, listening: bool) -> None:
        self._inbox, self._work = queues.inbox, queues.work
        self._calibration, self._listening = calibration, listening
        self.played: deque[Samples] = deque(maxlen=2 * DEAF // BLOCK)
        self.mixer = Mixer(self._inbox.put, waves())
        self.beats = 0
        """Signs of life: blocks that the device asked for, and attempts to open it again."""
        self.dozes = False
        """Whether the coach sleeps: then a tick may come later."""
        self.unproved = 0
        """Frames of silence that a device has yet to play before it counts as one that runs."""
        self._proof: Reopened | None = None

    def fill(self, frames: int) -> Samples:
        """Return the next block, the calibration noise first; keep it for the canceller; tick."""
        self.beats += 1
        if self.unproved > 0:
            self.unproved -= frames
            if self.unproved <= 0 and self._proof:
                self._inbox.put(self._proof)
            return np.zeros(frames, np.int16)
        block = self._calibration.fill(frames, self.mixer.fill)
        if self._listening:
            self.played.append(block)
        if not self.dozes or self.beats % DOZE_BLOCKS == 0:
            self._inbox.put(Tick(self.mixer.frame))
        return block

    def prove(self, frames: int, proof: Reopened) -> None:
        """Play `frames` of silence first, then post `proof`."""
        self._proof, self.unproved = proof, frames

    def hear(self, block: Samples) -> None:
        """Hand the block to the listener."""
        if self._listening and self.unproved <= 0:
            self._work.put(block)

    def lost(self, why: str) -> None:
        """Post the loss."""
        self._inbox.put(Lost("device", why))


class HelperThread(threading.Thread):
    """Waits for what becomes of a call of the helper, and posts it."""

    def __init__(self, reached: Reached, begins: Frame, queues: Queues) -> None:
        super().__init__(name="helper", daemon=True)
        self._reached, self._begins, self._inbox = reached, begins, queues.inbox

    def run(self) -> None:
        """Wait and post; a call that cannot be watched was not heard of."""
        try:
            reached = self._reached()
        except OSError:
            reached = False
        self._inbox.put(Helped(self._begins, reached))


class RecogniserThread(threading.Thread):
    """Owns the listener."""

    def __init__(
        self, listener: Listener, sound: LiveSound, queues: Queues, calibration: Frame
    ) -> None:
        super().__init__(name="recogniser", daemon=True)
        self._listener, self._sound = listener, sound
        self._inbox, self._work = queues.inbox, queues.work
        self._begins = Frame(0)
        self.dozes = False
        """Whether a word may be heard `DOZE_S` later."""
        self.failed = False
        """Whether it has ended by an error: nothing is ever heard again."""
        self.heard = -calibration
        """Frames of the microphone since the end of the calibration noise; less than 0 before."""
        self.whole = 0
        """Frames of the microphone since something was last lost of it."""

    def run(self) -> None:
        """Take work until the end; post what fails."""
        try:
            while (item := self._work.get()) is not None:
                self._do(item)
                if self.dozes and self._work.empty():
                    time.sleep(DOZE_S)
        except Exception as error:
            self.failed = True
            self._inbox.put(Lost("recogniser", str(error) or repr(error)))
            while self._work.get() is not None:  # nothing is heard any more; it must not pile up
                self._sound.played.clear()

    def _do(self, item: Samples | frozenset[str] | Begin | Rest | Rejoin) -> None:
        match item:
            case frozenset():
                self._listener.listen(item)
            case Begin():
                self._begins = item.at
                self._listener.begin(item.at)
            case Rest():
                self._listener.rest()
            case Rejoin():
                self._rejoin(item.at)
            case _:
                self._hear(item)

    def _rejoin(self, at: Frame) -> None:
        self._listener.rejoin(at)
        self.heard, self.whole = int(at), 0

    def _hear(self, mic: Samples) -> None:
        now = self._sound.mixer.frame
        if behind(now, self.heard) and self._work.empty():  # it was silent, and is back by itself
            self._sound.played.clear()
            self._rejoin(now)
        played = self._sound.played.popleft() if self._sound.played else np.zeros_like(mic)
        self.heard += len(mic)
        self.whole += len(mic)
        for hearing in self._listener.hear(mic, played):
            self._inbox.put(Heard(self._begins, hearing))
        if self._listener.noticed:
            self._inbox.put(Noticed(self._begins, self._listener.noticed))
