"""Mel filterbanks as Vosk computes them from `conf/fbank.conf`, and the spoiling of clips."""

from dataclasses import dataclass, field
from pathlib import Path

import kaldi_native_fbank as knf
import numpy as np
import soundfile as sf
from scipy.signal import fftconvolve, resample_poly

RATE = 16000
MELS = 40
LOW_HZ, HIGH_HZ = 40, 7600
SUBSAMPLING = 3  # the network speaks every third frame of 10 ms
# Rooms kept for measuring; all others train.
HELD_ROOMS = ("sb-rir3_1", "webaudio-omni-35-10_1")

Floats = np.ndarray


def fbank(samples: Floats) -> Floats:
    """Log mel energies, one row per 10 ms; `samples` in -1..1 at 16 kHz."""
    options = knf.FbankOptions()
    options.frame_opts.dither = 0
    options.frame_opts.samp_freq = RATE
    options.mel_opts.num_bins = MELS
    options.mel_opts.low_freq = LOW_HZ
    options.mel_opts.high_freq = HIGH_HZ
    computer = knf.OnlineFbank(options)
    computer.accept_waveform(RATE, (np.round(np.clip(samples, -1, 1) * 32767)).tolist())
    computer.input_finished()
    rows = [computer.get_frame(i) for i in range(computer.num_frames_ready)]
    return np.stack(rows) if rows else np.zeros((0, MELS), np.float32)


def load(path: str | Path) -> Floats:
    """A clip as float32, mono, 16 kHz."""
    samples, rate = sf.read(path, dtype="float32", always_2d=True)
    if rate != RATE:
        return resample_poly(samples[:, 0], RATE, rate).astype(np.float32)
    return samples[:, 0]


def rms(samples: Floats) -> float:
    """Root mean square, never 0."""
    return float(np.sqrt(np.mean(np.square(samples)))) + 1e-6


def loud(samples: Floats) -> float:
    """Level of the louder half of 20 ms blocks: speech without its pauses."""
    blocks = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    levels = np.sort(np.sqrt(np.mean(np.square(blocks), axis=1))) if len(blocks) else [0.0]
    return float(np.mean(levels[len(levels) // 2 :])) + 1e-6


def mix(samples: Floats, noise: Floats, snr_db: float, rng: np.random.Generator) -> Floats:
    """The clip with a random stretch of noise, `snr_db` below the louder half of the speech."""
    start = int(rng.integers(0, max(1, len(noise))))
    stretch = np.resize(np.roll(noise, -start), len(samples))
    gain = loud(samples) / rms(stretch) * 10 ** (-snr_db / 20)
    return samples + (gain * stretch).astype(np.float32)


def synthetic_room(rng: np.random.Generator) -> Floats:
    """Decaying noise after a direct path: 0.15-0.7 s reverberation, direct to late 0..12 dB."""
    t60 = rng.uniform(0.15, 0.7)
    time = np.arange(int(RATE * t60)) / RATE
    tail = rng.normal(size=len(time)) * 10 ** (-3 * time / t60)
    tail *= 10 ** (-rng.uniform(0, 12) / 20) / np.sqrt(np.sum(np.square(tail)))
    tail[0] = 1
    return tail.astype(np.float32)


def in_room(samples: Floats, room: Floats) -> Floats:
    """The clip in a room, as loud as before, its direct sound where it was."""
    peak = int(np.argmax(np.abs(room)))
    wet = fftconvolve(samples, room)[peak : peak + len(samples)]
    return (wet * rms(samples) / rms(wet)).astype(np.float32)


def with_clicks(samples: Floats, rng: np.random.Generator) -> Floats:
    """One to three clicks or thumps of 5-60 ms: lips, a touched microphone; they are no words."""
    out = samples.copy()
    for _ in range(int(rng.integers(1, 4))):
        count = int(RATE * rng.uniform(0.005, 0.06))
        burst = rng.normal(size=count) * np.exp(-np.arange(count) / (count * rng.uniform(0.1, 0.5)))
        if rng.random() < 0.5:  # a thump: the low end only
            burst = np.convolve(burst, np.ones(8), mode="same")
        burst *= loud(samples) * 10 ** (rng.uniform(-15, 6) / 20) / rms(burst)
        at = int(rng.integers(0, max(1, len(out) - count)))
        out[at : at + count] += burst[: len(out) - at].astype(np.float32)
    return out


def telephone(samples: Floats, rng: np.random.Generator) -> Floats:
    """Only the band of a telephone, about 300 to 3400 Hz."""
    spectrum = np.fft.rfft(samples)
    hertz = np.linspace(0, RATE / 2, len(spectrum))
    low, high = rng.uniform(200, 400), rng.uniform(3000, 3800)
    spectrum[(hertz < low) | (hertz > high)] *= 10 ** (-rng.uniform(25, 50) / 20)
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


def with_hum(samples: Floats, rng: np.random.Generator) -> Floats:
    """A constant offset and the hum of the mains, 50 or 60 Hz and its multiples."""
    time = np.arange(len(samples)) / RATE
    mains = 2 * np.pi * rng.choice((50, 60))
    tones = [
        rng.uniform(0, 1) / n * np.sin(n * mains * time + rng.uniform(0, 6)) for n in (1, 2, 3, 5)
    ]
    level = loud(samples) * 10 ** (rng.uniform(-20, 3) / 20)
    offset = level * rng.uniform(-3, 3)
    return (samples + offset + level * np.sum(tones, axis=0)).astype(np.float32)


@dataclass
class Spoiler:
    """Makes a copy of a clip as another microphone in another room would hear it."""

    noises: list[Floats]
    voices: list[Floats]
    rooms: list[Floats]
    coach: list[Floats] = field(default_factory=list)  # the coach's own voice, for what leaks
    clicks: float = 0.0  # share of copies with clicks
    snr_db: tuple[float, float] = (0.0, 22.0)
    electric: float = 0.0  # share of copies through a telephone, or with an offset and hum
    talk: float = 0.1  # share of copies beside another voice, and how far below
    talk_db: tuple[float, float] = (12.0, 25.0)
    known: float = 0.4  # share of `rooms` among all rooms; the others are a decaying noise

    def _noise(self, rng: np.random.Generator) -> Floats:
        kind = rng.random()
        if kind < 0.65 and self.noises:
            return self.noises[int(rng.integers(len(self.noises)))]
        white = rng.normal(size=RATE * 4).astype(np.float32)
        if kind < 0.85:
            return white
        brown = np.cumsum(white)
        return brown - fftconvolve(brown, np.ones(800) / 800, mode="same")

    def copy(self, samples: Floats, rng: np.random.Generator) -> Floats:
        """Room, noise (0-22 dB), another voice or the coach's, level (-30..+8 dB), by chance."""
        out = samples
        if rng.random() < 0.5:
            known = rng.random() < self.known and self.rooms
            pick = self.rooms[int(rng.integers(len(self.rooms)))] if known else synthetic_room(rng)
            out = in_room(out, pick)
        if self.clicks and rng.random() < self.clicks:
            out = with_clicks(out, rng)
        if rng.random() < 0.7:
            out = mix(out, self._noise(rng), rng.uniform(*self.snr_db), rng)
        if rng.random() < self.talk and self.voices:
            voice = self.voices[int(rng.integers(len(self.voices)))]
            out = mix(out, voice, rng.uniform(*self.talk_db), rng)
        elif rng.random() < 0.15 and self.coach:
            leak = self.coach[int(rng.integers(len(self.coach)))]
            out = mix(out, leak, rng.uniform(6, 22), rng)
        if self.electric and rng.random() < self.electric:
            out = telephone(out, rng) if rng.random() < 0.5 else with_hum(out, rng)
        return np.clip(out * 10 ** (rng.uniform(-30, 8) / 20), -1, 1).astype(np.float32)


def speed(samples: Floats, factor: float) -> Floats:
    """Faster (factor > 1) or slower, pitch and all."""
    count = int(len(samples) / factor)
    return np.interp(np.arange(count) * factor, np.arange(len(samples)), samples).astype(np.float32)
