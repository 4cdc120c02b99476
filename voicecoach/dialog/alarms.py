"""Alarms: call the helper, say whether that worked, and end (SAFETY S7, S8, S25)."""

from __future__ import annotations

from voicecoach.dialog.context import Context
from voicecoach.dialog.effects import CallHelper
from voicecoach.dialog.next import Next
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import Outcome
from voicecoach.eventlog.kinds import Halted, HelperCalled
from voicecoach.track import Track, silence
from voicecoach.units import Ms

PATIENCE = Ms(12_000)
"""How long after its first words an alarm waits to hear whether the helper was reached: longer than
a request on the local network is given (`alerts.webhook.PATIENCE_S`)."""

LINES: dict[Outcome, str] = {
    "emergency": "emergency",
    "urgent": "urgent",
    "help": "help_over",
    "no_answer": "check_in_last",
}
"""Keys of what is said first and last, by outcome."""

COMPLAINTS: dict[Outcome, Complaint] = {
    "emergency": Complaint.EMERGENCY,
    "urgent": Complaint.URGENT,
    "help": Complaint.STUCK,
    "no_answer": Complaint.SILENCE,
}

REASONS: dict[Outcome, str] = {
    "emergency": "emergency",
    "urgent": "emergency care is needed today",
    "help": "the user asked for help",
    "no_answer": "no answer to a safety question",
}
"""What the helper is told."""


def emergency(s: Context) -> None:
    """S7: the dialog ends; the emergency number, twice; the helper."""
    s.hush()
    s.record(Halted(why="emergency"))
    sound_alarm(s, "emergency")


def urgent(s: Context) -> None:
    """S8: the dialog ends; emergency care today, twice; no exercises until a doctor was seen."""
    s.hush()
    s.record(Halted(why="urgent"))
    s.ending.blocked = True
    sound_alarm(s, "urgent")


def sound_alarm(s: Context, outcome: Outcome) -> None:
    """Call the helper, and say the alarm."""
    s.turn.effects.append(CallHelper(REASONS[outcome]))
    s.record(HelperCalled(why=REASONS[outcome]))
    s.ending.reached = None
    s.ending.take(outcome)
    _say(s, outcome)


def repeat_alarm(s: Context) -> None:
    """Say an alarm again that a halt cut short: it stays the outcome (S7, S8)."""
    assert s.ending.outcome is not None
    _say(s, s.ending.outcome)


def alarm_cut(s: Context) -> None:
    """The program was restarted in an alarm: say it again, and call the helper again, unless they
    were reached.
    """
    assert s.ending.outcome is not None
    if s.ending.reached:
        repeat_alarm(s)
    else:
        sound_alarm(s, s.ending.outcome)


def _say(s: Context, outcome: Outcome) -> None:
    """Say what to do, whether the helper comes as soon as that is known, and how to lie; then what
    to do once more.
    """
    what = s.line(LINES[outcome])
    first, position = [*map(s.line, s.turn.news), what], s.safely(COMPLAINTS[outcome])
    s.turn.news = ()
    if s.helper and s.ending.reached is None:
        track = s.farewell([*first, *position]).then(silence(PATIENCE))
        s.enter(State.CLOSING, track, Next.HELPER_SILENT)
    else:
        track = s.farewell([*first, _whether(s), *position, what])
        s.enter(State.CLOSING, track, Next.GOODBYE_SAID)


def _whether(s: Context) -> str:
    """Return whether someone comes."""
    answered = "helper_called" if s.ending.reached else "helper_missed"
    return s.line(answered if s.helper else "no_helper")


def _last_words(s: Context) -> Track:
    """Return whether someone comes, and what to do once more."""
    assert s.ending.outcome is not None
    return s.farewell([_whether(s), s.line(LINES[s.ending.outcome])])


def helper_told(s: Context) -> None:
    """It is known whether the helper was reached: say so after what is being said.

    Where the coach was about to say something else, having waited for so long, it says this.
    """
    if s.state is not State.CLOSING or not s.ending.alarmed:
        return  # a repeated alarm says it
    if s.then is Next.HELPER_SILENT:
        s.then = Next.GOODBYE_SAID
        said = s.player.end - PATIENCE
        s.player.follow(Ms(max(s.now, s.player.busy, said)), _last_words(s))
    else:
        s.hush()
        s.enter(State.CLOSING, _last_words(s), Next.GOODBYE_SAID)


def helper_silent(s: Context) -> None:
    """Nothing is known of the helper after `PATIENCE`: the user must not count on them."""
    s.ending.reached = bool(s.ending.reached)
    s.enter(State.CLOSING, _last_words(s), Next.GOODBYE_SAID)
