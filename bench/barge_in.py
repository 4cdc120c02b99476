"""How people's "stop" gets through the coach's own voice, and what the coach hears of itself.

    python bench/barge_in.py --speech RECORDINGS [--model DIR] [--json FILE] [--quick]

Recordings of people whom no model was trained on, said over the shipped routines as the mixer plays
them, at the first millisecond of a cue and later in it; simulated rooms and measured ones (those of
RECORDINGS/rirs that are rooms one lives in); the program's own alignment, canceller, gate,
recogniser and judge, with the phrases of the routine's state live and the judge told what the coach
says. A stop is a hit if it is obeyed until 1.5 s after the word's end; the time counts until the
mixer's output is silent. The session does not end by a stop: the coach goes on, so that every
recording meets a coach. Without a user every shipped routine is played, at +6 dB at every level of
talk.

RECORDINGS is a folder with a MANIFEST.csv as described in `models/recipe/corpus.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from barge_places import held_out
from barge_tables import summary, table
from barge_trials import Task, Worker
from coach_script import routines

from voicecoach.room.scenario import RoomSettings
from voicecoach.run.assemble import TALKS
from voicecoach.units import Ms

FULL, NOTHING, ALONE = "canceller and gate", "nothing", "canceller"
LEVELS, BAR_DB = (0.0, 6.0, 12.0), 6.0
SKEW_PPM = 50.0
MEASURED = ("sb-rir1_1", "sb-rir4_1")
"""Measured rooms with a reverberation under one second (615 and 144 ms); the others are halls."""
NOBODY = "nobody"
BINS = (0, 2, 4, 6)
"""Seconds of the coach's very first voice, two at a time."""


def rooms(speech: Path) -> list[RoomSettings]:
    """Return the rooms, each with its delay."""
    made = [
        RoomSettings(rt60_ms=Ms(rt60), delay_ms=Ms(delay), seed=seed)
        for rt60, delay, seed in ((350, 60, 1), (200, 150, 5), (500, 20, 9), (350, 120, 13))
    ]
    found = {path.stem: path for path in (speech / "rirs").rglob("*.flac")}
    real = [found[name] for name in MEASURED if name in found]
    return made + [
        RoomSettings(response=path, delay_ms=Ms(delay))
        for path, delay in zip(real, (100, 60), strict=False)
    ]


def changed(room: RoomSettings, echo_db: float, skew_ppm: float = 0.0) -> RoomSettings:
    """Return `room` with another echo and two clocks."""
    fields = {name: getattr(room, name) for name in RoomSettings.__slots__}
    return RoomSettings(**{**fields, "echo_db": echo_db, "skew_ppm": skew_ppm})


def group(echo_db: float, skewed: bool, way: str = FULL) -> str:
    """Return the name of a row."""
    return f"{echo_db:+.0f} dB{', 50 ppm' if skewed else ''}, {way}"


def spoken_over(places: list[RoomSettings], levels: tuple[float, ...]) -> Iterator[Task]:
    """Yield the passes in which somebody says "stop"; routines take turns, so does the skew."""
    names = routines()
    for echo_db in levels:
        for skewed in (False, True):
            for turn, place in enumerate(places):
                ppm = (-SKEW_PPM if turn % 2 else SKEW_PPM) if skewed else 0.0
                room, name = changed(place, echo_db, ppm), names[turn % len(names)]
                yield Task(group(echo_db, skewed), name, "full", room, FULL, True, turn)
    for way in (NOTHING, ALONE):
        for turn, place in enumerate(places):
            room, name = changed(place, BAR_DB), names[turn % len(names)]
            yield Task(group(BAR_DB, False, way), name, "full", room, way, True, turn)


def at_first(places: list[RoomSettings], words: int) -> Iterator[Task]:
    """Yield a pass for each recording, in the first 8 s of the coach's voice at `BAR_DB`."""
    names = routines()
    for turn in range(words):
        low = BINS[turn % len(BINS)]
        room = changed(places[turn // len(BINS) % len(places)], BAR_DB)
        row, name = f"{group(BAR_DB, False)}, {low}-{low + 2} s", names[turn % len(names)]
        yield Task(row, name, "full", room, FULL, True, turn, low + 2 * (turn * 7 % 10) / 10)


def alone(places: list[RoomSettings], levels: tuple[float, ...], quick: bool) -> Iterator[Task]:
    """Yield the passes without a user: every routine, at `BAR_DB` at every level of talk."""
    names = routines()[: 3 if quick else None]
    for echo_db in levels:
        bar = echo_db == BAR_DB and not quick
        for talk in TALKS if bar else ("full",):
            yield from _unheard(places, echo_db, names, talk=talk)
        if bar:
            yield from _unheard(places, echo_db, names, ppm=SKEW_PPM)
    for way in (NOTHING, ALONE):
        yield from _unheard(places, BAR_DB, names[:3], way=way)


def _unheard(
    places: list[RoomSettings],
    echo_db: float,
    names: list[str],
    talk: str = "full",
    ppm: float = 0.0,
    way: str = FULL,
) -> Iterator[Task]:
    """Yield a pass for each routine; each level of talk and clock meets other rooms."""
    first = list(TALKS).index(talk) + bool(ppm)
    for turn, name in enumerate(names, first):
        room = changed(places[turn % len(places)], echo_db, ppm)
        row = f"{group(echo_db, bool(ppm), way)}, {NOBODY}"
        yield Task(row, name, talk, room, way, user=False, turn=turn)


_workers: list[Worker] = []
"""The one of this process."""


def _start(model: Path | None, speech: Path) -> None:
    _workers.append(Worker(model, speech))


def _run(task: Task) -> dict[str, Any]:
    return _workers[0].run(task)


def measure(tasks: list[Task], args: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """Return what each pass gave, by group, in the order of the tasks."""
    rows: dict[str, list[dict[str, Any]]] = {}
    begun = time.monotonic()
    start = (args.model, args.speech)
    with ProcessPoolExecutor(args.processes, initializer=_start, initargs=start) as pool:
        for done, (task, row) in enumerate(zip(tasks, pool.map(_run, tasks), strict=True), 1):
            rows.setdefault(task.group, []).append(row | {"room": str(task.room)})
            took = f"{done}/{len(tasks)} passes, {time.monotonic() - begun:.0f} s"
            print(f"\r{took}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return rows


def main() -> None:
    """Measure, print the tables, write the JSON file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, required=True, help="folder of recordings")
    parser.add_argument("--model", type=Path, help="a Vosk model folder; else the shipped one")
    parser.add_argument("--json", type=Path, help="write everything, each stop included, here")
    parser.add_argument("--quick", action="store_true", help="two rooms, three routines, +6 dB")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    args = parser.parse_args()
    clips = held_out(args.speech)
    if not clips:
        parser.error(f"no recordings of 'stop' by held-out speakers in {args.speech}")
    places = rooms(args.speech)[: 2 if args.quick else None]
    levels = (BAR_DB,) if args.quick else LEVELS
    tasks = [*spoken_over(places, levels), *at_first(places, len(clips))]
    tasks += alone(places, levels, args.quick)
    rows = measure(tasks, args)
    speakers = len({clip.speaker for clip in clips})
    print(f"{date.today()}: {len(clips)} recordings of {speakers} speakers, {len(places)} rooms")
    figures = {name: summary(passes) for name, passes in rows.items()}
    print(table(figures))
    if args.json:
        whole = {"date": str(date.today()), "figures": figures, "passes": rows}
        args.json.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
