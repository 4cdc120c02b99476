"""`voicecoach remind`: set, shown, changed in part, as a calendar, forgotten."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest

from tests.cli.test_errors import said
from voicecoach.app.own_files import own_files
from voicecoach.app.reminder_store import load_reminder
from voicecoach.paths import private_files, reminder_file
from voicecoach.reminders.reminder import Day

Capture = pytest.CaptureFixture[str]
SET = ("remind", "--days", "fri,mon,Wednesday", "--at", "19:00")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no reminder, and an empty working folder."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)


def test_it_is_set_shown_and_forgotten(capsys: Capture) -> None:
    """In a file for its user alone, which `data forget` knows."""
    assert "No reminder" in said(capsys, "remind")[1]
    assert said(capsys, *SET) == (0, "Mon, Wed, Fri at 19:00.\n")
    assert said(capsys, "remind") == (0, "Mon, Wed, Fri at 19:00.\n")
    assert reminder_file().stat().st_mode & 0o777 == 0o600
    assert reminder_file() in private_files()
    assert said(capsys, "remind", "--off") == (0, "The reminder is off.\n")
    assert not reminder_file().exists()
    assert "no reminder" in said(capsys, "remind", "--off")[1]


def test_what_is_not_given_stays(capsys: Capture) -> None:
    """The time, the days, the routine, whether it is told aloud."""
    said(capsys, *SET, "--routine", "desk-break", "--aloud")
    code, text = said(capsys, "remind", "--at", "7:30")
    assert code == 0
    assert text.startswith("Mon, Wed, Fri at 07:30, desk-break. `voicecoach serve` asks you then")
    assert said(capsys, "remind", "--days", "daily", "--silent")[1].startswith("Every day at 07:30")
    kept = load_reminder(reminder_file())
    assert kept
    assert (kept.days, kept.routine, kept.aloud) == (tuple(Day), "desk-break", False)


def test_a_calendar_is_written(capsys: Capture) -> None:
    """Another program reads it."""
    code, text = said(capsys, *SET, "-o", "exercise.ics")
    assert code == 0
    assert "exercise.ics" in text
    read = icalendar.Calendar.from_ical(Path("exercise.ics").read_bytes())
    assert len(read.walk("VEVENT")) == 1


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["--days", "mon"], 2, "Name both"),
        (["--days", "mno", "--at", "19:00"], 2, "did you mean 'mon'?"),
        (["--days", ",", "--at", "19:00"], 2, "Name days"),
        (["--days", "mon", "--at", "25:00"], 2, "no time"),
        (["--days", "mon", "--at", "seven"], 2, "no time"),
        (["--days", "mon", "--at", "7:00", "--routine", "desk-brake"], 3, "desk-break"),
        (["--days", "mon", "--at", "7:00", "-o", "x.txt"], 2, "End the name with .ics"),
    ],
)
def test_what_is_wrong_is_told(words: list[str], code: int, part: str, capsys: Capture) -> None:
    """Nothing is kept then."""
    found, text = said(capsys, "remind", *words)
    assert part in text
    assert found == code
    assert not reminder_file().exists()


@pytest.mark.parametrize(
    "text", ["{", '{"days": [], "at": "19:00"}', '{"days": ["xxx"], "at": "19:00"}', '{"days": 1}']
)
def test_a_damaged_file_is_told(text: str, capsys: Capture) -> None:
    """With what to do about it."""
    reminder_file().parent.mkdir(parents=True)
    reminder_file().write_text(text)
    code, what = said(capsys, "remind")
    assert code == 3
    assert "Set it again" in what
    found = {finding.part: finding for finding in own_files("none")}["reminder"]
    assert not found.ok
