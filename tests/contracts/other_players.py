"""The contract of `OtherPlayers`: lowered, and as they were again, whatever the order."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pytest

from voicecoach.ports import OtherPlayers


class OtherPlayersContract(ABC):
    """Subclasses give the players, and say what is left of another program's level."""

    @pytest.fixture
    @abstractmethod
    def players(self) -> OtherPlayers:
        """Return the players, of which one plays at full level."""

    @abstractmethod
    def level_becomes(self, low: bool) -> bool:
        """Wait for the level of the other program to be low, or full; tell whether it is."""

    def test_they_are_lowered_and_restored(self, players: OtherPlayers) -> None:
        """Each as often as it is asked for."""
        for _ in range(2):
            players.lower()
            players.lower()
            assert self.level_becomes(low=True)
            players.restore()
            players.restore()
            assert self.level_becomes(low=False)
        players.close()

    def test_the_end_restores_them(self, players: OtherPlayers) -> None:
        """A program that ends leaves nothing low; it may be told twice."""
        players.lower()
        assert self.level_becomes(low=True)
        players.close()
        players.close()
        assert self.level_becomes(low=False)
