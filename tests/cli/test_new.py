"""`voicecoach new`: asked on the terminal or told by options, it writes what passes the check."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.test_errors import said
from tests.english import parse
from voicecoach.routine.model import Position
from voicecoach.yaml_reader.text_lint import Sides

Capture = pytest.CaptureFixture[str]
BRIDGE = ("--exercise", "Bridge, supine, hip, repetitions 10")


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's own routines, not there yet; the working folder is empty."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "XDG_DATA_HOME" / "voicecoach" / "routines"


def type_(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put lines onto standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_by_options_nothing_is_asked(own: Path, capsys: Capture) -> None:
    """A name is a file among one's own routines; the schema lies beside it; `check` is content."""
    code, text = said(capsys, "new", "my-morning", *BRIDGE, "--name", "My morning")
    assert (code, text.count("\n")) == (0, 2)
    routine = parse((own / "my-morning.yaml").read_text("utf-8"), "my-morning.yaml")
    assert (routine.id, routine.name) == ("my-morning", "My morning")
    assert [exercise.dose.count for exercise in routine.exercises] == [10]
    assert "voicecoach check my-morning" in text
    assert json.loads((own / "routine.schema.json").read_text("utf-8"))["definitions"]
    code, text = said(capsys, "check", "my-morning")
    assert code == 0
    assert "my-morning: no problems\n" in text


def test_it_asks_until_answers_are_good(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A halt word, an unknown position, an amount out of range and a roller on the low back are
    asked for again, each with its reason.
    """
    type_(
        monkeypatch,
        "Pain away", "Evening", "", "Jo",
        "Knee to chest", "supin", "supine", "", "stretch", "1000", "25", "yes",
        "Rolling", "roller", "low-back", "strokes", "", "",
        "Rolling", "roller", "", "strokes", "", "",
        "",
    )  # fmt: skip
    code, text = said(capsys, "new", "evening.yaml")
    assert code == 0, text
    for part in ("'pain'", "Did you mean 'supine'?", "1000 cannot be: 5 to 300", "S21"):
        assert part in text
    routine = parse(Path("evening.yaml").read_text("utf-8"), "evening.yaml")
    assert (routine.name, routine.author) == ("Evening", "Jo")
    assert [one.position for one in routine.exercises] == [Position.SUPINE, Position.ROLLER]
    assert [one.sides for one in routine.exercises] == [Sides.EACH, Sides.NONE]


def test_no_file_is_overwritten(capsys: Capture) -> None:
    """What stands there stays as it is, a schema that is no schema of ours as well."""
    Path("mine.yaml").write_text("mine")
    Path("routine.schema.json").write_text("{}")
    code, text = said(capsys, "new", "mine.yaml", *BRIDGE)
    assert code == 3
    assert "exists already" in text
    assert said(capsys, "new", "other.yaml", *BRIDGE)[0] == 0
    assert Path("mine.yaml").read_text() == "mine"
    assert Path("routine.schema.json").read_text() == "{}"


def test_the_name_of_an_included_routine_is_refused(own: Path, capsys: Capture) -> None:
    """One's own would take its place without a word."""
    code, text = said(capsys, "new", "desk-break", *BRIDGE)
    assert code == 3
    assert "included routine" in text
    assert not own.exists()


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["x.txt", *BRIDGE], 3, "End it with .yaml"),
        (["./--.yaml", *BRIDGE], 3, "gives no id"),
        (["/dev/null/x.yaml", *BRIDGE], 7, "cannot be written"),
        (["x.yaml", "--exercise", "Bridge"], 2, "there is no position"),
        (["x.yaml", "--exercise", "Bridge, supine, hip, strech"], 2, "did you mean 'stretch'?"),
        (["x.yaml", "--exercise", "Bridge, supine, hip, stretch two"], 2, "'two' is not a number"),
        (["x.yaml", "--exercise", "Bridge, supine, hip, stretch 60"], 3, "S23"),
        (["x.yaml", "--exercise", "Bridge, supine, hip, rest 5, both"], 2, "'both' is no way"),
        (["x.yaml", *BRIDGE, "--name", "Pain away"], 3, "the halt word 'pain'"),
        (["x.yaml", *BRIDGE, *BRIDGE], 3, "'bridge' for the second time"),
    ],
)
def test_what_is_wrong_is_told(words: list[str], code: int, part: str, capsys: Capture) -> None:
    """Nothing is written then."""
    found, text = said(capsys, "new", *words)
    assert part in text
    assert found == code
    assert not Path("x.yaml").exists()


def test_an_end_of_the_input_writes_nothing(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question that was open is named, and the way without questions."""
    type_(monkeypatch, "Evening")
    code, text = said(capsys, "new", "evening.yaml")
    assert code == 2
    assert "no answer to 'What it is, in a sentence'" in text
    assert not Path("evening.yaml").exists()
