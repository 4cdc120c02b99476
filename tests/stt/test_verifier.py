"""The verifier on the shipped model: features as Kaldi's, the recogniser's network, the look."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.contracts.verifier import Rig, VerifierContract
from tests.stt.test_vosk_recogniser import spoken
from voicecoach.audio.clip import Samples
from voicecoach.decision.evidence import NEAR, NOISY
from voicecoach.errors import InputError, ModelError
from voicecoach.paths import shipped
from voicecoach.stt.acoustic_model import FILE as NETWORK
from voicecoach.stt.acoustic_model import SUBSAMPLING, load_acoustic_model
from voicecoach.stt.embedding import FILE as EMBEDDING
from voicecoach.stt.fbank import MELS, fbank
from voicecoach.stt.look_window import WINDOW
from voicecoach.stt.verifier import FILE, NetworkVerifier
from voicecoach.stt.verifiers import choose_verifier
from voicecoach.units import RATE

MODEL = shipped("models/coach-en")


def chirp() -> Samples:
    """Return 50 ms of a tone that rises."""
    t = np.arange(800) / RATE
    wave: Samples = np.round(8000 * np.sin(2 * np.pi * (200 * t + 30000 * t * t))).astype(np.int16)
    return wave


def hiss(seed: int, level: float = 300.0) -> Samples:
    """Return a window of white noise."""
    noise: Samples = np.random.default_rng(seed).normal(0, level, WINDOW).astype(np.int16)
    return noise


def test_features_are_kaldis() -> None:
    """Values of every fifth band as kaldi-native-fbank 1.22 gives them for the same samples."""
    second = [7.57, 8.814, 15.346, 23.724, 25.034, 12.541, 6.043, 6.084]
    third = [6.324, 5.427, 7.884, 14.453, 25.152, 23.692, 8.517, 6.27]
    rows = fbank(chirp())
    assert rows.shape == (3, MELS)
    np.testing.assert_allclose(rows[1, ::5], second, atol=0.01)
    np.testing.assert_allclose(rows[2, ::5], third, atol=0.01)


def test_too_little_sound_has_no_frames() -> None:
    """Less than a frame gives none."""
    assert fbank(np.zeros(399, np.int16)).shape == (0, MELS)


def test_the_network_gives_probabilities() -> None:
    """With the priors put back they add up to 1 in every row, one row for three frames."""
    network = load_acoustic_model(MODEL / NETWORK)
    energies = fbank(hiss(1))
    hidden, scores = network.run(energies)
    assert len(hidden) == len(scores) == len(energies) // SUBSAMPLING
    np.testing.assert_allclose(np.exp(scores + network.log_priors).sum(axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("cut", [0, 100, 5000, 100_000])
def test_a_damaged_network_is_an_error_for_people(tmp_path: Path, cut: int) -> None:
    """A file that is cut short is no network, and never a traceback."""
    path = tmp_path / NETWORK
    path.write_bytes((MODEL / NETWORK).read_bytes()[:cut])
    with pytest.raises(ModelError, match="cannot be read") as caught:
        load_acoustic_model(path)
    assert caught.value.next_step


@pytest.mark.parametrize("change", [{"priors": None}, {"0.bias": None}, {"0.offsets": np.zeros(5)}])
def test_another_network_is_an_error_for_people(
    tmp_path: Path, change: dict[str, np.ndarray | None]
) -> None:
    """An archive that lacks an array, or has other features, is refused with its reason."""
    with np.load(MODEL / NETWORK) as file:
        arrays = {**{name: file[name] for name in file.files}, **change}
    np.savez(tmp_path / NETWORK, **{n: a for n, a in arrays.items() if a is not None})
    with pytest.raises(ModelError, match="cannot read the network") as caught:
        load_acoustic_model(tmp_path / NETWORK)
    assert NETWORK in caught.value.why
    assert caught.value.next_step


def test_a_verifier_of_another_model_is_an_error(tmp_path: Path) -> None:
    """Its first layer must fit the network's last."""
    shutil.copy(MODEL / NETWORK, tmp_path)
    other = {"classes": np.array(["stop"]), "lexicon": np.array("{}")}
    np.savez(tmp_path / FILE, **other, **{"first.weight": np.zeros((4, 7))})
    with pytest.raises(ModelError, match="another network"):
        NetworkVerifier(tmp_path)


@pytest.mark.parametrize("name", [NETWORK, FILE])
def test_a_missing_file_of_the_verifier_is_named(tmp_path: Path, name: str) -> None:
    """Without the network or without the head there is no verifier, and the error says which."""
    shutil.copy(MODEL / ({NETWORK, FILE} - {name}).pop(), tmp_path)
    with pytest.raises(ModelError, match=name):
        NetworkVerifier(tmp_path)


def test_hiss_is_noise() -> None:
    """White noise at several levels is refused as noise, and is no word."""
    verifier = NetworkVerifier(MODEL)
    for seed, level in enumerate((30.0, 300.0, 3000.0)):
        look = verifier.look(hiss(seed, level))
        assert look.noise > 2 * NOISY
        assert look.best[1] < NEAR


class TestNetworkVerifier(VerifierContract):
    """The contract, on the shipped model and a synthetic voice."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return the shipped verifier; a voice says the words."""
        return Rig(NetworkVerifier(MODEL), said)


def said(word: str) -> Samples:
    """Return a synthetic voice that says `word`, and 200 ms of silence."""
    return np.concatenate([spoken()[word], np.zeros(RATE // 5, np.int16)])


def test_a_verifier_is_made_by_its_name() -> None:
    """The network's comes with the shipped folder; "none" is none."""
    assert isinstance(choose_verifier("network", MODEL).verifier, NetworkVerifier)
    assert choose_verifier("none", MODEL).verifier is None


def test_another_model_folder_has_no_verifier(tmp_path: Path) -> None:
    """A plain Vosk model works without one."""
    for name in ("network", "auto"):
        assert choose_verifier(name, tmp_path).verifier is None


def test_an_unknown_name_is_an_error_with_a_hint() -> None:
    """The nearest name is offered."""
    with pytest.raises(InputError, match="no verifier 'netwrok'") as caught:
        choose_verifier("netwrok", MODEL)
    assert "network" in caught.value.next_step


def test_an_embedding_fits_its_verifier_or_is_refused(tmp_path: Path) -> None:
    """The shipped one fits, and is a unit vector; that of another verifier is an error."""
    embedding = NetworkVerifier(MODEL).look(hiss(1, 300.0)).embedding
    assert sum(x * x for x in embedding) == pytest.approx(1, abs=0.01)
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    with np.load(folder / EMBEDDING) as file:
        arrays = {**file, "of": np.array("another")}
    np.savez(folder / EMBEDDING, **arrays)
    with pytest.raises(ModelError, match="cannot be read"):
        NetworkVerifier(folder)
    (folder / EMBEDDING).unlink()
    assert NetworkVerifier(folder).look(hiss(1, 300.0)).embedding == ()
