"""Other players are lowered while the coach speaks, and not between two counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.other_players import FakePlayers
from voicecoach.app.courtesy import HOLD, Courtesy
from voicecoach.units import BLOCK, Frame


def test_they_are_restored_a_moment_after_the_last_word() -> None:
    """Words a second apart keep them low."""
    players = FakePlayers()
    courtesy, frame = Courtesy(players), 0
    for _ in range(20):
        for talking in [True] * 50 + [False] * 50:
            courtesy.watch(Frame(frame), talking)
            frame += BLOCK
    assert players.told == ["lower"]
    courtesy.watch(Frame(frame + HOLD), talking=False)
    assert players.told == ["lower", "restore"]
    courtesy.close()
    assert players.told[-1] == "close"


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 2 * HOLD)), max_size=60))
def test_they_are_low_whenever_the_coach_speaks(course: list[tuple[bool, int]]) -> None:
    """Whatever the course; they are told only what changes."""
    players, frame = FakePlayers(), 0
    courtesy = Courtesy(players)
    for talking, frames in course:
        frame += frames
        courtesy.watch(Frame(frame), talking)
        assert players.low or not talking
    assert all(a != b for a, b in zip(players.told, players.told[1:], strict=False))
