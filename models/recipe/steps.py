"""Runs the steps of a recipe: those that are not done yet, or one by its name."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

WORKERS = os.cpu_count() or 1
"""Processes at a time; what they make does not depend on how many there are."""

Steps = Mapping[str, tuple[Callable[[], None], Path | None]]
"""Name -> what to run, and the file that shows that it is done."""


def to_do(steps: Steps, only: str | None) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the steps that are not done; `only` names one that is run even if it is done.

    Raises `SystemExit` for a name that is none of them.
    """
    if only and only not in steps:
        raise SystemExit(f"--only takes one of: {', '.join(steps)}")
    for name, (run, proof) in steps.items():
        if name == only or not (only or (proof and proof.exists())):
            yield name, run


def timed(name: str, run: Callable[[], None]) -> None:
    """Run a step, and print how long it took."""
    begun = time.monotonic()
    run()
    print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)
