"""A loudspeaker and a user without sound: what they do is chance, and soon computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np

from voicecoach.audio.clip import Clip, Samples, Word
from voicecoach.audio.mixer import Ended, Report, Started
from voicecoach.dialog.effects import SoundChange
from voicecoach.units import FRAMES_PER_MS, RATE, Frame


class Clips(dict[str, Clip]):
    """Clips of made-up lengths, made when they are asked for."""

    def __missing__(self, text: str) -> Clip:
        frames = Frame(RATE // 5 + 25 * FRAMES_PER_MS * len(text))
        step = frames // (len(text.split()) + 1)
        words = tuple(
            Word(word.strip(".,?!"), Frame(i * step), Frame((i + 1) * step))
            for i, word in enumerate(text.split())
        )
        samples = np.zeros(frames, np.int16)
        samples[: frames // 2] = 8000  # where the beat is heard depends on the samples
        self[text] = Clip(text, samples, words)
        return self[text]


@dataclass
class Speaker:
    """Reports what it plays as a mixer does, now and then late."""

    chance: Random
    now: Frame = Frame(0)
    waiting: dict[int, tuple[Frame, int]] = field(default_factory=dict)
    """Number of the cue -> when it is to begin, and its frames."""
    sounding: dict[int, Frame] = field(default_factory=dict)
    """Number -> when it ends."""
    reports: list[Report] = field(default_factory=list)

    def play(self, id_: int, samples: Samples, at: Frame) -> None:
        """Let `samples` begin at frame `at`."""
        self.waiting[id_] = at, len(samples)

    def hush(self) -> None:
        """Cut what sounds, and drop what waits."""
        self.reports += [Ended(id_, self.now, whole=False) for id_ in self.sounding]
        self.sounding.clear()
        self.waiting.clear()

    def change(self, _effect: SoundChange) -> None:
        """Change how it sounds, which no one hears."""

    def own(self, report: Report) -> Report:
        """Return `report`."""
        return report

    def run(self, until: Frame) -> list[Report]:
        """Play up to a frame; return what is to be reported by then."""
        for id_, (at, frames) in sorted(self.waiting.items()):
            if at < until:
                del self.waiting[id_]
                late = self.chance.choice((0, 0, 0, 0, 160, 1234))
                begun = Frame(max(at, self.now) + late)
                self.reports.append(Started(id_, begun, at))
                self.sounding[id_] = Frame(begun + frames)
        for id_, end in sorted(self.sounding.items()):
            if end <= until:
                del self.sounding[id_]
                self.reports.append(Ended(id_, end, whole=True))
        self.now = until
        reports, self.reports = self.reports, []
        return sorted(reports, key=lambda report: report.frame)


def words_of(clips: Mapping[str, Clip]) -> list[str]:
    """Return the words of all lines that were made so far, sorted."""
    return sorted({word.text.lower() for clip in clips.values() for word in clip.words})
