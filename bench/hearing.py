"""What the program obeys, of recordings of people that its model was not trained on.

    python bench/hearing.py --speech RECORDINGS [--model DIR] [--state NAME] [--json FILE]
    python bench/hearing.py --speech RECORDINGS --stand 120 420  (the judge's times, in ms)

The way of `voicecoach listen`: recogniser and judge, as if live, all phrases live unless `--state`
names a state. No canceller and no gate: the coach is silent. Held-out speakers are those of the
model's recipe (`models/recipe/corpus.py`). RECORDINGS is a folder with a MANIFEST.csv as described
there. 95 % intervals: Wilson for shares, exact Poisson bounds are not given for rates.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))

from recipe.corpus import Clip, read

from voicecoach.ears import hearing as judging
from voicecoach.phrases import HALTING, english
from voicecoach.run.assemble import make_ears
from voicecoach.run.audition import Audition, Line, from_file
from voicecoach.session.state import State
from voicecoach.units import FRAMES_PER_MS, Frame

FIRST = ("stop", "go", "yes", "no")
OTHERS = (
    *("help", "start", "repeat", "one", "two", "three", "four", "five"),
    *("six", "seven", "eight", "nine"),
)
HALTS = {command.value for command in HALTING}


def accepted(audition: Audition, clip: Clip) -> list[Line]:
    """Return what is obeyed in a clip."""
    return [line for line in from_file(audition, Path(clip.path)) if not line["why"]]


def share(right: int, of: int) -> str:
    """Return a share with its 95 % interval (Wilson)."""
    if not of:
        return "none"
    p, z = right / of, 1.96
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{100 * p:.1f} % ({100 * (middle - half):.0f}-{100 * (middle + half):.0f})"


def recall(audition: Audition, clips: Sequence[Clip]) -> dict[str, Any]:
    """Return how often the first thing obeyed is the word that was said."""
    book = english()
    right, confused = 0, Counter[str]()
    delays = []
    for clip in clips:
        lines = accepted(audition, clip)
        wanted = book.meanings[clip.text or ""]
        meant = book.meaning(lines[0]["text"]) if lines else None
        if meant and (meant.command, meant.number) == (wanted.command, wanted.number):
            right += 1
            delays.append(lines[0]["decided"] - lines[0]["end"])
        elif lines:
            confused[lines[0]["text"]] += 1
    return {
        "clips": len(clips),
        "speakers": len({clip.speaker for clip in clips}),
        "right": share(right, len(clips)),
        "confused": share(confused.total(), len(clips)),
        "as": confused.most_common(3),
        "median_ms": round(1000 * median(delays)) if delays else None,
    }


def false_accepts(audition: Audition, clips: Iterable[Clip]) -> dict[str, Any]:
    """Return how often something is obeyed that nobody commanded."""
    seconds, counts, halts = 0.0, Counter[str](), 0
    for clip in clips:
        seconds += clip.seconds
        for line in accepted(audition, clip):
            counts[line["text"]] += 1
            halts += line["command"] in HALTS
    hours = seconds / 3600
    return {
        "hours": round(hours, 2),
        "per_hour": round(counts.total() / hours, 1),
        "halts_per_hour": round(halts / hours, 1),
        "most": counts.most_common(5),
    }


def measure(audition: Audition, clips: Sequence[Clip]) -> dict[str, Any]:
    """Return all figures."""
    words = [clip for clip in clips if clip.kind == "commands"]
    rows: dict[str, Any] = {}
    for name, chosen in [(" ".join(FIRST), FIRST), *((w, (w,)) for w in FIRST), ("others", OTHERS)]:
        rows[name] = recall(audition, [clip for clip in words if clip.text in chosen])
        print(name, rows[name], flush=True)
    for kind in ("speech", "words", "noise"):
        rows[kind] = false_accepts(audition, (clip for clip in clips if clip.kind == kind))
        print(kind, rows[kind], flush=True)
    return rows


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--state", type=State)
    parser.add_argument("--all", action="store_true", help="also the speakers trained on")
    parser.add_argument("--stand", type=int, nargs=2, metavar="MS", help="quick ones, others")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if args.stand:
        judging.STAND_QUICK, judging.STAND = (Frame(ms * FRAMES_PER_MS) for ms in args.stand)
    clips = [clip for clip in read(args.speech) if clip.held or args.all]
    audition = Audition(make_ears(args.model), args.state)
    rows = measure(audition, clips)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
