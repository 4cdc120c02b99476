"""A dialog of which everything is noted, as text that can be compared with a file."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.dialog.driver import wakings
from voicecoach.dialog.effects import CallHelper, Effect, Finish, Gain, Hush, Loudness, Play, Record
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event
from voicecoach.units import Ms


class Noted:
    """A dialog of which every effect is noted, with the time from now on in milliseconds."""

    def __init__(self, dialog: Dialog[Any], now: Ms) -> None:
        self.dialog, self.now, self.start = dialog, now, now
        self.lines: list[str] = []

    def give(self, event: Event) -> None:
        """Hand over an event, and note its effects and a change of state."""
        before = self.dialog.state
        self.now = Ms(max(self.now, event.now))
        for effect in self.dialog.handle(event):
            line = self._shown(effect)
            if line:
                self.lines.append(line)
        if self.dialog.state is not before:
            self.lines.append(f"[{self.dialog.state.value}]")

    def wait(self, ms: int) -> None:
        """Let time pass, waking whenever that is due."""
        until = self.now + ms
        for woke in wakings(self.dialog, until):
            self.give(woke)
        self.now = Ms(until)

    def _shown(self, effect: Effect) -> str:
        match effect:
            case Play(cue=cue, at=at):
                return f"{at - self.start} '{cue.text}'" if cue.text else ""
            case Hush():
                return "hush"
            case Gain(db=db) | Loudness(db=db):
                return f"{db:+.0f} dB"
            case Record(event=event):
                data = msgspec.to_builtins(event)
                told = [
                    f"{k}={v}" for k, v in data.items() if k not in ("kind", "t") and v is not None
                ]
                return f"<{' '.join([str(data['kind']), *told])}>"
            case CallHelper(why=why):
                return f"<helper: {why}>"
            case Finish(outcome=outcome):
                return f"<over: {outcome}>"
            case _:
                return ""
