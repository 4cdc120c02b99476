"""The typed recogniser keeps the contract of recognisers."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.contracts.recogniser import RecogniserContract, Rig, silence
from tests.fakes.recogniser import TypedRecogniser
from voicecoach.audio.clip import Samples


@dataclass
class TypedRig(Rig):
    """A recogniser that takes lines from a list."""

    lines: list[str] = field(default_factory=list)

    def utter(self, text: str) -> Samples:
        """Type the line now."""
        self.lines.append(text)
        return silence(1)


def typed_rig() -> Rig:
    """Return a recogniser whose keyboard is a list."""
    lines: list[str] = []

    def take() -> list[str]:
        taken = lines[:]
        lines.clear()
        return taken

    return TypedRig(TypedRecogniser(take), lines)


class TestTypedRecogniser(RecogniserContract):
    """The contract, on typed lines."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return a recogniser of lines."""
        return typed_rig()

    def test_a_line_is_cleaned(self, rig: Rig) -> None:
        """Capitals, full stops and blanks do not matter; an empty line is nothing."""
        heard = rig.feed(rig.utter("  It HURTS!  "))
        heard += rig.feed(rig.utter("   "))
        assert [hearing.text for hearing in heard] == ["it hurts"]
