"""A session is fitted to the time, for everybody, within the rules: exact to a minute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

import pytest

from tests.effort import one_in
from tests.english import LANGUAGE
from tests.routines.shelf import NAMES, SHARED, WORD, load
from tests.screening.people import TODAY, adapted, told
from voicecoach.app.carry_over import care
from voicecoach.app.fitted import Fitting, Wanted
from voicecoach.fitting.forms import ANSWER, shortened
from voicecoach.fitting.wish import LONGEST_MIN, SHORTEST_MIN, TOLERANCE, Offer, Wish
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Exercise, Region, Routine
from voicecoach.screening.exclusions import bar
from voicecoach.screening.facts import Fact
from voicecoach.screening.meant_for import MEANT
from voicecoach.screening.person import Person
from voicecoach.screening.profile import Profile
from voicecoach.screening.supine_estimate import FLAT_BUDGET, flat_time
from voicecoach.screening.verdicts import Adapted
from voicecoach.track import spoken
from voicecoach.units import Ms

SHELF = [load(name) for name in NAMES]
LIBRARY = [load(f"exercises/{name}").exercises[0] for name in SHARED]
REGIONS = (None, Region.UPPER_BACK, Region.LOW_BACK, Region.HIP, Region.NECK)
PEOPLE: Mapping[str, Profile] = {
    "well": told(),
    "pregnant": told(Fact.PREGNANT, Fact.PREGNANT_LONG),
    "older": told(Fact.OLDER),
    "brittle bones": told(Fact.BONES),
    "disc, agreed": told(Fact.DISC, Fact.DISC_AGREED),
    "hurt yesterday": told(Fact.INJURY, Fact.TWO_DAYS),
}
TIMES = range(SHORTEST_MIN, LONGEST_MIN + 1)
CASES = [(person, minutes, region) for person in PEOPLE for region in REGIONS for minutes in TIMES]


def measure(lines: Iterable[str]) -> dict[str, Ms]:
    """Return the lengths of lines as a voice of a third of a second a word says them."""
    return {line: Ms(len(line.split()) * WORD) for line in lines}


@cache
def offered(person: str, minutes: int, region: Region | None) -> Offer | None:
    """Return what is offered to one of `PEOPLE`."""
    fitting = Fitting(LANGUAGE, FULL, TODAY, PEOPLE[person], LIBRARY)
    return fitting.best(opened(person), Wish(minutes, region), _Words())


@cache
def opened(person: str) -> list[Adapted]:
    """Return what is open to one of `PEOPLE`."""
    fitting = Fitting(LANGUAGE, FULL, TODAY, PEOPLE[person], LIBRARY)
    return fitting.open(Wanted(Wish(10), SHELF))


def planned(offer: Offer) -> Plan:
    """Return the compiled plan, whose words all fit."""
    routine = offer.adapted.routine
    lines = all_lines(routine, LANGUAGE) | {*offer.adapted.sentences}
    return compile_plan(routine, LANGUAGE, measure(lines))


def length(offer: Offer, profile: Profile) -> Ms:
    """Return how long the session takes: added up from its tracks as the dialog plays them."""
    plan, known = planned(offer), care(offer.adapted, profile, TODAY)
    exercises = plan.routine.exercises
    opened = plan.welcome(known.greeting).then(spoken(known.opening, plan.length)).length
    key = "ask_start_short" if known.instructed else "ask_start"
    asked = sum(plan.length(LANGUAGE.prompts.say(k)) + ANSWER for k in (key, "ask_end"))
    work = sum(
        plan.estimate(i, known.levels.get(e.id, 0), offer.talk, 100, known=i > 0)
        for i, e in enumerate(exercises)
    )
    ways = sum(plan.between(i, i + 1).length for i in range(len(exercises) - 1))
    return Ms(opened + asked + work + ways + plan.closing().length)


def test_a_session_ends_within_a_minute_and_keeps_the_rules() -> None:
    """All times, regions and people: what is offered fits, compiles and is allowed; and what comes
    nearest is offered where nothing fits.
    """
    tried = one_in(171, CASES, 7)
    fitted = 0
    for person, minutes, region in tried:
        offer, profile = offered(person, minutes, region), PEOPLE[person]
        if offer is None:
            continue
        check_rules(offer, profile)
        off = abs(length(offer, profile) - 60_000 * minutes)
        assert off <= TOLERANCE or not offer.fits, (person, minutes, region, off)
        fitted += offer.fits
    assert fitted > len(tried) / 5  # 425 of all 1710; most others are longer than any routine


def check_rules(offer: Offer, profile: Profile) -> None:
    """Nothing barred, nothing longer than written, the first exercise kept, sides whole."""
    routine, person = offer.adapted.routine, Person(profile, TODAY)
    whole = adapted(original(routine), profile, tuple(LIBRARY)).routine
    assert routine.exercises[0].id == whole.exercises[0].id
    assert routine.advice == whole.advice
    assert routine.summary == whole.summary
    written = {exercise.id: exercise for exercise in whole.exercises}
    for exercise in routine.exercises:
        assert bar(exercise, person) is None
        check_less(exercise, written[exercise.id])
    if person.holds(Fact.PREGNANT_LONG):
        assert flat_time(routine, LANGUAGE) <= FLAT_BUDGET
    facts = MEANT.get(routine.id)
    assert facts is None or any(person.holds(fact) for fact in facts)


def original(routine: Routine) -> Routine:
    """Return the routine as its file has it."""
    return next(one for one in SHELF if one.id == routine.id)


def check_less(cut: Exercise, whole: Exercise) -> None:
    """Only doses differ, and no level has more of its dose; turns stay even."""
    assert (cut.way_in, cut.full, cut.release, cut.sides) == (
        whole.way_in, whole.full, whole.release, whole.sides
    )  # fmt: skip
    for mine, its in zip(cut.doses, whole.doses, strict=True):
        assert mine in (its, *its.shorter())
        if getattr(its, "alternate", False) and its.count % 2 == 0:
            assert mine.count % 2 == 0


def test_each_minute_is_met_for_a_user_who_is_well() -> None:
    """From the shortest to the longest routine there is no gap."""
    for minutes in one_in(7, range(4, 30)):
        offer = offered("well", minutes, None)
        assert offer
        assert offer.fits, minutes


@pytest.mark.parametrize(("minutes", "person"), [(60, "well"), (4, "hurt yesterday")])
def test_what_cannot_be_met_is_told_with_the_nearest(minutes: int, person: str) -> None:
    """The nearest is nearer than any other whole routine."""
    offer = offered(person, minutes, None)
    assert offer
    assert not offer.fits
    off = abs(offer.length - 60_000 * minutes)
    fitting = Fitting(LANGUAGE, FULL, TODAY, PEOPLE[person], LIBRARY)
    for adapted_one in opened(person):
        alone = fitting.best([adapted_one], Wish(minutes), _Words())
        assert (
            alone is None
            or alone.adapted.routine.id == offer.adapted.routine.id
            or (off <= abs(alone.length - 60_000 * minutes))
        )


def test_the_region_is_kept_to() -> None:
    """Most exercises of what is offered are for the part that was named."""
    for region in REGIONS[1:]:
        offer = offered("well", 10, region)
        if offer:
            whole = original(offer.adapted.routine).exercises
            assert 2 * sum(region in e.regions for e in whole) >= len(whole)


def test_what_was_chosen_and_why_is_one_sentence() -> None:
    """The time, the part, the name, and what is less than usual; then what the rules changed."""
    offer = offered("well", 10, Region.UPPER_BACK)
    assert offer
    first = offer.adapted.sentences[0]
    assert first.startswith("You asked for ten minutes for your upper back")
    assert offer.adapted.routine.name in first
    assert first.count(".") == 1


def test_a_named_routine_is_cut_whomever_it_is_meant_for() -> None:
    """Named, it is fitted itself; proposed, it is not."""
    disc = next(one for one in SHELF if one.id == "herniated-disc")
    fitting = Fitting(LANGUAGE, FULL, TODAY, PEOPLE["disc, agreed"], LIBRARY)
    offer = fitting.offer(Wanted(Wish(22), [disc], named=True), measure)
    assert offer
    assert offer.fits
    assert offer.cuts.shorter_rest or offer.cuts.left_out or offer.cuts.fewer
    well = Fitting(LANGUAGE, FULL, TODAY, PEOPLE["well"], LIBRARY)
    assert well.offer(Wanted(Wish(22), [disc]), measure) is None


def test_forms_are_shorter_step_by_step() -> None:
    """Each form of each shipped exercise takes less time than the one before."""
    for routine in SHELF:
        for index, exercise in enumerate(routine.exercises):
            forms = shortened(exercise)
            plans = [Plan(replace_at(routine, index, form), LANGUAGE, _Words()) for form in forms]
            lengths = [plan.time(index, 0) for plan in plans]
            assert lengths == sorted(lengths, reverse=True)


def replace_at(routine: Routine, index: int, exercise: Exercise) -> Routine:
    """Return the routine with another exercise in a place."""
    own = list(routine.exercises)
    own[index] = exercise
    return replace(routine, exercises=tuple(own))


class _Words(dict[str, Ms]):
    def __missing__(self, line: str) -> Ms:
        return Ms(len(line.split()) * WORD)
