"""The helper hook: what the user has set up to call for help (SAFETY S7, S8, S25).

A command, or a web request on the local network. Both are programs that outlive the session. The
coach waits a few seconds to tell whether one of them failed.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

from voicecoach.alerts.webhook import PATIENCE_S, check_url
from voicecoach.errors import InputError
from voicecoach.ports import Helper, Reached

COMMAND_S: Final = 4.0
"""Seconds within which a command that cannot do its work is expected to say so. One that still runs
then, such as a bell that rings until someone comes, has been started well."""
REQUEST_S: Final = PATIENCE_S + 1.0
"""The same for a request: it is given up after `PATIENCE_S`."""
POLL_S: Final = 0.05

STEP: Final = "Correct the setting helper_command."


def helper_hook(command: str, warn: Callable[[str], None], url: str = "") -> Helper:
    """Return a function that calls the helper by `command`, `url` or both, given the reason.

    The program finds the reason in VOICECOACH_WHY. Without a command or address the function only
    warns. Raises `InputError` when `command` cannot be run or `url` is not on the local network:
    before the session, not in an emergency.
    """
    programs = [(command_words(command), COMMAND_S), (_request(url), REQUEST_S)]

    def call(why: str) -> Reached:
        if not command and not url:
            warn(f"Someone should come ({why}); no helper_command and no helper_url is set.")
        started = [(_started(words, why, warn), wait) for words, wait in programs if words]
        running = [(pid, wait) for pid, wait in started if pid]
        return lambda: _any_reached(running)

    return call


def _started(words: Sequence[str], why: str, warn: Callable[[str], None]) -> int:
    """Start a program and return its number, or 0 if it did not start."""
    try:
        return _spawn(words, os.environ | {"VOICECOACH_WHY": why})
    except OSError as error:
        warn(f"The helper command did not start: {error.strerror}: {words[0]}")
        return 0


def _any_reached(running: Sequence[tuple[int, float]]) -> bool:
    """Wait for programs, each its own number of seconds; tell whether one did not fail."""
    begun = time.monotonic()
    left = dict(running)
    while left:
        for pid, wait in [*left.items()]:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if (ended and not status) or time.monotonic() - begun > wait:
                return True
            if ended:
                del left[pid]
        time.sleep(POLL_S)
    return False


def command_words(command: str) -> list[str]:
    """Return the program and its arguments; none for an empty command. Raises `InputError`."""
    if not command:
        return []
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise InputError("The helper command cannot be read", str(error), STEP) from error
    if not words:
        raise InputError("The helper command is empty", "It names no program", STEP)
    program = shutil.which(os.path.expanduser(words[0]))  # noqa: PTH111 (a name need be no path)
    if program is None:
        why = f"There is no program '{words[0]}' that could be run"
        raise InputError("The helper command cannot be run", why, STEP)
    return [program, *words[1:]]


def _request(url: str) -> list[str]:
    return [sys.executable, "-m", "voicecoach.alerts.webhook", check_url(url)] if url else []


def _spawn(words: Sequence[str], environment: dict[str, str]) -> int:
    # not subprocess.Popen: it would complain of a helper that outlives the coach, as it must
    nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    return os.posix_spawnp(words[0], [*words], environment, file_actions=[nothing], setsid=True)
