"""What the user wants from now on counts in every routine, and never against a rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests.effort import examples
from tests.english import LANGUAGE, SAY
from tests.screening.people import REPS, STRETCH, STROKES, TODAY, move, routine, told
from tests.screening.strategies import profiles, routines
from voicecoach.errors import InputError
from voicecoach.routine.model import Caution, Exercise, Frequency, Per, Routine, Variant
from voicecoach.screening.adapt import adapt
from voicecoach.screening.mixing import mixed
from voicecoach.screening.preferences import with_count
from voicecoach.screening.profile import Preference, Profile
from voicecoach.screening.profile_merge import merged
from voicecoach.screening.verdicts import Adapted, Declined

OUT = Preference(TODAY, out=True)
SIX = Preference(TODAY, count=6)


def led(profile: Profile, *exercises: Exercise) -> Adapted | Declined:
    """Return a routine of these exercises as it is led."""
    return adapt(routine(*exercises), profile, TODAY, LANGUAGE)


def ids(adapted: Adapted | Declined) -> list[str]:
    """Return what is led, by id."""
    assert isinstance(adapted, Adapted)
    return [exercise.id for exercise in adapted.routine.exercises]


def test_what_is_left_out_for_good_is_left_out() -> None:
    """And comes back once it is put back."""
    one, two = move("one", dose=REPS), move("two", dose=REPS)
    profile = told().prefer("one", OUT)
    assert ids(led(profile, one, two)) == ["two"]
    assert ids(led(profile.prefer("one", None), one, two)) == ["one", "two"]


def test_nothing_left_is_told_as_such() -> None:
    """No rule is named, since none is behind it."""
    declined = led(told().prefer("one", OUT), move("one", dose=REPS))
    assert isinstance(declined, Declined)
    assert declined.rule == ""
    assert declined.why == (SAY.adapt["all_left_out"],)


def test_a_count_holds_at_each_level() -> None:
    """No level has more than was wanted, and an easier one keeps what is less."""
    easier, harder = Variant((), replace(REPS, count=4)), Variant((), replace(REPS, count=20))
    plain = replace(move("one", dose=replace(REPS, count=12)), easier=easier, harder=harder)
    found = with_count(plain, 10)
    assert [found.variant(level).dose.count for level in (-1, 0, 1)] == [4, 10, 10]
    assert with_count(move("hold", dose=STRETCH), 10) == move("hold", dose=STRETCH)


@pytest.mark.parametrize(("wanted", "done"), [(12, 12), (15, 15), (40, 15)])
def test_strokes_stay_a_set(wanted: int, done: int) -> None:
    """S22: at most fifteen, and no fewer than a set has."""
    assert with_count(move("roll", dose=STROKES), wanted).dose.count == done
    fewest = with_count(move("roll", dose=STROKES), 1).dose
    assert fewest.count == next(n for n in range(1, 16) if replace(STROKES, count=n).is_a_set)


@given(routines(), profiles())
@examples(30)
def test_a_preference_never_brings_back_what_a_rule_leaves_out(
    given_routine: Routine, profile: Profile
) -> None:
    """What is led with preferences is led without them, too."""
    plain = adapt(given_routine, replace(profile, preferences={}), TODAY, LANGUAGE)
    wanted = adapt(given_routine, profile, TODAY, LANGUAGE)
    if isinstance(wanted, Adapted):
        assert isinstance(plain, Adapted)
        assert not {e.id for e in wanted.routine.exercises} & {
            id_ for id_, one in profile.preferences.items() if one.out
        }


def test_two_programs_keep_both_preferences() -> None:
    """As they keep both answers."""
    base = Profile().prefer("one", SIX)
    mine, theirs = base.prefer("two", OUT), base.prefer("one", None).like("desk-break", TODAY)
    both = merged(base, mine, theirs)
    assert both.preferences == {"two": OUT}
    assert both.favourites == {"desk-break": TODAY}


SHELF = [
    replace(
        routine(move("one", dose=REPS), move("two", dose=REPS)),
        id="daily", contraindications=(Caution.DISC,), equipment=("a mat",),
    ),
    replace(
        routine(move("three", dose=REPS)), id="strength",
        frequency=Frequency(2, Per.WEEK, "at most twice a week"),
    ),
    replace(routine(move("four", dose=REPS)), id="desk-break"),
]  # fmt: skip


def test_a_mix_takes_the_cautions_and_the_days_of_rest_along() -> None:
    """So that the rules hold for it as for the routines that it comes from."""
    mix = mixed("mine", "Mine", ("three", "one"), SHELF, LANGUAGE)
    assert [exercise.id for exercise in mix.exercises] == ["three", "one"]
    assert mix.contraindications == (Caution.DISC,)
    assert mix.frequency == SHELF[1].frequency
    assert mix.equipment[0] == "a mat" or "a mat" in mix.equipment


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (("one", "one"), "named twice"),
        (("five",), "no exercise 'five'"),
        (("four",), "S18"),
    ],
)
def test_what_cannot_be_mixed_is_told(wanted: tuple[str, ...], why: str) -> None:
    """What a rule shuts as a whole routine is no part of a mix."""
    with pytest.raises(InputError, match=why):
        mixed("mine", "Mine", wanted, SHELF, LANGUAGE)
