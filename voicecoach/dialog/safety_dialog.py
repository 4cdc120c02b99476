"""The halts and complaints that every conversation obeys (SAFETY S1, S7, S17, S25, S29)."""

from __future__ import annotations

from voicecoach.dialog.alarms import emergency, repeat_alarm, sound_alarm
from voicecoach.dialog.asking import ask, ask_again, reopen_question, stand, wait
from voicecoach.dialog.context import Context
from voicecoach.dialog.pain import UNCLEAR_LIMIT
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import Halt
from voicecoach.eventlog.kinds import Halted
from voicecoach.track import Item

QUESTIONS = {
    State.ASK_HELP: "ask_help",
    State.ASK_BREATHING: "ask_breathing",
    State.ASK_PASSED: "ask_passed",
    State.ASK_HURT: "ask_hurt",
    State.ASK_EFFORT: "ask_effort",
}
"""Keys of the questions about a complaint."""

LASTING = 2
"""So many times "it has not passed", and the coach offers to call for help."""


def halt(s: Context, why: Halt) -> None:
    """Be silent at once, and log why; after a complaint no answer that was cut comes again."""
    s.hush()
    if why != "stop":
        s.asking.take_cut()
    s.record(Halted(why=why))


def stop(s: Context) -> None:
    """S1: silence at once, latched."""
    halt(s, "stop")
    stand(s, State.STOPPED, [s.line("stopped"), *s.safely(Complaint.REST)], s.STOPPED_HINT)


def unwell(s: Context) -> None:
    """Dizzy or sick: down, rule out an emergency (S7), and go on only once it has passed."""
    halt(s, "unwell")
    complain(s, Complaint.UNWELL, State.ASK_BREATHING, State.ASK_PASSED)


def need_help(s: Context) -> None:
    """A call for help, a fall, a body that is stuck: offer to call the helper."""
    halt(s, "help")
    complain(s, Complaint.STUCK, State.ASK_HELP, s.UNHELPED)


def may_need_help(s: Context) -> None:
    """It may have been a call for help: be quiet, and ask. A yes, or silence, calls the helper."""
    if s.ending.alarmed:
        return  # the helper has been called
    s.hush()
    s.trouble.add(Complaint.STUCK, State.ASK_HELP)
    ask_open(s)


def complain(s: Context, complaint: Complaint, *questions: State) -> None:
    """Bring the body to a safe position, and ask; an alarm that was given is only said again."""
    if s.ending.alarmed:
        repeat_alarm(s)
        return
    lines = [s.line("stopped"), *s.safely(complaint)]
    s.trouble.add(complaint, *questions)
    ask_open(s, *lines)


def ask_open(s: Context, *lines: Item) -> bool:
    """Put the gravest question about a complaint that has no answer; tell whether there is one."""
    if not s.trouble.open:
        return False
    state = s.trouble.open[0]
    ask(s, state, *lines, s.line(QUESTIONS[state]))
    return True


def call_for_help(s: Context) -> None:
    """The user wants help: call the helper, and end."""
    s.hush()
    sound_alarm(s, "help")


def not_passed(s: Context) -> None:
    """It has not passed: stay down; the second time, offer to call for help."""
    s.trouble.lasting += 1
    s.asking.unclear = 0
    if s.trouble.lasting < LASTING:
        wait(s, State.ASK_PASSED, [s.line("stay_down")])
        return
    s.trouble.lasting = 0
    s.trouble.add(Complaint.STUCK, State.ASK_HELP)
    ask_open(s, s.line("stay_down"))


def no_answer(s: Context) -> None:
    """S25: no answer after a complaint: call the helper, then end."""
    sound_alarm(s, "no_answer")


def reopen(s: Context) -> None:
    """After a silence: say an alarm again that was cut, or put the open question again."""
    if s.ending.alarmed:
        repeat_alarm(s)
    else:
        reopen_question(s)


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


def unsure_of_help(s: Context) -> None:
    """Not sure is asked once more in other words, then the helper is called."""
    if is_last_try(s):
        call_for_help(s)
    else:
        ask_again(s)


def unclear_noise(s: Context) -> None:
    """Noise is asked about once more. Alone it makes no emergency: then it is no answer (S25)."""
    if not is_last_try(s):
        ask_again(s)
