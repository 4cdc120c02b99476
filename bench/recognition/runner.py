"""Runs every trial on every system, in child processes, with a line of progress."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.recognition.child_process import Child
from bench.recognition.progress import Progress
from bench.recognition.recognised import Decision
from bench.recognition.spoil import Spoiler
from bench.recognition.store import Store, fingerprint, key_of
from bench.recognition.trials import Trial
from voicecoach.units import RATE


@dataclass(frozen=True)
class Task:
    """What every system gets."""

    trials: Sequence[Trial]
    spoiler: Spoiler
    changes: Sequence[str] = ()
    """Of the judge: see `child`."""
    folder: Path | None = None
    """Where answers are kept, so that a stopped run goes on; None keeps none."""


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
    """The last three: one for each child, also of earlier runs."""


def run(specs: Sequence[str], task: Task, jobs: int) -> list[Heard]:
    """Return what each system made of all trials; `jobs` children of each, as many at a time."""
    count = len(task.trials)
    progress = Progress(len(specs) * count)
    shares = [range(first, count, jobs) for first in range(min(jobs, count))]
    stores = [Store(task.folder, spec, fingerprint(spec, task.changes)) for spec in specs]
    with ThreadPoolExecutor(jobs) as pool:
        waiting = [
            [pool.submit(_share, spec, task, share, store, progress) for share in shares]
            for spec, store in zip(specs, stores, strict=True)
        ]
        try:
            parts = [[job.result() for job in row] for row in waiting]
        except BaseException:  # also Ctrl-C: the other children need not go on
            progress.stopped = True
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    print(file=sys.stderr)
    return [_joined(row, shares, count) for row in parts]


def _share(spec: str, task: Task, share: Sequence[int], store: Store, progress: Progress) -> Heard:
    """Run a share of the trials on one child."""
    child, heard = Child(spec, task.changes), Heard()
    try:
        heard.name = child.loaded["name"]
        for number in share:
            fresh = _hear(child, task.spoiler, task.trials[number], store, heard)
            progress.step(fresh)
        last = child.end()
    finally:
        child.close()
    peak = store.note("peak_mb", last["peak_mb"])
    heard.about, heard.peak_mb = last["about"], [peak]
    heard.load_s, heard.load_cpu_s = [child.loaded["load_s"]], [child.loaded["load_cpu_s"]]
    return heard


def _hear(child: Child, spoiler: Spoiler, trial: Trial, store: Store, heard: Heard) -> bool:
    """Add the reply for a trial, an earlier run's where there is one; return whether it is new."""
    samples = spoiler.stream(Path(trial.clip.path), trial.clip.id, trial.condition)
    key = key_of(trial.live, samples)
    reply = store.find(key)
    fresh = reply is None
    if reply is None:
        reply = child.hear(trial.live, samples)
        store.keep(key, reply)
    heard.decisions.append([Decision(**fields) for fields in reply["decisions"]])
    heard.cpu_s.append(reply["cpu_s"])
    heard.audio_s.append(len(samples) / RATE)
    return fresh


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
