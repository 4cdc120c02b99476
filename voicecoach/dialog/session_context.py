"""The verbs of a session: how it leaves a position, falls silent, answers, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from voicecoach.dialog import reprompts
from voicecoach.dialog.asking import ask
from voicecoach.dialog.context import REACTION, Context
from voicecoach.dialog.effects import Scene
from voicecoach.dialog.next import Next
from voicecoach.dialog.player import Said
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.session_state import MOVING, NEVER, Mark
from voicecoach.dialog.states import ACTIVE, CHECKS, EXERCISE, WAITING, WORK, State
from voicecoach.dialog.trouble import Trouble
from voicecoach.dialog.whereabouts import Whereabouts
from voicecoach.eventlog.fields import LogEvent, Outcome
from voicecoach.eventlog.kinds import Resumed, SessionFinished
from voicecoach.track import Cue, Item, Track
from voicecoach.units import Ms

Answer = Callable[["SessionContext", Ms], Sequence[Item]]
"""What is said to a question of the user's, if it begins to sound at that time."""

AFTER_ASIDE = Ms(600)
"""Silence between an answer and what it interrupted, by ear."""


LONG_REST = Ms(20_000)
"""A rest of which the user may like a part to be filled. Our own choice."""

AFTER_WORK = frozenset({State.RESTING, State.SWITCHING, State.CLOSING})
"""What the work ends in: there the user lets go, told by a release or, without one, unasked."""


@dataclass
class SessionContext(Whereabouts):
    """The mutable part of a session."""

    LADDERS: ClassVar[Mapping[State, Ladder]] = reprompts.SESSION
    STOPPED_HINT: ClassVar[str] = "stopped_hint"
    UNHELPED: ClassVar[State] = State.ASK_HURT
    SAVED: ClassVar[tuple[str, ...]] = (*Context.SAVED, "place", "delivery", "pain", "mark")

    @property
    def scene(self) -> Scene:
        """What goes on: in a short rest the exercise does."""
        if self.state not in EXERCISE | {State.WELCOME}:
            return Scene.QUIET
        track = self.player.track
        long = self.state is State.RESTING and track is not None and track.length >= LONG_REST
        return Scene.REST if long else Scene.EXERCISE

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
            self.asking.take_cut()
        if state in ACTIVE - {State.CLOSING, State.BREATHING}:
            self.trouble = Trouble()
        self.place.moved = state in MOVING or (self.place.moved and state not in ACTIVE)
        if state in EXERCISE:
            self.place.out = None
        super().enter(state, track, then)
        strains = state in WORK or (state is State.SETTLING and self.on_roller)
        if strains and self.variant.dose.strained:
            self.place.strain = self.station
        elif state in AFTER_WORK and not self.can_release:
            self.place.strain = None

    def start(self, track: Track, at: Ms) -> None:
        """Play `track` from `at` on; a way out that this cuts was not said."""
        self._note_strain()
        self._cut_way_out()
        super().start(track, at)

    def hush(self) -> None:
        """Be silent at once, and remember where the routine stood."""
        self.keep_place()
        self._note_strain()
        self._cut_way_out()
        super().hush()

    def safely(self, complaint: Complaint) -> list[Item]:
        """Return the lines that bring the body to a position that is safe for `complaint`, with the
        time for each: after them the user is not in position any more.
        """
        lines = super().safely(complaint)
        self.place.moved = self.place.moved or bool(lines)
        return lines

    def _note_strain(self) -> None:
        """Note what was heard of the track that ends here: it takes up a strain, or lets it go."""
        track = self.player.track
        if track is not None:
            self.place.strain = self.strain_after(track, self.moment - self.player.anchor)

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

    def answer(self, said: Said) -> Ms:
        """Say a line without losing the place: between the beats if it fits, or else aside.

        It is composed for the moment at which it begins. Returns when it will have been said.
        """
        until = self.between_beats(said) if self.state in WORK else None
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

    def between_beats(self, said: Said) -> Ms | None:
        """Say a line between the beats; return when it will have been said, or None where it has no
        room.
        """
        earliest = Ms(self.now + REACTION)
        found = self.player.insert(said, earliest, self.lengths)
        if found is None:
            return None
        at, text = found
        self.play(Cue(Ms(0), text), at)
        return Ms(at + self.length(text))
