"""Text on the terminal."""

from __future__ import annotations

import pytest

from voicecoach.cli import layout
from voicecoach.cli.layout import wrapped


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the terminal have 40 columns."""
    monkeypatch.setattr(layout, "width", lambda: 40)


def test_the_rest_stands_under_the_begin() -> None:
    """Lines end between words."""
    lines = wrapped("ok  voice  ", "heart speaks at a hundred and sixty words a minute")
    assert lines[0].startswith("ok  voice  heart")
    assert all(line.startswith(" " * 11) and len(line) <= 40 for line in lines[1:])


def test_a_command_is_not_broken() -> None:
    """It can be copied in one piece, however long it is."""
    command = "`/opt/the-coach/.venv/bin/pip install '/opt/the-coach[whisper]'`"
    lines = wrapped("", f"Install the extra by the command {command}, or leave it.")
    assert f"{command}," in lines
    assert all(len(line) <= 40 for line in lines if command not in line)
