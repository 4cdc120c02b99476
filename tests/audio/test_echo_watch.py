"""The coach knows by its echo whether it is heard, and says so of no loudspeaker that plays."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.speech import speech_like as speechlike
from tests.effort import examples
from voicecoach.audio.calibration_noise import calibration_noise
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.echo_watch import Audible
from voicecoach.simulation.room import PlacedUtterance, SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Frame, Ms


class Nothing:
    """A canceller that does nothing: the watch needs none."""

    name = "nothing"

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Return the microphone."""
        return mic


@cache
def talk(seconds: int, seed: int) -> Samples:
    """Return the calibration noise, and speech with pauses after it."""
    return np.concatenate([calibration_noise(), speechlike(seconds, seed)])


def watched(
    room: SimulatedRoom, played: Samples, change: Callable[[float, Samples], Samples] | None = None
) -> list[tuple[float, Audible]]:
    """Return what is noticed, and at which second of the speech; `change` alters the microphone."""
    echo, begin = EchoPipeline(Nothing), len(calibration_noise())
    found = []
    for at in range(0, len(played) - BLOCK + 1, BLOCK):
        second = (at - begin) / RATE
        mic = room.pass_block(played[at : at + BLOCK])
        echo.hear(mic if change is None else change(second, mic), played[at : at + BLOCK])
        if echo.noticed:
            found.append((second, echo.noticed))
    return found


@pytest.mark.parametrize("echo_db", [-10.0, 0.0, 12.0])
def test_a_mute_loudspeaker_is_noticed_within_two_seconds_of_speech(echo_db: float) -> None:
    """Mute at 6 s: known within two seconds of speech with its pauses; heard again after 20 s."""
    room = SimulatedRoom(RoomSettings(echo_db=echo_db, mute_s=((6.0, 20.0),)))
    room.delay(Frame(len(calibration_noise())))
    found = watched(room, talk(30, 1))
    assert [state for _, state in found][:2] == [Audible.HEARD, Audible.LOST]
    assert 6.0 < found[1][0] < 8.5
    back = [at for at, state in found if state is Audible.HEARD][-1]
    assert 20.0 < back < 23.0
    assert found[-1][1] is Audible.HEARD


@pytest.mark.parametrize("swallowed", [0, 500, 1500])
def test_a_loudspeaker_that_sleeps_at_first_is_awake_before_the_first_word(swallowed: int) -> None:
    """What it swallows is the sound before the session."""
    noise = np.concatenate([calibration_noise(wake=True), speechlike(6, 4)])
    room = SimulatedRoom(RoomSettings(echo_db=6.0, asleep_ms=Ms(swallowed)))
    echo, states = EchoPipeline(Nothing), []
    for at in range(0, len(noise), BLOCK):
        mic = room.pass_block(noise[at : at + BLOCK])
        echo.hear(mic, noise[at : at + BLOCK])
        states.append(echo.noticed)
    assert Audible.HEARD in states
    assert {*states} == {None, Audible.HEARD}


def test_headphones_are_no_alarm() -> None:
    """Without an echo nothing is judged: it is said once that none was found."""
    found = watched(SimulatedRoom(RoomSettings(echo_db=None)), talk(20, 2))
    assert [state for _, state in found] == [Audible.UNKNOWN]


def test_another_person_is_no_echo() -> None:
    """With headphones someone talks all the time: no loudspeaker is found that could be lost."""
    says = [PlacedUtterance(Frame(0), speechlike(20, 9), 6.0)]
    found = watched(SimulatedRoom(RoomSettings(echo_db=None), says), talk(20, 2))
    assert Audible.LOST not in [state for _, state in found]


def test_a_loudspeaker_that_is_turned_down_is_heard() -> None:
    """By 20 dB at once: there is a trace of what was played."""
    room = SimulatedRoom(RoomSettings(echo_db=6.0, floor_db=-60.0))

    def down(second: float, mic: Samples) -> Samples:
        return (mic // 10).astype(np.int16) if second > 8 else mic

    assert [state for _, state in watched(room, talk(30, 3), down)] == [Audible.HEARD]


@given(
    echo_db=st.floats(-20, 20),
    floor_db=st.floats(-70, -10),
    rt60=st.integers(0, 700),
    delay=st.integers(0, 300),
    seed=st.integers(0, 40),
    user=st.lists(st.tuples(st.floats(0, 12), st.floats(-10, 15)), max_size=2),
)
@examples(3)
def test_no_room_and_no_user_is_an_alarm(
    echo_db: float,
    floor_db: float,
    rt60: int,
    delay: int,
    seed: int,
    user: list[tuple[float, float]],
) -> None:
    """Whatever the room, and however loudly someone speaks: what plays is not lost."""
    settings_ = RoomSettings(
        echo_db=echo_db, floor_db=floor_db, rt60_ms=Ms(rt60), delay_ms=Ms(delay), seed=seed
    )
    begin = len(calibration_noise())
    says = [
        PlacedUtterance(Frame(begin + round(at * RATE)), speechlike(2, seed + 1), level)
        for at, level in user
    ]
    found = watched(SimulatedRoom(settings_, says), talk(14, 2))
    assert Audible.LOST not in [state for _, state in found]
