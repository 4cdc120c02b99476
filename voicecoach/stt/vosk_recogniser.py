"""Vosk: a Kaldi recogniser whose grammar is the live phrases. The only importer of vosk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing, Look
from voicecoach.errors import ModelError
from voicecoach.language.phrasebook import UNKNOWN
from voicecoach.ports import Verifier
from voicecoach.stt.activity import Activity
from voicecoach.stt.look_window import AFTER
from voicecoach.stt.partials import Ending, Partial, Sure, Urgent, Watch
from voicecoach.stt.ring_buffer import RingBuffer
from voicecoach.units import BLOCK, FRAMES_PER_MS, RATE, Frame

STEP = 30 * FRAMES_PER_MS
"""Frames gathered before they are decoded: partial results come every 30 ms, and change every 60,
as the network runs over two of its steps at a time (`conf/model.conf`). With 60 ms a word was
decided 10 ms later by the median and 23 ms by the 95th percentile, for 15 % less of the processor
(87 human words, 2026-11-21)."""

WORD = 300 * FRAMES_PER_MS
"""Frames from the assumed start of a word to its appearance in a partial result."""

AFTER_WORD = 200 * FRAMES_PER_MS
"""Frames after a word that are its own last sound, and are not decoded again as another word."""

BEFORE = 200 * FRAMES_PER_MS
"""Frames before a word that a look includes: the times of words are that uncertain."""

ONSET = 400 * FRAMES_PER_MS
"""Frames decoded from before a sound that was noticed: a word begins softly, and the network looks
300 ms back."""

REPLAY = RATE
"""Frames decoded again when the live phrases change, so that a word across the change is not lost:
one second, longer than most commands."""

KEPT = 6 * RATE
"""Frames kept for looks: a form has up to ten words, which take four seconds, its level is compared
with that of the 700 ms before it, and a final result comes within a second after its end."""

QUIET = -2
"""Kaldi's log level without warnings, which are about lattices and not for a user."""


def _loaded() -> Any:
    """Return the package, with its native library, which takes a while to load.

    It looks for models of its own in the user's home folder, and cannot be imported where that is
    not known, as in a container. The coach uses no such model, so any folder will do.
    """
    try:
        import vosk
    except RuntimeError:
        os.environ["HOME"] = os.sep
        try:
            import vosk
        finally:
            del os.environ["HOME"]
    return vosk


class VoskRecogniser:
    """The `Recogniser` port. Check the folder by `check_model` first: libvosk aborts on a bad one.

    With a `verifier`, final results carry its look. So do partial results that are `urgent`, and
    those of the 300 ms after one: they may be obeyed before they are final. What is `sure` is made
    final as soon as nothing follows.

    Raises `ModelError` from `listen` if the model does not know a word of the phrases.
    """

    def __init__(
        self,
        folder: Path,
        verifier: Verifier | None = None,
        urgent: Urgent = lambda _: False,
        sure: Sure = lambda _text, _look: None,
    ) -> None:
        self._vosk = vosk = _loaded()
        vosk.SetLogLevel(QUIET)
        self._folder = folder
        self._verifier = verifier
        self._watch, self._ending = Watch(urgent), Ending(sure)
        with _stderr_closed():
            self._model: Any = vosk.Model(model_path=str(folder))
        self._recogniser: Any = None
        self._phrases: frozenset[str] = frozenset()
        self._origin = 0
        self._sent = 0
        """Frames given to the present recogniser of vosk, which counts its times from there."""
        self._gathered: list[Samples] = []
        self._partial = Partial()
        self._replaying = False
        self._begin()

    def _begin(self) -> None:
        self._settled = 0
        self._buffer = RingBuffer(KEPT)
        self._activity = Activity()
        self._decoding = False
        """Whether there is something to decode: since a sound, and until some time after it."""

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
        self._sent = 0
        self._over()
        if self._decoding:
            self._replay()

    def _over(self) -> None:
        """An utterance is over, or what was heard of it counts no more."""
        self._partial = Partial()
        self._watch.end()
        self._ending.end()

    def feed(self, block: Samples) -> list[Hearing]:
        """Take int16 samples of any length; decode every `STEP` frames, where there is a sound."""
        hearings: list[Hearing] = []
        for at in range(0, len(block), BLOCK):
            hearings += self._take(self._activity.take(block[at : at + BLOCK]))
        return hearings

    def _take(self, block: Samples) -> list[Hearing]:
        self._buffer.add(block)
        if self._activity.active and not self._decoding:
            self._wake()
        elif self._decoding:
            self._gathered.append(block)
        if not self._decoding or self._recogniser is None:
            return []
        if not self._activity.active:
            return self._sleep()
        return self._decode() if sum(map(len, self._gathered)) >= STEP else []

    def _wake(self) -> None:
        """Begin to decode, from a little before the present sound on."""
        self._decoding = True
        begin = max(0, self._fed - ONSET, self._settled)
        self._origin = begin - self._sent
        self._gathered = [self._buffer.since(begin)]

    def _sleep(self) -> list[Hearing]:
        """Decode no more until the next sound; what was said is over."""
        hearings = self.flush()
        self._decoding = False
        self._settled = max(self._settled, self._fed - ONSET)
        return hearings

    def _cut(self, said: str, look: Look) -> list[Hearing]:
        """End the utterance here, with what is sure, whatever the recogniser makes of its end. Its
        reverberation is not decoded again, since that is no word.
        """
        found = self._partial
        plain = Hearing(said, found.began, found.since, self._fed, final=True, look=look)
        self._over()
        hearings = self._final(json.loads(self._recogniser.FinalResult()), (said, look))
        self._decoding = False
        self._settled = self._fed
        return hearings or [plain]

    def flush(self) -> list[Hearing]:
        """End the present utterance and return its result."""
        if self._recogniser is None:
            return []
        hearings = self._decode() if self._gathered else []
        self._over()
        return hearings + self._final(json.loads(self._recogniser.FinalResult()))

    def restart(self) -> None:
        """Forget everything heard: the next block begins at frame 0. The model stays loaded."""
        phrases, self._phrases = self._phrases, frozenset()
        self._begin()
        self._gathered = []
        self.listen(phrases)

    def close(self) -> None:
        """Free the recogniser and the model."""
        self._recogniser = None
        self._model = None

    def _decode(self) -> list[Hearing]:
        samples = np.concatenate(self._gathered)
        self._gathered = []
        self._sent += len(samples)
        if self._recogniser.AcceptWaveform(samples.tobytes()):
            self._over()
            return self._final(json.loads(self._recogniser.Result()))
        text = json.loads(self._recogniser.PartialResult()).get("partial", "")
        earliest = self._origin if self._replaying else self._fed - WORD
        self._replaying = False
        self._partial = self._partial.then(text, self._fed, earliest)
        began, since = self._partial.began, self._partial.since
        take = partial(self._look, text, began, self._fed)
        sure = self._ending.found(self._partial, self._fed, self._activity.still, take)
        if sure is not None:
            return self._cut(*sure)
        look = self._watch.look(text, self._fed, take)
        if not text and look is None:
            return []
        return [Hearing(text or UNKNOWN, began, since, self._fed, final=False, look=look)]

    def _final(self, result: dict[str, Any], sure: tuple[str, Look] | None = None) -> list[Hearing]:
        """Return the result of an utterance; `sure` is what was said, and a look at it, if that is
        known already.
        """
        words: list[dict[str, Any]] = result.get("result", [])
        if not words:
            return []
        known = [word for word in words if word["word"] != UNKNOWN] or words
        start, end = self._frame(known[0]["start"]), self._frame(words[-1]["end"])
        self._settled = max(self._settled, min(end + AFTER_WORD, self._fed))
        text = " ".join(word["word"] for word in words)
        confidence = min(float(word.get("conf", 1.0)) for word in words)
        text, look = sure or (text, self._look(text, start, Frame(min(self._fed, end + AFTER))))
        above = self._buffer.above(start, end)
        begun = self._frame(words[0]["start"])
        return [Hearing(text, start, end, self._fed, True, confidence, above, look, begun=begun)]

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
        begin = max(0, self._fed - REPLAY, self._settled)
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
