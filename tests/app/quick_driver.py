"""A driver without sound: it leads dialogs in virtual time, from one deadline to the next."""

from __future__ import annotations

from typing import Any

from tests.dialog.driver import wakings
from tests.dialog.walk_words import Word
from voicecoach.app.conductor import Log, nothing
from voicecoach.app.pipeline import AfterEvent, Clips
from voicecoach.audio.sound_meter import SoundMeter
from voicecoach.decision.taught import TaughtVoice
from voicecoach.dialog.effects import CallHelper, Effect, Play, Record
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import Outcome
from voicecoach.units import Ms

FOR_EVER = 10**9
LISTENS_MS = 12_000
"""A user who answers has heard what was said before."""


class CutError(Exception):
    """The power is cut."""


class QuickDriver:
    """Leads dialogs, and keeps what happened.

    `says` is what the user says, each word after 12 s; then nothing is said, or with `cut` the
    power goes.
    """

    def __init__(self, says: tuple[Word, ...] = (), cut: bool = False) -> None:
        self._says, self._cut = list(says), cut
        self.texts: list[str] = []
        self.states: list[State] = []
        self.helped = 0
        self.helped_at: Ms | None = None
        self.asked: list[str] = []

    def lead(
        self, dialog: Dialog[Any], clips: Clips, log: Log, after_event: AfterEvent = nothing
    ) -> Outcome:
        """Lead `dialog` to its end."""
        began = dialog.now
        self._give(dialog, dialog.first, log, after_event, began, clips)
        now = dialog.now
        while not dialog.over:
            until = now + LISTENS_MS if self._says or self._cut else FOR_EVER
            for woke in wakings(dialog, until):
                self._give(dialog, woke, log, after_event, began, clips)
            now = Ms(until)
            if dialog.over:
                break
            if not self._says:
                raise CutError
            event = self._says.pop(0).event(now)
            if event:
                self._give(dialog, event, log, after_event, began, clips)
        assert dialog.outcome
        return dialog.outcome

    def _give(
        self, dialog: Dialog[Any], event: Event, log: Log, after: AfterEvent, began: Ms,
        clips: Clips,
    ) -> None:  # fmt: skip
        effects = dialog.handle(event)
        after(event.now)
        for effect in effects:
            self._do(effect, event.now, began, log, clips)
        self.states.append(dialog.state)

    def _do(self, effect: Effect, now: Ms, began: Ms, log: Log, clips: Clips) -> None:
        match effect:
            case Play(cue=cue) if cue.text:
                assert cue.text in clips
                self.texts.append(cue.text)
            case CallHelper():
                self.helped += 1
                if self.helped_at is None:
                    self.helped_at = Ms(now - began)
            case Record(event=event):
                log(event)
            case _:
                pass

    def know(self, taught: TaughtVoice) -> None:
        """Nothing is heard."""

    def measure(self, every: int = 1) -> SoundMeter:
        """Nothing is heard."""
        raise NotImplementedError

    def unmeasured(self) -> None:
        """Nothing is heard."""
