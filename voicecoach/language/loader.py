"""Loading a language from its folder of data files; nothing but this reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from voicecoach.errors import InputError, did_you_mean
from voicecoach.language.lint_reader import read_lint
from voicecoach.language.model import Language
from voicecoach.language.phrases_reader import read_phrases
from voicecoach.language.prompts_reader import read_prompts, read_sides
from voicecoach.text_file import read_text

SHIPPED: Final = Path(__file__).parent
"""The folder of the languages that come with the package."""

REFERENCE: Final = "en"
"""Every other language needs the commands and the lines of this one."""

FILES: Final = ("phrases.toml", "prompts.toml", "sides.toml", "lint.toml")

ALIKE: Final = "alike.toml"


def available(folder: Path = SHIPPED) -> tuple[str, ...]:
    """Return the codes of the languages in `folder`, sorted: its folders with one of `FILES`."""
    return tuple(
        sorted(p.name for p in folder.iterdir() if any((p / name).is_file() for name in FILES))
    )


def load_alike(code: str, folder: Path = SHIPPED) -> dict[str, str]:
    """Return words of a language that sound like another one, each with that other one.

    They stand in ``alike.toml``; a language may do without.
    """
    path = folder / code / ALIKE
    groups = tomllib.loads(_text(path))["groups"] if path.is_file() else []
    return {word: group[0] for group in groups for word in group[1:]}


def load_language(code: str, folder: Path = SHIPPED) -> Language:
    """Return the language `code` from the data files in ``folder/code``.

    Raises:
        InputError: There is no such language, or one of its files is missing or cannot be read.
        ProblemsError: A file lacks something, or holds something unknown; all of it is named.

    """
    return _shipped(code) if folder == SHIPPED else _read(code, folder)


@cache
def _shipped(code: str) -> Language:
    return _read(code, SHIPPED)


def _read(code: str, folder: Path) -> Language:
    known = available(folder)
    if code not in known:
        why = did_you_mean(code, known) or f"Available: {', '.join(known)}"
        raise InputError(f"There is no language '{code}'", why, "Choose one with --language.")
    paths = {name: folder / code / name for name in FILES}
    text = {name: _text(path) for name, path in paths.items()}
    inflection = read_sides(text["sides.toml"], str(paths["sides.toml"]))
    return Language(
        code,
        read_phrases(text["phrases.toml"], str(paths["phrases.toml"]), _reference("phrases.toml")),
        read_prompts(
            text["prompts.toml"],
            str(paths["prompts.toml"]),
            inflection,
            _reference("prompts.toml"),
        ),
        read_lint(text["lint.toml"], str(paths["lint.toml"])),
        known,
    )


@cache
def _reference(name: str) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / REFERENCE / name).read_text("utf-8"))


def _text(path: Path) -> str:
    step = f"A language has the files {', '.join(FILES)}."
    return read_text(path, f"The language '{path.parent.name}': the file", step)
