"""How the exercises and routines at hand are called by voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from voicecoach.app.mixes import latest_mix
from voicecoach.language.model import Language
from voicecoach.language.phrasebook import Meaning, Phrasebook
from voicecoach.language.things import Thing, called, named_forms
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.profile import Profile


def names_of(
    shelf: Sequence[Routine], profile: Profile, language: Language
) -> Mapping[str, Meaning]:
    """Return the forms by which the menu's user can name an exercise or a routine of `shelf`.

    A title is a name, and so is an id. One with a word that the recogniser does not know is none;
    but "my mix" is the mix that was made last, and "my favourite" what was liked last.
    """
    book = language.phrasebook
    exercises, routines = things_on(shelf, book)
    own = _own(shelf, profile, book)
    return named_forms(book, language.prompts, exercises, [*own, *routines])


def exercise_on(shelf: Sequence[Routine], id_: str) -> Exercise | None:
    """Return the first exercise of `shelf` with that id, if there is one."""
    return next((one for routine in shelf for one in routine.exercises if one.id == id_), None)


def things_on(shelf: Sequence[Routine], book: Phrasebook) -> tuple[list[Thing], list[Thing]]:
    """Return the exercises and the routines of `shelf`, with their names."""
    routines = [Thing(one.id, _names(book, one.name, one.id)) for one in shelf]
    same: dict[str, list[Exercise]] = {}
    for exercise in (exercise for one in shelf for exercise in one.exercises):
        same.setdefault(exercise.id, []).append(exercise)
    return [_thing(id_, ones, book) for id_, ones in same.items()], routines


def _thing(id_: str, ones: Sequence[Exercise], book: Phrasebook) -> Thing:
    counts = {one.dose.count for one in ones} - {0}
    return Thing(id_, _names(book, *(one.name for one in ones), id_), tuple(sorted(counts)))


def _names(book: Phrasebook, *titles: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (called(title, book) for title in titles) if name))


def _own(shelf: Sequence[Routine], profile: Profile, book: Phrasebook) -> Iterable[Thing]:
    if newest := latest_mix(shelf):
        yield Thing(newest.id, book.called["mix"])
    ids = {one.id for one in shelf}
    liked = [id_ for id_ in profile.favourites if id_ in ids]
    if liked:
        yield Thing(liked[-1], book.called["favourite"])
