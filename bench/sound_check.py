"""How many soft "stop"s a sound check predicts to be obeyed, against how many are.

    python bench/sound_check.py --speech RECORDINGS --fit          (the tune side: the constants)
    python bench/sound_check.py --speech RECORDINGS --side test    (the other side: the figures)

In each simulated room a user of the side does the spoken sound check by three recordings of "stop",
and then recordings of "stop" of all speakers of the side are played over the coach's voice at the
same level, as in `bench/barge_in.py`. Alignment, canceller, gate, recogniser and judge are the
program's own. The rooms of the two sides differ. Of the predictions "one_user" is that of this
check, and "all_words" what checks of all speakers would predict on average: three words may be
louder than the others. The constants are the likeliest for all words.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, astuple, replace
from datetime import date
from math import pi, sqrt
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.barge.places import Word, place, said_by_people  # noqa: E402
from bench.barge.script import make_script  # noqa: E402
from bench.barge.trials import Task, Worker, excerpt  # noqa: E402
from bench.english import LANGUAGE  # noqa: E402
from bench.recognition.intervals import share  # noqa: E402
from models.recipe.corpus import TEST, TUNE  # noqa: E402
from voicecoach.app.pipeline import Clips  # noqa: E402
from voicecoach.app.rehearsal import Rehearsal  # noqa: E402
from voicecoach.app.sound_check import USUAL, Heard, check_sound  # noqa: E402
from voicecoach.app.wiring import Choices, make_pipeline, make_recogniser, make_voice  # noqa: E402
from voicecoach.audio.margin import CURVE, Curve, recall, shares  # noqa: E402
from voicecoach.audio.sound_meter import Noted, dbfs  # noqa: E402
from voicecoach.simulation.acoustics import active_dbfs  # noqa: E402
from voicecoach.simulation.room import PlacedUtterance, Reply, SimulatedRoom  # noqa: E402
from voicecoach.simulation.scenario import RoomSettings  # noqa: E402
from voicecoach.units import BLOCK, RATE, Frame, Ms  # noqa: E402

ROUTINE: Final = "upper-back-at-home"
MINUTES: Final = 3.0
ASKED: Final = ("Now say stop", "Once more, now", "And once more")

MEAN_DISTANCE: Final = sqrt(2 / pi)
"""From the mean of a normal distribution, in standard deviations."""

Case = tuple[float, RoomSettings]
"""How loud the user is against the usual, and the room."""

Row = dict[str, Any]
"""What was heard and obeyed in a room."""


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


Said = tuple[float, bool]
"""How loud a word is, in dBFS, and whether it was obeyed."""


def obeyed(worker: Worker, words: Sequence[Word], case: Case, number: int) -> list[Said]:
    """Return what became of each "stop" over the coach in a room."""
    level, settings = case
    task = Task("check", ROUTINE, "full", settings, "canceller and gate", True, number * 7,
                minutes=MINUTES, level_db=level)  # fmt: skip
    stops = worker.run(task)["stops"]
    script = excerpt(make_script(task.routine, task.talk, task.voice, task.music), task)
    sites = place(script, words, task.turn)
    return [
        (round(loudness(word, case), 1), stop["ms"] is not None)
        for (_, word, _), stop in zip(sites, stops, strict=True)
    ]


def loudness(word: Word, case: Case) -> float:
    """Return the level of a word in a room without the coach, as a sound check measures it."""
    level, settings = case
    said = PlacedUtterance(Frame(RATE // 2), word.samples, level)
    quiet = SimulatedRoom(replace(settings, echo_db=None), [said])
    silence = np.zeros(BLOCK, np.int16)
    blocks = (RATE + len(word.samples)) // BLOCK
    mic = np.array([dbfs(quiet.pass_block(silence)) for _ in range(blocks)])
    never = np.full(blocks, -120.0)
    noted = Noted(mic, never, never, never)
    return noted.word(Frame(0), Frame(blocks * BLOCK)) or noted.noise


def measure(speech: Path, side: str) -> list[Row]:
    """Return what was heard and obeyed in each room of a side."""
    worker = Worker(None, speech, side)
    words = said_by_people(speech, side)
    rows = []
    for number, case in enumerate(CASES[side]):
        heard = checked(case, [word.samples for word in words], number)
        stops = obeyed(worker, words, case, number)
        row: Row = {
            "level_db": case[0],
            "room": {k: v for k, v in asdict(case[1]).items() if v is not None},
            "said": [round(level, 1) for level in heard.said],
            "noise": round(heard.noise, 1),
            "least": [round(float(x), 1) for x in heard.asked[USUAL][::5]],
            "stops": stops,
        }
        rows.append(row)
        print(json.dumps({**row, "least": len(row["least"]), "stops": counted(row)}), flush=True)
    return rows


def counted(row: Row) -> tuple[int, int]:
    """Return how many "stop"s were obeyed, and how many were said."""
    return sum(done for _, done in row["stops"]), len(row["stops"])


def predicted(row: Row, curve: Curve = CURVE) -> float | None:
    """Return the share that the check predicts; None where it heard no word."""
    return recall(row["said"], np.array(row["least"]), curve) if row["said"] else None


def likely(row: Row, curve: Curve) -> NDArray[np.float64]:
    """Return how likely each word is obeyed, as loud as it is."""
    return shares(np.array([level for level, _ in row["stops"]]), np.array(row["least"]), curve)


def by_chance(row: Row, curve: Curve) -> float:
    """Return how far the share of words is by chance from the right one, on average."""
    each = likely(row, curve)
    return float(MEAN_DISTANCE * np.sqrt(np.sum(each * (1 - each))) / len(each))


def loss(rows: Sequence[Row], curve: Curve) -> float:
    """Return how unlikely it is what became of the words, as a logarithm."""
    total = 0.0
    for row in rows:
        each = np.clip(likely(row, curve), 1e-6, 1 - 1e-6)
        done = np.array([done for _, done in row["stops"]])
        total -= float(np.sum(np.log(np.where(done, each, 1 - each))))
    return total


def fitted(rows: Sequence[Row]) -> Curve:
    """Return the constants that fit best, by coordinate descent."""
    best, step = CURVE, np.array([0.02, 2.0, 1.0])
    low = np.array([0.8, -15.0, 0.1])
    high = np.array([1.0, 15.0, 8.0])
    for _ in range(60):
        before = loss(rows, best)
        for at in range(len(step)):
            for sign in (-1, 1):
                values = np.array(astuple(best))
                values[at] += sign * step[at]
                tried = Curve(*np.clip(values, low, high).tolist())
                best = tried if loss(rows, tried) < loss(rows, best) else best
        if loss(rows, best) >= before:
            step = step / 2
    return best


def told(rows: Sequence[Row], curve: Curve) -> dict[str, Any]:
    """Return predictions beside what was obeyed, and how far they are apart."""
    lines = []
    for row in rows:
        count, of = counted(row)
        line = {
            "level_db": row["level_db"],
            "echo_db": row["room"]["echo_db"],
            "floor_db": row["room"]["floor_db"],
            "one_user": predicted(row, curve),
            "all_words": float(likely(row, curve).mean()),
        }
        lines.append({**line, **share(count, of)})
    chance = [by_chance(row, curve) for row in rows]
    return {
        "rooms": lines,
        "one_user": apart(lines, "one_user"),
        "all_words": apart(lines, "all_words"),
        "distance_by_chance": float(np.average(chance, weights=[line["of"] for line in lines])),
        "curve": asdict(curve),
    }


def left_out(rows: Sequence[Row]) -> dict[str, Any]:
    """Return how far predictions of each room are off by constants fitted to the others."""
    lines = []
    for at, row in enumerate(rows):
        lines += told([row], fitted([*rows[:at], *rows[at + 1 :]]))["rooms"]
    return {key: apart(lines, key) for key in ("one_user", "all_words")}


def apart(lines: Sequence[Row], key: str) -> dict[str, float]:
    """Return how far a prediction is off, and how far from what was obeyed, over all rooms."""
    known = [line for line in lines if line[key] is not None]
    off = [line[key] - line["share"] for line in known]
    weights = [line["of"] for line in known]
    return {
        "off": float(np.average(off, weights=weights)),
        "distance": float(np.average(np.abs(off), weights=weights)),
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
    found = told(rows, fitted(rows) if options.fit else CURVE)
    if options.fit:
        found["each_left_out"] = left_out(rows)
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
