"""Where things are in a timeline, and their colours."""

from __future__ import annotations

from typing import Final

LEFT: Final = 84
WIDTH: Final = 1180
RIGHT: Final = 16

LANES: Final = {  # name: (title, top, height), in pixels from the top of a row
    "axis": ("", 0, 30),
    "coach": ("coach", 32, 46),
    "rhythm": ("rhythm", 82, 18),
    "count": ("count", 102, 20),
    "user": ("you say", 128, 19),
    "heard": ("heard", 151, 36),
    "state": ("state", 191, 14),
}
LONGEST_CHIP: Final = 150
"""Pixels for the words of one thing said or heard; the whole is in its tooltip."""

ROW: Final = 224
BODY: Final = (30, 206)
"""Top and bottom of a row without the gap below it."""

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
