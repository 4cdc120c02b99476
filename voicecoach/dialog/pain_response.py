"""After a report of pain: what is left out, and how it goes on (SAFETY S3 to S6, S29)."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.dialog import flow
from voicecoach.dialog.context import Context
from voicecoach.dialog.pain import Report, Verdict
from voicecoach.dialog.reprompts import ask, begin_breathing, reopen, wait
from voicecoach.dialog.states import EXERCISE, State

EASIEST = -1

REGIONAL = frozenset({Verdict.HIGH, Verdict.SHARP})
"""Verdicts that end more than the present exercise: before them the region is asked for, if any
exercise is left that it could matter to."""


def judge(s: Context) -> None:
    """Act on what is known of the pain, or ask what is missing."""
    report = s.report
    assert report is not None
    verdict = report.verdict(s.middling.get(s.index, 0), s.before)
    if verdict is None:
        ask(s, State.ASK_SHARP, s.line("ask_sharp"))
        return
    known = report.region or report.placed
    if verdict in REGIONAL and not known and flow.next_index(s) is not None:
        ask(s, State.ASK_WHERE, *s.ease_off(), s.line("ask_where"))
        return
    s.record("judged", verdict=verdict.name.lower())
    s.report = None
    _VERDICTS[verdict](s, report)


def _low(s: Context, _: Report) -> None:
    ask(s, State.OFFER_EASIER, s.line("offer_low" if can_ease(s) else "offer_low_plain"))


def _middle(s: Context, report: Report) -> None:
    s.middling[s.index] = s.middling.get(s.index, 0) + 1
    if not can_ease(s):
        _drop(s, report)
        return
    s.recheck, s.region = True, report.region
    ask(s, State.OFFER_EASIER, s.line("offer_mid"))


def _drop(s: Context, report: Report) -> None:
    _leave_out(s, s.index, report)
    _leave_exercise(s, [*s.get_out(), s.line("drop")])


def _high(s: Context, report: Report) -> None:
    _end_region(s, report)
    flow.depart(s, "dropped")
    lines = [*s.get_out(), s.line("drop_region")]
    ask(s, State.OFFER_BREATHING, *lines, s.line("offer_breathing"))


def _sharp(s: Context, report: Report) -> None:
    _end_region(s, report)
    lines = [*s.get_out(), s.line("drop_region"), s.line("see_doctor")]
    _leave_exercise(s, lines)


_VERDICTS: dict[Verdict, Callable[[Context, Report], None]] = {
    Verdict.LOW: _low,
    Verdict.MIDDLE: _middle,
    Verdict.DROP: _drop,
    Verdict.HIGH: _high,
    Verdict.SHARP: _sharp,
}


def _end_region(s: Context, report: Report) -> None:
    """Drop the present exercise and every later one that loads the same region (S5, S6).

    What is sharp may come from elsewhere, as down a leg from the back: then the regions of the
    present exercise count as well as the one that was named.
    """
    hurt = {report.region} if report.region else set()
    if report.sharp or not hurt:
        hurt |= {region.value for region in s.exercise.regions}
    for i, exercise in enumerate(s.plan.routine.exercises):
        if i == s.index or (i > s.index and hurt & {r.value for r in exercise.regions}):
            _leave_out(s, i, report)


def _leave_out(s: Context, index: int, report: Report) -> None:
    s.dropped[index] = report.region or s.exercise.regions[0].value
    s.record("dropped", id=s.plan.exercise(index).id)


def _leave_exercise(s: Context, lines: list[str], outcome: str = "dropped") -> None:
    """Say `lines` (the way out first), then offer the next exercise, if one is left."""
    flow.depart(s, outcome)
    following = flow.next_index(s)
    if following is None:
        flow.leave(s, [*lines, s.line("nothing_left")], "ended")
        return
    name = s.plan.exercise(following).name
    ask(s, State.OFFER_NEXT, *lines, s.line("offer_next", name=name))


def after_breathing(s: Context) -> None:
    """Offer what is left after the calm breathing."""
    _leave_exercise(s, [s.line("well_enough")])


def enough_breathing(s: Context) -> None:
    """Cut the calm breathing short."""
    s.hush()
    after_breathing(s)


def breathe(s: Context) -> None:
    """Lead a minute of calm breathing, then offer what is left."""
    begin_breathing(s, after_breathing)


def go_easier(s: Context) -> None:
    """Go on one level easier, from the repetition that was interrupted."""
    eased = can_ease(s)
    if eased:
        s.levels[s.index] = max(EASIEST, s.level - 1)
    carry_on(s, [s.line("easier" if eased else "going_on")])


def carry_on(s: Context, lines: list[str]) -> None:
    """Go on after a change of level: what changes is said before the work goes on."""
    mark = s.mark
    if mark is None or mark.state not in EXERCISE or s.index in s.finished:
        s.go_back(lines)
    elif mark.state is State.READING:
        flow.exercise(s, s.index, lines)
    else:
        flow.rework(s, lines)


def skip(s: Context) -> None:
    """Leave the exercise: the way out first, then what comes next, on an explicit word."""
    _leave_exercise(s, s.get_out(), "skipped")


def go_next(s: Context) -> None:
    """Go to the next exercise after a halt, on an explicit word (S29)."""
    flow.move_on(s)


def check(s: Context) -> None:
    """S4: ask for the score again after the first repetition; the mark is set to what follows."""
    s.report = Report(region=s.region, sharp=False)
    ask(s, State.CHECK_SCORE, s.line("check_score"))


def resume(s: Context) -> None:
    """Go on after a stop; a question that still stands, as after pain, comes first (S29)."""
    if s.open:
        reopen(s)
    else:
        s.go_back([s.line("going_on")])


def stay(s: Context) -> None:
    """The session does not end: back to where it stood. A halt stays a halt (S29)."""
    if s.open is None and s.stood in (State.STOPPED, State.PAUSED):
        s.question = s.line("stopped_hint" if s.stood is State.STOPPED else "paused_hint")
        wait(s, s.stood, [s.question])
    else:
        resume(s)


def can_ease(s: Context) -> bool:
    """Tell whether an easier way is left."""
    return s.level > EASIEST and (s.exercise.easier is not None or s.level > 0)
