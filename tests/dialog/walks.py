"""Walks through conversations in virtual time: from many places, word after word.

A dialog is saved after each step, so that a walk branches cheaply; a place that was seen before is
not walked again. A ghost goes along and knows which answers are still owed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import msgspec

from tests.dialog.driver import wakings
from tests.dialog.walk_words import ALARMS, COMPLAINTS, PAID, PERHAPS_HELP, Word
from voicecoach.dialog.effects import CallHelper, Effect, Finish, Hush, Play
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, HelperResult, Started
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms

C, S = Command, State

LISTENS = 12_000
"""Milliseconds from one word to the next: most of what was said has sounded."""
PATIENCE = 300_000
"""Milliseconds of silence after a complaint within which the helper is called."""


@dataclass(frozen=True)
class Start:
    """Where a walk begins."""

    index: int
    """The exercise that the user is at; -1 before the first one."""
    name: str
    way: tuple[Word | State | int, ...]


@dataclass(frozen=True, slots=True)
class Ghost:
    """What a careful bystander remembers."""

    owed: frozenset[str] = frozenset()
    troubled: bool = False
    """Whether a complaint was made since the last load."""
    down: bool = False
    """Whether it was one after which nothing may lead up."""
    alarmed: bool = False
    sharp: bool = False
    """Whether the pain that is talked about is sharp."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a walk: a saved dialog, its time, and how it was reached."""

    saved: str
    now: Ms
    ghost: Ghost
    state: State
    path: tuple[str, ...] = ()
    last: str = ""
    """What was said last on the way to it."""


@dataclass
class Step:
    """What one word brought."""

    place: Place
    before: Place
    word: Word
    texts: list[str]
    states: list[State]
    helped: int
    """Calls of the helper."""
    outcome: str | None
    said: list[tuple[str, Ms]] = field(default_factory=list)
    """The lines and when they begin, of those that were not taken back."""
    owed: frozenset[str] = frozenset()
    """What was still owed after the word, and before the routine may have gone on."""


class Rules(Protocol):
    """What is checked on a walk, and what a conversation owes its user."""

    @property
    def goes_on(self) -> frozenset[State]:
        """States in which the conversation goes on after a complaint."""

    @property
    def owed(self) -> Mapping[Command, frozenset[str]]:
        """What each complaint owes."""

    def check(self, step: Step) -> None:
        """Check a step."""

    def left_alone(self, walker: Walker, place: Place) -> None:
        """Check what silence brings at a place that was not seen before."""


@dataclass
class Walker:
    """Walks one conversation, and hands each step to the checks."""

    dialog: Dialog[Any]
    live: Callable[[State], frozenset[Command]]
    rules: Rules
    seen: set[bytes] = field(default_factory=set)
    words: int = 0
    """How many were tried."""

    def start(self, reach: Callable[[Dialog[Any]], Ms]) -> Place:
        """Return the place that `reach` leads a new dialog to."""
        now = reach(self.dialog)
        return Place(self.dialog.save(), now, Ghost(), self.dialog.state)

    def walk(self, start: Place, depth: int, words: Sequence[Word]) -> None:
        """Try each of `words`, and again, up to `depth` of them, wherever that is new."""
        queue = deque([start])
        while queue:
            place = queue.popleft()
            if place.state is S.ENDED:
                continue
            for said in words:
                if said.command and said.command not in self.live(place.state):
                    continue
                step = self.take(place, said)
                self.words += 1
                self.rules.check(step)
                key = _key(step.place)
                if key in self.seen or step.outcome or step.place.state in self.rules.goes_on:
                    continue
                self.seen.add(key)
                self.rules.left_alone(self, step.place)
                if len(step.place.path) < depth:
                    queue.append(step.place)

    def take(self, place: Place, said: Word, listens: int = LISTENS) -> Step:
        """Return what a word brings at a place, and in the time after it."""
        self.dialog.load(place.saved)
        step = Step(place, place, said, [], [], 0, None)
        event = said.event(place.now)
        if event:
            self._give(step, event)
        until = place.now + listens
        for woke in wakings(self.dialog, until):
            self._give(step, woke)
        ghost = self._remember(place, said, step)
        state = self.dialog.state
        path, last = (*place.path, said.name), [place.last, *step.texts][-1]
        step.place = Place(self.dialog.save(), Ms(until), ghost, state, path, last)
        return step

    def _give(self, step: Step, event: Event) -> None:
        before = self.dialog.state
        for effect in self.dialog.handle(event):
            _note(step, effect, event.now)
        if self.dialog.state is not before:
            step.states.append(self.dialog.state)

    def end(self, place: Place, reached: bool | None, patience: int = PATIENCE) -> Step:
        """Return what silence brings; the helper that is called answers a second later."""
        self.dialog.load(place.saved)
        step = Step(place, place, Word("silence"), [], [], 0, None)
        waits = reached is not None
        if waits and place.ghost.alarmed:
            waits = False
            self._give(step, HelperResult(Ms(place.now + 100), bool(reached)))
        for woke in wakings(self.dialog, place.now + patience):
            self._give(step, woke)
            if waits and step.helped:
                waits = False
                self._give(step, HelperResult(Ms(woke.now + 1000), bool(reached)))
        step.place = replace(place, state=self.dialog.state)
        return step

    def _remember(self, place: Place, said: Word, step: Step) -> Ghost:
        """Return what the bystander knows after a step."""
        ghost, command = place.ghost, said.command
        owed = set(ghost.owed)
        left = not step.states or step.states[0] is not place.state
        for debt, (states, words) in PAID.items():
            unsure = command is C.NOT_SURE and not left
            if place.state in states and command in words and not unsure:
                owed.discard(debt)
        if command in (C.PAIN, C.SHARP_PAIN):
            owed -= {"matter", "effort"}  # that it hurts is the matter
        sharp = ghost.sharp or command is C.SHARP_PAIN
        if command in COMPLAINTS:
            owed |= self.rules.owed[command]
        perhaps = said.name == PERHAPS_HELP and not ghost.alarmed
        owed |= {"help"} if perhaps else set()
        if sharp or (command is C.PAIN and place.state is S.ASK_WHERE):
            owed.discard("score")  # no number makes it mild
        step.owed = frozenset(owed)
        alarmed = ghost.alarmed or step.helped > 0
        down = ghost.down or command in (C.UNWELL, C.HELP, *ALARMS) or alarmed
        troubled = ghost.troubled or command in COMPLAINTS or perhaps
        known = Ghost(frozenset(owed), troubled, down, alarmed, sharp)
        on = self.rules.goes_on.intersection(step.states)
        return Ghost(alarmed=alarmed) if on else known


def _note(step: Step, effect: Effect, now: Ms) -> None:
    match effect:
        case Play(cue=cue, at=at):
            step.texts.append(cue.text)
            step.said.append((cue.text, at))
        case Hush():
            step.said = [(text, at) for text, at in step.said if at < now]
        case CallHelper():
            step.helped += 1
        case Finish(outcome=outcome):
            step.outcome = outcome
        case _:
            pass


def _key(place: Place) -> bytes:
    """Return what decides how a walk goes on from a place: all that is saved but the times."""
    data = msgspec.json.decode(place.saved)
    for name in ("now", "player", "told"):
        data.pop(name, None)
    if data.get("mark"):
        data["mark"] = {k: v for k, v in data["mark"].items() if k in ("state", "then", "rep")}
    if data.get("place"):
        data["place"]["out"] = data["place"]["out"] is not None
        data["place"]["back_to"] = None
        data["place"]["finished"] = None
    for name in ("sure_until", "answered"):
        data["asking"].pop(name, None)
    return msgspec.json.encode([data, repr(place.ghost)])


def reaching(*words: Word | State | int) -> Callable[[Dialog[Any]], Ms]:
    """Return a way: each a word to say, a state to reach, or milliseconds to wait."""

    def reach(dialog: Dialog[Any]) -> Ms:
        now = Ms(0)
        dialog.handle(Started(now))
        for one in words:
            now = _reach(dialog, one, now)
        return now

    return reach


def _reach(dialog: Dialog[Any], one: Word | State | int, now: Ms) -> Ms:
    if isinstance(one, Word):
        event = one.event(now)
        assert event
        dialog.handle(event)
        return Ms(now + 300)
    until = now + one if isinstance(one, int) else 10**8
    for woke in wakings(dialog, until):
        if dialog.state is one:
            break
        dialog.handle(woke)
        now = Ms(max(now, woke.now))
    assert isinstance(one, int) or dialog.state is one, (one, dialog.state)
    return Ms(until) if isinstance(one, int) else now
