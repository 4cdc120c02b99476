"""Long silences: a soft sound now and then says that the coach is still there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.track import SOFT_BREATH, Cue, CueKind, Lengths, Track
from voicecoach.units import Ms

LONGEST: Final = Ms(30_000)
"""Longest silence in a track without a sign of life. Our own choice."""


def alive(track: Track, lengths: Lengths) -> Track:
    """Return `track` with soft sounds in its longer silences, evenly spread."""
    takes = lengths(SOFT_BREATH)
    spans = [lengths.span(cue) for cue in track.cues]
    ends = [Ms(0), *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), track.length]
    sounds = [
        Cue(Ms(at), SOFT_BREATH, CueKind.SOUND, optional=True)
        for end, start in zip(ends, starts, strict=True)
        for at in _spread(end, start, takes)
    ]
    return replace(track, cues=tuple(sorted((*track.cues, *sounds), key=lambda cue: cue.at)))


def _spread(start: Ms, end: Ms, takes: Ms) -> list[int]:
    """Return when sounds of length `takes` begin between `start` and `end`."""
    count = max(0, -(-(end - start - LONGEST) // (LONGEST + takes)))
    quiet = (end - start - count * takes) // (count + 1)
    return [start + (n + 1) * quiet + n * takes for n in range(count)]
