"""The settings file: defaults for the command line's flags. A flag or its variable goes first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import InputError, did_you_mean
from voicecoach.tomltext import TomlText

KNOWN: Mapping[str, type] = {
    "voice": str,
    "rate": int,
    "talk": str,
    "model": str,
    "canceller": str,
    "output": str,
    "input": str,
    "helper_command": str,
    "helper_url": str,
}
"""Name of each setting, as its flag without the dashes, and its type."""

NEXT_STEP = "Correct the file; `voicecoach start --help` explains each setting as a flag."


def load_settings(path: Path) -> dict[str, object]:
    """Return the settings in `path`; none if there is no such file.

    Raises `ProblemsError` with everything that is wrong, or `InputError` if it cannot be read.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The settings {path} cannot be read", str(error), NEXT_STEP) from error
    return parse_settings(text, str(path))


def parse_settings(text: str, path: str) -> dict[str, object]:
    """Return the settings in `text`. Raises `ProblemsError`."""
    toml = TomlText(text, path, NEXT_STEP)
    for name, value in toml.data.items():
        if name not in KNOWN:
            known = did_you_mean(name, sorted(KNOWN)) or f"known: {', '.join(sorted(KNOWN))}"
            toml.note(name, "unknown setting", known)
        elif type(value) is not KNOWN[name]:
            wanted = "a whole number" if KNOWN[name] is int else "a text in quotes"
            toml.note(name, f"{value!r} is not {wanted}")
    toml.require_sound()
    return toml.data
