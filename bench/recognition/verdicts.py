"""The errors looked at: whether the word is in a clean recording that went wrong.

Another recogniser (Whisper, which is no part of the program without its extra) writes down what it
hears, and the level says whether there is a sound at all. Where the program's second opinion is the
same Whisper, the larger one is asked if it is installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.recognition.acoustics import Floats, blocks
from bench.recognition.kinds import COMMANDS, kind_of
from bench.recognition.live import ALL
from bench.recognition.results import Result, right
from bench.recognition.rivals import present
from bench.recognition.spoil import CLEAN
from bench.recognition.systems import WHISPER
from voicecoach.audio.wav import FULL_SCALE, read_sound

FAINT_DB = 10.0
"""A recording whose loudest 20 ms stand out less than this above its quietest fifth is noise or
silence; our own choice."""
QUIET = 20.0
SHORT_S = 0.06
"""Seconds within 25 dB of the loudest, of which less is a click; our own choice."""

FOUND, OTHER, NO_SOUND = "the word is there", "another word", "hardly any sound"
UNSURE = "nothing was written down"


def verdicts(results: Sequence[Result]) -> dict[str, Any]:
    """Return for each clean recording of a command that went wrong what is in it, and the sums."""
    wrong = [r for r in results if _counts(r) and not right(r)]
    name, write = _other()
    rows = [_row(result, write) for result in wrong]
    return {
        "by": name,
        "clips": len(rows),
        "sums": dict(Counter(row["verdict"] for row in rows)),
        "rows": rows,
    }


def _counts(result: Result) -> bool:
    trial = result.trial
    return (kind_of(trial.clip), trial.condition, trial.live) == (COMMANDS, CLEAN, ALL)


def _row(result: Result, write: Callable[[Floats], str] | None) -> dict[str, Any]:
    clip = result.trial.clip
    sound = read_sound(Path(clip.path)).astype(np.float32) / np.float32(FULL_SCALE)
    above, span = level(sound)
    written = write(sound) if write else None
    return {
        "clip": clip.id,
        "said": clip.text,
        "heard": result.obeyed[0].phrase if result.obeyed else "",
        "written": written,
        "above_db": round(above, 1),
        "span_s": round(span, 2),
        "verdict": _verdict(str(clip.text), written, above, span),
    }


def level(sound: Floats) -> tuple[float, float]:
    """Return how far the loudest 20 ms stand above the quietest fifth, in dB, and the span of sound
    in s: of all blocks of 20 ms within 25 dB of the loudest.
    """
    levels = 20 * np.log10(np.sqrt(np.mean(np.square(blocks(sound, 320)), axis=1)) + 1e-6)
    near = int(np.sum(levels > levels.max() - 25))
    return float(levels.max() - np.percentile(levels, QUIET)), near * 0.02


def _verdict(said: str, written: str | None, above: float, span: float) -> str:
    from models.recipe.transcriber import contains

    if written and contains(written, said):
        return FOUND
    if above < FAINT_DB or span < SHORT_S:
        return NO_SOUND
    return OTHER if written else UNSURE


def _other() -> tuple[str, Callable[[Floats], str] | None]:
    """Return the other recogniser, and its name."""
    from bench.recognition.free_running import MODELS

    for model in reversed(MODELS):
        if f"{WHISPER}{model}" in present():
            return f"{WHISPER}{model}", MODELS[model]().text
    return "the level alone", None


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each recording that went wrong."""
    for row in found["rows"]:
        heard = f"taken for {row['heard']}" if row["heard"] else "missed"
        yield f"{row['clip']}: {heard}; {row['verdict']} ({row['written'] or '-'})"
