"""What the judge makes of a verifier's look: obey, refuse, put another word in its place, ask."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.decision.test_judge import ALL, BOOK, STEP, final, judge, partial
from voicecoach.decision.evidence import (
    CERTAIN,
    CLEAR,
    CLEAR_OVER,
    DISTINCT_DB,
    EARLY,
    ENDED_FIT,
    ENDED_SHARE,
    LATE,
    LIKELY,
    LIKELY_EARLY,
    LIKELY_NEAR,
    LOUD_DB,
    NEAR,
    NOISY,
    RIVAL,
    SHORT,
    SURE,
)
from voicecoach.decision.hearing import NOISE, OTHER, Hearing, Look
from voicecoach.decision.judge import STAND_QUICK, all_said
from voicecoach.decision.verdict import Accepted, Refused, Spoken
from voicecoach.language.phrasebook import Command
from voicecoach.units import RATE, Frame

WORDS = ("stop", "go", "yes", "no", "six", "seven")


def look(**shares: float) -> Look:
    """Return a look with these shares; the rest is another word."""
    rest = 1.0 - sum(shares.values())
    noise = shares.pop("noise", 0.0)
    return Look({word: shares.get(word, 0.0) for word in WORDS} | {OTHER: rest, NOISE: noise})


def seen(text: str, above_db: float = 40.0, **shares: float) -> Hearing:
    """Return a final result with a look."""
    return replace(final(text), look=look(**shares), above_db=above_db)


def test_a_word_that_the_look_finds_likely_is_obeyed() -> None:
    """At the bound and above it."""
    assert isinstance(judge().consider(seen("yes", yes=LIKELY)), Accepted)


def test_a_word_that_the_look_does_not_find_is_refused() -> None:
    """The verdict says why."""
    verdict = judge().consider(seen("yes", yes=LIKELY - 0.01))
    assert isinstance(verdict, Refused)
    assert verdict.why == "unsure"


@pytest.mark.parametrize("heard", ["[unk]", "no", "pause", "[unk] [unk]"])
def test_a_word_that_the_look_is_certain_of_is_obeyed_in_place_of_what_was_heard(
    heard: str,
) -> None:
    """Whatever the recogniser made of it."""
    verdict = judge().consider(seen(heard, go=CERTAIN))
    assert isinstance(verdict, Accepted)
    assert verdict.phrase == "go"


@pytest.mark.parametrize("phrase", ["stop counting", "go back", "stop it"])
def test_a_word_of_the_phrase_itself_speaks_for_it(phrase: str) -> None:
    """A certain "stop" is the first word of "stop counting"; the fit speaks for all of it."""
    word = phrase.split()[0]
    heard = seen(phrase, **{word: 0.9})
    verdict = judge().consider(heard)
    assert isinstance(verdict, Accepted)
    assert verdict.phrase == phrase
    assert heard.look
    poor = replace(heard, look=replace(heard.look, fit=LATE[0] - 0.1))
    assert isinstance(judge().consider(poor), Refused)


def test_no_word_is_put_in_place_that_is_not_live() -> None:
    """A certain "go" is nothing where it is not live."""
    verdict = judge(ALL - BOOK.forms({Command.GO})).consider(seen("[unk]", go=CERTAIN))
    assert isinstance(verdict, Refused)


def test_a_long_stretch_is_no_single_word() -> None:
    """What is said on and on is not searched for words."""
    long = seen("[unk]", go=CERTAIN)
    long = replace(long, start=Frame(long.end - SHORT - 1))
    assert isinstance(judge().consider(long), Refused)


@pytest.mark.parametrize("phrase", ["pause", "it hurts", "help me", "stop", "yes"])
def test_noise_is_no_phrase(phrase: str) -> None:
    """Whether the verifier has a class for it or not: it is obeyed unless there was no speech."""
    known = {phrase: 0.5} if phrase in WORDS else {}
    assert isinstance(judge().consider(seen(phrase, noise=NOISY - 0.01, **known)), Accepted)
    verdict = judge().consider(seen(phrase, noise=NOISY, **known))
    assert isinstance(verdict, Refused)
    assert verdict.why == "noise"


def test_a_halt_on_a_partial_waits_for_the_look() -> None:
    """It stands long enough, and is obeyed as soon as the look agrees."""
    one = judge()
    shares = [look(stop=LIKELY_EARLY - 0.01)] * 30 + [look(stop=LIKELY_EARLY)]
    heard = [
        one.consider(replace(partial("stop", 160_000 + STEP * n), look=found))
        for n, found in enumerate(shares)
    ]
    assert STEP * 30 > STAND_QUICK
    assert [isinstance(verdict, Accepted) for verdict in heard] == [False] * 30 + [True]


@pytest.mark.parametrize("above_db", [-5.0, LOUD_DB - 0.1])
def test_a_halt_amid_other_sound_has_to_be_surer(above_db: float) -> None:
    """Running speech is full of "hurts" and "stop"; out of a quiet room less is enough."""
    for share, obeyed in ((SURE - 0.01, False), (SURE, True)):
        verdict = judge().consider(seen("stop", above_db, stop=share))
        assert isinstance(verdict, Accepted) == obeyed
    assert isinstance(judge().consider(seen("stop", LOUD_DB, stop=LIKELY)), Accepted)


def test_a_phrase_amid_other_sound_has_to_fit_well() -> None:
    """As one that is not final."""
    for fit, obeyed in ((EARLY[0] - 0.1, False), (EARLY[0], True)):
        heard = replace(seen("it hurts", LOUD_DB - 0.1), look=replace(look(), fit=fit))
        assert isinstance(judge().consider(heard), Accepted) == obeyed
    heard = replace(seen("it hurts", LOUD_DB), look=replace(look(), fit=EARLY[0] - 0.1))
    assert isinstance(judge().consider(heard), Accepted)


@pytest.mark.parametrize("before", ["[unk]", "session", "cramping"])
def test_a_halt_word_after_another_sound_has_to_be_found_by_itself(before: str) -> None:
    """The look speaks about "stop", not about "session stop", for which it has no class."""
    text = f"{before} stop"
    assert isinstance(judge().consider(seen(text, stop=LIKELY)), Accepted)
    assert isinstance(judge().consider(seen(text, stop=LIKELY - 0.01)), Refused)


@pytest.mark.parametrize("above_db", [-5.0, DISTINCT_DB - 0.1])
def test_a_control_phrase_needs_quiet_before_it(above_db: float) -> None:
    """What is hardly louder than what was before is a piece of it; a halt is obeyed even so."""
    verdict = judge().consider(seen("pause", above_db))
    assert isinstance(verdict, Refused)
    assert verdict.why == "noise"
    assert isinstance(judge().consider(seen("stop", above_db, stop=0.9)), Accepted)


@pytest.mark.parametrize("bad", [{"fit": LATE[0] - 0.1}, {"weakest": LATE[1] - 0.1}])
def test_a_phrase_that_fits_badly_is_refused(bad: dict[str, float]) -> None:
    """On average, or in one phone."""
    hearing = seen("pause")
    assert hearing.look is not None
    verdict = judge().consider(replace(hearing, look=replace(hearing.look, **bad)))
    assert isinstance(verdict, Refused)
    assert verdict.why == "unsure"


def test_a_phrase_that_fits_very_well_is_not_refused_for_another_word() -> None:
    """The look finds an "up" in "ouch", which is nothing where it is not live."""
    one = judge(ALL - BOOK.forms({Command.GO}))
    heard = seen("ouch", go=CERTAIN)
    assert heard.look is not None
    for fit, weakest, obeyed in ((*CLEAR, True), (CLEAR[0] - 0.1, 0.0, False), (0.0, -2.0, False)):
        found = replace(heard.look, fit=fit, weakest=weakest)
        assert isinstance(copy(one).consider(replace(heard, look=found)), Accepted) == obeyed


def test_a_halt_that_fits_poorly_waits_for_its_end() -> None:
    """As a partial result it must fit well; as a final one it may fit less."""
    one, poor = judge(), replace(look(), fit=EARLY[0] - 0.1)
    for n in range(100):
        hearing = replace(partial("it hurts", 160_000 + STEP * n), look=poor)
        assert one.consider(hearing) is None
    assert isinstance(one.consider(replace(final("it hurts"), look=poor)), Accepted)


def over(hearing: Hearing, text: str = "Move with your breath, and let it go.") -> list[Spoken]:
    """Return a line of the coach that sounds while something is heard."""
    return [Spoken(text, Frame(hearing.start - 1600), Frame(hearing.end + 1600))]


def test_a_stop_over_a_word_that_begins_like_it_has_to_be_likelier_still() -> None:
    """What is left of the coach's "slow" is heard as "stop"; a person's is obeyed all the same."""
    heard = seen("stop", stop=LIKELY_NEAR - 0.01)
    slow = over(heard, "Slow rolling.")
    assert isinstance(judge().consider(heard, over(heard)), Accepted)
    assert judge().consider(heard, slow) == Refused("unsure", heard, near_halt=True, distinct=True)
    assert isinstance(judge().consider(seen("stop", stop=LIKELY_NEAR), slow), Accepted)


def test_a_word_of_the_coach_is_not_turned_into_a_stop() -> None:
    """What the recogniser heard as the coach's own "slow" stays that, whatever the look says."""
    heard = seen("slow", stop=CERTAIN)
    assert isinstance(judge().consider(heard, over(heard)), Accepted)
    assert isinstance(judge().consider(heard, over(heard, "Slow rolling.")), Refused)


def test_over_the_coach_a_word_needs_no_more_than_in_its_silence() -> None:
    """What is left of its voice is too soft to pass for a word."""
    heard = seen("stop", stop=LIKELY)
    assert isinstance(judge().consider(heard, over(heard)), Accepted)
    less = seen("yes", yes=LIKELY - 0.01)
    assert isinstance(judge().consider(less, over(less)), Refused)


def test_a_stop_over_the_coach_is_obeyed_before_it_is_final() -> None:
    """It is obeyed at once when the look is sure, and not before."""
    one = judge()
    for n, share in enumerate([LIKELY_EARLY - 0.01] * 30 + [LIKELY_EARLY]):
        hearing = replace(partial("stop", 160_000 + STEP * n), look=look(stop=share))
        verdict = one.consider(hearing, over(hearing))
        assert isinstance(verdict, Accepted) == (n == 30)


@pytest.mark.parametrize(("word", "obeyed"), [("stop", True), ("yes", False)])
def test_a_halt_word_over_the_coach_that_fits_well_needs_no_share(word: str, obeyed: bool) -> None:
    """A verifier that has learned "help" from few people gives the share to another; a control
    phrase is not worth the risk.
    """
    shares = {"stop": 0.0, "yes": 0.0, "off": 1.0, OTHER: 0.0, NOISE: 0.0}
    fits = Look(shares, fit=CLEAR_OVER[0], weakest=CLEAR_OVER[1])
    heard = replace(seen(word), look=fits)
    assert isinstance(judge().consider(heard), Refused)
    assert isinstance(judge().consider(heard, over(heard)), Accepted) == obeyed
    poor = replace(heard, look=replace(fits, weakest=CLEAR_OVER[1] - 0.01))
    assert isinstance(judge().consider(poor, over(poor)), Refused)


@pytest.mark.parametrize(("word", "obeyed"), [("go", False), ("stop", True)])
def test_over_the_coach_only_a_stop_is_put_in_place_of_what_was_heard(
    word: str, obeyed: bool
) -> None:
    """In "stay on the floor" a look may find "help"; a "stop" is worth the risk."""
    heard = seen("[unk]", **{word: CERTAIN})
    line = over(heard, "Stay on the floor.")  # neither word is in it, so neither is an echo
    assert isinstance(judge().consider(heard), Accepted)
    assert isinstance(judge().consider(heard, line), Accepted) == obeyed


@pytest.mark.parametrize(("begins", "ends"), [(-4.0, -3.0), (3.0, 4.0)])
def test_a_line_before_or_after_is_not_over_the_word(begins: float, ends: float) -> None:
    """Well before or after the coach speaks a word needs no more than in its silence."""
    heard = seen("stop", stop=LIKELY)
    near_line = Spoken(
        "Go on.",
        Frame(heard.start + round(begins * RATE)),
        Frame(heard.start + round(ends * RATE)),
    )
    assert isinstance(judge().consider(heard, [near_line]), Accepted)


def test_only_halt_words_are_worth_a_question() -> None:
    """A loud sound that may have been a "go" is refused, and that is all."""
    verdict = judge().consider(seen("[unk]", LOUD_DB, go=NEAR))
    assert isinstance(verdict, Refused)
    assert not verdict.near_halt


def test_the_bounds_of_a_fit_are_enough() -> None:
    """A fit that just reaches both bounds is good, a stretch of just `SHORT` is a single word, and
    a control phrase just so far above what was before it is obeyed.
    """
    least = replace(look(), fit=LATE[0], weakest=LATE[1])
    assert isinstance(judge().consider(replace(seen("it hurts"), look=least)), Accepted)
    short = seen("[unk]", go=CERTAIN)
    short = replace(short, start=Frame(short.end - SHORT))
    assert isinstance(judge().consider(short), Accepted)
    assert isinstance(judge().consider(seen("yes", DISTINCT_DB, yes=LIKELY)), Accepted)


@pytest.mark.parametrize("phrase", ["pause", "it hurts"])
def test_a_phrase_over_the_coach_may_fit_less_well_beside_a_known_word(phrase: str) -> None:
    """The coach's voice is in the sound, too: "pause" is taken for an "off" that was not said."""
    shares = {"off": CERTAIN, OTHER: 1 - CERTAIN, NOISE: 0.0}
    fits = Look(shares, fit=CLEAR_OVER[0], weakest=CLEAR_OVER[1])
    heard = replace(seen(phrase), look=fits)
    assert isinstance(judge().consider(heard), Refused)
    assert isinstance(judge().consider(heard, over(heard)), Accepted)
    poor = replace(heard, look=replace(fits, fit=CLEAR_OVER[0] - 0.01))
    assert isinstance(judge().consider(poor, over(poor)), Refused)


def test_of_two_numbers_the_higher_counts() -> None:
    """S2: a look that cannot decide between six and seven makes it seven."""
    verdict = judge().consider(seen("six", six=0.5, seven=RIVAL))
    assert isinstance(verdict, Accepted)
    assert verdict.meaning.number == 7
    verdict = judge().consider(seen("seven", six=RIVAL, seven=0.5))
    assert isinstance(verdict, Accepted)
    assert verdict.meaning.number == 7


def test_a_loud_word_that_may_be_a_halt_is_worth_a_question() -> None:
    """It is refused, but not forgotten."""
    verdict = judge().consider(seen("[unk]", LOUD_DB, stop=NEAR))
    assert isinstance(verdict, Refused)
    assert verdict.near_halt
    for other in (seen("[unk]", LOUD_DB - 1, stop=NEAR), seen("[unk]", LOUD_DB, stop=NEAR - 0.01)):
        verdict = judge().consider(other)
        assert isinstance(verdict, Refused)
        assert not verdict.near_halt


@pytest.mark.parametrize(
    ("text", "heard", "calls"),
    [
        ("call an ambulance", {}, True),
        ("i can't move my legs", {}, True),
        ("i need help now", {}, True),
        ("my back hurts", {}, False),
        ("[unk]", {"stop": NEAR}, False),
    ],
)
def test_an_unsure_call_for_help_is_told_from_a_stop(
    text: str, heard: dict[str, float], calls: bool
) -> None:
    """By what was heard, or by the likeliest halt word of the look."""
    unsure = seen(text, LOUD_DB, **heard)
    assert unsure.look
    verdict = judge().consider(replace(unsure, look=replace(unsure.look, fit=LATE[0] - 0.1)))
    assert isinstance(verdict, Refused)
    assert (verdict.near_halt, verdict.for_help) == (True, calls)


@given(
    st.sampled_from(sorted(ALL)),
    st.lists(st.floats(0, 1), min_size=len(WORDS) + 2, max_size=len(WORDS) + 2),
)
def test_any_look_gives_a_verdict_on_a_live_phrase(heard: str, weights: list[float]) -> None:
    """Whatever is found, what is obeyed is live, and a halt is never turned into another number."""
    total = sum(weights) or 1.0
    shares = dict(zip((*WORDS, OTHER, NOISE), (w / total for w in weights), strict=True))
    verdict = judge().consider(replace(final(heard), look=Look(shares)))
    assert isinstance(verdict, Accepted | Refused)
    if isinstance(verdict, Accepted):
        assert verdict.phrase in ALL
        assert verdict.meaning == BOOK.meanings[verdict.phrase]


def test_each_form_is_over_only_if_a_look_is_sure() -> None:
    """Of a word with a class by its share, of others by how they fit."""
    poor = ENDED_FIT[0] - 0.01
    for form in sorted(ALL):
        known = form in WORDS
        sure = look(**({form: ENDED_SHARE} if known else {}))
        unsure = look(**({form: ENDED_SHARE - 0.01} if known else {}))
        assert all_said(BOOK, form, sure) == form
        assert not all_said(BOOK, form, replace(unsure, fit=poor)), form


def test_what_is_no_form_is_never_over() -> None:
    """A sentence may go on, and another word may become one; one that sounds alike is a form."""
    assert not all_said(BOOK, "the next six", look(six=1.0))
    assert not all_said(BOOK, "up", look(six=1.0))
    assert all_said(BOOK, "know", look(no=ENDED_SHARE)) == "no"
    assert not all_said(BOOK, "know", look(no=ENDED_SHARE - 0.01))


def test_noise_is_never_over() -> None:
    """Nothing was said, so there is nothing to be quick about."""
    assert not all_said(BOOK, "next", look(noise=NOISY))
