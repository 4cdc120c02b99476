"""Files and folders that commands write: one rule for all, held for every option there is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from errno import EACCES
from importlib import import_module
from pathlib import Path
from stat import S_IMODE

import click
import pytest

from tests.cli.test_safety_commands import Terminal, home, terminal
from tests.effort import one_in
from tests.history.year import year
from tests.store.test_reading import NEW, OLD
from voicecoach.app.log_file import LogStore
from voicecoach.app.output_file import require_folder, require_writable
from voicecoach.app.profile_store import require_place, require_place_above
from voicecoach.atomic_write import OWN, READABLE, cannot_be_written, write_whole
from voicecoach.cli.main import COMMANDS, cli
from voicecoach.cli.places import FOLDER, Output, Place
from voicecoach.errors import ModelError, PlaceError, VoiceError
from voicecoach.eventlog.kinds import Halted
from voicecoach.exchange.fit import file_name
from voicecoach.paths import history_file
from voicecoach.store.reading import add_sessions
from voicecoach.tts.pyttsx3_voice import COACH

__all__ = ["home", "terminal"]

Found = tuple[tuple[str, ...], click.Parameter]


def parameters() -> Iterator[Found]:
    """Yield every parameter of every command that takes a value, after the words of its command."""

    def within(words: tuple[str, ...], command: click.Command) -> Iterator[Found]:
        for param in command.params:
            if not (isinstance(param, click.Option) and (param.is_flag or param.count)):
                yield words, param
        for name, inner in getattr(command, "commands", {}).items():
            yield from within((*words, name), inner)

    for name in COMMANDS:
        yield from within((name,), import_module(f"voicecoach.cli.{name}").command)


EVERY = list(parameters())


@pytest.mark.parametrize(("words", "param"), one_in(9, EVERY))
def test_an_empty_text_names_nothing(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], param: click.Parameter
) -> None:
    """It is wrong use for every option and argument, but where empty is what stands there anyway:
    never the folder in which the program runs, and never as if the option were not given.
    """
    os.chdir(tmp_path)
    given = [param.opts[0], ""] if isinstance(param, click.Option) else [""]
    context = click.Context(cli)
    if param.get_default(context) == "":
        return
    extra = {"profile": ["set"]}.get(words[0], []) if param.name == "words" else []
    code, told = terminal(*words, *extra, *given)
    assert code == 2, told
    assert list(tmp_path.iterdir()) == []


def test_paths_and_texts_are_of_the_types_that_refuse_it() -> None:
    """So that a new command cannot forget it."""
    lax = []
    for words, param in EVERY:
        path = isinstance(param.type, click.Path) and not isinstance(param.type, Place)
        text = type(param.type) is type(click.STRING)
        if path or (text and param.get_default(click.Context(cli)) != ""):
            lax.append(" ".join((*words, param.opts[0])))
    assert not lax


FILES = [
    ("data", "export", "{}.json"),
    ("data", "export", "--fhir", "{}.json"),
    ("new", "{}.yaml"),
    ("rehearse", "desk-break", "--coach", "{}.wav"),
    ("rehearse", "desk-break", "--events", "{}.jsonl"),
    ("rehearse", "desk-break", "--mic", "{}.wav"),
    ("rehearse", "desk-break", "--timeline", "{}.svg"),
    ("remind", "--days", "mon", "--at", "19:00", "-o", "{}.ics"),
    ("render", "desk-break", "-o", "{}.wav"),
    ("report", "-o", "{}.html"),
    ("say", "Hello.", "--out", "{}.wav"),
    ("serve", "--events", "{}.jsonl"),
    ("start", "desk-break", "--events", "{}.jsonl"),
    ("timeline", "log.jsonl", "-o", "{}.svg"),
]
"""Commands that write a file whose name they are given."""

FOLDERS = {
    ("data", "export", "--csv", "{}"): 0,
    ("data", "export", "--fit", "{}"): 0,
    ("demo", "--into", "{}", "--model", "none"): ModelError.exit_code,
    ("render", "--all", "--format", "wav", "--voice", "none", "-o", "{}"): VoiceError.exit_code,
    ("voices", "samples", "{}", "--rate", "100"): 0,
}
"""Commands that fill a folder, and how they end; where that would take minutes, they are stopped by
an error that comes after it.
"""

READ = {
    "data import file",
    "doctor --scenario",
    "listen files",
    "rehearse --scenario",
    "replay log",
    "serve --scenario",
    "teach --scenario",
    "timeline log",
}
"""Paths that are read only."""

BY_HAND = {"new routine", "render --out"}
"""Those whose command itself looks at what they are."""


def named(words: tuple[str, ...], param: click.Parameter) -> str:
    """Return what a parameter is called in the lists above."""
    name = param.opts[-1] if isinstance(param, click.Option) else param.name
    return " ".join((*words, str(name)))


def test_each_path_is_in_one_of_the_lists() -> None:
    """So that a new command keeps to the rule: a file by `Output`, a folder, or what is read."""
    paths = {named(*found): found[1].type for found in EVERY if isinstance(found[1].type, Place)}
    files = {name for name, kind in paths.items() if isinstance(kind, Output)}
    folders = {name for name, kind in paths.items() if kind is FOLDER}
    common = {f"{name} --model" for name in COMMANDS}
    assert paths.keys() - files - folders - common <= READ | BY_HAND
    tried = {written(words) for words in (*FILES, *FOLDERS)}
    assert tried == files | folders | BY_HAND


def written(words: tuple[str, ...]) -> str:
    """Return what the parameter is called into whose place `{}` stands in one of the lists."""
    at = next(at for at, word in enumerate(words) if "{}" in word)
    option = words[at - 1] if words[at - 1].startswith("-") else ""
    of = [found for found in EVERY if words[: len(found[0])] == found[0]]
    kinds = [(name, param) for name, param in of if isinstance(param, click.Option) == bool(option)]
    return next(named(*found) for found in kinds if not option or option in found[1].opts)


@pytest.fixture
def history(home: Path, tmp_path: Path) -> None:
    """Two sessions were done, and there is a log."""
    os.chdir(tmp_path)
    add_sessions(history_file(), [OLD, NEW])
    LogStore(tmp_path / "log.jsonl", lambda store: store.write())(Halted(t=1.0, why="pain"))


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("words", FILES, ids=" ".join)
def test_a_file_in_a_folder_that_is_missing_is_an_error(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """It says what is missing and what to do, before any work, and makes nothing."""
    before = sorted(tmp_path.rglob("*"))
    code, told = terminal(*(word.format("no/where/it") for word in words))
    assert code == PlaceError.exit_code, told
    assert "There is no folder 'no/where'" in told
    assert "Make it, or name another place." in told
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(("words", "code"), FOLDERS.items(), ids=map(" ".join, FOLDERS))
def test_a_folder_that_is_filled_is_made(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    """With those above it."""
    ended, told = terminal(*(word.format("no/where") for word in words))
    assert ended == code, told
    assert (tmp_path / "no" / "where").is_dir()


LED = year(8)[:2]
"""Sessions with exercises, without which there is no FIT file."""

WRITTEN = {
    **{words: [words[-1]] for words in FILES},
    ("render", "desk-break", "-o", "{}.wav"): ["{}.wav", "{}.vtt"],
    ("data", "export", "--csv", "{}"): ["{}/session.csv", "{}/pause.csv"],
    ("data", "export", "--fit", "{}"): ["{}/" + file_name(one) for one in LED],
    ("demo", "--into", "{}", "--model", "none"): ["{}/demo.svg", "{}/events.jsonl"],
    ("render", "--all", "--format", "wav", "--voice", "none", "-o", "{}"): [
        "{}/desk-break.wav", "{}/upper-back-at-home.vtt",
    ],
    ("voices", "samples", "{}", "--rate", "100"): [f"{{}}/{COACH}.wav"],
}  # fmt: skip
"""What each command writes, or some of it where that is much: not what comes first alone."""


def test_what_each_command_writes_is_tried() -> None:
    """So that a new command is."""
    assert WRITTEN.keys() == {*FILES, *FOLDERS}


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("words", "name"), [(words, name) for words, names in WRITTEN.items() for name in names]
)
def test_each_file_is_looked_at_before_any_is_written(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    """Where one of them cannot be written, that is told before the work, and none is."""
    add_sessions(history_file(), LED)
    taken = tmp_path / name.format("it")
    taken.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    code, told = terminal(*(word.format("it") for word in words))
    assert code in (2, 3, PlaceError.exit_code), told
    assert taken.name in told
    assert any(part in told for part in ("is a folder", "is a directory", "exists already"))
    assert sorted(tmp_path.rglob("*")) == before


WRITERS = {
    ("data", "export", "{}/it.json"): OWN,
    ("data", "export", "--csv", "{}"): OWN,
    ("report", "-o", "{}/it.html"): OWN,
    ("timeline", "log.jsonl", "-o", "{}/it.svg"): OWN,
    ("say", "Hello.", "--out", "{}/it.wav"): READABLE,
}
"""Commands that write quickly, and the mode of what they write."""


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(("words", "mode"), WRITERS.items(), ids=map(" ".join, WRITERS))
def test_what_is_about_the_user_is_theirs(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], mode: int
) -> None:
    """Whatever the umask lets others read; so is a folder that is made for it."""
    folder = tmp_path / "new"
    if "/" in words[-1]:
        folder.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        code, told = terminal(*(word.format("new") for word in words))
    finally:
        os.umask(before)
    assert code == 0, told
    made = list(folder.iterdir())
    assert made
    assert {S_IMODE(path.stat().st_mode) for path in made} == {mode & ~0o022}
    assert S_IMODE(folder.stat().st_mode) == (0o755 if "/" in words[-1] else 0o700)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("words", [*FILES, *FOLDERS], ids=" ".join)
def test_a_file_where_the_folder_should_be_is_told(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Exit code 7, and it stays."""
    (tmp_path / "file").write_text("mine")
    code, told = terminal(*(word.format("file/it") for word in words))
    assert code == PlaceError.exit_code
    assert "'file' is not a folder" in told
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("rehearse", "desk-break", "--coach", "x.mp3"),
        ("rehearse", "desk-break", "--mic", "x.flac"),
        ("rehearse", "desk-break", "--timeline", "x.png"),
        ("rehearse", "desk-break", "--events", "x.wav"),
        ("start", "desk-break", "--events", "x.svg"),
        ("timeline", "log.jsonl", "--out", "x.pdf"),
        ("data", "export", "x.csv"),
        ("say", "Hello.", "--out", "x.csv"),
        ("report", "-o", "x.doc"),
    ],
    ids=" ".join,
)
def test_no_file_is_written_under_the_name_of_another_kind(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A player or a spreadsheet would only say that it is damaged."""
    os.chdir(tmp_path)
    LogStore(tmp_path / "log.jsonl", lambda store: store.write())(Halted(t=1.0, why="pain"))
    code, told = terminal(*words)
    assert code in (2, 3)
    assert "." in told.splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["log.jsonl"]


def test_a_log_takes_the_rights_of_a_file_that_was_there_from_others(tmp_path: Path) -> None:
    """A session may be written over an older file, which anyone could read."""
    path = tmp_path / "log.jsonl"
    path.touch(0o644)
    LogStore(path, lambda store: store.write())(Halted(t=1.0, why="pain"))
    assert S_IMODE(path.stat().st_mode) == OWN


def test_what_is_written_anew_takes_them_too(tmp_path: Path) -> None:
    """An export over an export of an earlier version."""
    path = tmp_path / "a.json"
    path.touch(0o644)
    write_whole(path, b"{}", OWN)
    assert S_IMODE(path.stat().st_mode) == OWN


def test_before_the_work_a_place_is_looked_at(tmp_path: Path) -> None:
    """A folder, a place under a file, and one in a folder that is missing."""
    require_writable(tmp_path / "c.wav")
    (tmp_path / "file").touch()
    for place in (tmp_path, tmp_path / "file" / "a.wav", tmp_path / "a" / "c.wav"):
        with pytest.raises(PlaceError):
            require_writable(place)


@pytest.mark.parametrize(
    "look",
    [
        lambda folder: require_writable(folder / "a.wav"),
        require_folder,
        lambda folder: require_place(folder / "profile.toml"),
        lambda folder: require_place_above(folder / "new" / "profile.toml"),
    ],
    ids=["file", "folder", "profile", "profile, before its folder is made"],
)
def test_a_folder_in_which_nothing_may_be_put_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Callable[[Path], None]
) -> None:
    """Whatever is to lie in it: one that is locked, and one that is a file."""
    look(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError) as told:
        look(tmp_path / "file")
    assert told.value.why in ("Not a directory", f"'{tmp_path / 'file'}' is not a folder")
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(PlaceError) as told:
        look(tmp_path)
    assert told.value.why == "Permission denied"


def test_a_device_may_be_written_whatever_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the system may put files into /dev."""
    monkeypatch.setattr(os, "access", lambda path, _mode: path == Path(os.devnull))
    require_writable(Path(os.devnull))


def test_a_folder_that_must_not_be_entered_is_told(tmp_path: Path) -> None:
    """Not as one that is missing, and without a traceback."""
    locked = tmp_path / "locked"
    locked.mkdir()
    error = PermissionError(EACCES, os.strerror(EACCES))
    told = cannot_be_written(locked / "deep" / "a.wav", error)
    assert told.why == "Permission denied"
