"""The conversations before a session: the screening, and the refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from tests.dialog.driver import Driver, Sound, length, overlaps, plan_of, wakings
from tests.dialog.happenings import Happening, anything
from tests.dialog.hurting import PLAN
from tests.english import SAY
from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import CallHelper, Finish, Hush, Listen, Play, Record
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, Failed, Heard, Started, Unclear
from voicecoach.dialog.refusal_dialog import REFUSAL, RefusalDialog, refusal_lines
from voicecoach.dialog.screening_dialog import SCREENING, ScreeningDialog, screening_lines
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import HALTING, Command
from voicecoach.routine.model import Position
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.questions import QUESTIONS
from voicecoach.screening.verdicts import Declined
from voicecoach.units import Ms

C, S = Command, State
DAY = date(2026, 1, 1)
DECLINED = Declined("S20", ("You are unwell.",), ("Rest today.",), breathing=True)


class Listener:
    """Drives a dialog and keeps what it brings; a line that was not rendered is an error."""

    def __init__(self, dialog: Dialog[Any], lines: list[str]) -> None:
        self.dialog, self._lines = dialog, set(lines)
        self.now = Ms(0)
        self.sounds: list[Sound] = []
        self.live: frozenset[Command] = frozenset()
        self.state = ""
        self.helped: list[str] = []
        self.finished: list[str] = []
        self.give(Started(Ms(0)))

    def give(self, event: Event) -> bool:
        """Hand over an event; tell whether it brought silence at once."""
        effects = self.dialog.handle(event)
        for effect in effects:
            match effect:
                case Play(cue=cue, at=at):
                    assert cue.text in self._lines or not cue.text
                    end = Ms(at + (length(cue.text) if cue.text else 0))
                    self.sounds.append(Sound(cue, at, end, State.WELCOME, self.now))
                case Hush():
                    self._cut()
                case Listen(state=state, commands=commands):
                    self.state, self.live = state, commands
                case CallHelper(why=why):
                    self.helped.append(why)
                case Finish(outcome=outcome):
                    self.finished.append(outcome)
                case Record():
                    pass
        return any(isinstance(effect, Hush) for effect in effects)

    def _cut(self) -> None:
        self.sounds = [sound for sound in self.sounds if sound.start < self.now]
        for sound in self.sounds:
            sound.end = min(sound.end, self.now)

    def wait(self, ms: int) -> None:
        """Let time pass."""
        until = self.now + ms
        for woke in wakings(self.dialog, until):
            self.now = Ms(max(self.now, woke.now))
            self.give(woke)
        self.now = Ms(until)

    def say(self, *commands: Command) -> None:
        """Say one after the other, a second apart."""
        for command in commands:
            self.wait(1000)
            self.give(Heard(self.now, command, self.now))

    def texts(self) -> list[str]:
        """Return what began to sound."""
        return [sound.cue.text for sound in self.sounds]


def asking(profile: Profile | None = None) -> tuple[Listener, ScreeningDialog]:
    """Return the questions, begun."""
    screening = Screening.start(profile or Profile(), DAY)
    dialog = ScreeningDialog(screening, SAY, length)
    return Listener(dialog, screening_lines(screening, SAY)), dialog


def refusing(declined: Declined = DECLINED) -> Listener:
    """Return a refusal, begun."""
    return Listener(RefusalDialog(declined, SAY, length), refusal_lines(declined, SAY))


def test_all_questions_answered_by_no_let_through() -> None:
    """Each is asked once, in order; the answers are in the profile; nothing is missing."""
    listener, dialog = asking()
    first = [question for question in QUESTIONS if question.after is None]
    listener.say(*[C.NO] * len(first))
    listener.wait(5000)
    assert listener.finished == ["asked"]
    assert dialog.profile == let_through(DAY)
    asked = [text for text in listener.texts() if text in {SAY.screen[q.fact.value] for q in first}]
    assert asked


def test_a_short_talk_where_the_answers_are_known() -> None:
    """Within 30 days it asks whether anything has changed, and how the user is today."""
    listener, dialog = asking(let_through(DAY))
    listener.say(C.NO, C.NO, C.NO)
    listener.wait(5000)
    assert listener.finished == ["asked"]
    assert dialog.profile is not None
    assert dialog.profile.answers.says(Fact.UNWELL, DAY) is False


def test_a_question_can_be_repeated_and_put_in_other_words() -> None:
    """The word "repeat" brings the same again; "not sure" brings other words."""
    listener, _ = asking()
    listener.wait(6000)
    listener.sounds.clear()
    listener.say(C.REPEAT)
    listener.wait(8000)
    assert listener.texts() == [SAY.screen["emergency"]]
    listener.sounds.clear()
    listener.say(C.NOT_SURE)
    listener.wait(8000)
    assert listener.texts() == [SAY.screen["emergency_again"]]


def test_not_sure_twice_to_a_red_flag_is_a_yes() -> None:
    """The careful answer is taken, and with a final question the talk is over."""
    listener, dialog = asking()
    listener.say(C.NOT_SURE, C.NOT_SURE)
    listener.wait(5000)
    assert dialog.profile is not None
    assert dialog.profile.blocked == DAY


@pytest.mark.rule("S25")
def test_no_answer_is_no_session() -> None:
    """15 s, the question again, 15 s: it is over, nothing is known, and nobody is called."""
    listener, dialog = asking()
    listener.wait(90_000)
    assert listener.finished == ["unanswered"]
    assert dialog.profile is None
    assert listener.helped == []
    assert listener.texts().count(SAY.screen["emergency"]) == 2


def test_mumbling_asks_for_a_plain_word_and_then_counts_as_not_sure() -> None:
    """Nobody is let through or kept out by noise: the third time it is "not sure"."""
    listener, _ = asking()
    for _ in range(3):
        listener.wait(20_000 if listener.now == 0 else 8000)
        listener.give(Unclear(listener.now))
    listener.wait(6000)
    assert listener.texts().count(SAY.say("question_please")) == 2
    assert SAY.screen["emergency_again"] in listener.texts()


@pytest.mark.rule("S1")
@pytest.mark.parametrize("word", [C.STOP, C.PAIN, C.SHARP_PAIN])
def test_a_stop_is_silence_and_only_continue_leads_on(word: C) -> None:
    """S1: silence in the same instant; no time puts the question, but "continue" does."""
    listener, dialog = asking()
    listener.wait(1500)
    assert listener.give(Heard(listener.now, word, listener.now))
    assert listener.state == S.STOPPED.value
    assert C.NO not in listener.live
    listener.wait(100_000)
    assert listener.state == S.STOPPED.value
    listener.say(C.RESUME)
    assert listener.state == S.QUESTION.value
    assert dialog.profile is None


def test_a_pause_stands_still_until_continue() -> None:
    """It is silence at once; hints follow, and "continue" puts the question again."""
    listener, _ = asking()
    listener.wait(1500)
    assert listener.give(Heard(listener.now, C.PAUSE, listener.now))
    listener.wait(100_000)
    assert listener.state == S.PAUSED.value
    assert SAY.say("paused_hint") in listener.texts()
    listener.say(C.RESUME)
    assert listener.state == S.QUESTION.value


@pytest.mark.rule("S17")
def test_dizzy_and_pregnant_lies_on_the_left_side() -> None:
    """S17: past the twelfth week, as far as the answers of today or of an earlier day tell."""
    first = [question.fact for question in QUESTIONS if question.after is None]
    before = first.index(Fact.PREGNANT)
    told, _ = asking()
    told.say(*[C.NO] * before, C.YES, C.YES, C.UNWELL)
    told.wait(5000)
    assert SAY.say("lie_left") in told.texts()
    known = let_through(DAY).answers
    for fact in (Fact.PREGNANT, Fact.PREGNANT_LONG):
        known = known.with_answer(fact, True, DAY)
    later, _ = asking(Profile(known))
    later.say(C.UNWELL)
    later.wait(5000)
    assert SAY.say("lie_left") in later.texts()


@pytest.mark.rule("S17")
def test_dizzy_otherwise_lies_still() -> None:
    """Nobody else is told to turn; who was not asked yet hears both."""
    for answers, unasked in (([C.NO], True), ([C.NO] * 20, False)):
        listener, dialog = asking()
        for answer in answers:
            if dialog.state is S.QUESTION and not dialog._s.screening.knows_pregnancy:
                listener.say(answer)
        listener.say(C.UNWELL)
        listener.wait(9000)
        assert SAY.say("sit_or_lie") in listener.texts()
        assert SAY.say("lie_left") not in listener.texts()
        assert (SAY.say("if_pregnant") in listener.texts()) is unasked


@pytest.mark.rule("S25")
def test_a_stop_does_not_pass_the_safety_question_by() -> None:
    """S25, S29: stopped with the question about the breath open, it comes again by itself."""
    listener, _ = asking()
    listener.say(C.UNWELL, C.STOP)
    listener.wait(16_000)
    assert listener.state == S.ASK_BREATHING.value
    listener.say(C.STOP, C.RESUME)
    assert listener.state == S.ASK_BREATHING.value


@pytest.mark.rule("S7")
def test_an_emergency_before_a_session() -> None:
    """S7: the helper, the number twice, the end."""
    listener, dialog = asking()
    listener.say(C.EMERGENCY)
    listener.wait(40_000)
    assert listener.helped == ["emergency"]
    assert listener.finished == ["emergency"]
    assert listener.texts().count(SAY.say("emergency")) == 2
    assert dialog.profile is None


@pytest.mark.rule("S8")
def test_saddle_numbness_before_a_session_blocks() -> None:
    """S8: told before a session, it is kept like one that was told in it."""
    listener, dialog = asking()
    listener.say(C.URGENT)
    listener.wait(20_000)
    assert listener.finished == ["urgent"]
    assert dialog.profile is not None
    assert dialog.profile.blocked == DAY


@pytest.mark.parametrize(("answers", "outcome"), [((C.YES,), "emergency"),
                         ((C.NOT_SURE, C.NOT_SURE), "emergency"), ((), "no_answer")])  # fmt: skip
@pytest.mark.rule("S25")
def test_dizzy_before_a_session(answers: tuple[C, ...], outcome: str) -> None:
    """S7, S25: it is asked about; yes, or no clear answer, is an alarm, and silence calls."""
    listener, _ = asking()
    listener.say(C.UNWELL, *answers)
    listener.wait(300_000)
    assert listener.finished == [outcome]
    assert len(listener.helped) == 1


def test_dizzy_stays_stopped_once_it_has_passed() -> None:
    """No trouble with the breath, and it has passed: "continue" puts the question again."""
    listener, dialog = asking()
    listener.say(C.UNWELL, C.NO)
    assert dialog.state is S.ASK_PASSED
    listener.say(C.NO, C.YES)
    assert listener.state == S.STOPPED.value
    assert not dialog.unsteady
    listener.say(C.RESUME)
    assert listener.state == S.QUESTION.value
    assert dialog.unsteady


@pytest.mark.rule("S7")
def test_dizzy_before_a_session_is_done_lying_or_sitting() -> None:
    """The session after it leaves out what is done upright, and says so."""
    exercises = PLAN.routine.exercises
    standing = replace(exercises[0], position=Position.STANDING)
    plan = plan_of(replace(PLAN.routine, exercises=(standing, *exercises[1:])))
    driver = Driver(plan, Care(unsteady=True))
    driver.reach(S.READING)
    driver.wait(3000)
    assert driver.recorded("exercise_started")[0]["id"] == "knee"
    assert plan.prompts.say("only_low") in driver.texts()
    driver.finish()
    assert "bridge" not in {data["id"] for data in driver.recorded("exercise_started")}


def test_dizzy_before_a_session_of_standing_is_no_session() -> None:
    """Where nothing is left, the coach says so, and ends."""
    first = replace(PLAN.routine.exercises[0], position=Position.STANDING)
    driver = Driver(plan_of(replace(PLAN.routine, exercises=(first,))), Care(unsteady=True))
    driver.finish()
    assert driver.outcome == "ended"
    assert driver.recorded("exercise_started") == []
    assert PLAN.prompts.say("enough_today") in driver.texts()


def test_a_stop_does_not_take_an_alarm_back() -> None:
    """S7: silenced, and then continued, an alarm is told again, and stays the outcome."""
    listener, _ = asking()
    listener.say(C.EMERGENCY, C.STOP, C.RESUME)
    listener.wait(40_000)
    assert listener.finished == ["emergency"]
    other, _ = asking()
    other.say(C.EMERGENCY, C.STOP, C.END)
    other.wait(40_000)
    assert other.finished == ["emergency"]


def test_the_end_is_taken_at_its_word() -> None:
    """Nothing is kept, and there is no session."""
    listener, dialog = asking()
    listener.say(C.NO, C.END)
    listener.wait(10_000)
    assert (listener.finished, dialog.profile) == (["ended"], None)


@pytest.mark.rule("S26")
def test_dead_ears_are_told() -> None:
    """S26: the coach says that it cannot hear, and asks no more."""
    listener, _ = asking()
    listener.wait(2000)
    listener.give(Failed(listener.now, "recogniser", "unplugged"))
    listener.wait(5000)
    assert listener.texts()[-1] == SAY.say("cannot_hear")
    assert listener.state == S.PAUSED.value


@pytest.mark.rule("S20")
def test_a_refusal_offers_breathing_where_that_is_all() -> None:
    """S20: why, what instead, a minute of calm breathing on a yes, goodbye."""
    listener = refusing()
    listener.wait(8000)
    assert listener.texts()[:2] == ["You are unwell.", "Rest today."]
    listener.say(C.YES)
    listener.wait(80_000)
    assert SAY.say("breathe_in") in listener.texts()
    assert listener.finished == ["declined"]


@pytest.mark.parametrize("answers", [(C.NO,), (), (C.NOT_SURE, C.NO), (C.STOP, C.RESUME, C.NO)])
def test_a_refusal_ends_without_it(answers: tuple[C, ...]) -> None:
    """No, or no answer: goodbye."""
    listener = refusing()
    listener.wait(8000)
    listener.say(*answers)
    listener.wait(100_000)
    assert listener.finished == ["declined"]
    assert SAY.say("breathe_in") not in listener.texts()


def test_a_plain_refusal_says_why_and_what_instead() -> None:
    """Nothing is asked where nothing may be done."""
    listener = refusing(Declined("S9", ("You had a bad fall.",), ("See a doctor.",)))
    listener.wait(10_000)
    assert listener.texts() == ["You had a bad fall.", "See a doctor."]
    assert listener.finished == ["declined"]


@given(anything())
@settings(max_examples=60, deadline=None)
def test_a_talk_is_safe_whatever_happens(happenings: list[Happening]) -> None:
    """Whatever is said: nothing overlaps, halt words are live, a stop is silence at once, and the
    talk ends by itself.
    """
    for listener in (asking()[0], refusing()):
        for happening in happenings:
            listener.wait(happening.after)
            halting = happening.what == "heard" and happening.command in HALTING
            over = bool(listener.finished)
            listener.give(happening.event(listener.now))
            assert not overlaps(listener.sounds)
            if halting and not over:
                assert all(s.start >= listener.now for s in listener.sounds if s.end > listener.now)
            assert listener.finished or listener.live >= HALTING
        listener.wait(20 * 60_000)
        assert len(listener.finished) == 1


def test_what_is_live_answers_what_was_asked() -> None:
    """Yes and no are live in a question alone; "go", which sounds like "no", is not."""
    live = SCREENING.live(S.QUESTION)
    assert {C.YES, C.NO, C.NOT_SURE} <= live
    assert not live & {C.GO, C.RESUME}
    assert SCREENING.live(S.CLOSING) == REFUSAL.live(S.CLOSING) == HALTING | {C.PAUSE}
    for conversation in (SCREENING, REFUSAL):
        states = {state for state, _ in conversation.table}
        assert all(conversation.live(state) >= HALTING for state in states)
