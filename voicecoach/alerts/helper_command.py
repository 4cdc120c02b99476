"""The helper hook: what the user has set up to call for help (SAFETY S7, S25).

A command, or a web request on the local network. Both are programs that the coach starts without
waiting for them; they outlive the session.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable

from voicecoach.alerts.webhook import check_url
from voicecoach.errors import InputError


def helper_hook(command: str, warn: Callable[[str], None], url: str = "") -> Callable[[str], None]:
    """Return a function that calls the helper by `command`, `url` or both, given the reason.

    The program finds the reason in VOICECOACH_WHY. Without a command or address the function only
    warns. Raises `InputError` when `command` cannot be split or `url` is not on the local network:
    before the session, not in an emergency.
    """
    programs = [words for words in (_split(command), _request(url)) if words]

    def call(why: str) -> None:
        if not programs:
            warn(f"Somebody should come ({why}); no helper_command and no helper_url is set.")
        for words in programs:
            try:
                _spawn(words, os.environ | {"VOICECOACH_WHY": why})
            except OSError as error:
                warn(f"The helper command did not start: {error.strerror}: {words[0]}")

    return call


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        step = "Correct the setting helper_command."
        raise InputError("The helper command cannot be read", str(error), step) from error


def _request(url: str) -> list[str]:
    return [sys.executable, "-m", "voicecoach.alerts.webhook", check_url(url)] if url else []


def _spawn(words: list[str], environment: dict[str, str]) -> None:
    # not subprocess.Popen: the coach does not wait for the helper, which must outlive it
    nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    os.posix_spawnp(words[0], words, environment, file_actions=[nothing], setsid=True)
