"""Routines by name and by path, the places, the settings, the timetable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.rehearsals import prepared
from tests.english import LANGUAGE
from tests.routine.files import GOOD
from voicecoach.app.routine_library import (
    exercise_library,
    find_routine,
    load_routine,
    routine_files,
)
from voicecoach.app.timetable import timetable
from voicecoach.errors import InputError, ProblemsError
from voicecoach.paths import cache_dir, config_file, data_dir, shipped
from voicecoach.settings import load_settings, parse_settings


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a user's own routines, empty."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "voicecoach" / "routines"
    folder.mkdir(parents=True)
    return folder


def test_shipped_routines_are_found_by_name(mine: Path) -> None:
    """The two routines of the package are there, with no folder of one's own needed."""
    mine.rmdir()
    assert {"foam-roll-upper-back", "upper-back-at-home"} <= set(routine_files())
    path = find_routine("foam-roll-upper-back")
    assert load_routine(path, LANGUAGE).id == "foam-roll-upper-back"


def test_ones_own_routine_goes_first(mine: Path) -> None:
    """A file of the same name in the user's folder is taken instead of the shipped one."""
    own = mine / "foam-roll-upper-back.yaml"
    own.write_text(GOOD)
    assert find_routine("foam-roll-upper-back") == own


def test_an_unknown_name_asks_did_you_mean(mine: Path) -> None:
    """A slip of the finger gets the nearest name; something else gets the list."""
    with pytest.raises(InputError) as caught:
        find_routine("foam-roll-uper-back")
    assert "Did you mean 'foam-roll-upper-back'?" in caught.value.why
    with pytest.raises(InputError) as caught:
        find_routine("zzz")
    assert "upper-back-at-home" in caught.value.why
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("name", ["x.yaml", "./x", "a/b.yml"])
def test_a_path_is_taken_as_it_is(name: str) -> None:
    """What looks like a path is not looked up."""
    assert find_routine(name) == Path(name)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, a folder and bytes that are no text are errors for people."""
    with pytest.raises(InputError, match="cannot be read"):
        load_routine(tmp_path / "missing.yaml", LANGUAGE)
    with pytest.raises(InputError, match="cannot be read"):
        load_routine(tmp_path, LANGUAGE)
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        load_routine(bad, LANGUAGE)
    bad.write_text("schema: 7")
    with pytest.raises(ProblemsError):
        load_routine(bad, LANGUAGE)


SHARED = """\
schema: voicecoach/1
kind: exercise
id: cat
name: {name}
position: all-fours
regions: [low-back]
sides: none
dose: {{repetitions: 8, tempo: 3030}}
way_in: [Come onto all fours.]
full: [Let your belly sink, then round your back.]
short: Sink, then round.
way_out: [Sit back on your heels.]
"""


def using_cat(folder: Path) -> Path:
    """Return a routine in `folder` that uses the exercise "cat"."""
    path = folder / "mine.yaml"
    path.write_text(GOOD.split("  - id: bridge")[0] + "  - use: cat\n")
    return path


def test_a_routine_takes_its_own_exercises_first(tmp_path: Path) -> None:
    """The folder `exercises` beside a file goes before the shipped ones, which are there too."""
    path = using_cat(tmp_path)
    assert load_routine(path, LANGUAGE).exercises[0].name != "My cat"
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "cat.yaml").write_text(SHARED.format(name="My cat"))
    assert load_routine(path, LANGUAGE).exercises[0].name == "My cat"
    assert set(exercise_library(tmp_path)) == set(exercise_library(shipped("routines")))


def test_a_shared_exercise_is_loaded_alone(tmp_path: Path) -> None:
    """A file of one exercise gives a routine of it, and is not listed among the routines."""
    path = tmp_path / "cat.yaml"
    path.write_text(SHARED.format(name="The cat"))
    assert [exercise.id for exercise in load_routine(path, LANGUAGE).exercises] == ["cat"]
    assert not set(exercise_library(shipped("routines"))) & set(routine_files())


def test_a_shared_exercise_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Bytes in the folder of exercises are an error for people, with the file's name."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "cat.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"cat\.yaml cannot be read"):
        load_routine(using_cat(tmp_path), LANGUAGE)


def test_places_follow_the_xdg_variables(tmp_path: Path) -> None:
    """Each folder is where its variable says; an empty or relative one is ignored."""
    environ = {
        "XDG_CACHE_HOME": str(tmp_path / "c"),
        "XDG_CONFIG_HOME": str(tmp_path / "f"),
        "XDG_DATA_HOME": str(tmp_path / "d"),
    }
    assert cache_dir(environ) == tmp_path / "c" / "voicecoach"
    assert config_file(environ) == tmp_path / "f" / "voicecoach" / "settings.toml"
    assert data_dir(environ) == tmp_path / "d" / "voicecoach"
    for bad in ("", "relative/path"):
        assert cache_dir({"XDG_CACHE_HOME": bad}) == Path.home() / ".cache" / "voicecoach"


def test_what_is_shipped_is_there() -> None:
    """The package finds its routines and its model."""
    assert list(shipped("routines").glob("*.yaml"))
    assert (shipped("models/coach-en") / "am" / "final.mdl").is_file()


def test_no_settings_file_is_no_settings(tmp_path: Path) -> None:
    """A missing file means defaults; a good one gives its values."""
    path = tmp_path / "settings.toml"
    assert load_settings(path) == {}
    path.write_text('voice = "en-gb"\nrate = 140\n')
    assert load_settings(path) == {"voice": "en-gb", "rate": 140}


def test_all_faults_of_the_settings_are_told() -> None:
    """An unknown name (did you mean) and wrong types are told together."""
    with pytest.raises(ProblemsError) as caught:
        parse_settings('voise = "x"\nrate = "fast"\nmodel = 3\n', "s.toml")
    text = str(caught.value)
    assert "did you mean 'voice'?" in text
    assert "'fast' is not a whole number" in text
    assert "3 is not a text in quotes" in text
    assert caught.value.next_step


def test_settings_that_are_no_toml_or_no_file(tmp_path: Path) -> None:
    """Rubbish and a folder are errors for people."""
    with pytest.raises(ProblemsError, match="problem"):
        parse_settings("= 3", "s.toml")
    with pytest.raises(InputError, match="cannot be read"):
        load_settings(tmp_path)
    (tmp_path / "s").write_bytes(b"\xff")
    with pytest.raises(InputError, match="cannot be read"):
        load_settings(tmp_path / "s")


@pytest.mark.parametrize("value", ["true", "160.0", "99", "301", '"160"'])
def test_only_a_whole_number_in_its_range_is_a_rate(value: str) -> None:
    """Python would find 160.0 among the whole numbers, and take true for 1."""
    assert parse_settings("rate = 160", "s.toml") == {"rate": 160}
    with pytest.raises(ProblemsError):
        parse_settings(f"rate = {value}", "s.toml")


def test_the_timetable_is_the_session() -> None:
    """It lists each line in order of time, from the greeting to the goodbye, and the events."""
    entries = list(timetable(prepared()[0], 2))
    cues = [entry for entry in entries if entry.kind in {"say", "count", "breath", "mark"}]
    assert [cue.at for cue in cues] == sorted(cue.at for cue in cues)
    assert cues[0].text == "Welcome. Two moves."
    assert cues[-1].text.endswith("Goodbye.")
    assert sum(cue.kind == "count" for cue in cues) == 4
    assert entries[-1].kind == "state" or entries[-1].kind == "session_finished"
