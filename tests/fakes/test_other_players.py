"""The fake passes the kit."""

from __future__ import annotations

import pytest

from tests.contracts.other_players import OtherPlayersContract
from tests.fakes.other_players import FakePlayers
from voicecoach.ports import OtherPlayers


class TestFakePlayers(OtherPlayersContract):
    """The kit on the fake."""

    @pytest.fixture
    def players(self) -> OtherPlayers:
        """Return the fake."""
        self._fake = FakePlayers()
        return self._fake

    def level_becomes(self, low: bool) -> bool:
        """Tell at once."""
        return self._fake.low is low
