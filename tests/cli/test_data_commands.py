"""`history` and `data` on the command line."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.cli.test_safety_commands import Terminal, home, kept, terminal
from tests.english import LANGUAGE
from tests.history.year import year
from tests.store.test_reading import NEW, OLD
from voicecoach import paths
from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.mixes import HEAD, mix_place, own_mixes
from voicecoach.app.profile_store import save_profile
from voicecoach.app.unfinished import UnfinishedStore, Unkept
from voicecoach.app.voice_store import save_voice
from voicecoach.app.wiring import Choices
from voicecoach.cli import start
from voicecoach.cli.history import OF_ONE_DAY, _month
from voicecoach.decision.taught import TaughtVoice
from voicecoach.errors import InputError, PlaceError
from voicecoach.history.figures import Pain
from voicecoach.paths import (
    history_file,
    profile_file,
    reminder_file,
    sound_check_file,
    taste_file,
    unfinished_file,
    voice_file,
)
from voicecoach.screening.profile import Profile, let_through
from voicecoach.store.document import to_json
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
    _, first, second, _, *month = said.splitlines()
    assert " ".join(month).startswith("You have told no score in the last four weeks.")
    assert first.split()[:3] == ["2026-03-01", "08:00", "three"]
    assert second.split()[:3] == ["2026-03-02", "00:30", "secret"]
    assert second.endswith("broken off")
    assert len(terminal("history", "--since", "2026-03-02")[1].splitlines()) == 5
    after = terminal("history", "--since", "2026-03-03")[1]
    assert after == "No sessions since 2026-03-03. The last one was on 2026-03-02.\n"
    assert len(json.loads(terminal("history", "--json")[1])["sessions"]) == 2


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ([(6, None)], "6 before a session. From 4 sessions with a score on, a trend can be told."),
        ([(6, None), (4, 3)], "5 before a session and 3 after it, the middle of 2. From 4 sessions "
         "with a score on, a trend can be told."),
        ([(6, 5), (5, 4), (4, 3), (3, 2)],
         "4.5 before a session and 3.5 after it, the middle of 4; down by about 3 of 10 in that "
         "time."),
        ([(3, 3)] * 4, "3 before a session and 3 after it, the middle of 4; about the same all "
         "the time."),
    ],
)  # fmt: skip
def test_how_the_back_was_this_month(scores: list[tuple[int, int | None]], told: str) -> None:
    """A number and a direction, as by voice, from four sessions on."""
    pains = [Pain(date(2026, 3, 1 + 7 * n), *pain) for n, pain in enumerate(scores)]
    assert _month(pains) == f"Your back in the last four weeks: {told}"


def test_scores_of_one_day_show_no_trend() -> None:
    """However many: the line does not then say that four are enough."""
    told = _month([Pain(date(2026, 3, 1), 4, 3)] * 5)
    assert told.endswith(OF_ONE_DAY)


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


@pytest.mark.usefixtures("home")
def test_own_mixes_are_taken_along_and_forgotten(terminal: Terminal, tmp_path: Path) -> None:
    """With the favourites, which are in the profile; a routine of the same name stays."""
    for name in ("mine", "other"):
        assert terminal("edit", "mix", name, "cat", "body-lift")[0] == 0
    terminal("edit", "favourite", "mine")
    before, file = own_mixes(), tmp_path / "all.json"
    assert terminal("data", "export", str(file))[0] == 0
    assert "Deleted" in terminal("data", "forget", "--yes")[1]
    assert own_mixes() == before
    assert terminal("data", "forget", "--yes", "--mixes")[1].count("Deleted") == 2
    assert (own_mixes(), kept().favourites) == ({}, {})
    mix_place("other").write_text(mix := before["other"].replace("Other", "Another"), "utf-8")
    code, said = terminal("data", "import", str(file))
    assert (code, "Mixes added: mine." in said) == (0, True)
    assert own_mixes() == {"mine": before["mine"], "other": mix}
    assert [*kept().favourites] == ["mine"]


@pytest.mark.parametrize("spoilt", [{"../mine": HEAD}, {"mine": "id: mine"}, {"mine": HEAD}])
@pytest.mark.usefixtures("home")
def test_a_document_with_a_bad_mix_is_refused(
    spoilt: dict[str, str], terminal: Terminal, tmp_path: Path
) -> None:
    """Before anything of it is written: neither a file elsewhere, nor a session."""
    file = tmp_path / "all.json"
    file.write_text(to_json([OLD], "", spoilt), "utf-8")
    assert terminal("data", "import", str(file))[0] == 3
    assert not history_file().exists()
    assert own_mixes() == {}


@pytest.mark.usefixtures("sessions")
def test_the_tables_are_written_into_a_folder(terminal: Terminal, tmp_path: Path) -> None:
    """One for each kind of record."""
    assert terminal("data", "export", "--csv", str(tmp_path / "tables"))[0] == 0
    assert "session.csv" in {path.name for path in (tmp_path / "tables").iterdir()}


@pytest.mark.usefixtures("sessions")
def test_what_came_since_a_day_is_forgotten(terminal: Terminal) -> None:
    """In the history and in the profile; what came before stays."""
    code, said = terminal("data", "forget", "--since", "2026-03-02", typed=["y"])
    assert (code, "Deleted: 1 session." in said) == (0, True)
    assert read_history(history_file()) == [OLD]
    assert not kept().answers.given


KEPT = (
    "history.db", "history.db-wal", "history.db-shm", "history.db-journal", "history.db.damaged",
    "history.db.damaged.1", "history.db.version-1", ".history.db.version-1.part", "profile.toml",
    "profile.toml.damaged", ".profile.toml.4711.part", "voice.json", ".voice.json.12.part",
    "voice.json.old",
)  # fmt: skip
"""What may lie in the data folder about the user: all that SQLite, a crash, an update and the
advice for a damaged file leave there."""


@pytest.mark.parametrize("damaged", KEPT)
def test_forgetting_leaves_nothing_whatever_is_damaged(terminal: Terminal, damaged: str) -> None:
    """And says what is deleted; the user's own routines stay."""
    folder = history_file().parent
    own = folder / "routines" / "history.db.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("mine", "utf-8")
    add_sessions(history_file(), [OLD, NEW])
    save_profile(profile_file(), let_through(TODAY))
    for name in KEPT:
        if name == damaged or not (folder / name).exists():
            (folder / name).write_text("damaged " * 200, "utf-8")

    code, said = terminal("data", "forget", "--yes")

    assert code == 0
    assert [path for path in folder.rglob("*") if path.is_file()] == [own]
    for name in KEPT:  # SQLite itself removes what it kept beside a file that is sound
        assert f"Deleted: {folder / name}" in said or name.startswith("history.db-"), said
    assert terminal("data", "forget", "--yes") == (0, "Nothing is kept about you.\n")


def test_each_private_file_is_among_those_that_are_forgotten() -> None:
    """A new one cannot be missed."""
    named = {getattr(paths, name)() for name in dir(paths) if name.endswith("_file")}
    assert named - {paths.config_file()} == set(paths.private_files())


@pytest.mark.usefixtures("sessions")
def test_copies_that_may_hold_what_is_forgotten_are_deleted(terminal: Terminal) -> None:
    """By the day on which they were written; an older one stays, as what it holds does."""
    new, old = (history_file().with_name(f"history.db.version-{n}") for n in (1, 2))
    for copy, day in ((new, TODAY), (old, date(2026, 3, 1))):
        copy.write_text("copy", "utf-8")
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=None).timestamp()
        os.utime(copy, (noon, noon))
    _, said = terminal("data", "forget", "--since", "2026-03-02", "--yes")
    assert f"Deleted: 1 session.\nDeleted: what you told since 2026-03-02.\nDeleted: {new}" in said
    assert (new.exists(), old.exists()) == (False, True)
    assert (
        "Nothing is kept since 2026-03-02."
        in terminal("data", "forget", "--since", "2026-03-02", "--yes")[1]
    )


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("damaged", ["history.db", "profile.toml", "voice.json"])
def test_what_is_damaged_does_not_keep_the_rest(terminal: Terminal, damaged: str) -> None:
    """With a day, the others lose what came since; then it is told which file could not be read,
    and how to be rid of it.
    """
    save_voice(voice_file(), TaughtVoice("m").with_takes("stop", [(0.6, 0.8), (1.0, 0.0)]), TODAY)
    (history_file().parent / damaged).write_text("damaged " * 200, "utf-8")
    code, said = terminal("data", "forget", "--since", "2026-03-02", "--yes")
    assert code == PlaceError.exit_code
    assert damaged in said.partition("Not all of it is deleted")[2]
    assert "Without --since all of it is deleted" in said
    assert damaged == "profile.toml" or not kept().answers.given
    assert damaged == "voice.json" or not voice_file().exists()
    assert damaged == "history.db" or read_history(history_file()) == [OLD]


@pytest.mark.usefixtures("sessions")
def test_what_cannot_be_deleted_is_told_and_does_not_keep_the_rest(terminal: Terminal) -> None:
    """A folder of that name, for example."""
    profile_file().unlink()
    profile_file().mkdir()
    code, said = terminal("data", "forget", "--yes")
    assert code == PlaceError.exit_code
    assert f"{profile_file()} cannot be deleted" in said
    assert not history_file().exists()


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
    """Of every file with something about the user, and of each mix."""
    of_the_body = [history_file(), profile_file(), voice_file(), reminder_file()]
    of_the_body.append(unfinished_file())
    about_sound = [taste_file(), sound_check_file()]
    kept = list(map(str, of_the_body + about_sound))
    assert terminal("data", "path")[1].split() == kept
    terminal("edit", "mix", "mine", "cat")
    assert terminal("data", "path")[1].split() == [*kept, str(mix_place("mine"))]


@pytest.mark.usefixtures("sessions")
def test_a_bundle_for_the_therapist(terminal: Terminal, tmp_path: Path) -> None:
    """It has the sessions since a day, and is for its user alone."""
    file = tmp_path / "bundle.json"
    assert terminal("data", "export", "--fhir", str(file)) == (0, f"{file}: 2 sessions.\n")
    assert file.stat().st_mode & 0o777 == 0o600
    later = terminal("data", "export", "--fhir", str(file), "--since", "2026-03-02")
    assert later == (0, f"{file}: 1 session.\n")
    assert file.read_text("utf-8").count('"Procedure"') == 1
    assert terminal("data", "export", "x.json", "--fhir", str(file))[0] == 2
    assert terminal("data", "export", "--fit", str(tmp_path), "--fhir", str(file))[0] == 2
    assert terminal("data", "export", "--since", "2026-03-02")[0] == 2


@pytest.mark.usefixtures("sessions")
def test_activities_for_a_training_log(terminal: Terminal, tmp_path: Path) -> None:
    """One file for each session with an exercise, for the user alone."""
    folder, more = tmp_path / "fit", year(weeks=2)
    add_sessions(history_file(), more)
    code, said = terminal("data", "export", "--fit", str(folder))
    assert (code, said) == (0, f"{folder}: {len(more)} sessions.\n")
    files = sorted(folder.iterdir())
    assert len(files) == len(more)
    assert {path.suffix for path in files} == {".fit"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


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
        assert start._kept(Choices(LANGUAGE), disk, Unkept())
        assert start._kept(Choices(LANGUAGE, history="none"), disk, Unkept()) is None
        assert isinstance(start._keeper(Choices(LANGUAGE, history="none"), disk), Unkept)
        assert isinstance(start._keeper(Choices(LANGUAGE), disk), UnfinishedStore)
