"""Reading the phrase file of a language (``phrases.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from voicecoach.language.phrasebook import Command, Meaning, Phrasebook, normalise
from voicecoach.language.toml_tables import NEXT_STEP, check_keys, table, text_table, texts
from voicecoach.toml_reader import TomlText

TABLES = ("halt", "control", "regions", "places", "numbers")
COMMANDS = {command.value for command in Command}


def read_phrases(text: str, path: str, reference: Mapping[str, Any]) -> Phrasebook:
    """Return the phrases in `text`.

    Args:
        text: A phrase file.
        path: Where it came from, for the error.
        reference: The data of the English file, whose tables have the keys that are needed.

    Raises:
        ProblemsError: With every unknown or missing command, every phrase that is given twice, and
            every one that is not in normal form.

    """
    toml = TomlText(text, path, NEXT_STEP)
    meanings: dict[str, Meaning] = {}
    for where, meaning, form in _forms(toml, reference):
        if form != normalise(form):
            toml.note(where, f"{form!r} is not in normal form", f"write {normalise(form)!r}")
        elif form in meanings:
            toml.note(where, f"{form!r} is given twice")
        meanings[form] = meaning
    quick = frozenset(texts(toml, "quick", toml.data.get("quick")))
    alike = text_table(toml, "alike") if "alike" in toml.data else {}
    book = Phrasebook(meanings, quick, alike)
    for phrase in sorted(quick):
        if not book.halting(phrase):
            toml.note("quick", f"{phrase!r} is not a halt phrase")
    toml.require_sound()
    return book


def _forms(toml: TomlText, reference: Mapping[str, Any]) -> Iterator[tuple[str, Meaning, str]]:
    """Yield every form, with its place in the file and its meaning."""
    for name in TABLES:
        entries = table(toml, name)
        check_keys(toml, name, entries, reference[name])
        for key, value in entries.items():
            where = f"{name}.{key}"
            if key in reference[name]:
                meaning = _meaning(name, key)
                yield from ((where, meaning, form) for form in texts(toml, where, value))


def _meaning(name: str, key: str) -> Meaning:
    match name:
        case "regions":
            return Meaning(Command.PAIN, region=key)
        case "places":
            return Meaning(Command.PLACE, region=key)
        case "numbers":
            return Meaning(Command.NUMBER, number=int(key))
    return Meaning(Command(key))
