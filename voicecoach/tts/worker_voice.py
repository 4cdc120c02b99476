"""A voice that a worker process renders: requests in batches, tries again, and clips."""

from __future__ import annotations

import io
import wave
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

import numpy as np

from voicecoach.audio.clip import Clip
from voicecoach.errors import VoiceError
from voicecoach.ports import Progress
from voicecoach.tts import postprocess
from voicecoach.tts.word_times import place_words
from voicecoach.tts.worker import Answer, Worker, WorkerLost

RATE_WPM = 160
SLOWEST_WPM, FASTEST_WPM = 100, 300
"""Words a minute in the coach's sentences (`pace`); beyond 300 it is hard to follow."""

LONGEST = 1000
"""Most characters in a text: espeak-ng takes more than linear time, and a pipe holds a batch."""

BATCH = 16
"""Texts in a request; progress is still reported one by one."""

TRIES = 2
"""Attempts at a phrase, the second one in a fresh worker."""


class WorkerVoice(ABC):
    """What voices of a worker process share. The worker starts with the first use."""

    def __init__(self, rate: int) -> None:
        """Raises `VoiceError` when `rate`, in words a minute, is out of range."""
        if not SLOWEST_WPM <= rate <= FASTEST_WPM:
            raise VoiceError(
                f"speaking rate {rate} is out of range",
                "it is counted in words a minute",
                f"choose a rate from {SLOWEST_WPM} to {FASTEST_WPM}; {RATE_WPM} is the usual",
            )
        self._rate = rate
        self._worker: Worker | None = None

    @property
    @abstractmethod
    def name(self) -> str:
        """Name as people write it."""

    @abstractmethod
    def start_worker(self) -> Worker:
        """Return a new worker. Raises `VoiceError` with what is missing or damaged."""

    @abstractmethod
    def request(self) -> dict[str, object]:
        """Return what the worker must know besides the texts."""

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return a polished clip for each distinct text; see `ports.Voice.render`."""
        wanted = list(dict.fromkeys(texts))
        for text in wanted:
            _check(text)
        clips: dict[str, Clip] = {}
        try:
            for first in range(0, len(wanted), BATCH):
                for clip in self._batch(wanted[first : first + BATCH]):
                    clips[clip.text] = clip
                    if progress:
                        progress(len(clips), len(wanted))
        except BaseException:  # also Ctrl-C: answers may still come, so the worker is replaced
            self.close()
            raise
        return {text: clips[text] for text in wanted}

    def close(self) -> None:
        """End the worker process; the next `render` starts another."""
        if self._worker:
            self._worker.close()
            self._worker = None

    def running(self) -> Worker:
        """Return the worker, started if need be. Raises `VoiceError`."""
        if self._worker is None:
            self._worker = self.start_worker()
        return self._worker

    def _batch(self, texts: list[str]) -> Iterator[Clip]:
        why = ""
        for _ in range(TRIES):
            done = set()
            try:
                for answer in self._ask(texts):
                    why = answer.error or why
                    if not answer.error:
                        done.add(texts[answer.text])
                        yield _clip(texts[answer.text], answer)
            except WorkerLost as lost:
                why = str(lost)
            texts = [text for text in texts if text not in done]
            if not texts:
                return
            self.close()
        next_step = "try another voice or shorter sentences"
        raise VoiceError(f"cannot speak '{texts[0]}'", why, next_step)

    def _ask(self, texts: list[str]) -> Iterator[Answer]:
        worker = self.running()
        worker.ask({**self.request(), "texts": texts})
        for _ in texts:
            yield worker.answer()


def _check(text: str) -> None:
    if not text.strip():
        raise VoiceError("there is nothing to say", "a text is empty", "give it at least one word")
    if "\0" in text:
        raise VoiceError(f"cannot speak {text!r}", "it holds a NUL character", "take it out")
    if len(text) > LONGEST:
        raise VoiceError(
            f"the text '{text[:40]}...' is too long",
            f"it has {len(text)} characters, {LONGEST} are allowed",
            "split it into sentences",
        )


def _clip(text: str, answer: Answer) -> Clip:
    with wave.open(io.BytesIO(answer.wav)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.dtype("<i2"))
    sound = postprocess.polish(samples.astype(np.int16), rate)
    if not len(sound.samples):
        raise VoiceError(f"'{text}' gives no sound", "it has no word", "write it in words")
    return Clip(text, sound.samples, place_words(text, answer.marks, sound, rate))
