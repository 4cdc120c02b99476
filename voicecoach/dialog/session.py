"""The session: one method, one deadline. `Session.handle(event)` returns the effects."""

from __future__ import annotations

from voicecoach.dialog import confirm_stop, flow, reprompts, safety_dialog
from voicecoach.dialog.care import Care, Dropped, Outcome
from voicecoach.dialog.context import Context
from voicecoach.dialog.effects import Effect, Listen, Record
from voicecoach.dialog.events import Event, Failed, Heard, Started, Unclear, Woke
from voicecoach.dialog.states import CHECKS, SAFETY, State
from voicecoach.dialog.table import TABLE, live_commands
from voicecoach.language.phrasebook import Command
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import Plan
from voicecoach.units import Ms


class Session:
    """A guided session, sans IO: it knows the time only from its events.

    Any event is safe in any state; one that makes no sense there has no effect. An exception from
    `handle` is a bug worth reporting.
    """

    def __init__(self, plan: Plan, talk: int = FULL, care: Care | None = None) -> None:
        self._s = Context(plan, talk=talk, care=care or Care())
        self._listening: frozenset[Command] | None = None
        self._state: State | None = None
        self._begun = False

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._s.state

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return self._s.state is State.ENDED

    @property
    def result(self) -> Outcome:
        """What the session leaves behind, as far as it has come."""
        s = self._s
        exercises = s.plan.routine.exercises
        return Outcome(
            (s.leaving or "ended") if self.over else "open",
            s.before,
            s.after,
            tuple(Dropped(exercises[i].id, region) for i, region in s.dropped.items()),
            tuple(exercises[i].id for i, how in s.finished.items() if how == "done"),
            {exercises[i].id: s.levels.get(i, 0) for i in s.finished},
            s.blocked,
        )

    @property
    def deadline(self) -> Ms | None:
        """When `Woke` is due next, or None."""
        return None if self.over else self._s.player.deadline

    def handle(self, event: Event) -> list[Effect]:
        """Take an event and return what is to be done, in order.

        Nothing happens before `Started`, which happens once, and nothing after the end.
        """
        s = self._s
        if self.over or self._begun is isinstance(event, Started):
            return []
        s.effects = []
        s.now = Ms(max(s.now, event.now))
        if self._begun:
            self._advance()
        self._begun = True
        s.base, s.heard = s.now, None
        self._take(event)
        self._advance()
        self._notice()
        return s.effects

    def _take(self, event: Event) -> None:
        s = self._s
        match event:
            case Started():
                flow.begin(s)
            case Heard():
                row = TABLE.get((s.state, event.command))
                if row:
                    s.heard = event
                    row.step(s)
            case Unclear():
                if s.state in SAFETY | CHECKS:
                    safety_dialog.unclear(s)
                elif event.near_halt:
                    confirm_stop.may_have_halted(s)
            case Failed():
                s.record("failed", part=event.part, why=event.why)
                if event.part == "ears":
                    reprompts.deaf(s)
            case Woke():
                pass

    def _advance(self) -> None:
        """Hand over what is due, and begin what follows a track that ends."""
        s = self._s
        while True:
            for cue, at in s.player.due(s.now):
                s.play(cue, at)
            if s.state is State.ENDED or not s.player.over(s.now) or s.then is None:
                return
            s.base, s.heard = s.player.end, None
            then, s.then = s.then, None
            then(s)

    def _notice(self) -> None:
        """Tell the ears which commands are live, and the log which state it is."""
        s = self._s
        if s.state is self._state:
            return
        self._state = s.state
        s.effects.append(Record("state", {"name": s.state.value}))
        live = live_commands(s.state)
        if live != self._listening:
            self._listening = live
            s.effects.append(Listen(s.state.value, live))
