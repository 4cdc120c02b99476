"""Simulated rooms: early reflections by the image method, then a tail of noise that decays."""

import numpy as np

from .features import RATE, Floats

SOUND = 343.0  # m/s
EARLY_S = 0.08  # after the direct sound; later reflections are too many to tell apart
LEAST_M, MOST_M = (2.5, 2.2, 2.2), (8.0, 6.0, 3.2)  # length, width, height
T60_S = (0.2, 0.9)  # from a furnished bedroom to a bare living room
WALL_M = 0.3  # from a wall at least; as far from the microphone to the mouth
AIMED_DB = 10.0  # at most: a mouth and a microphone are louder ahead


def room(rng: np.random.Generator) -> Floats:
    """Response of a shoebox room from a random place to another (Allen and Berkley 1979)."""
    size, t60 = rng.uniform(LEAST_M, MOST_M), rng.uniform(*T60_S)
    mouth, microphone = (rng.uniform(WALL_M, size - WALL_M) for _ in range(2))
    while np.linalg.norm(mouth - microphone) < WALL_M:
        mouth = rng.uniform(WALL_M, size - WALL_M)
    ahead = 10 ** (rng.uniform(0, AIMED_DB) / 20)
    early = _early(size, t60, mouth, microphone, ahead)
    time = np.arange(int(RATE * t60)) / RATE
    tail = rng.normal(size=len(time)) * 10 ** (-3 * time / t60)
    if rng.random() < 0.5:  # curtains and carpets take the high end
        tail = np.convolve(tail, np.ones(3) / 3, mode="same")
    half = len(early) // 2
    tail *= _level(early[half:]) / _level(tail[half : len(early)])
    fade = np.clip((np.arange(len(tail)) - half) / half, 0, 1)
    out = tail * fade
    out[: len(early)] += early * (1 - fade[: len(early)])
    return (out / np.abs(out).max()).astype(np.float32)


def _level(samples: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(samples)))) + 1e-9


def _early(size: Floats, t60: float, mouth: Floats, microphone: Floats, ahead: float) -> Floats:
    """The direct sound at 0, louder by `ahead`, and the reflections up to `EARLY_S` later."""
    surface = 2 * (size[0] * size[1] + size[1] * size[2] + size[0] * size[2])
    taken = min(0.95, 0.161 * float(np.prod(size)) / (surface * t60))  # Sabine
    axes = [_images(size[n], mouth[n], microphone[n]) for n in range(3)]
    (x, i), (y, j), (z, k) = axes
    far = np.sqrt(x[:, None, None] ** 2 + y[None, :, None] ** 2 + z[None, None, :] ** 2).ravel()
    bounces = (i[:, None, None] + j[None, :, None] + k[None, None, :]).ravel()
    out = np.zeros(int(RATE * EARLY_S))
    at = np.rint((far - far.min()) * RATE / SOUND).astype(int)
    heard = at < len(out)
    gain = (1 - taken) ** (bounces[heard] / 2) / far[heard]
    np.add.at(out, at[heard], gain)
    out[0] *= ahead
    return out


def _images(length: float, mouth: float, microphone: float) -> tuple[Floats, Floats]:
    """Distance of each image of the mouth along an axis, and how often its sound was reflected."""
    count = int(np.ceil((EARLY_S * SOUND + 10) / length / 2))
    turns = np.arange(-count, count + 1)
    same, mirrored = 2 * turns * length + mouth, 2 * turns * length - mouth
    places = np.concatenate([same, mirrored]) - microphone
    return places, np.concatenate([np.abs(2 * turns), np.abs(2 * turns - 1)])
