"""Where things are in a timeline, and their colours."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

LEFT: Final = 84
WIDTH: Final = 1180
RIGHT: Final = 16

HEIGHTS: Final = {  # name: (title, height, space above), in pixels
    "coach": ("coach", 46, 2),
    "rhythm": ("rhythm", 18, 4),
    "count": ("count", 20, 2),
    "user": ("you say", 19, 6),
    "heard": ("heard", 36, 4),
    "state": ("state", 14, 4),
}
ALWAYS: Final = frozenset({"coach", "state"})
"""Lanes that each row has; another is left out of a row in which nothing is in it."""

Lanes = dict[str, tuple[str, int, int]]
"""By name: title, top and height, in pixels from the top of a row."""

TOP: Final = 30
"""Top of a row's field; above it are the times."""
GAP: Final = 18
"""Below the field, where what was paused or halted is named, and the way to the next row."""


def lanes_of(present: Container[str]) -> tuple[Lanes, int]:
    """Return the lanes of a row in which `present` are used, and the bottom of its field."""
    lanes: Lanes = {"axis": ("", 0, TOP)}
    bottom = TOP
    for name, (title, height, above) in HEIGHTS.items():
        if name in present or name in ALWAYS:
            lanes[name] = (title, bottom + above, height)
            bottom += above + height
    return lanes, bottom + 1


LONGEST_CHIP: Final = 150
"""Pixels for the words of one thing said or heard; the whole is in its tooltip."""

COLOURS: Final = {  # kind: (fill, line, text)
    "say": ("#dbe8f5", "#4a7fb0", "#12304a"),
    "count": ("#dff0ec", "#3f8f7f", "#0f3d34"),
    "user": ("#e9e0f6", "#7d5cb3", "#35205c"),
    "heard": ("#d9f0d6", "#3d8b37", "#163f13"),
    "refused": ("#f1f1ef", "#8b8b86", "#55554f"),
    "state": ("#ecebe6", "#c9c7bf", "#4c4a43"),
    "paused": ("#f6dfa4", "#c08a00", "#6b4d00"),
    "halted": ("#f5b8b0", "#c0392b", "#7a1a10"),
}


def box(x: float, y: float, width: float, height: float, kind: str, extra: str = "") -> str:
    """Return a box in the colours of `kind`; `x`, `y`, `width` and `height` are pixels."""
    fill, line, _ = COLOURS[kind]
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" rx="3"'
        f' fill="{fill}" stroke="{line}"{extra}/>'
    )
