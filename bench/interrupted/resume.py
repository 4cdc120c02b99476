"""Where a phase goes on that was interrupted: computed from what was heard, not from the engine."""

from __future__ import annotations

from dataclasses import dataclass

from bench.interrupted.sessions import Phase, Sound
from voicecoach.dialog.next import Next
from voicecoach.track import CueKind

COUNT_DOWN = 5
"""A count-down has no more words: five to one, or three, two, one, go."""


@dataclass(frozen=True)
class Resume:
    """Where a phase must go on after an interruption."""

    first: int
    """The first of its sounds that comes, or comes again."""
    at: int
    """From when in the phase time counts again."""


def resume_point(phase: Phase, moment: int) -> Resume:
    """Return where `phase` must go on that was interrupted at `moment`."""
    sounds = phase.sounds
    begun = [i for i, sound in enumerate(sounds) if sound.at <= moment]
    if not begun:
        return Resume(0, max(moment, phase.at))
    last = begun[-1]
    counts = [i for i in begun if sounds[i].cue.kind is CueKind.COUNT]
    if counts:  # a repetition that was begun is begun again
        return Resume(counts[-1], sounds[counts[-1]].at)
    first = _count_down(sounds, last)
    within = first != last or _count_down(sounds, last + 1) == last
    at_end = last == len(sounds) - 1 and (first != last or phase.then is Next.IN_POSITION)
    if sounds[last].end > moment or (within and _count_down(sounds, last + 1) == first) or at_end:
        return Resume(first, sounds[first].at)
    return Resume(last + 1, moment)


def _count_down(sounds: list[Sound], index: int) -> int:
    """Return the first of the count-down that sound `index` belongs to, or `index` itself."""
    while 0 < index < len(sounds):
        this, before = sounds[index], sounds[index - 1]
        marks = this.cue.kind is before.cue.kind is CueKind.MARK
        if not (marks and before.cue.n == this.cue.n + 1 <= COUNT_DOWN):
            break
        index -= 1
    return index
