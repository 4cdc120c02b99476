"""Strategies for what can happen to a session."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from voicecoach.dialog.events import (
    Event,
    Failed,
    Heard,
    Hushed,
    Recovered,
    Released,
    Started,
    Unclear,
    Woke,
)
from voicecoach.language.phrasebook import Command
from voicecoach.routine.model import Region
from voicecoach.units import Ms


@dataclass(frozen=True)
class Happening:
    """An event that comes `after` the one before, with the session woken in between."""

    after: Ms
    what: str
    command: Command = Command.STOP
    number: int = 0
    region: str | None = None

    def event(self, now: Ms) -> Event:
        """Return the event at `now`."""
        match self.what:
            case "heard":
                number = self.number if self.command is Command.NUMBER else None
                region = self.region if self.command is Command.PAIN else None
                return Heard(now, self.command, now, number, region)
            case "unclear" | "near a halt":
                return Unclear(now, near_halt=self.what == "near a halt")
            case "hushed":
                return Hushed(now)
            case "released":
                return Released(now)
            case "recogniser" | "device":
                return Failed(now, self.what, "it died")
            case "heard again":
                return Recovered(now, "recogniser", 3.0)
            case "started":
                return Started(now)
            case _:
                return Woke(now)


GAPS = st.one_of(
    st.integers(0, 400), st.integers(0, 9000), st.sampled_from([15_500, 31_000, 130_000, 400_000])
).map(Ms)
"""Pauses between events: within a reaction, within a cue, and over rungs of the ladders."""


def commands(*some: Command) -> st.SearchStrategy[Command]:
    """Return one of `some`, or any."""
    return st.sampled_from(some or tuple(Command))


def heard(*some: Command) -> st.SearchStrategy[Happening]:
    """Return a command of the user: one of `some`, or any."""
    return st.builds(
        Happening,
        GAPS,
        st.just("heard"),
        commands(*some),
        st.integers(0, 10),
        st.none() | st.sampled_from([region.value for region in Region]),
    )


def others() -> st.SearchStrategy[Happening]:
    """Return anything else that can happen."""
    kinds = ["unclear", "near a halt", "recogniser", "device", "heard again", "started", "woke"]
    return st.builds(Happening, GAPS, st.sampled_from([*kinds, "hushed", "released", "hushed"]))


PATHS = (
    Command.PAIN, Command.NUMBER, Command.NO, Command.YES, Command.STOP, Command.PAUSE,
    Command.RESUME, Command.EASIER, Command.NEXT, Command.BACK, Command.READY, Command.DONE,
    Command.END, Command.SLOWER, Command.HOW_TO,
)  # fmt: skip
"""Commands that lead far into the table, so that deep states are reached often."""


def anything(most: int = 25) -> st.SearchStrategy[list[Happening]]:
    """Return up to `most` happenings of every kind."""
    return st.lists(st.one_of(heard(*PATHS), heard(), others()), max_size=most)
