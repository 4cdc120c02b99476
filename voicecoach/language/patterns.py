"""Patterns of what people say: words, [optional] parts, (one|another), {named parts}.

A pattern stands for a finite set of forms. ``please [do] (stop|halt)`` stands for "please stop",
"please halt", "please do stop" and "please do halt".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product

MOST_FORMS = 3000
"""Forms of one pattern. More is a mistake in the file: the whole of English has fewer."""

Forms = tuple[str, ...]

_TOKEN = re.compile(r"[\[\]()|]|\{\w+\}|[^\s\[\](){}|]+|[{}]")
_CLOSES = {"(": ")", "[": "]"}


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


def expand(pattern: str, parts: Mapping[str, Forms]) -> Forms:
    """Return the forms of `pattern`, each once, those without the optional parts first.

    `parts` are the forms of the names it may use. Raises `PatternError`.
    """
    reader = _Reader(_TOKEN.findall(pattern), parts)
    found = reader.choice(end="")
    return tuple(dict.fromkeys(form for form in found if form))


def cover(forms: Iterable[str], alike: Mapping[str, str] | None = None) -> Forms:
    """Return so many of `forms` that every word, and every pair of neighbours, is in one of them.

    A recogniser joins phrases by such pairs, so it then hears all of `forms`. `alike` names the
    kind of a word: words of one kind, such as parts of the body, count as one in a pair.
    """
    kinds = alike or {}
    seen: set[object] = set()
    kept = []
    for form in forms:
        words = form.split()
        ordered = ["", *(kinds.get(word, word) for word in words), ""]
        found = {*words, *pairwise(ordered)}
        if not found <= seen:
            kept.append(form)
            seen |= found
    return tuple(kept)


class _Reader:
    """Reads the tokens of one pattern from left to right, with their forms as the result."""

    def __init__(self, tokens: Sequence[str], parts: Mapping[str, Forms]) -> None:
        self._tokens, self._parts, self._at = tokens, parts, 0

    def choice(self, end: str) -> Forms:
        """Return the forms up to the bracket `end`: those of each part between the bars."""
        found = list(self._sequence(end))
        while self._peek() == "|":
            self._at += 1
            found += self._sequence(end)
        if self._peek() != end:
            raise PatternError(f"'{end}' is missing" if end else f"'{self._peek()}' too many")
        self._at += 1
        return tuple(found)

    def _sequence(self, end: str) -> Forms:
        found: Forms = ("",)
        begin = self._at
        while self._peek() not in ("", end, "|"):
            found = _joined(found, self._item())
        if begin == self._at:
            raise PatternError("a part without a word")
        return found

    def _item(self) -> Forms:
        item = self._tokens[self._at]
        self._at += 1
        if item in _CLOSES:
            inner = self.choice(_CLOSES[item])
            return ("", *inner) if item == "[" else inner
        if item in "])}{":
            raise PatternError(f"'{item}' too many")
        return self._named(item[1:-1]) if item.startswith("{") else (item,)

    def _named(self, name: str) -> Forms:
        if name not in self._parts:
            raise PatternError(f"there is no part '{name}'")
        return self._parts[name]

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""


def _joined(before: Forms, after: Forms) -> Forms:
    if len(before) * len(after) > MOST_FORMS:
        raise PatternError(f"more than {MOST_FORMS} forms")
    return tuple(f"{one} {other}".strip() for one, other in product(before, after))
