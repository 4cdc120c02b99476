"""A recogniser that takes typed lines, so that a test says what is heard, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.language.words import normalise
from voicecoach.units import Frame


class TypedRecogniser:
    """The `Recogniser` port. `take` returns the lines typed since the last call."""

    def __init__(self, take: Callable[[], Iterable[str]]) -> None:
        self._take = take
        self._fed = 0

    def listen(self, phrases: frozenset[str]) -> None:
        """Do nothing: every typed line is a hearing, and the judge decides as for speech."""

    def feed(self, block: Samples) -> list[Hearing]:
        """Return what was typed, as final results that end now."""
        self._fed += len(block)
        return self.flush()

    def flush(self) -> list[Hearing]:
        """Return what was typed and not yet returned."""
        now = Frame(self._fed)
        texts = [normalise(line) for line in self._take()]
        return [Hearing(text, now, now, now, final=True) for text in texts if text]

    def restart(self) -> None:
        """Count from frame 0 again."""
        self._fed = 0

    def close(self) -> None:
        """Do nothing: `take` belongs to the caller."""
