"""Reads the text of a profile, which people may edit: all problems at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from voicecoach.errors import did_you_mean
from voicecoach.routine.model import Region
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import (
    WORDS,
    Answer,
    Answers,
    Dropped,
    Practice,
    Preference,
    Profile,
    Scores,
    answer_to,
)
from voicecoach.screening.profile_versions import RETIRED, VERSION, renewed
from voicecoach.screening.questions import ASKED
from voicecoach.toml_reader import TomlText

NEXT_STEP: Final = (
    "Correct the lines named, or delete all by `voicecoach profile forget all`; until then the "
    "file is left as it is"
)
FACTS: Final = tuple(fact.value for fact in ASKED)
REGIONS: Final = ("", *(region.value for region in Region))
LEVELS: Final = range(-1, 2)
SCORE: Final = range(11)
COUNTS: Final = range(1, 51)
TIMES: Final = range(1, 100_001)
NEVER: Final = date.min
"""Stands for a day that cannot be read; the text is refused then."""


def parse_profile(text: str, path: str) -> Profile:
    """Return the profile written in `text`. Raises `ProblemsError` with all that is wrong."""
    toml = TomlText(text, path, NEXT_STEP)
    profile = _profile(toml)
    toml.require_sound()
    return profile


def _profile(toml: TomlText) -> Profile:
    data = toml.data
    names = (
        "version", "blocked", "answers", "dropped", "scores", "exercises", "routines",
        "preferences", "favourites",
    )  # fmt: skip
    _known(data, names, "", toml)
    version = _version(data, toml)
    told = dict(_answers(data.get("answers", {}), (*FACTS, *RETIRED[version]), toml))
    return Profile(
        answers=Answers(renewed(told, version)),
        dropped=tuple(_dropped(*entry, toml) for entry in _tables(data, "dropped", toml)),
        scores=tuple(_scores(*entry, toml) for entry in _tables(data, "scores", toml)),
        exercises=dict(_practised(data, "exercises", toml)),
        routines=dict(_practised(data, "routines", toml)),
        preferences=dict(_preferred(data, toml)),
        favourites=dict(_liked(data, toml)),
        blocked=_day(data, "blocked", "", toml) if "blocked" in data else None,
    )


def _version(data: Mapping[str, Any], toml: TomlText) -> int:
    version = data.get("version", 1)
    if type(version) is int and version in RETIRED:
        return version
    hint = f"this program reads versions up to {VERSION}; a newer one wrote this file"
    toml.note("version", f"{version!r} cannot be read", hint)
    return VERSION


def _answers(data: object, names: Sequence[str], toml: TomlText) -> Iterator[tuple[str, Answer]]:
    if not isinstance(data, dict):
        toml.note("answers", "not a table", "write [answers]")
        return
    _known(data, names, "answers.", toml)
    for name in (name for name in data if name in names):
        entry, where = data[name], f"answers.{name}"
        if not isinstance(entry, dict) or set(entry) != {"answer", "on"}:
            toml.note(where, "not an answer", 'such as { answer = "yes", on = 2026-01-31 }')
        elif entry["answer"] not in tuple(WORDS):
            hint = 'write "yes", "no" or "not sure"'
            toml.note(where, f"{entry['answer']!r} is not an answer", hint)
        elif _is_day(entry["on"]):
            yield name, _answer(name, WORDS[entry["answer"]], entry["on"])
        else:
            toml.note(where, f"{entry['on']!r} is not a day", "such as 2026-01-31")


def _answer(name: str, yes: bool | None, on: date) -> Answer:
    """Return an answer; to a question that is not asked any more, "not sure" counts as a yes."""
    if name in FACTS:
        return answer_to(Fact(name), yes, on)
    return Answer(yes is not False, on, sure=yes is not None)


def _dropped(entry: Mapping[str, Any], where: str, toml: TomlText) -> Dropped:
    _known(entry, ("exercise", "region", "on", "level"), where, toml)
    exercise, region = entry.get("exercise"), entry.get("region", "")
    if not isinstance(exercise, str) or not re.fullmatch("[a-z0-9-]+", exercise):
        toml.note(f"{where}exercise", f"{exercise!r} is not the id of an exercise")
    if region not in REGIONS:
        hint = did_you_mean(str(region), REGIONS) or f"one of {', '.join(REGIONS[1:])}"
        toml.note(f"{where}region", f"{region!r} is not a part of the body", hint)
    level = _number(entry, "level", LEVELS, where, toml)
    return Dropped(
        str(exercise), str(region), _day(entry, "on", where, toml), -1 if level is None else level
    )


def _scores(entry: Mapping[str, Any], where: str, toml: TomlText) -> Scores:
    _known(entry, ("on", "start", "end"), where, toml)
    start, end = (_number(entry, key, SCORE, where, toml) for key in ("start", "end"))
    return Scores(_day(entry, "on", where, toml), start, end)


def _practised(
    data: Mapping[str, Any], name: str, toml: TomlText
) -> Iterator[tuple[str, Practice]]:
    for id_, entry in _by_id(data, name, toml):
        where = f"{name}.{id_}"
        if not isinstance(entry, dict) or set(entry) != {"times", "on"}:
            toml.note(where, "not a practice", "such as { times = 3, on = 2026-01-31 }")
        else:
            times = _number(entry, "times", TIMES, f"{where}.", toml)
            yield id_, Practice(times or 1, _day(entry, "on", f"{where}.", toml))


def _by_id(data: Mapping[str, Any], name: str, toml: TomlText) -> Iterator[tuple[str, object]]:
    """Yield the entries of a table whose names are ids."""
    entries = data.get(name, {})
    if not isinstance(entries, dict):
        toml.note(name, "not a table", f"write [{name}]")
        return
    for id_, entry in entries.items():
        if re.fullmatch("[a-z0-9-]+", id_):
            yield id_, entry
        else:
            toml.note(f"{name}.{id_}", f"{id_!r} is not an id")


def _preferred(data: Mapping[str, Any], toml: TomlText) -> Iterator[tuple[str, Preference]]:
    for id_, entry in _by_id(data, "preferences", toml):
        where = f"preferences.{id_}"
        if not isinstance(entry, dict) or set(entry) not in ({"out", "on"}, {"count", "on"}):
            hint = "such as { out = true, on = 2026-01-31 } or { count = 10, on = 2026-01-31 }"
            toml.note(where, "not a preference", hint)
        elif entry.get("out", True) is not True:
            toml.note(f"{where}.out", f"{entry['out']!r} is not true", "or delete the line")
        else:
            count = _number(entry, "count", COUNTS, f"{where}.", toml)
            yield id_, Preference(_day(entry, "on", f"{where}.", toml), "out" in entry, count or 0)


def _liked(data: Mapping[str, Any], toml: TomlText) -> Iterator[tuple[str, date]]:
    for id_, _ in _by_id(data, "favourites", toml):
        yield id_, _day(data["favourites"], id_, "favourites.", toml)


def _known(data: Iterable[str], known: Iterable[str], where: str, toml: TomlText) -> None:
    names = list(known)
    for name in data:
        if name not in names:
            hint = did_you_mean(name, names) or f"known: {', '.join(names)}"
            toml.note(f"{where}{name}", "unknown name", hint)


def _tables(
    data: Mapping[str, Any], name: str, toml: TomlText
) -> Iterator[tuple[Mapping[str, Any], str]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        toml.note(name, "not a list of tables", f"each begins with [[{name}]]")
        return
    for n, entry in enumerate(entries, start=1):
        yield entry, f"{name}[{n}]."


def _number(
    data: Mapping[str, Any], key: str, valid: range, where: str, toml: TomlText
) -> int | None:
    value = data.get(key)
    if value is not None and (type(value) is not int or value not in valid):
        toml.note(f"{where}{key}", f"{value!r} is out of range", f"{valid[0]} to {valid[-1]}")
    return value


def _day(data: Mapping[str, Any], key: str, where: str, toml: TomlText) -> date:
    value = data.get(key)
    if isinstance(value, date) and _is_day(value):
        return value
    toml.note(f"{where}{key}", f"{value!r} is not a day", "such as 2026-01-31")
    return NEVER


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
