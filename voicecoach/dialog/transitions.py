"""A conversation as data: what each command does in each state, and what follows each track.

1. A command without a row is not live in that state: its phrases are not listened for.
2. Halt commands have a row in every state but the last. A test holds both rules.

The recogniser's phrases, the dialog and the diagrams in ``docs/architecture.md`` are all read from
the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from voicecoach.dialog.context import Context
from voicecoach.dialog.events import Unclear
from voicecoach.dialog.next import Next
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command

C = TypeVar("C", bound=Context)
C_contra = TypeVar("C_contra", bound=Context, contravariant=True)
Here = frozenset[State]
Step = Callable[[C], None]

STAYS: tuple[State, ...] = ()
"""Where a row leads that leaves the state as it is."""


@dataclass(frozen=True, slots=True)
class Row(Generic[C_contra]):
    """In any of `states`, any of `commands` does `step`, and leads to one of `to`."""

    states: Here
    commands: tuple[Command, ...]
    step: Step[C_contra]
    to: tuple[State, ...] = STAYS


@dataclass(frozen=True, slots=True)
class Follow(Generic[C_contra]):
    """After a track in any of `states`, `then` does `step`, and leads to one of `to`."""

    states: Here
    then: Next
    step: Step[C_contra]
    to: tuple[State, ...]
    label: str
    """What the track was, for the diagrams."""


@dataclass(frozen=True, slots=True)
class Unheard(Generic[C_contra]):
    """In any of `states`, something that is no live phrase does `step`."""

    states: Here
    step: Step[C_contra]
    near_halt: bool = False
    """Only where it was loud and may have been a halt word."""
    for_help: bool = False
    """Only where that halt word calls for help."""
    distinct: bool = False
    """Only where it stood out of a quiet room."""

    def takes(self, event: Unclear) -> bool:
        """Return whether this row is about such an event."""
        near = event.near_halt or not self.near_halt
        near = near and (event.for_help or not self.for_help)
        return near and (event.distinct or not self.distinct)


def row(
    states: Iterable[State] | State,
    commands: Command | tuple[Command, ...],
    step: Step[C],
    *to: State,
) -> Row[C]:
    """Return a row of a table."""
    group = commands if isinstance(commands, tuple) else (commands,)
    return Row(here(states), group, step, to)


def here(states: Iterable[State] | State) -> Here:
    """Return one state or several as a set."""
    return frozenset({states}) if isinstance(states, State) else frozenset(states)


class Conversation(Generic[C]):
    """The tables of one conversation. Raises `ValueError` for two rows that contradict."""

    def __init__(
        self,
        begin: Step[C],
        rows: Iterable[Row[C]],
        follows: Iterable[Follow[C]],
        unheard: Iterable[Unheard[C]],
        deaf: Step[C],
        inaudible: Step[C],
        restored: Step[C],
        helped: Step[C],
    ) -> None:
        self.begin = begin
        self.rows, self.follows, self.unheard = tuple(rows), tuple(follows), tuple(unheard)
        self.deaf = deaf
        """What is done when the microphone is lost (S26)."""
        self.inaudible = inaudible
        """What is done when what was said did not sound."""
        self.restored = restored
        """What is done when the program was restarted in the middle, or the sound was gone."""
        self.helped = helped
        """What is done when it is known whether the helper was reached."""
        self.table: Mapping[tuple[State, Command], Row[C]] = _once(
            ((state, command), found)
            for found in self.rows
            for state in found.states
            for command in found.commands
        )
        self._live = {
            state: frozenset(command for at, command in self.table if at is state)
            for state, _ in self.table
        }
        self.after: Mapping[Next, Follow[C]] = _once((one.then, one) for one in self.follows)

    def live(self, state: State) -> frozenset[Command]:
        """Return the commands that have a row in `state`."""
        return self._live.get(state, frozenset())


K = TypeVar("K")
V = TypeVar("V")


def _once(pairs: Iterable[tuple[K, V]]) -> Mapping[K, V]:
    found: dict[K, V] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"two rows for {key}")
        found[key] = value
    return found
