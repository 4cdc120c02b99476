"""The helper hook: a command of the user's that fetches somebody (SAFETY S7, S25)."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable

from voicecoach.errors import InputError


def helper_hook(command: str, warn: Callable[[str], None]) -> Callable[[str], None]:
    """Return what calls the helper: `command` is started with VOICECOACH_WHY set, unwaited for.

    It outlives the session. Without a command it only warns. Raises `InputError` when `command`
    cannot be split.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        step = "Correct the setting helper_command."
        raise InputError("The helper command cannot be read", str(error), step) from error

    def call(why: str) -> None:
        if not words:
            warn(f"Somebody should come ({why}); no helper_command is set.")
            return
        try:
            _spawn(words, os.environ | {"VOICECOACH_WHY": why})
        except OSError as error:
            warn(f"The helper command did not start: {error.strerror}: {words[0]}")

    return call


def _spawn(words: list[str], environment: dict[str, str]) -> None:
    # no subprocess.Popen: nobody waits for the helper, and it must not die with the coach
    nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    os.posix_spawnp(words[0], words, environment, file_actions=[nothing], setsid=True)
