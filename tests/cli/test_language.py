"""The language on the command line: a flag, a variable or a setting, and the words typed in it."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.language.toy import german
from voicecoach.cli.main import run
from voicecoach.cli.screen import ask_typed
from voicecoach.errors import InputError
from voicecoach.paths import config_file
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import let_through
from voicecoach.screening.questionnaire import Screening

DAY = date(2000, 1, 1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty home."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def test_an_unknown_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The error names what is available, and has the exit code of a wrong input."""
    assert run(["routines", "--language", "tlh"]) == InputError.exit_code
    told = capsys.readouterr().err
    assert "There is no language 'tlh'" in told
    assert "Available: en" in told


def test_the_language_is_also_a_variable_and_a_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it is set does not matter; the flag goes first."""
    monkeypatch.setenv("VOICECOACH_LANGUAGE", "from-variable")
    assert run(["plan"]) == InputError.exit_code
    assert "from-variable" in capsys.readouterr().err
    monkeypatch.delenv("VOICECOACH_LANGUAGE")
    config_file().parent.mkdir(parents=True)
    config_file().write_text('language = "from-setting"', "utf-8")
    assert run(["plan"]) == InputError.exit_code
    assert "from-setting" in capsys.readouterr().err
    assert run(["routines", "--language", "en"]) == 0


def test_typed_answers_are_words_of_the_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The prompt names the German answers, "ja" is one, and an English "no" is none."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("no\nja\nnein\nja\nnein\n"))
    screening = Screening.start(let_through(DAY), DAY)
    profile = ask_typed(screening, german())
    shown = capsys.readouterr().out
    assert "ja, nein, weiß nicht, noch mal>" in shown
    assert shown.count("Please answer one of: ja,") == 1
    assert "Ist heute etwas anders?" in shown
    assert "Bist du heute krank?" in shown
    assert profile.answers.given[Fact.UNWELL].yes
