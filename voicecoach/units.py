"""Units of time and level. One rate, one clock: the frames the audio device has played.

Every module works at :data:`RATE`; the voice is resampled once when it is rendered, a sound card
at its own edge. 16 kHz is what the recogniser eats, so nothing is converted in between.
"""

from __future__ import annotations

from typing import Final, NewType

Ms = NewType("Ms", int)
"""Milliseconds since the session started (or a length in milliseconds)."""

Frame = NewType("Frame", int)
"""Number of a sample at :data:`RATE`; frame 0 is the first one the device played."""

RATE: Final = 16_000
"""Frames a second, everywhere."""

BLOCK: Final = 160
"""Frames in a block: 10 ms."""

FRAMES_PER_MS: Final = RATE // 1000


def to_frames(ms: int) -> Frame:
    """Return the frame at which `ms` milliseconds have passed. Exact."""
    return Frame(ms * FRAMES_PER_MS)


def to_ms(frames: int) -> Ms:
    """Return the whole milliseconds in `frames`, rounded down."""
    return Ms(frames // FRAMES_PER_MS)


def seconds(ms: int) -> float:
    """Return `ms` as seconds, for people and for event logs."""
    return ms / 1000
