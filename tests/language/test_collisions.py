"""No form sounds like one of another command that is live at the same time.

Two forms sound alike if each word of one sounds like the word of the other in its place: one phone
apart, or a third of the longer one's phones. Forms of different length sound alike if no more than
one phone tells them apart. That close are the words that the recogniser was seen to confuse: of 64
people's "go" three were taken for "no" (docs/hearing.md). "Chest" and "wrist", "hand" and "head"
are half their phones apart, and are not confused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, product

from docs.diagram import CONVERSATIONS
from models.recipe.lexicon import load
from tests.english import BOOK
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command

Phones = tuple[str, ...]

SHARE = 1 / 3
"""Share of the longer word's phones up to which two words sound alike."""

ALLOWED = {
    ("go", "no"): "answers no question about safety; the table keeps them apart",
    ("start", "stop"): "the verifier knows both words; a false stop costs little",
    ("quiet", "quieter"): "both make the coach quiet; a false stop costs little",
    (
        "speak",
        "speed",
    ): "without one it is always heard as the other; both can be undone",
    ("eight", "wait"): "the verifier knows the digits; a pause in a question is harmless",
    ("one", "what"): "the verifier knows the digits; the question is put again",
    ("wait", "what"): "a pause, or the last line again: both are harmless",
    ("nine", "none"): "the verifier knows the digits, and the higher of two likely numbers counts",
    ("none", "one"): "as above",
    ("none", "numb"): "a false halt costs little",
    ("goodbye", "goodnight"): "both send the coach to sleep",
    ("same", "say"): "to say the last line again is harmless, and a session asks before it begins",
}
"""Pairs of words that sound alike and are both needed, with the reason why it does no harm."""


@cache
def lexicon() -> dict[str, list[list[str]]]:
    """Return the pronunciations of the model's words."""
    return load()


@cache
def ways(text: str) -> list[Phones]:
    """Return the ways to pronounce a text, each as its phones."""
    words = [lexicon()[word] for word in text.split()]
    return [tuple(phone for word in way for phone in word) for way in product(*words)][:12]


def distance(one: Phones, other: Phones) -> int:
    """Return how many phones must be put in, left out or changed to make one of the other."""
    row = list(range(len(other) + 1))
    for i, phone in enumerate(one, 1):
        before, row = row, [i]
        for j, its in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (phone != its)))
    return row[-1]


@cache
def alike(one: str, other: str) -> bool:
    """Tell whether two words sound alike."""
    pairs = product(ways(one), ways(other))
    return any(distance(a, b) <= max(1, SHARE * max(len(a), len(b))) for a, b in pairs)


def close(one: str, other: str) -> bool:
    """Tell whether at most one phone tells two texts apart."""
    return any(distance(a, b) <= 1 for a, b in product(ways(one), ways(other)))


def telling(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """Return the words that tell two forms apart, if they sound alike; else None."""
    pairs = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) == len(other):
        low, high = min(pairs)
        return (low, high) if all(alike(*pair) for pair in pairs) else None
    whole = " ".join(one), " ".join(other)
    near = abs(len(one) - len(other)) == 1 and len(pairs) <= 2 and close(*whole)
    return whole if near else None


def together() -> set[frozenset[Command]]:
    """Return the pairs of commands that are live at the same time somewhere."""
    live = [found.live(state) for found in CONVERSATIONS.values() for state in State]
    return {frozenset(pair) for commands in live for pair in combinations(commands, 2)}


def collisions() -> Iterator[tuple[str, str]]:
    """Yield the words that are all that tells two commands apart, and sound alike."""
    pairs = together()
    forms = [(form.split(), BOOK.meanings[form]) for form in HEARD]
    for (one, meant), (other, means) in combinations(forms, 2):
        numbers = meant.command is means.command is Command.NUMBER and meant.number != means.number
        if numbers or frozenset({meant.command, means.command}) in pairs:
            words = telling(one, other)
            if words:
                yield min(words), max(words)


HEARD = sorted(BOOK.grammar(Command) & BOOK.meanings.keys())


def test_no_form_sounds_like_another_command() -> None:
    """But the few pairs that are allowed, each for its reason."""
    found = set(collisions())
    assert found - ALLOWED.keys() == set()
    assert ALLOWED.keys() - found == set()


def test_what_sounds_alike_is_found() -> None:
    """The measure finds what was confused in the past, and lets pass what was not."""
    assert alike("no", "go")
    assert alike("slower", "lower")
    assert alike("four", "more")
    assert alike("weight", "wait")
    assert not alike("chest", "wrist")
    assert not alike("next", "stop")
    assert not alike("yes", "no")
    assert close("too fast", "to fast")
    assert not close("i feel dizzy", "i feel very dizzy")


def test_no_form_is_a_homophone_of_another() -> None:
    """Of two forms with the same sounds only one could ever be heard, in any state."""
    heard: dict[Phones, str] = {}
    for form in HEARD:
        for way in ways(form):
            before = heard.setdefault(way, form)
            assert BOOK.meanings[before] == BOOK.meanings[form], (before, form)
