"""First phone times, from the pocketsphinx package (needed for training only).

Speech that has no transcript comes with what Whisper wrote down, whose errors matter little: it
serves as other people's phones.
"""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import soundfile as sf

from . import lexicon
from .corpus import Clip
from .phones import NSN, SIL
from .steps import WORKERS

# Letters are spelled in AN4; the dictionary has them with a full stop.
LETTERS = frozenset("bcdefghjklmnopqrstuvwxyz")
# One aligned word: its spelling ("" for silence) and [phone, first frame, frames] at 10 ms.
AlignedWord = tuple[str, list[tuple[str, int, int]]]

_state: dict[str, Any] = {}


def _write_dictionary(path: Path) -> None:
    """The CMU dictionary with the lexicon's further ways of saying a word."""
    words = lexicon.dictionary()
    ours = {w: [" ".join(p) for p in prons] for w, prons in lexicon.load().items()}
    for word, prons in {**{w: list(p) for w, p in lexicon.EXTRA.items()}, **ours}.items():
        words[word] = list(dict.fromkeys(words.get(word, []) + prons))
    lines: list[str] = []
    for word, prons in words.items():
        lines += [f"{word}{f'({n})' if n > 1 else ''} {p}" for n, p in enumerate(prons, 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _start(dictionary: str) -> None:
    from pocketsphinx import Decoder

    _state["aligner"] = Decoder(loglevel="FATAL", lm=None, dict=dictionary)


def _spoken(text: str) -> str:
    words = [f"{w}." if w in LETTERS else w for w in text.split()]
    aligner = _state["aligner"]
    return " ".join(w if aligner.lookup_word(w) else w.rstrip(".") for w in words)


def _base(word: str) -> str:
    return re.sub(r"\(\d+\)$", "", word).rstrip(".")


def _phones(text: str, samples: bytes) -> list[AlignedWord] | None:
    aligner = _state["aligner"]
    aligner.set_align_text(_spoken(text))
    for step in range(2):  # words first, then phones
        aligner.start_utt()
        aligner.process_raw(samples, full_utt=True)
        aligner.end_utt()
        if step == 0:  # pocketsphinx 5.1.1 crashes when asked for the second pass's words
            if aligner.hyp() is None:
                return None
            aligner.set_alignment()
    found: list[AlignedWord] = []
    for word in aligner.get_alignment():
        name = _base(word.name)
        if name.startswith(("<", "[")):
            name = ""
        phones = [
            (p.name if p.name not in ("+SPN+", "+NSN+") else NSN, p.start, p.duration) for p in word
        ]
        found.append((name, phones))
    return found


def align(job: tuple[Clip, str]) -> dict[str, Any]:
    """Phone times of one clip; `words` is None where the text does not fit the sound."""
    clip, text = job
    samples = sf.read(clip.path, dtype="int16")[0].tobytes()
    words: list[AlignedWord] | None = None
    try:
        words = _phones(text, samples)
    except RuntimeError:  # a word outside the dictionary, or no path through the text
        words = None
    return {"id": clip.id, "text": text, "words": words}


def _wanted(clips: list[Clip], texts: dict[str, str]) -> Iterator[tuple[Clip, str]]:
    for clip in clips:
        if clip.kind != "alphanumeric" and clip.id in texts and not clip.held:
            yield clip, texts[clip.id]


def run(clips: list[Clip], texts: dict[str, str], out: Path) -> None:
    """Align every training clip that has a text; one JSON line each in `out`, which is resumed
    where it stopped.
    """
    done: set[str] = set()
    if out.exists():
        done = {json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()}
    todo = [job for job in _wanted(clips, texts) if job[0].id not in done]
    words = out.with_name("align.dict")
    _write_dictionary(words)
    pool = ProcessPoolExecutor(WORKERS, initializer=_start, initargs=(str(words),))
    with pool, out.open("a") as handle:
        for n, row in enumerate(pool.map(align, todo, chunksize=16), 1):
            handle.write(json.dumps(row) + "\n")
            if n % 500 == 0 or n == len(todo):
                print(f"  aligned {n} of {len(todo)}", flush=True)


def read(path: Path) -> dict[str, list[AlignedWord]]:
    """Alignments by clip id, without the clips that failed."""
    found: dict[str, list[AlignedWord]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["words"]:
            found[row["id"]] = [(w, [tuple(p) for p in ps]) for w, ps in row["words"]]
    return found


__all__ = ["SIL", "AlignedWord", "align", "read", "run"]
