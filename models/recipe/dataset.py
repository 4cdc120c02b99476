"""Training arrays: features of spoiled copies of every clip, and an output label per 30 ms."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import align, corpus, features
from .corpus import Clip
from .features import MELS, SUBSAMPLING
from .phones import NSN, PDF_FIRST, PDF_REST, SIL, own_phone
from .steps import WORKERS

# Copies of each clip: human speech is scarce, synthetic voices plenty.
COPIES = {
    "synthetic": 2,
    "halts": 4,
    "commands": 8,
    "words": 4,
    "cuts": 4,
    "coffee": 2,
    "speech": 2,
}
COPIES_DEFAULT = 3
STEADY = ("rain", "sea waves", "helicopter", "chainsaw", "fire", "_silence_", "background")
# Running speech keeps the plain phones: a "go" amid a sentence is no command.
OWN_KINDS = ("commands", "words", "synthetic", "halts")
# The coach's own voice leaks into the microphone; the held-out side hears it in other words.
COACH = "espeak:en-us+f2"
Segment = tuple[str, float, float]  # phone, start and end in frames of 10 ms

_spoiler: dict[str, features.Spoiler] = {}


@dataclass
class Arrays:
    """`feats`: frames x mels, float16; `labels`: one per three frames; clip i = rows starts[i].."""

    feats: np.ndarray
    labels: np.ndarray
    starts: np.ndarray  # in units of three frames, one more than clips
    clip: np.ndarray  # index into the list of clips

    def save(self, folder: Path) -> None:
        """Write one file per array."""
        for name in ("feats", "labels", "starts", "clip"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "Arrays":
        """Read what `save` wrote."""
        return cls(*(np.load(folder / f"{n}.npy") for n in ("feats", "labels", "starts", "clip")))


def noise_segments(clip: Clip) -> list[Segment]:
    """A clip of noise is silence if steady, else one long noise."""
    steady = any(s in clip.label for s in STEADY)
    return [(SIL if steady else NSN, 0, clip.seconds * 100)]


def segments(clip: Clip, words: list[align.AlignedWord]) -> list[Segment]:
    """Phones of a clip with times; a whole command word has phones of its own (see phones.py)."""
    own = clip.kind in OWN_KINDS
    out: list[Segment] = []
    for word, phones in words:
        for phone, start, count in phones:
            name = own_phone(phone, word) if own and phone not in (SIL, NSN) else phone
            out.append((name, start, start + count))
    return out


def to_labels(parts: list[Segment], count: int, factor: float, offset: int) -> np.ndarray:
    """Output labels, one per three frames; every phone gets one at least."""
    out = np.zeros(count, np.int16)
    at = -1
    for n, (phone, start, _) in enumerate(parts):
        at = 0 if n == 0 else max(at + 1, round((start / factor - offset) / SUBSAMPLING))
        if at >= count:
            break
        out[at] = PDF_FIRST[phone]
        out[at + 1 :] = PDF_REST[phone]
    return out


def _quiet_to_silence(feats: np.ndarray, labels: np.ndarray) -> None:
    """In a clip of noise, frames 25 dB below its peaks are silence."""
    level = feats[::SUBSAMPLING].mean(axis=1)[: len(labels)]
    labels[level < np.percentile(level, 97) - 5.75] = PDF_FIRST[SIL]


def _copy(job: tuple[Clip, list[Segment], int, int]) -> tuple[np.ndarray, np.ndarray]:
    clip, parts, number, seed = job
    rng = np.random.default_rng([seed, number, corpus.bucket(clip.id), len(clip.id)])
    factor = float(rng.uniform(0.9, 1.1)) if number else 1.0
    offset = number % SUBSAMPLING
    samples = features.speed(features.load(clip.path), factor)
    if number:
        samples = _spoiler["it"].copy(samples, rng)
    feats = features.fbank(samples)[offset:]
    count = len(feats) // SUBSAMPLING
    labels = to_labels(parts, count, factor, offset)
    if parts[0][0] == NSN and len(parts) == 1 and count:
        _quiet_to_silence(feats, labels)
    return feats[: count * SUBSAMPLING].astype(np.float16), labels


def _start(spoiler: features.Spoiler) -> None:
    _spoiler["it"] = spoiler


def spoiler(clips: list[Clip], speech: Path, held: bool) -> features.Spoiler:
    """Noise, faint voices and rooms of the training side, or of the held-out side."""
    noises = [features.load(c.path) for c in clips if c.kind == "noise" and c.held == held]
    voices = [features.load(c.path) for c in clips if c.kind == "speech" and c.held == held]
    rooms = [r for r in corpus.rirs(speech) if (r.stem in features.HELD_ROOMS) == held]
    coach = [features.load(c.path) for c in clips if c.speaker == COACH and not held]
    return features.Spoiler(noises, voices, [features.load(r) for r in rooms], coach)


def build(
    clips: list[Clip], aligned: dict[str, list[Segment]], tools: features.Spoiler, seed: int
) -> Arrays:
    """Copies of every training clip whose phones are known, spoiled by `tools`."""
    jobs: list[tuple[Clip, list[Segment], int, int]] = []
    owner: list[int] = []
    for index, clip in enumerate(clips):
        parts = noise_segments(clip) if clip.kind == "noise" else aligned.get(clip.id)
        if clip.held or not parts:
            continue
        for number in range(COPIES.get(clip.kind, COPIES_DEFAULT)):
            jobs.append((clip, parts, number, seed))
            owner.append(index)
    feats: list[np.ndarray] = []
    labels: list[np.ndarray] = []
    with ProcessPoolExecutor(WORKERS, initializer=_start, initargs=(tools,)) as pool:
        for n, (rows, marks) in enumerate(pool.map(_copy, jobs, chunksize=32), 1):
            feats.append(rows)
            labels.append(marks)
            if n % 5000 == 0 or n == len(jobs):
                print(f"  features {n} of {len(jobs)}", flush=True)
    starts = np.concatenate([[0], np.cumsum([len(x) for x in labels])])
    return Arrays(
        np.concatenate(feats).reshape(-1, MELS), np.concatenate(labels), starts, np.array(owner)
    )
