"""A dialog while it is led on a device: one message after the other, from the one inbox.

A device that is lost is started again by a thread (`reopening`). Until it runs, no time passes for
the dialog, which is told at once: what it says then is heard when the device is back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Final

from voicecoach.app.conductor import Conductor, Log
from voicecoach.app.deafness import NOTHING_CAME, changed
from voicecoach.app.live_threads import (
    Heard,
    Helped,
    Injected,
    Lost,
    Message,
    Noticed,
    RecogniserThread,
    Reopened,
    Tick,
)
from voicecoach.app.output import Output
from voicecoach.app.patience import Patience
from voicecoach.audio.mixer import Ended, Started
from voicecoach.eventlog.fields import Outcome
from voicecoach.eventlog.kinds import SessionFinished
from voicecoach.units import RATE, Frame, seconds

SILENT_S: Final = 2.0
"""How long no tick may come before the device counts as dead (SAFETY S26), in time in which this
program runs: one that was stopped for a while goes on."""

ASLEEP_S: Final = 5.0
"""A longer gap between two ticks, by a clock that runs while the computer sleeps: it slept, or this
program was stopped, and the user has lain there without a coach."""

AGAIN = 3 * RATE
"""Frames between two attempts to open a microphone that is gone, so that it is found in time."""


class Led:
    """Leads one dialog. `reopen` has the device started again; `after_tick` gets each frame, and
    whether the coach sleeps.
    """

    def __init__(
        self,
        conductor: Conductor,
        output: Output,
        begins: Frame,
        inbox: SimpleQueue[Message],
        recogniser: RecogniserThread | None,
        log: Log,
        reopen: Callable[[], None],
        after_tick: Callable[[Frame, bool], None],
    ) -> None:
        self._after_tick = after_tick
        self._conductor, self._output, self._begins = conductor, output, begins
        self._inbox, self._recogniser, self._log = inbox, recogniser, log
        self._reopen = reopen
        self._now = output.now(begins)
        self._patience = Patience(SILENT_S)
        self._opening = False
        self._ticked = awake()
        self._lost_at: float | None = None
        self._deaf_at = 0.0
        self._tried = Frame(0)
        self.deaf_why = ""
        """Why nothing is heard now."""

    def run(self, deaf_why: str) -> Outcome:
        """Take messages to the end of the dialog; `deaf_why` says what failed before it."""
        self._patience.renew()
        try:
            self._conductor.begin()
            if deaf_why:
                self._fail(deaf_why)
            while self._conductor.outcome is None:
                self._take_next()
        except KeyboardInterrupt:
            self._broken_off("interrupted")
            raise
        except Exception:
            self._broken_off("failed")
            raise
        return self._conductor.outcome

    def _broken_off(self, outcome: Outcome) -> None:
        self._log(SessionFinished(t=seconds(self._now), outcome=outcome))

    def _take_next(self) -> None:
        try:
            message = self._patience.get(self._inbox)
        except Empty:
            self._patience.renew()
            self._lose(f"it asked for no sound for {SILENT_S:.0f} s")
        else:
            self._take(message)

    def _take(self, message: Message) -> None:
        match message:
            case Tick():
                self._tick(message.frame)
            case Started() | Ended():
                self._conductor.note([message])
            case Heard() | Noticed() | Helped():
                if message.begins == self._begins:  # else it is about the dialog before
                    self._take_own(message)
            case Injected():
                self._conductor.inject(message.text, message.source, self._now)
            case Reopened():
                self._reopened(message)
            case Lost():
                (self._fail if message.part == "recogniser" else self._lose)(message.why)

    def _take_own(self, message: Heard | Noticed | Helped) -> None:
        match message:
            case Heard():
                self._conductor.hear(self._output.heard([message.hearing]), self._now)
            case Noticed():
                self._conductor.notice(message.audible, self._now)
            case Helped():
                self._conductor.help_reached(message.reached, self._now)

    def _tick(self, frame: Frame) -> None:  # a hearing does not prove a loudspeaker
        self._patience.renew()
        self._notice_sleep()
        self._now = self._output.now(frame)
        self._watch(frame)
        self._conductor.tick(self._now)
        self._after_tick(frame, self._conductor.asleep)

    def _notice_sleep(self) -> None:
        before, self._ticked = self._ticked, awake()
        gone = self._ticked - before
        if gone > ASLEEP_S and not self._opening:
            why = f"the computer slept, or this program was stopped, for {gone:.0f} s"
            self._conductor.fail("device", why, self._now)
            self._conductor.recover("device", gone, self._now)

    def _watch(self, frame: Frame) -> None:
        """Notice when the microphone dies, and when it is back."""
        ears = self._recogniser
        if ears is None or ears.failed:
            return
        turned = changed(bool(self.deaf_why), frame, ears.heard, ears.whole)
        if turned and not self.deaf_why:
            self._fail(NOTHING_CAME)
        elif turned:
            self.deaf_why, gone = "", awake() - self._deaf_at
            self._conductor.recover("recogniser", gone, self._now)
        elif self.deaf_why and frame - self._tried > AGAIN and self._still:
            self._tried = frame
            self._open()

    @property
    def _still(self) -> bool:
        """Whether the clock may stop for a moment: nothing sounds, and nothing is under way."""
        return self._conductor.waiting and self._output.silent

    def _fail(self, why: str) -> None:
        """Say once that the coach is deaf, and pause (S26)."""
        if not self.deaf_why:
            self.deaf_why, self._deaf_at = why, awake()
            self._conductor.fail("recogniser", why, self._now)

    def _lose(self, why: str) -> None:
        """Tell the dialog that the device is gone, once, and have it started again."""
        if self._lost_at is None:
            self._lost_at = awake()
            self._conductor.fail("device", why, self._now)
        self._open()

    def _open(self) -> None:
        if not self._opening:
            self._opening = True
            self._reopen()

    def _reopened(self, message: Reopened) -> None:
        self._opening = False
        self._patience.renew()
        self._ticked = awake()
        if self._lost_at is not None:
            gone, self._lost_at = self._ticked - self._lost_at, None
            self._conductor.recover("device", gone, self._now)
        if not message.hears:
            self._fail(message.why)


def awake() -> float:
    """Return seconds of a clock that nobody sets, and that runs while the computer sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)
