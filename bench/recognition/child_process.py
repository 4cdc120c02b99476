"""A system in a process of its own, asked over pipes: see `child`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voicecoach.errors import CoachError

ROOT = Path(__file__).parents[2]


class SystemFailedError(CoachError):
    """A system could not be loaded, or its process ended."""

    def __init__(self, code: int, what: str, why: str = "", next_step: str = "") -> None:
        super().__init__(what, why, next_step)
        self.code = code


class Child:
    """A process with a system in it. Raises `SystemFailedError`.

    `spec` may be followed by changes of the judge: see `child`.
    """

    def __init__(self, spec: str, changes: Sequence[str] = ()) -> None:
        self._spec = spec
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        command = [sys.executable, "-m", "bench.recognition.child", spec, *changes]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )
        try:
            self.loaded = self._answer()
        except SystemFailedError:
            self.close()
            raise

    def hear(self, live: str, samples: Any) -> dict[str, Any]:
        """Return the reply for a stream."""
        self._ask({"live": live, "frames": len(samples)}, samples.tobytes())
        return self._answer()

    def end(self) -> dict[str, Any]:
        """Return what the child says of itself, and end it."""
        self._ask({"end": True})
        last = self._answer()
        self._process.wait()
        return last

    def close(self) -> None:
        """End the process, whatever it does; may be called twice."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            if pipe:
                pipe.close()

    def _ask(self, request: dict[str, Any], samples: bytes = b"") -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n" + samples)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._lost() from None

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise self._lost()
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise SystemFailedError(answer["exit_code"], *answer["error"])
        return answer

    def _lost(self) -> SystemFailedError:
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        why = said[-1] if said else f"Its process ended with status {self._process.returncode}"
        return SystemFailedError(1, f"{self._spec} failed while it was measured", why)
