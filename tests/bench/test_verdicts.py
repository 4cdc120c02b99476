"""Whether the word is in a recording that went wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.recognition import verdicts as module
from bench.recognition.live import ALL
from bench.recognition.recognised import Decision
from bench.recognition.results import Result
from bench.recognition.spoil import CLEAN
from bench.recognition.trials import Trial
from bench.recognition.verdicts import FOUND, NO_SOUND, OTHER, UNSURE, lines, verdicts
from models.recipe.corpus import Clip
from models.recipe.transcriber import contains
from voicecoach.audio.wav import write_wav
from voicecoach.units import RATE


def result(path: Path, sound: np.ndarray, said: str, heard: str = "") -> Result:
    """Return a recording of a command, and what was obeyed."""
    write_wav(path, sound.astype(np.int16))
    clip = Clip(path.name, str(path), said, "a", "commands", True, 1.0)
    obeyed = [Decision(heard, 0.0, 0.5, 0.6, 1.0, None)] if heard else []
    return Result(Trial(clip, CLEAN, ALL), obeyed)


def test_each_error_has_a_verdict_and_what_went_right_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word that another recogniser finds, another word, nothing audible, nothing written."""
    burst = np.random.default_rng(1).normal(0, 20, RATE)
    hiss = burst.copy()
    burst[4000:12000] *= 200
    results = [
        result(tmp_path / "right.wav", burst, "stop", "stop"),
        result(tmp_path / "found.wav", burst, "two", "go"),
        result(tmp_path / "other.wav", burst, "yes"),
        result(tmp_path / "hiss.wav", hiss, "yes"),
        result(tmp_path / "unsure.wav", burst, "no"),
    ]
    written = iter(["too", "yellow", "", ""])
    monkeypatch.setattr(module, "_other", lambda: ("a friend", lambda _: next(written)))
    found = verdicts(results)
    assert [row["verdict"] for row in found["rows"]] == [FOUND, OTHER, NO_SOUND, UNSURE]
    assert (found["by"], found["clips"]) == ("a friend", 4)
    assert sum(found["sums"].values()) == 4
    shown = list(lines(found))
    assert shown[0] == "found.wav: taken for go; the word is there (too)"
    assert shown[2] == "hiss.wav: missed; hardly any sound (-)"


@pytest.mark.parametrize(
    ("text", "word", "there"),
    [("to", "two", True), ("2", "two", True), ("no no", "no", True), ("know", "no", True),
     ("nothing", "no", False), ("", "yes", False)],
)  # fmt: skip
def test_a_word_is_found_as_a_figure_or_by_its_sound(text: str, word: str, there: bool) -> None:
    """And not as a part of another."""
    assert contains(text, word) is there
