"""Full duplex: what the ears get while the coach speaks."""

from __future__ import annotations

from voicecoach.audio.clip import Samples
from voicecoach.audio.gate import EchoGate
from voicecoach.ports import Canceller


class Duplex:
    """The canceller, and behind it the gate; with headphones there is no echo and no gate."""

    def __init__(self, canceller: Canceller, gate: EchoGate | None = None) -> None:
        self._canceller, self._gate = canceller, gate

    def hear(self, mic: Samples, played: Samples) -> Samples:
        """Return what may be heard now: int16, of any whole number of blocks."""
        clean = self._canceller.cancel(mic, played)
        return self._gate.pass_block(clean, played) if self._gate else clean
