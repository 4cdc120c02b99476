"""What the coach remembers of earlier sessions, said when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from voicecoach.dialog.session_context import Answer, SessionContext
from voicecoach.language.phrasebook import Command
from voicecoach.track import Item
from voicecoach.units import Ms


def last_time(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """What was done of the present exercise last time, and how the last session was."""
    recall = s.care.recall
    here = [recall.did[s.exercise.id]] if s.begun and s.exercise.id in recall.did else []
    return _or_none(s, [*here, *recall.last])


def this_week(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """What was done in the last seven days."""
    return _or_none(s, s.care.recall.week)


def progress(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """Where the pain goes."""
    return _or_none(s, s.care.recall.going)


def _or_none(s: SessionContext, lines: Sequence[str]) -> Sequence[Item]:
    return lines or [s.line("recall_none")]


ANSWERS: Final[Mapping[Command, Answer]] = {
    Command.LAST_TIME: last_time,
    Command.THIS_WEEK: this_week,
    Command.PROGRESS: progress,
}
