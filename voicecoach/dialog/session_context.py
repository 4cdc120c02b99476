"""Where a session stands: the place in the plan, how it is led, and the pain that was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from voicecoach.dialog import reprompts
from voicecoach.dialog.asking import ask
from voicecoach.dialog.care import Care
from voicecoach.dialog.context import REACTION, Context
from voicecoach.dialog.next import Next
from voicecoach.dialog.player import Said
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import (
    POSTURES,
    STAYS_DOWN,
    Complaint,
    Move,
    Person,
    Posture,
)
from voicecoach.dialog.session_state import MOVING, NEVER, Delivery, Mark, Pain, Place
from voicecoach.dialog.states import ACTIVE, CHECKS, EXERCISE, WAITING, WORK, State
from voicecoach.dialog.trouble import Trouble
from voicecoach.eventlog.kinds import (
    LogEvent,
    Outcome,
    Resumed,
    SessionFinished,
)
from voicecoach.language.prompts import Prompts
from voicecoach.language.sides import LEFT
from voicecoach.plan.narration import BRIEF, sided
from voicecoach.plan.plan import Plan
from voicecoach.plan.stations import Station
from voicecoach.routine.model import Exercise, Position, Variant
from voicecoach.track import Cue, Item, Lengths, Track
from voicecoach.units import Ms

AFTER_ASIDE = Ms(600)
"""Silence between an answer and what it interrupted, by ear."""


@dataclass
class SessionContext(Context):
    """The mutable part of a session."""

    plan: Plan = field(kw_only=True)
    care: Care = field(kw_only=True, default_factory=Care)
    place: Place = field(default_factory=Place)
    delivery: Delivery = field(default_factory=Delivery)
    pain: Pain = field(default_factory=Pain)
    mark: Mark | None = None

    LADDERS: ClassVar[Mapping[State, Ladder]] = reprompts.SESSION
    STOPPED_HINT: ClassVar[str] = "stopped_hint"
    UNHELPED: ClassVar[State] = State.ASK_HURT
    SAVED: ClassVar[tuple[str, ...]] = (*Context.SAVED, "place", "delivery", "pain", "mark")

    @property
    def prompts(self) -> Prompts:
        """The coach's own lines."""
        return self.plan.prompts

    @property
    def person(self) -> Person:
        """What is known of a pregnancy past the twelfth week (S17)."""
        return Person.LEFT if self.care.lie_left else Person.PLAIN

    @property
    def lengths(self) -> Lengths:
        """The lengths of all lines; a silent cue's is 0."""
        return self.plan.spoken

    @property
    def exercise(self) -> Exercise:
        """The present exercise."""
        return self.plan.exercise(self.place.index)

    @property
    def begun(self) -> bool:
        """Whether an exercise was begun."""
        return bool(self.place.stations)

    @property
    def level(self) -> int:
        """The present exercise's level: -1 easier, 0 plain, 1 harder."""
        return self.place.levels.get(self.place.index, 0)

    @property
    def variant(self) -> Variant:
        """The present exercise at its level."""
        return self.exercise.variant(self.level)

    @property
    def station(self) -> Station:
        """The present station."""
        return self.place.stations[self.place.stop]

    @property
    def talk(self) -> int:
        """How much is said of the present exercise."""
        return self.talk_of(self.place.index)

    def talk_of(self, index: int) -> int:
        """Return how much is said of an exercise: less of one that the user knows."""
        return min(BRIEF, self.delivery.talk) if self._knows(index) else self.delivery.talk

    def _knows(self, index: int) -> bool:
        """Tell whether the user has done an exercise lately, and wants no more detail."""
        return self.plan.exercise(index).id in self.care.known and not self.delivery.detailed

    def way_in(self) -> tuple[Item, ...]:
        """Return the way into the present position: the short one, if the user knows it."""
        return self.exercise.led_in(known=self._knows(self.place.index))

    def reading(self) -> Track:
        """Return the description of the present exercise, whole."""
        recalled = self.care.recall.before.get(self.exercise.id, ())
        return self.plan.reading(self.place.index, self.level, self.talk, recalled)

    @property
    def interrupted(self) -> State:
        """The state of the routine: where it stands, or where it was interrupted."""
        return self.mark.state if self.mark else self.state

    def sided(self, items: Sequence[Item]) -> list[Item]:
        """Return sentences of the exercise with the present side filled in."""
        side = self.station.side if self.begun else None
        return sided(items, side or LEFT, self.prompts)

    def settle(self) -> Track:
        """Return the last words before the present set, time to do them, and what leads in."""
        index, side = self.place.index, self.station.side
        return self.plan.settle(index, self.level, self.talk, side, self.delivery.settled)

    def lead_in(self) -> Track:
        """Return what leads into the present set, alone."""
        return self.plan.lead_in(self.place.index, self.level)

    def way_out(self) -> list[Item]:
        """Return how to leave the present position; nothing before the first exercise."""
        return self.plan.way_out(self.place.index) if self.begun else []

    def release(self) -> list[Item]:
        """Return how to let go of the work, or the way out where the exercise does not say.

        The way out off the floor takes up to a minute: it waits until the questions are answered.
        """
        return self.sided(self.exercise.release) or self.way_out()

    @property
    def in_position(self) -> bool:
        """Whether the user is in the position of the present exercise, and not on the way to it."""
        if not self.begun or self.place.out is not None or self.place.index in self.place.finished:
            return False
        on_the_way = {State.READING} if self.on_roller else {State.READING, State.SETTLING}
        return self.interrupted in EXERCISE - on_the_way

    @property
    def on_roller(self) -> bool:
        """Whether the present exercise lies on the roller."""
        return self.exercise.position is Position.ROLLER

    @property
    def strained(self) -> bool:
        """Whether the position is a strain (S30): on the roller always, else at work, but at rest
        never.
        """
        if not self.in_position or not self.variant.dose.strained:
            return False
        return self.on_roller or self.interrupted in WORK

    def posture(self, _complaint: Complaint) -> Posture:
        """Return how the body is. In a description it may already lie as the exercise does."""
        lies = self.begun and self.place.out is None and _complaint not in STAYS_DOWN
        known = lies or self.in_position
        return POSTURES[self.exercise.position] if known else Posture.UNKNOWN

    def leads_out(self, move: Move) -> bool:
        """Tell whether a move leads out: an exercise that has no release says the way out."""
        return super().leads_out(move) or not self.exercise.release

    def get_out(self) -> list[Item]:
        """Return the way out, unless it has just been said whole, or leads up too soon."""
        if self.trouble.stays_down:
            return self.rise()
        if self.place.out is not None and self.place.out <= self.now:
            return []
        lines = self.way_out()
        if self.ending.outcome is None:  # at the end nothing comes that could lead out once more
            self.note_out(lines)
        return lines

    def note_out(self, _lines: Sequence[Item]) -> None:
        """Note that lines which are said now lead out of the position."""
        if self.begun:
            super().note_out(_lines)
            self.place.out = Ms(self.now + self.speak(_lines).length)

    def goodbye(self) -> list[str]:
        """Return the goodbye of a session that ends early; none after an alarm."""
        return [] if self.ending.alarmed else [self.line("finished_early")]

    def hold(self, state: State, track: Track, then: Next) -> None:
        """Let this follow once the question that is put now was answered."""
        self.mark = Mark(state, track, then, 1, self.now)

    def part(self, lines: Sequence[Item], goodbye: Sequence[str]) -> None:
        """Say `lines` and goodbye; in between, ask for the score where that is wanted (S27).

        Not before an exercise was begun, not after an alarm, and only once.
        """
        wanted = self.care.asks and self.begun and not self.ending.asked_score
        if not wanted or self.ending.alarmed:
            super().part(lines, goodbye)
            return
        self.ending.asked_score, self.ending.goodbye = True, tuple(goodbye)
        self.hold(State.CLOSING, self.farewell(goodbye), Next.GOODBYE_SAID)
        ask(self, State.ASK_END, *lines, self.line("ask_end"))

    def finished(self, outcome: Outcome) -> LogEvent:
        """Return the event that closes the log."""
        done = sum(how == "done" for how in self.place.finished.values())
        return SessionFinished(outcome=outcome, done=done)

    def enter(self, state: State, track: Track, then: Next) -> None:
        """Go to `state` and play `track`; when it is over, `then` follows."""
        if self.state in WAITING - CHECKS and state in ACTIVE - {State.CLOSING}:
            self.record(Resumed(state=state.value, level=self.level))
        if state in ACTIVE:
            self.mark = self.asking.open = None
            self.asking.take_answer()
        if state in ACTIVE - {State.CLOSING, State.BREATHING}:
            self.trouble = Trouble()
        self.place.moved = state in MOVING or (self.place.moved and state not in ACTIVE)
        if state in EXERCISE:
            self.place.out = None
        super().enter(state, track, then)

    def start(self, track: Track, at: Ms) -> None:
        """Play `track` from `at` on; a way out that this cuts was not said."""
        self._cut_way_out()
        super().start(track, at)

    def hush(self) -> None:
        """Be silent at once, and remember where the routine stood."""
        self.keep_place()
        self._cut_way_out()
        super().hush()

    def _cut_way_out(self) -> None:
        out = self.place.out
        if out is not None and self.moment < out and not self.turn.leads_out:
            self.place.out = NEVER

    def delay(self, _late: Ms) -> None:
        """Note that what follows comes so much later, the end of a way out too."""
        if self.place.out is not None and self.place.out > self.moment:
            self.place.out = Ms(self.place.out + _late)

    def keep_place(self) -> None:
        """Set the mark, unless one is set already or there is nothing to go back to."""
        track = self.player.track
        if self.mark is None and self.state in ACTIVE and track and self.then:
            left = self.player.left(self.moment, self.lengths)
            self.mark = Mark(self.state, left, self.then, self.rep_at(self.moment), self.now)

    def rep(self) -> int:
        """Return the repetition that is running or at which work would go on."""
        return self.rep_at(self.now)

    def rep_at(self, at: Ms) -> int:
        """Return the repetition that runs at `at`, or at which work would go on."""
        if self.mark is not None:
            return self.mark.rep
        count = self.player.count(at)
        return count.n if count else self.place.first

    def left_at(self, at: Ms) -> Ms:
        """Return what is left at `at` of the track, or of the one that was interrupted."""
        if self.mark is not None:
            return self.mark.track.length
        return Ms(max(0, self.player.end - at) if self.player.track else 0)

    def answer(self, said: Said) -> Ms:
        """Say a line without losing the place: between the beats if it fits, or else aside.

        It is composed for the moment at which it begins. Returns when it will have been said.
        """
        until = self._between_beats(said) if self.state in WORK else None
        return self.aside(said) if until is None else until

    def aside(self, *lines: Said | Item) -> Ms:
        """Interrupt what is playing, say `lines`, and go back to the start of what was cut.

        Returns when they will have been said.
        """
        self.hush()
        at = Ms(self.now + REACTION)
        said = [line(at) if callable(line) else line for line in lines]
        self.start(self.speak(said, AFTER_ASIDE), self.now)
        self.then = Next.ASIDE_SAID
        return Ms(self.player.end - AFTER_ASIDE)

    def _between_beats(self, said: Said) -> Ms | None:
        earliest = Ms(self.now + REACTION)
        found = self.player.insert(said, earliest, self.lengths)
        if found is None:
            return None
        at, text = found
        self.play(Cue(Ms(0), text), at)
        return Ms(at + self.length(text))
