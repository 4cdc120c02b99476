"""The voice: pyttsx3 with espeak-ng, rendered phrase by phrase in a worker process.

The same text gives the same samples; `worker_main` says how.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from voicecoach.extras import pip_install
from voicecoach.tts import postprocess
from voicecoach.tts.pace import ESPEAK, engine_rate
from voicecoach.tts.voice_names import Catalogue, friendly
from voicecoach.tts.worker import Worker
from voicecoach.tts.worker_voice import RATE_WPM, WorkerVoice

COACH = "en-us+f2"
"""The coach's voice: of four tried, the one an open-vocabulary recogniser (pocketsphinx 5.1.1)
understood best: 39 % of the words of 16 cues, plain ``en-us`` 21 %, ``en-gb-x-rp`` 6 %."""

# by its path and with -P: a wave.py or json.py in the current folder must not be imported
SHIPPED: Final = (sys.executable, "-P", str(Path(__file__).with_name("worker_main.py")))


class Pyttsx3Voice(WorkerVoice):
    """A voice of espeak-ng by pyttsx3.

    `voice` is a name such as ``en-us`` or ``en-gb-x-rp+f3``; `rate` is in words a minute, 100 to
    300.
    """

    def __init__(
        self, voice: str = COACH, rate: int = RATE_WPM, worker: tuple[str, ...] = SHIPPED
    ) -> None:
        """Make the voice; raises `VoiceError` when `rate` is out of range.

        `worker` is another program in place of the worker process, for tests of its failures.
        """
        super().__init__(rate)
        self._asked, self._command = voice, worker

    @property
    def name(self) -> str:
        """Name as people write it, such as ``en-us+f3``."""
        return friendly(self._asked)

    @property
    def identity(self) -> str:
        """Everything but the text that the samples depend on; starts the worker.

        Raises `VoiceError` for an unknown voice or a missing synthesiser.
        """
        engine, rate = self.running().about["engine"], self._engine_rate()
        return f"{engine}, {self._exact()}, rate {rate}, polish {postprocess.VERSION}"

    def voices(self) -> Catalogue:
        """Return the voices and variants that are installed."""
        about = self.running().about
        return Catalogue(tuple(about["voices"]), tuple(about["variants"]))

    def start_worker(self) -> Worker:
        """Start the worker."""
        pip = pip_install("espeakng-loader")
        return Worker(self._command, f"install it: {pip} (or: sudo apt install libespeak-ng1)")

    def request(self) -> dict[str, object]:
        """Return the voice and the rate."""
        return {"voice": self._exact(), "rate": self._engine_rate()}

    def _exact(self) -> str:
        return self.voices().resolve(self._asked)

    def _engine_rate(self) -> int:
        return round(engine_rate(self._rate, ESPEAK))
