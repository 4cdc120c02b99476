"""Lines placed in a length of time, each where there is silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from voicecoach.track import Cue, Lengths, TightError, Track, spoken
from voicecoach.units import Ms

QUIET: Final = Ms(3000)
"""Least silence between two things that are said. Our own choice."""


@dataclass(slots=True)
class Schedule:
    """What is said in a length of time, and where there is still silence."""

    end: Ms
    """Nothing but what is `put` lasts longer."""
    lengths: Lengths
    placed: list[tuple[Ms, Track]] = field(default_factory=list)

    @property
    def cues(self) -> list[Cue]:
        """Everything that was placed."""
        return [cue for at, track in self.placed for cue in Track((), at).then(track).cues]

    def put(self, track: Track, at: Ms) -> None:
        """Place `track` at `at`, whatever is there."""
        self.placed.append((at, track))

    def repeat(self, track: Track, first: Ms, period: Ms, before: Ms) -> None:
        """Place `track` every `period` from `first` on, as near after its time as there is room.

        No wanted time is `before` or later. Where there is no room it is left out.
        """
        for at in range(first, before, period):
            self._fit(track, Ms(at))

    def spread(self, texts: Sequence[str], start: Ms) -> None:
        """Place `texts` evenly between `start` and the end. Raises `TightError` without room."""
        room = self.end - start
        for i, text in enumerate(texts):
            line = spoken([text], self.lengths, after=Ms(0))
            wanted = Ms(start + (2 * i + 1) * room // (2 * len(texts)))
            if not self._fit(line, wanted) and not self._fit(line, start):
                raise TightError(text, line.length, Ms(0))

    def _fit(self, track: Track, wanted: Ms) -> bool:
        """Place `track` at the first free time from `wanted` on, and tell whether there is one."""
        at = wanted
        for start, end in sorted((at, at + track.length) for at, track in self.placed):
            if end + QUIET <= at:
                continue
            if at + track.length + QUIET <= start:
                break
            at = Ms(end + QUIET)
        fits = at + track.length + QUIET <= self.end
        if fits:
            self.put(track, at)
        return fits
