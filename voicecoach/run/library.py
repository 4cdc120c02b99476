"""Finding and reading routine files: by path, or by name among the shipped and the user's own."""

from __future__ import annotations

from pathlib import Path

from voicecoach.errors import InputError, did_you_mean
from voicecoach.places import data_dir, shipped
from voicecoach.routine.model import Routine
from voicecoach.routine.parse import parse


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


def find_routine(name: str) -> Path:
    """Return the file of a routine given by path or name. Raises `InputError`."""
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or "/" in name:
        return path
    files = routine_files()
    if name not in files:
        why = did_you_mean(name, list(files)) or f"Known are: {', '.join(files)}"
        step = "`voicecoach routines` lists them; a file is named with its .yaml."
        raise InputError(f"There is no routine '{name}'", why[:1].upper() + why[1:], step)
    return files[name]


def load_routine(path: Path) -> Routine:
    """Return the routine in a file. Raises `InputError`, or `ProblemsError` with all problems."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        step = "Name a routine file, or one of `voicecoach routines`."
        raise InputError(f"The routine {path} cannot be read", why, step) from error
    except UnicodeDecodeError as error:
        step = "Save the file as UTF-8 text."
        raise InputError(f"The routine {path} is not text", "It is not UTF-8", step) from error
    return parse(text, str(path))
