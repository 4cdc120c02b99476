"""While the coach sleeps, less is done, and nothing is lost by it."""

from __future__ import annotations

import numpy as np

from tests.fakes.recogniser import TypedRecogniser
from voicecoach.app.live_threads import (
    DOZE_BLOCKS,
    Begin,
    LiveSound,
    Queues,
    RecogniserThread,
    Tick,
)
from voicecoach.app.pipeline import Listener
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.cancellers import NoCanceller
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.units import BLOCK, Frame

BLOCKS = 4 * DOZE_BLOCKS


def ticks(sound: LiveSound, queues: Queues) -> list[int]:
    """Let the device ask for blocks; return the frames of the ticks."""
    for _ in range(BLOCKS):
        assert not sound.fill(BLOCK).any()
    found = []
    while not queues.inbox.empty():
        message = queues.inbox.get()
        assert isinstance(message, Tick)
        found.append(message.frame)
    return found


def test_fewer_ticks_come_and_the_clock_goes_on() -> None:
    """One for every fifth block; awake, one for each, at once."""
    queues = Queues()
    sound = LiveSound(queues, Preamble(), listening=False)
    assert ticks(sound, queues) == [BLOCK * (n + 1) for n in range(BLOCKS)]
    sound.dozes = True
    assert np.diff(ticks(sound, queues)).tolist() == [DOZE_BLOCKS * BLOCK] * 3
    sound.dozes = False
    assert ticks(sound, queues)[-1] == 3 * BLOCKS * BLOCK
    assert sound.beats == 3 * BLOCKS


def test_what_is_said_meanwhile_is_heard() -> None:
    """In order, to the last block, though it waits for more after each."""
    said = [["hey"], [], [], ["coach"], [], []]
    left = list(said)

    def speak() -> list[str]:
        return left.pop(0) if left else []

    queues, mic = Queues(), np.full(BLOCK, 9, np.int16)
    sound = LiveSound(queues, Preamble(), listening=True)
    listener = Listener(TypedRecogniser(speak), EchoPipeline(NoCanceller, gated=False), Preamble())
    thread = RecogniserThread(listener, sound, queues, Frame(0))
    thread.dozes = True
    thread.start()
    queues.work.put(Begin(Frame(0)))
    for _ in said:
        queues.work.put(mic.copy())
    queues.work.put(None)
    thread.join(60)
    heard = [queues.inbox.get_nowait() for _ in range(2)]
    assert [one.hearing.text for one in heard] == ["hey", "coach"]  # type: ignore[union-attr]
    assert thread.heard == len(said) * BLOCK
