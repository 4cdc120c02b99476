"""A small German for the tests: a few lines of its own, and the English ones in place of the rest.

A line that is new in English then needs no translation here. That a session speaks no English is
for the tests to show.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from voicecoach.language.loader import FILES, SHIPPED, load_language
from voicecoach.language.model import Language

OWN = Path(__file__).parent / "de"

Data = dict[str, object]


@cache
def german() -> Language:
    """Return the toy language."""
    with TemporaryDirectory() as folder:
        write_german(Path(folder))
        return load_language("de", Path(folder))


def write_german(folder: Path) -> Path:
    """Write the files of the toy language into ``folder/de`` and return that."""
    (folder / "de").mkdir()
    for name in FILES:
        english, own = (
            tomllib.loads((place / name).read_text("utf-8")) for place in (SHIPPED / "en", OWN)
        )
        (folder / "de" / name).write_text(as_toml(merged(english, own)), "utf-8")
    return folder / "de"


def merged(english: Data, own: Data) -> Data:
    """Return `english` with what `own` has in its place; an empty table replaces a whole one."""
    both = dict(english)
    for key, value in own.items():
        before = english.get(key)
        if isinstance(value, dict) and value and isinstance(before, dict):
            both[key] = {**before, **value}
        else:
            both[key] = value
    return both


def as_toml(data: Data) -> str:
    """Return `data`, tables of texts and lists, as TOML: JSON has the same texts and lists."""
    plain = [f"{key} = {_value(value)}" for key, value in data.items() if not _table(value)]
    for name, table in data.items():
        if isinstance(table, dict):
            plain += [f"[{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "\n".join(plain) + "\n"


def _table(value: object) -> bool:
    return isinstance(value, dict)


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
