"""`voicecoach check`: problems refuse a file, warnings do not, and shared exercises are checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.test_errors import said

FOLDER = Path(__file__).parents[1] / "routine"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder, and no routines of one's own; the speech cache is shared."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_warning_is_no_problem(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is good, the exit code 0, and the warning names rule and line."""
    shutil.copy(FOLDER / "warned" / "long-on-the-back.yaml", here)
    code, text = said(capsys, "check", "long-on-the-back.yaml")
    assert code == 0
    assert "no problems, 1 warning\n" in text
    assert "line 13: exercises[1]: " in text
    assert "(S35: three minutes at most" in text


def test_a_fault_of_a_shared_exercise_names_its_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 3, and file, line and rule of the shared exercise are told."""
    shutil.copytree(FOLDER / "bad" / "exercises", here / "exercises")
    shutil.copy(FOLDER / "bad" / "roller-in-a-shared-exercise.yaml", here / "mine.yaml")
    code, text = said(capsys, "check", "mine.yaml")
    assert code == 3
    assert "exercises/rolled-low-back.yaml: line 7: regions: " in text
    assert "(S21: " in text


def test_an_exercise_is_checked_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of one exercise is compiled like a routine of it."""
    shutil.copytree(FOLDER / "bad" / "exercises", here / "exercises")
    assert said(capsys, "check", "exercises/rolled-low-back.yaml")[0] == 3
    code, text = said(capsys, "check", "exercises/rolled-ribs.yaml")
    assert code == 0
    assert "rolled-ribs.yaml: no problems" in text


def test_a_folder_stands_for_its_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check .` checks the routines in it and their shared exercises, and no other files."""
    shutil.copytree(FOLDER / "bad" / "exercises", here / "exercises")
    shutil.copy(FOLDER / "warned" / "long-on-the-back.yaml", here)
    (here / "notes.txt").write_text("not a routine")
    code, text = said(capsys, "check", ".")
    assert code == 3
    assert "long-on-the-back.yaml: no problems, 1 warning" in text
    assert "exercises/rolled-ribs.yaml: no problems" in text
    assert "exercises/rolled-low-back.yaml: 1 problem" in text
    assert "1 of " in text.splitlines()[-2]


@pytest.mark.parametrize(
    ("args", "code", "part"),
    [
        ((), 2, "Name files, or a folder"),
        ((".",), 3, "There is no routine file in "),
        (("mine.yaml",), 3, "mine.yaml cannot be read"),
        (("mine",), 3, "There is no routine 'mine'"),
    ],
)
def test_nothing_to_check_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], code: int, part: str
) -> None:
    """What is missing is named once, and nothing is said of problems in a file."""
    found, text = said(capsys, "check", *args)
    assert found == code
    assert part in text
    assert "problems" not in text
