"""`voicecoach render`: a session as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from tests.app.rehearsals import SMALL
from tests.cli.test_errors import said
from tests.english import LANGUAGE, parse
from voicecoach.app.session_file import for_a_file
from voicecoach.language.words import normalise

TOLD = "It cannot hear you."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder with a small routine; the speech cache is shared."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.yaml").write_text(SMALL, "utf-8")
    return tmp_path


def test_a_session_is_written_with_its_transcript(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """First it says what a file cannot do, then leads the session, and offers no command."""
    code, text = said(capsys, "render", "two.yaml", "-o", "two.wav")
    assert (code, "4 chapters" in text) == (0, True)
    told = (here / "two.vtt").read_text("utf-8")
    assert told.index(TOLD) < told.index("Welcome") < told.index("Hold for fifteen seconds")
    spoken = {word for line in told.lower().splitlines() for word in normalise(line).split()}
    assert "say" not in spoken
    assert soundfile.info(here / "two.wav").duration > 100


def test_live_pauses_and_counts_alone_are_shorter(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is more time in a file, unless it is not wanted; the level of talk is kept."""

    def length(*args: str) -> float:
        assert said(capsys, "render", "two.yaml", "-o", "x.wav", "--no-transcript", *args)[0] == 0
        return float(soundfile.info(here / "x.wav").duration)

    usual = length()
    assert length("--as-live") < usual - 5
    assert length("--talk", "counts") < usual - 5
    assert length("--minutes", "2") < min(usual, 180)
    assert not (here / "x.vtt").exists()


@pytest.mark.parametrize(
    ("args", "code", "part"),
    [
        (("-o", "a.wav"), 2, "Name a routine, or --all."),
        (("two.yaml", "--all", "-o", "a.wav"), 2, "Name a routine, or --all."),
        (("two.yaml", "-o", "a.xyz"), 3, "no kind of file"),
        (("two.yaml", "-o", "two.yaml/a.wav"), 7, "'two.yaml' is not a folder"),
        (("--all", "-o", "two.yaml"), 7, "'two.yaml' is not a folder"),
        (("two.yaml", "-o", "a.wav", "--minutes", "1"), 3, "cannot be made as short"),
    ],
)
def test_a_wrong_use_is_told_before_the_work(
    args: tuple[str, ...], code: int, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each has its exit code and says what to do."""
    found, text = said(capsys, "render", *args)
    assert (found, part in text) == (code, True), text


def test_a_transcript_does_not_replace_the_routine(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the ending of its file."""
    routine = (here / "two.yaml").rename(here / "two.vtt")
    code, text = said(capsys, "render", "./two.vtt", "-o", "two.wav")
    assert (code, "two.vtt would be overwritten" in text) == (3, True), text
    assert routine.read_text("utf-8") == SMALL


def test_lines_of_a_file_replace_those_that_offer_a_command() -> None:
    """They have the same keys, and everything else stays."""
    changed = for_a_file(LANGUAGE).prompts
    differ = {key for key, line in LANGUAGE.prompts.lines.items() if changed.lines[key] != line}
    assert differ == {"fetch", "settle_first", "settle_ready", "relax_check"}
    assert parse(SMALL, "two.yaml").name
