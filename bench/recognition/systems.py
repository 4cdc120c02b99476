"""What is under test: the program's own way of hearing, and the baseline in its place.

Both are recognisers behind the same judge, fed with the same blocks, as `voicecoach listen` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from bench.english import LANGUAGE
from bench.recognition.recognised import Decision, Recognised
from voicecoach.app.wiring import make_recogniser
from voicecoach.audio.clip import Samples
from voicecoach.paths import shipped
from voicecoach.ports import Recogniser

OWN, BASELINE = "voicecoach", "pocketsphinx"
WHISPER = "whisper "
"""A rival: the name of one of the models of `free_running` follows."""
EXTRA = f"{OWN}+whisper"
"""The program with its extra `whisper`."""

FREE = ", free-running"
"""How the name of such a rival ends."""


class System(Protocol):
    """Something that hears commands."""

    name: str

    def load(self) -> None:
        """Load all that it needs."""

    def listen(self, live: str) -> None:
        """Make the phrases of a state live, or all."""

    def hear(self, samples: Samples) -> list[Decision]:
        """Return the decisions about a stream of its own, in their order."""

    def about(self) -> dict[str, Any]:
        """Return versions and what else decides the figures."""


class Voicecoach(Recognised):
    """The program's recogniser on a Vosk model folder; None is the shipped one."""

    def __init__(self, folder: Path | None, verifier: str = "network") -> None:
        self._given, self._folder = folder, folder or shipped("models/coach-en")
        self._verifier = verifier
        self.name = OWN if folder is None else f"{OWN}, {'/'.join(folder.parts[-2:])}"

    def _make(self) -> Recogniser:
        return make_recogniser(self._given, LANGUAGE, self._verifier)

    def about(self) -> dict[str, Any]:
        """Return the model's folder, size and hash, and the version of vosk."""
        files = sorted(path for path in self._folder.rglob("*") if path.is_file())
        return {
            "model": self._folder.name,
            "sha256": folder_hash(self._folder, files),
            "bytes": sum(path.stat().st_size for path in files),
            "vosk": version("vosk"),
            "verifier": self._verifier,
        }


class WithExtra(Voicecoach):
    """The program's recogniser on the shipped model, with two opinions."""

    def __init__(self) -> None:
        super().__init__(None, "whisper")
        self.name = EXTRA

    def about(self) -> dict[str, Any]:
        """Return what is said of the program, and the library of the extra."""
        return {**super().about(), "ctranslate2": version("ctranslate2")}


class Baseline(Recognised):
    """Pocketsphinx with the same phrases."""

    name = BASELINE

    def _make(self) -> Recogniser:
        from bench.recognition.baseline import PocketsphinxRecogniser

        return PocketsphinxRecogniser()

    def about(self) -> dict[str, Any]:
        """Return the version, and the phrases that its dictionary lacks."""
        return {
            "pocketsphinx": version("pocketsphinx"),
            "phrases_left_out": self._recogniser.missing,
        }


class Whisper(Recognised):
    """Whisper, free-running."""

    def __init__(self, model: str) -> None:
        self._model, self.name = model, f"{WHISPER}{model}{FREE}"

    def _make(self) -> Recogniser:
        from bench.recognition.free_running import MODELS, FreeRunning

        return FreeRunning(MODELS[self._model]())

    def about(self) -> dict[str, Any]:
        """Return the version of the library."""
        return {"ctranslate2": version("ctranslate2")}


def folder_hash(folder: Path, files: Sequence[Path]) -> str:
    """Return the SHA-256 of the files' names and contents."""
    digest = sha256()
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def make_system(spec: str) -> System:
    """Return the system of a spec: one of the names above, or ``voicecoach:FOLDER``."""
    if spec == BASELINE:
        return Baseline()
    if spec == EXTRA:
        return WithExtra()
    if spec.startswith(WHISPER):
        return Whisper(spec.removeprefix(WHISPER))
    folder = spec.partition(":")[2]
    return Voicecoach(Path(folder) if folder else None)
