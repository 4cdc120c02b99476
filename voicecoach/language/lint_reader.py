"""Reading the patterns of a language (``lint.toml``)."""

from __future__ import annotations

import re
from dataclasses import fields

from voicecoach.language.lint import Lint
from voicecoach.language.toml_tables import NEXT_STEP, check_keys, texts
from voicecoach.toml_reader import TomlText

NAMES = tuple(field.name for field in fields(Lint))
_LINE_BREAK = re.compile(r"\s*\n\s*")


def read_lint(text: str, path: str) -> Lint:
    """Return the compiled patterns in `text`.

    Raises `ProblemsError` with every list that is missing or unknown, and every expression that is
    not one.
    """
    toml = TomlText(text, path, NEXT_STEP)
    check_keys(toml, "", toml.data, NAMES)
    known = [name for name in NAMES if name in toml.data]
    compiled = {name: _pattern(toml, name) for name in known}
    toml.require_sound()
    return Lint(**compiled)


def _pattern(toml: TomlText, name: str) -> re.Pattern[str]:
    expressions = [_LINE_BREAK.sub("", text.strip()) for text in texts(toml, name, toml.data[name])]
    try:
        return re.compile("|".join(expressions), re.IGNORECASE)
    except re.error as error:
        toml.note(name, f"not a regular expression: {error}")
        return re.compile("")
