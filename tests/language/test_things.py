"""Exercises and routines are called by their names: in forms that live only in the menu."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.app.rehearsals import SMALL
from tests.effort import thorough
from tests.english import BOOK, LANGUAGE, SAY, parse
from tests.language.test_collisions import ALLOWED, telling
from voicecoach.app.mixes import HEAD
from voicecoach.app.routine_library import readable_routines
from voicecoach.app.things_at_hand import names_of, things_on
from voicecoach.dialog.menu_dialog import MENU
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import HALTING, Command, Meaning, Phrasebook
from voicecoach.language.things import Thing, called, named_forms
from voicecoach.screening.profile import Profile

C = Command
DAY = date(2026, 3, 1)
LIKED = Profile().like("core-and-control", DAY).like("desk-break", DAY)


@cache
def shipped() -> Phrasebook:
    """Return the phrases with the names of all that is shipped."""
    return BOOK.adding(names_of(readable_routines(LANGUAGE), LIKED, LANGUAGE))


def test_all_that_is_shipped_can_be_called() -> None:
    """Each exercise and routine has a name, and the recogniser knows each word of each form."""
    exercises, routines = things_on(readable_routines(LANGUAGE), BOOK)
    assert [thing.id for thing in (*exercises, *routines) if not thing.names] == []
    new = shipped().meanings.keys() - BOOK.meanings.keys()
    assert len(new) > 1000
    assert BOOK.knows(word for form in new for word in form.split())


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("leave out the windmill for good", Meaning(C.LEAVE_OUT, thing="windmill")),
        ("please leave out the pelvic lift", Meaning(C.LEAVE_OUT, thing="pelvic-lift")),
        ("ten instead of twelve for rowing from now on", Meaning(C.COUNT, 10, thing="rowing")),
        ("eight for the cat", Meaning(C.COUNT, 8, thing="cat")),
        ("start the desk break", Meaning(C.START, thing="desk-break")),
        ("add core and control to my favourites", Meaning(C.LIKE, thing="core-and-control")),
        ("take the desk break off my favourites", Meaning(C.UNLIKE, thing="desk-break")),
        ("do my favourite", Meaning(C.START, thing="desk-break")),
        ("ten for knees to one side", None), ("leave out the moon", None), ("do my mix", None),
    ],
)  # fmt: skip
def test_what_is_named_is_meant(said: str, meaning: Meaning | None) -> None:
    """The exercise and the number; nothing where nothing is counted, or nothing is called so."""
    assert shipped().meaning(said) == meaning
    assert BOOK.meaning(said) is None


def test_a_mix_is_called_by_its_name_or_as_the_last_one(tmp_path: Path) -> None:
    """A name of which a word is not known is none."""
    known = tmp_path / "morning-stretch.yaml"
    known.write_text(HEAD + SMALL.replace("id: two", "id: morning-stretch"), "utf-8")
    mix = parse(SMALL.replace("id: two", "id: morning-stretch"), str(known))
    book = BOOK.adding(names_of([mix], Profile(), LANGUAGE))
    for said in ("start morning stretch", "do my mix", "start my own mix"):
        assert book.meaning(said) == Meaning(C.START, thing="morning-stretch")
    assert called("Zzyzx stretch", BOOK) == ""
    assert called("The morning-stretch, at home", BOOK) == "morning stretch"


def test_what_means_something_keeps_its_meaning() -> None:
    """A routine of an unlucky name takes no command away; of two of one name the first counts."""
    first, second = (Thing(id_, ("the session",)) for id_ in ("one", "two"))
    forms = named_forms(BOOK, SAY, (), [first, second])
    assert {meaning.thing for meaning in forms.values()} == {"one"}
    book = BOOK.adding({"end the session": Meaning(C.START, thing="one"), **forms})
    assert book.meanings["end the session"] == Meaning(C.END)


def test_they_live_in_the_menu_alone() -> None:
    """And their number stays what a recogniser can take, with all that is shipped."""
    for state in (State.MENU, State.QUESTION):
        assert len(shipped().grammar(MENU.live(state))) < 1300
    asleep = shipped().grammar(MENU.live(State.IDLE))
    assert asleep == BOOK.grammar(MENU.live(State.IDLE))


@pytest.mark.skipif(not thorough(), reason="300,000 pairs: in a thorough run")
def test_no_name_sounds_like_a_command() -> None:
    """None of the forms that are listened for is close to one of another command of the menu."""
    live = MENU.live(State.MENU) | MENU.live(State.QUESTION)
    heard = shipped().grammar(live)
    named = [form for form in heard if form not in BOOK.meanings and form in shipped().meanings]
    close = {
        tuple(sorted(words))
        for form in named
        for other in heard & BOOK.meanings.keys()
        if shipped().meanings[form].command is not BOOK.meanings[other].command
        if (words := telling(form.split(), other.split()))
    }
    assert close - ALLOWED.keys() == set()


def test_no_name_halts() -> None:
    """A form with a halt inside would be obeyed as one in free speech."""
    new = {form: m for form, m in shipped().meanings.items() if form not in BOOK.meanings}
    assert not [m for m in new.values() if m.command in HALTING]
    assert not [form for form in new if shipped().halts_in(form)]
