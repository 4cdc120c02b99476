"""How a session goes on by itself: greeting, exercises, sets, sides, rests, end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from voicecoach.dialog.context import Context, Mark, Then
from voicecoach.dialog.effects import Finish
from voicecoach.dialog.states import State
from voicecoach.plan.narration import last_words
from voicecoach.plan.track import SENTENCE, CueKind, Track, silence, spoken
from voicecoach.routine.model import Dose, Strokes, Timed
from voicecoach.units import Ms

ALARMS = ("emergency", "urgent", "no_answer")
"""Outcomes that no later, milder one replaces; the gravest first."""

ASK_AFTER = Ms(60_000)
"""S4 asks again after the first repetition; a rest of minutes has none: after the first minute."""


def begin(s: Context) -> None:
    """Greet, say what was changed for this user, then begin."""
    s.record("session_started", routine=s.plan.routine.id)
    for i, exercise in enumerate(s.plan.routine.exercises):
        if exercise.id in s.care.levels:
            s.levels[i] = s.care.levels[exercise.id]
    changed = spoken(s.care.opening, s.plan.length)
    s.enter(State.WELCOME, s.plan.welcome().then(changed), greeted)


def greeted(s: Context) -> None:
    """After the greeting: ask for the score where that is wanted (S5), then begin."""
    from voicecoach.dialog import scores  # which goes on through this module

    if s.care.asks:
        scores.ask_start(s)
    else:
        first_exercise(s)


def first_exercise(s: Context) -> None:
    """Begin the first exercise."""
    exercise(s, 0)


def exercise(s: Context, index: int, lines: Sequence[str] = ()) -> None:
    """Describe exercise `index`, after `lines`."""
    s.index, s.stop, s.first, s.recheck = index, 0, 1, False
    s.finished.pop(index, None)
    s.stations = s.plan.stations(index, s.level)
    s.record("exercise_started", id=s.exercise.id, name=s.exercise.name, n=index + 1)
    lead = s.speak(lines) if lines else Track((), Ms(0))
    track = lead.then(s.plan.reading(index, s.level, s.talk))
    s.enter(State.READING, track, settle)


def settle(s: Context) -> None:
    """Give time to get into position."""
    s.enter(State.SETTLING, s.plan.settle(s.index, s.talk), work)


def count_in(s: Context) -> None:
    """Count in, then go on: the user is in position."""
    s.enter(State.SETTLING, s.plan.count_in(), s.mark.then if s.mark else work)


def work(s: Context) -> None:
    """Lead one set."""
    track = s.plan.led(s.station, s.level, s.how, s.first)
    state = work_state(s.variant.dose)
    if s.recheck:
        s.enter(state, *_first_only(track, s.first, state))
    else:
        s.enter(state, track, after_work)


def _first_only(track: Track, first: int, state: State) -> tuple[Track, Then]:
    """Return the first repetition alone, and then the question how it was (S4)."""
    counts = [i for i, cue in enumerate(track.cues) if cue.kind is CueKind.COUNT]
    counts = counts or _soon(track)
    if len(counts) < 2:
        rest = Mark(State.RESTING, silence(Ms(0)), after_work, 1)
        return track, partial(_ask_again, rest=rest)
    rest = Mark(state, track.start_at(counts[1]), after_work, first + 1)
    return track.until(track.cues[counts[1]].at), partial(_ask_again, rest=rest)


def _soon(track: Track) -> list[int]:
    """Return the first cue of a rest of minutes, and one to ask at before it is all over."""
    later = [i for i, cue in enumerate(track.cues) if cue.enter and cue.at >= ASK_AFTER]
    return [0, later[0]] if later else []


def _ask_again(s: Context, rest: Mark) -> None:
    from voicecoach.dialog import pain_response  # which goes on through this module

    s.recheck, s.mark = False, rest
    pain_response.check(s)


def work_state(dose: Dose) -> State:
    """Return the state in which a dose is done."""
    if isinstance(dose, Timed):
        return State.HOLDING
    return State.ROLLING if isinstance(dose, Strokes) else State.COUNTING


def rework(s: Context, lines: Sequence[str]) -> None:
    """Do the present set at a new level: say `lines` and what changes, count in, go on."""
    first, dose = s.rep(), s.variant.dose
    s.first = 1 if isinstance(dose, Timed) else min(first, dose.count)
    s.hush()
    s.stations = s.plan.stations(s.index, s.level)
    s.stop = min(s.stop, len(s.stations) - 1)
    changes = spoken(s.sided(s.variant.say), s.plan.length, after=Ms(500))
    talked = s.speak(lines, Ms(500)).then(changes)
    back = s.plan.settle(s.index, s.talk) if s.out is not None else s.plan.count_in()
    s.enter(State.SETTLING, talked.then(back), work)


def after_work(s: Context) -> None:
    """Go to the next side or set, or end the exercise."""
    if s.stop + 1 == len(s.stations):
        end_exercise(s)
        return
    before = s.station
    s.stop, s.first = s.stop + 1, 1
    switching = s.station.set == before.set
    state = State.SWITCHING if switching else State.RESTING
    s.enter(state, s.plan.bridge(before, s.station, s.level), work)


def end_exercise(s: Context) -> None:
    """The exercise is done: rest before the next one, or close the session."""
    note_end(s, "done")
    following = next_index(s)
    if following is None:
        close(s)
    else:
        go = partial(exercise, index=following)
        s.enter(State.RESTING, s.plan.between(s.index, following), go)


def move_on(s: Context, lines: Sequence[str] = ()) -> None:
    """Leave the exercise undone: after `lines` the next one, or close the session."""
    note_end(s, "skipped")
    following = next_index(s)
    if following is None:
        close(s)
    else:
        exercise(s, following, lines)


def note_end(s: Context, outcome: str) -> None:
    """Record how the present exercise ended: done, skipped or dropped; once."""
    if s.index not in s.finished:
        s.finished[s.index] = outcome
        s.record("exercise_finished", id=s.exercise.id, outcome=outcome)


def next_index(s: Context) -> int | None:
    """Return the next exercise that was not dropped, or None; none once the session closes."""
    if s.leaving:
        return None
    later = range(s.index + 1, len(s.plan.routine.exercises))
    return next((i for i in later if i not in s.dropped), None)


def close(s: Context) -> None:
    """Say goodbye after a session that came to its end; praise only for what was done."""
    s.leaving = "done"
    praise = [s.line("set_done")] if s.finished.get(s.index) == "done" else []
    whole = "done" in s.finished.values()
    _part(s, [*praise, *s.get_out()], last_words(s.plan.routine, s.plan.say, whole=whole))


def leave(s: Context, lines: Sequence[str], outcome: str) -> None:
    """End the session early: `lines`, goodbye."""
    if graver(outcome, s.leaving):
        s.leaving = outcome
    _part(s, lines, _goodbye(s))


def _goodbye(s: Context) -> list[str]:
    """Return the goodbye of a session that ends early; none after an alarm."""
    return [] if s.leaving in ALARMS else [s.line("finished_early")]


def graver(outcome: str, before: str | None) -> bool:
    """Tell whether an outcome replaces the one `before`."""
    if before not in ALARMS:
        return True
    return outcome in ALARMS and ALARMS.index(outcome) < ALARMS.index(before)


def _part(s: Context, lines: Sequence[str], goodbye: Sequence[str]) -> None:
    """Say `lines` and goodbye; in between, ask for the score where that is wanted (S27)."""
    from voicecoach.dialog import scores  # which goes on through this module

    begun, alarm = bool(s.stations), s.leaving in ALARMS
    if s.care.asks and begun and not alarm and not s.asked_end:
        scores.ask_end(s, lines, goodbye)
    else:
        s.enter(State.CLOSING, farewell(s, [*lines, *goodbye]), finish)


def farewell(s: Context, lines: Sequence[str]) -> Track:
    """Return the last lines of a session."""
    return spoken(lines, s.plan.length, lead=SENTENCE)


def depart(s: Context, outcome: str) -> None:
    """Leave the present exercise behind: whatever is asked now, it goes on with the next one."""
    note_end(s, outcome)
    following = next_index(s)
    if following is None:
        s.leaving = s.leaving or "ended"
        track = farewell(s, [s.line("nothing_left"), *_goodbye(s)])
        s.mark = Mark(State.CLOSING, track, finish, 1)
    else:
        go = partial(exercise, index=following)
        s.mark = Mark(State.RESTING, silence(Ms(0)), go, 1)


def finish(s: Context) -> None:
    """Be over."""
    outcome = s.leaving or "ended"
    done = sum(how == "done" for how in s.finished.values())
    s.state = State.ENDED
    s.player.stop()
    s.record("session_finished", outcome=outcome, done=done)
    s.effects.append(Finish(outcome))
