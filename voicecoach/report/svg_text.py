"""Words in a picture: broken, shortened and escaped to fit."""

from __future__ import annotations

import re
from html import escape
from typing import Final

CHAR: Final = 6.4
"""Pixels a character takes at 11 px in DejaVu Sans, the widest font the picture asks for."""


def wrapped(text: str, width: float, lines: int) -> list[str]:
    """Break `text` into at most `lines` lines of `width` pixels, ending in dots if cut."""
    broken = [""]
    for word in text.split():
        longer = f"{broken[-1]} {word}".strip()
        if len(longer) * CHAR <= width or not broken[-1]:
            broken[-1] = longer
        else:
            broken.append(word)
    kept = broken[:lines]
    if len(broken) > lines:
        kept[-1] += " ..."
    return [short for line in kept if (short := shortened(line, width))]


def shortened(text: str, width: float) -> str:
    """Return `text`, cut with dots to `width` pixels; empty when not even that fits."""
    room = int(width / CHAR)
    if len(text) <= room:
        return text
    return text[: room - 1].rstrip(" .,") + "…" if room >= 3 else ""


def fitted(text: str, width: float) -> str:
    """Return `text` shortened to `width` pixels and escaped."""
    return plain(shortened(text, width))


def plain(text: str) -> str:
    """Return `text` fit for XML: escaped, without characters that XML does not know."""
    return escape(re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))
