"""Words of a text: in normal form, and in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOST_WORDS = 10
"""Words of the longest form that a file may give."""


def pieces(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Yield each piece of `words`, longest first, with the words before and after it."""
    for size in range(min(len(words), MOST_WORDS), 0, -1):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size]), words[:at], words[at + size :]


def made_of(words: Sequence[str], phrases: frozenset[str]) -> bool:
    """Return whether `words` are nothing but `phrases`, one after the other."""
    return not words or any(
        " ".join(words[:n]) in phrases and made_of(words[n:], phrases)
        for n in range(1, len(words) + 1)
    )


def normalise(text: str) -> str:
    """Return the words of `text` in lower case, one blank between them, punctuation dropped."""
    return " ".join(re.findall(r"\[unk\]|[\w']+", text.lower().replace("\u2019", "'")))
