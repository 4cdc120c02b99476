"""How the shipped routines go by ear, with the coach's usual voice: a table in Markdown.

    python bench/by_ear.py [--write-docs]

Everything is read from the compiled plans: the first beat on the first day and on a usual one (the
calibration sound, greeting, score, description and time to settle; without the questions about
health), the share of work, the longest silence, the longest wait in a strain before "go" (S36), the
words a minute of the descriptions, and the ways out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.pages import put  # noqa: E402
from voicecoach.app.routine_library import load_routine, routine_files  # noqa: E402
from voicecoach.app.wiring import Choices, make_plan  # noqa: E402
from voicecoach.doses.base import Manner  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.plan.narration import BRIEF, FULL, Greeting  # noqa: E402
from voicecoach.plan.plan import Plan  # noqa: E402
from voicecoach.plan.strain_time import waits  # noqa: E402
from voicecoach.track import Track, lines_of, spoken  # noqa: E402

BEFORE_S: Final = 2.7
"""The calibration sound and the silence after it."""
ANSWER_S: Final = 1.5
"""The user says the score."""
LANGUAGE = load_language("en")

HEAD: Final = (
    "| routine | first beat, usual day | first day | work | longest silence | longest strain | "
    "words a minute | way out, median / longest |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |"
)


@dataclass(frozen=True)
class Row:
    """What is measured of one routine; lengths in seconds."""

    usual: float
    first: float
    work: float
    silence: float
    strain: float
    words: float
    out: float
    longest_out: float


def measure(plan: Plan) -> Row:
    """Return the figures of a plan."""
    count = range(len(plan.routine.exercises))
    works = [plan.work(station, 0, Manner()) for i in count for station in plan.stations(i)]
    rest = list(_around(plan))
    every = [*works, *rest]
    outs = [spoken(plan.way_out(i), plan.length).length / 1000 for i in count]
    return Row(
        first_beat(plan, 0, Greeting.AGAIN, BRIEF),
        first_beat(plan, 0, Greeting.FIRST, FULL),
        sum(track.length for track in works) / sum(track.length for track in every),
        max(_silence(plan, track) for track in every),
        max(wait.length for wait in waits(plan)) / 1000,
        _words_a_minute(plan),
        median(outs),
        max(outs),
    )


def _around(plan: Plan) -> Iterator[Track]:
    """Yield what is said around the work, on a first day."""
    count = len(plan.routine.exercises)
    for i in range(count):
        yield plan.reading(i, 0, FULL)
        yield plan.settle(i, 0, FULL, "left", i > 0)
        yield from (plan.bridge(a, b, 0) for a, b in pairwise(plan.stations(i)))
        if i + 1 < count:
            yield plan.between(i, i + 1)


def first_beat(plan: Plan, index: int, greeting: Greeting, talk: int) -> float:
    """Return the seconds to the first beat, where exercise `index` is the first that is led."""
    say, length = plan.prompts, plan.length
    asked = "ask_start" if greeting is Greeting.FIRST else "ask_start_short"
    score = length(say.say(asked)) + length(say.say("thanks_score"))
    tracks = (plan.welcome(greeting), plan.reading(index, 0, talk))
    settled = plan.settle(index, 0, talk, "left", False)
    spoken_ms = sum(track.length for track in tracks) + settled.length + score
    return BEFORE_S + ANSWER_S + spoken_ms / 1000


def _silence(plan: Plan, track: Track) -> float:
    ends = [0, *(cue.at + plan.length(cue.text) for cue in track.cues)]
    begins = [*(cue.at for cue in track.cues), track.length]
    return max(b - e for e, b in zip(ends, begins, strict=True)) / 1000


def _words_a_minute(plan: Plan) -> float:
    """Return the pace within the lines of the descriptions."""
    lines = [
        plan.prompts.sided(line, "left")
        for exercise in plan.routine.exercises
        for line in lines_of(exercise.full)
    ]
    words = sum(len(line.split()) for line in lines)
    return words / (sum(plan.length(line) for line in lines) / 60_000)


def table() -> str:
    """Return the table of all shipped routines."""
    rows = [HEAD]
    for name, path in sorted(routine_files().items()):
        print(name, file=sys.stderr)
        plan, _ = make_plan(load_routine(path, LANGUAGE), Choices(LANGUAGE))
        row = measure(plan)
        rows.append(
            f"| {name} | {row.usual:.0f} s | {row.first:.0f} s | {row.work:.0%} | "
            f"{row.silence:.0f} s | {row.strain:.1f} s | {row.words:.0f} | "
            f"{row.out:.0f} / {row.longest_out:.0f} s |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    made = table()
    print(made)
    if "--write-docs" in sys.argv[1:]:
        put(ROOT / "docs" / "routines.md", "by ear", made)
