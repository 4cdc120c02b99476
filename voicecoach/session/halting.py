"""The halt words and the answers to the safety questions (SAFETY S1, S2, S4, S6, S7, S25)."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.session import flow
from voicecoach.session.aftermath import can_ease, judge
from voicecoach.session.effects import CallHelper
from voicecoach.session.pain import MIDDLE_FROM, UNCLEAR_LIMIT, UNCLEAR_SCORE, Report
from voicecoach.session.situation import Situation
from voicecoach.session.state import State
from voicecoach.session.waiting import ask, ask_again, wait


def _region(s: Situation) -> str | None:
    return s.heard.region if s.heard else None


def _number(s: Situation) -> int:
    assert s.heard is not None
    assert s.heard.number is not None
    return s.heard.number


def _halt(s: Situation, why: str) -> None:
    s.hush()
    s.record("halted", why=why)


def stop(s: Situation) -> None:
    """S1: silence at once, latched."""
    _halt(s, "stop")
    s.question = s.line("stopped_hint")
    wait(s, State.STOPPED, [s.line("stopped")])


def pain(s: Situation) -> None:
    """S2: ask for the score, and whether it is sharp."""
    _report_pain(s, Report(region=_region(s)))


def sharp_pain(s: Situation) -> None:
    """S6: the word itself says that it is sharp; the score no longer matters."""
    _report_pain(s, Report(region=_region(s), sharp=True))


def _report_pain(s: Situation, report: Report) -> None:
    _halt(s, "pain")
    earlier = s.report
    s.report = report
    if earlier and earlier.sharp:
        report.sharp = True
    if report.sharp:
        judge(s)
    else:
        ask(s, State.ASK_SCORE, s.line("ask_score"))


def need_help(s: Situation) -> None:
    """Somebody calls for help: find out whether it is pain."""
    _halt(s, "help")
    ask(s, State.ASK_HURT, s.line("ask_hurt"))


def unwell(s: Situation) -> None:
    """Dizzy or sick: rule out an emergency (S7)."""
    _halt(s, "unwell")
    ask(s, State.ASK_BREATHING, s.line("ask_breathing"))


def emergency(s: Situation) -> None:
    """S7: the session ends; the emergency number, twice; the helper hook."""
    _halt(s, "emergency")
    s.effects.append(CallHelper("emergency"))
    s.record("helper_called", why="emergency")
    lines = [s.line("emergency"), *s.way_out(), s.line("emergency")]
    flow.leave(s, lines, "emergency")


def too_much(s: Situation) -> None:
    """Too hard is not pain yet: ask which."""
    _halt(s, "too_much")
    ask(s, State.ASK_EFFORT, s.line("ask_effort"))


def effort_only(s: Situation) -> None:
    """It does not hurt: go on easier, or skip."""
    ask(s, State.OFFER_EASIER, s.line("offer_mid" if can_ease(s) else "offer_low_plain"))


def hurts(s: Situation) -> None:
    """Yes, it hurts: the pain dialogue."""
    s.report = s.report or Report()
    ask(s, State.ASK_SCORE, s.line("ask_score"))


def unhurt(s: Situation) -> None:
    """No pain: stay halted, and say what works. A pain that was told before is asked for."""
    if s.report is not None and s.state is State.ASK_BREATHING:
        hurts(s)
        return
    s.report = s.open = None
    s.question = s.line("stopped_hint")
    wait(s, State.STOPPED, [s.line("well_enough"), s.line("stopped_hint")])


def score(s: Situation) -> None:
    """Take the score, nought to ten."""
    report = s.report = s.report or Report()
    report.score = _number(s)
    s.record("answered", question=s.state.value, score=report.score)
    judge(s)


def sharp(s: Situation) -> None:
    """It is sharp (S6)."""
    _answer_sharp(s, True)


def dull(s: Situation) -> None:
    """It is not sharp."""
    _answer_sharp(s, False)


def _answer_sharp(s: Situation, sharp: bool) -> None:
    report = s.report = s.report or Report()
    report.sharp = sharp
    s.record("answered", question=State.ASK_SHARP.value, sharp=sharp)
    judge(s)


def unclear(s: Situation) -> None:
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


def not_sure(s: Situation) -> None:
    """Not sure is asked once more in other words, then counts as the worse answer."""
    if s.state is State.ASK_BREATHING and s.unclear + 1 >= UNCLEAR_LIMIT:
        emergency(s)
    else:
        unclear(s)


def checked(s: Situation) -> None:
    """The score after the first repetition: go on, or act on it as on any other."""
    if _number(s) >= MIDDLE_FROM:
        score(s)
        return
    s.report = None
    s.record("answered", question=s.state.value, score=_number(s))
    s.go_back([s.line("well_enough")])


_WORSE: dict[State, Callable[[Situation], None]] = {
    State.ASK_SHARP: sharp,
    State.ASK_HURT: hurts,
    State.ASK_EFFORT: hurts,
}
"""Noise alone makes no emergency (S7): after that question it counts as no answer (S25)."""
