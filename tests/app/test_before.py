"""Before and after a session: what the profile brings into it, and what it takes from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.app.people import voiced
from tests.app.rehearsals import Event, Says, run_core
from tests.english import BOOK, LANGUAGE, SAY
from voicecoach.app.before import (
    Talker,
    after,
    care,
    declined_error,
    shared_exercises,
    suited,
)
from voicecoach.app.routine_library import load_routine
from voicecoach.app.stage import DAY, person
from voicecoach.audio.clip import Clip
from voicecoach.dialog.care import Dropped, Outcome
from voicecoach.dialog.core import Core
from voicecoach.errors import DeclinedError
from voicecoach.paths import shipped
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.questions import Fact
from voicecoach.screening.verdicts import Adapted, Declined

TODAY = date(2026, 3, 1)


class Typed:
    """Leads a talk in the simulated room, with what is typed into it."""

    def __init__(self, *says: tuple[float, str]) -> None:
        self._says: Says = says
        self.events: list[Event] = []

    def __call__(self, core: Core, clips: Mapping[str, Clip]) -> str:
        """Lead it."""
        rehearsed = run_core(core, clips, *self._says)
        self.events = rehearsed.events
        return rehearsed.outcome

    @property
    def talker(self) -> Talker:
        """Return who holds the talk."""
        return Talker(SAY, voiced, self)


def test_the_questions_are_asked_and_answered_in_the_room() -> None:
    """Typed "no" and "repeat": the two questions of a day, and a profile of that day."""
    room = Typed((6.0, "repeat"), (12.0, "no"), (18.0, "nope"))
    profile, outcome = room.talker.ask(Screening.start(let_through(TODAY), TODAY, LANGUAGE))
    assert outcome == "asked"
    assert profile is not None
    assert profile.answers.given[Fact.UNWELL].on == TODAY
    asked = [event["question"] for event in room.events if event["kind"] == "asked"]
    assert asked == ["changed", "changed", "unwell"]


def test_the_talk_listens_for_its_own_words_alone() -> None:
    """Words of a session, such as "next", are none in a question."""
    room = Typed((6.0, "next"), (8.0, "continue"), (10.0, "end session"))
    profile, outcome = room.talker.ask(Screening.start(Profile(), TODAY, LANGUAGE))
    assert (profile, outcome) == (None, "ended")
    heard = [event["command"] for event in room.events if event["kind"] == "heard"]
    refused = [event["text"] for event in room.events if event["kind"] == "refused"]
    assert (heard, refused) == (["end"], ["next", "continue"])


def test_somebody_let_through_does_every_exercise() -> None:
    """Nothing is left out of a shipped routine, and nothing is said of it."""
    routine = load_routine(shipped("routines") / "upper-back-at-home.yaml", LANGUAGE)
    adapted = suited(routine, let_through(TODAY), TODAY, LANGUAGE)
    assert isinstance(adapted, Adapted)
    assert adapted.routine.exercises == routine.exercises
    known = care(adapted, let_through(TODAY))
    assert known.asks
    assert (known.opening, dict(known.levels), known.lie_left) == ((), {}, False)


def test_a_refusal_is_an_error_with_its_rule() -> None:
    """What is refused aloud is told on the screen as well: what, why, what instead; exit code 8."""
    routine = load_routine(shipped("routines") / "upper-back-at-home.yaml", LANGUAGE)
    declined = suited(routine, person({Fact.DISC: True}), DAY, LANGUAGE)
    assert isinstance(declined, Declined)
    error = declined_error(declined)
    assert isinstance(error, DeclinedError)
    assert error.exit_code == 8
    assert "S18" in error.why
    assert error.next_step
    room = Typed()
    assert room.talker.refuse(declined) == "declined"
    said = [event["text"] for event in room.events if event["kind"] == "cue_started"]
    assert said == list(declined.sentences)


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
    worse = after(let_through(TODAY), Outcome("ended", 1, 3), TODAY)
    assert worse.level == -1
    again = after(worse, Outcome("done", 2, 4), TODAY + timedelta(days=1))
    assert again.worse_days == 2
    assert after(again, Outcome("ended", None, None), TODAY).worse_days == 2
    assert after(again, Outcome("done", 2, 2), TODAY + timedelta(days=2)).level == 0


def test_what_was_dropped_is_remembered_until_it_is_done() -> None:
    """An exercise that was left out for pain comes again at an easier level; done, it is over."""
    outcome = Outcome("ended", 2, 2, (Dropped("bridge", "hip"),))
    profile = after(let_through(TODAY), outcome, TODAY)
    assert [(d.exercise, d.region, d.level) for d in profile.dropped] == [("bridge", "hip", -1)]
    assert after(profile, Outcome("done", 2, 2, (), ("bridge",)), TODAY).dropped == ()


@pytest.mark.rule("S8")
def test_s8_the_next_session_is_declined_until_somebody_has_seen_the_user() -> None:
    """The next one asks whether a doctor has seen them; "no" is no session."""
    blocked = after(let_through(TODAY), Outcome("urgent", blocked=True), TODAY)
    assert blocked.blocked == TODAY
    room = Typed((12.0, "no"))
    profile, _ = room.talker.ask(Screening.start(blocked, TODAY, LANGUAGE))
    assert profile is not None
    routine = load_routine(shipped("routines") / "upper-back-at-home.yaml", LANGUAGE)
    declined = suited(routine, profile, TODAY, LANGUAGE)
    assert isinstance(declined, Declined)
    assert declined.rule == "S8"


def test_shared_exercises_can_take_the_place_of_others() -> None:
    """All files of shared exercises are read, each once."""
    found = [exercise.id for exercise in shared_exercises(LANGUAGE)]
    files = sorted(path.stem for path in (shipped("routines") / "exercises").glob("*.yaml"))
    assert found == files
    assert shared_exercises(LANGUAGE, Path("nowhere")) == shared_exercises(LANGUAGE)


def test_answers_are_words_that_are_known() -> None:
    """Each answer to a question has a phrase."""
    for text in ("yes", "no", "not sure", "repeat"):
        assert BOOK.meaning(text) is not None
