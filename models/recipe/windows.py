"""Training windows of the verifier: a second and a half of sound, and which word ends in it."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import dataset, features
from .corpus import Clip
from .dataset import Segment
from .features import MELS, RATE

FRAMES = 150  # of 10 ms
SAMPLES = 160 * (FRAMES - 1) + 400
LATEST, EARLIEST = 0.02, 0.5  # seconds between the end of the word and that of the window
# Words that are phrases of the coach and that enough people say in the recordings, or that are
# among the phrases of a question about pain. All others are OTHER.
WORDS = ("stop", "go", "yes", "no", "help", "start", "repeat", "left", "right", "zero", "one",
         "two", "three", "four", "five", "six", "seven", "eight", "nine")  # fmt: skip
# Words that are no phrases but that many people say: whoever says one means no command.
COHORT = ("bed", "cat", "happy", "down", "up", "on", "off")
OTHER, NOISE = "[other]", "[noise]"
CLASSES = (*WORDS, *COHORT, OTHER, NOISE)
NUMBER = {name: n for n, name in enumerate(CLASSES)}

_spoiler: dict[str, features.Spoiler] = {}


@dataclass(frozen=True)
class Window:
    """What to cut: seconds `start` to `end` are the word; `alone` silences what is around it."""

    path: str
    start: float
    end: float
    kind: str
    alone: bool
    seed: int


def _class(word: str) -> str:
    return word if word in CLASSES else OTHER


def _spoken(clip: Clip, words: list[Segment], rng: np.random.Generator) -> Iterator[Window]:
    """Windows of a clip with speech; human recordings of our words are scarce."""
    single = len(words) == 1
    for n, (word, first, last) in enumerate(words):
        kind, ours = _class(word), word in WORDS
        start, end = first / 100, last / 100
        if single:
            scarce = 6 if clip.kind == "synthetic" else 12 if word in WORDS[:4] else 20
            for _ in range(scarce if ours else 1 if clip.kind == "synthetic" else 4):
                yield Window(clip.path, start, end, kind, False, int(rng.integers(1 << 30)))
            continue
        if clip.kind == "synthetic":
            continue
        share = 3.0 if ours else 0.35  # cut out, as if said alone
        for _ in range(int(share + rng.random())):
            if end - start > (0.15 if ours else 0.25):
                yield Window(clip.path, start, end, kind, True, int(rng.integers(1 << 30)))
        amid = not ours or 0 < n < len(words) - 1  # a sentence
        if clip.kind in ("coffee", "speech", "words") and amid and rng.random() < 0.35:
            yield Window(clip.path, start, end, OTHER, False, int(rng.integers(1 << 30)))
    if clip.kind == "synthetic" and not single and words:
        yield Window(clip.path, words[0][1] / 100, words[-1][2] / 100, OTHER, False,
                     int(rng.integers(1 << 30)))  # fmt: skip


def _noise(clip: Clip, rng: np.random.Generator) -> Iterator[Window]:
    for _ in range(max(4, int(clip.seconds * 4))):
        end = float(rng.uniform(0.2, max(0.3, clip.seconds)))
        yield Window(clip.path, 0.0, end, NOISE, False, int(rng.integers(1 << 30)))


def plan(clips: Iterable[Clip], words: dict[str, list[Segment]], seed: int) -> list[Window]:
    """Windows of every clip given; the caller has chosen the training side or the other."""
    rng = np.random.default_rng(seed)
    found: list[Window] = []
    for clip in clips:
        if clip.kind == "noise":
            found += _noise(clip, rng)
        elif clip.id in words:
            found += _spoken(clip, words[clip.id], rng)
    return found


def cut(window: Window, rng: np.random.Generator) -> np.ndarray:
    """`SAMPLES` samples in which the word ends `LATEST` to `EARLIEST` s before the end."""
    source = features.load(window.path)
    if window.alone:
        begin = max(0, int(RATE * (window.start - 0.04)))
        source = source[: int(RATE * (window.end + 0.04))].copy()
        source[:begin] = 0
        ramp = np.linspace(0, 1, 320, dtype=np.float32)
        source[begin : begin + 320] *= ramp[: len(source[begin : begin + 320])]
        source[-320:] *= ramp[::-1][-len(source[-320:]) :]
    stop = int(RATE * (window.end + rng.uniform(LATEST, EARLIEST)))
    out = rng.normal(0, 10 ** rng.uniform(-5, -3.5), SAMPLES).astype(np.float32)
    begin = max(0, stop - SAMPLES)
    piece = source[begin:stop]
    at = SAMPLES - (stop - begin)
    out[at : at + len(piece)] += piece
    return out


def _features(window: Window) -> np.ndarray:
    rng = np.random.default_rng(window.seed)
    samples = cut(window, rng)
    if rng.random() < 0.8:
        samples = _spoiler["it"].copy(samples, rng)
    return features.fbank(samples).astype(np.float16)


def _start(spoiler: features.Spoiler) -> None:
    _spoiler["it"] = spoiler


def build(windows: list[Window], spoiler: features.Spoiler) -> tuple[np.ndarray, np.ndarray]:
    """Features (windows, FRAMES, mels) in float16 and the numbers of their classes."""
    feats = np.zeros((len(windows), FRAMES, MELS), np.float16)
    with ProcessPoolExecutor(2, initializer=_start, initargs=(spoiler,)) as pool:
        for n, rows in enumerate(pool.map(_features, windows, chunksize=64)):
            feats[n] = rows
            if (n + 1) % 10000 == 0:
                print(f"  windows {n + 1} of {len(windows)}", flush=True)
    return feats, np.array([NUMBER[w.kind] for w in windows])


def training(clips: list[Clip], words: dict[str, list[Segment]], speech: Path, seed: int) -> tuple[
    np.ndarray, np.ndarray
]:  # fmt: skip
    """Windows of the training side, spoiled by its own noises and rooms."""
    chosen = [c for c in clips if not c.held]
    return build(plan(chosen, words, seed), dataset.spoiler(clips, speech, held=False))
