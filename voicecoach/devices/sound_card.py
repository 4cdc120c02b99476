"""The sound card by sounddevice (PortAudio): two streams, one for each direction.

Measured on a virtual card: separate streams at 48 kHz, blocks of 10 ms and a latency of 0.1 s were
exact to the bit; a duplex stream and "low" latency were not. The callbacks convert one block and
copy it; for what `Sound` does in them the same rule holds: no waiting, no locks, no logging.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples
from voicecoach.devices.alsa_plugins import hold
from voicecoach.devices.convert import Converter
from voicecoach.devices.device_names import DeviceInfo, choose
from voicecoach.errors import DeviceError
from voicecoach.ports import Sound
from voicecoach.units import BLOCK, RATE, Frame

LATENCY_S = 0.1
RATES = (48_000, 44_100, 32_000, 16_000, 96_000)
"""Rates in Hz in the order they are tried: USB microphones often have only 48 or 44.1 kHz."""
CHANNELS = (1, 2)
CLOSE_S = 2.0
"""Seconds given to PortAudio to close a stream: after an unplug it may never return
(PortAudio issue 1037)."""
STUCK_S = 30.0
"""Seconds after which a stream that does not close is given up. PortAudio is not ended before: it
would close that stream a second time. Our own choice."""

_UNCHANGED = Converter(RATE, RATE)


def list_devices() -> list[DeviceInfo]:
    """Return all sound devices. Raises `DeviceError` when PortAudio is missing."""
    sd = _sounddevice()
    default_in, default_out = sd.default.device
    return [
        DeviceInfo(
            index,
            str(info["name"]),
            int(info["max_input_channels"]),
            int(info["max_output_channels"]),
            int(info["default_samplerate"]),
            index == default_in,
            index == default_out,
        )
        for index, info in enumerate(sd.query_devices())
    ]


class Card:
    """A `Device` on a real card. Names are matched by `device_names.choose`; empty is the default.

    With no microphone (None) it only plays, and `Sound.hear` is never called. Do not call `start`
    or `stop` from a `Sound`: they wait for its thread.
    """

    def __init__(
        self, speaker: str = "", microphone: str | None = "", latency_s: float = LATENCY_S
    ) -> None:
        self._names = speaker, microphone
        self._latency_s = latency_s
        self._streams: list[Any] = []
        self._delay = Frame(0)
        self._run: _Run | None = None
        self._closing: list[threading.Thread] = []
        self._stopped = 0.0

    @property
    def played(self) -> Frame:
        """Frames requested from the sound since `start`: a heartbeat for a watchdog.

        PortAudio's callbacks may stop for good while the stream says it is active (issues 930 and
        1074); then only this count stands still.
        """
        return Frame(self._run.played if self._run else 0)

    @property
    def heard(self) -> Frame:
        """Frames given to the sound since `start`."""
        return Frame(self._run.heard if self._run else 0)

    @property
    def dropouts(self) -> int:
        """Blocks since `start` for which PortAudio reported a gap, in either direction."""
        return self._run.dropouts if self._run else 0

    @property
    def latency(self) -> Frame:
        """Frames from `Sound.fill` to the loudspeaker, with the converter; 0 before `start`."""
        return self._delay

    def require(self) -> None:
        """Raise `DeviceError` if one of its devices is not there: before the work, not after it."""
        found = list_devices()
        for which in range(len(self._names)):
            self._choose(which, found)

    def start(self, sound: Sound, microphone: bool = True) -> None:
        """Open both streams; see `ports.Device.start`."""
        if self._streams:
            raise DeviceError("the sound card is already in use", "it was started twice", "")
        sd = _sounddevice()
        if self._run and self._run.ended:
            self._require_closed()
            hold()
            sd._terminate()  # only a new PortAudio instance notices an unplugged device
            sd._initialize()
        found = list_devices()
        speaker = self._choose(0, found)
        hears = self._choose(1, found) if microphone else None
        assert speaker
        self._run = run = _Run(sound, _lost_error(sd))
        try:
            output, rate = self._open(sd.OutputStream, speaker, run.play, run.finished)
            run.to_card = Converter(RATE, rate)
            if hears:
                _, rate = self._open(sd.InputStream, hears, run.record, run.finished)
                run.from_card = Converter(rate, RATE)
            for stream in reversed(self._streams):
                stream.start()
        except sd.PortAudioError as error:
            self.stop()
            raise _unstarted([f for f in (speaker, hears) if f], error) from None
        except BaseException:
            self.stop()
            raise
        self._delay = Frame(round(output.latency * RATE) + run.to_card.delay)

    def stop(self) -> None:
        """Stop and close both streams; `Sound` is not called afterwards."""
        if self._run:
            self._run.ended = True
        streams, self._streams = self._streams, []
        for stream in streams:
            closer = threading.Thread(target=_close, args=(stream,), daemon=True)
            closer.start()
            closer.join(CLOSE_S)
            self._closing.append(closer)
        if streams:
            self._stopped = time.monotonic()
        if self._run and not any(closer.is_alive() for closer in self._closing):
            self._run.release()

    def _require_closed(self) -> None:
        """Raise `DeviceError` while a stream of the last start is still being closed."""
        self._closing = [closer for closer in self._closing if closer.is_alive()]
        if self._closing and time.monotonic() - self._stopped < STUCK_S:
            why = "it does not close"
            raise DeviceError("the sound card is still in use", why, "it is tried again")
        self._closing = []

    def _choose(self, which: int, found: list[DeviceInfo]) -> DeviceInfo | None:
        name = self._names[which]
        return None if name is None else choose(name, found, microphone=bool(which))

    def _open(
        self, kind: Any, found: DeviceInfo, callback: Callable[..., None], end: Callable[[], None]
    ) -> tuple[Any, int]:
        """Open a stream at the first rate and number of channels that the device takes; return it
        and the rate.
        """
        sd, why = _sounddevice(), ""
        for rate in RATES:
            for channels in CHANNELS:
                try:
                    stream = kind(
                        device=found.index,
                        samplerate=rate,
                        channels=channels,
                        blocksize=rate // 100,
                        dtype="int16",
                        latency=self._latency_s,
                        callback=callback,
                        finished_callback=end,
                    )
                except sd.PortAudioError as refused:
                    why = why or str(refused)
                else:
                    self._streams.append(stream)
                    return stream, rate
        why = f"{why}; tried {', '.join(map(str, RATES))} Hz"
        raise DeviceError(f"cannot open '{found.name}'", why, _next_step(why))


class _Run:
    """What the callbacks of one `start` share.

    A stream of sounddevice refers to itself, so it and what its callback refers to are freed only
    when Python next looks for circles. The converters are large: they are made for a stream that
    has opened, not for each attempt, and left by `release`.
    """

    def __init__(self, sound: Sound, abort: type[BaseException]) -> None:
        self._sound, self._abort = sound, abort
        self._told = (
            threading.Lock()
        )  # taken once, never waited for: whoever takes it reports the loss
        self.played = self.heard = self.dropouts = 0
        self.to_card = self.from_card = _UNCHANGED
        self.ended = False

    def release(self) -> None:
        """Leave the converters, once both streams are closed."""
        self.to_card = self.from_card = _UNCHANGED

    def play(self, out: NDArray[np.int16], _frames: int, _time: Any, status: Any) -> None:
        """Be the callback of the output."""
        self.dropouts += bool(status)
        self._guard(out, lambda: out.__setitem__(slice(None), self._next()))

    def record(self, data: NDArray[np.int16], _frames: int, _time: Any, status: Any) -> None:
        """Be the callback of the input."""
        self.dropouts += bool(status)
        self._guard(None, lambda: self._take(self.from_card.convert(data[:, 0])))

    def finished(self) -> None:
        """Report the loss of a stream that ended without `stop`."""
        self._lose("the sound card stopped: it was unplugged, or the sound server ended")

    def _next(self) -> NDArray[np.int16]:
        block = self.to_card.convert(self._sound.fill(BLOCK))
        self.played += BLOCK
        return block[:, None]

    def _take(self, block: Samples) -> None:
        if self.played:  # the microphone's clock starts with the loudspeaker's
            self.heard += BLOCK
            self._sound.hear(block.copy())

    def _guard(self, out: NDArray[np.int16] | None, work: Callable[[], None]) -> None:
        if out is not None:
            out.fill(0)
        if self.ended:
            return
        try:
            work()
        except Exception as error:
            self._lose(f"the sound stopped for an error in the program: {error!r}")
            raise self._abort from error

    def _lose(self, why: str) -> None:
        if not self.ended and self._told.acquire(blocking=False):
            self.ended = True
            self._sound.lost(why)


def _sounddevice() -> Any:
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            "live sound needs PortAudio", str(error), "sudo apt install libportaudio2"
        ) from None
    return sounddevice


def _lost_error(sd: Any) -> type[BaseException]:
    abort: type[BaseException] = sd.CallbackAbort
    return abort


def _close(stream: Any) -> None:
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)


def _unstarted(devices: list[DeviceInfo], error: Exception) -> DeviceError:
    names = " and ".join(f"'{device.name}'" for device in devices)
    return DeviceError(f"cannot start {names}", str(error), _next_step(str(error)))


def _next_step(why: str) -> str:
    if "unavailable" in why.lower() or "busy" in why.lower():
        return "another program uses it: close that one, or name the device 'pulse'"
    return "name another device; voicecoach doctor lists them"
