"""Reading the tables of a language file, with every fault noted at its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from voicecoach.errors import did_you_mean
from voicecoach.toml_reader import TomlText

NEXT_STEP = "Correct the file; voicecoach/language/en is a complete example."


def table(toml: TomlText, name: str) -> Mapping[str, object]:
    """Return the table `name`; a missing one is noted and empty."""
    found = toml.data.get(name)
    if isinstance(found, dict):
        return found
    toml.note(name, f"missing table [{name}]" if found is None else "not a table")
    return {}


def text_table(toml: TomlText, name: str) -> dict[str, str]:
    """Return the texts of the table `name` by key; what is no text is noted and left out."""
    found = {}
    for key, value in table(toml, name).items():
        if isinstance(value, str) and value.strip():
            found[key] = value
        else:
            toml.note(f"{name}.{key}", "a text is expected here")
    return found


def texts(toml: TomlText, where: str, value: object) -> list[str]:
    """Return the texts in the list `value`; anything but a list of texts is noted and empty."""
    if isinstance(value, list) and value and all(isinstance(one, str) and one for one in value):
        return list(value)
    toml.note(where, "a list of texts is expected here")
    return []


def check_keys(toml: TomlText, name: str, given: Collection[str], needed: Collection[str]) -> None:
    """Note the keys of the table `name` that are unknown, and those that are missing.

    `name` may be empty: then the keys are those of the whole file.
    """
    place = f"{name}." if name else ""
    missing = [key for key in needed if key not in given]
    for key in given:
        if key not in needed:
            toml.note(f"{place}{key}", "unknown key", did_you_mean(key, missing))
    for key in missing:
        toml.note(name, f"missing key '{key}'")
