"""What is remembered: how long answers hold, and the text that keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from tests.screening.people import TODAY, told
from tests.screening.strategies import DAYS, profiles
from voicecoach.errors import Problem, ProblemsError
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import (
    KEPT_SCORES,
    Answer,
    Answers,
    Dropped,
    Practice,
    Profile,
    Scores,
    let_through,
)
from voicecoach.screening.profile_reader import parse_profile
from voicecoach.screening.profile_writer import dump_profile
from voicecoach.screening.questions import DAILY, QUESTIONS

FULL = Profile(
    answers=told(Fact.PREGNANT).answers,
    dropped=(Dropped("cat", "low-back", TODAY), Dropped("bridge", "", TODAY, 0)),
    scores=(Scores(TODAY, 2, 4), Scores(TODAY)),
    exercises={"cat": Practice(3, TODAY), "slow-cat": Practice(1, TODAY)},
    routines={"small": Practice(2, TODAY)},
    blocked=TODAY,
)


def test_an_unanswered_follow_up_is_the_careful_answer() -> None:
    """`profile set blood yes` alone: nobody agreed, and it may be more than the medicine."""
    answers = Answers().with_answer(Fact.BLOOD, True, TODAY)
    assert answers.says(Fact.CLOT, TODAY)
    assert not answers.says(Fact.BLOOD_AGREED, TODAY)
    assert not answers.says(Fact.PREGNANT_LONG, TODAY)


def test_a_yes_that_was_taken_back_takes_its_follow_ups_along() -> None:
    """No longer pregnant: the weeks that were told do not count."""
    answers = told(Fact.PREGNANT, Fact.PREGNANT_LONG).answers
    assert not answers.with_answer(Fact.PREGNANT, False, TODAY).says(Fact.PREGNANT_LONG, TODAY)


@pytest.mark.parametrize(("fact", "days"), [(Fact.TWO_DAYS, 2), (Fact.UNWELL, 0)])
def test_some_answers_lapse(fact: Fact, days: int) -> None:
    """S20, S31: a yes holds for its days, and not for one more."""
    answers = told(Fact.INJURY, fact).answers
    assert answers.says(fact, TODAY + timedelta(days=days))
    assert not answers.says(fact, TODAY + timedelta(days=days + 1))


def after(days: int, *facts: Fact) -> set[Fact]:
    """Return what is due so many days later, besides what is asked each day."""
    return set(told(*facts).answers.due(TODAY + timedelta(days=days))) - DAILY


RECENT = {Fact.EMERGENCY, Fact.WEAK, Fact.INJURY, Fact.LOSS, Fact.NIGHT}
QUARTERLY = {Fact.SHOULDER_BLADES, Fact.OPERATION, Fact.WOUND, Fact.PREGNANT}
LASTING = {Fact.CANCER, Fact.BLOOD, Fact.BONES, Fact.DISC, Fact.OLDER}


@pytest.mark.rule("S41")
def test_s41_what_is_recent_is_asked_again_and_what_stays_is_not() -> None:
    """S41: nothing within a month, the signs of danger then, the rest after a quarter or a year."""
    assert after(0) == after(30) == set()
    assert after(31) == after(90) == RECENT
    assert after(91) == after(365) == RECENT | QUARTERLY
    assert after(366) == RECENT | QUARTERLY | LASTING
    assert {q.fact for q in QUESTIONS if not q.after} == RECENT | QUARTERLY | LASTING | DAILY


@pytest.mark.parametrize(
    ("facts", "days", "due"),
    [
        ((Fact.WOUND,), 15, {Fact.WOUND}),
        ((Fact.INJURY,), 15, {Fact.INJURY}),
        ((Fact.INJURY, Fact.TWO_DAYS), 3, set()),
        ((Fact.CANCER,), 1, {Fact.CANCER_AGREED}),
        ((Fact.CANCER, Fact.CANCER_AGREED), 30, set()),
        ((Fact.LOSS,), 1, {Fact.LOSS_AGREED}),
        ((Fact.NIGHT,), 1, {Fact.NIGHT_AGREED}),
        ((Fact.NIGHT, Fact.NIGHT_EASES), 8, {Fact.NIGHT}),
        ((Fact.OPERATION,), 1, {Fact.OPERATION_AGREED}),
        ((Fact.OPERATION, Fact.OPERATION_AGREED), 15, {Fact.OPERATION}),
        ((Fact.BLOOD,), 15, {Fact.BLOOD_AGREED}),
        ((Fact.BLOOD, Fact.BLOOD_AGREED), 30, set()),
        ((Fact.PREGNANT,), 8, {Fact.PREGNANT_LONG, Fact.PREGNANT_AGREED}),
        ((Fact.PREGNANT, Fact.PREGNANT_LONG), 30, set()),
        ((Fact.PREGNANT, Fact.PREGNANT_LONG), 31, {*RECENT, Fact.PREGNANT}),
        ((Fact.DISC, Fact.DISC_ACUTE), 15, {Fact.DISC_ACUTE, Fact.DISC_AGREED}),
        ((Fact.DISC, Fact.DISC_AGREED), 30, set()),
    ],
)
@pytest.mark.rule("S41")
def test_s41_what_passes_is_asked_again_soon(
    facts: tuple[Fact, ...], days: int, due: set[Fact]
) -> None:
    """S41: a wound after two weeks, the weeks of a pregnancy after one, a missing yes soon."""
    assert after(days, *facts) == due
    assert after(days - 1, *facts) != due or not due


def test_one_answer_is_renewed_alone() -> None:
    """An answer that was changed lately is not asked again with the others."""
    old = told().answers
    newer = old.with_answer(Fact.NIGHT, False, TODAY + timedelta(days=20))
    assert newer.due(TODAY + timedelta(days=31)) - DAILY == RECENT - {Fact.NIGHT}


def test_s8_a_yes_to_the_emergency_blocks() -> None:
    """S8: it stays so until somebody has seen the user, and then everything is asked anew."""
    blocked = told(Fact.EMERGENCY)
    assert blocked.blocked == TODAY
    better = blocked.with_answers(let_through(TODAY).answers, TODAY)
    assert better.blocked == TODAY
    assert better.due(TODAY) == {Fact.SEEN}
    assert better.seen() == Profile()


@pytest.mark.parametrize(
    ("start", "end", "worse"),
    [(2, 4, True), (2, 3, False), (4, 2, False), (None, 8, False), (3, None, False), (0, 10, True)],
)
def test_s27_what_is_worse(start: int | None, end: int | None, worse: bool) -> None:
    """S27: two above the start; a score that was not told makes nothing worse."""
    profile = Profile().after_session(Scores(TODAY, start, end))
    assert profile.scores[-1].worse is worse
    assert profile.level == (-1 if worse else 0)
    assert profile.worse_days == int(worse)


def test_s27_a_better_day_ends_the_row() -> None:
    """S27: worse, better, worse is one day in a row."""
    profile = Profile()
    for day, end in enumerate((5, 1, 5)):
        profile = profile.after_session(Scores(TODAY + timedelta(days=day), 1, end))
    assert profile.worse_days == 1


def test_the_last_sessions_are_kept() -> None:
    """The file does not grow for ever."""
    profile = Profile()
    for _ in range(KEPT_SCORES + 5):
        profile = profile.after_session(Scores(TODAY))
    assert len(profile.scores) == KEPT_SCORES


def test_an_exercise_is_remembered_once() -> None:
    """Left out again, it has one entry, the newest; done whole, none; the others stay."""
    cat, bridge = Dropped("cat", "hip", TODAY), Dropped("bridge", "hip", TODAY)
    later = replace(cat, on=TODAY + timedelta(days=1))
    profile = Profile().after_session(Scores(TODAY), [cat, bridge])
    assert profile.after_session(Scores(TODAY), [later]).dropped == (bridge, later)
    assert profile.after_session(Scores(TODAY), done=["cat"]).dropped == (bridge,)


@given(profiles(DAYS))
def test_what_is_written_is_read(profile: Profile) -> None:
    """Any profile becomes a text that gives it again."""
    assert parse_profile(dump_profile(profile), "p") == profile


def test_the_text_reads_well() -> None:
    """A line an answer, in plain words, under a head that says what it is."""
    text = dump_profile(FULL)
    assert text.startswith("# What voicecoach remembers of you")
    assert 'pregnant = { answer = "yes", on = 2026-11-21 }\n' in text
    assert "blocked = 2026-11-21\n" in text
    assert parse_profile(text, "p") == FULL
    assert parse_profile("", "p") == Profile()


def test_what_was_answered_to_older_questions_is_kept() -> None:
    """A file of version 1: what still says the same counts, and the rest is asked again."""
    yes, no = (f'{{ answer = "{word}", on = {TODAY} }}' for word in ("yes", "no"))
    names = ("emergency", "weak", "ill", "night", "wound", "bones", "unwell")
    text = "[answers]\n" + "".join(f"{name} = {no}\n" for name in names)
    given = parse_profile(text + f"disc = {yes}\n", "p").answers.given
    kept = (Fact.EMERGENCY, Fact.BONES, Fact.DISC, Fact.LOSS, Fact.CANCER)
    assert given == {fact: Answer(fact is Fact.DISC, TODAY) for fact in kept}
    ill = parse_profile(f"[answers]\nill = {yes}\nwound = {yes}\n", "p").answers.given
    assert ill == {Fact.WOUND: Answer(True, TODAY)}
    unsure = f'[answers]\nill = {{ answer = "not sure", on = {TODAY} }}\n'
    assert parse_profile(unsure, "p") == Profile()
    assert dump_profile(Profile()).endswith("version = 3\n")


def test_a_file_of_a_later_version_is_refused() -> None:
    """It says which versions can be read; "ill" is no answer of version 2."""
    with pytest.raises(ProblemsError, match="versions up to 3"):
        parse_profile("version = 4\n", "p")
    with pytest.raises(ProblemsError, match=r"answers\.ill: unknown name"):
        parse_profile(f'version = 2\n[answers]\nill = {{ answer = "no", on = {TODAY} }}\n', "p")


GOOD = """\
version = 2
blocked = 2026-11-20
[answers]
pregnant = { answer = "yes", on = 2026-11-21 }
bones = { answer = "no", on = 2026-11-21 }

[[dropped]]
exercise = "cat"
region = "hip"
on = 2026-11-21
level = -1

[[dropped]]
exercise = "bridge"
on = 2026-11-21

[[scores]]
on = 2026-11-21
start = 2

[preferences]
bridge = { count = 10, on = 2026-11-22 }

[favourites]
at-home = 2026-11-22
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("[answers]", "[answers", 3, "not TOML"),
        ("pregnant", "pregnnt", 4, "did you mean 'pregnant'?"),
        ('"no", on', '"maybe", on', 5, 'write "yes", "no" or "not sure"'),
        ('{ answer = "no", on = 2026-11-21 }', '"no"', 5, "not an answer"),
        ('"no", on = 2026-11-21', '"no", on = "today"', 5, "not a day"),
        ('region = "hip"', 'region = "hipp"', 9, "did you mean 'hip'?"),
        ("level = -1", "level = -2", 11, "-1 to 1"),
        ('exercise = "bridge"', 'exercise = "The bridge"', 14, "not the id"),
        ("start = 2", "start = 12", 19, "0 to 10"),
        ("start = 2", "start = true", 19, "0 to 10"),
        ("start = 2", "strat = 2", 19, "did you mean 'start'?"),
        ("[[scores]]\non = 2026-11-21\n", "[[scores]]\n", 17, "not a day"),
        ("blocked = 2026-11-20", "blocked = 2026-11-20T10:00:00", 2, "not a day"),
        ("[[scores]]", "[scores]", 17, "[[scores]]"),
        ("bridge = {", "The-bridge = {", 22, "not an id"),
        ("count = 10", "count = 0", 22, "1 to 50"),
        ("count = 10", "sets = 10", 22, "such as { out = true"),
        ("at-home = 2026-11-22", "at-home = 3", 25, "not a day"),
        ("[answers]", "[answer]", 3, "did you mean 'answers'?"),
    ],
)
def test_a_damaged_text_is_told_with_its_line(old: str, new: str, line: int, part: str) -> None:
    """Each fault by itself: its line, and what would be right."""
    assert parse_profile(GOOD, "p")
    assert old in GOOD
    with pytest.raises(ProblemsError) as caught:
        parse_profile(GOOD.replace(old, new, 1), "p")
    problem: Problem = caught.value.problems[0]
    assert problem.line == line, problem
    assert part in str(problem)
    assert "profile forget all" in caught.value.next_step


def test_all_faults_are_told_at_once() -> None:
    """Three faults, three problems."""
    bad = (
        GOOD.replace('"yes"', '"aye"')
        .replace("level = -1", "level = 5")
        .replace("start = 2", "start = 11")
    )
    with pytest.raises(ProblemsError) as caught:
        parse_profile(bad, "p")
    assert [problem.line for problem in caught.value.problems] == [4, 11, 19]
