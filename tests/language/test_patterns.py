"""Patterns of forms: what they stand for, and how few of them a recogniser needs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.diagram import CONVERSATIONS
from tests.english import BOOK
from voicecoach.dialog.states import State
from voicecoach.language.patterns import MOST_FORMS, PatternError, cover, expand

WORDS = st.sampled_from(["go", "on", "now", "it", "stop"])
PIECES = st.recursive(
    WORDS.map(lambda word: (word, {word})),
    lambda inner: (
        inner.map(lambda one: (f"[{one[0]}]", {"", *one[1]}))
        | st.lists(inner, min_size=2, max_size=3).map(
            lambda many: (f"({'|'.join(p for p, _ in many)})", set().union(*(f for _, f in many)))
        )
        | st.lists(inner, min_size=1, max_size=3).map(
            lambda many: (" ".join(p for p, _ in many), joined([f for _, f in many]))
        )
    ),
    max_leaves=7,
)
"""A pattern, and the forms that it stands for."""


def joined(parts: list[set[str]]) -> set[str]:
    """Return each way to say one of each of `parts`, one after the other."""
    found = {""}
    for part in parts:
        found = {f"{a} {b}".strip() for a in found for b in part}
    return found


@given(PIECES)
def test_a_pattern_stands_for_all_its_forms_once(case: tuple[str, set[str]]) -> None:
    """Optional parts, choices and sequences nest in any way."""
    pattern, forms = case
    found = expand(pattern, {})
    assert set(found) == forms - {""}
    assert len(found) == len(set(found))


def test_the_plain_form_comes_first() -> None:
    """Optional parts are left out first, choices are taken in order, parts stand for theirs."""
    assert expand("help [me] (now|{soon})", {"soon": ("soon", "some day")}) == (
        "help now", "help soon", "help some day",
        "help me now", "help me soon", "help me some day",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("help [me", "']' is missing"), ("help me]", "']' too many"), ("(a|b", "')' is missing"),
        ("[]", "a part without a word"), ("(a|)", "a part without a word"), ("", "without a word"),
        ("{thing}", "there is no part 'thing'"), ("{", "'{' too many"),
        ("(a|b|c|d|e|f|g|h) " * 4, f"more than {MOST_FORMS} forms"),
    ],
)  # fmt: skip
def test_a_faulty_pattern_says_why(pattern: str, why: str) -> None:
    """The message is for the writer of the file."""
    with pytest.raises(PatternError) as caught:
        expand(pattern, {})
    assert why in str(caught.value)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=12))
def test_a_cover_has_every_word_and_every_pair(forms: list[str]) -> None:
    """Whatever may follow whatever in the forms does so in the cover."""
    assert _pairs(cover(forms)) == _pairs(forms)


def test_words_of_one_kind_are_one_in_a_cover() -> None:
    """Each part of the body is heard, with what may follow any of them."""
    forms = [f"my {part} {what}" for part in ("neck", "knee") for what in ("hurts", "aches")]
    kinds = {"neck": "body", "knee": "body"}
    assert cover(forms, kinds) == ("my neck hurts", "my neck aches", "my knee hurts")


def test_what_the_recogniser_gets_stays_small() -> None:
    """It is built again for each state (2 ms for 1000 phrases, 2026-11-27), and each phrase makes
    the others a little less likely; in a session that matters most.
    """
    assert len(BOOK.meanings) > 5000
    live = {name: [one.live(s) for s in State] for name, one in CONVERSATIONS.items()}
    most = {name: max(len(BOOK.grammar(c)) for c in states) for name, states in live.items()}
    assert most.pop("menu") < 800
    assert max(most.values()) < 700


def _pairs(forms: list[str] | tuple[str, ...]) -> set[tuple[str, str]]:
    return {pair for form in forms for pair in pairwise(["", *form.split(), ""])}
