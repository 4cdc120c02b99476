"""The helper hook calls a real command, and never hides that it could not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from voicecoach.alerts import helper_command
from voicecoach.alerts.helper_command import helper_hook
from voicecoach.errors import InputError


def test_the_command_is_run_with_the_reason(tmp_path: Path) -> None:
    """The user's script gets its own words, and why it is called in VOICECOACH_WHY."""
    pipe = tmp_path / "told"
    os.mkfifo(pipe)
    script = tmp_path / "call.py"
    script.write_text(
        "import os, sys\nopen(sys.argv[1], 'w').write(os.environ['VOICECOACH_WHY'])\n"
    )
    warnings: list[str] = []
    helper_hook(f"{sys.executable} '{script}' '{pipe}'", warnings.append)("no answer")
    assert pipe.read_text() == "no answer"  # waits until the script has written
    assert warnings == []


def test_the_command_runs_in_a_session_of_its_own(tmp_path: Path) -> None:
    """What ends the coach's terminal or its process group does not end the helper."""
    pipe = tmp_path / "told"
    os.mkfifo(pipe)
    words = "import os, sys; open(sys.argv[1], 'w').write(f'{os.getsid(0)} {os.getpid()}')"
    helper_hook(f'{sys.executable} -c "{words}" {pipe}', lambda _: None)("no answer")
    own_session, helper = pipe.read_text().split()
    assert own_session == helper


LASTS = "import threading; threading.Event().wait(4)"


@pytest.mark.rule("S25")
@pytest.mark.parametrize(
    ("words", "reached"),
    [
        ("0", True),
        ("raise SystemExit(3)", False),
        (LASTS, True),
    ],
)
def test_it_tells_whether_the_helper_was_reached(
    words: str, reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that fails at once reached no one; one that ends well, or runs on, did."""
    monkeypatch.setattr(helper_command, "COMMAND_S", 1.0 if reached else 30.0)
    hook = helper_hook(f'{sys.executable} -c "{words}"', lambda _: None)
    assert hook("no answer")() is reached


def test_one_of_two_ways_is_enough() -> None:
    """A command that fails and a request that fails reach no one; none set up, neither."""
    gone = "http://127.0.0.1:9/"
    failing = f'{sys.executable} -c "raise SystemExit(1)"'
    assert not helper_hook(failing, lambda _: None, gone)("no answer")()
    assert helper_hook(f'{sys.executable} -c ""', lambda _: None, gone)("no answer")()
    assert not helper_hook("", lambda _: None)("no answer")()


def test_without_a_command_it_warns() -> None:
    """Somebody at the screen is told, and why."""
    warnings: list[str] = []
    helper_hook("", warnings.append)("emergency")
    assert len(warnings) == 1
    assert "emergency" in warnings[0]
    assert "helper_command" in warnings[0]


def test_a_command_that_does_not_start_is_told(tmp_path: Path) -> None:
    """It was there before the session. The session goes on; the message names the reason."""
    warnings: list[str] = []
    program = tmp_path / "call"
    program.touch(0o755)
    hook = helper_hook(str(program), warnings.append)
    program.unlink()
    hook("no answer")
    assert len(warnings) == 1
    assert "did not start" in warnings[0]
    assert "No such file" in warnings[0]


def test_a_command_that_cannot_be_split_is_refused_before_the_session() -> None:
    """An open quotation mark is an error of the settings, not of the emergency."""
    with pytest.raises(InputError, match="helper command") as caught:
        helper_hook("call 'home", lambda _: None)
    assert "helper_command" in caught.value.next_step


@pytest.mark.parametrize("command", ["no-such-program --now", "/no/such/program", "/etc", " "])
def test_a_command_that_cannot_be_run_is_refused_before_the_session(command: str) -> None:
    """In an emergency no one would come."""
    with pytest.raises(InputError, match="helper command"):
        helper_hook(command, lambda _: None)


def test_a_program_in_the_home_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No shell expands the settings."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "call").touch(0o755)
    assert helper_command.command_words("~/call now") == [str(tmp_path / "call"), "now"]
