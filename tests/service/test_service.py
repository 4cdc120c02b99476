"""The unit file, the reports to systemd, and the commands, which never act as root."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli import main
from voicecoach.cli.main import cli
from voicecoach.errors import CoachError
from voicecoach.service.notify import Notifier
from voicecoach.service.unit import NAME, Wanted, quoted, unit_text
from voicecoach.service.watchdog import Watchdog

PROGRAM = ("/usr/bin/env", "-S", "voicecoach", "serve")
PATIENCE_S = 60.0
ANALYSE = shutil.which("systemd-analyze")
EXPOSED = 7.0
"""Most exposure that `systemd-analyze security` may give, of 10; without hardening it is 9.8."""


def written(folder: Path, network: bool = False, version: int = 252) -> Path:
    """Return the unit file in `folder`."""
    path = folder / NAME
    path.write_text(unit_text(Wanted(PROGRAM, network, version)))
    return path


@pytest.mark.skipif(ANALYSE is None, reason="there is no systemd-analyze on this machine")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    """Not an unknown key, not a bad value."""
    assert ANALYSE
    words = [ANALYSE, "--user", "verify", str(written(tmp_path))]
    env = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    assert [line for line in done.stderr.splitlines() if NAME in line] == []


@pytest.mark.skipif(ANALYSE is None, reason="there is no systemd-analyze on this machine")
def test_the_unit_is_hardened(tmp_path: Path) -> None:
    """`systemd-analyze security` counts what is left open; a network only where one is set."""
    assert ANALYSE
    for network in (False, True):
        path = written(tmp_path, network)
        words = [
            ANALYSE,
            "security",
            "--offline=true",
            f"--threshold={EXPOSED * 10:.0f}",
            str(path),
        ]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert ("AF_INET" in path.read_text()) is network


def test_a_restart_waits_longer_each_time_where_systemd_can() -> None:
    """Version 254 knows steps; an older one would warn of them."""
    assert "RestartSteps" in unit_text(Wanted(PROGRAM, version=254))
    assert "RestartSteps" not in unit_text(Wanted(PROGRAM, version=252))


def test_words_of_the_command_stand_for_themselves() -> None:
    """Blanks, quotes, and what systemd would replace."""
    assert quoted("/a/b") == "/a/b"
    assert quoted("/a b/%h$x") == '"/a b/%%h$$x"'


class Systemd:
    """The socket that systemd listens at."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "notify"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.place))
        self._socket.settimeout(PATIENCE_S)

    def environ(self, **more: str) -> dict[str, str]:
        """Return what a service is started with."""
        return {"NOTIFY_SOCKET": str(self.place), **more}

    def told(self) -> list[str]:
        """Return the lines of the next message."""
        return self._socket.recv(4096).decode().splitlines()

    def silent(self, seconds: float) -> bool:
        """Tell whether nothing comes for a while."""
        self._socket.settimeout(seconds)
        try:
            self._socket.recv(4096)
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        """Close it."""
        self._socket.close()


def test_the_watchdog_passes_the_heartbeat_on(tmp_path: Path) -> None:
    """Ready with the first beat, alive with each later one, nothing while the device stands still,
    and stopping at the end.
    """
    systemd, beats = Systemd(tmp_path), [0]
    notifier = Notifier(systemd.environ(WATCHDOG_USEC="200000", WATCHDOG_PID=str(os.getpid())))
    assert notifier.every_s == pytest.approx(0.2)
    with Watchdog(notifier, lambda: beats[0]):
        beats[0] += 1
        assert systemd.told() == ["READY=1", "WATCHDOG=1"]
        beats[0] += 1
        assert systemd.told() == ["WATCHDOG=1"]
        assert systemd.silent(0.4)
    systemd._socket.settimeout(PATIENCE_S)
    assert systemd.told() == ["STOPPING=1"]
    systemd.close()


def test_without_systemd_nothing_is_told_and_no_thread_runs() -> None:
    """As in a terminal."""
    with Watchdog(Notifier({}), lambda: 0):
        assert "watchdog" not in [thread.name for thread in threading.enumerate()]


def test_a_watchdog_of_another_process_is_not_fed(tmp_path: Path) -> None:
    """What was inherited from it is not meant for this one."""
    environ = {"NOTIFY_SOCKET": str(tmp_path), "WATCHDOG_USEC": "5", "WATCHDOG_PID": "1"}
    assert Notifier(environ).every_s == 0.0


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home of a user that is not root, with a `systemctl` that writes down its words."""
    tools = tmp_path / "bin"
    tools.mkdir()
    script = tools / "systemctl"
    script.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\necho "systemd 252 (252)"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return tmp_path


def run(*words: str) -> Result:
    """Run `voicecoach service`."""
    return CliRunner().invoke(cli, ["service", *words])


def asked(home: Path) -> list[str]:
    """Return what systemctl was asked for, but its version."""
    lines = (home / "asked").read_text().splitlines()
    return [line for line in lines if line != "--version"]


def test_install_and_remove(home: Path) -> None:
    """The unit is written, enabled and started; the user is told what only root can do; `remove`
    takes all of it back.
    """
    path = home / "config" / "systemd" / "user" / NAME
    done = run("install")
    assert done.exit_code == 0, done.output
    assert "Type=notify" in path.read_text()
    assert "sudo loginctl enable-linger" in done.output
    assert asked(home) == ["--user daemon-reload", f"--user enable --now {NAME}"]
    assert run("remove").exit_code == 0
    assert not path.exists()
    assert asked(home)[2:] == [f"--user disable --now {NAME}", "--user daemon-reload"]
    assert "no service" in run("remove").output


def test_the_unit_can_be_looked_at_first(home: Path) -> None:
    """`--print` writes and starts nothing."""
    done = run("install", "--print")
    assert done.output.startswith("# Written by")
    assert not (home / "config" / "systemd").exists()
    assert asked(home) == []


def test_root_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is done, and the message says who should."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    for word in ("install", "status", "logs", "remove"):
        done = run(word)
        assert isinstance(done.exception, CoachError)
        assert done.exception.what.endswith(f"{word}` is not for root")
        assert "as that user, without sudo" in done.exception.next_step
    assert run("install", "--print").exit_code == 0
    assert not (home / "config" / "systemd").exists()


@pytest.mark.parametrize(("word", "tool"), [("status", "systemctl"), ("logs", "journalctl")])
def test_the_exit_code_is_that_of_systemd(home: Path, word: str, tool: str) -> None:
    """A script can ask whether the service runs."""
    (home / "bin" / tool).write_text("#!/bin/sh\nexit 4\n")
    (home / "bin" / tool).chmod(0o755)
    assert main.run(["service", word]) == 4
