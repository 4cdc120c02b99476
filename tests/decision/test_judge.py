"""From a hearing to a command: halts on a partial that stands, controls on the whole final."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import BOOK
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.judge import (
    STALE,
    STAND,
    STAND_QUICK,
    Judge,
    near_halt,
)
from voicecoach.decision.own_words import SLACK
from voicecoach.decision.verdict import Accepted, Refused, Spoken
from voicecoach.language.phrasebook import Command
from voicecoach.units import RATE, Frame

ALL = frozenset(BOOK.meanings)
HEARD = sorted(BOOK.grammar(Command) & ALL)
"""What the recogniser listens for: every pair of words that stands in any form."""
HALTS = [phrase for phrase in HEARD if BOOK.halting(phrase)]
CONTROLS = [phrase for phrase in HEARD if not BOOK.halting(phrase)]
STEP = RATE // 100


@cache
def _listening(live: frozenset[str]) -> Judge:
    judge = Judge(BOOK)
    judge.listen(live)
    return judge


def judge(live: frozenset[str] = ALL) -> Judge:
    """Return a new judge with `live` phrases."""
    return copy(_listening(live))  # whose state are values, so nothing of it is shared


def final(text: str, start: float = 10.0, length: float = 0.5) -> Hearing:
    """Return a final result; times in seconds."""
    begin, end = Frame(round(start * RATE)), Frame(round((start + length) * RATE))
    return Hearing(text, begin, end, Frame(end + RATE // 5), final=True)


def partial(text: str, decided: int, start: float = 10.0) -> Hearing:
    """Return a partial result that the recogniser gave at frame `decided`."""
    begin = Frame(round(start * RATE))
    return Hearing(text, begin, Frame(decided), Frame(decided), final=False)


def standing(one: Judge, text: str, frames: int, start: float = 10.0) -> list[Accepted]:
    """Let a partial result stand for `frames`; return what was accepted on the way."""
    first = round(start * RATE) + 4000
    heard = [one.consider(partial(text, first + at, start)) for at in range(0, frames + 1, STEP)]
    return [verdict for verdict in heard if isinstance(verdict, Accepted)]


def test_each_phrase_is_obeyed_as_a_final() -> None:
    """The whole phrase as a final result is accepted with its meaning."""
    heard = [final(phrase) for phrase in HEARD]
    wanted = [Accepted(one.text, BOOK.meanings[one.text], one) for one in heard]
    verdicts = [judge().consider(one) for one in heard]
    assert not [pair for pair in zip(verdicts, wanted, strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("phrase", HALTS)
def test_a_halt_acts_on_a_partial_that_stands(phrase: str) -> None:
    """Not before it has stood for its time, and then once."""
    stand = STAND_QUICK if phrase in BOOK.quick else STAND
    assert standing(judge(), phrase, stand - STEP) == []
    accepted = standing(judge(), phrase, stand + 20 * STEP)
    assert [one.meaning for one in accepted] == [BOOK.meanings[phrase]]
    assert accepted[0].hearing.decided == 10 * RATE + 4000 + -(-stand // STEP) * STEP


def test_stop_is_the_quickest() -> None:
    """On a partial "stop" is obeyed sooner than any other word, within a fifth of a second."""
    assert "stop" in BOOK.quick
    assert STAND_QUICK <= STAND
    assert STAND_QUICK < RATE // 5


def test_a_control_never_acts_on_a_partial() -> None:
    """However long it stands: a control phrase may be the beginning of another."""
    for phrase in CONTROLS:
        assert standing(judge(), phrase, 3 * STAND) == []


def test_a_partial_that_changes_starts_again() -> None:
    """A halt phrase that went away in between must stand from the beginning."""
    one = judge()
    first = 11 * RATE
    assert one.consider(partial("stop", first)) is None
    assert one.consider(partial("[unk] what [unk]", first + STEP)) is None
    assert one.consider(partial("stop", first + STAND_QUICK)) is None
    assert one.consider(partial("stop", first + STAND_QUICK + STEP)) is None


def test_new_live_phrases_start_again() -> None:
    """A change of state does not let half a standing count."""
    one = judge()
    one.consider(partial("stop", 11 * RATE))
    one.listen(ALL)
    assert one.consider(partial("stop", 11 * RATE + STAND_QUICK)) is None


@pytest.mark.parametrize("text", ["it's hurts", "[unk] ouch", "my pain"])
def test_a_final_halt_word_may_follow_another_sound(text: str) -> None:
    """Somebody's "it hurts" was heard as "it's hurts"; after two sounds it is running speech."""
    assert isinstance(judge().consider(final(text)), Accepted)
    assert isinstance(judge().consider(final(f"[unk] {text}")), Refused)


def test_stop_may_follow_another_sound() -> None:
    """The word "[unk] stop" stops, partial or final, as in "no, stop"."""
    assert standing(judge(), "[unk] stop", 2 * STAND_QUICK)
    assert isinstance(judge().consider(final("[unk] stop")), Accepted)


@pytest.mark.rule("S1")
@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("stop it hurts", Command.PAIN),
        ("no stop it hurts", Command.PAIN),
        ("it hurts stop please", Command.PAIN),
        ("it hurts it hurts", Command.PAIN),
        ("help help", Command.HELP),
        ("stop help me", Command.HELP),
        ("ow stop i'm dizzy", Command.UNWELL),
        ("stop stop call an ambulance", Command.EMERGENCY),
    ],
)
def test_of_several_halts_the_gravest_is_obeyed(text: str, command: Command) -> None:
    """A user who is hurt says more than one, or one twice; "no" and "please" stand among them."""
    for verdict in (judge().consider(final(text)), standing(judge(), text, STAND + STEP)[-1]):
        assert isinstance(verdict, Accepted)
        assert verdict.meaning.command is command


@pytest.mark.rule("S1", "S2")
def test_after_a_stop_the_pain_of_the_same_breath_is_told() -> None:
    """The stop is obeyed at once, before the rest is said; then the pain is asked about."""
    one = judge()
    (stop,) = standing(one, "stop", STAND_QUICK + STEP)
    rest = one.consider(final("stop it hurts", length=1.2))
    assert stop.meaning.command is Command.STOP
    assert isinstance(rest, Accepted)
    assert rest.meaning.command is Command.PAIN
    assert isinstance(one.consider(final("stop it hurts", length=1.2)), Refused)


@pytest.mark.parametrize(
    "text",
    ["no pain no pain", "don't stop it hurts", "stop counting stop", "help two help", "stop it no"],
)
def test_halts_among_other_words_are_none(text: str) -> None:
    """A longer form that is no halt, or a word that is none, makes it another sentence."""
    assert isinstance(judge().consider(final(text)), Refused)


def test_a_control_is_matched_whole() -> None:
    """With another sound beside it, a control phrase is running speech, and refused."""
    texts = [text for phrase in CONTROLS for text in (f"[unk] {phrase}", f"{phrase} [unk]")]
    verdicts = [(judge().consider(final(text)), final(text)) for text in texts]
    assert not [
        pair for pair in verdicts if pair[0] != Refused("not a phrase", pair[1], distinct=True)
    ]


def test_what_is_not_live_is_refused() -> None:
    """A phrase of another state is not obeyed, however clear it is."""
    live = BOOK.forms({Command.STOP, Command.RESUME})
    verdict = judge(live).consider(final("next"))
    assert isinstance(verdict, Refused)
    assert verdict.why == "not a phrase"


def test_noise_alone_is_refused_as_no_phrase() -> None:
    """A final of other sounds alone is refused, not ignored, because a question may have been
    answered by it.
    """
    verdict = judge().consider(final("[unk] [unk]"))
    assert verdict == Refused("not a phrase", final("[unk] [unk]"), distinct=True)


def test_the_final_of_an_obeyed_partial_is_no_second_command() -> None:
    """Once a halt was obeyed on its partial, the final of the same words is a repetition."""
    one = judge()
    assert standing(one, "stop", 2 * STAND_QUICK)
    verdict = one.consider(final("stop"))
    assert isinstance(verdict, Refused)
    assert verdict.why == "repeated"


def test_the_end_of_an_obeyed_utterance_is_no_answer_to_what_it_led_to() -> None:
    """A halt is obeyed in the middle of "my back hurts": the rest is no unclear score."""
    one = judge()
    assert standing(one, "stop", 2 * STAND_QUICK)
    verdict = one.consider(final("[unk] [unk]"))
    assert isinstance(verdict, Refused)
    assert (verdict.why, verdict.near_halt, verdict.distinct) == ("repeated", False, False)


def test_what_was_said_long_ago_is_refused_as_late() -> None:
    """A word that was decided more than `STALE` after its end is no command any more."""
    heard = final("stop")
    at_the_bound = replace(heard, decided=Frame(heard.end + STALE))
    assert isinstance(judge().consider(at_the_bound), Accepted)
    late = replace(heard, decided=Frame(heard.end + STALE + 1))
    assert judge().consider(late) == Refused("late", late)


def test_a_refusal_keeps_what_was_heard() -> None:
    """The log tells when it was said."""
    one, heard = judge(), final("stop")
    one.consider(heard)
    assert one.consider(heard) == Refused("repeated", heard)
    assert judge().consider(heard, [line(10 - 0.9)]) == Refused("echo", heard)


def test_a_judge_that_was_told_no_phrases_obeys_none() -> None:
    """Before the first state nothing is live."""
    assert Judge(BOOK).consider(final("stop")) == Refused(
        "not a phrase", final("stop"), distinct=True
    )
    assert Judge(BOOK).consider(partial("stop", 11 * RATE)) is None


def test_only_halt_phrases_are_looked_at_before_they_are_final() -> None:
    """The recogniser asks for each partial result whether a look cannot wait."""
    assert [phrase for phrase in sorted(HEARD) if near_halt(BOOK, phrase)] == HALTS
    assert near_halt(BOOK, "no please stop")
    assert near_halt(BOOK, "[unk] stop")
    assert not near_halt(BOOK, "")


def test_a_word_that_the_coach_says_twice_is_an_echo_both_times() -> None:
    """And in between it is the user's."""
    text = "Stop. Breathe in, breathe out, and do it once more. Stop."
    twice = [Spoken(text, Frame(10 * RATE), Frame(16 * RATE))]
    verdicts = [judge().consider(final("stop", at, 0.3), twice) for at in (10.1, 12.9, 15.5)]
    assert [isinstance(verdict, Accepted) for verdict in verdicts] == [False, True, False]


def test_the_same_word_later_is_a_new_command() -> None:
    """A second "stop" a second later is obeyed again."""
    one = judge()
    assert isinstance(one.consider(final("stop", 10)), Accepted)
    assert isinstance(one.consider(final("stop", 11.5)), Accepted)


def test_stop_counting_is_its_own_command() -> None:
    """After "stop" acted, the final "stop counting" is another command and obeyed as well."""
    one = judge()
    assert standing(one, "stop", 2 * STAND_QUICK)
    verdict = one.consider(final("stop counting", length=0.9))
    assert isinstance(verdict, Accepted)
    assert verdict.meaning.command is Command.STOP_COUNTING


LINE = "Say the word stop at any time, and I fall silent at once."


def line(start: float, length: float = 4.0) -> Spoken:
    """Return the coach's line with "stop" in it; "stop" lies about a quarter into it."""
    begin = round(start * RATE)
    return Spoken(LINE, Frame(begin), Frame(begin + round(length * RATE)))


def test_the_coach_is_not_obeyed() -> None:
    """While the coach says "stop" itself, that is refused as an echo, partial or final."""
    spoken = [line(10 - 0.9)]
    verdict = judge().consider(final("stop"), spoken)
    assert isinstance(verdict, Refused)
    assert verdict.why == "echo"
    one = judge()
    for at in range(0, 2 * STAND, STEP):
        assert one.consider(partial("stop", 10 * RATE + 4000 + at), spoken) is None


@given(st.floats(-8, 8))
def test_the_user_is_heard_beside_the_coach(offset: float) -> None:
    """At any other moment of that same line, or before or after it, "stop" is obeyed: there is
    no dead zone but the very word.
    """
    spoken = line(10 + offset)
    word = spoken.start + LINE.index("stop") / (len(LINE) + 1) * (spoken.end - spoken.start)
    verdict = judge().consider(final("stop", 10, 0.4), [spoken])
    reach = SLACK / RATE + 0.1
    near = word / RATE - reach - 0.4 < 10 < word / RATE + 0.3 + reach
    if not near:
        assert isinstance(verdict, Accepted)
    if abs(word / RATE + 0.15 - 10.2) < 0.2:
        assert isinstance(verdict, Refused)


@pytest.mark.parametrize("phrase", ["it hurts", "next", "pause"])
def test_other_words_are_obeyed_over_the_coach(phrase: str) -> None:
    """The coach masks nothing but its own words."""
    assert isinstance(judge().consider(final(phrase), [line(9)]), Accepted)


def test_a_word_that_sounds_like_a_phrase_is_an_echo_too() -> None:
    """The coach's "weight" is heard as "wait", which means a pause."""
    heard = final("wait")
    for text, echoed in (("Let the chair carry all of their weight.", True), ("Let it go.", False)):
        line = Spoken(text, Frame(heard.end - 2 * RATE), Frame(heard.end))
        assert isinstance(judge().consider(heard, [line]), Refused) == echoed


def test_part_of_a_word_is_no_echo() -> None:
    """The word "ow" is no echo of "now" or "slowly": words are compared whole."""
    spoken = [Spoken("Now go slowly down.", Frame(9 * RATE), Frame(11 * RATE))]
    assert isinstance(judge().consider(final("ow"), spoken), Accepted)


@given(st.lists(st.tuples(st.sampled_from([*sorted(ALL), "[unk]", "[unk] stop", "ow [unk]"]),
                          st.booleans(), st.integers(0, 20_000)), max_size=20))  # fmt: skip
def test_no_hearing_breaks_the_judge(hearings: list[tuple[str, bool, int]]) -> None:
    """Any hearings in any order: a verdict names a live phrase or a known reason."""
    one, now = judge(), 0
    for text, is_final, gap in hearings:
        now += gap
        start = Frame(max(0, now - 6000))
        verdict = one.consider(Hearing(text, start, Frame(now), Frame(now), is_final))
        match verdict:
            case Accepted():
                assert verdict.phrase in ALL
                assert text.endswith(verdict.phrase)
                assert is_final or BOOK.halting(verdict.phrase)
            case Refused():
                assert is_final
                assert verdict.why in {"not a phrase", "echo", "repeated"}


def test_a_word_of_the_coach_that_begins_like_a_halt_word_is_its_own() -> None:
    """While the coach says "Stopped." the first half of it is not a "stop"; afterwards one is."""
    line = Spoken("Stopped.", Frame(160_000), Frame(170_000))
    one = judge()
    for n in range(60):
        assert one.consider(partial("stop", 163_000 + STEP * n), [line]) is None
    later = [one.consider(partial("stop", 184_000 + STEP * n, 11.3), [line]) for n in range(40)]
    assert any(isinstance(verdict, Accepted) for verdict in later)
