"""The user's own mixes: routine files that the program writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from voicecoach.app.output_file import require_folder
from voicecoach.app.routine_library import exercise_library, routine_files
from voicecoach.atomic_write import write_whole
from voicecoach.errors import InputError
from voicecoach.language.model import Language
from voicecoach.paths import data_dir
from voicecoach.routine.dump import dump
from voicecoach.routine.identity import ID_HINT, is_id
from voicecoach.routine.model import Routine
from voicecoach.routine.parse import parse
from voicecoach.text_file import read_text

HEAD: Final = (
    "# A mix, written by `voicecoach edit mix`: it writes it anew when the mix is changed.\n"
)


STEP: Final = "Delete it, and mix it again: voicecoach edit mix"


def mixes_dir() -> Path:
    """Return the folder of the user's own mixes."""
    return data_dir() / "routines"


def mix_place(name: str) -> Path:
    """Return the file of a mix."""
    return mixes_dir() / f"{name}.yaml"


def is_mix(path: Path) -> bool:
    """Tell whether a file is a mix that the program wrote."""
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text("utf-8").startswith(HEAD)
    return False


def mix_files() -> list[Path]:
    """Return the files of the user's mixes, sorted."""
    return sorted(path for path in mixes_dir().glob("*.yaml") if is_mix(path))


def latest_mix(shelf: Sequence[Routine]) -> Routine | None:
    """Return the mix of `shelf` that was made or changed last; None if there is none."""
    mixes = [one for one in shelf if one.path and is_mix(Path(one.path))]
    return max(mixes, key=lambda one: Path(one.path).stat().st_mtime, default=None)


def own_mixes() -> dict[str, str]:
    """Return the text of each of the user's mixes, by its name. Raises `InputError`."""
    return {path.stem: read_text(path, "The mix", STEP) for path in mix_files()}


def take_mixes(mixes: Mapping[str, str], language: Language) -> list[str]:
    """Write those mixes of another computer whose names are free here; return these names.

    All of them are checked before one is written. Raises `InputError` for a name that cannot be a
    mix's, or a text that is no mix, and what `write_mix` raises.
    """
    for name, text in mixes.items():
        if not is_id(name) or not text.startswith(HEAD):
            step = "Name a file that `voicecoach data export` has written."
            raise InputError(f"'{name}' in it is no mix", "", step)
        path = mix_place(name)
        parse(text, str(path), exercise_library(path.parent), language)
    free = sorted(mixes.keys() - routine_files().keys())
    require_folder(mixes_dir())
    for name in free:
        write_whole(mix_place(name), mixes[name].encode())
    return free


def write_mix(path: Path, routine: Routine, language: Language) -> None:
    """Write a mix, whole or not at all.

    Raises `InputError` where the name belongs to another routine or cannot be an id,
    `ProblemsError` for a mix that `check` would refuse, and `PlaceError`.
    """
    if not is_id(routine.id):
        raise InputError(f"'{routine.id}' cannot be the name of a mix", f"A name is {ID_HINT}", "")
    if (path.exists() and not is_mix(path)) or _is_shipped(path):
        what = f"'{path.stem}' is the name of another routine"
        raise InputError(what, "A mix does not take its place", "Choose another name.")
    text = HEAD + dump(routine)
    parse(text, str(path), exercise_library(path.parent), language)
    require_folder(path.parent)
    write_whole(path, text.encode())


def _is_shipped(path: Path) -> bool:
    known = routine_files().get(path.stem)
    return known is not None and known != path
