"""What follows from a report of pain: what is left out, what is offered (SAFETY S3 to S6, S29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from voicecoach.dialog import flow
from voicecoach.dialog.asking import ask
from voicecoach.dialog.ending import leave
from voicecoach.dialog.next import Next
from voicecoach.dialog.pain import Report, Verdict
from voicecoach.dialog.resuming import can_ease
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.safety_dialog import ask_open
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import ExerciseOutcome
from voicecoach.eventlog.kinds import BreathingFinished, BreathingStarted, Dropped, Judged
from voicecoach.track import Item

REGIONAL = frozenset({Verdict.HIGH, Verdict.SHARP})
"""Verdicts that end more than the present exercise: before them the region is asked for, if any
exercise is left that it could matter to."""


def the_report(s: SessionContext) -> Report:
    """Return the pain that is being asked about."""
    s.pain.report = s.pain.report or Report()
    return s.pain.report


def judge(s: SessionContext) -> None:
    """Act on what is known of the pain, or ask what is missing."""
    report = the_report(s)
    if ask_open(s):
        return
    loads = [region.value for region in s.exercise.regions]
    verdict = report.verdict(s.pain.middling.get(s.place.index, 0), s.pain.start, loads)
    if verdict is None:
        _ask_more(s, report)
        return
    if verdict in REGIONAL and not report.located and flow.next_index(s) is not None:
        _ask_where(s)
        return
    s.record(Judged(verdict=verdict.name.lower()))  # type: ignore[arg-type]
    s.pain.report = None
    _VERDICTS[verdict](s, report)


def _ask_more(s: SessionContext, report: Report) -> None:
    if report.score is None:
        ask(s, State.ASK_SCORE, s.line("ask_score"))
    elif report.sharp is None:
        ask(s, State.ASK_SHARP, s.line("ask_sharp"))
    else:
        _ask_where(s)


def _ask_where(s: SessionContext) -> None:
    ask(s, State.ASK_WHERE, *s.safely(Complaint.PAIN), s.line("ask_where"))


def _low(s: SessionContext, _: Report) -> None:
    if s.place.index in s.place.unfit:
        leave_exercise(s, [s.line("take_time")])
        return
    ask(s, State.OFFER_EASIER, s.line("offer_low" if can_ease(s) else "offer_low_plain"))


def _middle(s: SessionContext, report: Report) -> None:
    s.pain.middling[s.place.index] = s.pain.middling.get(s.place.index, 0) + 1
    if not can_ease(s) or s.place.index in s.place.unfit:
        _drop(s, report)
        return
    s.pain.recheck, s.pain.region = True, report.region
    ask(s, State.OFFER_EASIER, s.line("offer_mid"))


def _drop(s: SessionContext, report: Report) -> None:
    _leave_out(s, s.place.index, report)
    leave_exercise(s, [*s.get_out(), s.line("drop")])


def _high(s: SessionContext, report: Report) -> None:
    _end_region(s, report)
    flow.depart(s, "dropped")
    lines = [*s.get_out(), _alone(s, report), s.line("see_doctor")]
    ask(s, State.OFFER_BREATHING, *lines, s.line("offer_breathing"))


def _sharp(s: SessionContext, report: Report) -> None:
    _end_region(s, report)
    leave_exercise(s, [*s.get_out(), _alone(s, report), s.line("see_doctor")])


def _alone(s: SessionContext, report: Report) -> str:
    """Return that a part of the body is left alone today: the one named, or all at work."""
    named = [report.region] if report.region else [region.value for region in s.exercise.regions]
    return s.prompts.left_alone(named)


_VERDICTS: dict[Verdict, Callable[[SessionContext, Report], None]] = {
    Verdict.LOW: _low,
    Verdict.MIDDLE: _middle,
    Verdict.DROP: _drop,
    Verdict.HIGH: _high,
    Verdict.SHARP: _sharp,
}


def _end_region(s: SessionContext, report: Report) -> None:
    """Drop the present exercise and every later one that loads the same region (S5, S6).

    What is sharp may come from elsewhere, as down a leg from the back: then the regions of the
    present exercise count as well as the one that was named.
    """
    hurt = {report.region} if report.region else set()
    if report.sharp or not hurt:
        hurt |= {region.value for region in s.exercise.regions}
    for i, exercise in enumerate(s.plan.routine.exercises):
        later = i > s.place.index and hurt & {region.value for region in exercise.regions}
        if i == s.place.index or later:
            _leave_out(s, i, report)


def _leave_out(s: SessionContext, index: int, report: Report) -> None:
    s.place.dropped[index] = report.region or s.exercise.regions[0].value
    s.record(Dropped(id=s.plan.exercise(index).id))


def leave_exercise(
    s: SessionContext, lines: Sequence[Item], outcome: ExerciseOutcome = "dropped"
) -> None:
    """Say `lines` (the way out first), then offer the next exercise, if one is left."""
    flow.depart(s, outcome)
    following = flow.next_index(s)
    if following is None:
        slowly = s.get_out() if s.trouble.stays_down else []
        leave(s, [*lines, s.line(flow.why_over(s)), *slowly], "ended")
        return
    name = s.plan.exercise(following).name
    rule = [s.line("only_low")] if s.place.unfit else []
    ask(s, State.OFFER_NEXT, *lines, *rule, s.line("offer_next", name=name))


def breathe(s: SessionContext) -> None:
    """Lead a minute of calm breathing, then offer what is left."""
    s.record(BreathingStarted())
    s.enter(State.BREATHING, s.plan.breathing(), Next.BREATHED)


def breathed(s: SessionContext) -> None:
    """The minute of calm breathing is over."""
    s.record(BreathingFinished())
    after_breathing(s)


def after_breathing(s: SessionContext) -> None:
    """Offer what is left after the calm breathing."""
    leave_exercise(s, [s.line("take_time")])


def enough_breathing(s: SessionContext) -> None:
    """Cut the calm breathing short."""
    s.hush()
    after_breathing(s)


def skip(s: SessionContext) -> None:
    """Leave the exercise: the way out first, then what comes next, on an explicit word."""
    leave_exercise(s, s.get_out(), "skipped")


def go_next(s: SessionContext) -> None:
    """Go to the next exercise after a halt, on an explicit word (S29)."""
    flow.move_on(s)


def check(s: SessionContext) -> None:
    """S4: ask for the score again after the first repetition; the mark is set to what follows."""
    assert s.pain.after_check is not None
    s.pain.recheck, s.mark = False, replace(s.pain.after_check, at=s.now)
    s.pain.report = Report(region=s.pain.region, sharp=False)
    ask(s, State.CHECK_SCORE, s.line("check_score"))
