"""The lesson in which the user teaches the coach how they say the words that matter most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dialog.driver import length
from tests.dialog.test_before_session import Listener
from tests.english import BOOK, SAY
from voicecoach.dialog.events import Failed, Heard, Said, Unclear
from voicecoach.dialog.lesson import LESSON, TAKES, TRIES, Learns, lesson_of, teach_lines
from voicecoach.dialog.states import State
from voicecoach.dialog.teach_dialog import TeachDialog
from voicecoach.language.phrasebook import Command

C, S = Command, State
FORMS = lesson_of(BOOK)


class Pupil(Listener):
    """A user who answers in the lesson."""

    def __init__(self, offered: bool = False, learns: Learns = bool) -> None:
        self.lesson = TeachDialog(FORMS, SAY, length, offered=offered, learns=learns)
        super().__init__(self.lesson, teach_lines(FORMS, SAY))

    def sounds_as(self, form: str, *embedding: float) -> None:
        """Say a form after 4 s, by voice."""
        self.wait(4000)
        said = Said(form, embedding or (1.0, 0.0))
        self.give(Heard(self.now, BOOK.meanings[form].command, self.now, said=said))

    def mumble(self, form: str | None, distinct: bool = True) -> None:
        """Say what is no command for sure."""
        self.wait(4000)
        said = Said(form, (0.6, 0.8)) if form else None
        self.give(Unclear(self.now, distinct=distinct, said=said))


def test_each_form_is_asked_for_three_times_and_once_softly() -> None:
    """All takes are collected, in their order; the lesson ends by itself."""
    pupil = Pupil()
    for form in FORMS:
        for take in range(TAKES):
            pupil.sounds_as(form, float(take), 1.0)
    pupil.wait(8000)
    assert pupil.finished == ["done"]
    assert {form: len(takes) for form, takes in pupil.lesson.takes.items()} == dict.fromkeys(
        FORMS, TAKES
    )
    assert pupil.lesson.takes["stop"][2] == (2.0, 1.0)
    assert pupil.texts().count(SAY.say("teach_softly")) == len(FORMS)
    assert SAY.say("teach_thanks") in pupil.texts()


@pytest.mark.rule("S1")
@pytest.mark.parametrize("form", ["stop", "help", "it hurts"])
def test_a_halt_that_was_not_asked_for_is_a_halt(form: str) -> None:
    """While another form is taught it means what it always does, and nothing is learned."""
    pupil = Pupil()
    for _ in range(TAKES):
        pupil.sounds_as("stop")
    if form == "it hurts":
        for _ in range(TAKES):
            pupil.sounds_as("it hurts")
    pupil.sounds_as(form)
    assert pupil.dialog.state in {S.STOPPED, S.ASK_HELP, S.ASK_PASSED}
    pupil.give(Heard(pupil.now, C.RESUME, pupil.now))
    assert len(pupil.lesson.takes.get(form, ())) in {0, TAKES}


@pytest.mark.rule("S1")
def test_a_typed_stop_is_a_stop() -> None:
    """It has no sound, so it is never a take; "continue" asks for the form again."""
    pupil = Pupil()
    pupil.wait(9000)
    pupil.give(Heard(pupil.now, C.STOP, pupil.now))
    assert pupil.dialog.state is S.STOPPED
    pupil.say(C.RESUME)
    assert pupil.dialog.state is S.TEACHING
    assert pupil.lesson.takes == {}


@pytest.mark.rule("S7")
def test_an_emergency_ends_the_lesson() -> None:
    """The number twice, and the helper, as everywhere."""
    pupil = Pupil()
    pupil.say(C.EMERGENCY)
    pupil.wait(40_000)
    assert pupil.finished == ["emergency"]
    assert pupil.helped == ["emergency"]


def test_an_unsure_form_is_a_take() -> None:
    """Who is heard badly needs it most: what the recogniser took for the form counts."""
    pupil = Pupil()
    pupil.mumble("stop")
    assert pupil.lesson.takes == {"stop": [(0.6, 0.8)]}


def test_another_word_is_asked_again_and_then_left_out() -> None:
    """A sound that is not distinct is not even answered."""
    pupil = Pupil()
    pupil.mumble(None, distinct=False)
    pupil.wait(2000)
    assert SAY.say("teach_missed", form="stop") not in pupil.texts()
    for _ in range(TRIES):
        pupil.sounds_as("yes")
    pupil.wait(5000)
    assert pupil.texts().count(SAY.say("teach_missed", form="stop")) == TRIES - 1
    assert pupil.texts()[-2:] == [SAY.say("teach_skip"), SAY.say("teach_say", form=FORMS[1])]


def test_silence_leaves_a_form_out_and_then_ends() -> None:
    """Nothing said: the form once more, the next one once more, and it is over."""
    pupil = Pupil()
    pupil.wait(90_000)
    assert pupil.finished == ["done"]
    assert pupil.texts().count(SAY.say("teach_say", form=FORMS[0])) == 2
    assert pupil.texts()[-1] == SAY.say("teach_nothing")
    assert pupil.helped == []


def test_a_form_can_be_left_out_and_the_lesson_ended() -> None:
    """The next form after "never mind"; "end session" ends with what was taught."""
    pupil = Pupil()
    pupil.say(C.NEVER_MIND)
    pupil.sounds_as(FORMS[1])
    pupil.sounds_as(FORMS[1])
    pupil.say(C.END)
    pupil.wait(8000)
    assert pupil.finished == ["done"]
    assert list(pupil.lesson.takes) == [FORMS[1]]


def test_it_can_be_declined() -> None:
    """Only where it is offered; no answer goes on without, and is no refusal."""
    pupil = Pupil(offered=True)
    assert pupil.dialog.state is S.QUESTION
    pupil.say(C.NO)
    pupil.wait(5000)
    assert pupil.finished == ["done"]
    assert pupil.lesson.declined
    silent = Pupil(offered=True)
    silent.wait(90_000)
    assert silent.finished == ["unanswered"]
    assert not silent.lesson.declined


def test_a_lost_microphone_ends_it() -> None:
    """The coach says that it cannot hear, and nothing waits for ever."""
    pupil = Pupil()
    pupil.wait(3000)
    pupil.give(Failed(pupil.now, "recogniser", "it died"))
    pupil.wait(120_000)
    assert pupil.finished == ["done"]
    assert SAY.say("cannot_hear") in pupil.texts()


@given(st.lists(st.sampled_from([*FORMS, "dizzy", "continue", "pause"]), max_size=12), st.data())
def test_it_goes_on_from_where_it_was_saved(words: list[str], data: st.DataObject) -> None:
    """Whatever was said: takes, tries and place are as before."""
    pupil, at = Pupil(), data.draw(st.integers(0, 12))
    for word in words[:at]:
        pupil.sounds_as(word)
    other = Pupil()
    other.dialog.load(pupil.dialog.save())
    other.now = pupil.now
    for word in words[at:]:
        pupil.sounds_as(word)
        other.sounds_as(word)
        assert other.dialog.state is pupil.dialog.state
    assert other.lesson.takes == pupil.lesson.takes


def test_the_lesson_has_what_matters_most() -> None:
    """Each form means its own command."""
    assert [BOOK.meanings[form].command for form in FORMS] == list(LESSON)


@pytest.mark.parametrize("end", [C.END, C.STOP])
@pytest.mark.parametrize("learned", range(len(FORMS)))
def test_an_early_end_tells_what_was_learned_and_no_more(end: Command, learned: int) -> None:
    """However the user ends it, and however much was said of the next form."""
    pupil = Pupil()
    for form in FORMS[:learned]:
        for _ in range(TAKES):
            pupil.sounds_as(form)
    pupil.wait(9000)
    pupil.say(end)
    if end is C.STOP:
        pupil.say(C.END)
    pupil.wait(20_000)
    words = [SAY.say("teach_word", form=form) for form in FORMS[:learned]]
    told = [SAY.say("teach_some"), *words] if learned else [SAY.say("teach_nothing")]
    assert pupil.texts()[-len(told) :] == told
    assert SAY.say("teach_thanks") not in pupil.texts()


def test_what_was_said_but_not_learned_is_not_claimed() -> None:
    """Takes that are unlike each other teach nothing."""
    pupil = Pupil(learns=lambda takes: len(takes) > TAKES)
    for _ in range(TAKES):
        pupil.sounds_as(FORMS[0])
    pupil.say(C.END)
    pupil.wait(9000)
    assert pupil.texts()[-1] == SAY.say("teach_nothing")
