"""A child process that holds one system, so that CPU time, memory and load time are its own.

    python -m bench.recognition.child SPEC [NAME=NUMBER ...] < requests > replies

NAME=NUMBER changes a constant of the judge, to try it out: a time in ms, anything else as it is.

A request is a line of JSON: ``{"live": ..., "frames": n}`` followed by n int16 samples in the order
of this machine, or ``{"end": true}``. Each is answered by a line of JSON. The sounds are
ready to use: reading them and adding noise is not part of the system's time.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

BEGUN = time.monotonic(), time.process_time()
"""Times before the program is imported, which is part of loading."""


def peak_mb() -> float:
    """Return the peak resident memory of this process in MB.

    On Linux `getrusage` also knows the parent's peak before this program began (it survives exec),
    so the process's own high-water mark is read.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text("ascii").splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def change_judge(changes: Sequence[str]) -> None:
    """Set constants of the judge or of its evidence. Raises `InputError` for an unknown one."""
    from voicecoach.decision import evidence, judge
    from voicecoach.errors import InputError, did_you_mean
    from voicecoach.units import to_frames

    found = [(name, module) for module in (judge, evidence) for name in vars(module)]
    homes = {name: module for name, module in found if name.isupper()}
    for change in changes:
        name, _, value = change.partition("=")
        old = vars(homes[name])[name] if name in homes else None
        if not isinstance(old, int | float):
            raise InputError(f"The judge has no number {name}", "", did_you_mean(name, list(homes)))
        setattr(homes[name], name, to_frames(int(value)) if isinstance(old, int) else float(value))


def serve(spec: str, changes: Sequence[str], requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the one that ends the process."""
    import numpy as np

    from bench.recognition.systems import make_system
    from voicecoach.errors import CoachError

    def reply(**fields: Any) -> None:
        replies.write(json.dumps(fields).encode() + b"\n")
        replies.flush()

    system, live = make_system(spec), None
    try:
        change_judge(changes)
        system.load()
    except CoachError as error:
        reply(error=[error.what, error.why, error.next_step], exit_code=error.exit_code)
        return
    wall, cpu = (now - then for now, then in zip(_clocks(), BEGUN, strict=True))
    reply(name=system.name, load_s=wall, load_cpu_s=cpu)
    for request in iter(lambda: json.loads(requests.readline() or b'{"end": true}'), None):
        if request.get("end"):
            reply(about=system.about(), peak_mb=peak_mb())
            return
        if request["live"] != live:
            live = request["live"]
            system.listen(live)
        samples = np.frombuffer(requests.read(2 * request["frames"]), np.int16)
        begun = time.process_time()
        decisions = system.hear(samples)
        reply(decisions=[asdict(d) for d in decisions], cpu_s=time.process_time() - begun)


def _clocks() -> tuple[float, float]:
    return time.monotonic(), time.process_time()


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a native library prints must not come between the answers
    serve(sys.argv[1], sys.argv[2:], sys.stdin.buffer, answers)
