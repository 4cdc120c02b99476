"""How a session goes on by itself: greeting, exercises, sets, sides, rests, end."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from voicecoach.dialog.context import REACTION
from voicecoach.dialog.next import Next
from voicecoach.dialog.safe_position import AFTER_UNWELL
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.session_state import Mark
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import ExerciseOutcome
from voicecoach.eventlog.kinds import (
    Adapted,
    ExerciseFinished,
    ExerciseStarted,
    SessionStarted,
    SetStarted,
)
from voicecoach.plan.narration import last_words
from voicecoach.track import CueKind, Item, Track, lines_of, silence, spoken
from voicecoach.units import Ms

ASK_AFTER = Ms(60_000)
"""S4 asks again after the first repetition; a rest of minutes has none: after the first minute."""


def begin(s: SessionContext) -> None:
    """Greet, say what was changed for this user, then begin."""
    s.record(SessionStarted(routine=s.plan.routine.id, minutes=s.care.minutes or UNSET))
    for rule, exercises in s.care.changes:
        s.record(Adapted(rule=rule, exercises=exercises))
    for i, exercise in enumerate(s.plan.routine.exercises):
        if exercise.id in s.care.levels:
            s.place.levels[i] = s.care.levels[exercise.id]
    if s.care.unsteady:
        keep_low(s)
    changed = spoken(s.care.opening, s.lengths)
    s.enter(State.WELCOME, s.plan.welcome(s.care.greeting).then(changed), Next.GREETED)


def keep_low(s: SessionContext) -> None:
    """Leave out what is done upright, or with the head down: the user was dizzy."""
    s.place.unsteady = True
    s.place.unfit |= {
        i for i, exercise in enumerate(s.plan.routine.exercises)
        if exercise.position not in AFTER_UNWELL
    }  # fmt: skip


def first_exercise(s: SessionContext, lines: Sequence[str] = ()) -> None:
    """Begin the first exercise that is not left out, after `lines`; end where there is none."""
    if next_index(s) is None:
        s.ending.take("ended")
        s.part([*lines, s.line("enough_today")], s.goodbye())
    else:
        next_exercise(s, [*lines, s.line("only_low")] if s.place.unfit else lines)


def exercise(s: SessionContext, index: int, lines: Sequence[Item] = ()) -> None:
    """Describe exercise `index`, after `lines`."""
    place = s.place
    place.before = _kept(s, index)
    place.index, place.stop, place.first, s.pain.recheck = index, 0, 1, False
    place.finished.pop(index, None)
    place.back_to = None
    place.stations = tuple(s.plan.stations(index, s.level))
    id_, name = s.exercise.id, s.exercise.name
    s.record(ExerciseStarted(id=id_, name=name, n=index + 1, level=s.level or UNSET))
    lead = spoken(lines, s.lengths, lead=REACTION, after=REACTION) if lines else silence(Ms(0))
    track = lead.then(s.reading())
    s.enter(State.READING, track, Next.DESCRIBED)


def _kept(s: SessionContext, index: int) -> int | None:
    """Return the exercise whose position the user keeps while `index` is described, if any."""
    if not s.begun or s.place.out is not None:
        return None
    lies, needed = s.plan.exercise(s.lies_as).position, s.plan.exercise(index).position
    return s.lies_as if lies is needed else None


def described(s: SessionContext) -> bool:
    """Tell whether the description is being read, and nothing that comes before it is left."""
    if s.state is not State.READING or s.mark is not None:
        return False
    name = s.reading().cues[0].text
    return name in s.player.heard(s.now, s.lengths)


def describe_again(s: SessionContext, lines: Sequence[str]) -> None:
    """Go on with the description at a new level of talk: nothing that was heard comes again."""
    heard, reading = {*s.player.heard(s.now, s.lengths)}, s.reading()
    s.hush()
    heard.add(reading.cues[0].text)  # the name: how it is said depends on the level of talk
    ways = [lines_of(s.sided(s.exercise.led_in(known=known))) for known in (False, True)]
    if any(heard >= set(way) for way in ways):  # the user is there: the other one is not needed
        heard.update(*ways)
    rest = (i for i, cue in enumerate(reading.cues) if cue.text not in heard)
    first = next(rest, None)
    left = Track((), Ms(0)) if first is None else reading.start_at(first)
    s.enter(State.READING, s.speak(lines).then(left), Next.DESCRIBED)


def settle(s: SessionContext) -> None:
    """Give time to get into position."""
    track, s.delivery.settled = s.settle(), True
    s.enter(State.SETTLING, track, Next.IN_POSITION)


def count_in(s: SessionContext) -> None:
    """Count in, then go on: the user is in position."""
    s.enter(State.SETTLING, s.lead_in(), s.mark.then if s.mark else Next.IN_POSITION)


def work(s: SessionContext) -> None:
    """Lead one set."""
    _lead(s, s.plan.led(s.station, s.level, s.delivery.manner, s.place.first))


def _lead(s: SessionContext, track: Track) -> None:
    station, sets = s.station, s.variant.dose.sets
    s.record(SetStarted(n=station.set, of=sets, side=station.side or UNSET))
    state = State(s.variant.dose.activity.value)
    if s.pain.recheck:
        first = _first_repetition(s, track, state)
        s.enter(state, first, Next.FIRST_REPETITION_DONE)
    else:
        s.enter(state, track, Next.SET_DONE)


def _first_repetition(s: SessionContext, track: Track, state: State) -> Track:
    """Return the first repetition alone; after it the user is asked how it was (S4)."""
    counts = [i for i, cue in enumerate(track.cues) if cue.kind is CueKind.COUNT]
    counts = counts or _soon(track)
    if len(counts) < 2:
        s.pain.after_check = Mark(State.RESTING, silence(Ms(0)), Next.SET_DONE, 1, s.now)
        return track
    rest = track.start_at(counts[1])
    s.pain.after_check = Mark(state, rest, Next.SET_DONE, s.place.first + 1, s.now)
    return track.until(track.cues[counts[1]].at)


def _soon(track: Track) -> list[int]:
    """Return the first cue of a rest of minutes, and one to ask at before it is all over."""
    later = [i for i, cue in enumerate(track.cues) if cue.enter and cue.at >= ASK_AFTER]
    return [0, later[0]] if later else []


def back_in_position(s: SessionContext) -> None:
    """Go on after the way back into position; a pace that was changed on the way holds."""
    mark, s.place.back_to = s.place.back_to, None
    assert mark is not None
    if mark.state is State.HOLDING:
        _lead(s, mark.track)
    else:
        work(s)


def after_work(s: SessionContext) -> None:
    """Go to the next side or set, or end the exercise."""
    place = s.place
    place.worked.add(place.index)
    if place.stop + 1 == len(place.stations):
        end_exercise(s)
        return
    before = s.station
    place.stop, place.first = place.stop + 1, 1
    state = State.SWITCHING if s.station.set == before.set else State.RESTING
    s.enter(state, s.plan.bridge(before, s.station, s.level), Next.IN_POSITION)


def end_exercise(s: SessionContext, lines: Sequence[Item] = ()) -> None:
    """The exercise is done: after `lines` rest before the next one, or close the session."""
    note_end(s, "done")
    following = next_index(s)
    if following is None:
        close(s, lines)
    else:
        lead = s.speak(lines) if lines else silence(Ms(0))
        track = lead.then(s.plan.between(s.place.index, following))
        s.enter(State.RESTING, track, Next.NEXT_EXERCISE)


def next_exercise(s: SessionContext, lines: Sequence[Item] = ()) -> None:
    """Describe the next exercise, after `lines`, or close the session."""
    following = next_index(s)
    if following is None:
        close(s, lines)
    else:
        exercise(s, following, lines)


def move_on(s: SessionContext, lines: Sequence[Item] = ()) -> None:
    """Leave the exercise undone: after `lines` the next one, or close the session."""
    note_end(s, "skipped")
    next_exercise(s, lines)


def note_end(s: SessionContext, outcome: ExerciseOutcome) -> None:
    """Record how the present exercise ended; once."""
    if s.begun and s.place.index not in s.place.finished:
        s.place.finished[s.place.index] = outcome
        s.record(ExerciseFinished(id=s.exercise.id, outcome=outcome))


def next_index(s: SessionContext) -> int | None:
    """Return the next exercise that was not dropped, or None; none once the session closes."""
    if s.ending.outcome:
        return None
    later = range(s.place.index + 1 if s.begun else 0, len(s.plan.routine.exercises))
    return next((i for i in later if not s.place.is_out(i)), None)


def close(s: SessionContext, lines: Sequence[Item] = ()) -> None:
    """Say `lines` and goodbye at the end of a session; praise only for what was done."""
    s.ending.take("done")
    praise = [s.line("set_done")] if s.place.finished.get(s.place.index) == "done" else []
    whole = "done" in s.place.finished.values()
    s.part([*lines, *praise, *s.get_out()], last_words(s.plan.routine, s.prompts, whole=whole))


def depart(s: SessionContext, outcome: ExerciseOutcome) -> None:
    """Leave the present exercise behind: whatever is asked now, it goes on with the next one."""
    note_end(s, outcome)
    if next_index(s) is None:
        s.ending.outcome = s.ending.outcome or "ended"
        track = s.farewell([s.line(why_over(s)), *s.goodbye()])
        s.hold(State.CLOSING, track, Next.GOODBYE_SAID)
    else:
        s.hold(State.RESTING, silence(Ms(0)), Next.NEXT_EXERCISE)


def why_over(s: SessionContext) -> str:
    """Return the key of the line that says why no exercise is left."""
    return "nothing_left" if s.place.dropped else "enough_today"
