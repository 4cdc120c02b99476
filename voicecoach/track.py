"""Tracks: lines at their offsets, with known lengths. What a player plays and a table prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import zip_longest

from voicecoach.units import Ms

NONE = Ms(0)
"""No time at all."""
CENTRE = Ms(150)
"""The beat of a cue is heard so long after its time in the track, whatever its first word is: about
the latest that a word has its perceptual centre, so that few begin before their time."""
GAP = Ms(80)
"""Least silence between two lines of a track: shorter, and two words run into one."""
SENTENCE = Ms(350)
"""Silence between two sentences: a speaker's breath, by ear at 160 words a minute."""
SOFT_BREATH = "[breath]"
"""Text of the cue that is a soft sound of breath: a sign of life in a long silence."""
CHIME = "[chime]"
"""Text of the cue that is a soft chime: the coach was called, and listens."""
BEAT = Ms(1000)
"""Count-downs tick once a second."""


class Breath(Enum):
    """A spoken breathing cue."""

    IN = "in"
    OUT = "out"


class CueKind(Enum):
    """What a cue is for."""

    SAY = "say"
    COUNT = "count"
    BREATH = "breath"
    STROKE = "stroke"
    MARK = "mark"
    SOUND = "sound"
    """A sound that is no speech."""


RHYTHMIC = frozenset({CueKind.COUNT, CueKind.BREATH, CueKind.STROKE, CueKind.MARK})
"""Kinds of cues that are placed by the beat of their first word, not by its first sound."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A line that begins at an offset into its track."""

    at: Ms
    text: str
    kind: CueKind = CueKind.SAY
    n: int = 0
    """For COUNT: which repetition or stroke this is; for MARK: seconds left."""
    of: int = 0
    enter: bool = True
    """Whether a resume may begin here; false in the middle of a repetition."""
    breath: Breath | None = None
    optional: bool = False
    """Whether it is left out where it would run into another cue."""

    def later(self, by: int) -> Cue:
        """Return the cue `by` milliseconds later."""
        at, kind, n, of = Ms(self.at + by), self.kind, self.n, self.of
        return Cue(at, self.text, kind, n, of, self.enter, self.breath, self.optional)


HERE = Cue(NONE, "")
"""A silent place to go on at."""


def on_time(_text: str) -> Ms:
    """Return the centre of a line that begins at its cue's time."""
    return CENTRE


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long lines sound, and where in them their beat is heard.

    Both raise KeyError for a line that is not rendered.
    """

    length: Callable[[str], Ms]
    centre: Callable[[str], Ms] = on_time

    def __call__(self, text: str) -> Ms:
        """Return the length of a line once it is spoken; a silent cue's is 0."""
        return self.length(text) if text else NONE

    def late(self, text: str) -> Ms:
        """Return how long after its time a rhythmic cue begins to sound; it may be negative."""
        return Ms(CENTRE - self.centre(text))

    def span(self, cue: Cue) -> tuple[Ms, Ms]:
        """Return when a cue begins and ends to sound, in the time of its track."""
        start = cue.at + (self.late(cue.text) if cue.kind in RHYTHMIC and cue.text else 0)
        return Ms(start), Ms(start + self(cue.text))


@dataclass(frozen=True, slots=True)
class Track:
    """Cues in order of time, and when the whole is over."""

    cues: tuple[Cue, ...]
    length: Ms

    def then(self, other: Track) -> Track:
        """Return this track with `other` after it."""
        moved = tuple(cue.later(self.length) for cue in other.cues)
        return Track(self.cues + moved, Ms(self.length + other.length))

    def start_at(self, index: int) -> Track:
        """Return the rest of the track from cue `index` on, which then begins at 0."""
        if not self.cues:
            return self
        at = self.cues[index].at
        moved = tuple(cue.later(-at) for cue in self.cues[index:])
        return Track(moved, Ms(self.length - at))

    def left(self, at: Ms, lengths: Lengths) -> Track:
        """Return what is still to be played after an interruption at `at`: nothing whole twice.

        A line that was cut comes again, from the first word of its count-down; a repetition that
        was begun is begun again (S29). In a silence, no more than the rest of it is left: that is
        marked by a silent cue, so that a second interruption finds its way back there.
        """
        begun = [i for i, cue in enumerate(self.cues) if cue.at <= at]
        doors = [i for i, cue in enumerate(self.cues) if cue.enter]
        if not doors or not begun or doors[0] > begun[-1]:
            return self.start_at(doors[0]) if doors and begun else self
        door, last = [i for i in doors if i <= begun[-1]][-1], begun[-1]
        between = self.cues[min(last + 1, len(self.cues) - 1)]  # of a count-down, to its very end
        sounding = lengths.span(self.cues[last])[1] > at
        if self.cues[door].kind is CueKind.COUNT or sounding or not between.enter:
            return self.start_at(door)
        later = (cue.later(-at) for cue in self.cues[last + 1 :])
        return Track((HERE, *later), Ms(max(0, self.length - at)))

    def again(self, at: Ms) -> Track:
        """Return the track from the last line on that was begun at `at` and may be entered."""
        lines = (i for i, cue in enumerate(self.cues) if cue.kind is not CueKind.SOUND)
        doors = [i for i in lines if self.cues[i].enter and self.cues[i].text]
        begun = [i for i in doors if self.cues[i].at <= at]
        return self.start_at(begun[-1] if begun else doors[0] if doors else 0)

    def until(self, at: Ms) -> Track:
        """Return what begins before `at`, ending there."""
        return Track(tuple(cue for cue in self.cues if cue.at < at), at)

    def closed(self) -> Track:
        """Return this track with no cue at which a resume may enter."""
        return Track(tuple(replace(cue, enter=False) for cue in self.cues), self.length)


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence between two lines, as long as promised: time to move, or to breathe."""

    length: Ms


Item = str | Pause
"""What is said one after the other: a line, or the pause that follows it."""


def lines_of(items: Iterable[Item]) -> list[str]:
    """Return the lines of `items`, without the pauses."""
    return [item for item in items if isinstance(item, str)]


class TightError(Exception):
    """A line does not fit into its time."""

    def __init__(self, text: str, takes: Ms, room: Ms) -> None:
        super().__init__(f"'{text}' takes {takes / 1000:.1f} s, but has {room / 1000:.1f} s")


def spoken(items: Sequence[Item], lengths: Lengths, lead: Ms = NONE, after: Ms = SENTENCE) -> Track:
    """Return `items` one after the other; `after` each line is the silence, or its own pause."""
    cues, at, quiet = [], int(lead), 0
    for item in items:
        if isinstance(item, Pause):
            at, quiet = at + max(0, item.length - quiet), 0
            continue
        cues.append(Cue(Ms(at), item))
        at, quiet = at + lengths(item) + after, after
    return Track(tuple(cues), Ms(at))


def silence(length: Ms) -> Track:
    """Return a track without a sound."""
    return Track((), length)


def fitted(cues: Sequence[Cue], lengths: Lengths, end: Ms) -> tuple[Cue, ...]:
    """Return `cues` by time, without the optional ones that would run into another.

    Raises `TightError` where two cues that are not optional overlap, or one outlasts `end`.
    """
    ordered = sorted(cues, key=lambda cue: cue.at)
    firm = [cue for cue in ordered if not cue.optional]
    for cue, following in zip_longest(firm, firm[1:]):
        start, over = lengths.span(cue)
        free = lengths.span(following)[0] - GAP if following else end
        if over > free:
            raise TightError(cue.text, lengths(cue.text), Ms(free - start))
    kept: list[Cue] = []
    for i, cue in enumerate(ordered):
        firm_later = (lengths.span(c)[0] for c in ordered[i + 1 :] if not c.optional)
        later = next(firm_later, Ms(end + GAP))
        if not cue.optional or _clear(cue, kept, later, lengths):
            kept.append(cue)
    return tuple(kept)


def _clear(cue: Cue, before: list[Cue], later: Ms, lengths: Lengths) -> bool:
    start, end = lengths.span(cue)
    free_from = lengths.span(before[-1])[1] + GAP if before else min(start, 0)
    return start >= free_from and end + GAP <= later


def anchored_at_end(words: Sequence[str], beat: Ms) -> list[Cue]:
    """Return `words` a beat apart such that one more beat after the last is offset 0 (negative)."""
    count = len(words)
    return [
        Cue(Ms(-(count - i) * beat), word, CueKind.MARK, n=count - i, enter=i == 0)
        for i, word in enumerate(words)
    ]
