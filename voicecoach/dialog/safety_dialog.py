"""The halt words and the answers to the safety questions (SAFETY S1, S2, S4, S6, S7, S25)."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.dialog import flow, scores
from voicecoach.dialog.context import Context
from voicecoach.dialog.effects import CallHelper
from voicecoach.dialog.pain import UNCLEAR_LIMIT, UNCLEAR_SCORE, Report, Verdict
from voicecoach.dialog.pain_response import can_ease, judge
from voicecoach.dialog.reprompts import ask, ask_again, wait
from voicecoach.dialog.states import State
from voicecoach.routine.model import Region


def _region(s: Context) -> str | None:
    return s.heard.region if s.heard else None


def _number(s: Context) -> int:
    assert s.heard is not None
    assert s.heard.number is not None
    return s.heard.number


def _halt(s: Context, why: str) -> None:
    s.hush()
    s.record("halted", why=why)


def stop(s: Context) -> None:
    """S1: silence at once, latched."""
    _halt(s, "stop")
    s.question = s.line("stopped_hint")
    wait(s, State.STOPPED, [s.line("stopped")])


def pain(s: Context) -> None:
    """S2: ask for the score, and whether it is sharp."""
    _report_pain(s, Report(region=_region(s)))


def sharp_pain(s: Context) -> None:
    """S6: the word itself says that it is sharp; the score no longer matters."""
    _report_pain(s, Report(region=_region(s), sharp=True))


def _report_pain(s: Context, report: Report) -> None:
    _halt(s, "pain")
    earlier = s.report
    s.report = report
    if earlier and earlier.sharp:
        report.sharp = True
    if earlier and s.state is State.ASK_WHERE:
        if report.sharp:
            earlier.sharp = True
        _answer_where(s, earlier, report.region)
    elif report.sharp:
        judge(s)
    else:
        ask(s, State.ASK_SCORE, *_first(s), s.line("ask_score"))


def _first(s: Context) -> list[str]:
    """Return what comes before any question: that it stands still, and the way out (S30)."""
    return [s.line("stopped"), *s.ease_off(), s.line("ease_off")]


def where(s: Context) -> None:
    """Take the region that hurts (S5, S6); pain in the chest is asked about first (S7)."""
    assert s.report is not None
    _answer_where(s, s.report, _region(s))


def _answer_where(s: Context, report: Report, region: str | None) -> None:
    s.report = report
    report.region, report.placed = region, True
    s.record("answered", question=State.ASK_WHERE.value, region=region or "")
    if region == Region.CHEST.value:
        ask(s, State.ASK_BREATHING, s.line("ask_breathing"))
    else:
        judge(s)


def nowhere(s: Context) -> None:
    """Nobody can tell where: then all that the exercise loads is meant."""
    report = s.report = s.report or Report()
    _answer_where(s, report, None)


def need_help(s: Context) -> None:
    """Somebody calls for help: find out whether it is pain."""
    _halt(s, "help")
    ask(s, State.ASK_HURT, s.line("stopped"), *s.ease_off(), s.line("ask_hurt"))


def unwell(s: Context) -> None:
    """Dizzy or sick: rule out an emergency (S7); on the left side, where that is told (S17)."""
    _halt(s, "unwell")
    lie = s.line("lie_left" if s.care.lie_left else "lie_still")
    ask(s, State.ASK_BREATHING, s.line("stopped"), *s.ease_off(), lie, s.line("ask_breathing"))


def emergency(s: Context) -> None:
    """S7: the session ends; the emergency number, twice; the helper hook."""
    _halt(s, "emergency")
    s.effects.append(CallHelper("emergency"))
    s.record("helper_called", why="emergency")
    lines = [s.line("emergency"), *s.way_out(), s.line("emergency")]
    flow.leave(s, lines, "emergency")


def urgent(s: Context) -> None:
    """S8: the session ends; emergency care today, twice; nothing more until that has been."""
    _halt(s, "urgent")
    s.blocked = True
    lines = [s.line("urgent"), *s.way_out(), s.line("urgent")]
    flow.leave(s, lines, "urgent")


def too_much(s: Context) -> None:
    """Too hard is not pain yet: ask which."""
    _halt(s, "too_much")
    ask(s, State.ASK_EFFORT, s.line("let_go"), *s.ease_off(), s.line("ask_effort"))


def effort_only(s: Context) -> None:
    """It does not hurt: go on easier, or skip."""
    ask(s, State.OFFER_EASIER, s.line("offer_mid" if can_ease(s) else "offer_low_plain"))


def hurts(s: Context) -> None:
    """Yes, it hurts: the pain dialogue."""
    s.report = s.report or Report()
    if s.report.placed:  # the chest was asked about in between
        judge(s)
    else:
        ask(s, State.ASK_SCORE, s.line("ask_score"))


def unhurt(s: Context) -> None:
    """No pain: stay halted, and say what works. A pain that was told before is asked for."""
    if s.report is not None and s.state is State.ASK_BREATHING:
        hurts(s)
        return
    s.report = s.open = None
    s.question = s.line("stopped_hint")
    wait(s, State.STOPPED, [s.line("well_enough"), s.line("stopped_hint")])


def score(s: Context) -> None:
    """Take the score, nought to ten."""
    report = s.report = s.report or Report()
    report.score = _number(s)
    s.record("answered", question=s.state.value, score=report.score)
    if s.leaving:
        s.after = max(report.score, s.after or 0)
    elif s.before is None and not s.stations:
        s.before = report.score
    judge(s)


def sharp(s: Context) -> None:
    """It is sharp (S6)."""
    _answer_sharp(s, True)


def dull(s: Context) -> None:
    """It is not sharp."""
    _answer_sharp(s, False)


def _answer_sharp(s: Context, sharp: bool) -> None:
    report = s.report = s.report or Report()
    report.sharp = sharp
    s.record("answered", question=State.ASK_SHARP.value, sharp=sharp)
    judge(s)


def unclear(s: Context) -> None:
    """S2: an answer nobody could make out. Twice, and the worse one is taken."""
    s.unclear += 1
    if s.unclear < UNCLEAR_LIMIT:
        ask_again(s)
    elif s.state in (State.ASK_SCORE, State.CHECK_SCORE):
        report = s.report = s.report or Report()
        report.score = UNCLEAR_SCORE
        judge(s)
    elif s.state in _WORSE:
        _WORSE[s.state](s)


def not_sure(s: Context) -> None:
    """Not sure is asked once more in other words, then counts as the worse answer."""
    if s.state is State.ASK_BREATHING and s.unclear + 1 >= UNCLEAR_LIMIT:
        emergency(s)
    else:
        unclear(s)


def checked(s: Context) -> None:
    """The score after the first repetition: go on, or act on it as on any other."""
    told = Report(score=_number(s), sharp=False)
    if told.verdict(0, s.before) is not Verdict.LOW:
        score(s)
        return
    s.report = None
    s.record("answered", question=s.state.value, score=_number(s))
    s.go_back([s.line("well_enough")])


_WORSE: dict[State, Callable[[Context], None]] = {
    State.ASK_SHARP: sharp,
    State.ASK_HURT: hurts,
    State.ASK_EFFORT: hurts,
    State.ASK_WHERE: nowhere,
    State.ASK_START: scores.without_start,
    State.ASK_END: scores.without_end,
}
"""Noise alone makes no emergency (S7): after that question it counts as no answer (S25)."""
