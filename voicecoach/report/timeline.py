"""A picture of a session (SVG): what the coach said, counted and heard, in rows of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from voicecoach.eventlog.kinds import Event
from voicecoach.report.svg_text import CHAR, fitted, plain, shortened, wrapped
from voicecoach.report.timeline_model import Marks, Point, Span, collect

_LEFT: Final = 84
_WIDTH: Final = 1180
_RIGHT: Final = 16

_LANES: Final = {  # name: (title, top, height), in pixels from the top of a row
    "axis": ("", 0, 30),
    "coach": ("coach", 32, 46),
    "rhythm": ("rhythm", 82, 18),
    "count": ("count", 102, 20),
    "user": ("you say", 128, 19),
    "heard": ("heard", 151, 36),
    "state": ("state", 191, 14),
}
_LONGEST_CHIP: Final = 150
"""Pixels for the words of one thing said or heard; the whole is in its tooltip."""

_ROW: Final = 224
_BODY: Final = (30, 206)
"""Top and bottom of a row without the gap below it."""

_COLOURS: Final = {  # kind: (fill, line, text)
    "say": ("#dbe8f5", "#4a7fb0", "#12304a"),
    "count": ("#dff0ec", "#3f8f7f", "#0f3d34"),
    "user": ("#e9e0f6", "#7d5cb3", "#35205c"),
    "heard": ("#d9f0d6", "#3d8b37", "#163f13"),
    "refused": ("#f1f1ef", "#8b8b86", "#55554f"),
    "state": ("#ecebe6", "#c9c7bf", "#4c4a43"),
    "paused": ("#f6dfa4", "#c08a00", "#6b4d00"),
    "halted": ("#f5b8b0", "#c0392b", "#7a1a10"),
}
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
    ".lane{fill:#77756d;text-anchor:end}.tick{fill:#77756d;font-size:10px}"
    ".name{font-weight:bold;font-size:11px}.quiet{fill:#918f86;font-size:10px}"
    ".mid{text-anchor:middle}"
)


def timeline_svg(events: Iterable[Event], title: str = "Session", row_s: float = 20.0) -> str:
    """Return an SVG picture of `events`, in any order.

    One row shows `row_s` seconds, more than 0. The picture holds no script and loads no other file;
    the card is light on any background.
    """
    marks = collect(events)
    rows = max(1, int(-(-marks.end // row_s)))
    top = 78
    height = top + rows * _ROW + 4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" role="img">',
        f"<title>{plain(title)}</title><style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#fbfaf7" stroke="#d5d3cb"/>',
        f'<text class="title" x="20" y="31">{plain(title)}</text>',
        *_legend(),
    ]
    for number in range(rows):
        parts.append(f'<g transform="translate(0 {top + number * _ROW})">')
        parts += _Row(number * row_s, row_s, marks).draw()
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _legend() -> list[str]:
    parts, x = [], 20.0
    for kind, text in _LEGEND:
        parts += [_box(x, 46, 16, 12, kind), f'<text x="{x + 22:.0f}" y="56">{text}</text>']
        x += 40 + len(text) * 6.0
    parts += [
        f'<path d="M{x + 4:.0f} 45v14" stroke="#c0392b" stroke-width="4"/>',
        f'<text x="{x + 12:.0f}" y="56">cut short</text>',
    ]
    return parts


class _Row:
    """Draws the marks between `start` and `start + length` seconds."""

    def __init__(self, start: float, length: float, marks: Marks) -> None:
        self._start, self._end = start, start + length
        self._scale = (_WIDTH - _LEFT - _RIGHT) / length
        self._spans = [s for s in marks.spans if s.start < self._end and s.end >= start]
        self._points = [p for p in marks.points if start <= p.at < self._end]
        self._finish = min(marks.end, self._end)

    def draw(self) -> list[str]:
        """Return the elements of the row, the shades first."""
        in_lane = {
            lane: [s for s in self._spans if s.lane == lane]
            for lane in ("shade", "silence", "coach", "rhythm", "user", "heard", "state")
        }
        parts = [self._shade(span) for span in in_lane["shade"]]
        parts += self._axis()
        parts += [self._silence(span) for span in in_lane["silence"]]
        parts += [self._span(span) for span in in_lane["coach"] + in_lane["state"]]
        parts += self._beats(in_lane["rhythm"])
        parts += self._chips(in_lane["user"]) + self._chips(in_lane["heard"])
        return parts + [self._point(point) for point in self._points]

    def _x(self, at: float) -> float:
        return _LEFT + (min(max(at, self._start), self._end) - self._start) * self._scale

    def _axis(self) -> list[str]:
        top, bottom = _BODY
        parts = [
            f'<text class="lane" x="{_LEFT - 10}" y="{y + height / 2 + 4:.0f}">{title}</text>'
            for title, y, height in _LANES.values()
        ]
        parts.append(
            f'<rect x="{_LEFT}" y="{top}" width="{_WIDTH - _LEFT - _RIGHT}"'
            f' height="{bottom - top}" fill="none" stroke="#d5d3cb"/>'
        )
        for second in range(int(-(-self._start // 1)), int(self._end) + 1):
            x, big = self._x(second), second % 5 == 0
            colour, length = ("#dcdad2", bottom - top) if big else ("#c4c2b9", 4)
            parts.append(f'<path d="M{x:.1f} {top}v{length}" stroke="{colour}"/>')
            if big and second < self._end:
                label = f"{second // 60}:{second % 60:02d}"
                parts.append(f'<text class="tick" x="{x + 3:.1f}" y="{top - 3}">{label}</text>')
        return parts

    def _shade(self, span: Span) -> str:
        x, width = self._extent(span)
        top, bottom = _BODY
        fill, _, ink = _COLOURS[span.kind]
        return (
            f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{bottom - top}"'
            f' fill="{fill}" opacity="0.45"><title>{plain(span.more)}</title></rect>'
            f'<text x="{x + 5:.1f}" y="{bottom + 11}" fill="{ink}" style="fill:{ink}">'
            f"{fitted(span.text, width)}</text>"
        )

    def _extent(self, span: Span) -> tuple[float, float]:
        x = self._x(span.start)
        return x, max(self._x(span.end) - x, 2.0)

    def _silence(self, span: Span) -> str:
        x, width = self._extent(span)
        if width < 2.5:
            return ""
        _, top, height = _LANES["coach"]
        y = top + height / 2
        parts = (
            f'<path d="M{x + 3:.1f} {y}h{max(width - 6, 0):.1f}" stroke="#b5b3aa"'
            ' stroke-dasharray="2 4"/>'
        )
        if width > 84 and self._start <= (span.start + span.end) / 2 < self._end:
            parts += (
                f'<text class="quiet mid" x="{x + width / 2:.1f}" y="{y - 5}">'
                f"silence {plain(span.text)}</text>"
            )
        return parts

    def _span(self, span: Span, room: float = 0.0) -> str:
        """Draw a box as long as it lasted; its words may take `room` pixels if that is more."""
        _, y, height = _LANES[span.lane]
        x, width = self._extent(span)
        kind = span.kind if span.kind in _COLOURS else "count" if span.lane == "rhythm" else "say"
        # A cue that goes over the end of a row carries its words where its middle is.
        middle = self._start <= (span.start + span.end) / 2 < self._end
        shown = middle or span.lane == "state"
        lines = wrapped(span.text, max(width, room) - 8, max(1, height // 14)) if shown else ["…"]
        parts = f"<g><title>{plain(span.more)}</title>" + _box(x, y, width, height, kind)
        first = y + height / 2 + 4 - (len(lines) - 1) * 6.5
        for number, line in enumerate(lines):
            parts += (
                f'<text x="{x + 5:.1f}" y="{first + number * 13:.1f}"'
                f' style="fill:{_COLOURS[kind][2]}">{plain(line)}</text>'
            )
        if span.cut and span.end <= self._end:
            parts += (
                f'<path d="M{x + width:.1f} {y - 2}v{height + 4}" stroke="#c0392b"'
                ' stroke-width="4"/>'
            )
        return parts + "</g>"

    def _beats(self, spans: Sequence[Span]) -> list[str]:
        """Draw the cues of the rhythm: short, so that their words run on to the next one."""
        starts = [self._x(span.start) for span in spans[1:]]
        ends = [*starts, float(_WIDTH - _RIGHT)]
        return (
            [
                self._span(span, end - self._x(span.start))
                for span, end in zip(spans, ends, strict=True)
            ]
            if spans
            else []
        )

    def _chips(self, spans: Sequence[Span]) -> list[str]:
        """Draw short spans with their words, on two shelves where they would collide.

        A box is as long as its words, so that they stand in it; where the row ends before them,
        the box keeps to its time and the words stand on its left.
        """
        parts: list[str] = []
        busy = [float("-inf"), float("-inf")]
        for span in sorted(spans, key=lambda one: one.start):
            if not self._start <= (span.start + span.end) / 2 < self._end:
                continue  # the row that holds its middle shows it
            _, top, height = _LANES[span.lane]
            x, length = self._extent(span)
            text = shortened(span.text, _LONGEST_CHIP)
            words = len(text) * CHAR + 10
            inside = x + words <= _WIDTH - _RIGHT
            left = x if inside else x - words
            shelves = range(2 if height > 30 else 1)
            shelf = next((s for s in shelves if busy[s] <= left), shelves[-1])
            busy[shelf] = x + (max(length, words) if inside else length)
            parts.append(
                self._chip(replace(span, text=text), top + shelf * 18, busy[shelf] - x, inside)
            )
        return parts

    def _chip(self, span: Span, y: float, width: float, inside: bool) -> str:
        x = self._x(span.start)
        place = f'x="{x + 5:.1f}"' if inside else f'x="{x - 5:.1f}" text-anchor="end"'
        dash = ' stroke-dasharray="3 2"' if span.kind == "refused" else ""
        parts = f"<g><title>{plain(span.more)}</title>"
        if span.decided is not None:
            # From the last sound of the word to the moment it was obeyed.
            start, end = self._x(span.end), self._x(span.decided)
            parts += (
                f'<path d="M{start:.1f} {y + 17}H{end:.1f}m0 -4v8" fill="none"'
                f' stroke="{_COLOURS[span.kind][1]}" stroke-width="2"/>'
            )
        return (
            f"{parts}{_box(x, y, width, 15, span.kind, dash)}"
            f'<text {place} y="{y + 11.5}" style="fill:{_COLOURS[span.kind][2]}">'
            f"{plain(span.text)}</text></g>"
        )

    def _point(self, point: Point) -> str:
        x = self._x(point.at)
        _, y, height = _LANES[point.lane]
        more = f"<g><title>{plain(point.more)}</title>"
        if point.lane == "axis":
            top, bottom = _BODY
            colour = "#22221f" if point.kind == "begin" else "#918f86"
            room = _WIDTH - _RIGHT - x
            return (
                f'{more}<path d="M{x:.1f} {top - 14}V{bottom}" stroke="{colour}"/>'
                f'<text class="name" x="{x + 4:.1f}" y="{top - 14}">'
                f"{fitted(point.text, room)}</text></g>"
            )
        if point.kind == "asked":
            x -= 5  # at the left edge of the question, beside its words
        fill, line, ink = _COLOURS["say" if point.kind == "asked" else "count"]
        return (
            f'{more}<circle cx="{x:.1f}" cy="{y + height / 2}" r="9" fill="{fill}"'
            f' stroke="{line}"/><text class="mid" x="{x:.1f}" y="{y + height / 2 + 4}"'
            f' style="fill:{ink};font-weight:bold">{plain(point.text)}</text></g>'
        )


def _box(x: float, y: float, width: float, height: float, kind: str, extra: str = "") -> str:
    fill, line, _ = _COLOURS[kind]
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" rx="3"'
        f' fill="{fill}" stroke="{line}"{extra}/>'
    )
