"""The one engine under every conversation: events in, effects out, one deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from voicecoach.dialog import snapshot
from voicecoach.dialog.asking import hears_again
from voicecoach.dialog.conversation_state import Turn
from voicecoach.dialog.effects import Effect, Listen, Record, Scene, SetScene
from voicecoach.dialog.events import (
    Event,
    Failed,
    Heard,
    HelperResult,
    Hushed,
    Inaudible,
    Recovered,
    Released,
    Restored,
    Started,
    Unclear,
)
from voicecoach.dialog.states import HALTED, WAITING, State
from voicecoach.dialog.transitions import C, Conversation
from voicecoach.eventlog.fields import Outcome
from voicecoach.eventlog.kinds import HelperAnswered, PartFailed, PartRecovered, StateEntered
from voicecoach.language.phrasebook import HALTING, Meaning
from voicecoach.units import Ms


class Dialog(Generic[C]):
    """A conversation that goes on, sans IO: it knows the time only from its events.

    Any event is safe in any state; one that makes no sense there has no effect. An exception from
    `handle` is a bug worth reporting.
    """

    def __init__(self, conversation: Conversation[C], context: C) -> None:
        self._conversation, self._s = conversation, context
        self._told: State | None = None
        """The last state that the recogniser and the log know of."""
        self._begun = False
        self._scene = Scene.QUIET

    @property
    def state(self) -> State:
        """Where the dialog stands."""
        return self._s.state

    @property
    def names(self) -> Mapping[str, Meaning]:
        """The forms that are live here alone: names of exercises and routines."""
        return {}

    @property
    def now(self) -> Ms:
        """The time that it knows of; not 0 where it was loaded."""
        return self._s.now

    @property
    def over(self) -> bool:
        """Whether the dialog has ended."""
        return self._s.state is State.ENDED

    @property
    def latched(self) -> bool:
        """Whether only the user, by voice or keyboard, may let it go on: after a halt (S1, S29)."""
        s = self._s
        open_ = s.asking.open is not None or s.trouble.kind is not None
        return s.state in HALTED or (s.state in WAITING and open_)

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None before that."""
        return (self._s.ending.outcome or "ended") if self.over else None

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
        s.turn = Turn()
        s.now = Ms(max(s.now, event.now))
        if self._begun and not isinstance(event, Restored):
            self._advance()
        self._begun = True
        s.turn.base = s.now
        if s.player.held is not None and _leaves_quiet(event):
            s.go_on()
        self._take(event)
        if s.player.held is not None:
            self._end_quiet(event)
        self._advance()
        self._notice()
        return s.turn.effects

    def save(self) -> str:
        """Return the whole state as JSON text: `load` on a new dialog of the same kind goes on."""
        return snapshot.save(self._s, self._told, self._begun)

    @property
    def first(self) -> Event:
        """The event with which it begins, or with which it goes on as the user wants."""
        return Restored(self.now, agreed=True) if self._begun else Started(Ms(0))

    def load(self, text: str, now: Ms | None = None) -> None:
        """Take up the state that `save` wrote, in which it stood until `now`, which may be later
        than its last event. Raises `ValueError` for any other text.
        """
        self._told, self._begun = snapshot.load(self._s, text)
        self._s.now = Ms(max(self._s.now, now or 0))
        self._scene = self._s.scene

    def _take(self, event: Event) -> None:
        s, conversation = self._s, self._conversation
        match event:  # of the others it matters only when they come
            case Started():
                conversation.begin(s)
            case Heard():
                row = conversation.table.get((s.state, event.command))
                if row:
                    s.turn.heard = event
                    s.asking.understood()
                    row.step(s)
            case Unclear():
                self._take_unclear(event)
            case Hushed():
                s.fall_silent()
            case Failed() | Recovered() | Inaudible():
                self._take_change(event)
            case Restored():
                s.turn.restarted, s.turn.agreed = True, event.agreed
                s.turn.news = () if event.agreed else ("cut_off",)
                conversation.restored(s)
                self._told, self._scene = None, Scene.QUIET
            case HelperResult():
                self._take_result(event)

    def _take_change(self, event: Failed | Recovered | Inaudible) -> None:
        match event:
            case Failed():
                self._take_failure(event)
            case Recovered():
                self._take_recovery(event)
            case Inaudible():
                self._s.turn.silent_again = event.again
                self._conversation.inaudible(self._s)

    def _take_failure(self, event: Failed) -> None:
        self._s.record(PartFailed(part=event.part, why=event.why))
        if event.part == "recogniser" and not self.over:
            self._conversation.deaf(self._s)
        elif event.part == "device" and not self.over:
            self._s.turn.news = ("sound_back",)
            self._conversation.restored(self._s)

    def _take_recovery(self, event: Recovered) -> None:
        """What is to be said of a device was said when it failed; no time has passed since."""
        self._s.record(PartRecovered(part=event.part, after=event.after))
        if event.part == "recogniser" and not self.over:
            self._s.turn.news = ("hear_again",)
            if not hears_again(self._s) and self._s.state is State.IDLE:
                self._conversation.restored(self._s)

    def _take_result(self, event: HelperResult) -> None:
        self._s.record(HelperAnswered(reached=event.reached))
        known, self._s.ending.reached = self._s.ending.reached, event.reached
        if known is not event.reached:
            self._conversation.helped(self._s)

    def _take_unclear(self, event: Unclear) -> None:
        for row in self._conversation.unheard:
            if self._s.state in row.states and row.takes(event):
                self._s.turn.unclear = event
                row.step(self._s)
                return

    def _end_quiet(self, event: Event) -> None:
        """Ask whether a halt was meant when that is not known in time; else go on, if `event` is
        the answer.
        """
        s = self._s
        overdue = s.player.deadline is not None and s.now >= s.player.deadline
        if overdue and not isinstance(event, Released):
            self._take_doubt()
        if s.player.held is not None and (overdue or isinstance(event, Released | Unclear)):
            s.go_on()

    def _take_doubt(self) -> None:
        """Do what is done about something that may have been a halt, and about nothing else."""
        doubt = Unclear(self._s.now, near_halt=True)
        for row in self._conversation.unheard:
            if row.near_halt and self._s.state in row.states and row.takes(doubt):
                row.step(self._s)
                return

    def _advance(self) -> None:
        """Hand over what is due, and begin what follows a track that ends."""
        s = self._s
        while True:
            for cue, at in s.player.due(s.now):
                s.play(cue, at)
            if self.over or not s.player.over(s.now) or s.then is None:
                return
            s.turn.base, s.turn.heard = s.player.end, None
            then, s.then = s.then, None
            self._conversation.after[then].step(s)

    def _notice(self) -> None:
        """Tell the recogniser which commands are live, the log which state it is, and the bed which
        scene.
        """
        s, before = self._s, self._told
        if s.scene is not self._scene:
            self._scene = s.scene
            s.turn.effects.append(SetScene(s.scene))
        if s.state is before:
            return
        self._told = s.state
        s.turn.effects.append(Record(StateEntered(name=s.state.value)))
        live = self._conversation.live(s.state)
        if before is None or live != self._conversation.live(before):
            s.turn.effects.append(Listen(s.state.value, live))


def _leaves_quiet(event: Event) -> bool:
    """Tell whether an event that comes while a halt is waited for shows that there was none."""
    if isinstance(event, Heard):
        return event.command not in HALTING
    return isinstance(event, Failed | Recovered | HelperResult | Inaudible)
