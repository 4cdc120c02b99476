"""Alarms: call the helper, say whether that worked, and end (SAFETY S7, S8, S25)."""

from __future__ import annotations

from voicecoach.dialog.context import Context
from voicecoach.dialog.effects import CallHelper
from voicecoach.dialog.next import Next
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import Outcome
from voicecoach.eventlog.kinds import Halted, HelperCalled
from voicecoach.track import Item, silence
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


def _say(s: Context, outcome: Outcome) -> None:
    """Say what to do and how to lie; then whether the helper comes, once that is known."""
    lines = [s.line(LINES[outcome]), *s.safely(COMPLAINTS[outcome])]
    if s.helper and s.ending.reached is None:
        track = s.farewell(lines).then(silence(PATIENCE))
        s.enter(State.CLOSING, track, Next.HELPER_SILENT)
    else:
        s.enter(State.CLOSING, s.farewell([*lines, *_whether(s)]), Next.GOODBYE_SAID)


def _whether(s: Context) -> list[Item]:
    """Return whether someone comes, and what to do once more."""
    assert s.ending.outcome is not None
    answered = "helper_called" if s.ending.reached else "helper_missed"
    told = answered if s.helper else "no_helper"
    return [s.line(told), s.line(LINES[s.ending.outcome])]


def helper_told(s: Context) -> None:
    """It is known whether the helper was reached: say so after the line that sounds."""
    if s.state is not State.CLOSING or s.then is not Next.HELPER_SILENT:
        return  # a repeated alarm says it
    assert s.player.track is not None
    rest = [cue.text for cue in s.player.track.cues[s.player.next :]]
    s.then = Next.GOODBYE_SAID
    s.start(s.farewell([*rest, *_whether(s)]), Ms(max(s.now, s.player.busy)))


def helper_silent(s: Context) -> None:
    """Nothing is known of the helper after `PATIENCE`: the user must not count on them."""
    s.ending.reached = bool(s.ending.reached)
    s.enter(State.CLOSING, s.farewell(_whether(s)), Next.GOODBYE_SAID)
