"""Signals that end the program: it ends as after Ctrl-C, so that nothing that was told is lost."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Final

ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
"""A request to end, as at shutdown, and a terminal that was closed."""

FAILED: Final = 128
"""What shells add to the number of the signal that ended a program."""


class Terminated(KeyboardInterrupt):
    """The program was told to end by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def end_cleanly() -> None:
    """Let the signals of `ENDING` raise `Terminated` once; a second one ends the program at once.

    A signal that is ignored stays so, as SIGHUP does under nohup.
    """
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)


def exit_code(error: BaseException | None, otherwise: int) -> int:
    """Return the exit code for the signal that led to `error`, or `otherwise` if none did."""
    while error is not None:
        if isinstance(error, Terminated):
            return FAILED + error.number
        error = error.__cause__ or error.__context__
    return otherwise


def _raise(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise Terminated(number)
