"""Signals that end the program: Ctrl-C, a request to end, and a terminal that was closed.

While the program works they raise an exception, so that nothing that was told is lost. While it is
loaded, and when its work is done, they end it at once: there is nothing to lose, and an exception
in the middle of an import would become a traceback. This module is the first that is loaded, so it
imports little.
"""

from __future__ import annotations

import os
import signal
import time
from types import FrameType, TracebackType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C; a request to end, as at shutdown; and a terminal that was closed."""

FAILED = 128
"""What shells add to the number of the signal that ended a program."""

TOLD = "Interrupted."

IMPATIENT_S = 1.0
"""Within this time a second signal is the same wish: a key that is held down, or pressed twice."""


class Terminated(KeyboardInterrupt):
    """The program was told to end by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.at = time.monotonic()


def end_at_once(told: bool = False) -> None:
    """Let the signals of `ENDING` end the program at once, without a word if it was `told`.

    A signal that is ignored stays so, as SIGHUP does under nohup.
    """
    _handle(_end_silently if told else _end)


def end_cleanly() -> None:
    """Let the signals of `ENDING` raise `Terminated` once; a later one ends the program at once."""
    _handle(_raise)


class Loading:
    """A context in which modules are loaded: signals end the program at once, if it handles any."""

    def __enter__(self) -> None:
        self._handled = signal.getsignal(signal.SIGINT) is _raise
        if self._handled:
            end_at_once()

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._handled:
            end_cleanly()


def exit_code(error: BaseException | None, otherwise: int) -> int:
    """Return the exit code for the signal that led to `error`, or `otherwise` if none did."""
    while error is not None:
        if isinstance(error, Terminated):
            return FAILED + error.number
        error = error.__cause__ or error.__context__
    return otherwise


def _handle(handler: object) -> None:
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)  # type: ignore[arg-type]


def _raise(number: int, _: FrameType | None) -> None:
    ended = Terminated(number)

    def again(number: int, frame: FrameType | None) -> None:
        if time.monotonic() - ended.at > IMPATIENT_S:
            _end(number, frame)

    _handle(again)
    raise ended


def _end(number: int, frame: FrameType | None) -> None:
    try:  # noqa: SIM105 (contextlib is not loaded yet)
        os.write(2, f"\n{TOLD}\n".encode())
    except OSError:  # nothing reads it
        pass
    _end_silently(number, frame)


def _end_silently(number: int, _: FrameType | None) -> None:
    os._exit(FAILED + number)
