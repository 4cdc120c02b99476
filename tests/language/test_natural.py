"""What people say in their own words, and what they say that is no command."""

from __future__ import annotations

import pytest

from tests.english import BOOK
from voicecoach.language.phrasebook import HALTING, Command, Meaning
from voicecoach.routine.model import Region

C = Command

SAID = {
    C.STOP: (
        "please stop, okay stop, no no stop, no wait stop, hey coach stop, i said stop, make it "
        "stop, stop please, oh please stop it now, can you stop, no no no stop, i want to stop, "
        "stop right now, please be quiet"
    ),
    C.PAIN: (
        "it hurts a lot, that really hurts, i'm in pain, i pulled a muscle, i have a cramp, my "
        "wrist hurts, my elbow hurts, my ribs hurt, my calf hurts, my knees hurt, my left knee "
        "hurts, my leg is cramping, no it hurts, ow it hurts, oh my back hurts, pain in my lower "
        "back, my right shoulder is killing me, i've got a cramp in my foot"
    ),
    C.SHARP_PAIN: "my foot is numb, my left arm is tingling, it's burning, a sharp pain",
    C.UNWELL: ("i don't feel well, i feel a bit dizzy, i'm feeling sick, i feel light headed"),
    C.EMERGENCY: (
        "call an ambulance, i have chest pain, my chest is hurting, please call an ambulance"
    ),
    C.HELP: (
        "i need help, help me please, i've fallen, please help me, somebody help, i can't move"
    ),
    C.PAUSE: (
        "pause please, wait a minute, i need a break, please wait, can we pause, just a moment"
    ),
    C.RESUME: "okay continue, please continue, let's go on, continue now",
    C.GO: "let's go, okay go",
    C.READY: "all set, okay i'm ready, i'm all set",
    C.NEXT: "next one, skip it, next please, please skip this one, next exercise",
    C.BACK: "start over, please go back",
    C.REPEAT: ("one more time, what did you say, say that again please, sorry what did you say"),
    C.SLOWER: ("slow down please, that's too fast, slower please, too fast, way too fast"),
    C.FASTER: "that's too slow, faster please",
    C.EASIER: "make it easier, easier please",
    C.HARDER: "too easy, this is too easy, make it harder",
    C.TOO_MUCH: "this is too hard, it's too much, i can't do this",
    C.LOUDER: "speak up, turn it up, too quiet, i can't hear you, louder please",
    C.QUIETER: "too loud, turn it down, quieter please",
    C.HOW_LONG: "how much longer, how much time is left",
    C.HOW_MANY: "how many reps left, how many are left, how many more please",
    C.WHATS_NEXT: "what comes next, what's next please",
    C.DONE: "i'm done, i've finished, all done",
    C.END: "that's all, bye, goodbye coach, please end the session",
    C.YES: "sure, yes please, yes it does, yes it is, kind of, of course, yeah",
    C.NO: (
        "nah, not really, no it doesn't, no it isn't, no thank you, no thanks, i don't think so"
    ),
    C.NO_PAIN: "nothing, none, no pain, it doesn't hurt, no it doesn't hurt, no pain now",
    C.NOT_SURE: "i'm not sure, i don't know, maybe",
}


@pytest.mark.parametrize("command", SAID)
def test_people_say_it_in_their_own_words(command: Command) -> None:
    """Polite, filled and longer forms mean what the short one means."""
    found = {said: BOOK.meaning(said) for said in SAID[command].split(", ")}
    assert {said: m and m.command for said, m in found.items()} == dict.fromkeys(found, command)


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("my left knee hurts", "knee"), ("my knees hurt", "knee"), ("my wrist hurts", "arm"),
        ("my calf is cramping", "leg"), ("pain in my lower back", "low-back"),
        ("my right shoulder blade hurts", "shoulder"), ("my foot is numb", "leg"),
        ("in my upper back", "upper-back"), ("my left hip", "hip"), ("it's my neck", "neck"),
        ("my chest", "chest"), ("my ribs", "chest"), ("my stomach", "abdomen"), ("my head", "neck"),
    ],
)  # fmt: skip
def test_a_place_is_understood(said: str, region: str) -> None:
    """Whatever the complaint, the region is that of the part of the body that was named."""
    meaning = BOOK.meaning(said)
    assert meaning is not None
    assert meaning.region == region


@pytest.mark.parametrize(
    "said",
    ["don't stop", "please don't stop", "bus stop", "stop the music", "alexa stop the music",
     "stop counting", "it doesn't hurt", "no pain", "not dizzy", "i'm not dizzy", "too quiet",
     "does it hurt", "if it hurts", "when do we stop", "don't stop counting", "never stop",
     "should it hurt", "it does not hurt", "that's not too quiet"],
)  # fmt: skip
def test_what_is_denied_quoted_or_asked_halts_nothing(said: str) -> None:
    """A halt word in it is not a halt, spoken or typed."""
    meaning = BOOK.meaning(said)
    assert meaning is None or meaning.command not in HALTING
    assert meaning is not None or BOOK.halt_within(said) is None


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("would you just stop already", C.STOP), ("ouch that was my knee", C.PAIN),
        ("stop you stupid machine", C.STOP), ("somebody please come and help me", C.HELP),
        ("aah it hurts like hell", C.PAIN), ("i think i feel faint", C.EMERGENCY),
    ],
)  # fmt: skip
def test_free_text_halts_anywhere(said: str, command: Command) -> None:
    """A halt word anywhere in a short text that is typed is a halt."""
    form = BOOK.find(said) or BOOK.halt_within(said)
    assert form is not None
    assert BOOK.meanings[form].command is command


def test_a_long_text_is_a_story() -> None:
    """Beyond so many words a halt word in free text is part of a story."""
    assert BOOK.halt_within("and then we drove on to the next stop") is None


@pytest.mark.parametrize("form", sorted(BOOK.quick))
def test_around_a_halt_word_anything_may_stand(form: str) -> None:
    """Each word that means nothing, before and after, and two of them."""
    before, after = BOOK.around.before | BOOK.around.before_halt, BOOK.around.after
    for word in before:
        for other in before:
            assert BOOK.find(f"{word} {other} {form}") == form
        assert all(BOOK.find(f"{word} {form} {end}") == form for end in after)


def test_words_without_meaning_are_no_commands() -> None:
    """What may stand around a form is no form, but those that the file names as both."""
    both = (BOOK.around.before | BOOK.around.after | BOOK.around.before_halt) & set(BOOK.meanings)
    names = set(BOOK.names["coach"])
    assert both == {"okay", "sorry", "no", "yes", "wait", "ow", "ouch", *names}


def test_the_longest_form_is_found() -> None:
    """What stands around a form is never taken for the form."""
    assert BOOK.meaning("no stop") == Meaning(C.STOP)
    assert BOOK.meaning("wait a minute") == Meaning(C.PAUSE)
    assert BOOK.meaning("okay okay") == Meaning(C.OKAY)
    assert BOOK.find("yes yes") is None


def test_numbers_are_heard_with_words_that_sound_like_them() -> None:
    """The recogniser cannot tell "two" from "to"; in a longer text only one of them makes sense."""
    assert BOOK.meaning("to out of ten") == Meaning(C.NUMBER, number=2)
    assert BOOK.meaning("for to five") == Meaning(C.NUMBER, number=5)
    assert BOOK.meaning("maybe a ate") == Meaning(C.NUMBER, number=8)
    assert BOOK.meaning("too quiet") == Meaning(C.LOUDER)
    assert BOOK.meaning("for") is None


def test_pain_in_the_chest_is_an_emergency_however_it_is_told() -> None:
    """S7: wherever in the chest, and whatever it feels like; as a bare place it is asked about, and
    an exercise for it can be wished for.
    """
    told = [
        form for form, m in BOOK.meanings.items() if form.endswith("chest") or " chest " in form
    ]
    meant = {BOOK.meanings[form].command for form in told}
    assert len(told) > 20
    assert meant == {C.EMERGENCY, C.PLACE, C.WISH, C.ROLL}


def test_every_region_can_be_named() -> None:
    """An answer to "where is it" exists for each region of the routines."""
    named = {m.region for m in BOOK.meanings.values() if m.command is C.PLACE}
    assert named == {region.value for region in Region} - {"saddle"}


def test_a_typed_figure_is_a_number() -> None:
    """Who types writes "5"."""
    assert [BOOK.meaning(str(n)) for n in range(11)] == [
        Meaning(C.NUMBER, number=n) for n in range(11)
    ]
    assert BOOK.meaning("7 out of 10") == Meaning(C.NUMBER, number=7)
    assert BOOK.meaning("4 or 5") == Meaning(C.NUMBER, number=5)
    assert BOOK.meaning("11") is None
