"""How often a "stop" over the coach's own voice is obeyed, and what the coach hears of itself.

    python bench/barge_in.py --speech RECORDINGS [--work FILE] [--json FILE] [--quick]
    python bench/barge_in.py --speech RECORDINGS --speakers test               (once a release)
    python bench/barge_in.py --write-docs FIGURES.json                (into docs/hearing.md)

Recordings of people who are not in the training data are played over the shipped routines as the
mixer plays them, at the first millisecond of a cue and later in it, in simulated rooms and measured
ones (those of RECORDINGS/rirs that are living rooms). Alignment, canceller, gate, recogniser and
judge are the program's own, with the live phrases of the routine's state, and with the coach's
lines given to the judge. A stop is a hit if it is obeyed within 1.5 s after the word's end; its
time lasts until the mixer's output is silent. A stop does not end the session, so that the coach
speaks under every recording. Without a user minutes of the routines are played, each in a room of
its own that is drawn by chance; there only what passed the gate is recognised.

With --work each pass is kept when it is done, and a run that was stopped goes on where it stood:
all passes take hours of a processor.

RECORDINGS is a folder with a MANIFEST.csv as described in `models/recipe/corpus.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.barge.figures import summary, tables  # noqa: E402
from bench.barge.kept import Kept  # noqa: E402
from bench.barge.places import held_out  # noqa: E402
from bench.barge.plan import HOURS, at_bar, rooms, tasks  # noqa: E402
from bench.barge.trials import Task, Worker  # noqa: E402
from bench.english import LANGUAGE  # noqa: E402
from bench.pages import put  # noqa: E402
from bench.recognition.report import write_json  # noqa: E402
from bench.recognition.sources import NO_FOLDER, require_recordings  # noqa: E402
from bench.recognition.systems import folder_hash  # noqa: E402
from bench.recognition.wording import markdown, table  # noqa: E402
from models.recipe.corpus import TEST, TUNE  # noqa: E402
from voicecoach.app.wiring import COACH, shipped_model  # noqa: E402
from voicecoach.errors import InputError  # noqa: E402

MARK = "barge-in figures: python bench/barge_in.py --write-docs FIGURES.json"
PAGE = ROOT / "docs" / "hearing.md"

_workers: list[Worker] = []
"""The worker of this process."""


def _start(model: Path | None, speech: Path, side: str) -> None:
    _workers.append(Worker(model, speech, side))


def _run(task: Task) -> dict[str, Any]:
    return _workers[0].run(task)


def measure(planned: list[Task], args: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """Return the results of the passes by group, in the order of the tasks."""
    folder = args.model or shipped_model(LANGUAGE)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    kept = Kept(args.work, f"{folder_hash(folder, files)} {args.speakers}")
    missing = kept.missing(planned)
    begun = time.monotonic()
    start = (args.model, args.speech, args.speakers)
    with ProcessPoolExecutor(args.jobs, initializer=_start, initargs=start) as pool:
        for done, (task, row) in enumerate(zip(missing, pool.map(_run, missing), strict=True), 1):
            kept.add(task, row)
            passes = f"{len(planned) - len(missing) + done}/{len(planned)} passes"
            took = f"\r{passes}, {time.monotonic() - begun:.0f} s"
            print(took, end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    rows: dict[str, list[dict[str, Any]]] = {}
    for task in planned:
        rows.setdefault(task.group, []).append(kept.of(task) | {"room": str(task.room)})
    return rows


def report(args: argparse.Namespace) -> dict[str, Any]:
    """Measure and return all figures, each stop included."""
    words, places = held_out(args.speech, args.speakers), rooms(args.speech)
    if not words:
        why = f"{args.speech} has none by people who are not in the training data"
        raise InputError("There is no recording of 'stop'", why, NO_FOLDER)
    if args.at_bar:
        planned = at_bar(places, args.hours)
    else:
        planned = tasks(places, len(words), args.quick, args.hours)
    sounding = [replace(task, voice=args.voice, music=args.music) for task in planned]
    passes = measure(sounding[:: args.every], args)
    return {
        "date": str(date.today()),
        "command": _command(args),
        "recordings": len(words),
        "speakers": len({clip.speaker for clip in words}),
        "rooms": 2 if args.quick else len(places),
        "speakers_of": args.speakers,
        "figures": {name: summary(rows) for name, rows in passes.items()},
        "passes": passes,
    }


def _command(args: argparse.Namespace) -> str:
    hours = f" --hours {args.hours:g}" if args.hours != HOURS else ""
    side = f" --speakers {args.speakers}" if args.speakers != TUNE else ""
    sound = f" --voice {args.voice}" if args.voice != COACH else ""
    sound += f" --music {args.music}" if args.music != "off" else ""
    sound += f" --every {args.every}" if args.every != 1 else ""
    words = f"{side}{sound}{hours}{' --quick' * args.quick}{' --at-bar' * args.at_bar}"
    return f"python bench/barge_in.py --speech RECORDINGS{words}"


def heading(found: dict[str, Any]) -> str:
    """Return the date and the recordings of the measurement."""
    return (
        f"Measured on {found['date']} with `{found['command']}`: {found['recordings']} recordings "
        f'of "stop" by {found["speakers"]} speakers whom the model does not know, all those in '
        f"which a word is audible, of the {found['speakers_of']} side; {found['rooms']} simulated "
        "or measured rooms, and without a user one of its own for each minute. In brackets: 95 % "
        "intervals, Wilson's for shares, exact Poisson ones for rates."
    )


def section(found: dict[str, Any]) -> str:
    """Return the section for docs/hearing.md."""
    parts = [markdown(head, rows) for _, head, rows in tables(found["figures"])]
    return "\n\n".join([heading(found), *parts])


def work(args: argparse.Namespace) -> int:
    """Do what the options ask for; return the exit status."""
    if args.write_docs:
        put(PAGE, MARK, section(json.loads(args.write_docs.read_text("utf-8"))))
        return 0
    require_recordings(args.speech)
    found = report(args)
    if args.json:
        write_json(found, args.json)
    print(heading(found))
    for name, head, rows in tables(found["figures"]):
        print(f"\n{name}\n{table(head, rows)}")
    return 0


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; return the exit status: those of `voicecoach`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--speech", type=Path, metavar="DIR", help="recordings with a MANIFEST.csv")
    add("--model", type=Path, metavar="DIR", help="a Vosk model folder; else the shipped one")
    add("--speakers", choices=(TUNE, TEST), default=TUNE, help="whose recordings")
    add("--hours", type=float, default=HOURS, metavar="H", help="hours without a user at +6 dB")
    add("--work", type=Path, metavar="FILE", help="keep each pass here, and go on from it")
    add("--json", type=Path, metavar="FILE", help="write all figures, each stop included")
    add("--quick", action="store_true", help="two rooms, two routines, +6 dB")
    add("--at-bar", action="store_true", help="all rooms at +6 dB, and no other levels")
    add("--voice", default=COACH, help=f"the coach's voice (default {COACH})")
    add("--music", choices=("off", "always"), default="off", help="a bed under it")
    add("--every", type=int, default=1, metavar="N", help="every Nth pass only")
    add("--jobs", type=int, default=min(2, os.cpu_count() or 1), metavar="N", help="at a time")
    add("--write-docs", type=Path, metavar="JSON", help="put these figures into docs/hearing.md")
    try:
        return work(parser.parse_args(words))
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
