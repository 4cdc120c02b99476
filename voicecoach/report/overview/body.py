"""Where it hurt, on the outline of a body seen from behind and from the front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.report.overview.svg import dot, picture, text

OUTLINE: Final = (
    "M50 6 C58 6 62 12 62 19 C62 26 58 32 55 34 L55 40 C64 43 74 44 78 48 C83 53 85 66 87 80 "
    "C89 92 92 104 94 114 C95 119 90 120 88 115 C84 104 80 94 78 84 C76 76 74 70 72 66 C72 80 "
    "71 90 70 98 C71 106 73 114 72 124 C71 142 68 158 67 172 C67 186 65 198 64 210 C68 214 69 "
    "218 64 218 L56 218 C55 214 56 208 56 202 C56 190 55 180 55 170 C54 156 52 142 50 130 C48 "
    "142 46 156 45 170 C45 180 44 190 44 202 C44 208 45 214 44 218 L36 218 C31 218 32 214 36 "
    "210 C35 198 33 186 33 172 C32 158 29 142 28 124 C27 114 29 106 30 98 C29 90 28 80 28 66 "
    "C26 70 24 76 22 84 C20 94 16 104 12 115 C10 120 5 119 6 114 C8 104 11 92 13 80 C15 66 17 "
    "53 22 48 C26 44 36 43 45 40 L45 34 C42 32 38 26 38 19 C38 12 42 6 50 6 Z "
)
"""A body in a field of 100 by 224, drawn for this program."""

BEHIND: Final = {
    "neck": (50, 38), "shoulder": (72, 50), "upper-back": (50, 58), "low-back": (50, 88),
    "hip": (62, 108), "leg": (38, 140),
}  # fmt: skip
FRONT: Final = {"chest": (50, 60), "abdomen": (50, 86), "arm": (83, 82), "knee": (38, 164)}
SIDES: Final = (("From behind", 0.0, BEHIND), ("From the front", 112.0, FRONT))
LARGEST: Final = 9.0
"""Radius of the place with the most complaints."""


def body(complaints: Mapping[str, int]) -> str:
    """Return the picture of how many complaints came from which part of the body."""
    most = max(complaints.values(), default=1)
    parts = []
    for name, left, places in SIDES:
        parts.append(f'<path d="{OUTLINE}" transform="translate({left:g} 0)" class="outline"/>')
        parts.append(text(left + 50, 232, name, "small", "middle"))
        for place, (x, y) in places.items():
            if times := complaints.get(place, 0):
                radius = max(5.0, LARGEST * (times / most) ** 0.5)
                hint = f"{place.replace('-', ' ')}: {times}"
                parts.append(dot(left + x, y, radius, "place", hint))
                parts.append(text(left + x, y + 2.6, str(times), "number", "middle"))
    listed = ", ".join(f"{place.replace('-', ' ')} {n}" for place, n in complaints.items())
    return picture(212, 238, f"Complaints by place: {listed or 'none'}", parts)
