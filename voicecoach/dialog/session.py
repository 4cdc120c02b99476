"""The guided session: the engine over the session's table."""

from __future__ import annotations

from voicecoach.dialog.asking import in_trouble
from voicecoach.dialog.care import Care, Dropped, Outcome
from voicecoach.dialog.effects import Record
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, Restored
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.session_state import Delivery
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Routine


class Session(Dialog[SessionContext]):
    """A guided session of `plan`, at a level of talk, for a user of whom `care` is known.

    `helper` tells whether a helper is set up, whom the coach can call. A `conversation` that does
    more at each step may take the place of the session's own table.
    """

    def __init__(
        self,
        plan: Plan,
        talk: int = FULL,
        care: Care | None = None,
        helper: bool = False,
        conversation: Conversation[SessionContext] = SESSION,
    ) -> None:
        context = SessionContext(
            State.WELCOME, plan=plan, care=care or Care(), delivery=Delivery(talk), helper=helper
        )
        super().__init__(conversation, context)

    @property
    def first(self) -> Event:
        """The event with which it begins, or goes on: of itself only while a complaint is open."""
        return Restored(self.now) if self._begun and self.complained else super().first

    @property
    def left_in(self) -> str | None:
        """Name of the exercise in which it stands; None before the first one, and once it ends."""
        s = self._s
        return s.exercise.name if s.begun and s.ending.outcome is None else None

    @property
    def routine(self) -> Routine:
        """What is led."""
        return self._s.plan.routine

    @property
    def told(self) -> tuple[Record, ...]:
        """What the last event that it took brought for the log."""
        return tuple(one for one in self._s.turn.effects if isinstance(one, Record))

    @property
    def lie_left(self) -> bool:
        """Whether to roll onto the left side when dizzy (S17)."""
        return self._s.care.lie_left

    @property
    def complained(self) -> bool:
        """Whether a complaint or a call for help is open: then silence leads to the helper."""
        s = self._s
        if s.state in (State.CLOSING, State.ENDED):
            return s.ending.alarmed and not self.over
        hurts = s.pain.report is not None and not s.ending.outcome  # else the user wants to leave
        return in_trouble(s) or hurts or s.state is State.BREATHING

    @property
    def alarmed(self) -> bool:
        """Whether it ends by an alarm."""
        return self._s.ending.alarmed

    @property
    def unfinished(self) -> bool:
        """Whether there would be something to go on with if it were cut off here."""
        return self.left_in is not None or self.complained

    @property
    def result(self) -> Outcome:
        """What the session leaves behind, as far as it has come.

        A pain whose questions are still open counts as one for which the exercise is left out: the
        program may end before the last answer.
        """
        s = self._s
        exercises, place = s.plan.routine.exercises, s.place
        dropped = {**self._open_pain(), **place.dropped}
        return Outcome(
            self.outcome or "open",
            s.pain.start,
            s.pain.end,
            tuple(Dropped(exercises[i].id, region) for i, region in dropped.items()),
            tuple(exercises[i].id for i, how in place.finished.items() if how == "done"),
            {exercises[i].id: place.levels.get(i, 0) for i in place.finished},
            s.ending.blocked,
            dict(s.delivery.wants),
            s.delivery.likes,
        )

    def _open_pain(self) -> dict[int, str]:
        """Return the present exercise and where it hurts, while that is being asked about."""
        s = self._s
        if s.pain.report is None or not s.begun:
            return {}
        return {s.place.index: s.pain.report.region or s.exercise.regions[0].value}
