"""The halt words and the pain dialogue (SAFETY S1 to S7, S25, S29)."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.session import flow
from voicecoach.session.effects import CallHelper
from voicecoach.session.pain import MIDDLE_FROM, UNCLEAR_LIMIT, UNCLEAR_SCORE, Report, Verdict
from voicecoach.session.situation import Situation
from voicecoach.session.state import EXERCISE, State
from voicecoach.session.waiting import ask, ask_again, begin_breathing, reopen, wait

EASIEST = -1


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
    ask(s, State.OFFER_EASIER, s.line("offer_mid" if _can_ease(s) else "offer_low_plain"))


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
    else:
        _WORSE[s.state](s)


def not_sure(s: Situation) -> None:
    """Not sure is asked once more in other words, then counts as the worse answer."""
    unclear(s)


def judge(s: Situation) -> None:
    """Act on what is known of the pain, or ask what is missing."""
    assert s.report is not None
    verdict = s.report.verdict(s.middling.get(s.index, 0))
    if verdict is None:
        ask(s, State.ASK_SHARP, s.line("ask_sharp"))
        return
    s.record("judged", verdict=verdict.name.lower())
    report, s.report = s.report, None
    _VERDICTS[verdict](s, report)


def _low(s: Situation, _: Report) -> None:
    ask(s, State.OFFER_EASIER, s.line("offer_low" if _can_ease(s) else "offer_low_plain"))


def _middle(s: Situation, report: Report) -> None:
    s.middling[s.index] = s.middling.get(s.index, 0) + 1
    if not _can_ease(s):
        _drop(s, report)
        return
    s.recheck = True
    ask(s, State.OFFER_EASIER, s.line("offer_mid"))


def _drop(s: Situation, _: Report) -> None:
    s.dropped.add(s.index)
    s.record("dropped", id=s.exercise.id)
    _leave_exercise(s, [*s.way_out(), s.line("drop")])


def _high(s: Situation, report: Report) -> None:
    _end_region(s, report)
    flow.depart(s, "dropped")
    lines = [*s.way_out(), s.line("drop_region")]
    ask(s, State.OFFER_BREATHING, *lines, s.line("offer_breathing"))


def _sharp(s: Situation, report: Report) -> None:
    _end_region(s, report)
    lines = [*s.way_out(), s.line("drop_region"), s.line("see_doctor")]
    _leave_exercise(s, lines)


_VERDICTS: dict[Verdict, Callable[[Situation, Report], None]] = {
    Verdict.LOW: _low,
    Verdict.MIDDLE: _middle,
    Verdict.DROP: _drop,
    Verdict.HIGH: _high,
    Verdict.SHARP: _sharp,
}


def _end_region(s: Situation, report: Report) -> None:
    """Drop the present exercise and every later one that loads the same region (S5, S6)."""
    hurt = {report.region} if report.region else {r.value for r in s.exercise.regions}
    for i, exercise in enumerate(s.plan.routine.exercises):
        if i == s.index or (i > s.index and hurt & {r.value for r in exercise.regions}):
            s.dropped.add(i)
            s.record("dropped", id=exercise.id)


def _leave_exercise(s: Situation, lines: list[str], outcome: str = "dropped") -> None:
    """Say `lines` (the way out first), then offer the next exercise, if one is left."""
    flow.depart(s, outcome)
    following = flow.next_index(s)
    if following is None:
        flow.leave(s, [*lines, s.line("nothing_left")], "ended")
        return
    name = s.plan.exercise(following).name
    ask(s, State.OFFER_NEXT, *lines, s.line("offer_next", name=name))


def after_breathing(s: Situation) -> None:
    """Offer what is left after the calm breathing."""
    _leave_exercise(s, [s.line("well_enough")])


def enough_breathing(s: Situation) -> None:
    """Cut the calm breathing short."""
    s.hush()
    after_breathing(s)


def breathe(s: Situation) -> None:
    """Lead a minute of calm breathing, then offer what is left."""
    begin_breathing(s, after_breathing)


def go_easier(s: Situation) -> None:
    """Go on one level easier, from the repetition that was interrupted."""
    eased = _can_ease(s)
    if eased:
        s.levels[s.index] = max(EASIEST, s.level - 1)
    carry_on(s, [s.line("easier" if eased else "going_on")])


def carry_on(s: Situation, lines: list[str]) -> None:
    """Go on after a change of level: what changes is said before the work goes on."""
    mark = s.mark
    if mark is None or mark.state not in EXERCISE or s.index in s.finished:
        s.go_back(lines)
    elif mark.state is State.READING:
        flow.exercise(s, s.index, lines)
    else:
        flow.rework(s, lines)


def skip(s: Situation) -> None:
    """Leave the exercise: the way out first, then what comes next, on an explicit word."""
    _leave_exercise(s, s.way_out(), "skipped")


def go_next(s: Situation) -> None:
    """Go to the next exercise after a halt, on an explicit word (S29)."""
    flow.note_end(s, "skipped")
    following = flow.next_index(s)
    if following is None:
        flow.close(s)
    else:
        flow.exercise(s, following)


def check(s: Situation) -> None:
    """S4: ask for the score again after the first repetition; the mark is set to what follows."""
    s.report = Report(sharp=False)
    ask(s, State.CHECK_SCORE, s.line("check_score"))


def checked(s: Situation) -> None:
    """The score after the first repetition: go on, or act on it as on any other."""
    if _number(s) >= MIDDLE_FROM:
        score(s)
        return
    s.report = None
    s.record("answered", question=s.state.value, score=_number(s))
    s.go_back([s.line("well_enough")])


def resume(s: Situation) -> None:
    """Go on after a stop; a question that still stands, as after pain, comes first (S29)."""
    if s.open:
        reopen(s)
    else:
        s.go_back([s.line("going_on")])


def stay(s: Situation) -> None:
    """The session does not end: back to where it stood. A halt stays a halt (S29)."""
    if s.open is None and s.stood in (State.STOPPED, State.PAUSED):
        s.question = s.line("stopped_hint" if s.stood is State.STOPPED else "paused_hint")
        wait(s, s.stood, [s.question])
    else:
        resume(s)


def _can_ease(s: Situation) -> bool:
    return s.level > EASIEST and (s.exercise.easier is not None or s.level > 0)


_WORSE: dict[State, Callable[[Situation], None]] = {
    State.ASK_SHARP: sharp,
    State.ASK_HURT: hurts,
    State.ASK_EFFORT: hurts,
    State.ASK_BREATHING: emergency,
}
