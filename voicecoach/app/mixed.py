"""A driver that plays to no one: dialogs go through the mixer alone, as fast as it computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from voicecoach.app.conductor import Conductor, Log, nothing
from voicecoach.app.output import Output
from voicecoach.app.pipeline import AfterEvent, Clips, begin_dialog
from voicecoach.app.sounding import USUAL, Sounding, Taste
from voicecoach.audio.bed import waves
from voicecoach.audio.clip import Samples
from voicecoach.audio.mixer import Mixer, Report
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Started
from voicecoach.eventlog.fields import Outcome
from voicecoach.language.phrasebook import Phrasebook
from voicecoach.track import Track
from voicecoach.units import RATE, Frame, Ms, to_frames

LONGEST: Final = 4 * 3600 * RATE
"""Frames after which it is given up; no routine takes four hours."""
STEP: Final = RATE // 20
"""Frames mixed at once: the bed gives way to words in steps of this length."""
TAIL: Final = RATE // 2
"""Frames of silence after the last word."""


class Mixed:
    """Leads dialogs whose user says nothing, and gives every sample to `take`.

    Everything sounds on the frame on which it does live: both follow the same schedule, and the
    mixer is the same.
    """

    def __init__(
        self, book: Phrasebook, take: Callable[[Samples], None], taste: Taste = USUAL
    ) -> None:
        self._book, self._take = book, take
        self._reports: list[Report] = []
        self._sounding = Sounding(taste)
        self._mixer = Mixer(self._reports.append, waves())

    @property
    def frame(self) -> Frame:
        """Frames given so far."""
        return self._mixer.frame

    def say(self, track: Track, clips: Clips) -> None:
        """Play lines, and nothing else."""
        begun = self.frame
        for n, cue in enumerate(track.cues):
            self._mixer.play(n, clips[cue.text].samples, Frame(begun + to_frames(cue.at)))
        self._fill(Frame(begun + to_frames(track.length)))
        self._reports.clear()

    def lead(
        self, dialog: Dialog[Any], clips: Clips, log: Log, after_event: AfterEvent = nothing
    ) -> Outcome:
        """Lead `dialog` to its end and return its outcome, "given up" after four hours."""
        begins = begin_dialog(self._mixer, self._sounding)
        self._fill(begins)
        output = Output(self._mixer, begins, self._sounding)
        conductor = Conductor(dialog, output, clips, self._book, _listen, log, _call, after_event)
        conductor.handle(Started(Ms(0)))
        while conductor.outcome is None and self.frame < LONGEST:
            due = dialog.deadline
            assert due is not None, "a dialog that is not over waits for something"
            self._fill(Frame(begins + to_frames(due)))
            self._note(conductor)
            conductor.tick(due)
        self._fill(Frame(self.frame + TAIL))
        self._note(conductor)
        return conductor.outcome or "given up"

    def _fill(self, until: Frame) -> None:
        while until > self.frame:
            self._take(self._mixer.fill(min(STEP, until - self.frame)))

    def _note(self, conductor: Conductor) -> None:
        reports = self._reports[:]
        self._reports.clear()
        conductor.note(reports)


def _listen(_phrases: frozenset[str]) -> None:
    """No one can be heard."""


def _call(_why: str) -> None:
    """No one is called."""
