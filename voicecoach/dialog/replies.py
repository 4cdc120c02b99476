"""Saying something without changing anything: aside while the routine goes on, else in place."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.dialog.asking import wait
from voicecoach.dialog.player import Said
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import WAITING
from voicecoach.track import Item
from voicecoach.units import Ms


def reply(s: SessionContext, lines: Sequence[Item]) -> Ms:
    """Say `lines`: between the beats if they fit there. Returns when they will have been said."""
    if s.state in WAITING:
        s.hush()
        wait(s, s.state, lines)
        return Ms(s.now + s.speak(lines, Ms(0)).length)
    if len(lines) == 1 and isinstance(lines[0], str):
        return s.answer(_always(lines[0]))
    return s.aside(*lines)


def _always(line: str) -> Said:
    return lambda _: line
