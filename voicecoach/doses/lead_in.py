"""How the coach begins a set: a count for work, a word for what is soft."""

from __future__ import annotations

from typing import Final

from voicecoach.language.prompts import Prompts
from voicecoach.track import BEAT, Lengths, Track, anchored_at_end, fitted, silence, spoken
from voicecoach.units import Ms

COUNT_IN_MS: Final = Ms(4 * BEAT)
"""The count-in "three, two, one, go": a beat apart, its end is the first beat of the work."""
SOFT_MS: Final = Ms(1500)
"""Silence after the word that leads into a stretch, a massage or a rest. Our own choice."""


def count_in(say: Prompts, lengths: Lengths) -> Track:
    """Return "three, two, one, go", anchored at its end."""
    words = [say.number(3), say.number(2), say.number(1), say.say("go")]
    cues = [cue.later(COUNT_IN_MS) for cue in anchored_at_end(words, BEAT)]
    return Track(fitted(cues, lengths, COUNT_IN_MS), COUNT_IN_MS)


def softly(text: str, lengths: Lengths) -> Track:
    """Return a line that leads in without a count, and a short silence."""
    return spoken([text], lengths, after=Ms(0)).then(silence(SOFT_MS))
