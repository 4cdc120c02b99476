"""Other people in the room: a television, and someone who talks at the same time."""

from __future__ import annotations

import numpy as np

from bench.recognition.acoustics import Floats, band, in_room, with_level

TELEVISION, CROSSTALK = "television 0 dB", "crosstalk 10 dB"
BOTH = "two at a time"
"""Conditions: a command word over a television as loud, and over a person 10 dB softer; running
speech of two people, both as loud."""

LEVELS_DB = {TELEVISION: 0.0, CROSSTALK: 10.0, BOTH: 0.0}
"""The others below the louder half of the recording's speech."""

LOUDSPEAKER_HZ = (150.0, 6000.0)


def with_others(
    sound: Floats, voice: Floats, room: Floats | None, condition: str, level: float,
    chance: np.random.Generator,
) -> Floats:  # fmt: skip
    """Return the sound with the voice of another; a television's comes through the room."""
    if condition == TELEVISION:
        voice = band(voice, LOUDSPEAKER_HZ)
        voice = voice if room is None else in_room(voice, room)
    wanted = level * 10 ** (-LEVELS_DB[condition] / 20)
    return sound + with_level(voice, len(sound), wanted, chance)
