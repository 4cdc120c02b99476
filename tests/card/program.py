"""The program `voicecoach` as the user runs it, with its output line by line as it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
PATIENCE_S = 180.0
"""How long a line may take. Before the first one the voice renders: minutes on a busy machine."""


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment whose HOME is `home`, with this Python's import path."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    own = {"HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    return kept | own | dict(extra or {})


def _interruptible() -> None:
    """Let Ctrl-C work in the child, though this was started in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Program:
    """A running `voicecoach`. `lines` is what it printed, errors too."""

    def __init__(self, home: Path, *words: str, extra: Mapping[str, str] | None = None) -> None:
        self.lines: list[str] = []
        self._more = threading.Condition()
        self._ended = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "voicecoach", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(home, extra),
            text=True,
            preexec_fn=_interruptible,  # noqa: PLW1509 (takes no lock)
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join(PATIENCE_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    @property
    def pid(self) -> int:
        """Number of its process."""
        return self._process.pid

    @property
    def text(self) -> str:
        """All that it printed."""
        return "".join(self.lines)

    def until(self, part: str | tuple[str, ...], after: int = 0) -> int:
        """Wait for a line with `part`, or with one of several, from line `after` on; return the
        number of the next.
        """
        found = self.within(PATIENCE_S, part, after)
        assert found, f"no “{part}” after line {after} in:\n{self.text}"
        return found

    def within(self, seconds: float, part: str | tuple[str, ...], after: int = 0) -> int:
        """Return what `until` does, or 0 if no such line comes in so many seconds."""
        with self._more:
            self._more.wait_for(lambda: self._ended or self._find(part, after) >= 0, seconds)
            return self._find(part, after) + 1

    def type(self, line: str) -> None:
        """Type a line."""
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self.end()

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        code = self._process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        return code

    def _find(self, part: str | tuple[str, ...], after: int) -> int:
        parts = (part,) if isinstance(part, str) else part
        later = enumerate(self.lines[after:], after)
        return next((i for i, line in later if any(p in line for p in parts)), -1)

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            with self._more:
                self.lines.append(line)
                self._more.notify_all()
        with self._more:
            self._ended = True
            self._more.notify_all()
