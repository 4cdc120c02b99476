"""What the coach remembers of earlier sessions, said when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.dialog.answers import reply
from voicecoach.dialog.session_context import SessionContext


def last_time(s: SessionContext) -> None:
    """What was done of the present exercise last time, and how the last session was."""
    recall = s.care.recall
    here = [recall.did[s.exercise.id]] if s.begun and s.exercise.id in recall.did else []
    _tell(s, [*here, *recall.last])


def this_week(s: SessionContext) -> None:
    """What was done in the last seven days."""
    _tell(s, s.care.recall.week)


def progress(s: SessionContext) -> None:
    """Where the pain goes."""
    _tell(s, s.care.recall.going)


def _tell(s: SessionContext, lines: Sequence[str]) -> None:
    reply(s, lines or [s.line("recall_none")])
