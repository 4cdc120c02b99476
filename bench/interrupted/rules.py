"""What must hold of a session that was interrupted: the next step is the right one.

Nothing twice: of what was heard whole nothing comes again, but a repetition that was begun, or the
count-down in which it was cut. Nothing lost: all that was still to come is heard, in order, on its
side. No hold is stretched by more than the cue that was cut, nor shortened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from bench.interrupted.released import released
from bench.interrupted.resume import COUNT_DOWN, Resume, resume_point
from bench.interrupted.sessions import Phase, Reference, Sound
from bench.interrupted.trials import Kind, Trial
from voicecoach.dialog.next import Next
from voicecoach.dialog.states import WORK, State
from voicecoach.language.prompts import MOST
from voicecoach.language.sides import LEFT
from voicecoach.plan.narration import FULL, SHORT
from voicecoach.plan.plan import LEVELS
from voicecoach.track import BEAT, CueKind, Track, lines_of

BEATS = (CueKind.COUNT, CueKind.STROKE, CueKind.BREATH)
IN_PLACE = 20_000
"""A user who waits longer than so many milliseconds hears whatever a halt says."""
NEAR = 10_000
"""Milliseconds by which an answer may be off that is rounded to minutes."""


@dataclass(frozen=True)
class Cut:
    """A phase, and where it goes on."""

    phase: Phase
    where: Resume


class Rules:
    """The rules for a routine, beside its undisturbed session and those with an easier exercise."""

    def __init__(self, plain: Reference) -> None:
        self.plain, self.plan = plain, plain.plan

    def faults(self, trial: Trial, kind: Kind, at: int, goes_on: Reference, to: int) -> list[str]:
        """Return what is wrong with a trial that was interrupted in phase `at`.

        `goes_on` is the session it must go on as, from its phase `to` on; this phase comes whole.
        """
        if trial.joined is None:
            return ["does not find its way back"]
        if kind.hush:
            return list(released(trial, self.plain.phases[at]))
        if to != at:
            return list(self._skipped(trial, at, goes_on, to))
        return list(self._went_on(trial, kind, at, goes_on))

    def _skipped(self, trial: Trial, at: int, goes_on: Reference, to: int) -> Iterator[str]:
        following = goes_on.phases[to].place[0] if to < len(goes_on.phases) else None
        yield from self._leaves(trial, self.plain.phases[at], following)
        if to >= len(goes_on.phases):
            if any(sound.cue.kind in BEATS for sound in trial.sounds):
                yield "works on at the end"
            return
        expected = goes_on.phases[to].sounds
        yield from _ends_with(trial.sounds, expected, trial.hushed)
        extra = trial.sounds[: max(0, len(trial.sounds) - len(expected))]
        if any(sound.cue.kind in BEATS for sound in extra):
            yield "works on after it was skipped"

    def _leaves(self, trial: Trial, phase: Phase, following: int | None) -> Iterator[str]:
        """Yield what is missing of the way out, where what follows is in another position."""
        index = phase.place[0]
        position = self.plan.exercise(index).position
        if following is not None and self.plan.exercise(following).position is position:
            return
        if phase.state not in WORK and phase.then is not Next.IN_POSITION:
            return
        missing = set(lines_of(self.plan.way_out(index))) - {
            sound.cue.text for sound in trial.sounds if sound.whole
        }
        if missing:
            yield f"does not lead out of the position: {sorted(missing)}"

    def _went_on(self, trial: Trial, kind: Kind, at: int, goes_on: Reference) -> Iterator[str]:
        cut, phase = self.plain.phases[at], goes_on.phases[at]
        where = resume_point(cut, trial.moment) if trial.hushed else _unhurt(cut, trial.moment)
        eased = cut.state is State.HOLDING and phase is not cut
        same = phase is cut or (not eased and _laid_out(phase) == _laid_out(cut))
        where = Resume(where.first, where.at - cut.at + phase.at)
        if not same:
            where = _at_level(cut, phase, where)
        expected = phase.sounds[where.first :]
        sounds = self._without_settling(trial, phase, expected)
        yield from _ends_with(sounds, expected, trial.hushed)
        tail = sounds[len(sounds) - len(expected) :] if expected else []
        extra = sounds[: len(sounds) - len(tail)]
        yield from _extras(extra, trial)
        if same:
            lead_in = self.plan.lead_in(phase.place[0], 0)
            yield from _in_time(trial, Cut(phase, where), tail, extra, lead_in)
        elif cut.state in WORK:
            yield from _on_the_beat(trial, phase, where, tail)
        if trial.hushed and (kind.moves or self._let_go(trial, cut)):
            yield from self._position(trial, cut)
        if kind.asks and kind.live(trial.state):
            yield from self._answered(trial, kind, Cut(phase, where), extra, tail)
        for line in map(self.plan.prompts.say, kind.told if kind.live(trial.state) else ()):
            if [sound.cue.text for sound in trial.sounds if sound.whole].count(line) != 1:
                yield f"loses '{line}', or says it twice"
        waits = kind.wait > IN_PLACE and cut.state in WORK and self._release(cut)
        if waits and not self._let_go(trial, cut):
            yield "does not say how to let go"

    def _without_settling(self, trial: Trial, phase: Phase, expected: list[Sound]) -> list[Sound]:
        """Return what was heard, without the words that may come before a count-in once more."""
        if not trial.hushed or phase.then is not Next.IN_POSITION:
            return trial.sounds
        index, stop = phase.place
        side = self.plan.stations(index)[stop].side
        known = product(LEVELS, (FULL, SHORT), [side], (False, True))
        ways = [self.plan.settle(index, *way) for way in known]
        known = {cue.text for way in ways for cue in way.cues if cue.kind is CueKind.SAY}
        known -= {sound.cue.text for sound in expected}
        return [sound for sound in trial.sounds if sound.cue.text not in known]

    def _let_go(self, trial: Trial, phase: Phase) -> bool:
        """Tell whether the user was told how to let go of the work before they went on."""
        lines = set(self._release(phase))
        return any(s.cue.text in lines and s.at < trial.resumed for s in trial.sounds)

    def _release(self, phase: Phase) -> list[str]:
        index, stop = phase.place
        say, side = self.plan.prompts, self.plan.stations(index)[stop].side or LEFT
        return [say.sided(line, side) for line in lines_of(self.plan.exercise(index).release)]

    def _position(self, trial: Trial, phase: Phase) -> Iterator[str]:
        if phase.state not in WORK and phase.then is not Next.IN_POSITION:
            return
        index, stop = phase.place
        exercise, station = self.plan.exercise(index), self.plan.stations(index)[stop]
        say = self.plan.prompts
        said = {s.cue.text for s in trial.sounds if s.at >= trial.resumed}
        side = station.side or LEFT
        starts = [line for level in LEVELS for line in lines_of(exercise.at(level).start)]
        where = {say.sided(line, side) for line in (exercise.short, *starts)}
        if not said & where:
            yield "does not say where to be"
        let_go = {say.sided(line, side) for line in lines_of(exercise.release)}
        out = set(lines_of(self.plan.way_out(index))) - let_go
        if out & {s.cue.text for s in trial.sounds if s.at < trial.resumed}:
            way_in = lines_of(exercise.led_in(known=self.plain.known))
            missing = {say.sided(line, side) for line in way_in} - said
            if missing:
                yield f"does not lead back into position: {sorted(missing)}"
        begins = next((at for at, state in trial.begun if state in WORK), trial.joined)
        if begins is None or begins - trial.resumed < exercise.settle:
            yield "gives no time to get into position"

    def _answered(
        self, trial: Trial, kind: Kind, cut: Cut, extra: list[Sound], tail: list[Sound]
    ) -> Iterator[str]:
        inside = [s for s in trial.sounds if s.what not in _whats(cut.phase)]
        answers = [
            s for s in (extra if trial.hushed else inside) if s.whole and s.cue.kind is CueKind.SAY
        ]
        if not answers:
            yield "gives no answer"
            return
        right = self._right_answers(kind, cut, answers[0], trial.hushed, tail)
        if right and not right & {s.cue.text for s in answers[:3]}:
            yield f"answers '{answers[0].cue.text}', not {sorted(right)}"

    def _right_answers(
        self, kind: Kind, cut: Cut, answer: Sound, hushed: bool, tail: list[Sound]
    ) -> set[str]:
        """Return what may be answered; nothing where any answer will do."""
        at = cut.where.at if hushed else answer.at
        if kind.name == "how long":
            lefts = [self.plain.end - at + more for more in range(-NEAR, NEAR + 1, 1000)]
            return {self.plan.prompts.time_left(max(0, left)) for left in lefts}
        if kind.name == "which side":
            return self._side(cut.phase)
        if cut.phase.state is State.HOLDING:
            return self._seconds(cut.phase.end - at)
        counts = [s for s in tail if s.cue.kind is CueKind.COUNT]
        later = counts[1:] if hushed else [s for s in counts if s.at > answer.at]
        return {self.plan.prompts.more(len(later))} if cut.phase.state in WORK else set()

    def _seconds(self, left: int) -> set[str]:
        say = self.plan.prompts
        if left > MOST * 1000:
            return {say.time_left(left)}
        near = [n for n in range(5, MOST + 1, 5) if abs(n * 1000 - left) <= 2500] or [5]
        return {say.count("more_seconds", n) for n in near}

    def _side(self, phase: Phase) -> set[str]:
        if phase.then in (Next.NEXT_EXERCISE, Next.GREETED):
            return set()
        index, stop = phase.place
        side, say = self.plan.stations(index)[stop].side, self.plan.prompts
        return {say.say("side_is", side=side) if side else say.say("side_none")}


def _laid_out(phase: Phase) -> list[object]:
    """Return what is heard in a phase, and when."""
    return [phase.end - phase.at, *((s.at - phase.at, s.what) for s in phase.sounds)]


def _whats(phase: Phase) -> set[tuple[object, ...]]:
    return {sound.what for sound in phase.sounds}


def _unhurt(phase: Phase, moment: int) -> Resume:
    """Return what is still to begin of a phase in which nothing was cut."""
    later = [i for i, sound in enumerate(phase.sounds) if sound.at >= moment]
    return Resume(later[0] if later else len(phase.sounds), moment)


def _at_level(cut: Phase, phase: Phase, where: Resume) -> Resume:
    """Return where a phase goes on at another level that went on as `where` at the plain one."""
    if cut.state in (State.COUNTING, State.ROLLING):
        n = cut.sounds[where.first].cue.n
        counts = [i for i, s in enumerate(phase.sounds) if s.cue.kind is CueKind.COUNT]
        return Resume(counts[min(n, len(counts)) - 1], where.at) if counts else Resume(0, where.at)
    if cut.state is State.HOLDING:
        length = phase.end - phase.at
        held = min(where.at - phase.at, length - COUNT_DOWN * BEAT)
        return resume_point(phase, phase.at + held) if held > 0 else Resume(0, phase.at)
    same = 0
    for a, b in zip(cut.sounds, phase.sounds, strict=False):
        if a.what != b.what:
            break
        same += 1
    return Resume(min(where.first, same), where.at)


def _ends_with(sounds: list[Sound], expected: list[Sound], hushed: bool) -> Iterator[str]:
    """Yield what is missing of `expected` at the end of `sounds`, whole and in order.

    Between the beats an answer may take the place of an optional cue, and stands among the rest.
    """
    if hushed:
        got = [s.what for s in sounds[len(sounds) - len(expected) :]] if expected else []
        if got != [s.what for s in expected]:
            yield f"goes on with {_shown(sounds)}, not {_shown(expected)}"
        elif not all(s.whole for s in sounds[len(sounds) - len(expected) :]):
            yield "cuts what comes"
        return
    rest = iter(sounds)
    for wanted in expected:
        if wanted.cue.optional:
            continue
        if not any(sound.what == wanted.what and sound.at == wanted.at for sound in rest):
            yield f"loses '{wanted.cue.text}' or its beat"
            return


def _shown(sounds: list[Sound]) -> str:
    return str([s.cue.text or s.cue.n for s in sounds[-12:]][:4])


def _extras(extra: list[Sound], trial: Trial) -> Iterator[str]:
    """Yield what belongs to the work, but comes before it goes on."""
    if not trial.hushed:
        return
    for sound in extra:
        marks = sound.cue.kind is CueKind.MARK and sound.cue.n > COUNT_DOWN
        if sound.cue.kind in BEATS or marks:
            yield f"says '{sound.cue.text}' before it goes on"


def _in_time(
    trial: Trial, cut: Cut, tail: list[Sound], extra: list[Sound], lead_in: Track
) -> Iterator[str]:
    """Yield where the time of the work, or of what leads to it, is not what was left of it."""
    phase, where = cut.phase, cut.where
    if not trial.hushed:
        if trial.joined != phase.end:
            yield "shifts what comes"
        return
    assert trial.joined is not None
    if phase.state not in WORK:
        if trial.joined - trial.resumed < phase.end - where.at:
            yield "shortens what was left"
        return
    yield from _on_the_beat(trial, phase, where, tail)
    last = [cue for cue in lead_in.cues if cue.text][-1]
    begun = where.at + trial.joined - phase.end - lead_in.length + last.at
    if not any(sound.at == begun and sound.cue.text == last.text for sound in extra):
        yield "stretches or shortens the hold, or begins without a lead-in"


def _on_the_beat(trial: Trial, phase: Phase, where: Resume, tail: list[Sound]) -> Iterator[str]:
    """Yield where the steps to the end of the work are not as far apart as they should be."""
    assert trial.joined is not None
    shift = trial.joined - phase.end
    expected = phase.sounds[where.first :]
    if any(a.at - b.at != shift for a, b in zip(tail, expected, strict=False)):
        yield "shifts a beat"
