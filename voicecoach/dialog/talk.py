"""A small talk before a session: lines, a question, an answer. A core like the session itself.

What every such talk has in common stands here: the voice, the clock, the halt words and the alarms
(SAFETY S1, S7, S8, S25, S26). The session proper has its table; a talk has a handful of words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

from voicecoach.dialog.context import REACTION
from voicecoach.dialog.effects import CallHelper, Effect, Finish, Hush, Listen, Play, Record
from voicecoach.dialog.events import Event, Failed, Heard, Started, Unclear
from voicecoach.dialog.flow import graver
from voicecoach.dialog.player import Player
from voicecoach.dialog.reprompts import LADDERS
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import HALTING, Command
from voicecoach.language.prompts import Prompts
from voicecoach.plan.track import Cue, Lengths, Track, silence, spoken
from voicecoach.units import Ms

C = Command

QUESTION, STOPPED, ALARM, CLOSING = "talk_question", "talk_stopped", "talk_alarm", "talk_closing"

LIVE: Mapping[str, frozenset[Command]] = {
    QUESTION: HALTING | {C.YES, C.NO, C.NOT_SURE, C.REPEAT, C.PAUSE, C.END},
    STOPPED: HALTING | {C.RESUME, C.START, C.GO, C.REPEAT, C.END},
    ALARM: HALTING | {C.YES, C.NO, C.NOT_SURE, C.REPEAT, C.END},
    CLOSING: HALTING,
}
"""The commands that are live in each state; "go" sounds like "no", so it answers no question."""

STOPS = frozenset({C.STOP, C.PAIN, C.SHARP_PAIN, C.PAUSE})
"""Nobody exercises yet: there is nothing to leave, and all that is to be done is to stand still."""

WAIT = Ms(15_000)
"""How long an answer is waited for before the question comes again, as in S25."""

HINT = Ms(60_000)
PATIENCE = Ms(600_000)
"""How long a talk that was stopped stays so, as in a session."""

Rungs = Sequence[tuple[Ms, str]]
"""Lines said into a silence, each after a wait."""

LINES = (
    "stopped", "talk_hint", "talk_ended", "talk_no_answer", "lie_still", "ask_breathing",
    "ask_breathing_again", "check_in", "check_in_last", "emergency", "urgent", "cannot_hear",
)  # fmt: skip


ALARMS: Mapping[str, tuple[str, ...]] = {
    "emergency": ("emergency", "emergency"),
    "urgent": ("urgent", "urgent"),
    "no_answer": ("check_in_last",),
}
"""Alarms, and the keys of what is said (S7, S8, S25)."""


def talk_lines(say: Prompts) -> list[str]:
    """Return what any talk may say, to be rendered before it."""
    return [say.say(key) for key in LINES]


class Talk(ABC):
    """Events in, effects out, as `dialog.core.Core` has it."""

    def __init__(self, say: Prompts, lengths: Lengths) -> None:
        self.say, self._lengths = say, lengths
        self._player = Player(lengths)
        self._effects: list[Effect] = []
        self._now = Ms(0)
        self._base = Ms(0)
        self._busy = Ms(0)
        self._cues = 0
        self._unsure = False
        self._alarmed = ""
        self._then: Callable[[], None] | None = None
        self._state = ""
        self._told = ""
        self.outcome = ""
        """Once it is over: what `Finish` said."""
        self.blocked = False
        """Whether emergency care was called for (S8)."""

    @abstractmethod
    def begin(self) -> None:
        """Say the first lines."""

    @abstractmethod
    def answer(self, command: Command) -> None:
        """Take one of the answers to a question: yes, no, not sure or repeat."""

    @abstractmethod
    def go_on(self) -> None:
        """Go on after a stop: put the question again."""

    def mumbled(self) -> None:
        """Take an answer that nobody could make out: the question comes again."""
        self.go_on()

    @property
    def deadline(self) -> Ms | None:
        """When `Woke` is due next, or None."""
        return None if self.outcome else self._player.deadline

    def handle(self, event: Event) -> list[Effect]:
        """Take an event and return what is to be done, in order."""
        begun = bool(self._state)
        if self.outcome or begun is isinstance(event, Started):
            return []
        self._effects = []
        self._now = Ms(max(self._now, event.now))
        if begun:
            self._advance()
        self._base = self._now
        if not self.outcome:
            self._take(event)
            self._advance()
        self._notice()
        return self._effects

    def ask(self, state: str, lines: Sequence[str], rungs: Rungs, then: Callable[[], None]) -> None:
        """Say `lines` and wait in `state`: after each silence of `rungs` a line, at last `then`.

        The last rung is a silence with no line.
        """
        track = spoken(lines, self._lengths, lead=REACTION)
        for quiet, line in rungs:
            track = track.then(silence(quiet))
            track = track.then(spoken([line], self._lengths)) if line else track
        self._enter(state, track, then)

    def part(self, lines: Sequence[str], outcome: str) -> None:
        """Say the last lines, and be over."""
        track = spoken(lines, self._lengths, lead=REACTION)
        self._enter(CLOSING, track, lambda: self._finish(outcome))

    def play(self, track: Track, then: Callable[[], None]) -> None:
        """Play a track in which only the halt words work, and then."""
        self._enter(CLOSING, track, then)

    def record(self, kind: str, **data: object) -> None:
        """Put an event into the log."""
        self._effects.append(Record(kind, data))

    def line(self, key: str) -> str:
        """Return one of the coach's own lines."""
        return self.say.say(key)

    def _take(self, event: Event) -> None:
        match event:
            case Started():
                self.begin()
            case Heard() if event.command in LIVE[self._state]:
                self._obey(event.command)
            case Unclear() if self._state == QUESTION:
                self.mumbled()
            case Failed(part="ears"):
                self.record("failed", part=event.part, why=event.why)
                self._stand([self.line("cannot_hear")])

    def _obey(self, command: Command) -> None:
        if command is C.EMERGENCY:
            self._emergency()
        elif command is C.URGENT:
            self.blocked = True
            self._alarm("urgent")
        elif command in (C.HELP, C.UNWELL):
            self._rule_out()
        elif command in STOPS:
            self._stop()
        elif command is C.END:
            self.part([self.line("talk_ended")], "ended")
        elif self._state == ALARM:
            self._ruled(command)
        elif self._alarmed:
            self._alarm(self._alarmed)
        elif self._state == STOPPED:
            self.go_on()
        else:
            self.answer(command)

    def _stop(self) -> None:
        self.record("halted", why="stop")
        self._stand([self.line("stopped"), self.line("talk_hint")])

    def _stand(self, lines: Sequence[str]) -> None:
        hint = self.line("talk_hint")
        rungs = [(HINT, hint), (PATIENCE, "")]
        self.ask(STOPPED, lines, rungs, lambda: self.part([self.line("talk_ended")], "ended"))

    def _rule_out(self) -> None:
        """Help, dizzy: rule out an emergency, with the ladder of a session (S7, S25)."""
        self.record("halted", why="unwell")
        self._unsure = False
        lines = [self.line(key) for key in ("stopped", "lie_still", "ask_breathing")]
        self._ask_breathing(lines)

    def _ask_breathing(self, lines: Sequence[str]) -> None:
        ladder = LADDERS[State.ASK_BREATHING]
        rungs = [(quiet, self.line(key)) for quiet, key in ladder.rungs]
        self.ask(ALARM, lines, [*rungs, (ladder.last, "")], self._no_answer)

    def _ruled(self, command: Command) -> None:
        if command is C.YES or (command is C.NOT_SURE and self._unsure):
            self._emergency()
        elif command is C.NO:
            self._stand([self.line("talk_hint")])
        else:
            self._unsure = self._unsure or command is C.NOT_SURE
            self._ask_breathing([self.line("ask_breathing_again")])

    def _no_answer(self) -> None:
        self._effects.append(CallHelper("no answer to a safety question"))
        self.record("helper_called", why="no answer")
        self._alarm("no_answer")

    def _emergency(self) -> None:
        self._effects.append(CallHelper("emergency"))
        self.record("helper_called", why="emergency")
        self._alarm("emergency")

    def _alarm(self, outcome: str) -> None:
        """Tell it, and be over; after a "stop" it is told again, and stays the outcome."""
        if graver(outcome, self._alarmed):
            self._alarmed = outcome
        self.record("halted", why=self._alarmed)
        self.part([self.line(key) for key in ALARMS[self._alarmed]], self._alarmed)

    def _enter(self, state: str, track: Track, then: Callable[[], None]) -> None:
        if self._busy > self._base:
            self._busy = self._base
            self._effects.append(Hush())
        self._state, self._then = state, then
        self._player.start(track, self._base)

    def _advance(self) -> None:
        while not self.outcome:
            for cue, at in self._player.due(self._now):
                self._play(cue, at)
            if not self._player.over(self._now) or self._then is None:
                return
            self._base = self._player.end
            then, self._then = self._then, None
            then()

    def _play(self, cue: Cue, at: Ms) -> None:
        self._cues += 1
        length = self._lengths(cue.text) if cue.text else 0
        self._busy = max(self._busy, Ms(at + length))
        self._effects.append(Play(self._cues, cue, at))

    def _finish(self, outcome: str) -> None:
        self.outcome = self._alarmed or outcome
        self._player.stop()
        self.record("talk_finished", outcome=self.outcome)
        self._effects.append(Finish(self.outcome))

    def _notice(self) -> None:
        if self._state != self._told and not self.outcome:
            self._told = self._state
            self.record("state", name=self._state)
            self._effects.append(Listen(self._state, LIVE[self._state]))
