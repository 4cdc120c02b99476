"""The strip on top of a timeline: the whole session at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from voicecoach.report.svg_text import fitted, plain
from voicecoach.report.timeline_layout import COLOURS, LEFT, RIGHT, WIDTH
from voicecoach.report.timeline_model import Marks

OVERVIEW: Final = 66
"""Pixels from the top of the strip to the first row."""
TOP, HEIGHT = 14, 22
STEPS: Final = (60, 120, 300, 600, 1200, 3600)
"""Seconds between two times: the first that leaves room for `MOST` at most."""
MOST: Final = 20


def overview(marks: Marks) -> Iterator[str]:
    """Yield the strip: exercises, pauses and halts, commands, and the minutes."""
    end = max(marks.end, 1.0)
    scale = (WIDTH - LEFT - RIGHT) / end
    yield f'<text class="lane" x="{LEFT - 10}" y="{TOP + 15}">session</text>'
    yield (
        f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{HEIGHT}"'
        ' fill="#f1f0ea" stroke="#c9c7bf"/>'
    )
    yield from _exercises(marks, end, scale)
    yield from _shades(marks, scale)
    yield from _commands(marks, scale)
    step = next((s for s in STEPS if end / s <= MOST), STEPS[-1])
    for second in range(0, int(end) + 1, step):
        x = LEFT + second * scale
        yield f'<path d="M{x:.1f} {TOP + HEIGHT}v4" stroke="#918f86"/>'
        label = f"{second // 60} min"
        yield f'<text class="tick" x="{x + 2:.1f}" y="{TOP + HEIGHT + 13}">{label}</text>'


def _exercises(marks: Marks, end: float, scale: float) -> Iterator[str]:
    begun = [p for p in marks.points if p.lane == "axis" and p.kind == "begin" and p.text]
    ends = [*(point.at for point in begun[1:]), end]
    for number, (point, until) in enumerate(zip(begun, ends, strict=False)):
        x, width = LEFT + point.at * scale, (until - point.at) * scale
        fill = ("#dbe8f5", "#eef4f7")[number % 2]
        yield (
            f'<g><title>{plain(point.text)}</title><rect x="{x:.1f}" y="{TOP}"'
            f' width="{max(0.0, width):.1f}" height="{HEIGHT}" fill="{fill}" stroke="#c9c7bf"/>'
            f'<text x="{x + 4:.1f}" y="{TOP + 15}">{fitted(point.text, width - 8)}</text></g>'
        )


def _shades(marks: Marks, scale: float) -> Iterator[str]:
    for span in marks.spans:
        if span.lane == "shade":
            x, width = LEFT + span.start * scale, max(1.5, (span.end - span.start) * scale)
            yield (
                f'<rect x="{x:.1f}" y="{TOP}" width="{width:.1f}" height="{HEIGHT}"'
                f' fill="{COLOURS[span.kind][1]}" opacity="0.45"><title>{plain(span.more)}</title>'
                "</rect>"
            )


def _commands(marks: Marks, scale: float) -> Iterator[str]:
    for span in marks.spans:
        if span.lane == "heard" and span.kind == "heard":
            x = LEFT + span.start * scale
            yield (
                f'<path d="M{x:.1f} {TOP - 5}v5" stroke="{COLOURS["heard"][1]}" stroke-width="2">'
                f"<title>{plain(span.more)}</title></path>"
            )
