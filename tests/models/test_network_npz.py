"""`network.npz` holds the network from which that of `am/final.mdl` was trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.recipe.network_npz import read_mdl, write_npz
from voicecoach.paths import shipped
from voicecoach.stt.acoustic_model import FILE, STEPS, load_acoustic_model

MODEL = shipped("models/coach-en")
MDL = MODEL / "am" / "final.mdl"
NEAR = 0.8
"""Least cosine of the angle between the weights of a layer."""


def test_what_is_written_is_what_kaldi_reads(tmp_path: Path) -> None:
    """Weight by weight, and the same bytes each time."""
    kaldi = read_mdl(MDL)
    for name in ("one.npz", "two.npz"):
        write_npz(MDL, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    model = load_acoustic_model(tmp_path / "one.npz")
    assert len(model.layers) == kaldi["layers"]
    assert [model.left, model.right] == list(kaldi["context"])
    np.testing.assert_array_equal(model.log_priors, np.log(kaldi["priors"]))
    for number, layer in enumerate(model.layers):
        low, span = map(float, kaldi[f"{number}.low_span"])
        steps = kaldi[f"{number}.matrix"].astype(np.float32)
        np.testing.assert_array_equal(layer.matrix, low + steps * np.float32(span / STEPS))
        np.testing.assert_array_equal(layer.bias, kaldi[f"{number}.bias"])
        assert layer.offsets == tuple(kaldi[f"{number}.offsets"])


def test_both_networks_point_the_same_way(tmp_path: Path) -> None:
    """One was trained on from the other; those of a network trained from the start do not."""
    write_npz(MDL, tmp_path / FILE)
    later, former = load_acoustic_model(tmp_path / FILE), load_acoustic_model(MODEL / FILE)
    assert [layer.offsets for layer in later.layers] == [layer.offsets for layer in former.layers]
    for one, other in zip(former.layers, later.layers, strict=True):
        product = np.vdot(one.matrix, other.matrix)
        assert product > NEAR * np.linalg.norm(one.matrix) * np.linalg.norm(other.matrix)


def test_another_file_is_refused(tmp_path: Path) -> None:
    """A network whose matrices are not in 16 bits is not one of this recipe."""
    path = tmp_path / "final.mdl"
    path.write_bytes(MDL.read_bytes().replace(b"CM2 ", b"FM  "))
    with pytest.raises(AssertionError, match="16 bits"):
        read_mdl(path)
