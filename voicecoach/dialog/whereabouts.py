"""Where a session stands: in the plan, at which level, and how the body lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from voicecoach.dialog.care import Care
from voicecoach.dialog.context import Context
from voicecoach.dialog.safe_position import (
    POSTURES,
    STAYS_DOWN,
    Complaint,
    Move,
    Person,
    Posture,
)
from voicecoach.dialog.session_state import Delivery, Mark, Pain, Place
from voicecoach.dialog.states import EXERCISE, State
from voicecoach.language.prompts import Prompts
from voicecoach.language.sides import LEFT, RIGHT
from voicecoach.plan.narration import BRIEF, sided
from voicecoach.plan.plan import Plan
from voicecoach.plan.stations import Station
from voicecoach.routine.model import Exercise, Position, Variant
from voicecoach.track import Item, Lengths, Pause, Track, lines_of
from voicecoach.units import Ms

LET_GO = Ms(3000)
"""Time to let go of a strain in one's own way: the median of `release` in the shipped routines."""


@dataclass
class Whereabouts(Context):
    """What a session can tell of itself, without changing anything."""

    plan: Plan = field(kw_only=True)
    care: Care = field(kw_only=True, default_factory=Care)
    place: Place = field(default_factory=Place)
    delivery: Delivery = field(default_factory=Delivery)
    pain: Pain = field(default_factory=Pain)
    mark: Mark | None = None

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
        return self.plan.way_out(self.lies_as) if self.begun else []

    @property
    def lies_as(self) -> int:
        """The exercise whose position the user is in: while one is described that lies as the one
        before, that is the one before.
        """
        before = self.place.before if self.interrupted is State.READING else None
        return self.place.index if before is None else before

    def release(self, complaint: Complaint) -> list[Item]:
        """Return how to let go of the strain.

        Where the exercise does not say: after a stop or a pause in the user's own way, else by the
        way out. The way out off the floor takes up to a minute: it waits until the questions are
        answered.
        """
        station = self.place.strain or self.station
        exercise = self._led(station)
        if not exercise.release and complaint is Complaint.REST:
            return [self.line("ease_out"), Pause(LET_GO)]
        return sided(exercise.release or exercise.way_out, station.side or RIGHT, self.prompts)

    def _led(self, station: Station) -> Exercise:
        """Return the exercise of a station at its level."""
        level = self.place.levels.get(station.exercise, 0)
        return self.plan.exercise(station.exercise).at(level)

    @property
    def in_position(self) -> bool:
        """Whether the user is in the position of the present exercise, and not on the way to it."""
        if not self.begun or self.place.out is not None or self.place.index in self.place.finished:
            return False
        lies_there = self.on_roller or self.place.strain
        on_the_way = {State.READING} if lies_there else {State.READING, State.SETTLING}
        return self.interrupted in EXERCISE - on_the_way

    @property
    def on_roller(self) -> bool:
        """Whether the present exercise lies on the roller."""
        return self.exercise.position is Position.ROLLER

    @property
    def strained(self) -> bool:
        """Whether the position is a strain that the user was not told to let go of (S30)."""
        return self.place.strain is not None and self.place.out is None

    def strain_after(self, track: Track, sounded: int) -> Station | None:
        """Return the strain that is kept once so many milliseconds of `track` have sounded.

        The first words of a `start` take it up; the last line of a release, or the first one of a
        way out, lets it go once it was heard whole.
        """
        strain = self.place.strain
        for cue in track.cues:
            start, end = self.lengths.span(cue)
            if start > sounded:
                break
            if cue.text in self._taking_up():
                strain = self.station
            elif strain and end <= sounded and cue.text in self._letting_go(strain):
                strain = None
        return strain

    def _taking_up(self) -> set[str]:
        """Return the first line of the present `start`, if that begins a strain."""
        start = self._led(self.station).start if self.begun and self.variant.dose.strained else ()
        return {*lines_of(self.sided(start))[:1]}

    def _letting_go(self, strain: Station) -> set[str]:
        """Return the lines after which a strain is over."""
        exercise, side = self._led(strain), strain.side or RIGHT
        ends = [*lines_of(exercise.release)[-1:], *lines_of(exercise.way_out)[:1]]
        return {self.line("ease_out"), *(self.prompts.sided(line, side) for line in ends)}

    def posture(self, _complaint: Complaint) -> Posture:
        """Return how the body is. In a description it may already lie as the exercise does."""
        lies = self.begun and self.place.out is None and _complaint not in STAYS_DOWN
        known = lies or self.in_position
        return POSTURES[self.exercise.position] if known else Posture.UNKNOWN

    def leads_out(self, move: Move, complaint: Complaint) -> bool:
        """Tell whether a move leads out: an exercise that has no release says the way out."""
        by_release = complaint is Complaint.REST or self.can_release
        return super().leads_out(move, complaint) or not by_release

    @property
    def can_release(self) -> bool:
        """Whether the exercise says how to let go of the strain that is kept."""
        strain = self.place.strain
        return strain is not None and bool(self._led(strain).release)

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
