"""Whether every shipped routine, interrupted at any moment, goes on at the right step.

    python bench/interruptions.py [--every MS] [--offset MS] [--jobs N] [ROUTINE ...]

Each routine is led in virtual time, interrupted at every moment by each kind of interruption, and
answered as a user would; what is heard then is compared with the session that nobody interrupts.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.interrupted.proof import Result, prove  # noqa: E402
from bench.interrupted.trials import KINDS  # noqa: E402
from voicecoach.app.routine_library import routine_files  # noqa: E402

SHOWN = 3
"""Faults of a kind that are shown."""


def table(results: Sequence[Result]) -> str:
    """Return the results as a table in Markdown: moments, and those that went right."""
    lines = ["| routine | " + " | ".join(kind.name for kind in KINDS) + " |"]
    lines.append("| --- |" + " --- |" * len(KINDS))
    for name in dict.fromkeys(result.routine for result in results):
        cells = [result.cell for result in results if result.routine == name]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    moments = sum(result.moments for result in results)
    right = sum(result.right for result in results)
    lines += ["", f"{right} of {moments} interruptions go on at the right step."]
    return "\n".join(lines)


def main() -> int:
    """Print the table; the exit status is 1 where something goes wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("routines", nargs="*", help="shipped routines; all of them by default")
    parser.add_argument("--every", type=int, default=100, help="milliseconds between two moments")
    parser.add_argument("--offset", type=int, default=0, help="milliseconds before the first one")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    tasks = [(name, kind.name, args.every, args.offset)
             for name in args.routines or routine_files() for kind in KINDS]  # fmt: skip
    results = []
    with ProcessPoolExecutor(args.jobs) as pool:
        for result in pool.map(_prove, tasks):
            results.append(result)
            print(result.line, file=sys.stderr, flush=True)
            if not result.faults:
                continue
            for fault, count in Counter(text for _, text in result.faults).most_common(SHOWN):
                first = next(at for at, text in result.faults if text == fault)
                print(f"    {count} times, first at {first} ms: {fault}", file=sys.stderr)
    print(table(results))
    return int(any(result.faults for result in results))


def _prove(task: tuple[str, str, int, int]) -> Result:
    return prove(*task)


if __name__ == "__main__":
    sys.exit(main())
