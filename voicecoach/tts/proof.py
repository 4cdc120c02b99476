"""Each clip of a neural voice is proved before it is kept; what fails is spoken by another voice.

Neural voices may garble a text, mostly a short one. What is not understood in every word, by its
length and by a reader where one is at hand, is rendered in other ways, and the clearest one is
kept. What cannot be understood then is left to the spare voice, unless that is understood even
less, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from voicecoach.audio.clip import Clip
from voicecoach.ports import Progress, ReadBack, Voice
from voicecoach.tts.intelligibility import Grade, IntelligibilityTest
from voicecoach.tts.reading import Spelling
from voicecoach.tts.renditions import ProvableVoice, renditions

VERSION: Final = 2
"""Raise it when a change here, in `intelligibility` or `renditions` changes which clip is kept: it
is part of the cache's key."""

Report = Callable[[str, str, str], None]
"""Takes a text that is not understood, why, and the name of the voice that speaks it."""


class ProvedVoice:
    """Gives the clips of `voice` that stand the proof, and those of `spare` for other texts.

    `rate` is in words a minute. Without `transcriber` the proof is by length alone. `spelling`
    tells how its words are compared.
    """

    def __init__(
        self,
        voice: ProvableVoice,
        spare: Voice,
        rate: int,
        spelling: Spelling,
        transcriber: Callable[[], ReadBack | None],
        report: Report,
    ) -> None:
        self._voice, self._spare, self._rate, self._spelling = voice, spare, rate, spelling
        self._transcriber, self._report = transcriber, report

    @property
    def name(self) -> str:
        """Name of the voice inside."""
        return self._voice.name

    @property
    def identity(self) -> str:
        """Identity of the voice inside, and of the proof."""
        return f"{self._voice.identity}, proof {VERSION}"

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the clips; see `ports.Voice.render`. Raises what the voices inside raise."""
        test = IntelligibilityTest(self._rate, self._spelling, self._transcriber())
        clips = {}
        wanted = list(dict.fromkeys(texts))
        for text, clip in self._voice.render(wanted).items():
            clips[text] = self._proved(test, clip)
            if progress:
                progress(len(clips), len(wanted))
        return clips

    def close(self) -> None:
        """Close both voices."""
        self._voice.close()
        self._spare.close()

    def _proved(self, test: IntelligibilityTest, clip: Clip) -> Clip:
        first = best = test.grade(clip)
        for again in () if first.sure else renditions(self._voice, clip.text):
            best = min(best, test.grade(again), key=_badness)
            if best.sure:
                break
        return self._spared(test, first, best) if best.fault else best.clip

    def _spared(self, test: IntelligibilityTest, first: Grade, best: Grade) -> Clip:
        """Return the clip of the voice that is understood better, and name it."""
        text = best.clip.text
        spare = test.grade(self._spare.render([text])[text])
        own = test.reads and _badness(best) <= _badness(spare)
        self._report(text, first.fault or best.fault, self.name if own else self._spare.name)
        return best.clip if own else spare.clip


def _badness(grade: Grade) -> tuple[bool, tuple[int, int, int]]:
    return bool(grade.fault), grade.wrong
