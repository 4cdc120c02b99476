"""Another recogniser, Whisper by CTranslate2: it writes down what is said in a recording.

It gives speech a transcript that has none, and says whether a word is in a recording, before a
label is trusted. tiny.en comes with the extra `whisper`.
"""

import re
from pathlib import Path

import numpy as np

from voicecoach.stt.log_mel import log_mel
from voicecoach.stt.whisper_encoder import weights

RATE = 16000
PROMPT = ("<|startoftranscript|>", "<|notimestamps|>")
# That of models of many languages.
PROMPT_ENGLISH = ("<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>")
BLANK = "\u0120"  # how a token that begins with a blank is written
AFTER = RATE  # samples of silence after a clip: the encoder gets no more than the clip
FULL = 32767.0
LONGEST = 30 * RATE
TOKENS_A_SECOND, TOKENS = 12, 16  # short sounds make the decoder repeat a word for ever
REPEATED = 1.2  # penalty of a token that was there already
NUMBERS = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
           "seven": "7", "eight": "8", "nine": "9", "ten": "10"}  # fmt: skip
SOUNDS_LIKE = {"no": ("know",), "two": ("to", "too"), "four": ("for",), "eight": ("ate",),
               "one": ("won",), "right": ("write",), "wait": ("weight",),
               "hurt": ("heard",)}  # fmt: skip


class Transcriber:
    """Whisper on one thread, in 8-bit integers."""

    def __init__(
        self,
        folder: Path | None = None,
        prompt: tuple[str, ...] = PROMPT,
        penalty: float = REPEATED,
    ) -> None:
        import ctranslate2

        self._library, self._prompt, self._penalty = ctranslate2, list(prompt), penalty
        self._model = ctranslate2.models.Whisper(
            str(folder or weights()), device="cpu", compute_type="int8", intra_threads=1
        )

    def text(self, samples: np.ndarray) -> str:
        """What is said in a clip of -1..1 at 16 kHz: lower case, words and figures only."""
        said = self._model.generate(
            self._heard(samples),
            [self._prompt],
            beam_size=1,
            max_length=TOKENS + TOKENS_A_SECOND * len(samples) // RATE,
            repetition_penalty=self._penalty,
        )
        tokens = [t for t in said[0].sequences[0] if not t.startswith("<|")]
        return " ".join(re.findall(r"[a-z0-9']+", "".join(tokens).replace(BLANK, " ").lower()))

    def _heard(self, samples: np.ndarray) -> object:
        sound = np.pad(samples, (0, AFTER))[:LONGEST]
        mel = log_mel(np.rint(np.clip(sound, -1, 1) * FULL).astype(np.int16))
        return self._library.StorageView.from_array(mel[None])


def forms(word: str) -> tuple[str, ...]:
    """How a word may be written down: as a figure, or as one that sounds alike, too."""
    return (word, NUMBERS.get(word, word), *SOUNDS_LIKE.get(word, ()))


def contains(text: str, word: str) -> bool:
    """Whether a text has a word, in any of its forms."""
    return any(form in text.split() for form in forms(word))
