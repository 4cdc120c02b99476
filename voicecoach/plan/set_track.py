"""The working part of an exercise as a track: repetitions, holds, strokes, rests, on the beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.language.prompts import Prompts
from voicecoach.plan.relaxation import relaxation
from voicecoach.routine.model import Dose, Hold, Phase, Relaxation, Repetitions, Strokes, Timed
from voicecoach.track import (
    BEAT,
    GAP,
    Breath,
    Cue,
    CueKind,
    Lengths,
    Track,
    anchored_at_end,
    fitted,
)
from voicecoach.units import Ms

LAST_SECONDS = 5
"""How many seconds of a hold are counted down."""
HALFWAY_FROM = Ms(12_000)
"""A shorter hold has no room for "halfway" before its last five seconds."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the work is led: what the user may change by voice."""

    pace: int = 100
    """Length of a repetition or stroke in per cent of the written one; holds and rests keep
    their time."""
    wordy: bool = True
    """Whether words stand beside the bare counts."""
    counting: bool = True
    """Whether numbers are spoken."""

    def stretched(self, ms: Ms) -> Ms:
        """Return `ms` at this pace."""
        return Ms(ms * self.pace // 100)


def work_track(dose: Dose, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
    """Return the track of one set. `first` is the repetition or stroke to begin with.

    Raises `TightError` if a count does not fit its beat at this pace.
    """
    match dose:
        case Repetitions():
            return _repetitions(dose, say, lengths, how, first)
        case Strokes():
            return _strokes(dose, say, lengths, how, first)
        case Hold():
            return _hold(dose, say, lengths)
        case Relaxation():
            return relaxation(dose, say, lengths, wordy=how.wordy)


def count_of(dose: Dose) -> int:
    """Return how many repetitions or strokes a set has; 0 for a hold or a rest."""
    return 0 if isinstance(dose, Timed) else dose.count


def _repetitions(
    dose: Repetitions, say: Prompts, lengths: Lengths, how: Manner, first: int
) -> Track:
    tempo = dose.tempo
    parts = {
        Phase.LOWER: (tempo.lower, tempo.pause_low),
        Phase.LIFT: (tempo.lift, tempo.pause_high),
    }
    second = Phase.LIFT if dose.first is Phase.LOWER else Phase.LOWER
    turn = how.stretched(Ms(1000 * sum(parts[dose.first])))
    beats = _Beats(dose, (dose.first, second), turn, how.stretched(tempo.length), CueKind.BREATH)
    return _beaten(beats, say, lengths, how, first)


def _strokes(dose: Strokes, say: Prompts, lengths: Lengths, how: Manner, first: int) -> Track:
    one_way = how.stretched(dose.one_way)
    beats = _Beats(dose, (Phase.THERE, Phase.BACK), one_way, Ms(2 * one_way), CueKind.STROKE)
    return _beaten(beats, say, lengths, how, first)


@dataclass(frozen=True, slots=True)
class _Beats:
    """Two phases that come round again: where the second begins and how long both take."""

    dose: Repetitions | Strokes
    phases: tuple[Phase, Phase]
    turn: Ms
    length: Ms
    second_kind: CueKind


def _beaten(beats: _Beats, say: Prompts, lengths: Lengths, how: Manner, first: int) -> Track:
    cues: list[Cue] = []
    of = beats.dose.count
    for n in range(first, of + 1):
        at = Ms((n - first) * beats.length)
        cues.append(_count(beats, at, n, say, lengths, how))
        text = _words(beats, beats.phases[1], say, how)[0]
        if text:
            turn = Ms(at + beats.turn)
            breath = beats.dose.breath.get(beats.phases[1])
            kind = beats.second_kind
            cues.append(Cue(turn, text, kind, enter=False, breath=breath, optional=True))
    end = Ms((of - first + 1) * beats.length)
    return Track(fitted(cues, lengths, end), end)


def _count(beats: _Beats, at: Ms, n: int, say: Prompts, lengths: Lengths, how: Manner) -> Cue:
    """Return the cue on the first beat: the number with the longest words that fit.

    A silent count is a cue without a text: it is still a place to resume at.
    """
    number = say.number(n) if how.counting else ""
    words = _words(beats, beats.phases[0], say, how)
    texts = [", ".join(part for part in (number, word) if part) for word in words]
    second = _words(beats, beats.phases[1], say, how)[0]
    room = Ms((beats.turn if second else beats.length) - GAP)
    breath = beats.dose.breath.get(beats.phases[0])
    text = _first_that_fits(texts, lengths, room)
    return Cue(at, text, CueKind.COUNT, n, beats.dose.count, breath=breath)


def _first_that_fits(texts: Sequence[str], lengths: Lengths, room: Ms) -> str:
    # every text is asked for, so that all of them are rendered before the session
    fitting = [text for text in texts if not text or lengths(text) <= room]
    return fitting[0] if fitting else texts[-1]


def _words(beats: _Beats, phase: Phase, say: Prompts, how: Manner) -> list[str]:
    """Return what may be said at the start of `phase`, the longest first, "" as the last."""
    texts: list[str] = []
    if how.wordy:
        texts.append(beats.dose.words.get(phase, ""))
        breath = beats.dose.breath.get(phase)
        if breath:
            texts += [_breath(breath, say), say.say(breath.value)]
    if phase is Phase.BACK:
        texts.append(say.say("and_back"))
    return [text for text in texts if text] + ([""] if phase is not Phase.BACK else [])


def _breath(breath: Breath, say: Prompts) -> str:
    return say.say("breathe_in" if breath is Breath.IN else "breathe_out")


def _hold(dose: Hold, say: Prompts, lengths: Lengths) -> Track:
    seconds = dose.length // 1000
    opening = Cue(Ms(0), say.say("hold", n=say.number(seconds)), CueKind.MARK, n=seconds)
    last = anchored_at_end([say.number(n) for n in range(LAST_SECONDS, 0, -1)], BEAT)
    cues = [opening, *(replace(cue, at=Ms(dose.length + cue.at)) for cue in last)]
    if dose.length >= HALFWAY_FROM:
        half = Ms(dose.length // 2)
        cues.append(Cue(half, say.say("halfway"), CueKind.MARK, n=half // 1000, enter=False))
    cues += _breaths(dose, say, Ms(lengths(opening.text) + GAP))
    breathed = _breathed(fitted(cues, lengths, dose.length), say)
    return Track(fitted(breathed, lengths, dose.length), dose.length)


def _breathed(cues: Sequence[Cue], say: Prompts) -> tuple[Cue, ...]:
    """Return `cues`; a lone "breathe in" becomes a "breathe out", lest a breath be held."""
    breaths = [cue for cue in cues if cue.breath]
    if len(breaths) != 1:
        return tuple(cues)
    out = replace(breaths[0], text=_breath(Breath.OUT, say), enter=False, breath=Breath.OUT)
    return tuple(out if cue is breaths[0] else cue for cue in cues)


def _breaths(dose: Hold, say: Prompts, earliest: Ms) -> list[Cue]:
    """Return the breathing cues of a hold, each on a whole second; a resume enters at "in"."""
    cues = []
    at, breath = Ms(-(-earliest // BEAT) * BEAT), Breath.IN
    while at < dose.length:
        inward = breath is Breath.IN
        text = _breath(breath, say)
        cues.append(Cue(at, text, CueKind.BREATH, enter=inward, breath=breath, optional=True))
        at = Ms(at + (dose.breath_in if inward else dose.breath_out))
        breath = Breath.OUT if inward else Breath.IN
    return cues
