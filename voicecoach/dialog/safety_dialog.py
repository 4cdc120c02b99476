"""The halts and alarms that every conversation obeys (SAFETY S1, S7, S8, S17, S25, S26)."""

from __future__ import annotations

from voicecoach.dialog.asking import ask, ask_again, stand
from voicecoach.dialog.context import Context
from voicecoach.dialog.effects import CallHelper
from voicecoach.dialog.ending import leave
from voicecoach.dialog.pain import UNCLEAR_LIMIT
from voicecoach.dialog.states import State
from voicecoach.eventlog.kinds import Halt, Halted, HelperCalled, Outcome


def halt(s: Context, why: Halt) -> None:
    """Be silent at once, and log why."""
    s.hush()
    s.record(Halted(why=why))


def stop(s: Context) -> None:
    """S1: silence at once, latched."""
    halt(s, "stop")
    stand(s, State.STOPPED, [s.line("stopped")], s.STOPPED_HINT)


def unwell(s: Context) -> None:
    """Dizzy or sick: rule out an emergency (S7); on the left side, where that applies (S17)."""
    halt(s, "unwell")
    lie = s.line("lie_left" if s.lie_left else "lie_still")
    ask(s, State.ASK_BREATHING, s.line("stopped"), *s.ease_off(), lie, s.line("ask_breathing"))


def emergency(s: Context) -> None:
    """S7: the dialog ends; the emergency number, twice; the helper hook."""
    halt(s, "emergency")
    _call_helper(s, "emergency", "emergency")
    _alarm(s, "emergency")


def urgent(s: Context) -> None:
    """S8: the dialog ends; emergency care today, twice; no exercises until a doctor was seen."""
    halt(s, "urgent")
    s.ending.blocked = True
    _alarm(s, "urgent")


def _alarm(s: Context, outcome: Outcome) -> None:
    leave(s, [s.line(outcome), *s.way_out(), s.line(outcome)], outcome)


def no_answer(s: Context) -> None:
    """S25: no answer to a safety question: call the helper, then end."""
    _call_helper(s, "no answer to a safety question", "no answer")
    leave(s, [s.line("check_in_last"), *s.get_out()], "no_answer")


def _call_helper(s: Context, reason: str, logged: str) -> None:
    s.turn.effects.append(CallHelper(reason))
    s.record(HelperCalled(why=logged))


def repeat_alarm(s: Context) -> None:
    """Say an alarm again that a stop cut short: it stays the outcome (S7, S8)."""
    outcome = s.ending.outcome
    assert outcome is not None
    if outcome == "no_answer":
        leave(s, [s.line("check_in_last")], outcome)
    else:
        _alarm(s, outcome)


def well(s: Context) -> None:
    """No trouble with the breath: stay halted, and say what leads on."""
    s.asking.open = None
    hint = s.STOPPED_HINT
    stand(s, State.STOPPED, [s.line("well_enough"), s.line(hint)], hint)


def is_last_try(s: Context) -> bool:
    """Count an answer that could not be understood; tell whether the worse one counts now (S2)."""
    s.asking.unclear += 1
    return s.asking.unclear >= UNCLEAR_LIMIT


def unsure_of_breath(s: Context) -> None:
    """Not sure is asked once more in other words, then it is an emergency (S7)."""
    if is_last_try(s):
        emergency(s)
    else:
        ask_again(s)


def unclear_breath(s: Context) -> None:
    """Noise is asked about once more. Alone it makes no emergency: then it is no answer (S25)."""
    if not is_last_try(s):
        ask_again(s)
