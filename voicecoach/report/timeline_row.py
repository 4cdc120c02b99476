"""One row of a timeline: the marks of some seconds, drawn in their lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.report.svg_text import CHAR, fitted, plain, shortened, wrapped
from voicecoach.report.timeline_layout import (
    COLOURS,
    GAP,
    LEFT,
    LONGEST_CHIP,
    RIGHT,
    TOP,
    WIDTH,
    box,
    lanes_of,
)
from voicecoach.report.timeline_model import Marks, Point, Span


class Row:
    """Draws the marks between `start` and `start + length` seconds."""

    def __init__(self, start: float, length: float, marks: Marks) -> None:
        self._start, self._end = start, start + length
        self._scale = (WIDTH - LEFT - RIGHT) / length
        self._spans = [s for s in marks.spans if s.start < self._end and s.end >= start]
        self._points = [p for p in marks.points if start <= p.at < self._end]
        used = {span.lane for span in self._spans} | {point.lane for point in self._points}
        self._lanes, self._bottom = lanes_of(used)

    @property
    def height(self) -> int:
        """Pixels of the row, with the gap below it."""
        return self._bottom + GAP

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
        return LEFT + (min(max(at, self._start), self._end) - self._start) * self._scale

    def _axis(self) -> list[str]:
        top, bottom = TOP, self._bottom
        parts = [
            f'<text class="lane" x="{LEFT - 10}" y="{y + height / 2 + 4:.0f}">{title}</text>'
            for title, y, height in self._lanes.values()
        ]
        parts.append(
            f'<rect x="{LEFT}" y="{top}" width="{WIDTH - LEFT - RIGHT}"'
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
        top, bottom = TOP, self._bottom
        fill, _, ink = COLOURS[span.kind]
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
        _, top, height = self._lanes["coach"]
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
        _, y, height = self._lanes[span.lane]
        x, width = self._extent(span)
        kind = span.kind if span.kind in COLOURS else "count" if span.lane == "rhythm" else "say"
        # a cue that crosses the end of a row has its words where its middle is
        middle = self._start <= (span.start + span.end) / 2 < self._end
        shown = middle or span.lane == "state"
        lines = wrapped(span.text, max(width, room) - 8, max(1, height // 14)) if shown else ["…"]
        parts = f"<g><title>{plain(span.more)}</title>" + box(x, y, width, height, kind)
        first = y + height / 2 + 4 - (len(lines) - 1) * 6.5
        for number, line in enumerate(lines):
            parts += (
                f'<text x="{x + 5:.1f}" y="{first + number * 13:.1f}"'
                f' style="fill:{COLOURS[kind][2]}">{plain(line)}</text>'
            )
        if span.cut and span.end <= self._end:
            parts += (
                f'<path d="M{x + width:.1f} {y - 2}v{height + 4}" stroke="#c0392b"'
                ' stroke-width="4"/>'
            )
        return parts + "</g>"

    def _beats(self, spans: Sequence[Span]) -> list[str]:
        """Draw the cues of the rhythm: short, so that their words run on to the next one."""
        ends = [*(self._x(span.start) for span in spans[1:]), float(WIDTH - RIGHT)]
        both = zip(spans, ends, strict=False)  # without spans there is an end too many
        return [self._beat(span, end - self._x(span.start)) for span, end in both]

    def _beat(self, span: Span, room: float) -> str:
        """Draw a cue as long as it lasted, on a pale ground as long as its words."""
        _, y, height = self._lanes[span.lane]
        words = min(len(span.text) * CHAR + 10, room)
        middle = self._start <= (span.start + span.end) / 2 < self._end
        pale = box(self._x(span.start), y, words, height, "count", ' opacity="0.5"')
        return (pale if middle and span.text else "") + self._span(span, room)

    def _chips(self, spans: Sequence[Span]) -> list[str]:
        """Draw short spans with their words, on two shelves where they would collide.

        A box is as long as its words, so that they fit in it; where the row ends before them, the
        box is as long as it lasted and the words are on its left.
        """
        parts: list[str] = []
        busy = [float("-inf"), float("-inf")]
        for span in sorted(spans, key=lambda one: one.start):
            if not self._start <= (span.start + span.end) / 2 < self._end:
                continue  # the row that holds its middle shows it
            _, top, height = self._lanes[span.lane]
            x, length = self._extent(span)
            text = shortened(span.text, LONGEST_CHIP)
            words = len(text) * CHAR + 10
            inside = x + words <= WIDTH - RIGHT
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
            # from the last sound of the word to the moment at which it was obeyed
            start, end = self._x(span.end), self._x(span.decided)
            parts += (
                f'<path d="M{start:.1f} {y + 17}H{end:.1f}m0 -4v8" fill="none"'
                f' stroke="{COLOURS[span.kind][1]}" stroke-width="2"/>'
            )
        return (
            f"{parts}{box(x, y, width, 15, span.kind, dash)}"
            f'<text {place} y="{y + 11.5}" style="fill:{COLOURS[span.kind][2]}">'
            f"{plain(span.text)}</text></g>"
        )

    def _point(self, point: Point) -> str:
        x = self._x(point.at)
        _, y, height = self._lanes[point.lane]
        more = f"<g><title>{plain(point.more)}</title>"
        if point.lane == "axis":
            top, bottom = TOP, self._bottom
            colour = "#22221f" if point.kind == "begin" else "#918f86"
            room = WIDTH - RIGHT - x
            return (
                f'{more}<path d="M{x:.1f} {top - 14}V{bottom}" stroke="{colour}"/>'
                f'<text class="name" x="{x + 4:.1f}" y="{top - 14}">'
                f"{fitted(point.text, room)}</text></g>"
            )
        if point.kind == "asked":
            x -= 5  # at the left edge of the question, beside its words
        fill, line, ink = COLOURS["say" if point.kind == "asked" else "count"]
        return (
            f'{more}<circle cx="{x:.1f}" cy="{y + height / 2}" r="9" fill="{fill}"'
            f' stroke="{line}"/><text class="mid" x="{x:.1f}" y="{y + height / 2 + 4}"'
            f' style="fill:{ink};font-weight:bold">{plain(point.text)}</text></g>'
        )
