"""A guided rest as a track: breathing aloud, then a few words now and then, time left, a soft end.

It is no hold: nothing is strained and nobody is tempted to hold the breath, so the cue every ten
seconds of SAFETY rule S24 would be chatter here. How often something is said is our own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Relaxation
from voicecoach.track import Breath, Cue, CueKind, Lengths, TightError, Track, fitted, spoken
from voicecoach.units import Ms

ALOUD: Final = Ms(65_000)
"""Breathing is led from the start for the whole breaths in so long: about a minute after the
opening; and for half of a rest that is shorter than twice this."""
BREATHS_EVERY: Final = Ms(150_000)
"""From then on a few breaths are led again every two to three minutes."""
BREATHS_AGAIN: Final = 3
CHECK_FIRST: Final = Ms(180_000)
CHECK_EVERY: Final = Ms(300_000)
"""A check-in comes early, and then between two times left, which come every five minutes."""
MINUTES_LEFT: Final = (25, 20, 15, 10, 5, 1)
LAST: Final = Ms(90_000)
"""Nothing of the coach's own begins later than so long before the end, but the time and the end."""
LEAD: Final = Ms(25_000)
"""By how much the start may be longer: its opening and the longest breath."""
END: Final = Ms(20_000)
"""The soft end begins so long before the end, so that there is time to follow it."""
QUIET: Final = Ms(3000)
"""Least silence between two things that are said."""


def relaxation(dose: Relaxation, say: Prompts, lengths: Lengths, *, wordy: bool) -> Track:
    """Return the track of a guided rest. Not `wordy`: breathing once, then check-ins and times.

    A resume may enter at every cue but "breathe out". Raises `TightError` if one of the dose's own
    cues finds no place.
    """
    rest = _Rest(dose.length, lengths)
    start = _lead(dose, say, rest)
    rest.put(spoken([say.say("relax_end")], lengths), Ms(dose.length - END))
    for minutes in MINUTES_LEFT:
        # No length of a line may decide which lines there are: all of them are rendered before.
        if dose.length - minutes * 60_000 >= _aloud(dose) + LEAD:
            rest.put(_left(minutes, say, lengths), Ms(dose.length - minutes * 60_000))
    if wordy:
        again = spoken([say.say("relax_breath")], lengths).then(_breaths(dose, BREATHS_AGAIN, say))
        rest.every(BREATHS_EVERY, Ms(start + BREATHS_EVERY), again)
    rest.every(CHECK_EVERY, CHECK_FIRST, spoken([say.say("relax_check")], lengths))
    if wordy:
        rest.spread(dose.cues, start)
    return Track(fitted(rest.cues, lengths, dose.length), dose.length)


def _aloud(dose: Relaxation) -> Ms:
    """Return for how long breathing is led at the start, a breath more or less."""
    return Ms(min(ALOUD, dose.length // 2))


def _lead(dose: Relaxation, say: Prompts, rest: _Rest) -> Ms:
    """Put the opening and the breaths aloud at the start, and return when they are over."""
    opening = spoken([say.say("relax")], rest.lengths)
    count = (_aloud(dose) - opening.length) // (dose.breath_in + dose.breath_out)
    lead = opening.then(_breaths(dose, max(1, count), say))
    rest.put(lead, Ms(0))
    return lead.length


def _breaths(dose: Relaxation, count: int, say: Prompts) -> Track:
    """Return `count` breaths, each cue at the start of its phase."""
    whole = dose.breath_in + dose.breath_out
    cues: list[Cue] = []
    for at in range(0, count * whole, whole):
        out = Ms(at + dose.breath_in)
        inward, outward = say.say("breathe_in"), say.say("breathe_out")
        cues.append(Cue(Ms(at), inward, CueKind.BREATH, breath=Breath.IN, optional=True))
        cues.append(
            Cue(out, outward, CueKind.BREATH, enter=False, breath=Breath.OUT, optional=True)
        )
    return Track(tuple(cues), Ms(count * whole))


def _left(minutes: int, say: Prompts, lengths: Lengths) -> Track:
    one, many = say.say("relax_left_one"), say.say("relax_left", n=say.number(minutes))
    text = one if minutes == 1 else many
    return Track((Cue(Ms(0), text, CueKind.MARK, n=minutes * 60),), lengths(text))


@dataclass(slots=True)
class _Rest:
    """What is said in a rest, and where there is still silence."""

    length: Ms
    lengths: Lengths
    placed: list[tuple[Ms, Track]] = field(default_factory=list)

    @property
    def cues(self) -> list[Cue]:
        """Everything that was placed."""
        return [cue for at, track in self.placed for cue in Track((), at).then(track).cues]

    def put(self, track: Track, at: Ms) -> None:
        """Place `track` at `at`, whatever is there."""
        self.placed.append((at, track))

    def every(self, period: Ms, first: Ms, track: Track) -> None:
        """Place `track` again and again, as near after its time as there is room; or not."""
        for at in range(first, self.length - LAST, period):
            self._fit(track, Ms(at))

    def spread(self, texts: Sequence[str], start: Ms) -> None:
        """Place `texts` evenly between `start` and the end."""
        room = self.length - END - start
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
        fits = at + track.length + QUIET <= self.length - END
        if fits:
            self.put(track, at)
        return fits
