"""How many soft "stop"s a sound check predicts to be obeyed, against how many are.

    python bench/sound_check.py --speech RECORDINGS --fit          (the tune side: the constants)
    python bench/sound_check.py --speech RECORDINGS --side test    (the other side: the figures)

In each simulated room a user of the side does the spoken sound check by three recordings of "stop",
and then recordings of "stop" of all speakers of the side are played over the coach's voice at the
same level, as in `bench/barge_in.py`. Alignment, canceller, gate, recogniser and judge are the
program's own. The rooms of the two sides differ.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, astuple, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.barge.places import held_out  # noqa: E402
from bench.barge.trials import Task, Worker  # noqa: E402
from bench.english import LANGUAGE  # noqa: E402
from bench.recognition.intervals import share  # noqa: E402
from models.recipe.corpus import TEST, TUNE  # noqa: E402
from voicecoach.app.pipeline import Clips  # noqa: E402
from voicecoach.app.rehearsal import Rehearsal  # noqa: E402
from voicecoach.app.sound_check import Heard, check_sound  # noqa: E402
from voicecoach.app.wiring import Choices, make_pipeline, make_recogniser, make_voice  # noqa: E402
from voicecoach.audio.margin import CURVE, Curve, recall  # noqa: E402
from voicecoach.audio.wav import read_sound  # noqa: E402
from voicecoach.simulation.acoustics import active_dbfs  # noqa: E402
from voicecoach.simulation.room import Reply, SimulatedRoom  # noqa: E402
from voicecoach.simulation.scenario import RoomSettings  # noqa: E402
from voicecoach.units import RATE, Frame, Ms  # noqa: E402

ROUTINE: Final = "upper-back-at-home"
MINUTES: Final = {TUNE: 3.0, TEST: 3.0}
ASKED: Final = ("Now say stop", "Once more, now", "And once more")

Case = tuple[float, RoomSettings]
"""How loud the user is against the usual, and the room."""


def room(echo: float, rt60: int, delay: int, seed: int, floor: float = -40.0) -> RoomSettings:
    """Return a room."""
    return RoomSettings(
        echo_db=echo, rt60_ms=Ms(rt60), delay_ms=Ms(delay), seed=seed, floor_db=floor
    )


CASES: Final[dict[str, list[Case]]] = {
    TUNE: [
        (-6.0, room(0.0, 350, 60, 1)),
        (-12.0, room(0.0, 500, 20, 9)),
        (-18.0, room(0.0, 200, 150, 5)),
        (-6.0, room(6.0, 350, 60, 13)),
        (-12.0, room(6.0, 200, 150, 5)),
        (-18.0, room(6.0, 500, 40, 17)),
        (-6.0, room(12.0, 350, 120, 13)),
        (-12.0, room(12.0, 300, 60, 21)),
        (-12.0, room(-6.0, 350, 60, 25, -20.0)),
        (-18.0, room(-6.0, 300, 90, 29, -28.0)),
    ],
    TEST: [
        (-9.0, room(0.0, 300, 80, 101)),
        (-15.0, room(0.0, 450, 40, 103)),
        (-9.0, room(6.0, 250, 110, 105)),
        (-15.0, room(6.0, 350, 70, 107)),
        (-3.0, room(12.0, 300, 50, 109)),
        (-9.0, room(9.0, 400, 90, 111)),
        (-9.0, room(-6.0, 350, 60, 113, -22.0)),
        (-20.0, room(-6.0, 250, 100, 115, -36.0)),
    ],
}


def checked(case: Case, sounds: Sequence[Any], number: int) -> Heard:
    """Return what the sound check hears in a room, of a user who says three recordings."""
    level, settings = case
    takes = [sounds[(3 * number + i) % len(sounds)] for i in range(3)]
    later = Frame(int(0.8 * RATE))
    says = [
        Reply(after, later, sound, level, "stop") for after, sound in zip(ASKED, takes, strict=True)
    ]

    def made(clips: Clips) -> SimulatedRoom:
        loud = active_dbfs(np.concatenate([clip.samples for clip in clips.values()]))
        return SimulatedRoom(settings, (), loud)

    choices = Choices(LANGUAGE)
    pipeline = make_pipeline(make_recogniser(None, LANGUAGE), choices)
    heard: list[Heard] = []
    with (
        closing(make_voice(choices.voice, choices.rate, LANGUAGE)) as voice,
        closing(Rehearsal(pipeline, made, replies=says)) as driver,
    ):
        check_sound(driver, voice, LANGUAGE.prompts, _unnoted, date(2000, 1, 1), heard=heard.append)
    return heard[0]


def _unnoted(_: object) -> None:
    return


def obeyed(worker: Worker, case: Case, number: int, minutes: float) -> tuple[int, int]:
    """Return how many "stop"s over the coach are obeyed in a room, and how many were said."""
    level, settings = case
    task = Task("check", ROUTINE, "full", settings, "canceller and gate", True, number * 7,
                minutes=minutes, level_db=level)  # fmt: skip
    stops = worker.run(task)["stops"]
    return sum(stop["ms"] is not None for stop in stops), len(stops)


def measure(speech: Path, side: str) -> list[dict[str, Any]]:
    """Return what was heard and obeyed in each room of a side."""
    worker = Worker(None, speech, side)
    sounds = [read_sound(Path(clip.path)) for clip in held_out(speech, side)]
    rows = []
    for number, case in enumerate(CASES[side]):
        heard = checked(case, sounds, number)
        count, of = obeyed(worker, case, number, MINUTES[side])
        row = {
            "level_db": case[0],
            "room": {k: v for k, v in asdict(case[1]).items() if v is not None},
            "soft": heard.soft,
            "noise": heard.noise,
            "least": [round(float(x), 1) for x in heard.least[::5]],
            "obeyed": count,
            "of": of,
        }
        rows.append(row)
        print(json.dumps({k: v for k, v in row.items() if k != "least"}), flush=True)
    return rows


def predicted(row: dict[str, Any], curve: Curve = CURVE) -> float | None:
    """Return the share that the check predicts; None where it heard no word."""
    if row["soft"] is None:
        return None
    return recall(row["soft"], np.array(row["least"]), curve)


def loss(rows: Sequence[dict[str, Any]], curve: Curve) -> float:
    """Return how far the predictions are from what was obeyed, in squared shares by count."""
    total = 0.0
    for row in rows:
        told = predicted(row, curve)
        if told is not None:
            total += row["of"] * (told - row["obeyed"] / row["of"]) ** 2
    return total


def fitted(rows: Sequence[dict[str, Any]]) -> Curve:
    """Return the constants that fit best, by coordinate descent."""
    best, step = CURVE, np.array([0.02, 2.0, 1.0])
    low = np.array([0.8, -15.0, 0.7])
    high = np.array([1.0, 15.0, 8.0])
    for _ in range(60):
        before = loss(rows, best)
        for at in range(3):
            for sign in (-1, 1):
                values = np.array(astuple(best))
                values[at] += sign * step[at]
                tried = Curve(*np.clip(values, low, high).tolist())
                best = tried if loss(rows, tried) < loss(rows, best) else best
        if loss(rows, best) >= before:
            step = step / 2
    return best


def told(rows: Sequence[dict[str, Any]], curve: Curve) -> dict[str, Any]:
    """Return predictions beside what was obeyed, and how far they are apart."""
    lines, off, weights = [], [], []
    for row in rows:
        guess = predicted(row, curve)
        real = share(row["obeyed"], row["of"])
        lines.append({"level_db": row["level_db"], "echo_db": row["room"]["echo_db"],
                      "predicted": guess, **real})  # fmt: skip
        if guess is not None:
            off.append(guess - row["obeyed"] / row["of"])
            weights.append(row["of"])
    return {
        "rooms": lines,
        "mean_off": float(np.average(off, weights=weights)),
        "mean_distance": float(np.average(np.abs(off), weights=weights)),
        "curve": asdict(curve),
    }


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--speech", type=Path, help="folder of recordings")
    parser.add_argument("--side", choices=(TUNE, TEST), default=TUNE)
    parser.add_argument("--fit", action="store_true", help="fit the constants to this side")
    parser.add_argument("--heard", type=Path, help="what was heard: written, or read if it exists")
    options = parser.parse_args(words)
    if options.heard and options.heard.exists():
        rows = json.loads(options.heard.read_text("utf-8"))
    else:
        rows = measure(options.speech, options.side)
        if options.heard:
            options.heard.write_text(json.dumps(rows), encoding="utf-8")
    curve = fitted(rows) if options.fit else replace(CURVE)
    print(json.dumps(told(rows, curve), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
