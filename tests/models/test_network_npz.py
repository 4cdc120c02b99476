"""`network.npz` holds the network of `am/final.mdl`, to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.recipe.network_npz import read_mdl, write_npz
from voicecoach.paths import shipped
from voicecoach.stt.acoustic_model import FILE, STEPS, load_acoustic_model

MODEL = shipped("models/coach-en")
MDL = MODEL / "am" / "final.mdl"


def test_the_shipped_files_agree() -> None:
    """What the verifier loads is what Kaldi's file says, weight by weight."""
    kaldi, model = read_mdl(MDL), load_acoustic_model(MODEL / FILE)
    assert len(model.layers) == kaldi["layers"]
    assert [model.left, model.right] == list(kaldi["context"])
    np.testing.assert_array_equal(model.log_priors, np.log(kaldi["priors"]))
    for number, layer in enumerate(model.layers):
        low, span = map(float, kaldi[f"{number}.low_span"])
        steps = kaldi[f"{number}.matrix"].astype(np.float32)
        np.testing.assert_array_equal(layer.matrix, low + steps * np.float32(span / STEPS))
        np.testing.assert_array_equal(layer.bias, kaldi[f"{number}.bias"])
        assert layer.offsets == tuple(kaldi[f"{number}.offsets"])


def test_the_recipe_writes_the_shipped_arrays(tmp_path: Path) -> None:
    """Name by name, type by type: writing the file again changes nothing."""
    write_npz(MDL, tmp_path / FILE)
    with np.load(tmp_path / FILE) as written, np.load(MODEL / FILE) as shipped_file:
        assert written.files == shipped_file.files
        for name in written.files:
            assert written[name].dtype == shipped_file[name].dtype
            np.testing.assert_array_equal(written[name], shipped_file[name])


def test_another_file_is_refused(tmp_path: Path) -> None:
    """A network whose matrices are not in 16 bits is not one of this recipe."""
    path = tmp_path / "final.mdl"
    path.write_bytes(MDL.read_bytes().replace(b"CM2 ", b"FM  "))
    with pytest.raises(AssertionError, match="16 bits"):
        read_mdl(path)
