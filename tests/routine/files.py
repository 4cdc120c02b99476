"""A good routine file, and ways to spoil it."""

from __future__ import annotations

from tests.english import parse
from voicecoach.errors import Problem, ProblemsError

GOOD = """\
schema: voicecoach/1
id: small
name: A small routine
summary: Two moves on a mat.
language: en
author: Jo Bloggs
licence: CC0-1.0
sources: []
equipment: [a mat]
exercises:
  - id: bridge
    name: Bridge
    position: supine
    regions: [hip]
    sides: none
    dose: {repetitions: 8, tempo: 3120, first: lift, sets: 2, rest_s: 20}
    way_in: [Lie on your back.]
    full: [Raise your hips.]
    short: Raise your hips.
    way_out: [Lower your hips.]
    easier:
      dose: {repetitions: 5}
  - id: knee
    name: Knee to the chest
    position: supine
    regions: [hip, low-back]
    sides: each
    dose: {hold_s: 25, breath: {in_s: 4, out_s: 6}}
    way_in: [Lie on your back.]
    full: ["Draw your {side} knee to your chest."]
    short: Your {side} knee to your chest.
    way_out: [Put your foot back.]
  - id: rolling
    name: Rolling
    position: roller
    regions: [upper-back]
    sides: none
    dose: {strokes: 10, stroke_s: 3, sets: 2, rest_s: 20}
    way_in: [Lie back on the roller.]
    full: [Rock slowly.]
    short: Rock slowly.
    assess: How does it feel?
    way_out: [Roll onto your side., {pause_s: 4}]
"""


def swapped(*pairs: tuple[str, str]) -> str:
    """Return GOOD with the first place of each old text taken by the new one."""
    text = GOOD
    for old, new in pairs:
        assert old in text, f"{old!r} is not in the good file"
        text = text.replace(old, new, 1)
    return text


def problems(text: str) -> tuple[Problem, ...]:
    """Return the problems of `text`; none if it parses."""
    try:
        parse(text, "x.yaml")
    except ProblemsError as error:
        return error.problems
    return ()


def only(text: str) -> Problem:
    """Return the one problem of `text`."""
    found = problems(text)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def line_with(text: str, part: str) -> int:
    """Return the 1-based number of the first line that holds `part`."""
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)
