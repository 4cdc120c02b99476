"""A taught voice: prototypes, and what they change in a look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import BOOK
from voicecoach.decision.hearing import NOISE, OTHER, Hearing, Look
from voicecoach.decision.judge import Judge
from voicecoach.decision.taught import STRANGER, TaughtVoice, consistent, dot, unit
from voicecoach.decision.verdict import Accepted, Refused
from voicecoach.language.phrasebook import Command
from voicecoach.units import Frame

STOP, PAUSE, ELSE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
SHARES = {"stop": 0.1, "go": 0.6, OTHER: 0.25, NOISE: 0.05}
VOICE = TaughtVoice("m").with_takes("stop", [STOP] * 3).with_takes("pause", [PAUSE] * 3)


def look(embedding: tuple[float, ...] = STOP, fit: float = 0.0) -> Look:
    """Return a look at a sound."""
    return Look(SHARES, fit, fit, embedding)


def hearing(text: str, seen: Look) -> Hearing:
    """Return a final result."""
    return Hearing(text, Frame(0), Frame(8000), Frame(16_000), True, look=seen)


def test_what_sounds_as_taught_becomes_likelier() -> None:
    """And what does not becomes less likely; a form without a class gets a probability."""
    like, unlike = VOICE.adapt(look()), VOICE.adapt(look(ELSE))
    assert like.shares["stop"] > 0.5 > unlike.shares["stop"]
    assert VOICE.adapt(look(PAUSE)).taught["pause"] > 0.9
    assert like.taught["pause"] < 0.1


def test_a_stranger_changes_nothing() -> None:
    """Nor does a look without an embedding."""
    assert STRANGER.adapt(look()) == look()
    assert VOICE.adapt(look(())) == look(())


unit_vectors = st.lists(st.floats(-1, 1), min_size=3, max_size=3).map(unit)
shares = st.lists(st.floats(0.001, 1), min_size=4, max_size=4).map(
    lambda raw: dict(zip(SHARES, (x / sum(raw) for x in raw), strict=True))
)


@given(unit_vectors, shares, st.lists(unit_vectors, min_size=4, max_size=6))
def test_shares_stay_probabilities(
    embedding: tuple[float, ...], given: dict[str, float], takes: list[tuple[float, ...]]
) -> None:
    """Whatever was taught: each 0 to 1, together 1, of the same words."""
    voice = TaughtVoice().with_takes("stop", takes[:2]).with_takes("go", takes[2:])
    found = voice.adapt(Look(given, embedding=embedding)).shares
    assert set(found) == set(given)
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in found.values())


@given(st.lists(unit_vectors, max_size=5))
def test_a_prototype_is_a_direction_of_two_takes_or_more(takes: list[tuple[float, ...]]) -> None:
    """Fewer take a form away again."""
    forms = TaughtVoice().with_takes("stop", takes).forms
    kept = consistent(takes)
    assert ("stop" in forms) is (len(kept) >= 2)
    if "stop" in forms:
        assert forms["stop"].takes == len(kept)
        prototype = forms["stop"].prototype
        assert dot(prototype, prototype) == pytest.approx(1, abs=0.01) or not any(prototype)
    assert VOICE.with_takes("stop", takes[:1]).forms.keys() == {"pause"}


def test_a_take_of_another_sound_is_dropped() -> None:
    """A cough between two takes is not learned."""
    assert consistent([STOP, ELSE, STOP]) == [STOP, STOP]
    assert consistent([STOP, ELSE]) == [STOP, ELSE]


def test_the_judge_obeys_what_it_was_taught() -> None:
    """A "stop" with too small a share, and a "pause" whose sounds fit badly, are obeyed from the
    user who taught them; a word that was not said as taught is refused as before.
    """
    for text, seen in (("stop", look()), ("pause", look(PAUSE, fit=-7.0))):
        stranger, user = Judge(BOOK), Judge(BOOK, VOICE)
        for judge in (stranger, user):
            judge.listen(BOOK.grammar({Command.STOP, Command.PAUSE}))
        assert isinstance(stranger.consider(hearing(text, seen)), Refused)
        assert isinstance(user.consider(hearing(text, seen)), Accepted)
    unlike = Judge(BOOK, VOICE)
    unlike.listen(BOOK.grammar({Command.PAUSE}))
    assert isinstance(unlike.consider(hearing("pause", look(ELSE, fit=-7.0))), Refused)


def test_an_early_halt_is_decided_as_from_anyone() -> None:
    """A partial result is looked at without the prototypes: nothing makes it slower or rarer."""
    early = Hearing("stop", Frame(0), Frame(100), Frame(200), False, look=look(ELSE))
    verdicts = []
    for judge in (Judge(BOOK), Judge(BOOK, VOICE)):
        judge.listen(BOOK.grammar({Command.STOP}))
        verdicts.append(judge.consider(early))
    assert verdicts[0] == verdicts[1]
