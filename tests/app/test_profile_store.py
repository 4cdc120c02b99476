"""The profile on disk: whole or not at all, and for its user alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.screening.people import TODAY, told
from voicecoach.app.profile_store import (
    delete_profile,
    load_profile,
    require_place_above,
    save_profile,
)
from voicecoach.errors import InputError, PlaceError, ProblemsError
from voicecoach.paths import profile_file
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile, let_through


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a profile would stand, in a folder that is not there yet."""
    return tmp_path / "data" / "voicecoach" / "profile.toml"


def mode(path: Path) -> int:
    """Return the permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_it_stands_in_the_data_folder(tmp_path: Path) -> None:
    """XDG: the user's data, as their own routines."""
    assert profile_file({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path / "voicecoach/profile.toml"


def test_what_is_saved_is_loaded(path: Path) -> None:
    """Nothing is there at first; later the last one saved, and no other file beside it."""
    assert load_profile(path) == Profile()
    for profile in (let_through(TODAY), told(Fact.BONES)):
        save_profile(path, profile)
        assert load_profile(path) == profile
    assert [file.name for file in path.parent.iterdir()] == ["profile.toml"]


def test_a_look_at_its_place_makes_nothing(tmp_path: Path, path: Path) -> None:
    """`doctor` only looks: at the folder above, where there is none yet."""
    require_place_above(path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "data").touch()
    with pytest.raises(PlaceError, match=r"profile\.toml cannot be written"):
        require_place_above(path)


def test_only_its_user_may_read_it(path: Path) -> None:
    """The file is 0600 and its folder 0700, also where the file was open to others before."""
    save_profile(path, let_through(TODAY))
    path.chmod(0o644)
    save_profile(path, let_through(TODAY))
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


@pytest.mark.parametrize("content", [b"[answers", b"\xff\xfe", b'blocked = "no"\n'])
def test_a_damaged_file_is_kept(path: Path, content: bytes) -> None:
    """It is reported on loading and on saving, and stays as it is to the byte."""
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_profile(path)
    assert str(path) in caught.value.what
    with pytest.raises(InputError):
        save_profile(path, let_through(TODAY))
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["profile.toml"]


def test_the_line_of_the_damage_is_told(path: Path) -> None:
    """The error names file, line and what would be right."""
    save_profile(path, let_through(TODAY))
    path.write_text(path.read_text("utf-8").replace("bones", "bons"), "utf-8")
    with pytest.raises(ProblemsError, match="1 problem") as caught:
        load_profile(path)
    (problem,) = caught.value.problems
    assert path.read_text("utf-8").splitlines()[problem.line - 1].startswith("bons")


def test_what_was_left_by_a_crash_is_no_hindrance(path: Path) -> None:
    """A half-written file of before is replaced."""
    save_profile(path, Profile())
    path.with_name(f".{path.name}.{os.getpid()}.part").write_text("half")
    save_profile(path, let_through(TODAY))
    assert load_profile(path) == let_through(TODAY)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "blocked").write_text("")
    with pytest.raises((PlaceError, InputError), match="blocked"):
        save_profile(tmp_path / "blocked" / "profile.toml", Profile())


def test_it_can_be_deleted(path: Path) -> None:
    """Damaged or not, and twice."""
    path.parent.mkdir(parents=True)
    path.write_text("[answers")
    delete_profile(path)
    delete_profile(path)
    assert load_profile(path) == Profile()


WRITER = """
import sys
from datetime import date
from pathlib import Path
from voicecoach.app.profile_store import keep_changes, load_profile
path, name = Path(sys.argv[1]), sys.argv[2]
for i in range(20):
    before = load_profile(path)
    keep_changes(path, before, before.practised("home", ["shared", name], date(2026, 3, 1)))
"""


def test_two_programs_lose_nothing_of_each_other(tmp_path: Path) -> None:
    """Each notes twenty exercises in one profile, at the same time."""
    path, root = tmp_path / "profile.toml", Path(__file__).parents[2]
    programs = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name], cwd=root)
        for name in ("one", "two")
    ]
    assert [program.wait(60) for program in programs] == [0, 0]
    done = {id_: practice.times for id_, practice in load_profile(path).exercises.items()}
    assert done == {"one": 20, "two": 20, "shared": 40}
