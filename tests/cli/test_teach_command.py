"""`voicecoach teach`, and where else the taught voice is shown and forgotten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.test_safety_commands import Terminal, home, terminal
from voicecoach.app.lesson import taught_by
from voicecoach.app.voice_store import save_voice
from voicecoach.decision.taught import TaughtVoice
from voicecoach.paths import voice_file

__all__ = ["home", "terminal"]
DAY = date(2026, 3, 2)


@pytest.fixture
def taught() -> None:
    """Keep a voice."""
    save_voice(voice_file(), TaughtVoice("m").with_takes("stop", [(0.6, 0.8), (1.0, 0.0)]), DAY)


@pytest.mark.usefixtures("taught")
def test_the_profile_shows_it_and_it_can_be_forgotten(terminal: Terminal) -> None:
    """By its own command; a second time there is nothing."""
    _, said = terminal("profile")
    assert "2026-03-02  stop" in said
    assert "teach --forget" in said
    assert terminal("teach", "--forget") == (0, "Your voice is forgotten.\n")
    assert not voice_file().exists()
    assert terminal("teach", "--forget") == (0, "Nothing is kept of your voice.\n")
    assert "stop" not in terminal("profile")[1]


@pytest.mark.usefixtures("taught")
@pytest.mark.parametrize("words", [("data", "forget"), ("profile", "forget", "all")])
def test_what_forgets_everything_forgets_the_voice(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    """Nothing of the user stays."""
    assert terminal(*words, "--yes")[0] == 0
    assert not voice_file().exists()


@pytest.mark.usefixtures("taught")
def test_only_what_is_new_is_forgotten_since_a_day(terminal: Terminal) -> None:
    """A voice that was taught before it stays."""
    assert terminal("data", "forget", "--since", "2026-03-03", "--yes")[0] == 0
    assert voice_file().exists()
    assert terminal("data", "forget", "--since", "2026-03-02", "--yes")[0] == 0
    assert not voice_file().exists()


def test_with_a_silent_user_nothing_is_taught_or_kept(terminal: Terminal, tmp_path: Path) -> None:
    """Rehearsed in a room; exit code 1 says that no word was learned."""
    scenario = tmp_path / "silent.toml"
    scenario.write_text("[room]\necho_db = 6.0\n", "utf-8")
    code, said = terminal("teach", "--scenario", str(scenario))
    assert code == 1
    assert "Say: stop." in said
    assert "stop: not learned" in said
    assert not voice_file().exists()


def test_what_was_taught_before_stays() -> None:
    """A second lesson that ends early, or teaches another word, takes nothing away."""
    before = TaughtVoice("m").with_takes("stop", [(0.6, 0.8), (1.0, 0.0)])
    after = taught_by(before, {"stop": [(1.0, 0.0)], "next": [(0.0, 1.0), (0.0, 1.0)]})
    assert after.forms["stop"] == before.forms["stop"]
    assert set(after.forms) == {"stop", "next"}


def test_without_a_verifier_it_says_what_is_missing(terminal: Terminal) -> None:
    """Exit code 4, before anything sounds."""
    code, said = terminal("teach", "--verifier", "none")
    assert code == 4
    assert "no voice can be learned" in said
