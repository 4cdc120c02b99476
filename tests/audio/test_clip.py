"""What becomes a sample."""

from __future__ import annotations

import numpy as np

from voicecoach.audio.clip import as_samples


def test_what_is_too_loud_is_cut_at_full_scale() -> None:
    """It never wraps around to the other sign, which would crack."""
    samples = as_samples(np.array([40_000.0, -40_000.0, 32_767.4, 1.9, -1.9]))
    assert samples.dtype == np.int16
    assert samples.tolist() == [32_767, -32_768, 32_767, 1, -1]
