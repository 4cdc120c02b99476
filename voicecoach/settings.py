"""The settings file: defaults for the command line's flags. A flag or its variable goes first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from voicecoach.errors import InputError, ProblemsError, did_you_mean
from voicecoach.text_file import read_text_if_there
from voicecoach.toml_reader import TomlText

CANCELLERS = ("kalman", "none")
HISTORIES = ("keep", "none")
MUSIC = ("kept", "off", "rests", "always")
OTHERS = ("lower", "leave")
VERIFIERS = ("auto", "network", "whisper", "none")

REMOVED: Mapping[tuple[str, str], str] = {
    ("canceller", "speex"): (
        'this echo canceller was removed, because "kalman" leaves less echo in every room measured;'
        ' use "kalman", the default, or "none" with headphones'
    ),
}
"""Name and former value of a setting -> why it was removed, and what to use instead."""


class Name(str):
    """A text that names something, so it is not empty."""


KNOWN: Mapping[str, type | range | Collection[str]] = {
    "language": Name,
    "voice": Name,
    "rate": range(100, 301),
    "talk": ("full", "short", "counts"),
    "model": Name,
    "canceller": CANCELLERS,
    "verifier": VERIFIERS,
    "output": str,
    "input": str,
    "history": HISTORIES,
    "music": MUSIC,
    "name": str,
    "others": OTHERS,
    "helper_command": str,
    "helper_url": str,
    "mqtt_url": str,
    "mqtt_user": str,
    "mqtt_password_file": str,
    "mqtt_ca": str,
}
"""Name of each setting, as its flag without the dashes, and its type or what it may be."""

NEXT_STEP = "Correct the file; `voicecoach start --help` explains each setting as a flag."


def load_settings(path: Path) -> dict[str, object]:
    """Return the settings in `path`; none if there is no such file.

    Raises `ProblemsError` with everything that is wrong, or `InputError` if it cannot be read.
    """
    settings, fault = usable_settings(path)
    if fault:
        raise fault
    return settings


def usable_settings(path: Path) -> tuple[dict[str, object], InputError | None]:
    """Return what is right in the settings in `path`, and what is wrong with the rest."""
    try:
        text = read_text_if_there(path, "The settings file", NEXT_STEP)
        toml = TomlText(text or "", str(path), NEXT_STEP)
    except InputError as error:
        return {}, error
    settings = _right(toml)
    try:
        toml.require_sound()
    except ProblemsError as error:
        return settings, error
    return settings, None


def parse_settings(text: str, path: str) -> dict[str, object]:
    """Return the settings in `text`. Raises `ProblemsError`."""
    toml = TomlText(text, path, NEXT_STEP)
    settings = _right(toml)
    toml.require_sound()
    return settings


def _right(toml: TomlText) -> dict[str, object]:
    """Return the settings that are right, and note what is wrong with the others."""
    right = {}
    for name, value in toml.data.items():
        if name not in KNOWN:
            known = did_you_mean(name, sorted(KNOWN)) or f"known: {', '.join(sorted(KNOWN))}"
            toml.note(name, "unknown setting", known)
        elif removed := REMOVED.get((name, str(value))):
            toml.note(name, f"{value!r}: {removed}")
        elif wanted := _wanted(value, KNOWN[name]):
            toml.note(name, f"{value!r} is not {wanted}")
        else:
            right[name] = value
    return right


def _wanted(value: object, valid: type | range | Collection[str]) -> str:
    """Return what `value` should be, or an empty string if it is."""
    if isinstance(value, str) and "\0" in value:
        return "a text that can be typed"
    if valid is Name:
        return "" if type(value) is str and value else "a text in quotes that is not empty"
    if isinstance(valid, range):
        right = type(value) is int and value in valid
        return "" if right else f"a whole number from {valid[0]} to {valid[-1]}"
    if isinstance(valid, type):
        return "" if type(value) is valid else "a text in quotes"
    return "" if value in valid else " or ".join(f'"{one}"' for one in valid)
