"""How the shipped routines go by ear, with the coach's usual voice: a table in Markdown.

    python bench/by_ear.py [--write-docs]

The first beat is found by leading the conversations in virtual time (`bench/first_beat.py`), with
the questions about health, on the first day and on a usual one. All else is read from the compiled
plans: the share of work, the longest silence, the longest wait in a strain before "go" (S36), the
words a minute of the descriptions, and the ways out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.first_beat import DAY, first_beat  # noqa: E402
from bench.pages import put  # noqa: E402
from voicecoach.app.pipeline import lengths_of  # noqa: E402
from voicecoach.app.routine_library import load_routine, routine_files  # noqa: E402
from voicecoach.app.wiring import Choices, make_plan, render  # noqa: E402
from voicecoach.dialog.screening_dialog import screening_lines  # noqa: E402
from voicecoach.doses.base import Manner  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.plan.narration import FULL  # noqa: E402
from voicecoach.plan.plan import Plan  # noqa: E402
from voicecoach.plan.strain_time import waits  # noqa: E402
from voicecoach.screening.profile import Profile, let_through  # noqa: E402
from voicecoach.screening.questionnaire import Screening  # noqa: E402
from voicecoach.track import Lengths, Track, lines_of, spoken  # noqa: E402

LANGUAGE = load_language("en")
YESTERDAY: Final = let_through(DAY - timedelta(days=1))
"""A user who was asked everything the day before, and said no to all of it."""

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


def measure(plan: Plan, lengths: Lengths) -> Row:
    """Return the figures of a plan; `lengths` knows the lines of the questions too."""
    count = range(len(plan.routine.exercises))
    works = [plan.work(station, 0, Manner()) for i in count for station in plan.stations(i)]
    rest = list(_around(plan))
    every = [*works, *rest]
    outs = [spoken(plan.way_out(i), plan.length).length / 1000 for i in count]
    return Row(
        first_beat(plan, lengths, YESTERDAY, known=True),
        first_beat(plan, lengths, Profile(), known=False),
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
    rows, choices = [HEAD], Choices(LANGUAGE)
    asked = render(screening_lines(Screening.start(Profile(), DAY), LANGUAGE.prompts), choices)
    for name, path in sorted(routine_files().items()):
        print(name, file=sys.stderr)
        plan, clips = make_plan(load_routine(path, LANGUAGE), choices)
        row = measure(plan, lengths_of({**asked, **clips}))
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
