"""The sound of a room: levels, responses, streaming convolution, background noise.

All levels of a scenario are in dB relative to the user at the microphone, whose active speech
level is `USER_DBFS`. Random parts come from `numpy.random.RandomState`, whose streams NumPy
guarantees not to change (NEP 19), so a seed always gives the same room.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.units import BLOCK, RATE

Floats = NDArray[np.float32]
"""Sound in computations: shape ``(frames,)``, full scale 32768."""

USER_DBFS: Final = -26.0
"""Active speech level of the user at the microphone: the nominal level of ITU-T P.56 speech."""

USER_DIRECT_DB: Final = 3.0
"""The user's direct sound over the reverberation: about 0.7 m from the microphone in a small room.

Critical distance 0.057 * sqrt(Q * V / rt60) m (Kuttruff, Room Acoustics), with Q = 2 for a talker
and V = 40 m3 is 0.86 m at rt60 350 ms; 0.6-0.7 m away the direct sound leads by 2-3 dB."""

ECHO_DIRECT_DB: Final = 0.0
"""The same for the loudspeaker, which does not face the microphone."""

_QUIET_DB: Final = 15.9
"""A stretch this far below the mean of the speech is a pause (margin of ITU-T P.56)."""

_STRETCH: Final = 320
"""Frames in which speech activity is decided: 20 ms."""

_STRETCHES: Final = 500
"""Stretches that are widened at once: 10 s."""

_LTASS_CORNER: Final = 500.0
"""Hz; speech falls by about 9 dB an octave above it (Byrne et al., JASA 96, 1994)."""

_FIRST_REFLECTION: Final = 32
"""Frames between the direct sound and the reverberation: 2 ms, a detour of 0.7 m."""


def gain(decibel: float) -> float:
    """Return the factor of a level: 20 dB is 10."""
    return float(10.0 ** (decibel / 20.0))


def rms(samples: NDArray[np.generic]) -> float:
    """Return the root mean square, in the unit of `samples`; 0.0 for none."""
    wide = samples.astype(np.float64)
    return float(np.sqrt(np.mean(wide * wide))) if len(wide) else 0.0


def active_dbfs(samples: NDArray[np.generic]) -> float:
    """Return the level of the speech in `samples` without its pauses, in dB of full scale.

    A simple form of ITU-T P.56: the mean over 20 ms stretches that are not `_QUIET_DB` below that
    mean, found by iteration. ``-inf`` for silence.
    """
    powers = _powers(samples)
    if not powers.any():
        powers = np.array([rms(samples) ** 2])
    if not powers.any():
        return -np.inf
    level = float(powers.mean())
    for _ in range(20):  # rises, and is constant after three or four rounds
        level = float(powers[powers >= level * 10 ** (-_QUIET_DB / 10)].mean())
    return float(10 * np.log10(level / 32768.0**2))


def _powers(samples: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return the mean square of each whole stretch: part by part, for they may be an hour."""
    stretches = samples[: len(samples) // _STRETCH * _STRETCH].reshape(-1, _STRETCH)
    powers = np.zeros(len(stretches))
    for first in range(0, len(stretches), _STRETCHES):
        part = stretches[first : first + _STRETCHES].astype(np.float64)
        powers[first : first + _STRETCHES] = np.mean(part**2, axis=1)
    return powers


def room_response(rt60_ms: int, direct_db: float, seed: int) -> Floats:
    """Return the impulse response of a room; the direct sound is 1.0 at frame 0, before scaling.

    After 2 ms comes noise that decays by 60 dB in `rt60_ms` (0 to 2000; 0 is the open air), with
    an energy `direct_db` below the direct sound. Scaled so that speech keeps its level.
    """
    frames = rt60_ms * RATE // 1000
    if frames <= _FIRST_REFLECTION:
        return np.ones(1, np.float32)
    decay = 10.0 ** (-3.0 * np.arange(frames) / frames)
    tail = np.random.RandomState(seed).standard_normal(frames) * decay
    tail[:_FIRST_REFLECTION] = 0.0
    tail *= gain(-direct_db) / np.sqrt(np.sum(tail * tail))
    tail[0] = 1.0
    return (tail / _speech_gain(tail)).astype(np.float32)


def measured_response(recorded: NDArray[np.generic]) -> Floats:
    """Return a recorded impulse response from its direct sound on (its highest sample), scaled so
    that speech keeps its level, as that of `room_response`.
    """
    wide = recorded.astype(np.float64)
    way = wide[int(np.argmax(np.abs(wide))) :]
    return (way / _speech_gain(way)).astype(np.float32)


def _speech_gain(response: NDArray[np.float64]) -> float:
    """Return the factor by which `response` changes the level of speech of average spectrum."""
    size = 1 << (len(response) - 1).bit_length()
    power = np.abs(np.fft.rfft(response, size)) ** 2
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    speech = (hertz > 80.0) / (1.0 + (hertz / _LTASS_CORNER) ** 3)
    return float(np.sqrt(np.sum(power * speech) / np.sum(speech)))


def convolve(samples: NDArray[np.generic], response: Floats) -> Floats:
    """Return `samples` in a room, with the tail of the reverberation."""
    frames = len(samples) + len(response) - 1
    size = 1 << (frames - 1).bit_length()
    spectrum = np.fft.rfft(samples.astype(np.float64), size) * np.fft.rfft(response, size)
    return np.fft.irfft(spectrum, size)[:frames].astype(np.float32)


def pink_noise(frames: int, seed: int) -> Floats:
    """Return noise of equal power per octave, RMS 1.0, that repeats without a break."""
    bins = frames // 2 + 1
    random = np.random.RandomState(seed)
    spectrum = random.standard_normal(bins) + 1j * random.standard_normal(bins)
    hertz = np.fft.rfftfreq(frames, 1 / RATE)
    spectrum *= (hertz >= 20.0) / np.sqrt(np.maximum(hertz, 20.0))
    noise = np.fft.irfft(spectrum, frames)
    return (noise / rms(noise)).astype(np.float32)


def seamless(noise: NDArray[np.generic], overlap: int = RATE // 20) -> Floats:
    """Return `noise` with its end crossfaded into its beginning (50 ms, equal power)."""
    overlap = min(overlap, len(noise) // 2)
    sound = noise.astype(np.float32)
    body = sound[: len(sound) - overlap]
    if overlap:
        angle = np.linspace(0.0, np.pi / 2, overlap, dtype=np.float32)
        body[:overlap] = body[:overlap] * np.sin(angle) + sound[-overlap:] * np.cos(angle)
    return body


class Loop:
    """A sound that repeats endlessly, read block by block."""

    def __init__(self, sound: Floats) -> None:
        # Long enough to cut any block out in one piece.
        self._sound = np.concatenate([sound, np.resize(sound, BLOCK)])
        self._length = len(sound)
        self._at = 0

    def next_block(self) -> Floats:
        """Return the next `BLOCK` frames."""
        block = self._sound[self._at : self._at + BLOCK]
        self._at = (self._at + BLOCK) % self._length
        return block


class Convolver:
    """Streaming convolution without delay: uniformly partitioned overlap-save.

    Equal to `convolve` to float precision. Leading silence of the response (the way through the
    air) costs nothing.
    """

    def __init__(self, response: Floats) -> None:
        parts = -(-len(response) // BLOCK)
        padded = np.zeros(parts * BLOCK)
        padded[: len(response)] = response
        filters = np.fft.rfft(padded.reshape(parts, BLOCK), 2 * BLOCK, axis=1)
        first = np.flatnonzero(response)[0] // BLOCK if response.any() else parts
        # Oldest part first, as the spectra lie in memory.
        self._filters = filters[first:][::-1].astype(np.complex64)
        # Spectra of past blocks, written twice, `parts` apart: the last ones are one slice.
        self._past = np.zeros((2 * parts, BLOCK + 1), np.complex64)
        self._parts, self._first = parts, int(first)
        self._slot = 0
        self._window = np.zeros(2 * BLOCK, np.float32)

    def block(self, sound: NDArray[np.generic]) -> Floats:
        """Take `BLOCK` frames and return the `BLOCK` frames of the room at the same time."""
        self._window[:BLOCK] = self._window[BLOCK:]
        self._window[BLOCK:] = sound
        self._slot = (self._slot + 1) % self._parts
        spectrum = np.fft.rfft(self._window)
        self._past[self._slot] = self._past[self._slot + self._parts] = spectrum
        end = self._slot + self._parts + 1 - self._first
        recent = self._past[end - len(self._filters) : end]
        summed = np.einsum("pf,pf->f", recent, self._filters)
        return np.fft.irfft(summed, 2 * BLOCK)[BLOCK:].astype(np.float32)
