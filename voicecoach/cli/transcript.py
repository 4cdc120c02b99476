"""A session as people read it: who said what, and what was obeyed."""

from __future__ import annotations

from collections.abc import Callable

import click

from voicecoach.eventlog.inputs import LoudspeakerNoticed
from voicecoach.eventlog.kinds import (
    Event,
    Halted,
    HelperAnswered,
    HelperCalled,
    PartFailed,
    PartRecovered,
    Paused,
    Resumed,
)
from voicecoach.eventlog.sounds import CommandHeard, CueStarted, SpeechRefused, UserSpoke
from voicecoach.track import CueKind

SPOKEN = {CueKind.SAY, CueKind.MARK}
"""Kinds of cue that get a line of their own; counts and breathing cues share one."""


LOUDSPEAKER = {
    "unknown": "no echo of the coach's voice comes back: usual with headphones; "
    "else see whether the loudspeaker is mute",
    "lost": "the coach does not hear itself: is the loudspeaker mute, unplugged or asleep?",
    "heard": "the coach hears itself again",
}
"""What to tell about the loudspeaker."""

WHAT = {"device": "the sound", "recogniser": "the hearing"}
"""Parts of the program, as people call them."""


class Transcript:
    """Prints the events of a log as they come."""

    def __init__(self, echo: Callable[[str], None] = click.echo) -> None:
        self._echo = echo
        self._beats: list[str] = []
        self._since = 0.0

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, CueStarted) and event.kind_of_cue not in SPOKEN:
            self._beat(event)
        elif line := _line(event):
            self.flush()
            self._say(event.t, line)

    def flush(self) -> None:
        """Print the beats that were gathered."""
        if self._beats:
            self._say(self._since, "coach   " + " · ".join(self._beats))
            self._beats = []

    def _beat(self, cue: CueStarted) -> None:
        if not self._beats:
            self._since = cue.t
        if cue.text:
            self._beats.append(cue.text)

    def _say(self, at: float, line: str) -> None:
        minutes, tenths = divmod(round(at * 10), 600)
        self._echo(f"{minutes:2d}:{tenths / 10:04.1f}  {line}")


def _line(event: Event) -> str:
    """Return what to print for `event`; empty for what people need not read."""
    match event:
        case CueStarted(text=text):
            return f"coach   {text}" if text else ""  # a sound has no words
        case UserSpoke(text=text):
            return f"you     “{text}”"
        case CommandHeard(text=text):
            delay = 1000 * (event.decided - event.end)
            return f"        heard “{text}”, {delay:.0f} ms after the word"
        case SpeechRefused(text=text, why=why) if why != "repeated":  # it was obeyed already
            return f"        not obeyed: “{text}” ({why})"
        case Paused():
            return "        [paused]"
        case Resumed():
            return "        [resumed]"
        case Halted():
            return "        [halted]"
        case LoudspeakerNoticed() | HelperCalled() | HelperAnswered():
            return f"        [{_outside(event)}]"
        case PartFailed() | PartRecovered():
            return f"        [{_outside(event)}]"
    return ""


def _outside(
    event: LoudspeakerNoticed | HelperCalled | HelperAnswered | PartFailed | PartRecovered,
) -> str:
    """Return what happened to the helper, or to a part of the program."""
    match event:
        case LoudspeakerNoticed():
            return LOUDSPEAKER[event.state]
        case HelperCalled():
            return "the helper would be called now"
        case HelperAnswered():
            return f"the helper was {'' if event.reached else 'not '}reached"
        case PartFailed():
            return f"lost: {WHAT.get(event.part, event.part)}, {event.why.rstrip('.')}"
        case PartRecovered():
            return f"back: {WHAT.get(event.part, event.part)}, after {event.after:.0f} s"
