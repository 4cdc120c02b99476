"""A phone recogniser of another make as an opinion: `pip install hama==1.7.0`, 4.7 MB.

It is measured and not shipped: see docs/hearing.md. What it learned from is not known.
"""

import random
from collections import Counter

import numpy as np
from hama.asr import ASRModel

from . import features
from .classes import ALL_CLASSES, NOISE, OTHER
from .corpus import TRAIN, Clip

PLAIN = tuple(name for name in ALL_CLASSES if name not in (OTHER, NOISE))
CLIPS = 60  # of the training side of a word, from which its pronunciations are read
PRONUNCIATIONS = 6  # at most, the commonest
AFTER = 4000  # samples of silence put after a look
LOUD = 0.5  # peak of a clip from which a pronunciation is read
FAR = -1e9
SCALE = 0.1  # of the scores, so that their spread is about that of logarithms of shares


class PhoneRecogniser:
    """How well the phones of each word fit a look, beside the best phones of any kind."""

    def __init__(self, clips: list[Clip], seed: int) -> None:
        self._model = ASRModel()
        tokens = self._model.decoder_tokens
        self._blank, self._gap = self._model.blank_id, tokens.index("<wb>")
        found = [(w, p) for w in PLAIN for p in self._pronunciations(w, clips, seed)]
        self._of = np.array([PLAIN.index(word) for word, _ in found])
        self._ends = np.array([2 * len(phones) for _, phones in found])
        self._labels = np.full((len(found), int(self._ends.max()) + 1), self._blank)
        for row, (_, phones) in zip(self._labels, found, strict=True):
            row[1 : 2 * len(phones) : 2] = phones
        same = self._labels[:, 2:] == self._labels[:, :-2]
        self._jumps = (self._labels[:, 2:] != self._blank) & ~same

    def _log_shares(self, sound: np.ndarray) -> np.ndarray:
        """(rows of 20 ms, phones) of int16 samples."""
        wave = np.pad(sound, (0, AFTER)).astype(np.float32) / 32768
        feeds = {"waveform": wave[None], "waveform_lengths": np.array([len(wave)])}
        logs, rows = self._model.session.run(["log_probs", "out_lengths"], feeds)
        kept: np.ndarray = logs[0][: int(rows[0])]
        return kept - np.logaddexp.reduce(kept, axis=1, keepdims=True)

    def _pronunciations(self, word: str, clips: list[Clip], seed: int) -> list[tuple[int, ...]]:
        """What it writes down most often of recordings of a word."""
        said = [c for c in clips if c.side == TRAIN and c.text == word]
        random.Random(seed).shuffle(said)
        written: Counter[tuple[int, ...]] = Counter()
        for clip in said[:CLIPS]:
            samples = features.load(clip.path)
            samples = samples / (np.abs(samples).max() + 1e-6) * LOUD
            best = self._log_shares(np.rint(samples * 32767).astype(np.int16)).argmax(axis=1)
            changes = best[np.concatenate([[True], best[1:] != best[:-1]])]
            written[tuple(int(p) for p in changes if p not in (self._blank, self._gap))] += 1
        return [phones for phones, _ in written.most_common(PRONUNCIATIONS) if phones]

    def scores(self, sound: np.ndarray) -> np.ndarray:
        """A score of each class: of the best path (CTC) of a lone word, less that of any phones."""
        logs = self._log_shares(sound)
        silence = np.logaddexp(logs[:, self._blank], logs[:, self._gap])
        fits = logs[:, self._labels]
        fits = np.where(self._labels == self._blank, silence[:, None, None], fits)
        now = np.full(self._labels.shape, FAR)
        now[:, :2] = fits[0, :, :2]
        for row in fits[1:]:
            one, two = np.full_like(now, FAR), np.full_like(now, FAR)
            one[:, 1:] = now[:, :-1]
            two[:, 2:] = np.where(self._jumps, now[:, :-2], FAR)
            now = np.maximum(np.maximum(now, one), two) + row
        each = np.arange(len(now))
        paths = np.maximum(now[each, self._ends], now[each, self._ends - 1])
        words = np.full(len(PLAIN), FAR)
        np.maximum.at(words, self._of, paths)
        best = logs.max(axis=1).sum()
        known = {**dict(zip(PLAIN, words - best, strict=True)), OTHER: 0.0}
        known[NOISE] = silence.sum() - best
        return SCALE * np.array([known[name] for name in ALL_CLASSES])
