"""Whether what was read back is what was to be said: spelling does not count, sounds do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language is written."""

    number: Callable[[int], str]
    """Returns a number in words."""
    alike: Mapping[str, str] = field(default_factory=dict)
    """Words that sound like another one, and that other one."""

    def words(self, text: str) -> list[str]:
        """Return the words of `text` in small letters, digits as words, without punctuation."""
        spelled = re.sub(r"\d{1,2}", lambda found: f" {self.number(int(found[0]))} ", text.lower())
        plain = re.sub(r"[^\w' ]", " ", spelled.replace("’", "'")).split()
        return [self.alike.get(word, word).replace("'", "") for word in plain]


def errors(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Return how many words must be changed, added or removed to make one of the other.

    Words that are joined or divided in spelling alone count as equal.
    """
    if "".join(wanted) == "".join(found):
        return 0
    row = list(range(len(found) + 1))
    for number, word in enumerate(wanted, 1):
        above, row = row, [number]
        for place, other in enumerate(found, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (word != other)))
    return row[-1]


def likeness(wanted: Sequence[str], found: Sequence[str]) -> float:
    """Return how alike the letters are, 0 to 1."""
    return SequenceMatcher(None, "".join(wanted), "".join(found), autojunk=False).ratio()
