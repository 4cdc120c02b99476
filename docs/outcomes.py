"""The text of docs/screening-outcomes.md: what answers, and every two of them, leave of a routine.

docs/diagram.py writes it. An answer is a yes to a question that everybody is asked, with the
answers to what follows from it. The tests compare the page with the code, and try the same people
on other claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Final

from voicecoach.app.routine_library import load_routine, shipped_exercises
from voicecoach.language.loader import load_language
from voicecoach.routine.model import Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questions import QUESTIONS, Question
from voicecoach.screening.verdicts import Adapted, Declined

ROOT = Path(__file__).parents[1]
LANGUAGE = load_language("en")
DAY: Final = date(2026, 11, 21)
"""Any day: the answers are all of that day."""

Condition = Mapping[Fact, bool]

HEAD = """\
# What the answers leave of the routines

<!-- made by docs/diagram.py: do not edit -->

Of each shipped routine, what is led for everybody who says yes to one question, or to two, and
no to all others. "no" after a name means that it was answered by no. How the answers are asked
for, and by which rules they count, stands on [Safety rules](safety.md). "Shorter" and "longer"
are the doses of S19 and S35.
"""


def conditions() -> list[Condition]:
    """Return every way through each question and its follow-ups, from a yes to the first."""
    return [way for question in QUESTIONS if question.after is None for way in _ways(question)]


def _ways(question: Question) -> list[dict[Fact, bool]]:
    ways: list[dict[Fact, bool]] = [{question.fact: True}]
    for follow in QUESTIONS:
        ways = [new for way in ways for new in _answered(way, follow)]
    return ways


def _answered(way: dict[Fact, bool], follow: Question) -> list[dict[Fact, bool]]:
    if follow.after is None or way.get(follow.after) is not follow.on:
        return [way]
    return [{**way, follow.fact: yes} for yes in (True, False)]


def pairs() -> list[tuple[Condition, Condition]]:
    """Return every two conditions of different questions."""
    return [two for two in combinations(conditions(), 2) if not two[0].keys() & two[1].keys()]


def profile_of(condition: Condition, day: date = DAY) -> Profile:
    """Return somebody of whom that holds, and who said no to all other questions, on `day`."""
    answers = let_through(day).answers
    for fact, yes in condition.items():
        answers = answers.with_answer(fact, yes, day)
    return Profile().with_answers(answers, day)


@dataclass(frozen=True, slots=True)
class Left:
    """What is led of a routine: ids of exercises, or nothing by a rule."""

    ids: tuple[str, ...] = ()
    rule: str = ""
    whole: bool = False
    """Whether nothing is led of any routine."""
    dose: str = ""
    """How a dose differs: "longer" or "shorter"."""


class Shelf:
    """The shipped routines, and what is left of each for a person."""

    def __init__(self) -> None:
        files = sorted((ROOT / "routines").glob("*.yaml"))
        self.routines = [load_routine(path, LANGUAGE) for path in files]
        self.library = tuple(shipped_exercises(LANGUAGE))

    def left(self, condition: Condition) -> dict[str, Left]:
        """Return what is left of each routine, by its id."""
        profile = profile_of(condition)
        return {routine.id: self._left(routine, profile) for routine in self.routines}

    def own(self, id_: str) -> list[str]:
        """Return the ids of a routine's own exercises."""
        (found,) = (routine for routine in self.routines if routine.id == id_)
        return [exercise.id for exercise in found.exercises]

    def _left(self, routine: Routine, profile: Profile) -> Left:
        answer = adapt(routine, profile, DAY, LANGUAGE, self.library)
        if isinstance(answer, Declined):
            return Left(rule=answer.rule, whole=not answer.others)
        return Left(tuple(e.id for e in answer.routine.exercises), dose=_dose(routine, answer))


def _dose(routine: Routine, answer: Adapted) -> str:
    rules = {change.rule for change in answer.changes}
    plain = {exercise.id: exercise.dose for exercise in routine.exercises}
    new = [e for e in answer.routine.exercises if e.dose != plain.get(e.id, e.dose)]
    words = ["longer"] * ("S19" in rules) + ["shorter"] * bool(new and "S35" in rules)
    return " and ".join(words)


def page() -> str:
    """Return the whole page."""
    shelf = Shelf()
    singles = [(condition, shelf.left(condition)) for condition in conditions()]
    refused = [(one, left) for one, left in singles if _refused(left)]
    led = [(one, left) for one, left in singles if not _refused(left)]
    parts = [HEAD, "## One answer: no session\n", *_no_session(refused), ""]
    parts += ["## One answer: some routines\n", *_some(led, shelf.routines), ""]
    parts += ["## Two answers\n", *_pairs(shelf, led, len(refused))]
    return "\n".join(parts) + "\n"


def _refused(left: Mapping[str, Left]) -> bool:
    return all(one.whole for one in left.values())


def _no_session(refused: Sequence[tuple[Condition, Mapping[str, Left]]]) -> Iterator[str]:
    yield "| answers | rule |"
    yield "| --- | --- |"
    groups: dict[str, list[str]] = defaultdict(list)
    for condition, left in refused:
        groups[next(iter(left.values())).rule].append(_named(condition))
    for rule, names in groups.items():
        yield f"| {'<br>'.join(names)} | {rule} |"


def _some(
    led: Sequence[tuple[Condition, Mapping[str, Left]]], routines: Sequence[Routine]
) -> Iterator[str]:
    yield "| answers | open | which, and the rule | led in part |"
    yield "| --- | --- | --- | --- |"
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for condition, left in led:
        groups[_row(left, routines)].append(_named(condition))
    for row, names in groups.items():
        yield f"| {'<br>'.join(names)} | {' | '.join(row)} |"


def _row(left: Mapping[str, Left], routines: Sequence[Routine]) -> tuple[str, str, str]:
    led = [routine for routine in routines if left[routine.id].ids]
    changes = {routine.id: _change(routine, left[routine.id]) for routine in led}
    longer = bool(led) and all("longer" in change for change in changes.values())
    part = [f"{id_}: {c}" for id_, c in changes.items() if c and not (longer and c == "longer")]
    note = ["all are longer"] if longer else []
    return f"{len(led)} of {len(routines)}", _which(left), "<br>".join(note + part) or "-"


def _which(left: Mapping[str, Left]) -> str:
    """Return which routines are open, or which are not and by which rule: the shorter list."""
    led = [id_ for id_, one in left.items() if one.ids]
    shut: dict[str, list[str]] = defaultdict(list)
    for id_, one in left.items():
        if not one.ids:
            shut[one.rule].append(id_)
    if led and len(led) < len(left) - len(led):
        return f"only {', '.join(led)} ({', '.join(shut)})"
    if not led:
        return f"none ({', '.join(shut)})"
    return "; ".join(f"not {', '.join(ids)} ({rule})" for rule, ids in shut.items()) or "all"


def _change(routine: Routine, left: Left) -> str:
    """Return how what is led differs from the routine; empty if it does not."""
    own = [exercise.id for exercise in routine.exercises]
    gone = [id_ for id_ in own if id_ not in left.ids]
    new = [id_ for id_ in left.ids if id_ not in own]
    words = ["without " + ", ".join(gone)] * bool(gone) + ["with " + ", ".join(new)] * bool(new)
    return "; ".join([*words, *([left.dose] if left.dose else [])])


def _pairs(
    shelf: Shelf, led: Sequence[tuple[Condition, Mapping[str, Left]]], refused: int
) -> Iterator[str]:
    """Yield what two answers bring that does not follow from each of them alone."""
    alone = {_named(condition): left for condition, left in led}
    every, other = pairs(), defaultdict(list)
    tried = [two for two in every if all(_named(one) in alone for one in two)]
    for one, two in tried:
        for id_, left in shelf.left({**one, **two}).items():
            own = shelf.own(id_)
            if not _follows(left, alone[_named(one)][id_], alone[_named(two)][id_], own):
                other[id_, left].append(f"{_named(one)} + {_named(two)}")
    yield (
        f"Of {len(every)} pairs, {len(every) - len(tried)} contain one of the {refused} answers "
        f"with which there is no session;\nthen there is none. Of the other {len(tried)}, each "
        "leaves of each routine exactly those exercises that both of\nits answers leave, and what "
        "takes a place is what takes it for one of them" + (", but for these:\n" if other else ".")
    )
    if not other:
        return
    yield "| routine | what is led | answers |"
    yield "| --- | --- | --- |"
    for (id_, left), names in other.items():
        what = ", ".join(left.ids) or f"nothing ({left.rule})"
        yield f"| {id_} | {what} | {'<br>'.join(names)} |"


def _follows(left: Left, one: Left, two: Left, own: Sequence[str]) -> bool:
    """Tell whether what two answers leave follows from what each leaves."""
    kept = [id_ for id_ in own if id_ in one.ids and id_ in two.ids]
    new = [id_ for id_ in left.ids if id_ not in own]
    same = [id_ for id_ in left.ids if id_ in own] == kept
    return same and all(id_ in (*one.ids, *two.ids) for id_ in new)


def _named(condition: Condition) -> str:
    return ", ".join(f"`{fact.value}`{'' if yes else ' no'}" for fact, yes in condition.items())
