"""Long listening to what is no command: the recordings again and again, each time another way.

Each time a recording is heard in another room, at another level, over another noise. Such hours are
not independent: the words and the voices are those of the recordings, so the interval is a
bootstrap over the speakers, and the page says how many hours of sound are behind the virtual ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bench.recognition.acoustics import Floats, in_room, loud, with_level
from models.recipe.corpus import Clip
from voicecoach.units import RATE

LISTENING = "listening "
"""How the name of such a condition begins; the number of the round follows."""

DRY, QUIET = 0.3, 0.3
"""Shares of the recordings without a room, and without noise."""
LEVEL_DBFS = (-45.0, -12.0)
NOISE_DB = (0.0, 30.0)
"""Level of the louder half of the speech, and how far the noise stands below it."""
DECAY_S = (0.15, 0.8)
"""Reverberation time of rooms that are made up: decaying noise after the direct sound."""
DIRECT_DB = (0.0, 12.0)


def rounds(clips: Sequence[Clip], hours: float) -> Iterator[tuple[Clip, str]]:
    """Yield recordings with their conditions, in turns over all of them, for so many hours."""
    seconds, number = 3600 * hours, 0
    while clips and seconds > 0:
        order = np.random.default_rng([3, number]).permutation(len(clips))
        for clip in (clips[at] for at in order):
            if seconds <= 0:
                return
            yield clip, f"{LISTENING}{number}"
            seconds -= clip.seconds
        number += 1


def elsewhere(
    sound: Floats, noises: Sequence[Floats], rooms: Sequence[Floats], chance: np.random.Generator
) -> Floats:
    """Return a recording in another room, at another level, over another noise."""
    if chance.random() >= DRY:
        known = bool(rooms) and chance.random() < 0.3
        room = rooms[int(chance.integers(len(rooms)))] if known else made_room(chance)
        sound = in_room(sound, room)
    level = loud(sound)
    if noises and chance.random() >= QUIET:
        noise = noises[int(chance.integers(len(noises)))]
        below = level * 10 ** (-chance.uniform(*NOISE_DB) / 20)
        sound = sound + with_level(noise, len(sound), below, chance)
    return sound * np.float32(10 ** (chance.uniform(*LEVEL_DBFS) / 20) / level)


def made_room(chance: np.random.Generator) -> Floats:
    """Return the response of a room that is made up."""
    decay = chance.uniform(*DECAY_S)
    time = np.arange(int(RATE * decay)) / RATE
    tail = chance.normal(size=len(time)) * 10 ** (-3 * time / decay)
    tail *= 10 ** (-chance.uniform(*DIRECT_DB) / 20) / np.sqrt(np.sum(np.square(tail)))
    tail[0] = 1
    made: Floats = tail.astype(np.float32)
    return made
