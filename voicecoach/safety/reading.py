"""Reads the text of a profile, which people may edit: all problems at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from voicecoach.errors import Problem, ProblemsError, did_you_mean
from voicecoach.routine.model import Region
from voicecoach.safety.profile import (
    WORDS,
    Answer,
    Answers,
    Dropped,
    Profile,
    Scores,
    answer_to,
)
from voicecoach.safety.questions import ASKED, Fact

NEXT_STEP: Final = (
    "Mend the lines named, or delete all by `voicecoach profile forget all`; until then the file "
    "is left as it is"
)
FACTS: Final = tuple(fact.value for fact in ASKED)
REGIONS: Final = ("", *(region.value for region in Region))
LEVELS: Final = range(-1, 2)
SCORE: Final = range(11)
NEVER: Final = date.min
"""Stands for a day that cannot be read; the text is refused then."""


def parse_profile(text: str, path: str) -> Profile:
    """Return the profile written in `text`. Raises `ProblemsError` with all that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise ProblemsError(path, [Problem(line, "", f"not TOML: {error}")], NEXT_STEP) from error
    notes = _Notes(text)
    profile = _profile(data, notes)
    if notes.problems:
        raise ProblemsError(path, notes.problems, NEXT_STEP)
    return profile


@dataclass
class _Notes:
    """What is wrong with a text, and in which line."""

    text: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, where: str, message: str, hint: str = "") -> None:
        """Note a problem at a place such as ``answers.pregnant`` or ``scores[2].end``."""
        self.problems.append(Problem(self._line(where), where, message, hint))

    def _line(self, where: str) -> int:
        """Return the line of a place, or the nearest one above it; 0 if there is none."""
        table, _, key = where.rpartition(".")
        name, _, number = (table or where).partition("[")
        heads = [i for i, line in enumerate(self.text.splitlines(), 1) if _heads(line, name)]
        begin = heads[int(number.rstrip("]")) - 1 if number else 0] if heads else 0
        for i, line in enumerate(self.text.splitlines(), 1):
            if i > begin and re.match(rf"\s*[\"']?{re.escape(key or where)}[\"']?\s*[=.]", line):
                return i
        return begin


def _heads(line: str, name: str) -> bool:
    return re.fullmatch(rf"\s*\[\[?\s*{re.escape(name)}\s*\]\]?\s*(#.*)?", line) is not None


def _profile(data: Mapping[str, Any], notes: _Notes) -> Profile:
    _known(data, ("blocked", "answers", "dropped", "scores"), "", notes)
    return Profile(
        answers=Answers(dict(_answers(data.get("answers", {}), notes))),
        dropped=tuple(_dropped(*entry, notes) for entry in _tables(data, "dropped", notes)),
        scores=tuple(_scores(*entry, notes) for entry in _tables(data, "scores", notes)),
        blocked=_day(data, "blocked", "", notes) if "blocked" in data else None,
    )


def _answers(data: object, notes: _Notes) -> Iterator[tuple[Fact, Answer]]:
    if not isinstance(data, dict):
        notes.add("answers", "not a table", "write [answers]")
        return
    _known(data, FACTS, "answers.", notes)
    for name in (name for name in data if name in FACTS):
        entry, where = data[name], f"answers.{name}"
        if not isinstance(entry, dict) or set(entry) != {"answer", "on"}:
            notes.add(where, "not an answer", 'such as { answer = "yes", on = 2026-01-31 }')
        elif entry["answer"] not in tuple(WORDS):
            hint = 'write "yes", "no" or "not sure"'
            notes.add(where, f"{entry['answer']!r} is not an answer", hint)
        elif _is_day(entry["on"]):
            yield Fact(name), answer_to(Fact(name), WORDS[entry["answer"]], entry["on"])
        else:
            notes.add(where, f"{entry['on']!r} is not a day", "such as 2026-01-31")


def _dropped(entry: Mapping[str, Any], where: str, notes: _Notes) -> Dropped:
    _known(entry, ("exercise", "region", "on", "level"), where, notes)
    exercise, region = entry.get("exercise"), entry.get("region", "")
    if not isinstance(exercise, str) or not re.fullmatch("[a-z0-9-]+", exercise):
        notes.add(f"{where}exercise", f"{exercise!r} is not the id of an exercise")
    if region not in REGIONS:
        hint = did_you_mean(str(region), REGIONS) or f"one of {', '.join(REGIONS[1:])}"
        notes.add(f"{where}region", f"{region!r} is not a part of the body", hint)
    level = _number(entry, "level", LEVELS, where, notes)
    return Dropped(
        str(exercise), str(region), _day(entry, "on", where, notes), -1 if level is None else level
    )


def _scores(entry: Mapping[str, Any], where: str, notes: _Notes) -> Scores:
    _known(entry, ("on", "start", "end"), where, notes)
    start, end = (_number(entry, key, SCORE, where, notes) for key in ("start", "end"))
    return Scores(_day(entry, "on", where, notes), start, end)


def _known(data: Iterable[str], known: Iterable[str], where: str, notes: _Notes) -> None:
    names = list(known)
    for name in data:
        if name not in names:
            hint = did_you_mean(name, names) or f"known: {', '.join(names)}"
            notes.add(f"{where}{name}", "unknown name", hint)


def _tables(
    data: Mapping[str, Any], name: str, notes: _Notes
) -> Iterator[tuple[Mapping[str, Any], str]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        notes.add(name, "not a list of tables", f"each begins with [[{name}]]")
        return
    for n, entry in enumerate(entries, start=1):
        yield entry, f"{name}[{n}]."


def _number(
    data: Mapping[str, Any], key: str, valid: range, where: str, notes: _Notes
) -> int | None:
    value = data.get(key)
    if value is not None and (type(value) is not int or value not in valid):
        notes.add(f"{where}{key}", f"{value!r} is out of range", f"{valid[0]} to {valid[-1]}")
    return value


def _day(data: Mapping[str, Any], key: str, where: str, notes: _Notes) -> date:
    value = data.get(key)
    if isinstance(value, date) and _is_day(value):
        return value
    notes.add(f"{where}{key}", f"{value!r} is not a day", "such as 2026-01-31")
    return NEVER


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
