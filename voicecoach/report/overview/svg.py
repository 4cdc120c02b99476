"""Parts of pictures. Lengths are in the units of the picture's view box."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from voicecoach.report.svg_text import plain

STYLE: Final = (
    "text{font-family:'DejaVu Sans',Verdana,'Segoe UI',sans-serif}"
    ".small{font-size:8px;fill:#55544d}.number{font-size:8px;font-weight:bold;fill:#fff}"
    ".day0{fill:#eeede8}.day1{fill:#7fb4cc}.day2{fill:#2f6f8f}"
    ".hurt,.before,.place{fill:#a8281c}.after,.bar{fill:#2f6f8f}"
    ".grid{stroke:#e4e3dd;stroke-width:0.6}.change{stroke:#b9b7ae;stroke-width:1}"
    ".trend{stroke:#22221f;stroke-width:1.2;stroke-dasharray:4 3}"
    ".outline{fill:#f3f1ea;stroke:#8c8a80;stroke-width:1.2}"
)
"""In each picture, so that it looks the same wherever it is shown."""


def picture(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return a picture as wide as its place; `title` describes it to those who listen."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
            f' role="img" aria-label="{plain(title)}"><style>{STYLE}</style>',
            *parts,
            "</svg>",
        ]
    )


def text(x: float, y: float, words: str, style: str = "", anchor: str = "start") -> str:
    """Return `words` at a place; `style` is a class of the page."""
    chosen = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{chosen}>{plain(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    """Return a line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{style}"/>'


def box(x: float, y: float, width: float, height: float, style: str, hint: str = "") -> str:
    """Return a rectangle; `hint` is shown when the pointer rests on it."""
    inner = f"<title>{plain(hint)}</title>" if hint else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="1.5"'
        f' class="{style}">{inner}</rect>'
    )


def dot(x: float, y: float, radius: float, style: str, hint: str = "") -> str:
    """Return a circle; `hint` is shown when the pointer rests on it."""
    inner = f"<title>{plain(hint)}</title>" if hint else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="{style}">{inner}</circle>'
