"""The user's own mixes: routine files that the program writes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from voicecoach.app.routine_library import exercise_library, routine_files
from voicecoach.atomic_write import write_whole
from voicecoach.errors import InputError
from voicecoach.language.model import Language
from voicecoach.paths import data_dir
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Routine
from voicecoach.routine.parse import parse

HEAD: Final = (
    "# A mix, written by `voicecoach edit mix`: it writes it anew when the mix is changed.\n"
)


def mix_place(name: str) -> Path:
    """Return the file of a mix."""
    return data_dir() / "routines" / f"{name}.yaml"


def is_mix(path: Path) -> bool:
    """Tell whether a file is a mix that the program wrote."""
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text("utf-8").startswith(HEAD)
    return False


def write_mix(path: Path, routine: Routine, language: Language) -> None:
    """Write a mix, whole or not at all.

    Raises `InputError` where the name belongs to another routine, `ProblemsError` for a mix that
    `check` would refuse, and `PlaceError`.
    """
    if (path.exists() and not is_mix(path)) or _is_shipped(path):
        what = f"'{path.stem}' is the name of another routine"
        raise InputError(what, "A mix does not take its place", "Choose another name.")
    text = HEAD + dump(routine)
    parse(text, str(path), exercise_library(path.parent), language)
    write_whole(path, text.encode())


def _is_shipped(path: Path) -> bool:
    known = routine_files().get(path.stem)
    return known is not None and known != path
