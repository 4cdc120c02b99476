"""Where a session stands: the place in the plan, what is playing, and what the user has asked for.

Steps change it through the few verbs here, so that silence, marks and records cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import Effect, Hush, Play, Record
from voicecoach.dialog.events import Heard
from voicecoach.dialog.pain import Report
from voicecoach.dialog.player import Player
from voicecoach.dialog.states import ACTIVE, CHECKS, EXERCISE, WAITING, WORK, State
from voicecoach.plan.narration import FULL, sided
from voicecoach.plan.plan import PACES, Plan
from voicecoach.plan.set_track import Manner
from voicecoach.plan.stations import Station
from voicecoach.plan.track import Cue, CueKind, Track, spoken
from voicecoach.routine.model import Exercise, Position, Relaxation, Variant
from voicecoach.units import Ms

REACTION = Ms(150)
"""A spoken answer begins this long after the decision, clear of the user's own last sound."""

Then = Callable[["Context"], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the routine stood when it was interrupted: what is still to be played, and then."""

    state: State
    track: Track
    then: Then
    rep: int
    """The repetition or stroke at which work goes on."""

    def with_track(self, track: Track) -> Mark:
        """Return this mark with another track to go on with."""
        return replace(self, track=track)


@dataclass
class Context:
    """The mutable part of a session. `effects` collects what the present event brings."""

    plan: Plan
    state: State = State.WELCOME
    now: Ms = Ms(0)
    base: Ms = Ms(0)
    """When a new track begins: now, or the wanted end of the one before, so that no lateness adds
    up."""
    index: int = 0
    """The present exercise."""
    stations: Sequence[Station] = ()
    stop: int = 0
    """The present station of the exercise."""
    first: int = 1
    """The repetition or stroke at which the present set begins; later after a change of level."""
    levels: dict[int, int] = field(default_factory=dict)
    care: Care = field(default_factory=Care)
    before: int | None = None
    """The score before the first exercise, where it was told (S5)."""
    after: int | None = None
    """The score at the end (S27)."""
    asked_end: bool = False
    goodbye: tuple[str, ...] = ()
    """What is still to be said once the score at the end was told."""
    blocked: bool = False
    """Whether no routine may be led until somebody has seen the user (S8)."""
    dropped: dict[int, str] = field(default_factory=dict)
    """Exercises that are left out today, and the region that hurt."""
    finished: dict[int, str] = field(default_factory=dict)
    """Outcome of the exercises that are over: done, skipped or dropped."""
    talk: int = FULL
    pace: int = PACES.index(100)
    counting: bool = True
    gain: float = 0.0
    report: Report | None = None
    """The pain that is being asked about, until its verdict."""
    middling: dict[int, int] = field(default_factory=dict)
    """Middling reports of pain by exercise (S4)."""
    region: str | None = None
    """The region of the last middling report, if one was named: it is asked about again (S4)."""
    unclear: int = 0
    """Answers to the present question that nobody could make out (S2)."""
    open: tuple[State, str] | None = None
    """The question after a halt that still stands: a resume puts it again (S29)."""
    stood: State = State.WELCOME
    """Where the session stood when its end was asked for."""
    out: Ms | None = None
    """When the way out of the present position will have been said, where a halt began with it."""
    leaving: str | None = None
    """The outcome, once the session closes: from there nothing leads back to an exercise."""
    recheck: bool = False
    """Whether to ask for the score again after the first repetition (S4)."""
    sure_until: Ms = Ms(0)
    """Until when a doubtful utterance is let pass."""
    mark: Mark | None = None
    then: Then | None = None
    question: str = ""
    """The line that was asked last, for "say again"."""
    heard: Heard | None = None
    """The command that is being obeyed, if one is."""
    effects: list[Effect] = field(default_factory=list)
    cues: int = 0
    busy: Ms = Ms(0)
    """When the last cue handed over will have sounded."""

    def __post_init__(self) -> None:
        self.player = Player(self.plan.length)

    @property
    def exercise(self) -> Exercise:
        """The present exercise."""
        return self.plan.exercise(self.index)

    @property
    def level(self) -> int:
        """The present exercise's level: -1 easier, 0 plain, 1 harder."""
        return self.levels.get(self.index, 0)

    @property
    def variant(self) -> Variant:
        """The present exercise at its level."""
        return self.exercise.variant(self.level)

    @property
    def station(self) -> Station:
        """The present station."""
        return self.stations[self.stop]

    @property
    def how(self) -> Manner:
        """How the work is led now."""
        return Manner(PACES[self.pace], self.talk > 0, self.counting)

    def line(self, key: str, **values: str) -> str:
        """Return one of the coach's own lines."""
        return self.plan.say.say(key, **values)

    def sided(self, lines: Sequence[str]) -> list[str]:
        """Return sentences of the exercise with the present side filled in."""
        side = self.station.side if self.stations else None
        say = self.plan.say
        return [sided(line, side or "left", say) for line in lines]

    def way_out(self) -> list[str]:
        """Return how to leave the present position; nothing before the first exercise."""
        return self.plan.way_out(self.index) if self.stations else []

    def ease_off(self) -> list[str]:
        """Return the way out, for a halt to begin with, where the position is a strain (S30).

        That is anywhere on the roller once the user is in position, and any other work or hold but
        a rest.
        Call it after `hush`, which keeps the place.
        """
        if self.out is not None or self.mark is None or not self.stations:
            return []
        roller = self.exercise.position is Position.ROLLER
        strained = EXERCISE - {State.READING} if roller else WORK
        if self.mark.state not in strained or isinstance(self.variant.dose, Relaxation):
            return []
        lines = self.way_out()
        self.out = Ms(self.now + REACTION + sum(self.plan.length(x) + REACTION for x in lines))
        return lines

    def get_out(self) -> list[str]:
        """Return the way out, unless it has just been said whole."""
        said = self.out is not None and self.out <= self.now
        return [] if said else self.way_out()

    def record(self, kind: str, **data: object) -> None:
        """Put an event into the log."""
        self.effects.append(Record(kind, data))

    def enter(self, state: State, track: Track, then: Then) -> None:
        """Go to `state` and play `track`; when it is over, do `then`."""
        if self.state in WAITING - CHECKS and state in ACTIVE - {State.CLOSING}:
            self.record("resumed", state=state.value, level=self.level)
        self.state, self.then = state, then
        if state in ACTIVE:
            self.mark = self.open = None
        if state in EXERCISE:
            self.out = None
        self._start(track, self.base)

    def hush(self) -> None:
        """Be silent at once, and remember where the routine stood."""
        self.keep_place()
        self.player.stop()
        self.busy = self.now
        self.effects.append(Hush())

    def _start(self, track: Track, at: Ms) -> None:
        """Play `track` from `at` on; nothing of what was handed over may overlap it."""
        if self.busy > at:
            self.busy = at
            self.effects.append(Hush())
        self.player.start(track, at)

    def keep_place(self) -> None:
        """Set the mark, unless one is set already or there is nothing to go back to."""
        if self.mark is None and self.state in ACTIVE and self.player.track and self.then:
            track = self.player.track
            index = self.player.entry(self.now)
            self.mark = Mark(self.state, track.start_at(index), self.then, self._rep(track, index))

    def rep(self) -> int:
        """Return the repetition that is running or at which work would go on."""
        if self.mark is not None:
            return self.mark.rep
        track = self.player.track
        return self._rep(track, self.player.entry(self.now)) if track else self.first

    def _rep(self, track: Track, index: int) -> int:
        if not track.cues or track.cues[index].kind is not CueKind.COUNT:
            return self.first
        return track.cues[index].n

    def speak(self, lines: Sequence[str], after: Ms = REACTION) -> Track:
        """Return `lines` as a track that begins a reaction after now and holds no way in."""
        return spoken(lines, self.plan.length, lead=REACTION, after=after).closed()

    def answer(self, *lines: str) -> None:
        """Say `lines` without losing the place: between the beats if they fit, or else aside."""
        if self.state in WORK and len(lines) == 1 and self._between_beats(lines[0]):
            return
        self.aside(lines)

    def aside(self, lines: Sequence[str]) -> None:
        """Interrupt what is playing, say `lines`, and go back to the start of what was cut."""
        self.hush()
        self._start(self.speak(lines, Ms(600)), self.now)
        self.then = _go_back

    def go_back(self, lines: Sequence[str] = ()) -> None:
        """Go on at the mark: after `lines`, and after a count-in where the user has to move.

        Who was told the way out gets the time to come back into position.
        """
        mark, self.mark = self.mark, None
        assert mark is not None
        lead = self.speak(lines, Ms(500)) if lines else Track((), Ms(0))
        if mark.state in WORK and self.out is not None:
            self.first = mark.rep
            settle = self.plan.settle(self.index, self.talk)
            self.enter(State.SETTLING, lead.then(settle), partial(_go_on, mark=mark))
            return
        if mark.state in WORK:
            lead = lead.then(self.plan.count_in().closed())
        self.enter(mark.state, lead.then(mark.track), mark.then)

    def _between_beats(self, text: str) -> bool:
        at = self.player.insert(self.plan.length(text), Ms(self.now + REACTION))
        if at is None:
            return False
        self.play(Cue(Ms(0), text), at)
        return True

    def play(self, cue: Cue, at: Ms) -> None:
        """Hand a cue over."""
        self.cues += 1
        self.busy = max(self.busy, Ms(at + self.plan.length(cue.text)))
        self.effects.append(Play(self.cues, cue, at))


def _go_back(s: Context) -> None:
    s.go_back()


def _go_on(s: Context, mark: Mark) -> None:
    """Go on after the way back into position; a pace that was changed on the way holds."""
    from voicecoach.dialog import flow  # which goes on through this module

    if mark.state is State.HOLDING:
        s.enter(mark.state, mark.track, mark.then)
    else:
        flow.work(s)
