"""The user of bench/hour.py: speaks into the microphone of a virtual card, in real time."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bench.soaked.faults import Faults
from bench.soaked.room import PER_S, User
from voicecoach.eventlog import kinds, sounds
from voicecoach.eventlog.kinds import Event

VOICE: Final = "en-us+m3"
PATIENCE_S: Final = 8.0
"""After a phrase that was not obeyed in this time the same is typed."""
BREATH_S: Final = 0.6
"""Between the end of a question and the answer."""
LEAVES_S: Final = 25.0
"""At the end, "end session" is said so often."""
LOST_S: Final = 45.0
"""A user who lies there paused, and was not asked anything, says "continue" after this time."""


class Clock:
    """What the user of the soak knows of the card, by the clock of the computer."""

    def __init__(self, faults: Faults) -> None:
        self._began, self._faults = time.monotonic(), faults

    @property
    def blocks(self) -> int:
        """Blocks since the begin."""
        return round((time.monotonic() - self._began) * PER_S)

    @property
    def hears(self) -> bool:
        """Whether what is said now is heard."""
        return self._faults.hears


class Speaker(threading.Thread):
    """Says what `user` wants to say, aloud; what is not obeyed is typed by `typed`.

    `folder` keeps what was rendered. Once `leaving` is set, a session is ended.
    """

    def __init__(
        self, user: User, clock: Clock, typed: Callable[[str], None], folder: Path,
        environ: Mapping[str, str],
    ) -> None:  # fmt: skip
        super().__init__(name="user", daemon=True)
        self._user, self._clock, self._typed = user, clock, typed
        self._folder, self._environ = folder, {**os.environ, **environ}
        self._over = threading.Event()
        self.leaving = False
        self._sounding = 0
        self._quiet_since = time.monotonic()
        self._pending: tuple[str, float] | None = None
        self._state, self._since = "idle", time.monotonic()
        self._gone = set[str]()
        self._troubled = self._refused = False
        self.spoken = self.obeyed = self.by_key = 0
        self.missed = Counter[str]()
        """Why a phrase was not obeyed as it was said."""

    def notice(self, event: Event) -> None:
        """Hear the coach; called by the thread that leads."""
        if self._state in ("paused", "stopped") or not isinstance(event, kinds.PartRecovered):
            self._user.notice(event)  # "continue" is for a session that waits
        self._listen(event)
        self._blame(event)
        match event:
            case sounds.CommandHeard():
                self.obeyed += self._pending is not None
                self._pending = None
            case kinds.StateEntered(name=name):
                self._state, self._since = name, time.monotonic()

    def _listen(self, event: Event) -> None:
        match event:
            case sounds.CueStarted():
                self._sounding = event.id
            case sounds.CueFinished():
                self._sounding = 0
                self._quiet_since = time.monotonic()

    def _blame(self, event: Event) -> None:
        """Know why the present phrase may be missed."""
        match event:
            case kinds.PartFailed(part=part):
                self._gone.add(part)
                self._troubled = True
            case kinds.PartRecovered(part=part):
                self._gone.discard(part)
            case sounds.SpeechRefused():
                self._refused = True

    def _miss(self) -> None:
        """Count a phrase that was not obeyed as it was said."""
        self._pending = None
        fault, refused = self._troubled, self._refused
        self.missed["fault" if fault else "refused" if refused else "not heard"] += 1

    @property
    def _polite(self) -> bool:
        """Whether nothing sounds, or it is not a time to wait for that."""
        quiet = not self._sounding and time.monotonic() > self._quiet_since + BREATH_S
        late = time.monotonic() > self._since + PATIENCE_S
        return quiet or late or self._state in ("idle", "counting", "rolling", "holding")

    def run(self) -> None:
        """Speak when it is time, and once the coach has spoken."""
        while not self._over.wait(0.1):
            text = self._user.speak(0) if self._polite else None
            if text:
                self._say(text)
            else:
                self._see()

    def end(self) -> None:
        """Say nothing more."""
        self._over.set()
        self.join()

    def _see(self) -> None:
        now = time.monotonic()
        pending = self._pending
        if pending and now > pending[1] and self._clock.hears:
            self._miss()
            self.by_key += 1
            self._typed(pending[0])
        waited = now - self._since
        if self._state in ("paused", "stopped") and waited > LOST_S:
            self._since = now
            self._user.say("continue", 0)
        elif self.leaving and self._state != "idle" and waited > LEAVES_S:
            self._since = now
            self._user.say("end session", 0)

    def _say(self, text: str) -> None:
        sound = self._folder / f"{text.replace(' ', '-')}.wav"
        if not sound.exists():
            words = ["espeak-ng", "-v", VOICE, "-w", str(sound), text]
            subprocess.run(words, check=True)
        if self._pending:
            self._miss()
        self.spoken += 1
        self._troubled, self._refused = bool(self._gone) or not self._clock.hears, False
        self._pending = text, time.monotonic() + PATIENCE_S
        subprocess.run(
            ["paplay", "-d", "mic", str(sound)],
            env=self._environ, check=False, capture_output=True, timeout=60,
        )  # fmt: skip
