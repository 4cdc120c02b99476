"""Which routines are open to a user, in sentences that can be rendered before the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from voicecoach.language.model import Language
from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.profile import Profile
from voicecoach.screening.verdicts import Adapted


def open_to(
    profile: Profile,
    today: date,
    language: Language,
    shelf: Iterable[Routine],
    library: Sequence[Exercise] = (),
) -> list[Routine]:
    """Return the routines of `shelf` of which anything is led on that day."""
    return [
        routine
        for routine in shelf
        if isinstance(adapt(routine, profile, today, language, library), Adapted)
    ]


def outlook(left: Sequence[Routine], shelf: Sequence[Routine], say: Prompts) -> tuple[str, ...]:
    """Return sentences that tell which routines of `shelf` are `left`: the shorter list by name."""
    if not shelf:
        return ()
    shut = [routine for routine in shelf if routine not in left]
    if not shut:
        return (_counted("open_all", len(left), say),)
    if len(left) > len(shut):
        return (_counted("open_but", len(left), say), *map(_named, shut))
    key = ("open_none", "open_one")[len(left)] if len(left) < 2 else "open_some"
    return (_counted(key, len(left), say), *map(_named, left))


def outlook_lines(shelf: Sequence[Routine], say: Prompts) -> list[str]:
    """Return every sentence that `outlook` may give for these routines."""
    counts = range(len(shelf) + 1)
    keys = ("open_all", "open_but", "open_none", "open_one", "open_some")
    lines = {_counted(key, n, say) for key in keys for n in counts}
    return sorted(lines | {_named(routine) for routine in shelf})


def _counted(key: str, n: int, say: Prompts) -> str:
    line = say.adapt[key].format(n=say.number(n))
    return line[:1].upper() + line[1:]


def _named(routine: Routine) -> str:
    return f"{routine.name}."
