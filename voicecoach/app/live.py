"""The live driver: dialogs on a sound card, one after the other.

The device is the only clock: the main thread wakes by the ticks of the output callback, and takes
one message after the other from one inbox.
"""

from __future__ import annotations

from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from voicecoach.app.conductor import Conductor, Log, nothing
from voicecoach.app.live_threads import (
    JOIN_S,
    Begin,
    Heard,
    Helped,
    HelperThread,
    Injected,
    LiveSound,
    Lost,
    Message,
    Queues,
    RecogniserThread,
    Rest,
    Tick,
)
from voicecoach.app.output import Output
from voicecoach.app.patience import Patience
from voicecoach.app.pipeline import AfterEvent, Clips, Pipeline, begin_dialog
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import Clip
from voicecoach.audio.mixer import Ended, Started
from voicecoach.decision.taught import TaughtVoice
from voicecoach.dialog import events
from voicecoach.dialog.engine import Dialog
from voicecoach.errors import DeviceError
from voicecoach.eventlog.fields import Outcome, Source
from voicecoach.eventlog.kinds import SessionFinished
from voicecoach.language.phrasebook import TOLD, Command
from voicecoach.ports import Device, Helper
from voicecoach.units import RATE, Frame, Ms, seconds

SILENT_S = 2.0
"""How long no tick may come before the device counts as dead (SAFETY S26), in time in which this
program runs: one that was stopped for a while goes on."""

DEAF = 2 * RATE
"""Frames by which the microphone may fall behind the loudspeaker before it counts as dead (S26)."""

_REPLUG = (
    "Plug it in again, or name another by --output and --input; `voicecoach doctor` lists them."
)


class Live:
    """Leads dialogs on a device, from the first `lead` until `close`."""

    def __init__(
        self,
        pipeline: Pipeline,
        device: Device,
        call_helper: Helper,
        queues: Queues | None = None,
    ) -> None:
        self._pipeline, self._device, self._call_helper = pipeline, device, call_helper
        self._queues = queues or Queues()
        calibration, listener = pipeline.calibration, pipeline.listener
        self._sound = LiveSound(self._queues, calibration, listener is not None)
        self._recogniser = (
            RecogniserThread(listener, self._sound, self._queues, calibration.frames)
            if listener
            else None
        )
        self._deaf_why = ""
        self._open = False

    def lead(
        self, dialog: Dialog[Any], clips: Clips, log: Log, after_event: AfterEvent = nothing
    ) -> Outcome:
        """Lead `dialog` to its end and return its outcome; the device plays on after it.

        What was said or typed before it is dropped. Raises `DeviceError` if the sound device is
        lost. Whatever breaks it off, the log closes with session_finished ("failed" after an
        error, "interrupted" after Ctrl-C), and the device is closed.
        """
        begins = begin_dialog(self._sound.mixer)
        work = self._queues.work.put
        try:
            self._drop_old()
            work(Begin(begins))
            self._start()
            output = Output(self._sound.mixer, begins)
            book = self._pipeline.book
            call, taught = partial(self._call, begins), self._pipeline.taught
            conductor = Conductor(dialog, output, clips, book, work, log, call, after_event, taught)
            led = _Led(conductor, output, begins, self._queues.inbox, self._recogniser, log)
            outcome = led.run(self._deaf_why)
            self._deaf_why = led.deaf_why
        except BaseException:
            self.close()
            raise
        work(Rest())
        return outcome

    def know(self, taught: TaughtVoice) -> None:
        """Judge what is heard in later dialogs by what the user has taught."""
        self._pipeline.taught = taught

    def inject(self, what: str | Command, source: Source) -> None:
        """Hand in a phrase, or a command, from any thread: it is judged like one that was heard.

        It is dropped while no dialog is led. Raises `ValueError` for a number or a place as a bare
        command: only words say which one.
        """
        if isinstance(what, Command):
            if what in TOLD:
                raise ValueError(f"{what.value} needs words that say which one")
            what = self._pipeline.book.first(what)
        self._queues.inbox.put(Injected(what, source))

    def close(self) -> None:
        """Silence the device and end the thread that hears; may be called twice."""
        self._device.stop()
        self._queues.work.put(None)
        if self._recogniser and self._recogniser.is_alive():
            self._recogniser.join(JOIN_S)

    def _call(self, begins: Frame, why: str) -> None:
        """Call the helper, and let the dialog know later whether they were reached."""
        HelperThread(self._call_helper(why), begins, self._queues).start()

    def _start(self) -> None:
        if not self._open:
            self._open = True
            if self._recogniser:
                self._recogniser.start()
            self._device.start(self._sound)

    def _drop_old(self) -> None:
        """Empty the inbox of all that came since the last dialog but the loss of a part."""
        while True:
            try:
                message = self._queues.inbox.get_nowait()
            except Empty:
                return
            if isinstance(message, Lost):
                if message.part == "device":
                    raise _device_lost(message.why)
                self._deaf_why = message.why


class _Led:
    """A dialog while it is led."""

    def __init__(
        self,
        conductor: Conductor,
        output: Output,
        begins: Frame,
        inbox: SimpleQueue[Message],
        recogniser: RecogniserThread | None,
        log: Log,
    ) -> None:
        self._conductor, self._output, self._begins = conductor, output, begins
        self._inbox, self._recogniser, self._log = inbox, recogniser, log
        self._now = Ms(0)
        self._patience = Patience(SILENT_S)
        self.deaf_why = ""
        """Why nothing is heard any more."""

    def run(self, deaf_why: str) -> Outcome:
        """Take messages to the end of the dialog; `deaf_why` says what failed before it."""
        self._patience.renew()
        try:
            self._conductor.handle(events.Started(Ms(0)))
            if deaf_why:
                self._fail(deaf_why)
            while self._conductor.outcome is None:
                self._take(_next(self._inbox, self._patience))
        except KeyboardInterrupt:
            self._broken_off("interrupted")
            raise
        except Exception:
            self._broken_off("failed")
            raise
        return self._conductor.outcome

    def _broken_off(self, outcome: Outcome) -> None:
        self._log(SessionFinished(t=seconds(self._now), outcome=outcome))

    def _take(self, message: Message) -> None:
        match message:
            case Tick():  # a hearing does not prove a loudspeaker
                self._patience.renew()
                self._now = self._output.now(message.frame)
                self._watch(message.frame)
                self._conductor.tick(self._now)
            case Started() | Ended():
                self._conductor.note([message])
            case Heard():
                if message.begins == self._begins:
                    self._conductor.hear([message.hearing], self._now)
            case Helped():
                if message.begins == self._begins:
                    self._conductor.help_reached(message.reached, self._now)
            case Injected():
                self._conductor.inject(message.text, message.source, self._now)
            case Lost(part="recogniser"):
                self._fail(message.why)
            case Lost():
                raise _device_lost(message.why)

    def _watch(self, frame: Frame) -> None:
        if self._recogniser and frame - max(0, self._recogniser.heard) > DEAF:
            self._fail(f"nothing came from the microphone for {DEAF // RATE} s")

    def _fail(self, why: str) -> None:
        """Say once that the coach is deaf, and pause (S26)."""
        if not self.deaf_why:
            self.deaf_why = why
            self._conductor.fail("recogniser", why, self._now)


def play_once(clip: Clip, device: Device) -> None:
    """Play `clip` on `device` and wait until it has sounded. Raises `DeviceError`."""
    queues, patience = Queues(), Patience(SILENT_S)
    sound = LiveSound(queues, Preamble(), listening=False)
    sound.mixer.play(1, clip.samples, Frame(0))
    device.start(sound)
    try:
        last, frame = clip.frames + device.latency + RATE // 5, 0
        while frame < last:
            match _next(queues.inbox, patience):
                case Tick() as tick:
                    patience.renew()
                    frame = tick.frame
                case Lost() as lost:
                    raise _device_lost(lost.why)
    finally:
        device.stop()


def _device_lost(why: str) -> DeviceError:
    return DeviceError("The sound device was lost", why, _REPLUG)


def _next(inbox: SimpleQueue[Message], patience: Patience) -> Message:
    """Return the next message. Raises `DeviceError` when the patience is used up."""
    try:
        return patience.get(inbox)
    except Empty:
        why = f"It asked for no sound for {SILENT_S:.0f} s"
        raise DeviceError("The sound device does not answer", why, _REPLUG) from None
