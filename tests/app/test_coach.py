"""The whole: questions, an adapted session or a refusal, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from tests.app.people import ROUTINE
from tests.app.rehearsals import Event, Rehearsed, Room
from tests.app.stepped import ScriptedRecogniser, SteppedSession
from tests.english import BOOK, LANGUAGE, parse
from tests.fakes.voice import FakeVoice
from tests.history.test_recall import session
from voicecoach.app.carry_over import care, remembered
from voicecoach.app.coach import Coach
from voicecoach.app.fitted import Wanted
from voicecoach.app.no_session import declined_error
from voicecoach.app.routine_library import load_routine, readable_routines, shared_exercises
from voicecoach.app.scenario_rehearsal import DAY, person
from voicecoach.dialog.care import Dropped, Outcome
from voicecoach.errors import DeclinedError
from voicecoach.fitting.wish import Wish
from voicecoach.paths import shipped
from voicecoach.routine.model import Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Practice, Profile, let_through
from voicecoach.screening.verdicts import Adapted, Declined
from voicecoach.units import RATE

TODAY = date(2026, 3, 1)
YESTERDAY = TODAY - timedelta(days=1)


class Rehearsing:
    """A coach in a quiet room, where lines are typed at seconds of the dialogs put together."""

    def __init__(self, *says: tuple[float, str], today: date = TODAY) -> None:
        self.room = Room(says)
        self.kept: list[Profile] = []
        self.voice = FakeVoice()
        self.coach = Coach(
            self.room.driver, self.voice, LANGUAGE, today, self.room.note, self.kept.append
        )

    @property
    def left(self) -> Rehearsed:
        """Return what happened."""
        return self.room.left("")


def three_moves() -> Routine:
    """Return a small routine: rolling, a bridge, the cat."""
    return parse(ROUTINE, "three.yaml")


def shipped_routine() -> Routine:
    """Return one of the shipped routines."""
    return load_routine(shipped("routines") / "upper-back-at-home.yaml", LANGUAGE)


def test_the_questions_are_asked_and_answered_in_the_room() -> None:
    """Typed "repeat", and anything but "no": the question of a usual day, then each of its parts,
    and a profile of that day, kept.
    """
    here = Rehearsing((6.0, "repeat"), (14.0, "yes"), (20.0, "no"), (26.0, "nope"), (32.0, "no"))
    profile = here.coach.screen(let_through(YESTERDAY))
    assert profile.answers.given[Fact.UNWELL].on == TODAY
    assert here.kept[-1] == profile
    asked = [e["question"] for e in here.left.of("asked")]
    assert asked == ["today", "today", "changed", "unwell", "drowsy"]


def test_the_questions_listen_for_their_own_words_alone() -> None:
    """Words of a session, such as "next", are none in a question; who ends the questions has no
    session, and nothing is kept.
    """
    here = Rehearsing((6.0, "next"), (8.0, "continue"), (10.0, "end session"))
    with pytest.raises(DeclinedError, match="There is no session") as caught:
        here.coach.screen(Profile())
    assert "not answered to their end" in caught.value.why
    assert here.kept == []
    assert [e["command"] for e in here.left.of("heard")] == ["end"]
    assert [e["text"] for e in here.left.of("refused")] == ["next", "continue"]


def test_somebody_let_through_does_every_exercise() -> None:
    """Nothing is left out of a shipped routine, and nothing is said of it."""
    routine = shipped_routine()
    adapted = adapt(
        routine, let_through(TODAY), TODAY, LANGUAGE, shared_exercises(routine, LANGUAGE)
    )
    assert isinstance(adapted, Adapted)
    assert adapted.routine.exercises == routine.exercises
    known = care(adapted, let_through(TODAY), TODAY)
    assert known.asks
    assert (known.opening, dict(known.levels), known.lie_left) == ((), {}, False)


def test_a_refusal_is_an_error_with_its_rule() -> None:
    """What is refused aloud is told on the screen as well: what, why, what instead; exit code 8."""
    profile = person({Fact.DISC: True})
    declined = adapt(shipped_routine(), profile, DAY, LANGUAGE)
    assert isinstance(declined, Declined)
    error = declined_error(declined)
    assert isinstance(error, DeclinedError)
    assert error.exit_code == 8
    assert "S18" in error.why
    assert declined.others
    here = Rehearsing(today=DAY)
    with pytest.raises(DeclinedError) as caught:
        here.coach.lead_for(profile, shipped_routine())
    assert caught.value.why == error.why
    said = [*declined.sentences, "Please choose another routine."]
    assert [e["text"] for e in here.left.of("cue_started")] == said
    assert caught.value.next_step == "Please choose another routine."
    assert here.kept == []


def led_with_all(profile: Profile, routine: Routine) -> list[object]:
    """Let a coach who knows all routines refuse one; return what is said."""
    here = Rehearsing(today=DAY)
    every = partial(readable_routines, LANGUAGE)
    shared = shared_exercises(routine, LANGUAGE)
    coach = Coach(
        here.room.driver, here.voice, LANGUAGE, DAY, here.room.note, library=shared, shelf=every
    )
    with pytest.raises(DeclinedError):
        coach.lead_for(profile, routine)
    return [e["text"] for e in here.left.of("cue_started")]


def test_a_refusal_names_the_routines_that_are_open() -> None:
    """With a disc problem most are, and the coach names those that are not; with a broken rib none
    is, and calm breathing is offered.
    """
    disc = person({Fact.DISC: True, Fact.DISC_ACUTE: False, Fact.DISC_AGREED: True})
    said = led_with_all(disc, shipped_routine())
    assert str(said[1]).endswith("routines are open to you. These are not.")
    assert "Upper back at home." in said[2:]
    assert len(said) == 7
    broken = person({Fact.WOUND: True, Fact.FRACTURE: True, Fact.FRACTURE_AGREED: False})
    said = led_with_all(broken, shipped_routine())
    assert "No routine is open to you at the moment." in said
    assert any("calm breathing" in str(line) for line in said)


def test_the_first_questions_end_with_what_is_open() -> None:
    """Sixteen times "no" in the room: at the end the coach says that every routine is open."""
    here = Rehearsing(*((14.0 + 6 * n, "no") for n in range(40)))
    every = partial(readable_routines, LANGUAGE)
    coach = Coach(here.room.driver, here.voice, LANGUAGE, TODAY, here.room.note, shelf=every)
    profile = coach.screen(Profile())
    assert profile == let_through(TODAY)
    said = [str(e["text"]) for e in here.left.of("cue_started")]
    assert said[0].startswith("I'll ask about sixteen things")
    assert said[-1].endswith("routines are open to you.")


def test_what_allows_no_session_is_explained_aloud() -> None:
    """After the questions of `screen --spoken`; where sessions are allowed, nothing is said."""
    here = Rehearsing(today=DAY)
    here.coach.explain(let_through(DAY))
    assert not here.voice.rendered
    here.coach.explain(person({Fact.CANCER: True}))
    said = [e["text"] for e in here.left.of("cue_started")]
    assert said[0] == "Because you have had cancer, I lead no exercises today."


def test_a_follow_up_that_was_not_given_is_answered_carefully() -> None:
    """In a scenario `pregnant = true` alone is somebody late in a pregnancy; others answer no."""
    profile = person({Fact.PREGNANT: True})
    assert profile.answers.says(Fact.PREGNANT_LONG, DAY)
    assert not profile.answers.says(Fact.DISC, DAY)
    assert profile.answers.given[Fact.PREGNANT_LONG].word == "not sure"
    assert person({Fact.PREGNANT: None}).answers.says(Fact.PREGNANT_LONG, DAY)
    assert person({}) == let_through(DAY)


@pytest.mark.rule("S27")
def test_s27_a_worse_session_is_remembered() -> None:
    """Two above the start: the next dose is easier; two days of it, and a clinician is named."""
    worse = remembered(let_through(TODAY), Outcome("ended", 1, 3), TODAY, "small")
    assert worse.level == -1
    again = remembered(worse, Outcome("done", 2, 4), TODAY + timedelta(days=1), "small")
    assert again.worse_days == 2
    assert remembered(again, Outcome("ended", None, None), TODAY, "small").worse_days == 2
    assert remembered(again, Outcome("done", 2, 2), TODAY + timedelta(days=2), "small").level == 0


def test_what_was_dropped_is_remembered_until_it_is_done() -> None:
    """An exercise that was left out for pain comes again at an easier level; done, it is over."""
    outcome = Outcome("ended", 2, 2, (Dropped("bridge", "hip"),))
    profile = remembered(let_through(TODAY), outcome, TODAY, "small")
    assert [(d.exercise, d.region, d.level) for d in profile.dropped] == [("bridge", "hip", -1)]
    assert remembered(profile, Outcome("done", 2, 2, (), ("bridge",)), TODAY, "small").dropped == ()


@pytest.mark.rule("S8")
def test_s8_the_next_session_is_declined_until_somebody_has_seen_the_user() -> None:
    """The next one asks whether a doctor has seen them; "no" is no session."""
    blocked = remembered(let_through(TODAY), Outcome("urgent", blocked=True), TODAY, "small")
    assert blocked.blocked == TODAY
    profile = Rehearsing((12.0, "no")).coach.screen(blocked)
    declined = adapt(shipped_routine(), profile, TODAY, LANGUAGE)
    assert isinstance(declined, Declined)
    assert declined.rule == "S8"


def test_shared_exercises_can_take_the_place_of_others() -> None:
    """All files of shared exercises are read, each once."""
    routine = shipped_routine()
    found = [exercise.id for exercise in shared_exercises(routine, LANGUAGE)]
    files = sorted(path.stem for path in (shipped("routines") / "exercises").glob("*.yaml"))
    assert found == files
    elsewhere = replace(routine, path="nowhere/mine.yaml")
    assert shared_exercises(elsewhere, LANGUAGE) == shared_exercises(routine, LANGUAGE)


def test_answers_are_words_that_are_known() -> None:
    """Each answer to a question has a phrase."""
    for text in ("yes", "no", "not sure", "repeat"):
        assert BOOK.meaning(text) is not None


WHOLE_DAY = ((6.0, "no"), (32.0, "one"), (64.0, "end session"), (68.0, "yes"), (76.0, "two"))
"""The answer of a usual day; a score, the end of the session and its confirmation, and a score."""


def test_a_whole_day_in_the_room() -> None:
    """One question, the session as it suits the user, and the profile with its scores: what
    was rendered before is all that is spoken, and each line is rendered once.
    """
    here = Rehearsing(*WHOLE_DAY)
    here.coach.prepare(three_moves(), let_through(TODAY))
    before = len(here.voice.rendered)
    assert here.coach.start(three_moves(), let_through(YESTERDAY)) == "ended"
    assert here.voice.rendered[before:] == []
    assert len(here.voice.rendered) == len(set(here.voice.rendered))
    kinds = [e["kind"] for e in here.left.events]
    assert kinds.index("dialog_finished") < kinds.index("session_started")
    started = here.left.of("session_started")
    assert [e["t"] for e in started] == [0.0]
    assert {e["late_ms"] for e in here.left.of("cue_started")} == {0.0}
    *asked, started, after = here.kept
    assert {profile.scores for profile in asked} == {()}
    assert [(s.start, s.end) for s in started.scores] == [(1, None)]
    assert [(s.on, s.start, s.end) for s in after.scores] == [(TODAY, 1, 2)]


def test_a_whole_day_live_is_the_rehearsed_one() -> None:
    """The threads lead the same two dialogs, on one device with one recogniser: the same lines are
    spoken, the same commands obeyed, and the same profile is kept.
    """
    here = Rehearsing(*WHOLE_DAY)
    here.coach.start(three_moves(), let_through(TODAY))
    ends = float(str(here.left.of("dialog_finished")[0]["t"]))
    first = {round(s * RATE): text for s, text in WHOLE_DAY if s <= ends}
    second = {round((s - ends) * RATE): text for s, text in WHOLE_DAY if s > ends}
    recogniser = ScriptedRecogniser(
        lambda frame: (first, second)[recogniser.restarts - 1].get(frame)
    )
    live = SteppedSession(recogniser)
    kept: list[Profile] = []
    coach = Coach(live.live, FakeVoice(), LANGUAGE, TODAY, live.note, kept.append)
    assert coach.start(three_moves(), let_through(TODAY)) == "ended"
    live.live.close()
    assert live.texts() == [e["text"] for e in here.left.of("cue_started")]
    assert [e["command"] for e in live.of("heard")] == [e["command"] for e in here.left.of("heard")]
    assert kept == here.kept
    assert recogniser.restarts == 2


def test_what_a_broken_session_brought_is_kept() -> None:
    """Ctrl-C in the middle: the profile has the score that was given at its start."""

    def interrupt(event: Event) -> None:
        if event["kind"] == "count":
            raise KeyboardInterrupt

    live = SteppedSession(ScriptedRecogniser({22 * RATE: "one"}.get), on_event=interrupt)
    kept: list[Profile] = []
    coach = Coach(live.live, FakeVoice(), LANGUAGE, TODAY, live.note, kept.append)
    with pytest.raises(KeyboardInterrupt):
        coach.lead_for(let_through(TODAY), three_moves())
    assert [[s.start for s in profile.scores] for profile in kept] == [[1]]
    assert live.events[-1]["outcome"] == "interrupted"
    assert not live.device.running


def test_what_was_done_is_described_shortly_next_time() -> None:
    """Whole exercises are counted with their day; after a month without them all is said again."""
    before = let_through(TODAY)
    here = "upper-back-at-home"
    once = remembered(
        before, Outcome("ended", None, None, (), ("cat",)), TODAY, "upper-back-at-home"
    )
    twice = remembered(once, Outcome("done", None, None, (), ("cat",)), TODAY, here)
    assert twice.exercises["cat"] == Practice(2, TODAY)
    assert twice.routines["upper-back-at-home"] == Practice(2, TODAY)
    adapted = adapt(parse(ROUTINE, "x.yaml"), twice, TODAY, LANGUAGE)
    assert isinstance(adapted, Adapted)
    for days, known in ((0, {"cat"}), (30, {"cat"}), (31, set()), (-1, set())):
        found = care(adapted, twice, TODAY + timedelta(days=days))
        assert (found.known, found.met, found.instructed) == (known, bool(known), True)
    assert remembered(before, Outcome("ended"), TODAY, "upper-back-at-home").routines == {}


@pytest.mark.parametrize("fitted", [False, True])
def test_a_plan_allows_so_many_sessions_in_seven_days(fitted: bool) -> None:
    """The next one is declined aloud, also where it would be fitted to a time; then it is led."""
    plan = replace(three_moves(), id="two", sessions_a_week=2)
    wanted = Wanted(Wish(5), [plan], named=True) if fitted else plan
    here = Rehearsing(today=DAY)
    past = [session((date(2026, 6, 1) - DAY).days + days) for days in (3, 1)]
    coach = Coach(here.room.driver, here.voice, LANGUAGE, DAY, here.room.note, past=past)
    with pytest.raises(DeclinedError) as caught:
        coach.lead_for(person({}), wanted)
    assert caught.value.why.startswith("Your plan allows no more sessions of this routine")
    said = [event["text"] for event in here.left.of("cue_started")]
    assert said[0] == caught.value.why
    assert any("tomorrow" in str(text) for text in said)
