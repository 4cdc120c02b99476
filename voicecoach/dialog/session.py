"""The guided session: the engine over the session's table."""

from __future__ import annotations

from voicecoach.dialog.care import Care, Dropped, Outcome
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.session_state import Delivery
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import Plan


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
