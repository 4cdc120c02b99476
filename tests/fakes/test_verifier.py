"""The verifier of tones keeps the contract of verifiers."""

from __future__ import annotations

import pytest

from tests.contracts.verifier import Rig, VerifierContract
from tests.fakes.verifier import ToneVerifier, tone


class TestToneVerifier(VerifierContract):
    """The contract, on tones."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return a verifier and its tones."""
        return Rig(ToneVerifier(), tone)
