"""Words of a text: in normal form, and in pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

MOST_WORDS = 10
"""Words of the longest form that a file may give."""


def pieces(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Yield each piece of `words`, longest first, with the words before and after it."""
    for size in range(min(len(words), MOST_WORDS), 0, -1):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size]), words[:at], words[at + size :]


def made_of(words: Sequence[str], is_phrase: Callable[[str], bool]) -> bool:
    """Return whether `words` are nothing but phrases, one after the other."""
    ends = {0}
    for end in range(1, len(words) + 1):
        starts = range(max(0, end - MOST_WORDS), end)
        if any(at in ends and is_phrase(" ".join(words[at:end])) for at in starts):
            ends.add(end)
    return len(words) in ends


def normalise(text: str) -> str:
    """Return the words of `text` in lower case, one blank between them, punctuation dropped."""
    return " ".join(re.findall(r"\[unk\]|[\w']+", text.lower().replace("\u2019", "'")))
