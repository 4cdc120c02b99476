"""Answers are kept, so that a stopped run goes on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.recognition.live import ALL, COUNTING
from bench.recognition.store import Store, fingerprint, key_of

REPLY = {"decisions": [], "cpu_s": 0.5}


def test_what_was_answered_is_found_again(tmp_path: Path) -> None:
    """By another run too; a line that was cut is as if it had never been."""
    Store(tmp_path, "voicecoach", "a" * 64).keep("key", REPLY)
    (path,) = tmp_path.iterdir()
    with path.open("a") as file:
        file.write('["other", {"deci')
    again = Store(tmp_path, "voicecoach", "a" * 64)
    assert again.find("key") == REPLY
    assert again.find("other") is None
    again.keep("third", REPLY)
    assert Store(tmp_path, "voicecoach", "a" * 64).find("key") == REPLY


def test_another_state_of_the_system_begins_anew(tmp_path: Path) -> None:
    """And another system does."""
    Store(tmp_path, "voicecoach", "a" * 64).keep("key", REPLY)
    assert Store(tmp_path, "voicecoach", "b" * 64).find("key") is None
    assert Store(tmp_path, "pocketsphinx", "a" * 64).find("key") is None


def test_the_highest_figure_of_all_runs_is_noted(tmp_path: Path) -> None:
    """A run of which all is kept already loads little, and must not show less memory."""
    store = Store(tmp_path, "voicecoach", "a" * 64)
    assert store.note("peak_mb", 80.0) == 80.0
    assert Store(tmp_path, "voicecoach", "a" * 64).note("peak_mb", 30.0) == 80.0


def test_nothing_is_kept_without_a_folder() -> None:
    """Within one run it is found all the same."""
    store = Store(None, "voicecoach", "a" * 64)
    store.keep("key", REPLY)
    assert store.find("key") == REPLY


def test_a_sound_is_known_by_its_samples_and_the_live_phrases() -> None:
    """One sample more or other phrases are another trial."""
    sound = np.arange(100, dtype=np.int16)
    other = sound.copy()
    other[50] += 1
    keys = {key_of(ALL, sound), key_of(COUNTING, sound), key_of(ALL, other)}
    assert len(keys) == 3
    assert key_of(ALL, sound.copy()) in keys


@pytest.mark.parametrize("change", ["spec", "judge", "model"])
def test_whatever_decides_an_answer_is_in_the_fingerprint(tmp_path: Path, change: str) -> None:
    """The system, a constant of the judge, a byte of the model."""
    (tmp_path / "final.mdl").write_bytes(b"one")
    spec = f"voicecoach:{tmp_path}"
    before = fingerprint(spec, [])
    assert before == fingerprint(spec, [])
    if change == "model":
        (tmp_path / "final.mdl").write_bytes(b"two")
    changes = ["STAND=300"] if change == "judge" else []
    assert fingerprint("voicecoach" if change == "spec" else spec, changes) != before
