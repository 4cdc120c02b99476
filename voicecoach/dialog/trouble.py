"""What the user complains of, and the questions about it that are still open."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.dialog.safe_position import STAYS_DOWN, Complaint
from voicecoach.dialog.states import State

ORDER = (
    State.ASK_HELP, State.ASK_BREATHING, State.ASK_PASSED, State.ASK_HURT, State.ASK_EFFORT,
)  # fmt: skip
"""The gravest question first; the questions about a pain come after all of them."""


@dataclass
class Trouble:
    """A complaint: from the word of the user until the routine goes on."""

    kind: Complaint | None = None
    """The gravest of those that were told."""
    open: tuple[State, ...] = ()
    """Questions that have no answer yet, in the order in which they are put (S29)."""
    lasting: int = 0
    """How often in a row the user said that it has not passed."""

    def add(self, complaint: Complaint, *questions: State) -> None:
        """Take up a complaint and its questions."""
        if self.kind is None or complaint.gravity > self.kind.gravity:
            self.kind = complaint
        self.open = tuple(state for state in ORDER if state in {*self.open, *questions})

    def answered(self, question: State) -> None:
        """Close a question."""
        self.open = tuple(state for state in self.open if state is not question)

    @property
    def stays_down(self) -> bool:
        """Whether no way out is said, because it leads up."""
        return self.kind in STAYS_DOWN
