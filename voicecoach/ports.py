"""The ports: what the coach needs of the world. Adapters implement them, tests' fakes too.

Each port has a contract kit in ``tests/contracts`` that every adapter and every fake must pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Protocol

from voicecoach.audio.clip import Clip, Samples
from voicecoach.units import Frame

Progress = Callable[[int, int], None]
"""Called with (done, all) while something long goes on."""


class Voice(Protocol):
    """Renders text to sound. Owns no device."""

    @property
    def name(self) -> str:
        """Name of the voice, as the user would write it in the settings."""

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return a clip for each distinct text. The same text gives the same samples, always.

        Raises `VoiceError` when a text is empty, the voice is unknown or synthesis fails.
        """

    def close(self) -> None:
        """Free what is held; may be called twice."""


OTHER, NOISE = "[other]", "[noise]"
"""What a look may find besides the words it knows."""


@dataclass(frozen=True, slots=True)
class Look:
    """A second look at a stretch of sound: probabilities of what it ends in; they add up to 1."""

    shares: Mapping[str, float]
    fit: float = 0.0
    """How well the phrase that was heard fits, on average: 0 is perfect, below -1 is poor."""
    weakest: float = 0.0
    """The same of its weakest phone."""

    def of(self, word: str) -> float | None:
        """Return the probability of `word`, or None if the verifier does not know it."""
        return self.shares.get(word)

    @property
    def noise(self) -> float:
        """Probability that nobody spoke."""
        return self.shares[NOISE]

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest word, other words and noise left out, and its probability."""
        words = {w: share for w, share in self.shares.items() if w not in (OTHER, NOISE)}
        word = max(words, key=words.__getitem__)
        return word, words[word]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a recogniser believes it heard, before it is decided whether to obey."""

    text: str
    """Words in lower case, separated by one blank; ``[unk]`` stands for any other sound."""
    start: Frame
    """First frame of the first word that is no ``[unk]``, on the clock of the blocks fed."""
    end: Frame
    """Frame after the last sound of the last word."""
    decided: Frame
    """Frames fed when the recogniser said so; never before `end` on a final result."""
    final: bool
    """False for a partial result, which may still change."""
    confidence: float = 1.0
    """0 to 1 of the least certain word; relative to the phrases that are live."""
    above_db: float = inf
    """On a final result: how loud it was at most, above what was heard just before it."""
    look: Look | None = None
    """What a verifier found in the same sound, where there is one."""


class Recogniser(Protocol):
    """Turns blocks of microphone sound into hearings. Owns no device; one thread feeds it."""

    def listen(self, phrases: frozenset[str]) -> None:
        """Make exactly these phrases (normalised words) live, from the next block on."""

    def feed(self, block: Samples) -> list[Hearing]:
        """Take the next samples and return what they brought, oldest first."""

    def flush(self) -> list[Hearing]:
        """Say that no more sound comes, and return what was still open."""

    def restart(self) -> None:
        """Forget everything heard: the next block begins at frame 0. Live phrases stay live."""

    def close(self) -> None:
        """Free what is held; may be called twice."""


class Canceller(Protocol):
    """Removes the coach's own voice from the microphone."""

    @property
    def name(self) -> str:
        """Name used in settings and by ``doctor``."""

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Return `mic` without the echo of `played`; all three of shape ``(BLOCK,)``."""


class Sound(Protocol):
    """What a device drives: it is asked for the next block to play and handed what came in.

    Called in the device's own threads: never waits, locks, logs or synthesises.
    """

    def fill(self, frames: int) -> Samples:
        """Return the next `frames` samples for the loudspeaker."""

    def hear(self, block: Samples) -> None:
        """Take the next samples of the microphone."""

    def lost(self, why: str) -> None:
        """The device ended by itself; `why` is a sentence for the user."""


class Device(Protocol):
    """A loudspeaker and a microphone that share a clock."""

    def start(self, sound: Sound) -> None:
        """Begin to play and to listen. Raises `DeviceError` if that cannot be."""

    def stop(self) -> None:
        """Stop both, in any state; may be called twice."""

    @property
    def latency(self) -> Frame:
        """Frames between `Sound.fill` and the loudspeaker, as far as the device knows."""
