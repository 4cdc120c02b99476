"""The room around the virtual card: carries the coach's echo and the user's voice to the mic.

One loop reads what the loudspeaker plays and writes the sum into the microphone, so both keep one
clock; a separate `paplay` for the user slips against it.
"""

from __future__ import annotations

import math
import os
import subprocess
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import TracebackType

import numpy as np
import soxr
from numpy.typing import NDArray

Sound = NDArray[np.float64]

CARD_RATE = 48_000
CHUNK = 480
_FORMAT = ["--raw", "--format=s16le", f"--rate={CARD_RATE}", "--channels=1"]


@contextmanager
def realtime() -> Iterator[None]:
    """Give this thread, and what it starts, real-time scheduling where the system allows it.

    Without, a loaded machine makes gaps of 5 ms in what the virtual card carries.
    """
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(3))
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.sched_setscheduler(0, *before)


class Room:
    """Runs from `with` to its end, in a thread.

    `echo` is the part of the loudspeaker's amplitude that reaches the microphone, by `response`
    (an impulse response at 48 kHz) if there is one. What the loudspeaker played is kept.
    `noise_dbfs` is the level of white noise at the microphone, which is digitally silent without.
    `extra` names the server of another card than the usual one.
    """

    def __init__(
        self,
        echo: float = 0.0,
        response: Sound | None = None,
        noise_dbfs: float = -math.inf,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self._echo = _Filter(echo * (np.ones(1) if response is None else response))
        self._noise = 32768 * 10 ** (noise_dbfs / 20)
        self._random = np.random.default_rng(2)
        self._environ = os.environ | dict(extra or {})
        self._says: deque[tuple[int, Sound]] = deque()
        self._tape: list[bytes] = []
        self._pipes: list[subprocess.Popen[bytes]] = []
        self._ready = threading.Event()
        self._turned = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Room:
        listen = ["parec", "-d", "speaker.monitor", *_FORMAT, "--latency-msec=20"]
        speak = ["pacat", "--playback", "-d", "mic", *_FORMAT, "--latency-msec=100"]
        self._pipes = [
            subprocess.Popen(listen, stdout=subprocess.PIPE, env=self._environ),
            subprocess.Popen(speak, stdin=subprocess.PIPE, env=self._environ),
        ]
        self._thread.start()
        assert self._ready.wait(60), "the room hears nothing of the virtual card"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        for pipe in self._pipes:
            pipe.terminate()
            pipe.wait()
        self._thread.join(60)
        for pipe in self._pipes:
            for end in (pipe.stdin, pipe.stdout):
                if end:
                    with suppress(BrokenPipeError):
                        end.close()

    @property
    def clock(self) -> float:
        """Seconds of the loudspeaker kept so far."""
        return len(self._tape) * CHUNK / CARD_RATE

    def say(self, samples: NDArray[np.int16], after_s: float = 0.0) -> float:
        """Let the user say `samples` (mono, 16 kHz); return the second at which they end."""
        start = len(self._tape) + round(after_s * CARD_RATE / CHUNK)
        sound = soxr.resample(samples.astype(np.float64), 16_000, CARD_RATE)
        self._says.append((start, sound))
        return (start * CHUNK + len(sound)) / CARD_RATE

    def wait(self, until: float) -> None:
        """Wait until so many seconds of the loudspeaker have been kept."""
        with self._turned:
            assert self._turned.wait_for(lambda: self.clock >= until, 60), "the card stands still"

    def played(self) -> NDArray[np.int16]:
        """Return what the loudspeaker played so far, at 48 kHz."""
        return np.frombuffer(b"".join(self._tape), np.int16)

    def _work(self) -> None:
        hears, speaks = self._pipes[0].stdout, self._pipes[1].stdin
        assert hears
        assert speaks
        while len(chunk := hears.read(2 * CHUNK)) == 2 * CHUNK:
            mixed = self._mix(np.frombuffer(chunk, np.int16))
            self._tape.append(chunk)
            try:
                speaks.write(mixed.tobytes())
                speaks.flush()
            except (OSError, ValueError):  # the card went away, or the test is over
                return
            self._ready.set()
            with self._turned:
                self._turned.notify_all()

    def _mix(self, coach: NDArray[np.int16]) -> NDArray[np.int16]:
        now = len(self._tape)
        mixed = self._echo(coach.astype(np.float64))
        mixed += self._random.normal(0.0, self._noise, CHUNK)
        for start, sound in self._says:
            if now >= start:
                part = sound[(now - start) * CHUNK :][:CHUNK]
                mixed[: len(part)] += part
        return np.asarray(np.clip(np.rint(mixed), -32768, 32767), np.int16)


class _Filter:
    """Convolves chunk by chunk with an impulse response."""

    def __init__(self, response: Sound) -> None:
        self._size = 1 << (CHUNK + len(response)).bit_length()
        self._spectrum = np.fft.rfft(response, self._size)
        self._tail = np.zeros(self._size)

    def __call__(self, chunk: Sound) -> Sound:
        """Return the next chunk of the result."""
        self._tail += np.fft.irfft(np.fft.rfft(chunk, self._size) * self._spectrum, self._size)
        out = self._tail[:CHUNK].copy()
        self._tail = np.concatenate([self._tail[CHUNK:], np.zeros(CHUNK)])
        return out


def living_room() -> Sound:
    """Return an impulse response of unit energy: direct sound, and 250 ms to fall by 60 dB."""
    random = np.random.default_rng(1)
    time = np.arange(CARD_RATE // 8) / CARD_RATE
    tail = random.standard_normal(len(time)) * 10 ** (-3 * time / 0.25)
    tail[: CARD_RATE // 400] = 0.0
    response = np.concatenate([[1.0], 0.6 * tail[1:] / np.sqrt(np.sum(tail**2))])
    return np.asarray(response / np.sqrt(np.sum(response**2)))
