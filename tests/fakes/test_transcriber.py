"""The transcriber of tones keeps the contract of transcribers."""

from __future__ import annotations

import pytest

from tests.contracts.transcriber import Rig, TranscriberContract
from tests.fakes.transcriber import ToneTranscriber, saying


class TestToneTranscriber(TranscriberContract):
    """The contract, on tones."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return the fake."""
        return Rig(ToneTranscriber(), saying, ("can you slow down a bit", "stop", "my back"))
