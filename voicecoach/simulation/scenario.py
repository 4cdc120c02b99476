"""Scenario files: who says what when in the simulated room, in TOML.

    [room]              # everything is optional; an empty file is a room without user or echo
    echo_db = 6.0       # coach's voice at the microphone relative to the user's; absent = no echo
    delay_ms = 60       # from the sample played to the microphone: buffers, converters and air
    skew_ppm = 50.0     # by how much the microphone's clock is faster than the loudspeaker's
    rt60_ms = 350       # reverberation time; 0 is the open air
    response = "r.wav"  # impulse response from loudspeaker to microphone, instead of rt60_ms
    noise = "fan.ogg"   # looped; a path relative to the scenario's file
    snr_db = 10.0       # user above that noise
    asleep_ms = 500     # a loudspeaker that sleeps swallows so much of the first sound
    sleeps_after_s = 60 # of silence, after which it sleeps again
    mute_s = [[90, 95]] # when it is mute
    floor_db = -40.0    # faint pink noise relative to the user, as every room has; -inf = none
    seed = 1            # another seed is another room of the same kind

    [[says]]            # any number, in any order
    at_s = 20.0         # seconds from the start of the session to the first sample
    text = "pause"      # spoken by a voice that is not the coach's ...
    voice = "en-us+f3"  # ... optionally by this one
    [[says]]
    at_s = 31.5
    file = "stop.flac"  # ... or a recording instead of a text
    level_db = -6.0     # quieter than the user's usual level
    [[says]]
    after = "from zero to ten"   # in reply to a line of the coach's that holds this text:
    at_s = 1.0          # so long after its end. Replies are given in the order of the file.
    text = "two"

    [[unplugs]]         # the microphone is pulled out, so long after the end of a line
    after = "breathe in"         # of the coach's that holds this text ...
    at_s = 2.0
    for_s = 6.0         # ... and is put back. In the order of the file.

    [profile]           # the user; without it one whom every question lets through, and who
    pregnant = true     # is asked for no score. Keys: `screening.facts.Fact`;
    disc = "not sure"   # true, false, or "not sure"

Ranges stand in `_ROOM` and `_SAYS`. Any other table or key is a problem.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from voicecoach.errors import did_you_mean
from voicecoach.screening.facts import Fact
from voicecoach.screening.questions import ASKED, QUESTIONS, reached
from voicecoach.text_file import read_text
from voicecoach.toml_reader import TomlText
from voicecoach.units import Ms

_DELAY: Final = Ms(60)
_RT60: Final = Ms(350)

NEXT_STEP: Final = "Correct the scenario. `voicecoach docs scenarios` describes the format."


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """The acoustics of a room. Levels in dB relative to the user at the microphone."""

    echo_db: float | None = None
    """Coach's voice at the microphone, -60 to 30; None is no echo at all."""
    delay_ms: Ms = _DELAY
    """From a sample played to its direct sound in the microphone, 0 to 500."""
    skew_ppm: float = 0.0
    """By how much the microphone's clock is faster than the loudspeaker's, -200 to 200: the echo
    comes later and later, or, if negative, earlier until there is no delay left."""
    rt60_ms: Ms = _RT60
    """Time in which the reverberation falls by 60 dB, 0 to 2000; 300-500 is a living room."""
    response: Path | None = None
    """Measured response from the loudspeaker to the microphone; None makes one by `rt60_ms`."""
    noise: Path | None = None
    """Sound file that repeats; None is no noise."""
    snr_db: float = 10.0
    """User above that noise (its RMS), -20 to 60."""
    asleep_ms: Ms = Ms(0)
    """What a sleeping loudspeaker swallows of the start of a sound, 0 to 2000."""
    sleeps_after_s: float = 14_400.0
    """Digital silence after which it sleeps again, 0.5 to 14400; it sleeps at first."""
    mute_s: tuple[tuple[float, float], ...] = ()
    """Begin and end of the times at which it is mute, in seconds of the session."""
    floor_db: float = -40.0
    """Background of a quiet room, -80 to 0; ``-inf`` is digital silence."""
    seed: int = 1
    """Chooses the reflections and the background, 0 to 4294967295."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance of the simulated user: a text for a voice, or a recording."""

    at: Ms
    text: str = ""
    """Empty when `file` is given."""
    file: Path | None = None
    voice: str = ""
    """Name of the voice for `text`; empty leaves the choice to the caller."""
    level_db: float = 0.0
    """Relative to the user's usual level, -40 to 20."""
    after: str = ""
    """A text of the coach's: then `at` counts from the end of the line that holds it."""


@dataclass(frozen=True, slots=True)
class Unplugged:
    """A time in which nothing comes from the microphone."""

    after: str
    """A text of the coach's: `at` counts from the end of the line that holds it."""
    at: Ms
    length: Ms


@dataclass(frozen=True, slots=True)
class Scenario:
    """A room and the utterances in it, in order of time."""

    room: RoomSettings = RoomSettings()
    says: tuple[Utterance, ...] = ()
    replies: tuple[Utterance, ...] = ()
    """What is said after a line of the coach's, in the order of the file."""
    unplugs: tuple[Unplugged, ...] = ()
    """When the microphone is pulled out, in the order of the file."""
    profile: Mapping[Fact, bool | None] | None = None
    """The answers of a user with a profile; None is a user without one, whom the questions would
    let through."""


def load_scenario(path: Path) -> Scenario:
    """Return the scenario in the file `path`. Raises `InputError`, or `ProblemsError` for all."""
    text = read_text(path, "The scenario", NEXT_STEP)
    return parse_scenario(text, path.parent, str(path))


def parse_scenario(text: str, folder: Path, name: str = "scenario") -> Scenario:
    """Return the scenario in `text`; paths in it are relative to `folder`.

    `name` is used in messages. Raises `ProblemsError` with every problem at once.
    """
    toml = TomlText(text, name, NEXT_STEP)
    scenario = _Reader(toml, folder).scenario(toml.data)
    toml.require_sound()
    return scenario


_Check = Callable[["_Reader", str, object], Any]
"""Takes the place in the file and the value; returns the checked value, or notes a problem."""


def _number(reader: _Reader, where: str, value: object, *, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        reader.note(where, f"must be a number, not {_shown(value)}")
        return 0.0
    if not low <= value <= high:
        reader.note(where, f"{value:.10g} is out of range", f"{low:.10g} to {high:.10g}")
    return float(value)


def _whole(reader: _Reader, where: str, value: object, *, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        reader.note(where, f"must be a whole number, not {_shown(value)}")
        return 0
    return int(_number(reader, where, value, low=low, high=high))


def _floor(reader: _Reader, where: str, value: object) -> float:
    if value == -math.inf:
        return -math.inf
    return _number(reader, where, value, low=-80.0, high=0.0)


def _spans(reader: _Reader, where: str, value: object) -> tuple[tuple[float, float], ...]:
    if not isinstance(value, list) or not all(isinstance(s, list) and len(s) == 2 for s in value):
        reader.note(where, f"must be a list of [begin, end], not {_shown(value)}")
        return ()
    limits = {"low": 0.0, "high": 4 * 3600.0}
    spans = [tuple(_number(reader, where, one, **limits) for one in span) for span in value]
    for begin, end in spans:
        if begin >= end:
            reader.note(where, f"ends at {end:.10g} before it begins at {begin:.10g}")
    return tuple((begin, end) for begin, end in spans)


def _words(reader: _Reader, where: str, value: object) -> str:
    if isinstance(value, str) and value.strip() and len(value) <= 200:
        return " ".join(value.split())
    reader.note(where, f"must be a text of 1 to 200 characters, not {_shown(value)}")
    return ""


def _path(reader: _Reader, where: str, value: object) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        reader.note(where, f"must be the path of a sound file, not {_shown(value)}")
        return Path()
    path = reader.folder / value
    if path.exists() and not path.is_file():
        reader.note(where, f"{path} is no plain file")
    elif not path.is_file():
        near = [entry.name for entry in path.parent.glob("*")] if path.parent.is_dir() else []
        reader.note(where, f"there is no file {path}", did_you_mean(path.name, near))
    return path


def _answer(reader: _Reader, where: str, value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if value != "not sure":
        reader.note(where, f'must be true, false or "not sure", not {_shown(value)}')
    return None


_ROOM: Final[Mapping[str, _Check]] = {
    "echo_db": partial(_number, low=-60.0, high=30.0),
    "delay_ms": partial(_whole, low=0, high=500),
    "skew_ppm": partial(_number, low=-200.0, high=200.0),
    "rt60_ms": partial(_whole, low=0, high=2000),
    "response": _path,
    "noise": _path,
    "snr_db": partial(_number, low=-20.0, high=60.0),
    "asleep_ms": partial(_whole, low=0, high=2000),
    "sleeps_after_s": partial(_number, low=0.5, high=14_400.0),
    "mute_s": _spans,
    "floor_db": _floor,
    "seed": partial(_whole, low=0, high=2**32 - 1),
}
_SAYS: Final[Mapping[str, _Check]] = {
    "at_s": partial(_number, low=0.0, high=4 * 3600.0),
    "text": _words,
    "file": _path,
    "voice": _words,
    "level_db": partial(_number, low=-40.0, high=20.0),
    "after": _words,
}
_PROFILE: Final[Mapping[str, _Check]] = {fact.value: _answer for fact in ASKED}
_UNPLUGS: Final[Mapping[str, _Check]] = {
    "after": _words,
    "at_s": partial(_number, low=0.0, high=4 * 3600.0),
    "for_s": partial(_number, low=0.1, high=4 * 3600.0),
}
_TABLES: Final = ("room", "says", "unplugs", "profile")


class _Reader:
    """Reads the parsed file and notes its problems."""

    def __init__(self, toml: TomlText, folder: Path) -> None:
        self.note, self.folder = toml.note, folder

    def scenario(self, data: Mapping[str, object]) -> Scenario:
        self._unknown("", data, _TABLES, "table")
        utterances = [self._utterance(*one) for one in self._listed("says", data)]
        unplugs = tuple(self._unplugged(*one) for one in self._listed("unplugs", data))
        profile = self._profile(data["profile"]) if "profile" in data else None
        placed = [one for one in utterances if not one.after]
        in_order = tuple(sorted(placed, key=lambda one: one.at))
        replies = tuple(one for one in utterances if one.after)
        room = self._room(data.get("room", {}))
        return Scenario(room, in_order, replies, unplugs, profile)

    def _listed(self, name: str, data: Mapping[str, object]) -> list[tuple[str, object]]:
        """Return the tables of a list, each with its place in the file."""
        tables = data.get(name, [])
        if not isinstance(tables, list):
            self.note(name, f"is a list: write [[{name}]] with two brackets")
            return []
        return [(f"{name}[{number}]", value) for number, value in enumerate(tables, 1)]

    def _unplugged(self, where: str, value: object) -> Unplugged:
        fields = self._fields(where, value, _UNPLUGS)
        for key in _UNPLUGS:
            if isinstance(value, dict) and key not in value:
                self.note(where, f"{key} is missing")
        at, length = (Ms(round(fields.get(key, 0.0) * 1000)) for key in ("at_s", "for_s"))
        return Unplugged(fields.get("after", ""), at, length)

    def _profile(self, value: object) -> dict[Fact, bool | None]:
        given = self._fields("profile", value, _PROFILE)
        told = {Fact(key): yes for key, yes in given.items()}
        counted = {f: ASKED[f].careful if yes is None else yes for f, yes in told.items()}
        for question in QUESTIONS:
            key, first = question.fact.value, question.after
            if given.get(key) is True and first and not reached(question, counted.get):
                on = str(question.on).lower()
                what = f"means nothing unless {first.value} is {on}"
                self.note(f"profile.{key}", what, f"add {first.value} = {on}")
        return told

    def _room(self, value: object) -> RoomSettings:
        fields = self._fields("room", value, _ROOM)
        if "snr_db" in fields and "noise" not in fields:
            self.note("room.snr_db", "means nothing without noise", 'add noise = "FILE"')
        return RoomSettings(**fields)

    def _utterance(self, where: str, value: object) -> Utterance:
        fields = self._fields(where, value, _SAYS)
        if not isinstance(value, dict):
            return Utterance(Ms(0))
        if "at_s" not in fields:
            hint = "seconds from the start, or from the end of `after`"
            self.note(where, "at_s is missing", hint)
        if ("text" in fields) == ("file" in fields):
            self.note(where, "needs either text or file, one of the two")
        if "voice" in fields and "text" not in fields:
            self.note(f"{where}.voice", "means nothing without text")
        return Utterance(at=Ms(round(fields.pop("at_s", 0.0) * 1000)), **fields)

    def _fields(self, where: str, value: object, checks: Mapping[str, _Check]) -> dict[str, Any]:
        """Return the checked fields of a table; problems are noted."""
        if not isinstance(value, dict):
            self.note(where, f"must be a table, not {_shown(value)}")
            return {}
        self._unknown(f"{where}.", value, tuple(checks), "key")
        return {
            key: check(self, f"{where}.{key}", value[key])
            for key, check in checks.items()
            if key in value
        }

    def _unknown(
        self, prefix: str, given: Mapping[str, object], known: tuple[str, ...], what: str
    ) -> None:
        for key in given:
            if key not in known:
                hint = did_you_mean(key, known) or f"known: {', '.join(known)}"
                self.note(f"{prefix}{key}", f"unknown {what}", hint)


def _shown(value: object) -> str:
    """Return `value` as a TOML file would write it, cut short."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
