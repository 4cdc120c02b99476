"""The gate on blocks of constant level: its bounds and times to the decibel and the block."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.clip import Samples
from voicecoach.audio.gate import (
    ABOVE_FLOOR_DB,
    CREDIT_DB,
    DECAY_DB,
    EARLY_DB,
    HANG,
    HOLD,
    LASTING,
    LEARN,
    MARGIN_DB,
    PREROLL,
    SETTLED,
    EchoGate,
)
from voicecoach.units import BLOCK

ROOM, COACH, RESIDUE = -65.0, -20.0, -40.0
"""Levels in dBFS: the room's noise, what is played, and what the canceller leaves of it."""


def block(dbfs: float) -> Samples:
    """Return a block of this level; the sign alternates, so that it is a sound."""
    loud = 32768 * 10 ** (dbfs / 20)
    return np.rint(loud * np.where(np.arange(BLOCK) % 2, 1.0, -1.0)).astype(np.int16)


SILENCE = np.zeros(BLOCK, np.int16)


def after(coach_blocks: int) -> EchoGate:
    """Return a gate after a second of room and so many blocks of the coach."""
    gate = EchoGate()
    for _ in range(100):
        gate.pass_block(block(ROOM), block(ROOM), SILENCE)
    for _ in range(coach_blocks):
        gate.pass_block(block(RESIDUE), block(RESIDUE), block(COACH))
    return gate


def opens_at(gate: EchoGate, dbfs: float, echo: Samples = SILENCE, most: int = 40) -> int | None:
    """Return in which block of a user of this level over the coach the gate opens, from 1."""
    user = block(dbfs)
    for number in range(1, most + 1):
        out = gate.pass_block((user + echo).astype(np.int16), user, block(COACH))
        if len(out) and np.array_equal(out[-BLOCK:], user):
            return number
    return None


@pytest.mark.parametrize(
    ("coach_blocks", "margin"),
    [
        (SETTLED, MARGIN_DB),
        (1000, MARGIN_DB),
        (SETTLED // 2, MARGIN_DB + EARLY_DB / 2),
        (LEARN + 10, MARGIN_DB + EARLY_DB * (1 - (LEARN + 10) / SETTLED)),
    ],
)
def test_who_stands_out_by_the_margin_is_heard(coach_blocks: int, margin: float) -> None:
    """After `LASTING` blocks, and nobody less loud; while the gate is new more is asked for."""
    assert opens_at(after(coach_blocks), RESIDUE + margin + 0.8) == LASTING
    assert opens_at(after(coach_blocks), RESIDUE + margin - 0.8, most=LASTING + 2) is None


def test_nobody_is_heard_while_the_residue_is_not_known() -> None:
    """In the first `LEARN` blocks of the coach the gate only listens."""
    assert opens_at(after(LEARN // 2), -3.0, most=LEARN // 2) is None


def test_what_is_far_under_the_echo_is_no_user() -> None:
    """By `CREDIT_DB` under what the canceller takes out, however small the residue was before."""
    echo_dbfs = RESIDUE + MARGIN_DB + CREDIT_DB + 3
    echo = block(echo_dbfs)
    heard = echo_dbfs - CREDIT_DB
    assert opens_at(after(1000), heard - 1, echo) is None
    assert opens_at(after(1000), heard + 1, echo) == LASTING


@pytest.mark.parametrize("mic", [SILENCE, block(RESIDUE)], ids=["silent", "nearly silent"])
def test_what_the_canceller_adds_is_no_user(mic: Samples) -> None:
    """However loud it is: the microphone does not have it."""
    gate = after(1000)
    outs = [gate.pass_block(mic, block(-10.0), block(COACH)) for _ in range(100)]
    assert not np.concatenate(outs).any()


def test_what_hardly_stands_out_of_the_room_is_no_user() -> None:
    """The residue may be lower than the room's noise: then the room is what counts."""

    def in_room(dbfs: float) -> int | None:
        gate = EchoGate()
        for played in (SILENCE, block(COACH)):
            for _ in range(400):
                gate.pass_block(block(ROOM), block(ROOM), played)
        return opens_at(gate, dbfs)

    assert in_room(ROOM + ABOVE_FLOOR_DB - 1) is None
    assert in_room(ROOM + ABOVE_FLOOR_DB + 1) == LASTING


def test_the_gate_stays_open_for_a_while() -> None:
    """`HANG` blocks after the user has fallen silent it closes; then zeros stand for the coach."""
    gate = after(1000)
    assert opens_at(gate, -10.0) == LASTING
    quiet = block(RESIDUE)
    outs = [gate.pass_block(quiet, quiet, block(COACH)) for _ in range(2 * HANG)]
    passed = [len(out) == BLOCK and np.array_equal(out, quiet) for out in outs]
    # the level falls by 2 dB a block, so that the user's end still stands out
    falling = round((-10.0 - (RESIDUE + MARGIN_DB)) / 2)
    assert HANG + falling - 3 <= passed.index(False) <= HANG + falling + 3
    assert not any(passed[passed.index(False) :])


def test_a_closed_gate_gives_zeros() -> None:
    """They are not decoded; the coach's residue is not in them."""
    gate = after(1000)
    outs = [gate.pass_block(block(RESIDUE), block(RESIDUE), block(COACH)) for _ in range(200)]
    masked = np.concatenate(outs)
    assert len(masked) >= (200 - PREROLL) * BLOCK
    assert not masked.any()


def test_the_room_goes_through_again_when_the_reverberation_has_gone() -> None:
    """After `HOLD` blocks the reference falls by `DECAY_DB` each, down to the room."""
    gate = after(1000)
    room = block(ROOM)
    outs = [gate.pass_block(room, room, SILENCE) for _ in range(HOLD + 60)]
    open_from = next(n for n, out in enumerate(outs) if np.array_equal(out[-BLOCK:], room))
    expected = HOLD + (RESIDUE + MARGIN_DB - ROOM) / DECAY_DB
    assert open_from == pytest.approx(expected, abs=2)
    assert all(np.array_equal(out, room) for out in outs[open_from + 1 :])


def test_what_is_held_back_can_be_drained_as_zeros() -> None:
    """All the blocks that were held, not one sample of the microphone's; then none is left."""
    gate = after(1000)
    drained = gate.drain()
    assert len(drained) == PREROLL * BLOCK
    assert not drained.any()
    assert len(gate.drain()) == 0


def test_a_louder_residue_is_learned_within_seconds() -> None:
    """3 dB more: at `UP_DB` a block it takes about 30 blocks until it is what is expected."""
    gate = after(1000)
    louder = block(RESIDUE + 3)
    for _ in range(300):
        gate.pass_block(louder, louder, block(COACH))
    assert opens_at(gate, RESIDUE + 3 + MARGIN_DB - 0.8, most=LASTING + 2) is None
    assert opens_at(gate, RESIDUE + 3 + MARGIN_DB + 1.2) == LASTING


def test_a_room_that_grows_louder_is_followed() -> None:
    """5 dB a second, while the coach is silent; a quieter one at once."""
    gate = EchoGate()
    for dbfs in (-70.0, -60.0):
        for _ in range(300):
            gate.pass_block(block(dbfs), block(dbfs), SILENCE)
    for _ in range(400):
        gate.pass_block(block(-60.0), block(-60.0), block(COACH))
    assert opens_at(gate, -60 + ABOVE_FLOOR_DB - 1) is None
    assert opens_at(gate, -60 + ABOVE_FLOOR_DB + 1) == LASTING
