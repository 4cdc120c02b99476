"""Each clip of a neural voice is proved before it is kept; what fails is spoken by another voice.

Neural voices may garble a text, mostly a short one. A clip is proved by its length, and by reading
it back where a transcriber is at hand. What fails is rendered again as the middle one of three,
and cut out where its words sound; what fails then, too, is left to the spare voice, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from voicecoach.audio.clip import Clip, Word
from voicecoach.ports import Progress, ReadBack, Voice
from voicecoach.tts.cache import IdentifiedVoice
from voicecoach.tts.postprocess import LEAD, TAIL, trim
from voicecoach.tts.reading import Spelling, errors, likeness
from voicecoach.tts.word_times import AROUND
from voicecoach.units import Frame

VERSION: Final = 1
"""Raise it when a change here changes which clip is kept: it is part of the cache's key."""

LIKE: Final = 0.75
"""Least likeness of the letters that were read back; see docs/voices.md."""

SHORT, ALIKE = 3, 0.9
"""Up to so many words, every word must be read back, but for a letter or two, as in "straight in"
for "straighten"; in longer texts the recogniser itself errs."""

SHORTEST, LONGEST = 0.4, 2.5
"""Length of a clip, as a multiple of what its letters take at the speaking rate."""
SPARE_S: Final = 0.5
"""Seconds that a clip may be longer than that: a last syllable that is drawn out."""
LETTERS: Final = 4.9
"""Letters in a word of the coach, with its share of the punctuation."""

JOINTS: Final = (". ", ", ")
"""What stands between the three of a row; the first one helps more often (docs/voices.md)."""

Report = Callable[[str, str], None]
"""Is told a text that the spare voice speaks, and why."""


class ProvedVoice:
    """Gives the clips of `voice` that stand the proof, and those of `spare` for other texts.

    `rate` is in words a minute. Without `transcriber` the proof is by length alone. `spelling`
    tells how its words are compared.
    """

    def __init__(
        self,
        voice: IdentifiedVoice,
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
        clips = {}
        wanted = list(dict.fromkeys(texts))
        for text, clip in self._voice.render(wanted).items():
            clips[text] = self._proved(clip)
            if progress:
                progress(len(clips), len(wanted))
        return clips

    def close(self) -> None:
        """Close both voices."""
        self._voice.close()
        self._spare.close()

    def fault(self, clip: Clip) -> str:
        """Return what is wrong with a clip, or an empty text."""
        seconds = clip.length / 1000
        usual = len(clip.text) / (LETTERS + 1) / self._rate * 60
        if not SHORTEST * usual <= seconds <= LONGEST * usual + SPARE_S:
            return f"it takes {seconds:.1f} s"
        transcriber = self._transcriber()
        heard = transcriber(clip.samples) if transcriber else clip.text
        wanted, found = self._spelling.words(clip.text), self._spelling.words(heard)
        short = len(wanted) <= SHORT and errors(wanted, found)
        alike = likeness(wanted, found)
        return f'it is understood as "{heard}"' if alike < (ALIKE if short else LIKE) else ""

    def _proved(self, clip: Clip) -> Clip:
        fault = self.fault(clip)
        if not fault:
            return clip
        for joint in JOINTS:
            again = self._carried(clip.text, joint)
            if again and not self.fault(again):
                return again
        self._report(clip.text, fault)
        return self._spare.render([clip.text])[clip.text]

    def _carried(self, text: str, joint: str) -> Clip | None:
        """Return `text` as the middle one of three in a row; None if it cannot be cut out."""
        row = joint.join([text.rstrip(AROUND)] * 2 + [text])
        whole = self._voice.render([row])[row]
        count, rest = divmod(len(whole.words), 3)
        return None if rest or not count else _cut(whole, text, count)


def _cut(whole: Clip, text: str, count: int) -> Clip:
    """Return a clip of the second `count` words of `whole`."""
    own = whole.words[count : 2 * count]
    before, after = own[0].start - LEAD, min(own[-1].end + TAIL, whole.words[2 * count].start)
    samples, start = trim(whole.samples[max(0, before) : after])
    moved = [_moved(word, max(0, before) + start) for word in own]
    return Clip(text, samples, tuple(moved))


def _moved(word: Word, by: int) -> Word:
    vowel = None if word.vowel is None else Frame(word.vowel - by)
    return replace(word, start=Frame(word.start - by), end=Frame(word.end - by), vowel=vowel)
