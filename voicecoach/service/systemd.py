"""The user's own systemd, by its commands: nothing here needs root, or is done as root."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from voicecoach.errors import CoachError, PlaceError

LINGERING: Final = Path("/var/lib/systemd/linger")


def version() -> int:
    """Return the version of systemd, 0 where it is not known."""
    said = _run("systemctl", "--version", capture=True).stdout
    found = re.match(r"systemd (\d+)", said)
    return int(found[1]) if found else 0


def lingers(user: str) -> bool:
    """Tell whether the services of `user` run without a login."""
    return (LINGERING / user).exists()


def control(*words: str) -> None:
    """Run `systemctl --user`. Raises `CoachError` with what it said."""
    done = _run("systemctl", "--user", *words, capture=True)
    if done.returncode:
        why = (done.stderr or done.stdout).strip()
        step = "Log in as the user that the coach is for, not by su or sudo, and try again."
        raise CoachError(f"systemctl --user {' '.join(words)} failed", why, step)


def show(command: str, *words: str) -> int:
    """Run a command of systemd's whose output is for the user; return its exit code."""
    return _run(command, *words).returncode


def _run(command: str, *words: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    path = shutil.which(command)
    if path is None:
        step = "Start `voicecoach serve` by what starts programs on this computer."
        raise PlaceError(f"There is no {command}", "this computer does not run systemd", step)
    asked = [path, *words]
    return subprocess.run(asked, capture_output=capture, text=True, check=False)  # noqa: S603
