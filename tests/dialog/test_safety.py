"""Halts, emergencies and silence, each rule by its number (S1, S5 to S8, S25, S26, S29, S30)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.dialog.driver import Driver
from tests.dialog.hurting import BRIDGE_OUT, PLAN, counting, hurting
from tests.dialog.test_table import at
from voicecoach.dialog.care import Care
from voicecoach.dialog.events import Failed
from voicecoach.dialog.reprompts import BREATH
from voicecoach.dialog.states import ACTIVE, BEFORE, SAFETY, WAITING, WORK, State
from voicecoach.eventlog.kinds import ExerciseStarted
from voicecoach.language.phrasebook import Command
from voicecoach.track import lines_of
from voicecoach.units import Ms

C, S = Command, State
LATER = [C.RESUME, C.NEXT, C.BACK, C.EASIER, C.START, C.NEVER_MIND, C.STOP_COUNTING]

"""Words that could lead on from a stop."""


@pytest.mark.parametrize("state", sorted(ACTIVE - {S.BREATHING}, key=lambda s: s.value))
def test_s1_a_stop_is_silence_and_stays(state: State) -> None:
    """S1: "stop" silences at once; then how to let go is said, and for ten minutes only hints."""
    driver = at(state)
    driver.say(C.STOP)
    said = driver.now
    assert not [s for s in driver.sounds if s.end > said and s.start < said]
    driver.wait(600_000)
    assert driver.state is S.STOPPED
    say = driver.plan.prompts.say
    lets_go = {say("ease_out")} if state in WORK else set()
    assert set(driver.texts(said)) == {"Stopped.", say("stopped_hint")} | lets_go


def test_s29_a_resume_begins_with_the_repetition_that_was_cut() -> None:
    """S29: "stop" in the third repetition, "continue": where to be and time to get there, a
    count-in, then the third one whole.
    """
    driver = counting()
    driver.say(C.STOP)
    driver.wait(5000)
    driver.say(C.RESUME)
    said = driver.now
    driver.reach(S.RESTING)
    settle = "Eight seconds to get ready."
    count_in = ["three", "two", "one", "go"]
    assert driver.texts(said)[:7] == ["Going on.", "Raise your hips.", settle, *count_in]
    assert [s.cue.n for s in driver.counts() if s.start > said] == [3, 4, 5, 6, 7, 8]


def test_s29_after_pain_the_score_comes_first() -> None:
    """S29: stopped after a pain, no word goes on before the score was asked again."""
    for word in LATER:
        driver = counting()
        driver.say(C.PAIN)
        driver.say(C.STOP)
        driver.say(word)
        assert driver.state in (S.ASK_SCORE, S.STOPPED), word


@pytest.mark.parametrize("word", LATER)
@pytest.mark.parametrize("state", sorted(SAFETY, key=lambda s: s.value))
def test_s29_a_stop_does_not_answer_a_question(state: State, word: C) -> None:
    """S29: a safety question that was cut off by "stop" is put again before anything goes on."""
    driver = at(state)
    driver.say(C.STOP)
    driver.say(word)
    assert driver.state in (state, S.STOPPED)


def test_s29_a_pause_does_not_answer_a_question_either() -> None:
    """S29: "stop", "pause" and then "next" after a pain still lead to the score."""
    driver = counting()
    for command in (C.PAIN, C.STOP, C.PAUSE, C.NEXT):
        driver.say(command)
    assert driver.state is S.ASK_SCORE


@pytest.mark.parametrize("state", [S.PAUSED, S.STOPPED])
def test_s29_no_to_the_end_is_no_word_to_go_on(state: State) -> None:
    """S29: whoever was paused or stopped and does not end the session is where he was."""
    driver = at(state)
    driver.say(C.END)
    driver.say(C.NO)
    assert driver.state is state


def test_s29_no_to_the_end_goes_on_where_nothing_was_halted() -> None:
    """In the middle of an exercise "no" means that it goes on, with time to get back to it: the
    question came after how to let go.
    """
    driver = counting()
    done, asked = driver.counts()[-1].cue.n, driver.now
    driver.say(C.END)
    driver.wait(1000)
    driver.say(C.NO)
    assert driver.state is S.SETTLING
    driver.wait(20_000)
    assert driver.texts(asked)[0] == "Ease out of it."
    after = [sound.cue.n for sound in driver.counts() if sound.start > asked]
    assert after[0] in (done, done + 1)


@pytest.mark.parametrize("state", sorted(SAFETY, key=lambda s: s.value))
def test_s25_the_end_that_nobody_confirms_is_back_at_the_question(state: State) -> None:
    """S25: "end session" and then silence is no answer to a safety question."""
    driver = at(state)
    driver.say(C.END)
    driver.wait(16_000)
    assert driver.state is state


@pytest.mark.parametrize("word", LATER)
@pytest.mark.parametrize(("score", "sharp"), [(2, C.YES), (8, C.NO)])
def test_s5_s6_no_word_leads_back_to_a_dropped_exercise(score: int, sharp: C, word: C) -> None:
    """S5, S6: after a strong or sharp pain, "stop" and any other word, the exercise stays out."""
    driver = hurting(score, sharp)
    driver.say(C.STOP)
    said = driver.now
    driver.say(word)
    driver.finish()
    started = [e.id for t, e in driver.records if isinstance(e, ExerciseStarted) and t > said]
    assert "bridge" not in started
    assert not [s for s in driver.counts() if s.start > said and s.cue.of == 8]


@pytest.mark.parametrize("state", sorted((ACTIVE | WAITING) - BEFORE, key=lambda s: s.value))
def test_s7_an_emergency_ends_the_session(state: State) -> None:
    """S7: from any state: helper called, the emergency number twice, the way out, the end."""
    driver = at(state)
    driver.say(C.EMERGENCY)
    said = driver.now
    assert driver.helped[-1] == "emergency"
    driver.finish()
    assert driver.outcome == "emergency"
    line = driver.plan.prompts.say("emergency")
    assert driver.texts(said).count(line) == 2
    assert driver.texts(said)[0] == line


def test_s7_dizzy_asks_about_the_chest() -> None:
    """S7: "dizzy" rules out an emergency first; after "no" it has to pass; "yes" is one."""
    for answer, state in ((C.NO, S.ASK_PASSED), (C.YES, S.CLOSING)):
        driver = counting()
        driver.say(C.UNWELL)
        assert driver.state is S.ASK_BREATHING
        driver.say(answer)
        assert driver.state is state


def test_s7_dizzy_in_pain_still_asks_for_the_score() -> None:
    """S29: a pain that was told before "dizzy" is asked for once that has passed."""
    driver = counting()
    for command in (C.PAIN, C.UNWELL, C.NO, C.YES):
        driver.say(command)
    assert driver.state is S.ASK_SCORE


@pytest.mark.parametrize("state", sorted(SAFETY, key=lambda s: s.value))
def test_s25_silence_leads_to_the_helper(state: State) -> None:
    """S25: the question again after 15 s; after a second 15 s check-ins, 15, 45 and 120 s later
    than that question, each with the question; then the helper and the end. It stays halted all
    the while.
    """
    driver = at(state)
    driver.say(C.REPEAT)
    asked = driver.now
    driver.reach(S.CLOSING)
    called = driver.now
    assert driver.helped == ["no answer to a safety question"]
    sounds = [s for s in driver.sounds if asked <= s.start < called]
    quiet = [b.start - a.end for a, b in pairwise(sounds)]
    assert [round(gap / 1000) for gap in quiet if gap > BREATH] == [15, 30, 30, 75]
    assert 14_000 <= called - sounds[-1].end <= 16_000
    check = driver.plan.prompts.say("check_in")
    assert [s.cue.text for s in sounds[-6:]] == [check, sounds[-1].cue.text] * 3
    driver.finish()
    assert driver.outcome == "no_answer"
    assert {state_ for t, state_ in driver.states if asked < t < called} == {state}


def test_s25_a_stop_does_not_hide_the_silence() -> None:
    """S25: "it hurts", "stop", and then no word: the question comes again, and the helper."""
    driver = counting()
    driver.say(C.PAIN)
    driver.say(C.STOP)
    driver.wait(17_000)
    assert driver.state is S.ASK_SCORE
    driver.finish()
    assert driver.outcome == "no_answer"


@pytest.mark.parametrize("state", [S.PAUSED, S.STOPPED])
def test_silence_elsewhere_ends_the_session_quietly(state: State) -> None:
    """Where no complaint was made, hints come further and further apart, and after a
    quarter of an hour the session ends with the way out; nobody is called.
    """
    driver = at(state)
    since = driver.now
    driver.finish()
    assert driver.outcome == "ended"
    assert driver.helped == []
    assert driver.now - since > 15 * 60_000
    assert BRIDGE_OUT in driver.texts(Ms(driver.now - 30_000))


def test_s26_dead_ears_pause_the_session() -> None:
    """S26: without recogniser it says so and pauses; nothing of the routine goes on."""
    for state in sorted(ACTIVE - {S.CLOSING}, key=lambda s: s.value):
        driver = at(state)
        driver.give(Failed(driver.now, "recogniser", "the microphone was unplugged"))
        failed = driver.now
        assert driver.state is S.PAUSED
        driver.wait(10_000)
        say = driver.plan.prompts.say
        lets_go = [say("ease_out")] if state in WORK else []
        assert driver.texts(failed) == [say("cannot_hear"), *lets_go]


def test_s26_dead_ears_do_not_hold_up_an_emergency() -> None:
    """The closing of a session goes on without recogniser."""
    driver = at(S.COUNTING)
    driver.say(C.EMERGENCY)
    driver.give(Failed(driver.now, "recogniser", "the microphone was unplugged"))
    assert driver.state is S.CLOSING


def test_s30_the_way_out_is_spoken_when_the_user_ends() -> None:
    """S30: "end session", "yes": first how to leave the position, then goodbye."""
    driver = counting()
    driver.say(C.END)
    driver.say(C.YES)
    said = driver.now
    driver.finish()
    assert driver.texts(said) == [BRIDGE_OUT, driver.plan.prompts.say("finished_early")]
    assert driver.outcome == "ended"


def test_s29_a_repetition_that_was_cut_in_its_last_moment_comes_again() -> None:
    """S29: the next count was handed over already, but had not begun: the cut one is led anew."""
    driver = counting()
    due = driver.counts()[-1].start + 6000
    driver.until(due - 100)
    assert driver.counts()[-1].cue.n == 4
    driver.say(C.PAUSE)
    said = driver.now
    assert driver.counts()[-1].cue.n == 3
    driver.say(C.RESUME)
    driver.reach(S.RESTING)
    assert [s.cue.n for s in driver.counts() if s.start > said] == [3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("words", [(C.SHARP_PAIN,), (C.PAIN, C.NUMBER, C.NO, C.NO), (C.STOP,)])
@pytest.mark.parametrize("then", [C.NEXT, C.RESUME, C.BACK, C.YES, C.EASIER])
def test_s7_nothing_leads_on_after_an_emergency(words: tuple[C, ...], then: C) -> None:
    """S7: pain, or a stop, while the session closes for an emergency: it only ever closes."""
    driver = counting()
    driver.say(C.EMERGENCY)
    driver.wait(1000)
    said = driver.now
    for word in (*words, then):
        driver.say(word, 8)
    driver.finish()
    assert driver.outcome == "emergency"
    assert not [t for t, e in driver.records if isinstance(e, ExerciseStarted) and t > said]


@pytest.mark.rule("S8")
@pytest.mark.parametrize("state", sorted((ACTIVE | WAITING) - BEFORE, key=lambda s: s.value))
def test_s8_saddle_numbness_ends_and_blocks(state: State) -> None:
    """S8: from any state: emergency care today, twice, the way out, the end; and nothing more until
    somebody has seen the user.
    """
    driver = at(state)
    driver.say(C.URGENT)
    said = driver.now
    line = driver.plan.prompts.say("urgent")
    driver.finish()
    assert driver.texts(said)[0] == line
    assert driver.texts(said).count(line) == 2
    assert driver.outcome == "urgent"
    assert driver.session.result.blocked


def test_s8_an_emergency_stays_the_graver_outcome() -> None:
    """S7 after S8 is an emergency, S8 after S7 is one still; both block what S8 blocks."""
    for first, second in ((C.URGENT, C.EMERGENCY), (C.EMERGENCY, C.URGENT)):
        driver = counting()
        driver.say(first)
        driver.say(second)
        driver.finish()
        assert driver.outcome == "emergency"
        assert driver.session.result.blocked


@pytest.mark.parametrize("command", [C.PAIN, C.TOO_MUCH, C.SHARP_PAIN])
@pytest.mark.parametrize("state", [S.COUNTING, S.HOLDING, S.ROLLING])
def test_s30_the_way_out_comes_before_the_question(state: State, command: C) -> None:
    """S30: whoever works, holds or lies on the roller is told the way out before any question."""
    driver = Driver(PLAN)
    driver.reach(state)
    driver.wait(2000)
    driver.say(command)
    said = driver.now
    out = lines_of(driver.plan.way_out(["counting", "holding", "rolling"].index(state.value)))
    driver.wait(12_000)
    texts = driver.texts(said)
    assert texts.index(out[0]) <= 1
    assert any("?" in text for text in texts[texts.index(out[-1]) :])


def test_s30_the_way_out_is_said_once_and_there_is_time_to_come_back() -> None:
    """Told once, it is not repeated; who goes on gets the time to settle, and says "ready"."""
    driver = counting()
    driver.say(C.PAIN)
    driver.wait(8000)
    driver.say(C.NUMBER, 1)
    driver.say(C.NO)
    driver.say(C.YES)
    assert driver.state is S.SETTLING
    driver.wait(4000)
    driver.say(C.READY)
    driver.reach(S.RESTING)
    assert driver.texts().count(BRIDGE_OUT) == 1
    assert [s.cue.n for s in driver.counts()] == [1, 2, 3, 3, 4, 5]


def test_s30_a_way_out_that_was_cut_comes_again() -> None:
    """Answered before it had sounded, it is said when the exercise is left."""
    driver = counting()
    driver.say(C.PAIN, region="hip")
    driver.say(C.NUMBER, 8)
    driver.say(C.NO)
    said = driver.now
    driver.wait(5000)
    assert driver.texts(said)[0] == BRIDGE_OUT


def test_s30_nobody_is_told_to_leave_what_is_no_strain() -> None:
    """In a description, or at rest, "it hurts" leads to the question at once."""
    for state in (S.READING, S.RESTING):
        driver = at(state)
        driver.say(C.PAIN)
        said = driver.now
        driver.wait(5000)
        assert BRIDGE_OUT not in driver.texts(said)


def test_s26_dead_ears_are_told_in_a_question_too() -> None:
    """S26, S25: the question stays, and its ladder leads to the helper."""
    driver = at(S.ASK_SCORE)
    driver.give(Failed(driver.now, "recogniser", "the microphone was unplugged"))
    failed = driver.now
    driver.wait(5000)
    assert driver.texts(failed) == [driver.plan.prompts.say("cannot_hear")]
    assert driver.state is S.ASK_SCORE
    driver.finish()
    assert driver.outcome == "no_answer"


def test_s17_dizzy_turns_to_the_left_where_that_is_told() -> None:
    """S17: "dizzy" late in a pregnancy: roll onto the left side."""
    for left in (True, False):
        driver = Driver(PLAN, Care(lie_left=left))
        driver.reach(S.RESTING)
        driver.say(C.UNWELL)
        driver.wait(4000)
        assert (driver.plan.prompts.say("roll_left") in driver.texts()) is left


def test_s5_the_region_is_asked_for() -> None:
    """S5: the place that is named decides what else is left out; "not sure" twice is all of it."""
    for answers, gone in (
        (((C.PLACE, "upper-back"),), ["bridge", "rolling"]),
        (((C.PAIN, "arm"),), ["bridge", "arms"]),
        (((C.NOT_SURE, None), (C.NOT_SURE, None)), ["bridge", "knee"]),
    ):
        driver = counting()
        for command, number in ((C.PAIN, None), (C.NUMBER, 7), (C.NO, None)):
            driver.say(command, number)
        for command, region in answers:
            assert driver.state is S.ASK_WHERE
            driver.say(command, region=region)
        assert [data["id"] for data in driver.recorded("dropped")] == gone


def test_s7_the_chest_is_asked_about() -> None:
    """S7: "my chest", as the place of a pain: is it hard to breathe; "no" goes on with the rule."""
    for answer, state in ((C.YES, S.CLOSING), (C.NO, S.OFFER_BREATHING)):
        driver = counting()
        for command, number in ((C.PAIN, None), (C.NUMBER, 7), (C.NO, None)):
            driver.say(command, number)
        driver.say(C.PLACE, region="chest")
        assert driver.state is S.ASK_BREATHING
        driver.say(answer)
        assert driver.state is state


def test_s6_what_is_sharp_may_come_from_elsewhere() -> None:
    """S6: down the leg in a hip exercise: what loads the leg and what loads the hip is left out."""
    driver = counting()
    driver.say(C.SHARP_PAIN)
    driver.say(C.PLACE, region="arm")
    assert [data["id"] for data in driver.recorded("dropped")] == ["bridge", "knee", "arms"]
