"""Synthetic music: chords of plucked and sustained tones with a beat. Chance has the seed given."""

import numpy as np

RATE = 16000
SCALES = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 10), (0, 3, 7, 10), (0, 5, 7), (0, 7, 12))


def chords(count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` samples of chords that change with the beat, peak 0.5, sometimes with a drum."""
    out = np.zeros(count, np.float32)
    beat = int(RATE * 60 / rng.uniform(60, 150))
    partials, decay = int(rng.integers(3, 14)), rng.uniform(0.15, 3.0)
    drum, root = rng.random() < 0.5, rng.uniform(80, 330)
    at = -int(rng.integers(beat))
    while at < count:
        length = beat * int(rng.choice((1, 1, 2, 4)))
        shape = SCALES[int(rng.integers(len(SCALES)))]
        step = root * 2 ** (int(rng.choice((0, 2, 4, 5, 7, 9))) / 12)
        sound = sum(_tone(step * 2 ** (n / 12), length, partials, decay, rng) for n in shape)
        if drum:
            sound = sound + _drum(length, rng)
        first = max(0, -at)
        piece = sound[first : count - at]
        out[at + first : at + first + len(piece)] += piece
        at += length
    return (0.5 * out / (np.abs(out).max() + 1e-9)).astype(np.float32)


def _tone(
    hertz: float, length: int, partials: int, decay: float, rng: np.random.Generator
) -> np.ndarray:
    time = np.arange(length) / RATE
    vibrato = 0.003 * np.sin(2 * np.pi * rng.uniform(4, 7) * time) * (rng.random() < 0.4)
    phase = 2 * np.pi * hertz * (time + vibrato / 6)
    loud = 1 / np.arange(1, partials + 1) ** rng.uniform(0.7, 2.0)
    tones = [a * np.sin((n + 1) * phase) for n, a in enumerate(loud) if (n + 1) * hertz < 7500]
    attack = np.minimum(1, time / rng.uniform(0.003, 0.15))
    return np.sum(tones, axis=0) * attack * np.exp(-time / decay)


def _drum(length: int, rng: np.random.Generator) -> np.ndarray:
    time = np.arange(length) / RATE
    if rng.random() < 0.5:
        return 2 * np.sin(2 * np.pi * 60 * time) * np.exp(-time * 25)
    return rng.normal(size=length) * np.exp(-time * rng.uniform(20, 60))


def tones(count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` samples of what hums and beeps, peak 0.5: a steady chord, a gliding tone, beeps."""
    time = np.arange(count) / RATE
    hertz = np.exp(rng.uniform(np.log(80), np.log(3000), int(rng.integers(1, 5))))
    glide = 1 + rng.uniform(0, 0.3) * np.sin(2 * np.pi * rng.uniform(0.05, 2) * time)
    turns = np.cumsum(glide) / RATE
    out = np.sum([np.sin(2 * np.pi * h * n * turns) / n for h in hertz for n in (1, 2, 3)], axis=0)
    if rng.random() < 0.5:  # beeps
        out = out * (np.sin(2 * np.pi * rng.uniform(0.4, 5) * time) > rng.uniform(-0.5, 0.7))
    return (0.5 * out / (np.abs(out).max() + 1e-9)).astype(np.float32)
