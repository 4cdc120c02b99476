"""What the start of a session costs with each voice: the first time, and when its speech is kept.

    python bench/start_cost.py [--voice NAME ...] [--routine NAME]
    python bench/start_cost.py --write-docs FIGURES.json              (into docs/voices.md)

Seconds of the processor are those of the program and of its workers, which does not depend on what
else the computer does. Memory is the most that the program, or its largest worker, has used. The
clips are proved as in a session: with the extra `whisper` they are read back.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.english import LANGUAGE  # noqa: E402
from bench.pages import put  # noqa: E402
from bench.recognition.report import write_json  # noqa: E402
from bench.recognition.wording import markdown, table  # noqa: E402
from voicecoach.app.routine_library import find_routine, load_routine  # noqa: E402
from voicecoach.app.wiring import COACH, RATE_WPM, make_voice, transcriber  # noqa: E402
from voicecoach.plan.compile import all_lines  # noqa: E402

PAGE = ROOT / "docs" / "voices.md"
MARK = "cost of a start: python bench/start_cost.py --write-docs FIGURES.json"
HEAD = ("voice", "start", "CPU s", "of these, the voice's worker", "memory MB", "speech kept")


@dataclass(frozen=True)
class Cost:
    """What one start took."""

    voice: str
    start: str
    lines: int
    speech_s: float
    cpu_s: float
    workers_s: float
    memory_mb: float
    kept_mb: float


def prepare(voice: str, routine: str, start: str) -> None:
    """Render all lines of a routine in this process, and print what it took."""
    lines = all_lines(load_routine(find_routine(routine), LANGUAGE), LANGUAGE)
    with closing(make_voice(voice, RATE_WPM, LANGUAGE)) as speaker:
        clips = speaker.render(sorted(lines))
    own, workers = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    of_workers = workers.ru_utime + workers.ru_stime
    folder = Path(os.environ["XDG_CACHE_HOME"])
    kept = sum(path.stat().st_size for path in folder.rglob("*.clip"))
    cost = Cost(
        voice,
        start,
        len(clips),
        sum(clip.length for clip in clips.values()) / 1000,
        own.ru_utime + own.ru_stime + of_workers,
        of_workers,
        max(own.ru_maxrss, workers.ru_maxrss) / 1024,
        kept / 2**20,
    )
    print(json.dumps(asdict(cost)))


def measured(voice: str, routine: str) -> list[Cost]:
    """Return the costs of a first start and of a later one, each in a process of its own."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for start in ("first", "later"):
            command = [sys.executable, __file__, "--one", voice, start, "--routine", routine]
            around = {**os.environ, "XDG_CACHE_HOME": folder}
            done = subprocess.run(command, env=around, stdout=subprocess.PIPE, check=True)
            found.append(Cost(**json.loads(done.stdout.splitlines()[-1])))
    return found


def row(cost: Cost) -> tuple[str, ...]:
    """Return the row of a start."""
    speech = f"{cost.kept_mb:.0f} MB for {cost.speech_s / 60:.0f} min in {cost.lines} lines"
    figures = f"{cost.cpu_s:.1f}", f"{cost.workers_s:.1f}", f"{cost.memory_mb:.0f}"
    return f"`{cost.voice}`", cost.start, *figures, speech


def heading(found: dict[str, object]) -> str:
    """Return what was measured."""
    proof = "read back" if found["read"] else "proved by their length alone"
    return f"Measured on {found['date']}: all lines of {found['routine']}, {proof}."


def work(options: argparse.Namespace) -> None:
    """Do what the options ask for."""
    if options.one:
        prepare(options.one[0], options.routine, options.one[1])
        return
    if options.write_docs:
        found = json.loads(options.write_docs.read_text("utf-8"))
    else:
        costs = [cost for voice in options.voice for cost in measured(voice, options.routine)]
        found = {
            "date": str(date.today()),
            "routine": options.routine,
            "read": transcriber() is not None,
            "costs": [asdict(cost) for cost in costs],
        }
    rows = [row(Cost(**one)) for one in found["costs"]]
    if options.write_docs:
        put(PAGE, MARK, f"{heading(found)}\n\n{markdown(HEAD, rows)}")
        return
    if options.json:
        write_json(found, options.json)
    print(heading(found), table(HEAD, rows), sep="\n\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--voice", action="append", metavar="NAME", help=f"may be repeated (default {COACH})")
    add("--routine", default="desk-break", help="name or file (default desk-break)")
    add("--json", type=Path, metavar="FILE", help="write all figures here")
    add("--write-docs", type=Path, metavar="JSON", help="put these figures into docs/voices.md")
    add("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.voice = options.voice or [COACH]
    work(options)


if __name__ == "__main__":
    main()
