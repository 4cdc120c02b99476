"""The coach's end of the worker process: starts it, sends requests, and notices its end."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any

from voicecoach.errors import VoiceError
from voicecoach.tts.word_times import Mark

START_S = 120.0
"""Seconds for the worker to start: 0.1 to 2 s on a laptop; a busy Pi with a cold card is slow."""

PATIENCE_S = 40.0
"""Seconds without an answer: twice the worker's own limit for a phrase (`PHRASE_S`)."""


class WorkerLost(Exception):  # noqa: N818 - a condition that its caller handles, not a report
    """The worker ended or no longer answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one text of a batch."""

    text: int
    wav: bytes
    error: str
    marks: tuple[Mark, ...]


class Worker:
    """A running worker process. One thread talks to it."""

    def __init__(
        self, command: tuple[str, ...], install: str, environment: dict[str, str] | None = None
    ) -> None:
        """Start the program `command` in the `environment` and read its description.

        Raises `VoiceError` when there is no working synthesiser; `install` says how to get one.
        """
        self._buffer = b""
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._process = subprocess.Popen(  # noqa: S603 - our own file, no shell
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            bufsize=0,
            start_new_session=True,  # Ctrl-C must not reach it; and its children end with it
        )
        try:
            self.about: dict[str, Any] = json.loads(self._line(START_S))
        except WorkerLost as lost:
            why = f"{lost}: {self._last_words()}"
            self.close()
            raise VoiceError("the speech synthesiser does not start", why, install) from None
        if self.about["error"]:
            self.close()
            raise VoiceError("no speech synthesiser", str(self.about["error"]), install)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, batch: dict[str, object]) -> None:
        """Send a batch; as many calls of `answer` as it has texts must follow."""
        assert self._process.stdin
        try:
            _write(self._process.stdin, json.dumps(batch).encode() + b"\n")
        except OSError:
            raise WorkerLost("the worker process ended") from None

    def answer(self) -> Answer:
        """Wait for the next phrase. Raises `WorkerLost`."""
        header = json.loads(self._line(PATIENCE_S))
        wav = self._take(header["bytes"], time.monotonic() + PATIENCE_S)
        marks = tuple(Mark(*mark) for mark in header.get("marks", ()))
        return Answer(header["text"], wav, header["error"], marks)

    def close(self) -> None:
        """End it and its children; may be called twice."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._log):
            if pipe:
                pipe.close()

    def _line(self, patience: float) -> bytes:
        until = time.monotonic() + patience
        while b"\n" not in self._buffer:
            self._more(until)
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _take(self, count: int, until: float) -> bytes:
        parts, have = [self._buffer], len(self._buffer)
        while have < count:
            self._buffer = b""
            self._more(until)
            parts.append(self._buffer)
            have += len(self._buffer)
        whole = b"".join(parts)
        self._buffer = whole[count:]
        return whole[:count]

    def _more(self, until: float) -> None:
        assert self._process.stdout
        pipe = self._process.stdout.fileno()
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise WorkerLost("the worker process does not answer")
        more = os.read(pipe, 1 << 16)
        if not more:
            raise WorkerLost("the worker process ended")
        self._buffer += more

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it left no message"


def _write(pipe: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[pipe.write(rest) :]
