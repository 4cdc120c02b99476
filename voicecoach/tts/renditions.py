"""Other ways to say a text that a neural voice garbles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Protocol

from voicecoach.audio.clip import Clip, Word
from voicecoach.tts.cache import IdentifiedVoice
from voicecoach.tts.postprocess import LEAD, TAIL, trim
from voicecoach.tts.word_times import AROUND
from voicecoach.units import Frame

JOINTS: Final = (". ", ", ")
"""What stands between the three of a row; the first one helps more often (docs/voices.md)."""
CARRIED: Final = 40
"""Most characters of a text that is put among other words; a longer one has them itself."""
ENDS: Final = (".", "!", "?")
BREAK: Final = re.compile("[,;:] ")
"""What may become the end of a sentence."""


class ProvableVoice(IdentifiedVoice, Protocol):
    """A voice that can try a text again in another way."""

    def render_slowly(self, text: str) -> Clip:
        """Return `text`, spoken more slowly than it should be. Raises what `render` raises."""


def renditions(voice: ProvableVoice, text: str) -> Iterator[Clip]:
    """Yield the other ways to say `text`, each rendered when it is asked for."""
    if len(text) <= CARRIED:
        sentence = text if text.endswith(ENDS) else f"{text}."
        for written in dict.fromkeys((sentence, BREAK.sub(". ", sentence))):
            if written != text:
                yield replace(voice.render([written])[written], text=text)
        yield from filter(None, (_carried(voice, text, joint) for joint in JOINTS))
    yield voice.render_slowly(text)


def _carried(voice: ProvableVoice, text: str, joint: str) -> Clip | None:
    """Return `text` as the middle one of three in a row; None if it cannot be cut out."""
    row = joint.join([text.rstrip(AROUND)] * 2 + [text])
    whole = voice.render([row])[row]
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
