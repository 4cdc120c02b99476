"""Echo cancellers by name: they take the coach's own voice out of the microphone.

Only linear ones. A canceller that also suppresses what it cannot explain takes the user's "stop"
with it: with WebRTC's AEC3 43 of 93 human stops spoken over the coach were obeyed, with the linear
filter of speexdsp 87 of 93, without a canceller 16 (echo +6 dB, three rooms, delays of 30 to
120 ms). Half-duplex is no alternative: a microphone that is shut while the coach speaks cannot hear
"stop", and the halt words must work at any moment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from voicecoach.audio.clip import Samples, require_blocks
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.errors import InputError, did_you_mean


class NoCanceller:
    """Passes the microphone through: for headphones, or a system that cancels the echo itself."""

    name = "none"

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Return a copy of `mic`; both are int16 of shape ``(BLOCK,)``, or `ValueError`."""
        require_blocks(mic, played)
        return mic.copy()


CANCELLERS: Final[dict[str, Callable[[], NoCanceller | KalmanCanceller]]] = {
    NoCanceller.name: NoCanceller,
    KalmanCanceller.name: KalmanCanceller,
}
"""Name in the settings -> what makes it."""


def make_canceller(name: str) -> NoCanceller | KalmanCanceller:
    """Return a fresh canceller. Raises `InputError` for an unknown name."""
    if name not in CANCELLERS:
        known = ", ".join(sorted(CANCELLERS))
        hint = did_you_mean(name, sorted(CANCELLERS)) or f"known: {known}"
        raise InputError(f"There is no echo canceller '{name}'", next_step=hint)
    return CANCELLERS[name]()
