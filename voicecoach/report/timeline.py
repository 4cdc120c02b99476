"""A picture of a session (SVG): what the coach said, counted and heard, in rows of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from voicecoach.eventlog.kinds import Event
from voicecoach.report.svg_text import plain
from voicecoach.report.timeline_layout import WIDTH, box
from voicecoach.report.timeline_model import Marks, collect
from voicecoach.report.timeline_overview import OVERVIEW, overview
from voicecoach.report.timeline_row import Row

HEAD: Final = 72
"""Pixels of the title and the legend."""

_LEGEND: Final = (
    ("say", "coach speaks"),
    ("count", "count, breath, stroke"),
    ("user", "you say"),
    ("heard", "obeyed (line: until decided)"),
    ("refused", "heard, not obeyed"),
    ("paused", "paused"),
    ("halted", "halted"),
)
_STYLE: Final = (
    "text{font-family:'DejaVu Sans',Verdana,'Segoe UI',sans-serif;font-size:11px;fill:#3a3a36}"
    ".title{font-size:17px;font-weight:bold;fill:#22221f}"
    ".lane{fill:#63615a;text-anchor:end}.tick{fill:#63615a;font-size:10px}"
    ".name{font-weight:bold;font-size:11px}.quiet{fill:#63615a;font-size:10px}"
    ".mid{text-anchor:middle}"
)


def timeline_svg(events: Iterable[Event], title: str = "Session", row_s: float = 20.0) -> str:
    """Return an SVG picture of `events`, in any order.

    On top is the whole session in one strip. One row shows `row_s` seconds, more than 0. The
    picture holds no script and loads no other file; the card is light on any background.
    """
    marks = collect(events)
    rows = [Row(n * row_s, row_s, marks) for n in range(max(1, int(-(-marks.end // row_s))))]
    drawn = [*_overview_of(marks), *_placed(rows, HEAD + OVERVIEW)]
    height = HEAD + OVERVIEW + sum(row.height for row in rows) + 4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{plain(title)}</title><style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#fbfaf7" stroke="#d5d3cb"/>',
        f'<text class="title" x="20" y="31">{plain(title)}</text>',
        *_legend(),
    ]
    return "\n".join([*parts, *drawn, "</svg>", ""])


def _overview_of(marks: Marks) -> list[str]:
    return [f'<g class="overview" transform="translate(0 {HEAD})">', *overview(marks), "</g>"]


def _placed(rows: Iterable[Row], top: int) -> list[str]:
    """Return the rows, one below the other."""
    parts = []
    for row in rows:
        parts += [f'<g transform="translate(0 {top})">', *row.draw(), "</g>"]
        top += row.height
    return parts


def _legend() -> list[str]:
    parts, x = [], 20.0
    for kind, text in _LEGEND:
        parts += [box(x, 46, 16, 12, kind), f'<text x="{x + 22:.0f}" y="56">{text}</text>']
        x += 40 + len(text) * 6.0
    parts += [
        f'<path d="M{x + 4:.0f} 45v14" stroke="#c0392b" stroke-width="4"/>',
        f'<text x="{x + 12:.0f}" y="56">cut short</text>',
    ]
    return parts
