"""A report of pain and the questions about it (SAFETY S2, S4, S6, S7)."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.dialog import scores
from voicecoach.dialog.alarms import repeat_alarm
from voicecoach.dialog.asking import ask, ask_again
from voicecoach.dialog.pain import UNCLEAR_SCORE, Report, Verdict
from voicecoach.dialog.pain_response import judge, the_report
from voicecoach.dialog.returning import go_back
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.safety_dialog import ask_open, halt, is_last_try
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import State
from voicecoach.eventlog.kinds import Answered
from voicecoach.routine.model import Region


def pain(s: SessionContext) -> None:
    """S2: ask for the score, and whether it is sharp."""
    _report(s, Report(region=s.region))


def sharp_pain(s: SessionContext) -> None:
    """S6: the word itself says that it is sharp; the score no longer matters."""
    _report(s, Report(region=s.region, sharp=True))


def _report(s: SessionContext, report: Report) -> None:
    halt(s, "pain")
    if s.ending.alarmed:
        repeat_alarm(s)
        return
    s.trouble.add(Complaint.PAIN)
    s.trouble.answered(State.ASK_HURT)
    s.trouble.answered(State.ASK_EFFORT)
    earlier = s.pain.report
    s.pain.report = report
    if earlier and earlier.sharp:
        report.sharp = True
    if earlier and s.state is State.ASK_WHERE:
        if report.sharp:
            earlier.sharp = True
        _answer_where(s, earlier, report.region)
    elif report.sharp:
        judge(s)
    else:
        first = [s.line("stopped"), *s.safely(Complaint.PAIN), s.line("ease_off")]
        if not ask_open(s, *first):
            ask(s, State.ASK_SCORE, *first, s.line("ask_score"))


def hurts(s: SessionContext) -> None:
    """Yes, it hurts: ask about the pain."""
    s.trouble.answered(s.state)
    s.trouble.add(Complaint.PAIN)
    judge(s)


def score(s: SessionContext) -> None:
    """Take the score, zero to ten."""
    the_report(s).score = s.number
    s.record(Answered(question=s.state.value, score=s.number))
    if s.ending.outcome:
        s.pain.end = max(s.number, s.pain.end or 0)
    elif s.pain.start is None and not s.begun:
        s.pain.start = s.number
    judge(s)


def checked(s: SessionContext) -> None:
    """The score after the first repetition: go on, or act on it as on any other."""
    told = Report(score=s.number, sharp=False)
    if told.verdict(0) is not Verdict.LOW:
        score(s)
        return
    s.pain.report = None
    s.record(Answered(question=s.state.value, score=s.number))
    go_back(s, [s.line("good")])


def sharp(s: SessionContext) -> None:
    """It is sharp (S6)."""
    _answer_sharp(s, True)


def dull(s: SessionContext) -> None:
    """It is not sharp."""
    _answer_sharp(s, False)


def _answer_sharp(s: SessionContext, sharp: bool) -> None:
    the_report(s).sharp = sharp
    s.record(Answered(question=State.ASK_SHARP.value, sharp=sharp))
    judge(s)


def where(s: SessionContext) -> None:
    """Take the region that hurts (S5, S6); pain in the chest is asked about first (S7)."""
    _answer_where(s, the_report(s), s.region)


def nowhere(s: SessionContext) -> None:
    """The place is not known: then all that the exercise loads is meant."""
    _answer_where(s, the_report(s), None)


def _answer_where(s: SessionContext, report: Report, region: str | None) -> None:
    s.pain.report = report
    report.region, report.placed = region, True
    s.record(Answered(question=State.ASK_WHERE.value, region=region or ""))
    if region == Region.CHEST.value:
        ask(s, State.ASK_BREATHING, s.line("ask_breathing"))
    else:
        judge(s)


def unclear(s: SessionContext) -> None:
    """S2: not sure, or not understood: asked once more in other words, then the worse answer."""
    if is_last_try(s):
        _WORSE[s.state](s)
    else:
        ask_again(s)


def _worst_score(s: SessionContext) -> None:
    the_report(s).score = UNCLEAR_SCORE
    judge(s)


_WORSE: dict[State, Callable[[SessionContext], None]] = {
    State.ASK_SCORE: _worst_score,
    State.CHECK_SCORE: _worst_score,
    State.ASK_SHARP: sharp,
    State.ASK_HURT: hurts,
    State.ASK_EFFORT: hurts,
    State.ASK_WHERE: nowhere,
    State.ASK_START: scores.without_start,
    State.ASK_END: scores.without_end,
}
"""What is taken for an answer that stays unclear."""
