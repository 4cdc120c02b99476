"""Files and folders that commands write: one rule for all, held for every option there is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from stat import S_IMODE

import click
import pytest

from tests.cli.test_safety_commands import Terminal, home, terminal
from tests.effort import one_in
from tests.store.test_reading import NEW, OLD
from voicecoach.app.log_file import LogStore
from voicecoach.app.output_file import require_writable
from voicecoach.atomic_write import OWN, READABLE, write_whole
from voicecoach.cli.main import COMMANDS, cli
from voicecoach.cli.places import Place
from voicecoach.errors import PlaceError
from voicecoach.eventlog.kinds import Halted
from voicecoach.paths import history_file
from voicecoach.store.reading import add_sessions

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


WRITERS = {
    ("data", "export", "{}.json"): OWN,
    ("data", "export", "--csv", "{}"): OWN,
    ("report", "-o", "{}.html"): OWN,
    ("timeline", "log.jsonl", "-o", "{}.svg"): OWN,
    ("say", "Hello.", "--out", "{}.wav"): READABLE,
}
"""Commands that write quickly, and the mode of what they write."""


@pytest.mark.parametrize(("words", "mode"), WRITERS.items(), ids=map(" ".join, WRITERS))
def test_folders_are_made_and_what_is_about_the_user_is_theirs(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], mode: int
) -> None:
    """Whatever the umask lets others read."""
    os.chdir(tmp_path)
    add_sessions(history_file(), [OLD, NEW])
    log = LogStore(tmp_path / "log.jsonl", lambda store: store.write())
    log(Halted(t=1.0, why="pain"))
    before = os.umask(0o022)
    try:
        code, told = terminal(*(word.format("new/deep/it") for word in words))
    finally:
        os.umask(before)
    assert code == 0, told
    made = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert made
    for path in made:
        assert S_IMODE(path.stat().st_mode) == mode & ~0o022
        assert S_IMODE(path.parent.stat().st_mode) == (0o700 if mode == OWN else 0o755)


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_where_no_folder_can_be_made_it_is_told(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A file stands where the folder should be: exit code 7, and it stays."""
    os.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    LogStore(tmp_path / "log.jsonl", lambda store: store.write())(Halted(t=1.0, why="pain"))
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
    """A folder, and a place under a file; a folder that is missing is none of them."""
    require_writable(tmp_path / "a" / "b" / "c.wav")
    (tmp_path / "file").touch()
    for place in (tmp_path, tmp_path / "file" / "a.wav"):
        with pytest.raises(PlaceError):
            require_writable(place)
