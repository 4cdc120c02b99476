"""The partial result of a recogniser: since when it stands, and what looks at it have found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.decision.hearing import Look
from voicecoach.units import FRAMES_PER_MS, Frame

LOOK = 60 * FRAMES_PER_MS
"""Frames between two looks while a partial result is urgent: a look takes 4 ms of a desktop
computer's core (x86-64), as much as decoding 150 ms of sound, and more on a Raspberry Pi."""

WATCH = 300 * FRAMES_PER_MS
"""Frames for which looks go on after the last urgent text, which may be taken back by mistake."""

OVER = 200 * FRAMES_PER_MS
"""Frames after the first urgent text from which on the word counts as ended."""

STILL = 30
"""How many quiet blocks may end an utterance: 300 ms. The recogniser ends it after 420 ms of
silence (`conf/model.conf`), which it finds 300 ms late by the median."""

STOOD = 200 * FRAMES_PER_MS
"""Frames for which a partial result must be unchanged then; our own choice."""

Urgent = Callable[[str], bool]
"""Tells whether a text is obeyed before it is final, so that a look at it cannot wait."""

Sure = Callable[[str, Look], str | None]
"""Returns all that was said, where a look leaves no doubt that a text is that."""


@dataclass(frozen=True, slots=True)
class Partial:
    """The present partial result, and since when it is unchanged; it has no times of its own.

    (With ``SetPartialWords`` vosk 0.3.45 gives times, but with a run-time grammar its partial
    results stay empty.) A word appears in it about when it ends: 30 ms before, by the median
    (models/README.md).
    """

    text: str = ""
    began: Frame = Frame(0)
    since: Frame = Frame(0)

    def then(self, text: str, now: Frame, earliest: int) -> Partial:
        """Return the partial result at `now`; a new word began at `earliest`."""
        if text == self.text:
            return self
        return Partial(text, self.began if self.text else Frame(max(0, earliest)), now)


class Watch:
    """Looks at the partial results from one that is urgent on, until soon after the last such."""

    def __init__(self, urgent: Urgent) -> None:
        self._urgent = urgent
        self.end()

    def end(self) -> None:
        """Watch no more: the utterance is over."""
        self._since: Frame | None = None
        self._until = self._looked = 0
        self._text = ""
        self._look: Look | None = None

    def look(self, text: str, now: Frame, take: Callable[[bool], Look | None]) -> Look | None:
        """Return a look at `text`, a recent one where it is the same; None where none is needed.

        `take` looks; it is told whether the word may not have ended.
        """
        if self._urgent(text):
            self._since = now if self._since is None else self._since
            self._until = now + WATCH
        if self._since is None or now >= self._until:
            self.end()
            return None
        if self._text != text or now - self._looked >= LOOK or self._look is None:
            self._look = take(now - self._since < OVER)
            self._text, self._looked = text, now
        return self._look


class Ending:
    """Finds that what a partial result says is over, before the recogniser does."""

    def __init__(self, sure: Sure) -> None:
        self._sure = sure
        self.end()

    def end(self) -> None:
        """Forget what was asked: the utterance is over."""
        self._asked = Partial()

    def found(
        self, partial: Partial, now: Frame, still: int, take: Callable[[], Look | None]
    ) -> tuple[str, Look] | None:
        """Return what was said, and the look of `take`, if it is over: quiet for `still` blocks,
        and sure.

        It looks once at each partial result.
        """
        if not partial.text or partial == self._asked:
            return None
        if still < STILL or now - partial.since < STOOD:
            return None
        self._asked = partial
        look = take()
        said = self._sure(partial.text, look) if look else None
        return (said, look) if said and look else None
