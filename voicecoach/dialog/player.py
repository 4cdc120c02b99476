"""Plays a track against the clock of the events, and knows where a resume may enter it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from voicecoach.track import CENTRE, GAP, Cue, CueKind, Lengths, Track
from voicecoach.units import Ms

LEAD = Ms(250)
"""Cues are handed over this long ahead: more than the 100 ms a sound card buffers, see
`devices.sound_card.LATENCY_S`, plus blocks and scheduling."""

VERDICT = Ms(300)
"""Longest quiet before it must be known whether a halt word was said: a listener takes a longer gap
for the end of what is said (pauses between turns last about 200 ms: Stivers and others, 2009)."""

PATIENCE = Ms(3000)
"""Longest wait for a gap between beats before an answer interrupts instead."""

ON_THE_BEAT = frozenset(
    {CueKind.COUNT, CueKind.BREATH, CueKind.STROKE, CueKind.MARK, CueKind.SOUND}
)
"""What may be said a little late while the next keeps its time; after a line the user needs the
pause that follows it."""

Said = Callable[[Ms], str]
"""A line that depends on the moment: what it says where it begins at that time."""


@dataclass
class Player:
    """One track at a time. `next` is the first cue that was not handed over."""

    track: Track | None = None
    anchor: Ms = Ms(0)
    next: int = 0
    inserted: tuple[tuple[Ms, Ms, str], ...] = ()
    """Start, end and text of answers placed between the cues."""
    handed: int = 0
    """How many cues were handed over so far, of all tracks."""
    busy: Ms = Ms(0)
    """When the last of them will have sounded."""
    held: Ms | None = None
    """Since when it is quiet, while it is not known whether a halt word was said."""

    def start(self, track: Track, at: Ms) -> bool:
        """Begin `track` at `at`; tell whether something that was handed over must fall silent.

        The last word of a rhythm may outlast its track by `CENTRE`, if the next line leaves room.
        """
        self.track, self.anchor, self.next, self.inserted = track, at, 0, ()
        self.held = None
        room = track.cues[0].at if track.cues else track.length
        cut = self.busy > at + (CENTRE if room >= CENTRE + GAP else 0)
        self.busy = min(self.busy, at)
        return cut

    def follow(self, at: Ms, following: Track) -> None:
        """Play `following` from `at` on, in place of what the track has from there."""
        assert self.track is not None
        self.track = self.track.until(Ms(at - self.anchor)).then(following)

    def stop(self, now: Ms) -> None:
        """Have no track; what was handed over is silent from `now` on."""
        self.track, self.busy, self.held = None, now, None

    def hold(self, now: Ms) -> None:
        """Be silent from `now` on, and hand nothing over, until `release`, `start` or `stop`."""
        self.held, self.busy = now, min(self.busy, now)

    def release(self, now: Ms, lengths: Lengths) -> Ms:
        """Go on at the start of what was cut; return by how much later all that follows comes.

        What is on a beat keeps it, if the cue that was cut still has room before the next one.
        """
        assert self.held is not None
        cut, self.held = self.held, None
        if self.track is None:
            return Ms(0)
        handed = range(min(self.next, len(self.track.cues)))
        self.next = next((i for i in handed if self._span(i, lengths)[1] > cut), self.next)
        late = Ms(now - self._time(self.next)) if self.next < len(self.track.cues) else Ms(0)
        if late <= 0 or self._fits_late(now, late, lengths):
            return Ms(0)
        self.anchor = Ms(self.anchor + late)
        return late

    def _fits_late(self, now: Ms, late: Ms, lengths: Lengths) -> bool:
        """Let the cues that should have begun by `now` come `late`, if the next ones keep their
        time; tell whether.
        """
        assert self.track is not None
        cues = self.track.cues
        first, end = self.next, self.next
        while end < len(cues) and self._time(end) <= now:
            end += 1
        group = [cue.later(late) for cue in cues[first:end]]
        over = max(self.anchor + lengths.span(cue)[1] for cue in group) + GAP
        firm = [self.anchor + lengths.span(cue)[0] for cue in cues[end:] if not cue.optional]
        if any(cue.kind not in ON_THE_BEAT for cue in group) or over > min([*firm, self.end]):
            return False
        rest = [cue for cue in cues[end:] if self.anchor + lengths.span(cue)[0] >= over]
        self.track = replace(self.track, cues=(*cues[:first], *group, *rest))
        return True

    def cut_answers(self, cut: Ms) -> list[str]:
        """Take back the answers between the cues that have not sounded whole at `cut`."""
        texts = [text for _, end, text in self.inserted if end > cut]
        self.inserted = tuple(answer for answer in self.inserted if answer[1] <= cut)
        return texts

    def answer_again(self, text: str, now: Ms, lengths: Lengths) -> Ms:
        """Make room for an answer at `now`; return by how much later all that follows comes."""
        end = Ms(now + lengths(text))
        self.inserted += ((now, end, text),)
        assert self.track is not None
        more = self.next < len(self.track.cues)
        following = self._span(self.next, lengths)[0] if more else self.end
        late = Ms(max(0, end + GAP - following))
        self.anchor = Ms(self.anchor + late)
        return late

    def hand(self, until: Ms) -> int:
        """Note that a cue was handed over that sounds until then, and return its number."""
        self.handed += 1
        self.busy = max(self.busy, until)
        return self.handed

    @property
    def deadline(self) -> Ms | None:
        """When something is to be handed over, or the next track is to be begun."""
        if self.track is None:
            return None
        if self.held is not None:
            return Ms(self.held + VERDICT)
        last = self.next >= len(self.track.cues)
        return Ms(max(0, (self.end if last else self._time(self.next)) - LEAD))

    @property
    def end(self) -> Ms:
        """When the track is over."""
        assert self.track is not None
        return Ms(self.anchor + self.track.length)

    def due(self, now: Ms) -> list[tuple[Cue, Ms]]:
        """Hand over each cue that begins within `LEAD`, with its time."""
        handed = []
        while self.track and self.held is None and self.next < len(self.track.cues):
            at = self._time(self.next)
            if at - LEAD > now:
                break
            handed.append((self.track.cues[self.next], at))
            self.next += 1
        return handed

    def heard(self, now: Ms, lengths: Lengths) -> frozenset[str]:
        """Return the lines of the track that have sounded whole."""
        cues = self.track.cues if self.track else ()
        spans = ((self._span(i, lengths), cue) for i, cue in enumerate(cues))
        return frozenset(cue.text for (_, end), cue in spans if end <= now)

    def over(self, now: Ms) -> bool:
        """Tell whether it is time to begin what follows: a `LEAD` ahead of the track's end, so
        that the first cue of the next track is handed over in time as well.
        """
        quiet = self.held is not None
        return self.track is not None and not quiet and now >= self.end - LEAD

    def left(self, now: Ms, lengths: Lengths) -> Track:
        """Return what a resume still plays of the track (S29: never into a repetition)."""
        assert self.track is not None
        return self.track.left(Ms(now - self.anchor), lengths)

    def again(self, now: Ms) -> Track:
        """Return the track from the line on that was said last."""
        assert self.track is not None
        return self.track.again(Ms(now - self.anchor))

    def insert(self, said: Said, now: Ms, lengths: Lengths) -> tuple[Ms, str] | None:
        """Make room for an answer between the cues; return when it begins and what it says then.

        Optional cues that were not handed over give way if they must. None if there is no room
        within `PATIENCE`.
        """
        for giving_way in (False, True):
            at = self._gap(said, now, lengths, giving_way)
            if at is not None:
                text = said(at)
                end = Ms(at + lengths(text))
                self._clear(at, end, lengths)
                self.inserted += ((at, end, text),)
                return at, text
        return None

    def _gap(self, said: Said, now: Ms, lengths: Lengths, giving_way: bool) -> Ms | None:
        """Return the first time from `now` on at which what is said then has room."""
        at = now
        for start, end in self._sounding(lengths, giving_way):
            if end + GAP <= at:
                continue
            if at + lengths(said(at)) + GAP <= start:
                break
            at = Ms(end + GAP)
        fits = at <= now + PATIENCE and at + lengths(said(at)) <= self.end
        return at if fits else None

    def count(self, at: Ms) -> Cue | None:
        """Return the last count that begins by `at`, or else the first; None if none is left."""
        cues = self.track.cues if self.track else ()
        counts = [i for i, cue in enumerate(cues) if cue.kind is CueKind.COUNT]
        begun = [i for i in counts if self._time(i) <= at]
        return cues[begun[-1]] if begun else cues[counts[0]] if counts else None

    def _clear(self, start: Ms, end: Ms, lengths: Lengths) -> None:
        """Leave out the optional cues still to come that would sound between `start` and `end`."""
        assert self.track is not None

        def meets(cue: Cue) -> bool:
            first, last = lengths.span(cue)
            return self.anchor + first < end + GAP and start < self.anchor + last + GAP

        coming = self.track.cues[self.next :]
        kept = tuple(cue for cue in coming if not (cue.optional and meets(cue)))
        self.track = replace(self.track, cues=self.track.cues[: self.next] + kept)

    def rebuild(self, following: Track, boundary: int) -> None:
        """Replace everything from cue `boundary` on by `following`, on the same beat."""
        assert self.track is not None
        at = self.track.cues[boundary].at
        moved = tuple(replace(c, at=Ms(c.at + at)) for c in following.cues)
        cues = self.track.cues[:boundary] + moved
        self.track = Track(cues, Ms(at + following.length))

    def boundary(self) -> int | None:
        """Return the index of the next count that was not handed over and lies after every
        inserted answer, or None.
        """
        if self.track is None:
            return None
        free = max((end for _, end, _ in self.inserted), default=Ms(0)) + GAP
        later = range(self.next, len(self.track.cues))
        counts = (i for i in later if self.track.cues[i].kind is CueKind.COUNT)
        return next((i for i in counts if self._time(i) >= free), None)

    def _time(self, index: int) -> Ms:
        assert self.track is not None
        return Ms(self.anchor + self.track.cues[index].at)

    def _sounding(self, lengths: Lengths, giving_way: bool) -> list[tuple[Ms, Ms]]:
        assert self.track is not None
        cues = enumerate(self.track.cues)
        firm = [i for i, cue in cues if i < self.next or not (giving_way and cue.optional)]
        answers = ((start, end) for start, end, _ in self.inserted)
        return sorted([*(self._span(i, lengths) for i in firm), *answers])

    def _span(self, index: int, lengths: Lengths) -> tuple[Ms, Ms]:
        assert self.track is not None
        start, end = lengths.span(self.track.cues[index])
        return Ms(self.anchor + start), Ms(self.anchor + end)
