"""Vosk: a Kaldi recogniser whose grammar is the live phrases. The only importer of vosk."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing, Look
from voicecoach.errors import ModelError
from voicecoach.language.phrasebook import UNKNOWN
from voicecoach.ports import Verifier
from voicecoach.stt.look_window import AFTER, WINDOW
from voicecoach.stt.ring_buffer import RingBuffer
from voicecoach.units import FRAMES_PER_MS, RATE, Frame

STEP = 30 * FRAMES_PER_MS
"""Frames gathered before they are decoded: partial results come every 30 ms, the step of the
network. With 60 ms a word was decided 10 ms later by the median and 23 ms by the 95th percentile,
for 15 % less of the processor (87 human words, 2026-11-21)."""

LOOK = 60 * FRAMES_PER_MS
"""Frames between two looks while a partial result is urgent: a look takes 4 ms of a desktop
computer's core (x86-64), as much as decoding 150 ms of sound, and more on a Raspberry Pi."""

WATCH = 300 * FRAMES_PER_MS
"""Frames for which looks go on after the last urgent text, which may be taken back by mistake."""

OVER = 200 * FRAMES_PER_MS
"""Frames after the first urgent text from which on the word counts as ended."""

WORD = 300 * FRAMES_PER_MS
"""Frames from the assumed start of a word to its appearance in a partial result."""

AFTER_WORD = 200 * FRAMES_PER_MS
"""Frames after a word that are its own last sound, and are not decoded again as another word."""

BEFORE = 200 * FRAMES_PER_MS
"""Frames before a word that a look includes: the times of words are that uncertain."""

Urgent = Callable[[str], bool]
"""Tells whether a text is obeyed before it is final, so that a look at it cannot wait."""

PREROLL = RATE
"""Frames decoded again when the live phrases change, so that a word across the change is not lost:
one second, longer than most commands."""

KEPT = WINDOW + RATE
"""Frames kept for looks: a final result comes within a second after the end of its word."""

QUIET = -2
"""Kaldi's log level without warnings, which are about lattices and not for a user."""


@dataclass(frozen=True, slots=True)
class _Partial:
    """The present partial result, and since when it is unchanged; it has no times of its own.

    (With ``SetPartialWords`` vosk 0.3.45 gives times, but with a run-time grammar its partial
    results stay empty.) A word appears in it about when it ends: 30 ms before, by the median
    (models/README.md).
    """

    text: str = ""
    began: Frame = Frame(0)
    since: Frame = Frame(0)

    def then(self, text: str, now: Frame, earliest: int) -> _Partial:
        if text == self.text:
            return self
        return _Partial(text, self.began if self.text else Frame(max(0, earliest)), now)


@dataclass(slots=True)
class _Watch:
    """Looks at partial results since one that was urgent."""

    since: Frame
    until: int = 0
    text: str = ""
    looked: Frame = Frame(0)
    look: Look | None = None


class VoskRecogniser:
    """The `Recogniser` port. Check the folder by `check_model` first: libvosk aborts on a bad one.

    With a `verifier`, final results carry its look. So do partial results that are `urgent`, and
    those of the 300 ms after one: they may be obeyed before they are final.

    Raises `ModelError` from `listen` if the model does not know a word of the phrases.
    """

    def __init__(
        self,
        folder: Path,
        verifier: Verifier | None = None,
        urgent: Urgent = lambda _: False,
    ) -> None:
        import vosk  # loads the native library, which takes a while

        vosk.SetLogLevel(QUIET)
        self._vosk = vosk
        self._folder = folder
        self._verifier = verifier
        self._urgent = urgent
        with _stderr_closed():
            self._model: Any = vosk.Model(model_path=str(folder))
        self._recogniser: Any = None
        self._phrases: frozenset[str] = frozenset()
        self._origin = 0
        self._settled = 0
        self._buffer = RingBuffer(KEPT)
        self._gathered: list[Samples] = []
        self._partial = _Partial()
        self._watch: _Watch | None = None
        self._replaying = False

    @property
    def _fed(self) -> Frame:
        """Frames fed so far."""
        return self._buffer.fed

    def unknown_words(self, phrases: frozenset[str]) -> list[str]:
        """Return the words of `phrases` that the model does not know, sorted."""
        words = {word for phrase in phrases for word in phrase.split()}
        return sorted(word for word in words if self._model.vosk_model_find_word(word) < 0)

    def listen(self, phrases: frozenset[str]) -> None:
        """Make exactly these phrases live, and decode the last second again."""
        if phrases == self._phrases:
            return
        unknown = self.unknown_words(phrases)
        if unknown:
            why = f"It does not know: {', '.join(unknown)}"
            raise ModelError(f"The speech model in {self._folder} does not fit", why, "")
        self._phrases = phrases
        grammar = json.dumps([*sorted(phrases), UNKNOWN])
        self._recogniser = self._vosk.KaldiRecognizer(self._model, RATE, grammar)
        self._recogniser.SetWords(True)
        self._partial, self._watch = _Partial(), None
        self._replay()

    def feed(self, block: Samples) -> list[Hearing]:
        """Take int16 samples of any length; decode every `STEP` frames."""
        self._buffer.add(block)
        self._gathered.append(block)
        if self._recogniser is None or sum(map(len, self._gathered)) < STEP:
            return []
        return self._decode()

    def flush(self) -> list[Hearing]:
        """End the present utterance and return its result."""
        if self._recogniser is None:
            return []
        hearings = self._decode() if self._gathered else []
        self._partial, self._watch = _Partial(), None
        return hearings + self._final(json.loads(self._recogniser.FinalResult()))

    def restart(self) -> None:
        """Forget everything heard: the next block begins at frame 0. The model stays loaded."""
        phrases, self._phrases = self._phrases, frozenset()
        self._settled = 0
        self._buffer = RingBuffer(KEPT)
        self._gathered = []
        self.listen(phrases)

    def close(self) -> None:
        """Free the recogniser and the model."""
        self._recogniser = None
        self._model = None

    def _decode(self) -> list[Hearing]:
        samples = np.concatenate(self._gathered)
        self._gathered = []
        if self._recogniser.AcceptWaveform(samples.tobytes()):
            self._partial, self._watch = _Partial(), None
            return self._final(json.loads(self._recogniser.Result()))
        text = json.loads(self._recogniser.PartialResult()).get("partial", "")
        earliest = self._origin if self._replaying else self._fed - WORD
        self._replaying = False
        self._partial = self._partial.then(text, self._fed, earliest)
        look = self._watched(text)
        if not text and look is None:
            return []
        began, since = self._partial.began, self._partial.since
        return [Hearing(text, began, since, self._fed, final=False, look=look)]

    def _final(self, result: dict[str, Any]) -> list[Hearing]:
        words: list[dict[str, Any]] = result.get("result", [])
        if not words:
            return []
        known = [word for word in words if word["word"] != UNKNOWN] or words
        start, end = self._frame(known[0]["start"]), self._frame(words[-1]["end"])
        self._settled = max(self._settled, min(end + AFTER_WORD, self._fed))
        text = " ".join(word["word"] for word in words)
        confidence = min(float(word.get("conf", 1.0)) for word in words)
        look = self._look(text, start, Frame(min(self._fed, end + AFTER)))
        above = self._buffer.above(start, end)
        return [Hearing(text, start, end, self._fed, True, confidence, above, look)]

    def _watched(self, text: str) -> Look | None:
        """Look at a partial result that is urgent or soon after one, or return the last look if it
        is recent.
        """
        now, watch = self._fed, self._watch
        if self._urgent(text):
            watch = watch or _Watch(now)
            watch.until = now + WATCH
        if watch is None or now >= watch.until:
            self._watch = None
            return None
        if watch.text != text or now - watch.looked >= LOOK:
            watch.look = self._look(text, self._partial.began, now, now - watch.since < OVER)
            watch.text, watch.looked = text, now
        self._watch = watch
        return watch.look

    def _look(self, text: str, start: Frame, until: Frame, early: bool = False) -> Look | None:
        """Look at the sound up to `until`, for the words of `text` since `start`."""
        if self._verifier is None:
            return None
        heard = self._buffer.between(0, until)
        phrase = " ".join(word for word in text.split() if word != UNKNOWN)
        length = min(len(heard), until - start + BEFORE)
        return self._verifier.look(heard, phrase, length, early)

    def _frame(self, seconds: float) -> Frame:
        return Frame(self._origin + round(seconds * RATE))

    def _replay(self) -> None:
        """Give the new recogniser the sound since the last settled word, a second at most."""
        begin = max(0, self._fed - PREROLL, self._settled)
        self._origin = begin
        self._replaying = self._fed > begin
        self._gathered = [self._buffer.since(begin)] if self._fed > begin else []


@contextmanager
def _stderr_closed() -> Iterator[None]:
    """Keep what libvosk prints while loading off the terminal, whatever its log level.

    `check_model` has already loaded the same folder in a child process and reported any fault.
    """
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
