"""What another recogniser writes down: transcripts, and a check of labels.

Speech without a transcript gets one, and a recording of a single word in which Whisper does not
find that word trains only if it fits well (`realign.py`).
"""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from . import features
from .corpus import Clip
from .steps import WORKERS

LONE = ("commands", "cuts")
UNWRITTEN = ("speech", "coffee")

_state: dict[str, Any] = {}


def _start() -> None:
    from .transcriber import Transcriber

    _state["listener"] = Transcriber()


def _text(path: str) -> str:
    written: str = _state["listener"].text(features.load(path))
    return written


def write(clips: list[Clip], out: Path) -> None:
    """Write down training clips of a single word, and speech without a transcript."""
    jobs = [c for c in clips if not c.held and c.kind in (*LONE, *UNWRITTEN)]
    with ProcessPoolExecutor(WORKERS, initializer=_start) as pool:
        found = pool.map(_text, [c.path for c in jobs], chunksize=16)
        texts = {clip.id: text for clip, text in zip(jobs, found, strict=True)}
    out.write_text(json.dumps(texts), encoding="utf-8")


def read(path: Path) -> dict[str, str]:
    """What was written down, by clip id."""
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def unheard(clips: list[Clip], texts: dict[str, str]) -> Iterator[str]:
    """Ids of the recordings of a single word in which it was not found."""
    from .transcriber import contains

    for clip in clips:
        if clip.kind in LONE and clip.id in texts and not contains(texts[clip.id], str(clip.text)):
            yield clip.id
