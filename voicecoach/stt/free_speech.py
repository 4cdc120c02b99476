"""Free speech: what a recogniser of phrases finds no phrase in is written down in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.ports import Recogniser, Transcriber
from voicecoach.stt.ring_buffer import RingBuffer
from voicecoach.units import FRAMES_PER_MS, RATE, Frame

KEPT: Final = 8 * RATE
"""Frames kept: the longest utterance and the silence that ends it."""
BEFORE, AFTER = 300 * FRAMES_PER_MS, 300 * FRAMES_PER_MS
"""Frames around an utterance that are written down with it: its times are that uncertain."""

Doubtful = Callable[[Hearing], bool]
"""Tells of a final result whether it is worth writing down what was said."""


class FreeSpeech:
    """The `Recogniser` port around another one.

    A result that is `doubtful` comes as free text where the transcriber finds words, else as it
    was. It is written down in the thread that feeds, after the utterance has ended: partial
    results, by which halts are obeyed, come from the other recogniser and do not wait for it.
    """

    def __init__(
        self, recogniser: Recogniser, transcriber: Transcriber, doubtful: Doubtful
    ) -> None:
        self._recogniser, self._transcriber = recogniser, transcriber
        self._doubtful = doubtful
        self._buffer = RingBuffer(KEPT)

    def listen(self, phrases: frozenset[str]) -> None:
        """Make exactly these phrases live: free speech is not limited to them."""
        self._recogniser.listen(phrases)

    def feed(self, block: Samples) -> list[Hearing]:
        """Take the next samples, int16 of any length."""
        self._buffer.add(block)
        return [self._written(hearing) for hearing in self._recogniser.feed(block)]

    def flush(self) -> list[Hearing]:
        """End the stream, and return what was still open."""
        return [self._written(hearing) for hearing in self._recogniser.flush()]

    def restart(self) -> None:
        """Forget everything heard: the next block begins at frame 0."""
        self._recogniser.restart()
        self._buffer = RingBuffer(KEPT)

    def close(self) -> None:
        """Release all resources; may be called twice."""
        self._recogniser.close()

    def _written(self, hearing: Hearing) -> Hearing:
        if not hearing.final or not hearing.text:
            return hearing
        start = min(hearing.start, hearing.begun)
        above = self._buffer.above(start, hearing.end)
        whole = replace(hearing, start=start, above_db=above)
        if not self._doubtful(whole):
            return hearing
        begin, end = max(0, start - BEFORE), min(hearing.decided, Frame(hearing.end + AFTER))
        text = self._transcriber.write(self._buffer.between(begin, end))
        return replace(whole, text=text, free=True) if text else hearing
