"""Noticing by the frames alone that nothing comes from a microphone, and that it is back."""

from __future__ import annotations

from typing import Final

from voicecoach.units import RATE, Frame

DEAF: Final = 2 * RATE
"""Frames by which the microphone may fall behind the loudspeaker before it counts as dead (S26)."""

NOTHING_CAME: Final = f"nothing came from the microphone for {DEAF // RATE} s"

HEARS: Final = 3 * RATE // 10
"""Frames that a microphone must bring in a row before it counts as back."""


def behind(frame: Frame, heard: int) -> bool:
    """Tell whether it counts as dead, with `heard` of `frame` frames; less than 0 before them."""
    return frame - max(0, heard) > DEAF


def changed(deaf: bool, frame: Frame, heard: int, whole: int) -> bool:
    """Tell whether it died, or is back where it was `deaf`; `whole` frames came in a row."""
    return (whole >= HEARS and not behind(frame, heard)) if deaf else behind(frame, heard)
