"""Training looks of both second looks: a second and a half of sound, and the word that ends in it.

The ends of words come from the shipped network, by forced alignment; a clip whose sounds fit its
label badly is left out: it is cut or labelled wrongly, or empty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.stt.acoustic_model import SUBSAMPLING, load_acoustic_model
from voicecoach.stt.alignment import align, fit
from voicecoach.stt.fbank import fbank

from . import corpus, features, lexicon, music
from .classes import ALL_CLASSES, NOISE, OTHER
from .corpus import Clip
from .features import RATE

SAMPLES = 160 * 149 + 400  # as `WINDOW` of voicecoach/stt/verifier.py
LATEST, EARLIEST = 0.0, 0.5  # seconds from the end of the word to that of the look
RUNNING = ("speech", "speechocean", "coffee", "alphanumeric", "an4")
TALKERS = ("speech", "speechocean", "coffee")  # who talks beside a word
WANTED = 2400  # looks at each of our words, if no clip gives more than MOST or less than LEAST
LEAST, MOST = 3, 24
COPIES = 2  # of a clip of any other word
PER_S, PER_S_NOISE, PER_S_ACCENTED = 1.2, 3.0, 3.0  # looks at running speech, least 3 of a clip
TALK, TALK_DB = 0.3, (-3.0, 25.0)  # share of spoiled looks beside other people's talk
WORST = {"commands": 0.02, "words": 0.02, "cuts": 0.15}  # share of the clips that fit worst
FULL = 32768.0
MUSIC, HISS = "", "hiss"  # made for a look, and in no file


@dataclass(frozen=True)
class Look:
    """What to cut: the look ends `after` s after second `end` of the clip."""

    path: str
    end: float
    kind: str
    seed: int


def ends(clips: Iterable[Clip], model: Path) -> dict[str, tuple[float, float]]:
    """The end of the word of each clip with one word, in s, and how well its sounds fit."""
    network = load_acoustic_model(model / "network.npz")
    known = lexicon.outputs()
    found = {}
    for clip in clips:
        if clip.text is None or clip.text not in known:
            continue
        samples = features.load(clip.path)
        _, scores = network.run(fbank(np.rint(np.pad(samples, 4000) * (FULL - 1)).astype(np.int16)))
        path, well = align(clip.text, known, scores), fit(clip.text, known, scores)
        if path and well:
            last = int(np.nonzero(path.spoken)[0][-1]) + 1
            found[clip.id] = (last * SUBSAMPLING / 100 + 0.0125 - 4000 / RATE, well.mean)
    return found


def plan(clips: list[Clip], placed: dict[str, tuple[float, float]], seed: int) -> list[Look]:
    """Looks at the clips given; the caller has chosen a side."""
    rng = np.random.default_rng(seed)
    kept = _kept(clips, placed)
    counts: dict[str, int] = {}
    for clip in kept:
        counts[_class(clip)] = counts.get(_class(clip), 0) + 1
    found: list[Look] = []
    for clip in kept:
        kind = _class(clip)
        copies = int(np.clip(round(WANTED / counts[kind]), LEAST, MOST))
        end = placed[clip.id][0] if clip.id in placed else _energy_end(clip)
        for _ in range(copies if kind != OTHER else COPIES):
            found.append(Look(clip.path, end, kind, int(rng.integers(1 << 30))))
    for clip in clips:
        if "+" not in clip.speaker and clip.kind in (*RUNNING, "noise"):
            found += _random(clip, rng)
    return found + list(_music(rng))


def _kept(clips: list[Clip], placed: dict[str, tuple[float, float]]) -> list[Clip]:
    """Clips of one word, without those that fit worst; other words need no alignment."""
    single = [c for c in clips if c.kind in WORST and c.text and " " not in c.text]
    kept = []
    for kind, share in WORST.items():
        of_kind = [c for c in single if c.kind == kind]
        fits = sorted(placed[c.id][1] for c in of_kind if c.id in placed)
        least = fits[int(share * len(fits))] if fits else 0.0
        kept += [
            c for c in of_kind
            if (placed[c.id][1] >= least if c.id in placed else c.text not in ALL_CLASSES)
        ]  # fmt: skip
    return kept


def _class(clip: Clip) -> str:
    return str(clip.text) if clip.text in ALL_CLASSES else OTHER


def _energy_end(clip: Clip) -> float:
    """The last 10 ms within 25 dB of the loudest."""
    samples = features.load(clip.path)
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    level = np.sqrt(np.mean(np.square(blocks), axis=1))
    return float(np.max(np.nonzero(level >= level.max() * 10 ** (-25 / 20))) + 1) / 100


def _random(clip: Clip, rng: np.random.Generator) -> Iterator[Look]:
    """Looks anywhere in running speech or noise. Words amid a sentence are no commands."""
    noise = clip.kind == "noise"
    per_s = {"noise": PER_S_NOISE, "speechocean": PER_S_ACCENTED}.get(clip.kind, PER_S)
    texts = (clip.text or "").split()
    if texts and (texts[0] in ALL_CLASSES or texts[-1] in ALL_CLASSES):
        return
    for _ in range(max(3, int(clip.seconds * per_s))):
        end = float(rng.uniform(0.3, max(0.4, clip.seconds)))
        yield Look(clip.path, end, NOISE if noise else OTHER, int(rng.integers(1 << 30)))


def hisses(count: int, seed: int) -> list[Look]:
    """Looks at steady noise alone."""
    rng = np.random.default_rng(seed)
    return [Look(HISS, 0.0, NOISE, int(rng.integers(1 << 30))) for _ in range(count)]


def _hiss(rng: np.random.Generator) -> np.ndarray:
    """White to brown noise of any level, some of it with a hum."""
    spectrum = np.fft.rfft(rng.normal(size=SAMPLES))
    hertz = np.maximum(np.fft.rfftfreq(SAMPLES, 1 / RATE), 20.0)
    noise = np.fft.irfft(spectrum * hertz ** -rng.choice((0.0, rng.uniform(0, 1))), SAMPLES)
    noise *= 10 ** rng.uniform(-4, -0.7) / features.rms(noise)
    out: np.ndarray = noise.astype(np.float32)
    return features.with_hum(out, rng) if rng.random() < 0.2 else out


def _music(rng: np.random.Generator) -> Iterator[Look]:
    for _ in range(1500):
        yield Look(MUSIC, 0.0, NOISE, int(rng.integers(1 << 30)))


def cut(look: Look, rng: np.random.Generator) -> np.ndarray:
    """`SAMPLES` samples in which the word ends `LATEST` to `EARLIEST` s before the end."""
    if look.path == HISS:
        return _hiss(rng)
    if look.path == MUSIC:
        return music.chords(SAMPLES, rng) * np.float32(10 ** rng.uniform(-1.5, 0))
    source, factor = features.load(look.path), 1.0
    if rng.random() < 0.5:
        factor = float(rng.uniform(0.88, 1.15))
        source = features.speed(source, factor)
    stop = int(RATE * (look.end / factor + rng.uniform(LATEST, EARLIEST)))
    out = rng.normal(0, 10 ** rng.uniform(-5, -3.5), SAMPLES).astype(np.float32)
    begin = max(0, stop - SAMPLES)
    piece = source[begin:stop]
    at = SAMPLES - (stop - begin)
    out[at : at + len(piece)] += piece
    return out


def spoiler(clips: list[Clip], speech: Path, side: str) -> features.Spoiler:
    """Noise, music and other voices of a side, in rooms and not; the rooms of training."""
    own = [c for c in clips if c.side == side]
    noises = [features.load(c.path) for c in own if c.kind == "noise"]
    rng = np.random.default_rng(7)
    noises += [music.chords(RATE * 5, rng) for _ in range(60)]
    voices = [features.load(c.path) for c in own if c.kind in TALKERS]
    rooms = [r for r in corpus.rirs(speech) if r.stem not in features.HELD_ROOMS]
    voices += [features.in_room(voice, features.synthetic_room(rng)) for voice in voices]
    made = features.Spoiler(noises, voices, [features.load(r) for r in rooms])
    made.talk, made.talk_db = TALK, TALK_DB
    made.clicks, made.snr_db, made.electric = 0.1, (-3.0, 22.0), 0.2
    return made


def sound(look: Look, tools: features.Spoiler) -> np.ndarray:
    """The look as int16, three in four spoiled."""
    rng = np.random.default_rng(look.seed)
    samples = cut(look, rng)
    if look.path != HISS and rng.random() < 0.75:
        samples = tools.copy(samples, rng)
    return np.rint(np.clip(samples, -1, 1) * (FULL - 1)).astype(np.int16)
