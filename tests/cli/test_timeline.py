"""`voicecoach timeline` draws a log that was kept, and says what is wrong with one that was not."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from voicecoach.app.log_file import write_log
from voicecoach.cli.main import run
from voicecoach.errors import InputError, PlaceError
from voicecoach.eventlog.kinds import (
    DialogFinished,
    Event,
    Halted,
    SessionFinished,
    SessionStarted,
    StateEntered,
)
from voicecoach.eventlog.sounds import UserSpoke

SESSION: list[Event] = [
    SessionStarted(t=0.0, routine="upper-back"),
    UserSpoke(t=2.0, text="stop it", start=2.0, end=2.5),
    Halted(t=2.6, why="stop"),
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, without settings of one's own."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def title(picture: Path) -> str | None:
    """Return the title of a picture, which must be well-formed."""
    return ET.fromstring(picture.read_text("utf-8")).findtext("{http://www.w3.org/2000/svg}title")


def test_a_log_is_drawn_beside_itself(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --out the picture takes the name of the log, and is named."""
    write_log(here / "events.jsonl", SESSION)
    assert run(["timeline", "events.jsonl"]) == 0
    assert capsys.readouterr().out == "Picture: events.svg\n"
    assert title(here / "events.svg") == "upper-back"
    assert "stop it" in (here / "events.svg").read_text("utf-8")


def test_of_several_conversations_the_last_session_is_drawn(here: Path) -> None:
    """As of a coach that is always on: each has a clock of its own."""
    menu = [StateEntered(name="idle"), DialogFinished(t=9.0, outcome="idle")]
    done = SessionFinished(t=4.0, outcome="done")
    other = [SessionStarted(routine="desk-break"), UserSpoke(t=2.0, text="no", start=2.0, end=2.5)]
    write_log(here / "events.jsonl", [*menu, *SESSION, done, *other, done, *menu])
    assert run(["timeline", "events.jsonl"]) == 0
    assert title(here / "events.svg") == "desk-break"
    assert "stop it" not in (here / "events.svg").read_text("utf-8")


@pytest.mark.parametrize("flag", ["-o", "--out"])
def test_the_picture_can_have_another_name(here: Path, flag: str) -> None:
    """A log without a session, as after a refusal, has its own name for a title."""
    write_log(here / "events.jsonl", SESSION[1:])
    assert run(["timeline", "events.jsonl", flag, "mine.svg"]) == 0
    assert title(here / "mine.svg") == "events.jsonl"
    assert not (here / "events.svg").exists()


def test_the_picture_can_go_to_standard_output(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dash is no file."""
    write_log(here / "events.jsonl", SESSION)
    assert run(["timeline", "events.jsonl", "-o", "-"]) == 0
    assert ET.fromstring(capsys.readouterr().out).tag.endswith("svg")
    assert [path.name for path in here.iterdir()] == ["events.jsonl"]


@pytest.mark.parametrize("cut", [1, 40, 90])
def test_a_log_that_was_cut_is_drawn(here: Path, cut: int) -> None:
    """After a power cut: what can be read, and no end of the session."""
    write_log(here / "events.jsonl", SESSION)
    text = (here / "events.jsonl").read_bytes()
    (here / "events.jsonl").write_bytes(text[:-cut])
    assert run(["timeline", "events.jsonl"]) == 0
    assert title(here / "events.svg")


@pytest.mark.parametrize(
    ("args", "code", "part"),
    [
        (("missing.jsonl",), InputError.exit_code, "missing.jsonl cannot be read"),
        (("/",), InputError.exit_code, "cannot be read"),
        (("bad.jsonl",), InputError.exit_code, "line 2: not an event"),
        (("good.svg",), InputError.exit_code, "--out"),
        (("good.svg", "-o", "./good.svg"), InputError.exit_code, "would be overwritten"),
        (("good.svg", "-o", "bad.jsonl/a.svg"), PlaceError.exit_code, "a.svg cannot be written"),
        ((), 2, "LOG"),
    ],
)
def test_what_goes_wrong_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], code: int, part: str
) -> None:
    """Each mistake has its exit code and message, and no file is made or changed."""
    write_log(here / "good.svg", SESSION)
    text = (here / "good.svg").read_text("utf-8")
    (here / "bad.jsonl").write_text(text.splitlines()[0] + "\n{}\n", "utf-8")
    before = {path.name: path.read_text("utf-8") for path in here.iterdir()}
    assert run(["timeline", *args]) == code
    err = capsys.readouterr().err
    assert part in err
    assert "Traceback" not in err
    assert {path.name: path.read_text("utf-8") for path in here.iterdir()} == before
