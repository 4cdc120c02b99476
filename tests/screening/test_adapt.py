"""What each answer does to a routine, rule by rule (docs/safety.md)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.english import LANGUAGE, SAY
from tests.plan.test_compile import compiled
from tests.screening.people import (
    EFFORT,
    REPS,
    REST,
    STROKES,
    TODAY,
    adapted,
    declined,
    ids,
    move,
    routine,
    told,
)
from voicecoach.doses.hold import Hold, HoldKind
from voicecoach.plan.supine_time import MOST_FLAT, flat_stretches
from voicecoach.routine.model import Caution, Load, Position, Region, Routine, Variant
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Answer, Answers, Dropped, Profile, Scores, let_through
from voicecoach.screening.questions import ASKED, DAILY
from voicecoach.screening.verdicts import Adapted, Declined
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

P = Position
SITTING = move("sitting")
ROLLING = move("rolling", P.ROLLER, STROKES)
LYING = move("lying", P.SUPINE)
BELLY = move("belly", P.PRONE)
CAT = move("cat", P.ALL_FOURS, REPS)
RESTING = move("resting", P.SUPINE, REST)
ALL = routine(SITTING, ROLLING, LYING, BELLY, CAT, RESTING)


def test_whoever_said_no_to_all_gets_the_routine_as_it_is() -> None:
    """Nothing changes, and nothing is said about it."""
    answer = adapted(ALL, let_through(TODAY))
    assert answer.routine == ALL
    assert not answer.sentences
    assert not answer.levels
    assert not answer.lie_left


@pytest.mark.parametrize(
    ("fact", "rule", "instead"),
    [
        pytest.param(Fact.ACCIDENT, "S9", "today", marks=pytest.mark.rule("S9")),
        pytest.param(Fact.LOSS, "S10", "ask a doctor", marks=pytest.mark.rule("S10")),
        pytest.param(Fact.CANCER, "S10", "ask a doctor", marks=pytest.mark.rule("S10")),
        pytest.param(Fact.NIGHT, "S10", "ask a doctor", marks=pytest.mark.rule("S10")),
        pytest.param(Fact.FEVER, "S10", "see a doctor", marks=pytest.mark.rule("S10")),
        pytest.param(Fact.WEAK, "S11", "today", marks=pytest.mark.rule("S11")),
        pytest.param(Fact.EMERGENCY, "S8", "emergency care", marks=pytest.mark.rule("S8")),
    ],
)
def test_a_red_flag_is_no_session(fact: Fact, rule: str, instead: str) -> None:
    """S8 to S11: nothing is led, not even a rest; why, and what to do instead, are said."""
    before = ASKED[fact].after
    answer = declined(routine(RESTING), told(*([before] if before else []), fact))
    assert answer.rule == rule
    assert "Because" in answer.why[0]
    assert any(instead in sentence for sentence in answer.instead)
    assert answer.breathing is (rule == "S10")
    assert not answer.others


def test_s8_nothing_is_led_until_somebody_has_seen_the_user() -> None:
    """S8: blocked in a session weeks ago; a clean set of answers alone does not lift it."""
    blocked = let_through(TODAY).block(TODAY - timedelta(days=20))
    assert declined(ALL, blocked).rule == "S8"
    assert declined(ALL, blocked.seen()).rule == ""  # seen: but the questions come anew
    again = let_through(TODAY)
    assert adapted(ALL, again)


LIFTED = [
    ((Fact.LOSS,), Fact.LOSS_AGREED),
    ((Fact.CANCER,), Fact.CANCER_AGREED),
    ((Fact.NIGHT,), Fact.NIGHT_EASES),
    ((Fact.NIGHT,), Fact.NIGHT_AGREED),
    ((Fact.SHOULDER_BLADES,), Fact.SHOULDER_BLADES_AGREED),
    ((Fact.WOUND, Fact.FRACTURE), Fact.FRACTURE_AGREED),
    ((Fact.OPERATION,), Fact.OPERATION_AGREED),
    ((Fact.BLOOD,), Fact.BLOOD_AGREED),
    ((Fact.BONES,), Fact.BONES_AGREED),
    ((Fact.PREGNANT,), Fact.PREGNANT_AGREED),
    ((Fact.DISC,), Fact.DISC_AGREED),
]


@pytest.mark.parametrize(("facts", "agreed"), LIFTED)
@pytest.mark.rule("S40")
def test_s40_a_clinicians_yes_opens_what_an_answer_shut(
    facts: tuple[Fact, ...], agreed: Fact
) -> None:
    """S40: more is led with it than without, so nobody is shut out for good by an answer."""
    every = [caution for caution in Caution if caution is not Caution.WOUND]
    tagged = [move(f"move-{c.value}", contraindications=(c,)) for c in every]
    loaded = [move(f"load-{load.value}", loads=(load,)) for load in Load]
    of = routine(SITTING, ROLLING, RESTING, *tagged, *loaded)

    def led(*told_: Fact) -> set[str]:
        answer = adapt(of, told(*told_), TODAY, LANGUAGE)
        return set(ids(answer)) if isinstance(answer, Adapted) else set()

    assert led(*facts) < led(*facts, agreed)


@pytest.mark.parametrize("fact", [Fact.EMERGENCY, Fact.WEAK, Fact.ACCIDENT, Fact.FEVER])
@pytest.mark.rule("S40")
def test_s40_no_yes_lifts_the_gravest(fact: Fact) -> None:
    """S40: whatever else is answered by yes, nothing is led with a sign of S8, S9 or S11."""
    everybody_agreed = [f for f in Fact if f.value.endswith("_agreed")]
    before = ASKED[fact].after
    profile = told(*everybody_agreed, fact, *([before] if before else []))
    assert isinstance(adapt(routine(RESTING), profile, TODAY, LANGUAGE), Declined)


@pytest.mark.parametrize("fact", [Fact.EMERGENCY, Fact.WEAK, Fact.ACCIDENT])
@pytest.mark.rule("S8")
@pytest.mark.rule("S9")
@pytest.mark.rule("S11")
def test_s8_s9_s11_the_gravest_are_asked_about_again(fact: Fact) -> None:
    """The next day nothing is led before the user says that a doctor has seen them."""
    before = ASKED[fact].after
    profile = told(fact, *([before] if before else []))
    assert profile.blocked == TODAY
    assert profile.due(TODAY + timedelta(days=1)) == {Fact.SEEN}


@pytest.mark.rule("S39")
def test_s39_after_an_operation_or_a_birth_only_rest_until_agreed() -> None:
    """S39: a caesarean ten days ago: rest is left; with a yes of doctor or midwife all of it."""
    answer = adapted(ALL, told(Fact.OPERATION))
    assert ids(answer) == ["resting"]
    assert "until your doctor or midwife agrees" in answer.sentences[0]
    assert declined(routine(CAT), told(Fact.OPERATION)).rule == "S39"
    assert adapted(ALL, told(Fact.OPERATION, Fact.OPERATION_AGREED)).routine == ALL


@pytest.mark.rule("S41")
def test_s41_nobody_is_led_by_answers_that_are_due_again() -> None:
    """S41: on the thirtieth day they all count; on the next day questions are open."""
    profile = let_through(TODAY - timedelta(days=30))
    today = {fact: let_through(TODAY).answers.given[fact] for fact in DAILY}
    fresh = Profile(Answers({**profile.answers.given, **today}))
    assert adapted(ALL, fresh)
    old = let_through(TODAY - timedelta(days=31))
    assert declined(ALL, Profile(Answers({**old.answers.given, **today}))).rule == ""


def test_nobody_is_led_without_answers() -> None:
    """An empty profile, one with a question left open, and one from the future are all declined."""
    one_open = dict(let_through(TODAY).answers.given)
    del one_open[Fact.BONES]
    for profile in (Profile(), Profile(Answers(one_open)), let_through(TODAY + timedelta(days=1))):
        answer = declined(ALL, profile)
        assert answer.rule == ""
        assert answer.instead


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        pytest.param((Fact.SHOULDER_BLADES,), "S12", marks=pytest.mark.rule("S12")),
        pytest.param((Fact.WOUND,), "S13", marks=pytest.mark.rule("S13")),
        pytest.param((Fact.WOUND, Fact.FRACTURE), "S13", marks=pytest.mark.rule("S13")),
        pytest.param((Fact.BLOOD, Fact.CLOT), "S14", marks=pytest.mark.rule("S14")),
        pytest.param((Fact.BLOOD,), "S15", marks=pytest.mark.rule("S15")),
        pytest.param((Fact.BONES,), "S16", marks=pytest.mark.rule("S16")),
    ],
)
def test_the_roller_is_put_away(facts: tuple[Fact, ...], rule: str) -> None:
    """S12 to S16: no rolling, at any level and in any position; one sentence says so."""
    eased = move("eased", P.SUPINE, easier=Variant(("Roll.",), STROKES))
    answer = adapted(
        routine(SITTING, ROLLING, eased, move("lean", P.STANDING, STROKES)), told(*facts)
    )
    assert ids(answer) == ["sitting"]
    (change,) = [change for change in answer.changes if change.exercises]
    assert change.rule == rule
    assert change.exercises == ("rolling", "eased", "lean")
    assert change.sentence.endswith("I leave out the rolling.")


@pytest.mark.rule("S12")
def test_s12_a_doctor_is_advised_even_without_rolling() -> None:
    """S12: a new ache between the shoulder blades belongs to a doctor, whatever is done today."""
    (sentence,) = adapted(routine(SITTING), told(Fact.SHOULDER_BLADES)).sentences
    assert "see a doctor" in sentence


@pytest.mark.parametrize("facts", [(Fact.BLOOD,), (Fact.BLOOD, Fact.CLOT)])
@pytest.mark.rule("S14")
@pytest.mark.rule("S15")
def test_s14_s15_a_clinician_may_allow_the_roller(facts: tuple[Fact, ...]) -> None:
    """S14, S15: with a clinician's yes the whole routine is led, whatever cautions it names."""
    tags = (Caution.BLOOD_THINNERS, Caution.THROMBOSIS, Caution.INFLAMMATION)
    tagged = routine(ROLLING, contraindications=tags)
    assert declined(tagged, told(*facts)).rule in ("S14", "S15")
    assert adapted(tagged, told(*facts, Fact.BLOOD_AGREED)).routine == tagged


CAUTIONED = [
    (Caution.FRACTURE, (Fact.WOUND, Fact.FRACTURE)), (Caution.WOUND, (Fact.WOUND,)),
    (Caution.THROMBOSIS, (Fact.BLOOD, Fact.CLOT)), (Caution.INFLAMMATION, (Fact.BLOOD, Fact.CLOT)),
    (Caution.BLOOD_THINNERS, (Fact.BLOOD,)), (Caution.OSTEOPOROSIS, (Fact.BONES,)),
    (Caution.STEROIDS, (Fact.BONES,)), (Caution.SPINE_FRACTURE, (Fact.BONES,)),
    (Caution.PREGNANCY, (Fact.PREGNANT,)), (Caution.DISC, (Fact.DISC,)),
    (Caution.SPINE_SURGERY, (Fact.DISC, Fact.SURGERY)),
    (Caution.UNEXPLAINED_PAIN, (Fact.SHOULDER_BLADES,)),
    (Caution.ACUTE_INJURY, (Fact.INJURY, Fact.TWO_DAYS)),
]  # fmt: skip


@pytest.mark.parametrize(("caution", "facts"), CAUTIONED)
def test_a_caution_of_the_file_counts(caution: Caution, facts: tuple[Fact, ...]) -> None:
    """An exercise that names a caution of the user's is left out; a whole file is not led."""
    tagged = move("tagged", P.SEATED, REST, contraindications=(caution,))
    plain = move("plain", P.SEATED, REST)
    answer = adapted(routine(tagged, plain), told(*facts))
    assert ids(answer) == ["plain"]
    assert any("Tagged" in sentence for sentence in answer.sentences)
    assert declined(routine(plain, contraindications=(caution,)), told(*facts))


@pytest.mark.parametrize("caution", Caution, ids=lambda caution: caution.value)
def test_every_caution_concerns_somebody(caution: Caution) -> None:
    """Each caution that a file can name keeps somebody from the exercise that names it."""
    tagged = routine(move("tagged", P.SEATED, REST, contraindications=(caution,)))
    assert any(not hasattr(_adapt(tagged, fact), "levels") for fact in Fact)


def _adapt(of: Routine, fact: Fact) -> object:
    parent = ASKED[fact].after if fact in ASKED else None
    return adapt(of, told(fact, *([parent] if parent else [])), TODAY, LANGUAGE)


LATE = (Fact.PREGNANT, Fact.PREGNANT_LONG)


@pytest.mark.rule("S17")
def test_s17_nothing_on_the_belly_late_in_pregnancy() -> None:
    """S17: on all fours instead, if there is such an exercise for the same part of the body."""
    other = move("other", P.ALL_FOURS, regions=(Region.LEG,))
    answer = adapted(routine(BELLY, SITTING), told(*LATE), (SITTING, LYING, other, CAT))
    assert ids(answer) == ["cat", "sitting"]
    assert "belly" in answer.sentences[0]
    assert answer.sentences[1] == "In their place we do Cat."
    assert ids(adapted(routine(BELLY, SITTING), told(*LATE))) == ["sitting"]


@pytest.mark.rule("S17")
def test_s17_what_takes_a_place_must_suit_as_well() -> None:
    """S17: an exercise in place of another is held against all the other rules, too."""
    tagged = move("tagged", P.SIDE, contraindications=(Caution.PREGNANCY,))
    assert ids(adapted(routine(BELLY, SITTING), told(*LATE), (tagged,))) == ["sitting"]


@pytest.mark.rule("S17")
def test_s17_early_in_pregnancy_the_belly_is_fine() -> None:
    """S17: the rule begins at twelve weeks; who is not sure is past them."""
    assert "belly" in ids(adapted(ALL, told(Fact.PREGNANT)))
    answers = let_through(TODAY).answers.with_answer(Fact.PREGNANT, True, TODAY)
    assert answers.says(Fact.PREGNANT_LONG, TODAY)


@pytest.mark.rule("S17")
def test_s17_who_gets_dizzy_lies_on_the_left_side() -> None:
    """S17: the session is told, so that it says so when somebody feels dizzy."""
    assert adapted(routine(CAT), told(*LATE)).lie_left


@pytest.mark.rule("S35")
def test_s35_the_time_flat_on_the_back_is_kept() -> None:
    """S35: fewer sets first, then another exercise, then none; another position begins anew."""
    sets = move("sets", P.SUPINE, Hold(Ms(25_000), sets=4))
    more = [move(f"more{n}", P.SUPINE) for n in range(4)]
    long = routine(sets, *more, SITTING, LYING)
    assert max(stretch.length for stretch in flat_stretches(compiled(long))) > MOST_FLAT
    answer = adapted(long, told(*LATE), (CAT,))
    assert max(stretch.length for stretch in flat_stretches(compiled(answer.routine))) <= MOST_FLAT
    assert [e.dose.sets for e in answer.routine.exercises if e.id == "sets"] == [1]
    assert {"cat", "sitting", "lying"} <= set(ids(answer))
    assert any("flat on your back" in sentence for sentence in answer.sentences)


@pytest.mark.rule("S35")
def test_s35_a_long_rest_on_the_back_is_not_for_late_pregnancy() -> None:
    """S35: a quarter of an hour with the legs on a chair cannot be made short."""
    assert ids(adapted(routine(RESTING, SITTING), told(*LATE))) == ["sitting"]
    assert declined(routine(RESTING), told(*LATE)).rule == "S35"


@pytest.mark.parametrize(
    "id_",
    ["foam-roll-upper-back", "shoulder-blade-trigger-points", "upper-back-at-home", "desk-break"],
)
@pytest.mark.rule("S18")
def test_s18_the_upper_back_routines_are_off(id_: str) -> None:
    """S18: off with a disc problem, whatever a clinician said, and whatever the file names."""
    of = routine(SITTING, id=id_)
    assert declined(of, told(Fact.DISC, Fact.DISC_AGREED)).rule == "S18"
    assert adapted(of, let_through(TODAY))


@pytest.mark.rule("S18")
def test_s18_the_disc_routine_needs_a_yes_and_time() -> None:
    """S18: only after the acute phase, and only with a clinician's yes."""
    of = routine(SITTING, id="herniated-disc")
    assert declined(of, told(Fact.DISC)).rule == "S18"
    assert declined(of, told(Fact.DISC, Fact.DISC_ACUTE, Fact.DISC_AGREED)).rule == "S18"
    assert adapted(of, told(Fact.DISC, Fact.DISC_AGREED)).routine == of


@pytest.mark.rule("S18")
def test_s18_in_the_acute_phase_only_rest_is_left() -> None:
    """S18: of other routines the positions of rest are left."""
    answer = adapted(ALL, told(Fact.DISC, Fact.DISC_ACUTE))
    assert ids(answer) == ["resting"]


@pytest.mark.rule("S19")
def test_s19_older_people_get_time_and_long_stretches() -> None:
    """S19: half as long again to settle, stretches of at least 30 s; efforts stay short."""
    eased = Variant(("Less.",), Hold(Ms(10_000)))
    stretch = move("stretch", P.SEATED, easier=eased, settle=Ms(20_000))
    effort = move("effort", P.SEATED, EFFORT)
    answer = adapted(routine(stretch, effort), told(Fact.OLDER))
    long, short = answer.routine.exercises
    assert (long.settle, short.settle) == (30_000, 12_000)
    assert long.dose == Hold(Ms(30_000), kind=HoldKind.LONG)
    assert long.easier is not None
    assert long.easier.dose == Hold(Ms(30_000), kind=HoldKind.LONG)
    assert short.dose == EFFORT
    assert len(answer.sentences) == 1


@pytest.mark.rule("S19")
def test_s19_getting_up_is_cued() -> None:
    """S19: where somebody rises from the floor, and at the end, the way out says to take time."""
    cue = SAY.adapt["get_up"]
    answer = adapted(routine(LYING, BELLY, SITTING, CAT), told(Fact.OLDER))
    cued = [exercise.id for exercise in answer.routine.exercises if cue in exercise.way_out]
    assert cued == ["belly", "cat"]


@pytest.mark.rule("S20")
def test_s20_unwell_is_breathing_only_and_for_today() -> None:
    """S20: no exercise; calm breathing may be offered; tomorrow the answer no longer counts."""
    tomorrow = TODAY + timedelta(days=1)
    for fact in (Fact.UNWELL, Fact.DROWSY):
        answer = declined(routine(RESTING), told(fact))
        assert (answer.rule, answer.breathing) == ("S20", True)
        assert not told(fact).answers.says(fact, tomorrow)
        assert fact in told(fact).due(tomorrow)


@pytest.mark.rule("S31")
def test_s31_after_an_injury_only_rest_for_two_days() -> None:
    """S31: positions of rest are left, and it is said that rest must not last."""
    hurt = told(Fact.INJURY, Fact.TWO_DAYS)
    answer = adapted(ALL, hurt)
    assert ids(answer) == ["resting"]
    assert any("two days at the most" in sentence for sentence in answer.sentences)
    assert declined(routine(SITTING), hurt).rule == "S31"
    later = TODAY + timedelta(days=3)
    today = {fact: Answer(False, later) for fact in DAILY}
    better = Profile(Answers({**hurt.answers.given, **today}))
    assert adapted(ALL, better, day=later).routine == ALL


WORSE = Scores(TODAY - timedelta(days=1), 2, 4)


@pytest.mark.rule("S27")
def test_s27_a_worse_session_makes_the_next_one_easier() -> None:
    """S27: every exercise begins one level easier; one without such a level gets less to do."""
    own = move("own", easier=Variant(("Less.",), EFFORT))
    profile = let_through(TODAY).after_session(WORSE)
    answer = adapted(routine(own, CAT, RESTING), profile)
    assert answer.levels == {"own": -1, "cat": -1}
    cat = answer.routine.exercises[1]
    assert cat.easier is not None
    assert cat.easier.dose.sets < cat.dose.sets
    assert len(answer.sentences) == 1
    better = profile.after_session(Scores(TODAY, 2, 3))
    assert not adapted(routine(own), better).levels


@pytest.mark.rule("S27")
def test_s27_two_worse_days_suggest_a_clinician() -> None:
    """S27: two days count, two sessions on one day do not."""
    twice = let_through(TODAY).after_session(WORSE).after_session(WORSE)
    assert not any("physiotherapist" in s for s in adapted(ALL, twice).sentences)
    days = twice.after_session(Scores(TODAY, 0, 3))
    assert any("physiotherapist" in s for s in adapted(ALL, days).sentences)


@pytest.mark.rule("S27")
def test_s27_an_exercise_left_out_for_pain_comes_back_easier() -> None:
    """Next time it is offered one level easier, and the coach says so; done whole, it is plain."""
    gone = (Dropped("cat", "upper-back", TODAY),)
    profile = let_through(TODAY).after_session(Scores(TODAY, 1, 1), gone)
    answer = adapted(ALL, profile)
    assert answer.levels == {"cat": -1}
    assert any("Cat" in sentence for sentence in answer.sentences)
    assert not adapted(ALL, profile.after_session(Scores(TODAY), done=["cat"])).levels


def test_what_cannot_be_easier_is_not_said_to_be() -> None:
    """A rest that was left out comes again as it was, without a word about an easier way."""
    gone = (Dropped("resting", "low-back", TODAY),)
    answer = adapted(ALL, let_through(TODAY).after_session(Scores(TODAY), gone))
    assert not answer.levels
    assert not answer.sentences


def test_each_kind_of_change_is_one_sentence() -> None:
    """Two exercises on the belly are one sentence, with both ids in the change."""
    second = move("second", P.PRONE, sides=Sides.NONE)
    answer = adapted(routine(BELLY, second, SITTING), told(*LATE))
    (change,) = answer.changes
    assert change.exercises == ("belly", "second")


def test_a_routine_of_which_nothing_is_left_is_declined() -> None:
    """Everything rolls, and nothing may: the rule of that, why, and another routine instead."""
    answer = declined(routine(ROLLING), told(Fact.BLOOD))
    assert answer.rule == "S15"
    assert "blood thinners" in answer.why[0]


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            Fact.EMERGENCY,
            "Because it may be that your bladder, your bowels or the feeling between your legs has "
            "changed, I lead no exercises today.",
        ),
        (
            Fact.LOSS,
            "Because it may be that you have lost weight without trying, or found a lump, I lead "
            "no exercises today.",
        ),
    ],
)
def test_what_nobody_is_sure_of_is_not_told_as_a_fact(fact: Fact, sentence: str) -> None:
    """It declines as a yes does, but the coach says that it only may be so."""
    answers = let_through(TODAY).answers
    unsure = declined(ALL, Profile().with_answers(answers.with_answer(fact, None, TODAY), TODAY))
    sure = declined(ALL, told(fact))
    assert unsure.why == (sentence,)
    assert sure.why == (sentence.replace("it may be that ", ""),)
    assert unsure.instead == sure.instead


def test_a_change_for_what_nobody_is_sure_of_is_told_so() -> None:
    """The same exercises are left out, and the sentence says why in the same careful words."""
    answers = let_through(TODAY).answers.with_answer(Fact.BONES, None, TODAY)
    answers = answers.with_answer(Fact.BONES_AGREED, False, TODAY)
    unsure = adapted(ALL, Profile().with_answers(answers, TODAY))
    assert ids(unsure) == ids(adapted(ALL, told(Fact.BONES)))
    assert unsure.sentences == (
        "Because it may be that your bones break more easily, I leave out the rolling.",
    )
    open_one = Answers({**answers.given}).with_answer(Fact.BLOOD, True, TODAY)  # no word of a clot
    assert not open_one.sure(Fact.CLOT)


@pytest.mark.parametrize(
    ("profile", "key", "rule"),
    [
        (told(Fact.OLDER), "older", "S19"),
        (let_through(TODAY).after_session(WORSE), "easier", "S27"),
        (
            let_through(TODAY)
            .after_session(Scores(TODAY - timedelta(days=2), 2, 4))
            .after_session(WORSE),
            "see_somebody",
            "S27",
        ),
    ],
)
def test_each_change_names_its_rule(profile: Profile, key: str, rule: str) -> None:
    """What is said to the user names the rule that it comes from."""
    changes = {change.sentence: change.rule for change in adapted(ALL, profile).changes}
    assert changes[SAY.adapt[key]] == rule


@pytest.mark.rule("S17")
@pytest.mark.parametrize("fact", [Fact.NIGHT, Fact.UNWELL])
def test_s17_a_refusal_knows_on_which_side_to_lie(fact: Fact) -> None:
    """A user past the twelfth week who is dizzy during a refusal is told to lie on the left."""
    assert not declined(ALL, told(fact)).lie_left
    assert declined(ALL, told(fact, Fact.PREGNANT, Fact.PREGNANT_LONG)).lie_left
