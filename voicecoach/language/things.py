"""Things that are called by their names: the exercises and routines at hand, also the user's own.

The names come from routine files. So the forms are made where these are known, and live only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from voicecoach.language.patterns import Forms, expand
from voicecoach.language.phrasebook import Command, Meaning, Phrasebook
from voicecoach.language.prompts import Prompts
from voicecoach.language.words import normalise

PLACES: Final = ("exercise", "routine", "count", "written")
"""What patterns hold: a name, a number, and the number that is written."""

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Thing:
    """An exercise or a routine."""

    id: str
    names: Forms
    """The ways to call it, of words that the recogniser knows."""
    written: tuple[int, ...] = ()
    """Repetitions or strokes in a set of an exercise, as routines have it; none to be counted."""


def called(name: str, book: Phrasebook) -> str:
    """Return how a thing is called whose title is `name`: the words before a comma, without an
    article; empty where the recogniser does not know one of them, or they would halt ("back pain").
    """
    words = normalise(name.partition(",")[0].replace("-", " ")).split()
    words = words[1:] if words and words[0] in book.articles else words
    name = " ".join(words)
    return name if book.knows(words) and not book.halts_in(name) else ""


def named_forms(
    book: Phrasebook, say: Prompts, exercises: Iterable[Thing], routines: Iterable[Thing]
) -> dict[str, Meaning]:
    """Return the forms that name one of these; of two that are called alike, the first counts."""
    found: dict[str, Meaning] = {}
    for thing in routines:
        _take(found, book, thing, {"routine": thing.names})
    for thing in exercises:
        names = {"exercise": thing.names}
        _take(found, book, thing, names)
        written = tuple(say.number(n) for n in thing.written)
        for n in book.counts if written else ():
            numbers = {"count": (say.number(n),), "written": written}
            _take(found, book, thing, {**names, **numbers}, n)
    return found


def _take(
    found: dict[str, Meaning],
    book: Phrasebook,
    thing: Thing,
    parts: Mapping[str, Forms],
    number: int | None = None,
) -> None:
    """Add the forms that need all of `parts`, or one of two numbers."""
    for command, pattern in _patterns(book.things, set(parts) - {"written"}):
        for form in expand(pattern, parts) if thing.names else ():
            found.setdefault(form, Meaning(command, number, thing=thing.id))


def _patterns(things: Mapping[Command, Forms], parts: set[str]) -> Iterator[tuple[Command, str]]:
    for command, patterns in things.items():
        for pattern in patterns:
            if set(_PLACE.findall(pattern)) - {"written"} == parts:
                yield command, pattern
