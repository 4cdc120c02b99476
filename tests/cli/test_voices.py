"""`voicecoach voices`: the list, the samples, and settings that hold for its commands."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from voicecoach.cli.main import run
from voicecoach.errors import PlaceError
from voicecoach.extras import install
from voicecoach.paths import config_file
from voicecoach.tts.pyttsx3_voice import COACH
from voicecoach.tts.voices import AUTO, NATURAL, resolve


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty home."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def test_the_list_says_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each voice, how to install it, the default, and where speech is kept."""
    assert run(["voices"]) == 0
    told = capsys.readouterr().out
    for name, engine in NATURAL.items():
        (line,) = (line for line in told.splitlines() if line.startswith(name))
        assert engine.installed() != (install(engine.extra) in line)
    assert COACH in told
    assert f"is '{resolve(AUTO, 'en')}' here" in told
    assert "XDG_CACHE_HOME" in told


def test_samples_are_files_at_the_rate_of_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every installed voice speaks into a file; a setting holds, and a flag goes first."""
    config_file().parent.mkdir(parents=True)
    config_file().write_text("rate = 300", "utf-8")
    assert run(["voices", "samples", str(tmp_path / "fast")]) == 0
    assert run(["voices", "samples", str(tmp_path / "slow"), "--rate", "120"]) == 0
    assert f"{COACH}.wav: " in capsys.readouterr().out
    fast, slow = (_seconds(tmp_path / name / f"{COACH}.wav") for name in ("fast", "slow"))
    assert 0.3 < fast < 0.6 * slow


def test_a_folder_that_cannot_be_made_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 7, with the folder."""
    (tmp_path / "file").touch()
    assert run(["voices", "samples", str(tmp_path / "file" / "folder")]) == PlaceError.exit_code
    assert "is not a folder" in capsys.readouterr().err


def _seconds(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()
