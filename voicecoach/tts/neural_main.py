"""The worker process of the neural voices: ``python -m voicecoach.tts.neural_main ENGINE``.

Started by `voicecoach.tts.neural_voice`. It speaks the protocol of `worker_main`, and renders one
text after the other, on one thread and at low priority. It uses no network.
"""

from __future__ import annotations

import io
import json
import os
import sys
import wave
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

import numpy as np

from voicecoach.tts import hibari_engine, piper_engine
from voicecoach.tts.word_times import Mark

NICENESS = 5
"""Below whatever else runs: rendering may take long, and must not disturb anything."""


class Engine(Protocol):
    """What turns text into sound."""

    rate: int

    def render(self, text: str, speed: float) -> tuple[Any, list[Mark]]:
        """Return the samples, float in -1 to 1 at `rate`, and a mark for each word, if known."""


ENGINES: dict[str, Callable[[], Engine]] = {
    "hibari": hibari_engine.Engine,
    "piper": piper_engine.Engine,
}


def main(name: str) -> None:
    """Serve until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.nice(NICENESS)
    try:
        engine = ENGINES[name]()
    except Exception as error:  # whatever a damaged package raises is told to the user
        _reply(out, {"error": str(error)})
        sys.exit(1)
    _reply(out, {"error": ""})
    for line in sys.stdin.buffer:
        batch = json.loads(line)
        for number, text in enumerate(batch["texts"]):
            _answer(engine, number, text, batch["speed"], out)


def _answer(engine: Engine, number: int, text: str, speed: float, out: BinaryIO) -> None:
    try:
        sound, marks = engine.render(text, speed)
        content, error = _wav(sound, engine.rate), ""
    except Exception as fault:
        content, marks, error = b"", [], f"{type(fault).__name__}: {fault}"
    header = {"text": number, "bytes": len(content), "error": error, "marks": marks}
    _reply(out, header, content)


def _wav(sound: Any, rate: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def _reply(out: BinaryIO, header: dict[str, Any], content: bytes = b"") -> None:
    out.write(json.dumps(header).encode() + b"\n" + content)
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1])
