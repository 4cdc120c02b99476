"""Make `embedding.npz`: `python -m recipe.embedding --speech RECORDINGS --out coach-en`.

It belongs to the verifier in `--out`, and is made again after that. A linear discriminant analysis
of what the verifier pools, over takes of one word by one speaker of the training side, each as it
is and once with noise.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from voicecoach.stt.acoustic_model import load_acoustic_model
from voicecoach.stt.embedding import FILE, digest
from voicecoach.stt.fbank import fbank
from voicecoach.stt.look_window import AFTER, window_of
from voicecoach.stt.verifier import FILE as VERIFIER
from voicecoach.stt.verifier import NetworkVerifier

from . import corpus, features, looks, vocabulary
from .corpus import TRAIN, Clip
from .features import RATE

TAKES = 3  # least of a speaker and word
SIZE = 64  # numbers in an embedding: with 32 a tenth more misses, with all 192 as many
SHRINK = 0.1  # of the covariance within, towards a round one
SNR_DB = 10.0
FULL = 32768.0


def takes(clips: list[Clip]) -> dict[tuple[str, str], list[Clip]]:
    """The recordings of each speaker and word of which there are enough."""
    found: dict[tuple[str, str], list[Clip]] = defaultdict(list)
    for clip in clips:
        if clip.side == TRAIN and clip.kind in ("commands", "words") and clip.text:
            found[clip.speaker, clip.text].append(clip)
    return {key: group for key, group in found.items() if len(group) >= TAKES}


def pooled(model: Path, speech: Path) -> list[np.ndarray]:
    """What the verifier pools of each group of takes, shape (takes, numbers)."""
    clips = corpus.read(speech)
    groups = takes(clips)
    ends = looks.ends([clip for group in groups.values() for clip in group], model)
    noises = [features.load(c.path) for c in clips if c.kind == "noise" and c.side == TRAIN]
    chance = np.random.default_rng(1)
    verifier, network = NetworkVerifier(model), load_acoustic_model(model / "network.npz")
    found = []
    for group in groups.values():
        rows = []
        for clip in group:
            if clip.id in ends:
                sound = _look(features.load(clip.path), ends[clip.id][0])
                for look in (sound, _noisy(sound, noises[chance.integers(len(noises))], chance)):
                    whole = np.rint(np.clip(look, -1, 1) * (FULL - 1)).astype(np.int16)
                    rows.append(verifier.pooled(network.run(fbank(window_of(whole)))[0]))
        if len(rows) >= 2 * TAKES:
            found.append(np.array(rows))
    return found


def _look(samples: np.ndarray, end: float) -> np.ndarray:
    last = round(end * RATE) + AFTER
    return np.pad(samples, (0, max(0, last - len(samples))))[:last]


def _noisy(sound: np.ndarray, noise: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    at = int(chance.integers(max(1, len(noise) - len(sound))))
    part = np.resize(noise[at:], len(sound))
    loud = np.sqrt(np.mean(sound**2)) / (np.sqrt(np.mean(part**2)) + 1e-9)
    mixed: np.ndarray = sound + part * loud * 10 ** (-SNR_DB / 20)
    return mixed


def analyse(groups: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The mean, and the matrix onto the directions that tell words and speakers apart."""
    mean = np.concatenate(groups).mean(axis=0)
    inner = np.concatenate([rows - rows.mean(axis=0) for rows in groups])
    within = inner.T @ inner / (len(inner) - len(groups))
    within += SHRINK * np.trace(within) / len(within) * np.eye(len(within))
    between = np.cov(np.array([rows.mean(axis=0) for rows in groups]).T)
    root = np.linalg.cholesky(np.linalg.inv(within))
    _, directions = np.linalg.eigh(root.T @ between @ root)
    return mean, (root @ directions)[:, ::-1][:, :SIZE]


def main() -> None:
    """Write the file and the manifest."""
    parser = argparse.ArgumentParser(prog="recipe.embedding", description=__doc__)
    parser.add_argument("--speech", type=Path, required=True, help="folder with MANIFEST.csv")
    parser.add_argument("--out", type=Path, default=Path("coach-en"))
    args = parser.parse_args()
    (args.out / FILE).unlink(missing_ok=True)  # of an earlier verifier
    groups = pooled(args.out, args.speech)
    mean, matrix = analyse(groups)
    print(f"{len(groups)} speakers and words, {sum(map(len, groups))} looks")
    with np.load(args.out / VERIFIER) as file:
        of = np.array(digest(file["out.weight"]))
    arrays = {"mean": mean.astype(np.float16), "matrix": matrix.astype(np.float16)}
    np.savez_compressed(args.out / FILE, of=of, **arrays)
    vocabulary.write_manifest(args.out, args.out.parent / "manifest.toml")


if __name__ == "__main__":
    main()
