"""Reading the coach's lines (``prompts.toml``) and the words for the sides (``sides.toml``)."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from typing import Any

from voicecoach.errors import did_you_mean
from voicecoach.language.prompts import MOST, Prompts
from voicecoach.language.sides import PLAIN, SIDES, Inflection
from voicecoach.language.toml_tables import NEXT_STEP, check_keys, table, text_table, texts
from voicecoach.toml_reader import TomlText

TABLES = ("say", "screen", "adapt", "file")


def read_sides(text: str, path: str) -> Inflection:
    """Return the words for the sides. Raises `ProblemsError` if a form or a side is missing."""
    toml = TomlText(text, path, NEXT_STEP)
    forms = {form: text_table(toml, form) for form in (PLAIN, *toml.data)}
    for form, words in forms.items():
        check_keys(toml, form, words, SIDES)
    toml.require_sound()
    return Inflection(forms)


def read_prompts(
    text: str, path: str, inflection: Inflection, reference: Mapping[str, Any]
) -> Prompts:
    """Return the coach's lines in `text`.

    Args:
        text: A file of prompts.
        path: Where it came from, for the error.
        inflection: The words for the sides, whose forms a line may ask for.
        reference: The data of the English file: a language has the same lines with the same
            placeholders, and forms of its own for the counted ones.

    Raises:
        ProblemsError: With everything that is missing or unknown.

    """
    toml = TomlText(text, path, NEXT_STEP)
    plurals = _plurals(toml)
    own = {name: text_table(toml, name) for name in TABLES}
    forms = {*plurals, *reference["plurals"]}
    for name, lines in own.items():
        _check_lines(toml, name, lines, _needed(reference[name], forms), forms, inflection)
    numbers = texts(toml, "numbers", toml.data.get("numbers"))
    if len(numbers) != MOST + 1:
        toml.note("numbers", f"{len(numbers)} words", f"one for each number from 0 to {MOST}")
    toml.require_sound()
    return Prompts(
        own["say"],
        tuple(numbers),
        inflection,
        plurals,
        own["screen"],
        own["adapt"],
        own["file"],
    )


def _plurals(toml: TomlText) -> dict[str, frozenset[int]]:
    found = {}
    for form, numbers in table(toml, "plurals").items():
        if isinstance(numbers, list) and all(type(n) is int for n in numbers):
            found[form] = frozenset(numbers)
        else:
            toml.note(f"plurals.{form}", "a list of whole numbers is expected here")
    return found


def _needed(reference: Mapping[str, str], forms: Iterable[str]) -> dict[str, set[str]]:
    """Return the keys of the lines that are needed, and the placeholders each may have."""
    needed: dict[str, set[str]] = {}
    for key, line in reference.items():
        needed.setdefault(_plain_key(key, reference, forms), set()).update(placeholders(line))
    return needed


def _plain_key(key: str, known: Iterable[str], forms: Iterable[str]) -> str:
    """Return `key` without the form of a counted line: "more" for "more_one"."""
    plain, _, form = key.rpartition("_")
    return plain if form in forms and plain in known else key


def _check_lines(
    toml: TomlText,
    name: str,
    lines: Mapping[str, str],
    needed: Mapping[str, set[str]],
    forms: Iterable[str],
    inflection: Inflection,
) -> None:
    plain = {key: _plain_key(key, needed, forms) for key in lines}
    counted = {key for key, own in plain.items() if key != own}
    check_keys(toml, name, lines.keys() - counted, needed)
    for key, line in lines.items():
        if plain[key] not in needed:
            continue  # unknown, which is noted
        allowed = needed[plain[key]]
        known = {*allowed, *(inflection.placeholders if "side" in allowed else ())}
        for unknown in sorted(placeholders(line) - known):
            hint = did_you_mean(unknown, sorted(known)) or f"known here: {', '.join(sorted(known))}"
            toml.note(f"{name}.{key}", f"unknown placeholder {{{unknown}}}", hint)


def placeholders(line: str) -> set[str]:
    """Return what stands between the braces of `line`: "n", "side", "side:accusative"."""
    found = string.Formatter().parse(line)
    return {f"{name}:{form}" if form else name for _, name, form, _ in found if name}
