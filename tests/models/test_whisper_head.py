"""The recipe of the second opinion: what it trains, and what the program makes of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.recipe import whisper_head
from models.recipe.classes import ALL_CLASSES, FEW
from voicecoach.stt import verifier
from voicecoach.stt.whisper_encoder import ROWS, WIDTH
from voicecoach.stt.whisper_head import FILE, LONG, SEGMENTS, WhisperHead

COUNT = len(ALL_CLASSES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with looks of which each class has a mark of its own in two rows."""
    chance = np.random.default_rng(1)
    classes = np.tile(np.arange(COUNT), 16)
    rows = chance.normal(0, 1, (len(classes), ROWS, WIDTH)).astype(np.float16)
    rows[np.arange(len(classes)), -5, classes] += 25
    rows[np.arange(len(classes)), -20, classes + 100] += 25
    made = tmp_path_factory.mktemp("looks")
    np.save(made / "encoder.npy", rows)
    np.save(made / "classes.npy", classes)
    return made


def test_a_head_learns_and_the_program_reads_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the recipe finds for a look is what the program finds, to 16 bits."""
    monkeypatch.setattr(whisper_head, "EPOCHS", 30)
    classes = np.load(folder / "classes.npy")
    x = whisper_head.pooled(folder, len(classes))
    head = whisper_head.train(x, classes, seed=1)
    shares = whisper_head.log_shares(head, x)
    assert (shares.argmax(axis=1) == classes).mean() > 0.9
    whisper_head.save(head, np.ones((COUNT, 3)), tmp_path / FILE)
    read = WhisperHead(tmp_path)
    assert read.classes == list(ALL_CLASSES)
    rows = np.load(folder / "encoder.npy")[3].astype(np.float32)
    assert read.scores(rows) == pytest.approx(shares[3], abs=0.05)


def test_both_sides_average_the_same_rows() -> None:
    """The recipe and the program."""
    assert (whisper_head.SEGMENTS, whisper_head.LONG) == (SEGMENTS, LONG)


def test_the_fusion_trusts_who_is_right() -> None:
    """One opinion knows, the other guesses: the weight of the first is the greater."""
    chance = np.random.default_rng(2)
    classes = chance.integers(0, COUNT, 400)
    guess = np.log(chance.dirichlet(np.ones(COUNT), 400))
    knows = guess.copy()
    knows[np.arange(400), classes] += 4
    for own, default, better in ((knows, guess, 0), (guess, knows, 1)):
        fusion = whisper_head.fuse({"own": own, "default": default}, classes)
        assert fusion.shape == (COUNT, 3)
        assert fusion[0, better] > fusion[0, 1 - better]


def test_more_opinions_are_weighed(capsys: pytest.CaptureFixture[str]) -> None:
    """Of three the one that knows counts most, and joined they know as much as it."""
    chance = np.random.default_rng(3)
    classes = chance.integers(0, COUNT, 400)
    opinions = {name: np.log(chance.dirichlet(np.ones(COUNT), 400)) for name in ("a", "b", "c")}
    opinions["b"][np.arange(400), classes] += 4
    weights = whisper_head.fuse(opinions, classes)
    assert weights.shape == (COUNT, 4)
    assert weights[:, :3].argmax(axis=1).tolist() == [1] * COUNT
    found = whisper_head.joined([*opinions.values()], weights).argmax(axis=1)
    alone = opinions["b"].argmax(axis=1)
    assert (found == classes).mean() >= (alone == classes).mean()
    assert "joined" in capsys.readouterr().out


def test_both_sides_join_two_opinions_alike(tmp_path: Path) -> None:
    """What the recipe finds, the program finds."""
    chance = np.random.default_rng(4)
    first, second = np.log(chance.dirichlet(np.ones(COUNT), (2, 5)))
    weights = chance.normal(0.5, 0.2, (COUNT, 3)).astype(np.float32)
    head = {
        "first.weight": np.zeros((4, SEGMENTS * WIDTH)),
        "first.bias": np.zeros(4),
        "out.weight": np.zeros((COUNT, 4)),
        "out.bias": np.zeros(COUNT),
    }
    whisper_head.save(head, weights, tmp_path / FILE)
    read = WhisperHead(tmp_path)
    for one, two, logs in zip(
        first, second, whisper_head.joined((first, second), weights), strict=True
    ):
        shares = dict(zip(ALL_CLASSES, map(float, np.exp(two)), strict=True))
        np.testing.assert_allclose([*read.fused(one, shares).values()], np.exp(logs), atol=1e-4)


def test_both_sides_know_the_words_that_few_people_said() -> None:
    """The recipe and the program."""
    assert verifier.FEW == FEW
