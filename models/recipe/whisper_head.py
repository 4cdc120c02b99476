"""The head on Whisper's encoder, and its fusion with the verifier's head; in numpy alone."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from .classes import ALL_CLASSES, COHORT, FEW, NOISE, OTHER, WORDS

SEGMENTS, LONG = 8, 7  # the last 56 rows of 20 ms, as the means of eight stretches of 140 ms
HIDDEN = 64
EPOCHS, BATCH, RATE = 14, 256, 2e-3
DROPOUT, SMOOTHING, DECAY = 0.3, 0.03, 0.02
FUSION_STEPS, FUSION_RATE = 1500, 0.02
GROUPS = (WORDS[:4], WORDS[4:], FEW, COHORT, (OTHER,), (NOISE,))  # classes that share their weights

Arrays = dict[str, np.ndarray]


def pooled(folder: Path, count: int) -> np.ndarray:
    """(looks, features) of the rows that `whisper.build` has written."""
    rows = np.load(folder / "encoder.npy", mmap_mode="r")
    out = np.empty((count, SEGMENTS * rows.shape[2]), np.float16)
    for at in range(0, count, 2000):
        part = rows[at : min(at + 2000, count), -SEGMENTS * LONG :].astype(np.float32)
        means = part.reshape(len(part), SEGMENTS, LONG, -1).mean(axis=2)
        out[at : at + len(part)] = means.reshape(len(part), -1)
    return out


def train(x: np.ndarray, classes: np.ndarray, seed: int) -> Arrays:
    """Train a head with one hidden layer by AdamW; return weights for raw features."""
    rng = np.random.default_rng(seed)
    sample = x[:4000].astype(np.float32)
    mean, spread = sample.mean(axis=0), sample.std(axis=0) + 1e-3
    weights = _fresh(x.shape[1], rng)
    moments = {name: (np.zeros_like(w), np.zeros_like(w)) for name, w in weights.items()}
    steps, number = EPOCHS * (len(x) // BATCH), 0
    for epoch in range(EPOCHS):
        begun, total, hits = time.monotonic(), 0.0, 0
        order = rng.permutation(len(x))
        for at in range(0, len(x) - BATCH + 1, BATCH):
            pick = np.sort(order[at : at + BATCH])
            batch = (x[pick].astype(np.float32) - mean) / spread
            slopes, loss, right = _slopes(weights, batch, classes[pick], rng)
            number += 1
            _step(weights, slopes, moments, number, number / steps)
            total, hits = total + loss, hits + right
        print(f"  epoch {epoch + 1}/{EPOCHS}: loss {total / len(x):.3f}, "
              f"{100 * hits / len(x):.1f} % right, {time.monotonic() - begun:.0f} s",
              flush=True)  # fmt: skip
    first = weights["first.weight"] / spread
    bias = weights["first.bias"] - first @ mean
    return {**weights, "first.weight": first, "first.bias": bias}


def _fresh(width: int, rng: np.random.Generator) -> Arrays:
    sizes = (width, HIDDEN, len(ALL_CLASSES))
    shapes = zip(("first", "out"), sizes[:-1], sizes[1:], strict=True)
    made: Arrays = {}
    for name, inputs, outputs in shapes:
        made[f"{name}.weight"] = rng.normal(0, (2 / inputs) ** 0.5, (outputs, inputs))
        made[f"{name}.bias"] = np.zeros(outputs)
    return {name: array.astype(np.float32) for name, array in made.items()}


def _slopes(
    weights: Arrays, x: np.ndarray, classes: np.ndarray, rng: np.random.Generator
) -> tuple[Arrays, float, int]:
    """Gradients of the cross-entropy of a batch, with dropout and smoothed labels."""
    x = x * _mask(x.shape, rng)
    raw = x @ weights["first.weight"].T + weights["first.bias"]
    keep = _mask(raw.shape, rng) * (raw > 0)
    hidden = raw * keep
    scores = hidden @ weights["out.weight"].T + weights["out.bias"]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    each = np.arange(len(x))
    loss = -float(np.log(shares[each, classes] + 1e-9).sum())
    right = int((shares.argmax(axis=1) == classes).sum())
    back = shares - SMOOTHING / shares.shape[1]
    back[each, classes] -= 1 - SMOOTHING
    back /= len(x)
    behind = (back @ weights["out.weight"]) * keep
    slopes = {"first.weight": behind.T @ x, "first.bias": behind.sum(axis=0),
              "out.weight": back.T @ hidden, "out.bias": back.sum(axis=0)}  # fmt: skip
    return slopes, loss, right


def _mask(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    return (rng.random(shape, np.float32) > DROPOUT) * np.float32(1 / (1 - DROPOUT))


def _step(weights: Arrays, slopes: Arrays, moments: dict, number: int, done: float) -> None:
    rate = RATE * min(1.0, 0.1 + 20 * done) * 0.5 * (1 + np.cos(np.pi * done))
    for name, weight in weights.items():
        mean, square = moments[name]
        mean += 0.1 * (slopes[name] - mean)
        square += 0.002 * (slopes[name] ** 2 - square)
        move = mean / (1 - 0.9**number) / (np.sqrt(square / (1 - 0.998**number)) + 1e-8)
        decay = DECAY * weight if name.endswith("weight") else 0.0
        np.subtract(weight, rate * (move + decay), out=weight)


def log_shares(head: Arrays, x: np.ndarray) -> np.ndarray:
    """(looks, classes) for pooled features."""
    hidden = np.maximum(x.astype(np.float32) @ head["first.weight"].T + head["first.bias"], 0)
    return _log_softmax(hidden @ head["out.weight"].T + head["out.bias"])


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def weigh(opinions: Sequence[np.ndarray], classes: np.ndarray) -> np.ndarray:
    """Weights of each opinion and an offset, (classes, opinions + 1), by the greatest likelihood.

    An opinion has shape (looks, classes): logarithms of shares, or other scores.
    """
    group = np.array([next(n for n, g in enumerate(GROUPS) if c in g) for c in ALL_CLASSES])
    inputs = np.stack([*opinions, np.ones_like(opinions[0])], axis=2)
    weights = np.full((len(GROUPS), inputs.shape[2]), 1 / len(opinions))
    weights[:, -1] = 0.0
    truth = np.eye(len(ALL_CLASSES))[classes]
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for number in range(1, FUSION_STEPS + 1):
        back = np.exp(_log_softmax((inputs * weights[group]).sum(axis=2))) - truth
        slope = np.zeros_like(weights)
        np.add.at(slope, group, np.einsum("lc,lci->ci", back, inputs) / len(classes))
        slope += 1e-3 * weights
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope**2 - square)
        move = mean / (1 - 0.9**number) / (np.sqrt(square / (1 - 0.99**number)) + 1e-8)
        weights -= FUSION_RATE * (1 - number / FUSION_STEPS) * move
    return weights[group]


def joined(opinions: Sequence[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Logarithms of the shares after all opinions, (looks, classes)."""
    scores = sum(of * weights[:, n] for n, of in enumerate(opinions))
    return _log_softmax(scores + weights[:, -1])


def fuse(opinions: Mapping[str, np.ndarray], classes: np.ndarray) -> np.ndarray:
    """Weights of the opinions; print what each finds of the tune side, and all joined."""
    weights = weigh([*opinions.values()], classes)
    both = joined([*opinions.values()], weights)
    for name, scores in {**opinions, "joined": both}.items():
        logs = _log_softmax(scores)
        right = 100 * (logs.argmax(axis=1) == classes).mean()
        loss = -logs[np.arange(len(logs)), classes].mean()
        print(f"  tune, {name}: loss {loss:.3f}, {right:.1f} % right", flush=True)
    return weights


def save_fusion(fusion: np.ndarray, path: Path) -> None:
    """Put the weights of a fusion into a file that has everything else."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    np.savez_compressed(path, **{**arrays, "fusion": fusion.astype(np.float32)})


def save(head: Arrays, fusion: np.ndarray, path: Path) -> None:
    """Write head and fusion as the program reads them, the head in 16 bits."""
    arrays = {name: value.astype(np.float16) for name, value in head.items()}
    fused = fusion.astype(np.float32)
    np.savez_compressed(path, classes=np.array(ALL_CLASSES), fusion=fused, **arrays)
