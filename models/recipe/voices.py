"""Synthetic voices: espeak-ng accents and variants, flite, festival. Some voices are held out."""

import json
import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import soundfile as sf
from scipy.signal import resample_poly

from .corpus import Clip
from .lexicon import HERE, phrases
from .speaking import speak

ACCENTS = (
    "en-us",
    "en-gb",
    "en-gb-scotland",
    "en-029",
    "en-gb-x-rp",
    "en-gb-x-gbclan",
    "en-gb-x-gbcwmd",
    "en-us-nyc",
)
VARIANTS = (
    "f1",
    "f2",
    "f4",
    "f5",
    "m1",
    "m3",
    "m4",
    "m5",
    "m6",
    "m7",
    "m8",
    "Annie",
    "Andy",
    "Alicia",
    "anika",
    "adam",
    "linda",
    "ed",
    "john",
    "max",
    "paul",
    "quincy",
    "rob",
    "steph",
    "zac",
    "Andrea",
    "Michael",
    "Storm",
    "david",
    "klatt2",
    "klatt4",
)
HELD_VARIANTS = ("f3", "m2", "belinda", "boris")
OTHER_VOICES = ("flite:kal16", "flite:awb", "flite:slt", "festival:kal_diphone")
HELD_OTHER = ("flite:rms", "festival:ked_diphone")
TAKES, HELD_TAKES = 16, 8  # voices per phrase


def espeak_voices(held: bool) -> list[str]:
    """Accent and variant, "espeak:en-us+f3"."""
    variants = HELD_VARIANTS if held else VARIANTS
    return [f"espeak:{a}+{v}" for a in ACCENTS for v in variants]


def _plan(held: bool, language: Path | None, rng: random.Random) -> Iterator[tuple[str, str, int]]:
    """(voice, text, words a minute) for every clip."""
    takes = HELD_TAKES if held else TAKES
    voices = espeak_voices(held)
    others = list(HELD_OTHER if held else OTHER_VOICES)
    for text in phrases(language):
        for voice in rng.sample(voices, takes) + others:
            yield voice, text, rng.randint(110, 210)
    lines = (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines()
    for text in (line for line in lines if line and not line.startswith("#")):
        for voice in rng.sample(voices, takes // 2) + others:
            yield voice, text, rng.randint(130, 210)


def _at_16k(source: Path, rng: np.random.Generator) -> np.ndarray:
    """The clip at 16 kHz with 0.1-0.4 s of faint hiss around it."""
    samples, rate = sf.read(source, dtype="float32")
    samples = resample_poly(samples, 16000, rate).astype(np.float32)
    samples *= 0.3 / max(float(np.abs(samples).max()), 1e-3)
    before, after = rng.integers(1600, 6400, 2)
    padded = np.concatenate([np.zeros(before), samples, np.zeros(after)])
    return (padded + rng.normal(0, 1e-4, len(padded))).astype(np.float32)


def synthesise(folder: Path, language: Path | None, seed: int) -> list[Clip]:
    """Render every planned clip that is missing; write `synthetic.jsonl`; return the clips."""
    rng = random.Random(seed)
    jobs: list[tuple[str, str, int, int]] = []
    for held in (False, True):
        for voice, text, wpm in _plan(held, language, rng):
            jobs.append((voice, text, wpm, rng.randint(30, 70)))
    clips = render(folder, jobs, seed)
    lines = (json.dumps(asdict(c)) for c in clips)
    (folder / "synthetic.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return clips


def render(folder: Path, jobs: list[tuple[str, str, int, int]], seed: int) -> list[Clip]:
    """Render each missing clip of (voice, text, words a minute, pitch); return all clips."""
    folder.mkdir(parents=True, exist_ok=True)

    def one(number: int) -> Clip:
        voice, text, wpm, pitch = jobs[number]
        path = folder / f"syn{number:05d}.flac"
        if not path.exists():
            with tempfile.TemporaryDirectory() as scratch:
                raw = Path(scratch) / "raw.wav"
                speak(voice, text, wpm, pitch, raw)
                samples = _at_16k(raw, np.random.default_rng([seed, number]))
            sf.write(path, samples, 16000)
        seconds, held = sf.info(path).duration, _held(voice)
        return Clip(path.stem, str(path), text, voice, "synthetic", held, seconds)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(len(jobs))))


def _held(voice: str) -> bool:
    return voice in HELD_OTHER or voice.endswith(tuple(f"+{name}" for name in HELD_VARIANTS))


def load(folder: Path) -> list[Clip]:
    """The clips that `synthesise` wrote."""
    lines = (folder / "synthetic.jsonl").read_text(encoding="utf-8").splitlines()
    return [Clip(**json.loads(line)) for line in lines]
