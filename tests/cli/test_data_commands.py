"""`history` and `data` on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.test_safety_commands import Terminal, home, kept, terminal
from tests.english import LANGUAGE
from tests.store.test_reading import NEW, OLD
from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.profile_store import save_profile
from voicecoach.app.wiring import Choices
from voicecoach.cli import start
from voicecoach.errors import InputError, PlaceError
from voicecoach.paths import history_file, profile_file, voice_file
from voicecoach.screening.profile import Profile, let_through
from voicecoach.store.reading import add_sessions, read_history

__all__ = ["home", "terminal"]
TODAY = date(2026, 3, 2)


@pytest.fixture
def sessions() -> None:
    """Keep two sessions and a profile."""
    add_sessions(history_file(), [OLD, NEW])
    save_profile(profile_file(), let_through(TODAY))


def test_without_sessions_the_way_to_one_is_told(terminal: Terminal) -> None:
    """An empty table says nothing."""
    code, said = terminal("history")
    assert (code, "voicecoach start" in said) == (0, True)


@pytest.mark.usefixtures("sessions")
def test_the_table_has_a_line_for_each_session(terminal: Terminal) -> None:
    """The latest last; one that has no end was broken off."""
    _, said = terminal("history")
    _, first, second = said.splitlines()
    assert first.split()[:3] == ["2026-03-01", "08:00", "three"]
    assert second.split()[:3] == ["2026-03-02", "00:30", "secret"]
    assert second.endswith("broken off")
    assert len(terminal("history", "--since", "2026-03-02")[1].splitlines()) == 2
    assert len(json.loads(terminal("history", "--json")[1])["sessions"]) == 2


@pytest.mark.usefixtures("sessions")
def test_what_is_exported_can_be_imported(terminal: Terminal, tmp_path: Path) -> None:
    """On another computer; a second time it changes nothing."""
    file = tmp_path / "all.json"
    assert terminal("data", "export", str(file)) == (0, f"{file}: 2 sessions.\n")
    assert terminal("data", "forget", "--yes")[0] == 0
    assert (read_history(history_file()), kept()) == ([], Profile())
    code, said = terminal("data", "import", str(file))
    assert (code, "2 sessions added" in said) == (0, True)
    assert (read_history(history_file()), kept()) == ([OLD, NEW], let_through(TODAY))
    assert "0 sessions added, 2 known" in terminal("data", "import", str(file))[1]


@pytest.mark.usefixtures("sessions")
def test_the_tables_are_written_into_a_folder(terminal: Terminal, tmp_path: Path) -> None:
    """One for each kind of record."""
    assert terminal("data", "export", "--csv", str(tmp_path / "tables"))[0] == 0
    assert "session.csv" in {path.name for path in (tmp_path / "tables").iterdir()}


@pytest.mark.usefixtures("sessions")
def test_what_came_since_a_day_is_forgotten(terminal: Terminal) -> None:
    """In the history and in the profile; what came before stays."""
    code, said = terminal("data", "forget", "--since", "2026-03-02", typed=["y"])
    assert (code, "1 session deleted." in said) == (0, True)
    assert read_history(history_file()) == [OLD]
    assert not kept().answers.given


@pytest.mark.usefixtures("sessions")
def test_nothing_is_forgotten_without_a_yes(terminal: Terminal) -> None:
    """Neither by "no" nor by silence."""
    assert "Nothing is deleted" in terminal("data", "forget", typed=["no"])[1]
    assert terminal("data", "forget")[0] == 2
    assert len(read_history(history_file())) == 2


def test_a_block_is_not_forgotten_by_the_day(terminal: Terminal) -> None:
    """S8: who was told to see a doctor is told that this stays."""
    save_profile(profile_file(), let_through(TODAY).block(TODAY))
    _, said = terminal("data", "forget", "--since", "2026-03-01", "--yes")
    assert "doctor" in said
    assert kept().blocked == TODAY


def test_faults_are_told(terminal: Terminal, tmp_path: Path) -> None:
    """A day that is none, a file that is none, a folder that cannot be made, both at once."""
    file = tmp_path / "file"
    file.write_text("{", "utf-8")
    assert terminal("history", "--since", "yesterday")[0] == 2
    assert terminal("data", "import", str(file))[0] == InputError.exit_code
    assert terminal("data", "import", str(tmp_path / "none"))[0] == InputError.exit_code
    assert terminal("data", "export", "--csv", str(file / "under"))[0] == PlaceError.exit_code
    assert terminal("data", "export", str(file), "--csv", str(tmp_path))[0] == 2
    history_file().parent.mkdir(parents=True)
    history_file().write_text("damaged " * 200, "utf-8")
    assert terminal("history")[0] == InputError.exit_code


def test_the_paths_are_printed(terminal: Terminal) -> None:
    """Of the history and of the profile."""
    paths = [history_file(), profile_file(), voice_file()]
    assert terminal("data", "path")[1].split() == [str(path) for path in paths]


@pytest.mark.usefixtures("sessions")
def test_the_report_is_written(terminal: Terminal, tmp_path: Path) -> None:
    """As its name ends; another ending is told with those there are."""
    file = tmp_path / "page.html"
    assert terminal("report", "-o", str(file)) == (0, f"{file}: 2 sessions.\n")
    assert "2026-03-01 to 2026-03-02" in file.read_text("utf-8")
    code, said = terminal("report", "-o", str(tmp_path / "page.doc"))
    assert (code, ".pdf" in said) == (InputError.exit_code, True)


def test_a_history_is_kept_unless_the_user_wants_none() -> None:
    """By flag, variable or setting: all three end in the choices."""
    with DiskWriter(print) as disk:
        assert start._kept(Choices(LANGUAGE), disk)
        assert start._kept(Choices(LANGUAGE, history="none"), disk) is None
