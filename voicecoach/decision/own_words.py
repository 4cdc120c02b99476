"""Whether the coach itself was saying a phrase at the moment at which it was heard. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicecoach.decision.hearing import Hearing
from voicecoach.decision.verdict import Spoken
from voicecoach.language.phrasebook import Phrasebook
from voicecoach.units import FRAMES_PER_MS, Frame

SLACK = Frame(300 * FRAMES_PER_MS)
"""Tolerance of the place of a word in a line whose words have no times: words are placed by their
share of the letters, which is wrong by up to this, with delay and reverberation. It is also how
much later than it was played a word may be heard."""

BEFORE = Frame(100 * FRAMES_PER_MS)
"""How much earlier than a word with a known time it may seem to begin: the recogniser's own times
are that uncertain, and nothing is heard before it is played."""


def says(lines: Sequence[Spoken], book: Phrasebook, phrase: str, hearing: Hearing) -> bool:
    """Return whether the coach was saying `phrase` just then, or a word that begins with it:
    "Stopped." begins with "stop", and is heard so at first.
    """
    return any(
        start < hearing.end and hearing.start < end
        for line in lines
        for start, end in (_timed if line.words else _guessed)(line, book, phrase)
    )


def _timed(line: Spoken, book: Phrasebook, phrase: str) -> Iterator[tuple[int, int]]:
    tokens = [(t, word) for word in line.words for t in book.sounding(word.text).split()]
    size = len(phrase.split())
    for at in range(len(tokens) - size + 1):
        part = tokens[at : at + size]
        if " ".join(token for token, _ in part).startswith(phrase):
            yield part[0][1].start - BEFORE, part[-1][1].end + SLACK


def _guessed(line: Spoken, book: Phrasebook, phrase: str) -> Iterator[tuple[float, float]]:
    letters = f" {book.sounding(line.text)} "
    pace = (line.end - line.start) / len(letters)
    at = letters.find(f" {phrase}")
    while at >= 0:
        yield line.start + at * pace - SLACK, line.start + (at + len(phrase)) * pace + SLACK
        at = letters.find(f" {phrase}", at + 1)
