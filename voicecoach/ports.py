"""The ports: what the coach needs from outside. Adapters and the fakes of the tests implement them.

Each port has a contract kit in ``tests/contracts`` that every adapter and every fake must pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from voicecoach.audio.clip import Clip, Samples
from voicecoach.decision.hearing import Hearing, Look
from voicecoach.units import Frame

Progress = Callable[[int, int], None]
"""Called with (done, total) during a long operation."""

Reached = Callable[[], bool]
"""Waits a few seconds for what becomes of a call, and tells whether the helper was reached."""

ReadBack = Callable[[Samples], str]
"""Writes down the words of a sound, as it spells them."""

Helper = Callable[[str], Reached]
"""Calls the helper, given the reason."""


class Voice(Protocol):
    """Renders text to sound. Owns no device."""

    @property
    def name(self) -> str:
        """Name of the voice, as the user would write it in the settings."""

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return a clip for each distinct text. The same text always gives the same samples.

        Raises `VoiceError` when a text is empty, the voice is unknown or synthesis fails.
        """

    def close(self) -> None:
        """Release all resources; may be called twice."""


class Recogniser(Protocol):
    """Turns blocks of microphone sound into hearings. Owns no device; one thread feeds it."""

    def listen(self, phrases: frozenset[str]) -> None:
        """Make exactly these phrases (normalised words) live, from the next block on."""

    def feed(self, block: Samples) -> list[Hearing]:
        """Take the next samples, int16 of any length; return new results, oldest first."""

    def flush(self) -> list[Hearing]:
        """End the stream, and return what was still open."""

    def restart(self) -> None:
        """Forget everything heard: the next block begins at frame 0. Live phrases stay live."""

    def close(self) -> None:
        """Release all resources; may be called twice."""


class Verifier(Protocol):
    """Takes a second look at a stretch of sound in which a recogniser found something.

    It knows a closed set of words, and may answer that there was another word, or no speech. The
    thread that feeds the recogniser waits for it.
    """

    @property
    def name(self) -> str:
        """Name used in settings and by ``doctor``."""

    @property
    def words(self) -> frozenset[str]:
        """The words that it has a class for."""

    def look(
        self, samples: Samples, phrase: str = "", length: int = 0, early: bool = False
    ) -> Look:
        """Look at the last second and a half of int16 `samples`, or at all of fewer.

        The shares are of `words`, another word and noise, and add up to 1. `phrase` is what the
        recogniser found within the last `length` of the samples; how well it fits is part of the
        answer where the verifier can tell. `early`: the word may not have ended. The same arguments
        always give the same look.
        """


class Transcriber(Protocol):
    """Writes down what is said in a stretch of sound, in any words."""

    @property
    def name(self) -> str:
        """Name used by ``doctor``."""

    def write(self, samples: Samples) -> str:
        """Return the words in int16 `samples`: lower case, one blank between.

        Empty if there is no speech, or nothing is sure. The same samples always give the same text.
        Of a long stretch only its end may be written down.
        """


class Canceller(Protocol):
    """Removes the coach's own voice from the microphone."""

    @property
    def name(self) -> str:
        """Name used in settings and by ``doctor``."""

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Return `mic` without the echo of `played`; all three of shape ``(BLOCK,)``."""


class OtherPlayers(Protocol):
    """Other programs that play on the coach's loudspeaker. No call waits, and none fails."""

    def lower(self) -> None:
        """Lower them; nothing if they are lowered already."""

    def restore(self) -> None:
        """Let them be as they were; nothing if they are."""

    def close(self) -> None:
        """Let them be as they were, and release all resources; may be called twice."""


class Sound(Protocol):
    """What a device drives: it gives the blocks to play and takes the blocks recorded.

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

    def start(self, sound: Sound, microphone: bool = True) -> None:
        """Start playing and recording; only playing, where `microphone` is false.

        Raises `DeviceError` if that is impossible.
        """

    def stop(self) -> None:
        """Stop playing and recording, in any state; may be called twice."""

    @property
    def latency(self) -> Frame:
        """Frames between `Sound.fill` and the loudspeaker, as far as the device knows."""
