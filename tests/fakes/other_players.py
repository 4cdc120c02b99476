"""A player beside the coach that knows whether it is lowered."""

from __future__ import annotations


class FakePlayers:
    """Implements `OtherPlayers`, and keeps what it was told."""

    def __init__(self) -> None:
        self.low = False
        self.told: list[str] = []

    def lower(self) -> None:
        """Be low."""
        self.low = True
        self.told.append("lower")

    def restore(self) -> None:
        """Be as before."""
        self.low = False
        self.told.append("restore")

    def close(self) -> None:
        """Be as before."""
        self.low = False
        self.told.append("close")
