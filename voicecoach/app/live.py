"""The live driver: dialogs on a sound card, one after the other.

The device is the only clock: the main thread wakes by the ticks of the output callback, and takes
one message after the other from one inbox.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from voicecoach.app.conductor import Conductor, Log, nothing
from voicecoach.app.courtesy import Courtesy
from voicecoach.app.led import SILENT_S, Led
from voicecoach.app.live_threads import (
    JOIN_S,
    Begin,
    HelperThread,
    Injected,
    LiveSound,
    Lost,
    Message,
    Queues,
    RecogniserThread,
    Reopened,
    Rest,
    Tick,
)
from voicecoach.app.output import Output
from voicecoach.app.patience import Patience
from voicecoach.app.pipeline import AfterEvent, Clips, Pipeline, begin_dialog
from voicecoach.app.reopening import Reopener
from voicecoach.app.sounding import Taste
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import Clip
from voicecoach.audio.sound_meter import SoundMeter
from voicecoach.decision.taught import TaughtVoice
from voicecoach.dialog.engine import Dialog
from voicecoach.errors import DeviceError
from voicecoach.eventlog.fields import Outcome, Source
from voicecoach.language.phrasebook import TOLD, Command
from voicecoach.ports import Device, Helper, OtherPlayers
from voicecoach.units import RATE, Frame, to_frames

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
        others: OtherPlayers | None = None,
    ) -> None:
        self._courtesy = Courtesy(others) if others else None
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
        self._reopener: Reopener | None = None

    def lead(
        self, dialog: Dialog[Any], clips: Clips, log: Log, after_event: AfterEvent = nothing
    ) -> Outcome:
        """Lead `dialog` to its end and return its outcome; the device plays on after it.

        What was said or typed before it is dropped. Raises `DeviceError` if the device does not
        start; one that is lost later is started again, however long that takes. Whatever breaks it
        off, the log closes with session_finished ("failed" after an error, "interrupted" after
        Ctrl-C), and the device is closed.
        """
        begins = begin_dialog(self._sound.mixer, self._pipeline.sounding)
        work = self._queues.work.put
        try:
            self._drop_old()
            work(Begin(begins))
            self._start()
            since = to_frames(dialog.now)
            output = Output(self._sound.mixer, begins, self._pipeline.sounding, since)
            book = self._pipeline.book
            call, taught = partial(self._call, begins), self._pipeline.taught
            conductor = Conductor(dialog, output, clips, book, work, log, call, after_event, taught)
            inbox, hears = self._queues.inbox, self._recogniser
            led = Led(conductor, output, begins, inbox, hears, log, self._reopen, self._ticked)
            outcome = led.run(self._deaf_why)
            self._deaf_why = led.deaf_why
        except BaseException:
            self.close()
            raise
        work(Rest())
        return outcome

    @property
    def beats(self) -> int:
        """Signs of life so far, of the device or of the attempts to open it again."""
        return self._sound.beats

    def know(self, taught: TaughtVoice) -> None:
        """Judge what is heard in later dialogs by what the user has taught."""
        self._pipeline.taught = taught

    def keep_taste(self, keep: Callable[[Taste], None]) -> None:
        """Let `keep` have each change of the loudness or of the bed."""
        self._pipeline.sounding.keep = keep

    def measure(self, every: int = 1) -> SoundMeter:
        """Return what measures the sound of what is led next, `every` so many blocks."""
        assert self._pipeline.listener
        return self._pipeline.listener.measure(every)

    def unmeasured(self) -> None:
        """Measure no longer."""
        if self._pipeline.listener:
            self._pipeline.listener.meter = None

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
        if self._reopener:
            self._reopener.end()
        self._device.stop()
        self._queues.work.put(None)
        if self._recogniser and self._recogniser.is_alive():
            self._recogniser.join(JOIN_S)
        if self._courtesy:
            self._courtesy.close()

    def _ticked(self, frame: Frame, asleep: bool) -> None:
        self._sound.dozes = asleep
        if self._recogniser:
            self._recogniser.dozes = asleep
        if self._courtesy:
            self._courtesy.watch(frame, self._sound.mixer.talking)

    def _call(self, begins: Frame, why: str) -> None:
        """Call the helper, and let the dialog know later whether they were reached."""
        HelperThread(self._call_helper(why), begins, self._queues).start()

    def _start(self) -> None:
        if not self._open:
            self._open = True
            if self._recogniser:
                self._recogniser.start()
            self._device.start(self._sound)

    def _reopen(self) -> None:
        """Have the device started again, in a thread that posts when it runs."""
        listening = self._recogniser is not None
        self._reopener = Reopener(self._device, self._sound, self._queues, listening)
        self._reopener.start()

    def _drop_old(self) -> None:
        """Empty the inbox of all that came since the last dialog but what is to be known of the
        parts.
        """
        kept: list[Message] = []
        while True:
            try:
                message = self._queues.inbox.get_nowait()
            except Empty:
                break
            if isinstance(message, Lost | Reopened):
                kept.append(message)
        for message in kept:
            self._queues.inbox.put(message)


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
