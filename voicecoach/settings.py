"""The settings file: defaults for the command line's flags. A flag or its variable goes first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from voicecoach.errors import did_you_mean
from voicecoach.text_file import read_text_if_there
from voicecoach.toml_reader import TomlText

CANCELLERS = ("kalman", "none")
HISTORIES = ("keep", "none")
VERIFIERS = ("auto", "network", "whisper", "none")

REMOVED: Mapping[tuple[str, str], str] = {
    ("canceller", "speex"): (
        'this echo canceller was removed, because "kalman" leaves less echo in every room measured;'
        ' use "kalman", the default, or "none" with headphones'
    ),
}
"""Name and former value of a setting -> why it was removed, and what to use instead."""

KNOWN: Mapping[str, type | range | Collection[str]] = {
    "language": str,
    "voice": str,
    "rate": range(100, 301),
    "talk": ("full", "short", "counts"),
    "model": str,
    "canceller": CANCELLERS,
    "verifier": VERIFIERS,
    "output": str,
    "input": str,
    "history": HISTORIES,
    "helper_command": str,
    "helper_url": str,
}
"""Name of each setting, as its flag without the dashes, and its type or what it may be."""

NEXT_STEP = "Correct the file; `voicecoach start --help` explains each setting as a flag."


def load_settings(path: Path) -> dict[str, object]:
    """Return the settings in `path`; none if there is no such file.

    Raises `ProblemsError` with everything that is wrong, or `InputError` if it cannot be read.
    """
    text = read_text_if_there(path, "The settings file", NEXT_STEP)
    return {} if text is None else parse_settings(text, str(path))


def parse_settings(text: str, path: str) -> dict[str, object]:
    """Return the settings in `text`. Raises `ProblemsError`."""
    toml = TomlText(text, path, NEXT_STEP)
    for name, value in toml.data.items():
        if name not in KNOWN:
            known = did_you_mean(name, sorted(KNOWN)) or f"known: {', '.join(sorted(KNOWN))}"
            toml.note(name, "unknown setting", known)
        elif removed := REMOVED.get((name, str(value))):
            toml.note(name, f"{value!r}: {removed}")
        elif wanted := _wanted(value, KNOWN[name]):
            toml.note(name, f"{value!r} is not {wanted}")
    toml.require_sound()
    return toml.data


def _wanted(value: object, valid: type | range | Collection[str]) -> str:
    """Return what `value` should be, or an empty string if it is."""
    if isinstance(valid, range):
        right = type(value) is int and value in valid
        return "" if right else f"a whole number from {valid[0]} to {valid[-1]}"
    if isinstance(valid, type):
        return "" if type(value) is valid else "a text in quotes"
    return "" if value in valid else " or ".join(f'"{one}"' for one in valid)
