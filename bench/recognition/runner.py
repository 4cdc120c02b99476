"""Runs every trial on every system, in child processes, with a line of progress."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from bench.recognition.spoil import Spoiler
from bench.recognition.systems import Decision
from bench.recognition.trials import Trial
from voicecoach.errors import CoachError
from voicecoach.units import RATE

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Task:
    """What every system gets."""

    trials: Sequence[Trial]
    spoiler: Spoiler
    changes: Sequence[str] = ()
    """Of the judge: see `child`."""


@dataclass
class Heard:
    """What one system made of all trials. `decisions` stand in the order of the trials."""

    name: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    decisions: list[list[Decision]] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    """CPU seconds of each trial."""
    audio_s: list[float] = field(default_factory=list)
    load_s: list[float] = field(default_factory=list)
    load_cpu_s: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)
    """The last three: one for each child."""


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


class Progress:
    """A line on the terminal, from any thread."""

    def __init__(self, of: int) -> None:
        self._of, self._done, self._lock, self._shown = of, 0, Lock(), 0.0
        self._begun, self.stopped = time.monotonic(), False

    def step(self) -> None:
        """Count one more, and show it from time to time. Raises `CancelledError` once stopped."""
        if self.stopped:
            raise CancelledError
        with self._lock:
            self._done += 1
            now = time.monotonic()
            if now - self._shown < 1 and self._done < self._of:
                return
            self._shown = now
            left = (now - self._begun) / self._done * (self._of - self._done)
            line = f"{self._done} of {self._of} recordings heard, about {left / 60:.0f} min left "
            print(f"\r{line}", end="", file=sys.stderr, flush=True)


def run(specs: Sequence[str], task: Task, jobs: int) -> list[Heard]:
    """Return what each system made of all trials; `jobs` children of each, as many at a time."""
    count = len(task.trials)
    progress = Progress(len(specs) * count)
    shares = [range(first, count, jobs) for first in range(min(jobs, count))]
    with ThreadPoolExecutor(jobs) as pool:
        waiting = [
            [pool.submit(_share, spec, task, share, progress) for share in shares] for spec in specs
        ]
        try:
            parts = [[job.result() for job in row] for row in waiting]
        except BaseException:  # also Ctrl-C: the other children need not go on
            progress.stopped = True
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    print(file=sys.stderr)
    return [_joined(row, shares, count) for row in parts]


def _share(spec: str, task: Task, share: Sequence[int], progress: Progress) -> Heard:
    """Run a share of the trials on one child."""
    child, heard = Child(spec, task.changes), Heard()
    try:
        heard.name = child.loaded["name"]
        for number in share:
            _hear(child, task.spoiler, task.trials[number], heard)
            progress.step()
        last = child.end()
    finally:
        child.close()
    heard.about, heard.peak_mb = last["about"], [last["peak_mb"]]
    heard.load_s, heard.load_cpu_s = [child.loaded["load_s"]], [child.loaded["load_cpu_s"]]
    return heard


def _hear(child: Child, spoiler: Spoiler, trial: Trial, heard: Heard) -> None:
    samples = spoiler.stream(Path(trial.clip.path), trial.clip.id, trial.condition)
    reply = child.hear(trial.live, samples)
    heard.decisions.append([Decision(**fields) for fields in reply["decisions"]])
    heard.cpu_s.append(reply["cpu_s"])
    heard.audio_s.append(len(samples) / RATE)


def _joined(parts: Sequence[Heard], shares: Sequence[Sequence[int]], count: int) -> Heard:
    """Join the shares of one system."""
    whole = Heard(parts[0].name, parts[0].about, [[]] * count, [0.0] * count, [0.0] * count)
    for part, share in zip(parts, shares, strict=True):
        for at, number in enumerate(share):
            whole.decisions[number] = part.decisions[at]
            whole.cpu_s[number], whole.audio_s[number] = part.cpu_s[at], part.audio_s[at]
        whole.load_s += part.load_s
        whole.load_cpu_s += part.load_cpu_s
        whole.peak_mb += part.peak_mb
    return whole
