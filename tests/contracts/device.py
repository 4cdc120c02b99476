"""What every `Device` must do. A rig brings the device and a way to let time pass."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.ports import Device
from voicecoach.units import BLOCK

PATIENCE_S = 60.0


class Recorder:
    """A `Sound` that plays numbered blocks and notes every call."""

    def __init__(self, fail_at: int = -1) -> None:
        self.fail_at = fail_at
        self.asked: list[int] = []
        self.heard: list[Samples] = []
        self.why: list[str] = []
        self.happened = threading.Condition()

    def fill(self, frames: int) -> Samples:
        """Play a block that holds its own number."""
        with self.happened:
            if len(self.asked) == self.fail_at:
                raise ValueError("no such block")
            self.asked.append(frames)
            self.happened.notify_all()
            return np.full(frames, len(self.asked), np.int16)

    def hear(self, block: Samples) -> None:
        """Note a copy of what the microphone brought."""
        with self.happened:
            self.heard.append(block.copy())
            self.happened.notify_all()

    def lost(self, why: str) -> None:
        """Note the loss."""
        with self.happened:
            self.why.append(why)
            self.happened.notify_all()

    def wait(self, until: Callable[[], bool]) -> bool:
        """Wait for `until`; a real device calls from its own thread."""
        with self.happened:
            return self.happened.wait_for(until, PATIENCE_S)


@dataclass
class Rig:
    """A device and `step(recorder, blocks)`, which lets at least that many blocks go by.

    `hears` is False for a loudspeaker without a microphone.
    """

    device: Device
    step: Callable[[Recorder, int], None]
    hears: bool = True


def let_pass(recorder: Recorder, blocks: int) -> None:
    """Step of a device with its own clock: wait until it has played and heard so much."""
    heard = len(recorder.heard) + blocks
    let_play(recorder, blocks)
    recorder.wait(lambda: bool(recorder.why) or len(recorder.heard) >= heard)


def let_play(recorder: Recorder, blocks: int) -> None:
    """Step of a loudspeaker without a microphone: wait until it has played so much."""
    filled = len(recorder.asked) + blocks
    recorder.wait(lambda: bool(recorder.why) or len(recorder.asked) >= filled)


class DeviceContract:
    """Inherit, and give a fixture `rig`."""

    def test_asks_for_and_brings_whole_blocks(self, rig: Rig) -> None:
        """Ten blocks are asked for, ten are heard, each of `BLOCK` int16 samples; without a
        microphone none is heard.
        """
        recorder = Recorder()
        rig.device.start(recorder)
        rig.step(recorder, 10)
        rig.device.stop()
        assert len(recorder.asked) >= 10
        assert set(recorder.asked) == {BLOCK}
        assert len(recorder.heard) >= 10 if rig.hears else recorder.heard == []
        kinds = {(b.shape, b.dtype.name) for b in recorder.heard}
        assert kinds == ({((BLOCK,), "int16")} if rig.hears else set())
        assert recorder.why == []

    def test_stop_is_final_and_may_come_twice(self, rig: Rig) -> None:
        """After `stop` nothing is asked, and stopping again or without a start is harmless."""
        rig.device.stop()
        recorder = Recorder()
        rig.device.start(recorder)
        rig.step(recorder, 2)
        rig.device.stop()
        before = len(recorder.asked), len(recorder.heard)
        rig.device.stop()
        assert (len(recorder.asked), len(recorder.heard)) == before
        assert recorder.why == []

    def test_starts_again_after_a_stop(self, rig: Rig) -> None:
        """A stopped device can be started with another sound."""
        first, second = Recorder(), Recorder()
        rig.device.start(first)
        rig.step(first, 2)
        rig.device.stop()
        count = len(first.asked)
        rig.device.start(second)
        rig.step(second, 2)
        rig.device.stop()
        assert len(second.asked) >= 2
        assert len(first.asked) == count

    def test_an_error_in_the_sound_ends_as_one_loss(self, rig: Rig) -> None:
        """An exception in `fill` is reported by `lost`, once, with its text; nothing is
        swallowed.
        """
        recorder = Recorder(fail_at=3)
        rig.device.start(recorder)
        rig.step(recorder, 6)
        assert recorder.wait(lambda: bool(recorder.why))
        rig.device.stop()
        assert len(recorder.why) == 1
        assert "no such block" in recorder.why[0]
        assert len(recorder.asked) == 3

    def test_latency_is_known_while_it_runs(self, rig: Rig) -> None:
        """The latency is a number of frames from 0 to a second."""
        recorder = Recorder()
        rig.device.start(recorder)
        assert 0 <= rig.device.latency <= 16_000
        rig.device.stop()
