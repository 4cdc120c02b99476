"""The way of sound through the program: made once, for one dialog after the other.

The calibration noise is played once. Its end is frame 0 of the pipeline: the mixer and the listener
both count from there. Each dialog has a clock of its own, which begins at a frame of the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from voicecoach.app.conductor import Log, nothing
from voicecoach.app.sounding import Sounding
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import Clip, Samples
from voicecoach.audio.dc_blocker import DcBlocker
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.echo_watch import Audible
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.sound_meter import SoundMeter
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.taught import STRANGER, TaughtVoice
from voicecoach.dialog.engine import Dialog
from voicecoach.eventlog.fields import Outcome
from voicecoach.language.phrasebook import Phrasebook
from voicecoach.ports import Recogniser
from voicecoach.track import Lengths
from voicecoach.units import BLOCK, Frame, Ms, to_ms

AHEAD = 5 * BLOCK
"""Frames from the moment a dialog is begun to the start of its clock, where a device plays already:
50 ms, in which a card asks for five blocks and the dialog's first lines are handed over, so that
they begin on their frame."""

Clips = Mapping[str, Clip]


def lengths_of(clips: Clips) -> Lengths:
    """Return the lengths of `clips`, and where the beat of each is heard."""
    return Lengths(lambda text: clips[text].length, lambda text: to_ms(clips[text].centre))


AfterEvent = Callable[[Ms], None]
"""Takes the time of the dialog after each event, and every second."""


class Driver(Protocol):
    """Leads dialogs, one after the other: live on a sound card, or in a simulated room."""

    def lead(
        self, dialog: Dialog[Any], clips: Clips, log: Log, after_event: AfterEvent = nothing
    ) -> Outcome:
        """Lead `dialog` to its end and return its outcome. `clips` has all that it may say.

        `after_event` is called after each event that the dialog took, before its effects, and
        once a second. It must not wait for a disk.
        """

    def know(self, taught: TaughtVoice) -> None:
        """Judge what is heard in later dialogs by what the user has taught."""

    def measure(self, every: int = 1) -> SoundMeter:
        """Return what measures the sound of what is led next, `every` so many blocks."""

    def unmeasured(self) -> None:
        """Measure no longer."""


class Listener:
    """The half that hears: DC blocker, canceller, gate, recogniser. Belongs to one thread.

    Between two dialogs the canceller goes on learning the room, and the recogniser gets nothing.
    """

    def __init__(self, recogniser: Recogniser, echo: EchoPipeline, calibration: Preamble) -> None:
        self._recogniser, self._echo, self._calibration = recogniser, echo, calibration
        self._dc = DcBlocker()
        self._frame = self._taken = 0
        self._begins: Frame | None = None
        self._shift = 0
        self.noticed: Audible | None = None
        """What the last block tells of the loudspeaker, if it tells something new."""
        self.meter: SoundMeter | None = None
        """What measures the sound since a dialog began."""

    def measure(self, every: int) -> SoundMeter:
        """Measure from the next dialog on, every so many blocks."""
        self.meter = SoundMeter(self._echo, every)
        return self.meter

    def begin(self, at: Frame) -> None:
        """Let the recogniser hear what comes from frame `at` on; that is its frame 0."""
        self._recogniser.restart()
        self._begins, self._shift = at, 0

    def rejoin(self, at: Frame) -> None:
        """Take the next block as that of frame `at`: what was lost between is left out.

        The device may be another one, so the echo is learned again.
        """
        self._echo.restart()
        self._dc = DcBlocker()
        if self._begins is not None:
            self._recogniser.restart()
            self._shift = max(0, at - self._begins)
        self._frame = at

    def rest(self) -> None:
        """Let the recogniser hear nothing more."""
        self._begins = None

    def listen(self, phrases: frozenset[str]) -> None:
        """Make exactly these phrases live."""
        self._recogniser.listen(phrases)

    def hear(self, mic: Samples, played: Samples) -> list[Hearing]:
        """Return what the next block of the microphone brings, with `played` taken out of it.

        Times are frames of the dialog that was begun last.
        """
        heard = self._calibration.after(self._echo.hear(self._dc.take(mic), played))
        self.noticed = self._echo.noticed
        frame, self._frame = self._frame, self._frame + len(heard)
        self._note(mic, played)
        if self._begins is None:
            return []
        heard = heard[max(0, self._begins - frame) :]
        found = self._recogniser.feed(heard) if len(heard) else []
        return [hearing.later(self._shift) for hearing in found] if self._shift else found

    def _note(self, mic: Samples, played: Samples) -> None:
        """Let the sound be measured, on the clock of the dialog that was begun last."""
        self._taken += len(mic)
        begun = self._begins is not None and self._taken > self._begins + self._calibration.frames
        if self.meter and begun:
            self.meter.take(mic, played, self._dc.offset)

    def close(self) -> None:
        """Free the recogniser."""
        self._recogniser.close()


@dataclass(slots=True)
class Pipeline:
    """What the drivers share: everything between a device and a dialog."""

    book: Phrasebook
    calibration: Preamble
    """What is played before the first dialog."""
    listener: Listener | None
    """None where there is no microphone."""
    taught: TaughtVoice = STRANGER
    """What is known of the user's voice."""
    sounding: Sounding = field(default_factory=Sounding)
    """How the user likes the coach to sound."""


def begin_dialog(mixer: Mixer, sounding: Sounding) -> Frame:
    """Return the frame at which the next dialog's clock begins.

    Nothing of the dialog before sounds then.
    """
    sounding.begin(mixer)
    if not mixer.frame:
        return Frame(0)
    mixer.hush()
    return Frame(mixer.frame + AHEAD)
