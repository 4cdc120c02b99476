"""The bench of taught voices: who is a user, what is tried, and what the figures say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bench import teach
from bench.taught.figures import summary
from bench.taught.sounds import CLEAN, SOFT, Sound
from bench.taught.trials import trials
from voicecoach.decision.hearing import NOISE, OTHER, Look
from voicecoach.decision.taught import unit

WORDS = ("stop", "go")


def people(number: int, takes: int) -> Iterator[Sound]:
    """Yield what people say whom the verifier hears badly, and whose words differ from those of
    others in the embedding.
    """
    chance = np.random.default_rng(1)
    for person in range(number):
        for at, word in enumerate(WORDS):
            place = np.eye(4)[at] + 0.2 * chance.normal(size=4)
            for take in range(takes):
                for condition in (CLEAN, SOFT):
                    share = float(chance.uniform(0.05, 0.6))
                    shares = {word: share, WORDS[1 - at]: 0.1, OTHER: 0.8 - share, NOISE: 0.1}
                    embedding = unit((place + 0.1 * chance.normal(size=4)).tolist())
                    look = Look(shares, embedding=embedding)
                    yield Sound(f"{person}-{word}-{take}", f"p{person}", word, condition, look)


def test_a_recording_that_is_tried_has_not_taught() -> None:
    """Each user's own, and other people's words other than the form."""
    tried = list(trials(list(people(3, 3))))
    right = [t for t in tried if t.right]
    assert {t.takes for t in right} == {2}
    assert len(right) == 3 * len(WORDS) * 3 * 2
    assert all(t.own for t in right)
    assert any(not t.own for t in tried)


def test_who_said_a_word_once_teaches_nothing() -> None:
    """There is nothing to try it with."""
    assert list(trials(list(people(3, 1)))) == []


def test_people_whose_words_are_alike_are_missed_less_once_taught(tmp_path: Path) -> None:
    """At as many false accepts; and the page has a row for each way."""
    found = summary(list(trials(list(people(12, 4)))))
    alone, taught = found["alone"]["missed"]["share"], found["taught"]["missed"]["share"]
    assert taught < alone / 2
    assert found["weights_known"][1] > 0
    kept = tmp_path / "found.json"
    about = {"date": "2026-01-31", "command": "python", "speakers": "tune", "tried": 9}
    kept.write_text(json.dumps({**found, **about}), "utf-8")
    rows = teach.rows(json.loads(kept.read_text("utf-8")))
    assert [row[0] for row in rows] == list(teach.NAMES.values())


def test_without_recordings_it_says_where_to_get_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """They are not installed with the project."""
    for words in ([], ["--speech", str(tmp_path)]):
        assert teach.main(words) == 3
        assert "Speech Commands" in capsys.readouterr().err
