"""The hush of the first look, and its end: a halt, a doubt, or a release."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.decision.test_evidence import look
from tests.english import BOOK
from voicecoach.decision.evidence import EARLY, HUSH_FIT, HUSH_SHARE, NEAR
from voicecoach.decision.hearing import Hearing, Look
from voicecoach.decision.judge import SETTLED, STAND, VERDICT, Judge
from voicecoach.decision.verdict import (
    Accepted,
    Doubtful,
    Hushed,
    Refused,
    Released,
    Spoken,
    Verdict,
)
from voicecoach.units import RATE, Frame

FIRST = 11 * RATE
STEP = 3 * RATE // 100
SURE = look(stop=0.9)
NOT = look(go=0.9)


def judge() -> Judge:
    """Return a judge with all phrases live."""
    one = Judge(BOOK)
    one.listen(frozenset(BOOK.meanings))
    return one


def partial(text: str, at: int, seen: Look | None) -> Hearing:
    """Return a partial result `at` frames after the first."""
    decided = Frame(FIRST + at)
    return Hearing(text, Frame(FIRST - 4000), decided, decided, final=False, look=seen)


def final(text: str, seen: Look | None, above: float = 20.0) -> Hearing:
    """Return the final result of the same utterance."""
    start, end = Frame(FIRST - 4000), Frame(FIRST + 1000)
    return Hearing(text, start, end, Frame(end + 9000), True, 1.0, above, seen)


def verdicts(one: Judge, parts: list[tuple[str, Look | None]]) -> list[Verdict]:
    """Return what is decided about partial results that come every 30 ms."""
    heard = [one.consider(partial(text, n * STEP, seen)) for n, (text, seen) in enumerate(parts)]
    return [verdict for verdict in heard if verdict]


def test_the_first_look_is_enough_for_quiet() -> None:
    """At the very partial result in which the word appears."""
    assert isinstance(judge().consider(partial("stop", 0, SURE)), Hushed)


def test_a_word_that_others_begin_with_hushes_later() -> None:
    """The coach goes quiet 200 ms after "numb", since "number three" begins with it as well."""
    assert verdicts(judge(), [("numb", look())] * 7) == []
    parts = [("numb", look())] * 20
    first, second = verdicts(judge(), parts)
    assert isinstance(first, Hushed)
    assert SETTLED <= first.hearing.decided - FIRST < SETTLED + STEP
    assert isinstance(second, Accepted)


def test_a_word_that_stands_becomes_the_halt() -> None:
    """First quiet, then the halt, and then no more about this utterance."""
    kinds = [type(verdict) for verdict in verdicts(judge(), [("stop", SURE)] * 20)]
    assert kinds == [Hushed, Accepted]


@pytest.mark.parametrize("phrase", ["stop", "it hurts", "i feel dizzy"])
def test_a_halt_is_decided_within_the_time_of_a_hush(phrase: str) -> None:
    """Those too that must stand longer where nothing was sure at first."""
    assert VERDICT < STAND
    fitting = Look(SURE.shares if phrase == "stop" else look().shares)
    first, second = verdicts(judge(), [(phrase, fitting)] * 20)
    assert isinstance(first, Hushed)
    assert isinstance(second, Accepted)
    assert second.hearing.decided - first.hearing.decided <= VERDICT


def test_a_word_taken_back_is_released_when_a_look_is_sure() -> None:
    """Not before, and only once."""
    parts = [("stop", SURE), *[("start counting", NOT)] * 20]
    kinds = [type(verdict) for verdict in verdicts(judge(), parts)]
    assert kinds == [Hushed, Released]


@pytest.mark.parametrize("seen", [look(stop=NEAR), None])
def test_what_no_look_is_sure_about_is_asked(seen: Look | None) -> None:
    """A word that vanished, but may have been one; or nothing that could tell."""
    parts = [("stop", SURE), *[("start counting", seen)] * 20]
    kinds = [type(verdict) for verdict in verdicts(judge(), parts)]
    assert kinds == [Hushed, Doubtful]


@pytest.mark.parametrize(
    ("text", "first", "calls"), [("help", look(), True), ("stop", SURE, False)]
)
def test_the_doubt_tells_a_call_for_help_from_a_stop(text: str, first: Look, calls: bool) -> None:
    """The coach asks about what it went quiet for."""
    poor = replace(NOT, fit=EARLY[0] - 9)
    hushed, doubt = verdicts(judge(), [(text, first), *[(text, poor)] * 20])[:2]
    assert isinstance(hushed, Hushed)
    assert isinstance(doubt, Doubtful)
    assert doubt.for_help is calls


def test_a_word_that_stands_against_the_look_is_asked_about() -> None:
    """The two do not agree: neither a halt nor a release."""
    kinds = [type(v) for v in verdicts(judge(), [("stop", SURE), *[("stop", NOT)] * 20])]
    assert kinds[:2] == [Hushed, Doubtful]


def test_a_final_result_ends_the_quiet() -> None:
    """Refused it is a release, or a doubt where it is near a halt; both are marked."""
    one = judge()
    one.consider(partial("stop", 0, SURE))
    refused = one.consider(final("[unk] [unk]", look()))
    assert isinstance(refused, Refused)
    assert (refused.hushed, refused.near_halt) == (True, False)
    one.consider(partial("stop", 0, SURE))
    refused = one.consider(final("[unk] [unk]", look(stop=0.3)))
    assert isinstance(refused, Refused)
    assert (refused.hushed, refused.near_halt) == (True, True)
    plain = one.consider(final("[unk] [unk]", look()))
    assert isinstance(plain, Refused)
    assert not plain.hushed


def test_what_is_little_like_a_halt_word_is_no_reason() -> None:
    """Less than the shares and fits that were measured, or no look at all."""
    poor = Look(look().shares, HUSH_FIT[0] - 0.1, HUSH_FIT[1] - 0.1)
    assert judge().consider(partial("stop", 0, look(stop=HUSH_SHARE - 0.01))) is None
    assert judge().consider(partial("it hurts", 0, poor)) is None
    assert judge().consider(partial("stop", 0, None)) is None
    assert judge().consider(partial("next", 0, look(go=0.9))) is None


def test_the_coach_does_not_silence_itself() -> None:
    """Its own "stop" is no reason to be quiet."""
    line = Spoken("stop", Frame(FIRST - 6000), Frame(FIRST + 2000))
    assert judge().consider(partial("stop", 0, SURE), [line]) is None


TEXTS = st.sampled_from(["stop", "[unk] stop", "it hurts", "", "[unk]", "next", "start counting"])
LOOKS = st.sampled_from([None, SURE, NOT, look(), look(stop=0.3), look(noise=0.9)])


@given(st.lists(st.tuples(TEXTS, LOOKS), max_size=40))
def test_no_quiet_without_an_end(parts: list[tuple[str, Look | None]]) -> None:
    """Each hush ends in time as one of the three, and nothing ends without a hush; and after a
    halt the rest of the utterance brings nothing.
    """
    one, open_since = judge(), None
    for n, (text, seen) in enumerate([*parts, *[("", NOT)] * 12]):
        verdict = one.consider(partial(text, n * STEP, seen))
        if isinstance(verdict, Hushed):
            assert open_since is None
            open_since = n
        elif isinstance(verdict, Released | Doubtful):
            assert open_since is not None
            assert (n - open_since) * STEP == VERDICT
            open_since = None
        elif isinstance(verdict, Accepted):
            open_since = None
    assert open_since is None
