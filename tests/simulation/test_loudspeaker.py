"""The simulated loudspeaker: what it swallows when it sleeps, and what it keeps when it is mute."""

from __future__ import annotations

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.simulation.loudspeaker import Loudspeaker
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Frame, Ms

SOUND = np.full(RATE, 1000, np.int16)
SILENCE = np.zeros(RATE, np.int16)


def through(settings: RoomSettings, *parts: Samples, late: int = 0) -> list[bool]:
    """Return whether each block sounds."""
    loudspeaker = Loudspeaker(settings)
    loudspeaker.delay(Frame(late))
    whole = np.concatenate(parts)
    blocks = [whole[at : at + BLOCK] for at in range(0, len(whole), BLOCK)]
    return [bool(loudspeaker.block(block).any()) for block in blocks]


def test_a_usual_one_plays_all() -> None:
    """Each block as it is."""
    assert all(through(RoomSettings(), SOUND))


def test_a_sleeping_one_swallows_the_start_of_a_sound() -> None:
    """At first, and after so much silence; a shorter silence keeps it awake."""
    settings = RoomSettings(asleep_ms=Ms(300), sleeps_after_s=2.0)
    found = through(settings, SILENCE, SOUND, SILENCE, SOUND, SILENCE, SILENCE, SOUND)
    assert not any(found[:130])
    assert all(found[130:200])
    assert all(found[300:400])
    assert not any(found[600:630])
    assert all(found[630:])


def test_a_mute_one_is_silent_at_its_times() -> None:
    """Counted from the start of the session."""
    found = through(RoomSettings(mute_s=((0.2, 0.5),)), SOUND, late=BLOCK * 10)
    assert all(found[:30])
    assert not any(found[30:60])
    assert all(found[60:])
