"""What a coach that is always on costs while it sleeps, and in a session.

    python bench/idle.py [--minutes 60] [--json FILE]    (needs a sound card, real or virtual)

`voicecoach serve` runs as a process of its own, in a home of its own. Its processor time, its
wake-ups (voluntary context switches of all threads, without those of the sound server) and its
memory are read from /proc at the beginning and at the end, after a minute to settle; so the figures
hold on a busy machine, too. With --session the same is measured while a session is led: commands
are typed for that. False wakes and misses of the name are measured by bench/wake.py.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CALL: Final = "from voicecoach.cli.main import main; main()"
SETTLE_S: Final = 20.0
PER_S: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What a process has used so far."""

    at: float
    cpu_s: float
    switches: int
    rss_mb: float


@dataclass(frozen=True)
class Cost:
    """What it costs, by second."""

    minutes: float
    cpu_percent: float
    wakeups_per_s: float
    rss_mb: float
    growth_mb: float


def usage(pid: int) -> Usage:
    """Return what a process has used."""
    folder = Path(f"/proc/{pid}")
    fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
    cpu = (int(fields[11]) + int(fields[12])) / PER_S
    switches = sum(_number(task / "status", "voluntary_ctxt_switches")
                   for task in (folder / "task").iterdir())  # fmt: skip
    return Usage(time.monotonic(), cpu, switches, _number(folder / "status", "VmRSS") / 1024)


def _number(path: Path, name: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def cost(before: Usage, after: Usage) -> Cost:
    """Return what was used between two readings."""
    seconds = after.at - before.at
    return Cost(
        round(seconds / 60, 1),
        round(100 * (after.cpu_s - before.cpu_s) / seconds, 2),
        round((after.switches - before.switches) / seconds, 1),
        round(after.rss_mb, 1),
        round(after.rss_mb - before.rss_mb, 2),
    )


def measured(pid: int, minutes: float) -> Cost:
    """Return what a process costs for so long."""
    before = usage(pid)
    time.sleep(60 * minutes)
    return cost(before, usage(pid))


def typed(program: subprocess.Popen[str], *lines: tuple[str, float]) -> None:
    """Type lines, each after so many seconds."""
    assert program.stdin
    for line, seconds in lines:
        time.sleep(seconds)
        program.stdin.write(line + "\n")
        program.stdin.flush()


CALLED: Final = (("coach", 0.0), ("no", 8.0), ("fifteen minutes", 4.0))


def run(minutes: float, session: float) -> dict[str, object]:
    """Return what the coach costs asleep, and in a session if it is to be measured."""
    with tempfile.TemporaryDirectory() as home:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
        own = {"HOME": home, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        words = [sys.executable, "-c", CALL, "serve", "--talk", "short"]
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=kept | own
        ) as program:
            try:
                time.sleep(SETTLE_S)
                found: dict[str, object] = {"asleep": asdict(measured(program.pid, minutes))}
                if session:
                    typed(program, *CALLED, *[("no", 12.0)] * 20)
                    found["session"] = asdict(measured(program.pid, session))
            finally:
                program.terminate()  # in the background Ctrl-C is ignored
                program.communicate(timeout=30)
    return found


def main() -> int:
    """Run the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60.0, help="asleep")
    parser.add_argument("--session", type=float, default=0.0, help="minutes in a session")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    found = run(options.minutes, options.session)
    print(json.dumps(found, indent=1))
    if options.json:
        options.json.write_text(json.dumps(found) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
