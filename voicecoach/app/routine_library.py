"""Finding and reading routine files: by path, or by name among the shipped and the user's own."""

from __future__ import annotations

from pathlib import Path

from voicecoach.errors import InputError, did_you_mean
from voicecoach.language.model import Language
from voicecoach.paths import data_dir, shipped
from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.parse import parse_any, parse_exercise
from voicecoach.routine.shared import Library
from voicecoach.text_file import read_text
from voicecoach.yaml_reader.nodes import MAX_BYTES

EXERCISES = "exercises"
"""Folder of shared exercises beside the routines, shipped or the user's own."""


def folders() -> list[Path]:
    """Return where routines are looked for by name: the user's own first."""
    return [data_dir() / "routines", shipped("routines")]


def routine_files() -> dict[str, Path]:
    """Return the known routine files by name, sorted."""
    found: dict[str, Path] = {}
    for folder in reversed(folders()):
        if folder.is_dir():
            found |= {path.stem: path for path in folder.glob("*.yaml")}
    return dict(sorted(found.items()))


def own_routines() -> list[Path]:
    """Return the user's own routine files among the known ones."""
    return [path for path in routine_files().values() if path.parent == folders()[0]]


def replaced(name: str) -> Path | None:
    """Return the shipped routine of that name where an own one is found instead of it."""
    own, shipped_one = (folder / f"{name}.yaml" for folder in folders())
    return shipped_one if own.is_file() and shipped_one.is_file() else None


def find_routine(name: str) -> Path:
    """Return the file of a routine given by path or name. Raises `InputError`."""
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or "/" in name:
        return path
    files = routine_files()
    if name not in files:
        why = did_you_mean(name, list(files)) or f"The routines are: {', '.join(files)}"
        step = "`voicecoach routines` lists them; a file is named with its .yaml."
        raise InputError(f"There is no routine '{name}'", why[:1].upper() + why[1:], step)
    return files[name]


def exercise_library(folder: Path) -> Library:
    """Return the shared exercises for a routine file in `folder`: those in an ``exercises`` folder
    beside it, and the shipped ones. Raises `InputError` if one of them cannot be read.
    """
    found: dict[str, Path] = {}
    for place in (shipped("routines"), folder):
        found |= {path.stem: path for path in sorted((place / EXERCISES).glob("*.yaml"))}
    return {name: (str(path), _text(path)) for name, path in found.items()}


def shipped_exercises(language: Language) -> list[Exercise]:
    """Return the shared exercises that are shipped, by their ids."""
    return _parsed(exercise_library(shipped("routines")), language)


def shared_exercises(routine: Routine, language: Language) -> list[Exercise]:
    """Return the shared exercises that a routine beside `routine` may use, by their ids."""
    return _parsed(exercise_library(Path(routine.path).parent), language)


def _parsed(texts: Library, language: Language) -> list[Exercise]:
    return [
        parse_exercise(text, path, language).exercises[0]
        for _, (path, text) in sorted(texts.items())
    ]


def load_routine(path: Path, language: Language) -> Routine:
    """Return the routine in a file, or a routine of the one shared exercise that the file holds.

    It must be written in `language`.

    Raises `InputError`, or `ProblemsError` with all problems.
    """
    return parse_any(_text(path), str(path), exercise_library(path.parent), language)


def readable_routines(language: Language) -> list[Routine]:
    """Return all known routines that can be read and are written in `language`, by their names."""
    return [routine for path in routine_files().values() if (routine := _read(path, language))]


def _read(path: Path, language: Language) -> Routine | None:
    try:
        return load_routine(path, language)
    except InputError:
        return None


def _text(path: Path) -> str:
    step = "Name a routine file, or one of `voicecoach routines`."
    return read_text(path, "The routine", step, MAX_BYTES)
