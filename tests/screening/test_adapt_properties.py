"""Whoever it is and whatever the routine: nothing is led that the answers forbid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.english import LANGUAGE, parse
from tests.plan.test_compile import compiled
from tests.routine.strategies import without_lines
from tests.screening.people import REST, TODAY, move, told
from tests.screening.strategies import known_people, libraries, profiles, routines
from voicecoach.doses.hold import Hold, HoldKind
from voicecoach.doses.relaxation import Relaxation
from voicecoach.doses.strokes import Strokes
from voicecoach.plan.plan import LEVELS
from voicecoach.plan.supine_time import MOST_FLAT, flat_stretches
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Caution, Exercise, Load, Position, Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile
from voicecoach.screening.verdicts import Adapted, Declined

L = Load
MANY, FEW = examples(60), examples(20)
OTHERS = libraries()
PEOPLE = known_people() | profiles()

FORBIDDEN: dict[Caution, tuple[Fact, ...]] = {
    Caution.FRACTURE: (Fact.FRACTURE,),
    Caution.WOUND: (Fact.WOUND, Fact.OPERATION),
    Caution.THROMBOSIS: (Fact.CLOT,),
    Caution.INFLAMMATION: (Fact.CLOT,),
    Caution.BLOOD_THINNERS: (Fact.BLOOD,),
    Caution.OSTEOPOROSIS: (Fact.BONES,),
    Caution.STEROIDS: (Fact.BONES,),
    Caution.SPINE_FRACTURE: (Fact.BONES,),
    Caution.PREGNANCY: (Fact.PREGNANT,),
    Caution.DISC: (Fact.DISC,),
    Caution.SPINE_SURGERY: (Fact.SURGERY,),
    Caution.UNEXPLAINED_PAIN: (Fact.SHOULDER_BLADES,),
    Caution.ACUTE_INJURY: (Fact.TWO_DAYS,),
}
"""Written again from docs/safety.md, not taken from the code under test."""

AGREED = {
    Fact.LOSS: (Fact.LOSS_AGREED,),
    Fact.CANCER: (Fact.CANCER_AGREED,),
    Fact.NIGHT: (Fact.NIGHT_EASES, Fact.NIGHT_AGREED),
    Fact.SHOULDER_BLADES: (Fact.SHOULDER_BLADES_AGREED,),
    Fact.FRACTURE: (Fact.FRACTURE_AGREED,),
    Fact.OPERATION: (Fact.OPERATION_AGREED,),
    Fact.CLOT: (Fact.BLOOD_AGREED,),
    Fact.BLOOD: (Fact.BLOOD_AGREED,),
    Fact.BONES: (Fact.BONES_AGREED,),
    Fact.PREGNANT: (Fact.PREGNANT_AGREED,),
}
"""What takes an answer's effect away."""

NOTHING = (
    Fact.EMERGENCY, Fact.WEAK, Fact.ACCIDENT, Fact.LOSS, Fact.CANCER, Fact.NIGHT, Fact.FEVER,
    Fact.UNWELL, Fact.DROWSY,
)  # fmt: skip
OFF_THE_ROLLER = (
    Fact.SHOULDER_BLADES, Fact.WOUND, Fact.FRACTURE, Fact.BLOOD, Fact.CLOT, Fact.BONES,
)  # fmt: skip
REST_ONLY = (Fact.TWO_DAYS, Fact.DISC_ACUTE, Fact.OPERATION)


def says(profile: Profile, fact: Fact) -> bool:
    """Tell whether somebody said yes, and it still counts today."""
    return profile.answers.says(fact, TODAY)


def counts(profile: Profile, fact: Fact) -> bool:
    """Tell whether a yes has its effect: nothing takes it away."""
    return says(profile, fact) and not any(says(profile, by) for by in AGREED.get(fact, ()))


def says_no_to(load: Load, profile: Profile) -> bool:
    """Tell whether a load of the spine is too much (S16 to S19)."""
    disc = says(profile, Fact.DISC)
    return (
        (says(profile, Fact.BONES) and load in (L.FLEXION, L.TWIST, L.BEND, L.HANG))
        or (says(profile, Fact.PREGNANT) and load in (L.HOLLOW, L.TWIST, L.HANG))
        or (disc and (load in (L.BEND, L.TWIST) or not says(profile, Fact.DISC_AGREED)))
        or (says(profile, Fact.OLDER) and load is L.HANG)
    )


def forbidden(exercise: Exercise, profile: Profile) -> list[str]:
    """Return why an exercise must not be led, rule by rule."""
    doses = [exercise.variant(level).dose for level in LEVELS]
    rolls = exercise.position is Position.ROLLER or any(isinstance(d, Strokes) for d in doses)
    why = [
        caution.value
        for caution in exercise.contraindications
        for fact in FORBIDDEN.get(caution, ())
        if counts(profile, fact)
    ]
    if rolls and any(counts(profile, fact) for fact in OFF_THE_ROLLER):
        why.append("S12 to S16")
    if exercise.position is Position.PRONE and says(profile, Fact.PREGNANT_LONG):
        why.append("S17")
    why += [load.value for load in exercise.loads if says_no_to(load, profile)]
    resting = all(isinstance(dose, Relaxation) for dose in doses)
    if not resting and any(counts(profile, fact) for fact in REST_ONLY):
        why.append("S31, S18, S39")
    return why


@given(routines(), PEOPLE, OTHERS)
@MANY
def test_no_contraindicated_exercise_is_led(
    routine: Routine, profile: Profile, library: tuple[Exercise, ...]
) -> None:
    """S9 to S20, S31: none, not even one that takes the place of another."""
    answer = adapt(routine, profile, TODAY, LANGUAGE, library)
    red = [fact for fact in NOTHING if counts(profile, fact)]
    if red or profile.blocked:
        assert isinstance(answer, Declined)
    if isinstance(answer, Adapted):
        for exercise in answer.routine.exercises:
            assert not forbidden(exercise, profile), exercise.id
        rest = move("rest", dose=REST, contraindications=routine.contraindications)
        assert not forbidden(rest, profile)  # the cautions of the whole file


@given(routines(), PEOPLE, OTHERS)
@MANY
def test_whatever_is_done_is_said(
    routine: Routine, profile: Profile, library: tuple[Exercise, ...]
) -> None:
    """An exercise that is missing or new, or begun at another level, stands in a change with its
    sentence; a routine that is declined has a reason and something else to do.
    """
    answer = adapt(routine, profile, TODAY, LANGUAGE, library)
    if isinstance(answer, Declined):
        assert answer.why
        assert answer.instead or answer.others
        return
    before = {exercise.id for exercise in routine.exercises}
    after = {exercise.id for exercise in answer.routine.exercises}
    told_of = {id_ for change in answer.changes for id_ in change.exercises}
    assert before ^ after <= told_of
    assert set(answer.levels) <= after
    assert not answer.levels or any(change.rule == "S27" for change in answer.changes)
    assert len(answer.sentences) == len(set(answer.sentences))
    assert answer.routine.exercises


@given(routines(), PEOPLE, OTHERS)
@FEW
def test_an_adapted_routine_is_a_routine(
    routine: Routine, profile: Profile, library: tuple[Exercise, ...]
) -> None:
    """Written to a file it parses to the same routine, with no problem, and it compiles."""
    answer = adapt(routine, profile, TODAY, LANGUAGE, library)
    if isinstance(answer, Adapted):
        again = parse(dump(answer.routine), "x.yaml")
        assert without_lines(again) == without_lines(answer.routine)
        assert compiled(answer.routine)


LATE = told(Fact.PREGNANT, Fact.PREGNANT_LONG)
OLDER_TOO = told(Fact.PREGNANT, Fact.PREGNANT_LONG, Fact.OLDER)


@given(routines(most=5), st.sampled_from([LATE, OLDER_TOO]), OTHERS)
@FEW
def test_s35_nobody_pregnant_lies_flat_for_long(
    routine: Routine, profile: Profile, library: tuple[Exercise, ...]
) -> None:
    """S17, S35: at each level, compiled, never more than three minutes in a row on the back."""
    answer = adapt(routine, profile, TODAY, LANGUAGE, library)
    if isinstance(answer, Adapted):
        plan = compiled(answer.routine, letter=65)
        for level in LEVELS:
            lengths = [stretch.length for stretch in flat_stretches(plan, [level])]
            assert max(lengths, default=0) <= MOST_FLAT


@given(routines(), OTHERS)
@FEW
def test_s19_older_people_stretch_for_long(routine: Routine, library: tuple[Exercise, ...]) -> None:
    """S19: every stretch lasts 30 to 60 s, at every level, and everybody gets time to settle."""
    answer = adapt(routine, told(Fact.OLDER), TODAY, LANGUAGE, library)
    if isinstance(answer, Adapted):
        for exercise in answer.routine.exercises:
            assert 12_000 <= exercise.settle <= 60_000
            for dose in (exercise.variant(level).dose for level in LEVELS):
                if isinstance(dose, Hold) and dose.kind is not HoldKind.EFFORT:
                    assert dose.length >= 30_000
