"""A device that a test steps by hand: what was played and heard is in lists."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.errors import DeviceError
from voicecoach.ports import Sound
from voicecoach.units import BLOCK, Frame

NONE = Frame(0)


class FakeDevice:
    """Plays into `played` and hears what `microphone(block number)` gives; silence by default.

    A microphone that gives None brings no block: it is missing, or it died. `plugged` says which
    halves there are; without a loudspeaker it does not start.
    """

    def __init__(
        self, microphone: Callable[[int], Samples | None] | None = None, latency: Frame = NONE
    ) -> None:
        self.played: list[Samples] = []
        self._microphone = microphone or (lambda _: np.zeros(BLOCK, np.int16))
        self._latency = latency
        self.plugged = {"speaker", "microphone"}
        self.starts = 0
        self._hears = True
        self._sound: Sound | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and neither stopped nor lost."""
        return self._sound is not None

    @property
    def latency(self) -> Frame:
        """The latency it was made with."""
        return self._latency

    def start(self, sound: Sound, microphone: bool = True) -> None:
        """Be ready to step."""
        if self._sound:
            raise DeviceError("the device is already in use", "it was started twice", "")
        missing = {"speaker", *(["microphone"] if microphone else [])} - self.plugged
        if missing:
            raise DeviceError(f"there is no {min(missing)}", "it was unplugged", "plug it in")
        self._sound, self._hears = sound, microphone
        self.starts += 1

    def stop(self) -> None:
        """Take no more steps."""
        self._sound = None

    def step(self, blocks: int = 1) -> None:
        """Play and hear `blocks` blocks; an error in the sound ends as a loss."""
        for _ in range(blocks):
            if not self._sound:
                return
            sound = self._sound
            try:
                self.played.append(sound.fill(BLOCK).copy())
                heard = self._microphone(len(self.played) - 1)
                if heard is not None and self._hears:
                    sound.hear(heard)
            except Exception as error:
                self.lose(f"the sound stopped for an error in the program: {error!r}")

    def unplug(self, *halves: str) -> None:
        """Take halves away, and end as a card does of which one is gone."""
        self.plugged -= {*halves}
        self.lose()

    def lose(self, why: str = "the sound card was unplugged") -> None:
        """End as a card does that is unplugged."""
        sound, self._sound = self._sound, None
        if sound:
            sound.lost(why)
