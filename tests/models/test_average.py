"""Averages of two networks' weights (`models/recipe/average.py`)."""

from dataclasses import replace

import numpy as np
import pytest

from models.recipe.average import average, outputs
from voicecoach.paths import shipped
from voicecoach.stt.acoustic_model import FILE, load_acoustic_model
from voicecoach.stt.fbank import MELS

MODEL = shipped("models/coach-en")


@pytest.mark.parametrize(("share", "of_later"), [(0.0, 0.0), (0.25, 0.25), (1.0, 1.0)])
def test_an_average_lies_between_both(share: float, of_later: float) -> None:
    """At both ends it is one of them, elsewhere its biases lie as far between them."""
    former = load_acoustic_model(MODEL / FILE)
    layers = tuple(replace(layer, bias=layer.bias + 1) for layer in former.layers)
    made = average(former, replace(former, layers=layers), share)
    for one, layer in zip(former.layers, made.layers, strict=True):
        assert np.allclose(layer.bias, one.bias + of_later, atol=1e-5)
        assert np.allclose(layer.matrix, one.matrix, atol=1e-5)
    looks = np.random.default_rng(1).normal(size=(2, 60, MELS)).astype(np.float16)
    assert outputs(made, looks).shape == (2, 20)
