"""What the control commands do. Each step is data in, effects out, by way of the situation."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.dialog import flow, pain_response
from voicecoach.dialog.context import Context
from voicecoach.dialog.effects import Gain
from voicecoach.dialog.reprompts import confirm_end, wait
from voicecoach.dialog.states import CHECKS, SAFETY, WAITING, WORK, State
from voicecoach.plan.narration import BARE, FULL
from voicecoach.plan.plan import PACES
from voicecoach.plan.track import TightError
from voicecoach.routine.model import Timed

GAIN_STEP, GAIN_MOST, GAIN_LEAST = 3.0, 6.0, -15.0
"""dB; clips are rendered so that GAIN_MOST does not clip (see voices)."""
HARDEST = 1

UNSKIPPED = SAFETY | CHECKS | {State.OFFER_GENTLE}
"""Questions that "next" does not pass by (S29)."""


def ready_or_on(s: Context) -> None:
    """In position: count in at once; between two exercises: describe the next at once."""
    s.hush()
    assert s.mark is not None
    if s.index in s.finished or s.mark.then is flow.after_work:
        s.mark.then(s)
    else:
        flow.count_in(s)


def begin_now(s: Context) -> None:
    """Leave the greeting or the description, and begin."""
    s.hush()
    if s.state is State.WELCOME:
        flow.greeted(s)
    else:
        flow.settle(s)


def set_done(s: Context) -> None:
    """The user has done the set: go on to what follows."""
    s.hush()
    flow.after_work(s)


def _elsewhere(s: Context) -> bool:
    """Refuse to go on past an open question (S29), or out of the closing of the session."""
    if not s.open and not s.leaving:
        return False
    s.hush()
    pain_response.resume(s)
    return True


def skip(s: Context) -> None:
    """Leave the exercise for the next one; what was offered may be skipped, too."""
    if (s.leaving or (s.open and s.open[0] in UNSKIPPED)) and _elsewhere(s):
        return
    s.hush()
    flow.move_on(s, [s.line("skipping")])


def back(s: Context) -> None:
    """From a description to the exercise before; from elsewhere to the start of this one."""
    if _elsewhere(s):
        return
    was_reading = (s.mark.state if s.mark else s.state) is State.READING
    s.hush()
    earlier = [i for i in range(s.index) if i not in s.dropped]
    if s.index not in s.dropped and not (was_reading and earlier):
        earlier.append(s.index)
    if earlier:
        flow.exercise(s, earlier[-1], [s.line("going_back")])
    else:
        s.go_back([s.line("going_on")])


def repeat(s: Context) -> None:
    """Say again what was said last; in the middle of work, the key cue."""
    if s.state in WORK:
        s.answer(*s.sided([s.exercise.short]))
    else:
        s.hush()
        s.go_back()


def repeat_question(s: Context) -> None:
    """Put the question once more."""
    s.hush()
    wait(s, s.state, [s.question])


def slower(s: Context) -> None:
    """Stretch the beat."""
    _change_pace(s, 1, "slower")


def faster(s: Context) -> None:
    """Tighten the beat."""
    _change_pace(s, -1, "faster")


def _change_pace(s: Context, by: int, key: str) -> None:
    if s.stations and isinstance(s.variant.dose, Timed):
        reply(s, [s.line("pace_hold")])
        return
    before, s.pace = s.pace, max(0, min(s.pace + by, len(PACES) - 1))
    fits = s.pace != before and _fits(s)
    if fits:
        s.record("pace", percent=PACES[s.pace])
        _lead_anew(s)
    else:
        s.pace = before
    reply(s, [s.line(key if fits else "pace_limit")])


def _fits(s: Context) -> bool:
    try:
        if s.stations:
            s.plan.work(s.station, s.level, s.how)
    except TightError:
        return False
    return True


def _lead_anew(s: Context) -> None:
    """Lead the work that is still to come in the present manner, from the next beat on."""
    if not s.stations or s.recheck or isinstance(s.variant.dose, Timed):
        return
    track = s.plan.led(s.station, s.level, s.how, s.rep())
    if s.mark is not None:
        if s.mark.state in WORK:
            s.mark = s.mark.with_track(track)
    elif s.state in WORK:
        boundary = s.player.boundary()
        if boundary is not None and s.player.track is not None:
            n = s.player.track.cues[boundary].n
            s.player.rebuild(s.plan.led(s.station, s.level, s.how, n), boundary)


def easier(s: Context) -> None:
    """One level easier."""
    _change_level(s, -1, "easier", s.exercise.easier is not None or s.level > 0)


def harder(s: Context) -> None:
    """One level harder."""
    _change_level(s, 1, "harder", s.exercise.harder is not None or s.level < 0)


def _change_level(s: Context, by: int, key: str, there: bool) -> None:
    level = s.level + by
    if not there or not pain_response.EASIEST <= level <= HARDEST:
        reply(s, [s.line(f"{key}_none")])
        return
    if _elsewhere(s):
        return
    s.hush()
    s.levels[s.index] = level
    s.record("level", id=s.exercise.id, level=level)
    pain_response.carry_on(s, [s.line(key)])


def louder(s: Context) -> None:
    """Raise the level of the voice."""
    _change_gain(s, GAIN_STEP, "louder")


def quieter(s: Context) -> None:
    """Lower the level of the voice."""
    _change_gain(s, -GAIN_STEP, "quieter")


def _change_gain(s: Context, by: float, key: str) -> None:
    s.gain = max(GAIN_LEAST, min(s.gain + by, GAIN_MOST))
    s.effects.append(Gain(s.gain))
    reply(s, [s.line(key)])


def stop_counting(s: Context) -> None:
    """Count silently; breathing cues stay."""
    s.counting = False
    _lead_anew(s)
    reply(s, [s.line("counting_off")])


def start_counting(s: Context) -> None:
    """Count aloud again."""
    s.counting = True
    _lead_anew(s)
    reply(s, [s.line("counting_on")])


def meant_counting(s: Context) -> None:
    """The whole phrase "stop counting" was heard after its first word had halted."""
    s.counting = False
    _lead_anew(s)
    if not _elsewhere(s):
        s.go_back([s.line("counting_off")])


def less_talking(s: Context) -> None:
    """Say the key cues only, then the counts only."""
    s.talk = max(BARE, s.talk - 1)
    _lead_anew(s)
    reply(s, [s.line("less_talking")])


def more_detail(s: Context) -> None:
    """Say more."""
    s.talk = min(FULL, s.talk + 1)
    _lead_anew(s)
    reply(s, [s.line("more_detail")])


def reply(s: Context, lines: Sequence[str]) -> None:
    """Answer without changing anything: aside while the routine goes on, else in place."""
    if s.state in WAITING:
        s.hush()
        wait(s, s.state, lines)
    else:
        s.answer(*lines)


def end(s: Context) -> None:
    """Ask whether to end the session."""
    s.hush()
    s.stood = s.state
    confirm_end(s)


def end_now(s: Context) -> None:
    """End the session: the way out first."""
    s.hush()
    flow.leave(s, s.get_out(), "ended")
