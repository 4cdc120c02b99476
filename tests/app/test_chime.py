"""The chime is the only tone among the coach's sounds: its own ears take it for no command."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bench.english import LANGUAGE
from tests.effort import examples
from voicecoach.app.recognise import Recognition, from_file
from voicecoach.app.wiring import make_recogniser
from voicecoach.audio.clip import Samples
from voicecoach.audio.sounds import chime
from voicecoach.audio.wav import write_wav
from voicecoach.units import RATE


def test_no_chime_is_a_command(tmp_path: Path) -> None:
    """From 15 dB softer to 20 dB louder than it is made, in silence and in noise."""
    rng = np.random.default_rng(3)
    parts: list[Samples] = []
    chimes = examples(1).max_examples
    assert chimes
    for _ in range(chimes):
        sound = rng.standard_normal(2 * RATE) * rng.uniform(0, 60)
        sound[RATE // 2 :][: len(chime())] += chime() * 10 ** (rng.uniform(-15, 20) / 20)
        parts.append(sound.clip(-32767, 32767).astype(np.int16))
    write_wav(tmp_path / "chimes.wav", np.concatenate(parts))
    recognition = Recognition(make_recogniser(None, LANGUAGE), LANGUAGE.phrasebook)
    lines = from_file(recognition, tmp_path / "chimes.wav")
    assert [line for line in lines if line["command"]] == []
