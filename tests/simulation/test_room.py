"""The simulated room: levels as the scenario says them, the same bits, never from the future."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.speech import speech_like
from tests.effort import examples
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import WavWriter, read_sound, write_wav
from voicecoach.errors import DeviceError, InputError
from voicecoach.simulation.acoustics import USER_DBFS, active_dbfs, rms
from voicecoach.simulation.room import SimulatedDevice, SimulatedRoom, Utterance, utterances
from voicecoach.simulation.scenario import RoomSettings, Saying, Scenario
from voicecoach.units import BLOCK, RATE, Frame, Ms

DRY = RoomSettings(rt60_ms=Ms(0), floor_db=-np.inf)
"""Open air without any background: what is not said is zero."""

COACH = speech_like(4, 1, pause=0.1)
USER = speech_like(1, 2, pitch=190, pause=0.0)


def through(room: SimulatedRoom, played: Samples) -> Samples:
    """Return what the microphone gets while `played` sounds."""
    return np.concatenate(
        [room.pass_block(played[i : i + BLOCK]) for i in range(0, len(played), BLOCK)]
    )


def silence(seconds: float) -> Samples:
    """Return whole blocks of it."""
    return np.zeros(int(seconds * RATE), np.int16)


def test_an_empty_room_is_nearly_silent() -> None:
    """No user, no echo: the coach is not heard, but a faint background always is."""
    heard = through(SimulatedRoom(RoomSettings()), COACH)
    level = 20 * np.log10(rms(heard) / 32768)
    assert level == pytest.approx(USER_DBFS - 40, abs=0.5)
    assert max(np.diff(np.flatnonzero(heard))) < BLOCK


def test_no_background_at_all() -> None:
    """With the background at minus infinity an empty room is digital silence."""
    assert not through(SimulatedRoom(DRY), COACH).any()


@pytest.mark.parametrize("echo_db", [-20.0, 0.0, 6.0])
@pytest.mark.parametrize("loudness", [0.25, 1.0])
def test_echo_level(echo_db: float, loudness: float) -> None:
    """The coach arrives `echo_db` over the user's level, however loud the voice was rendered."""
    played = (COACH * loudness).astype(np.int16)
    room = SimulatedRoom(replace(DRY, echo_db=echo_db), coach_dbfs=active_dbfs(played))
    assert active_dbfs(through(room, played)) == pytest.approx(USER_DBFS + echo_db, abs=0.3)


def test_a_louder_coach_is_a_louder_echo() -> None:
    """The echo's level belongs to the usual voice: turned up by 6 dB, it arrives so."""
    room = SimulatedRoom(replace(DRY, echo_db=0.0), coach_dbfs=active_dbfs(COACH) - 6.0)
    assert active_dbfs(through(room, COACH)) == pytest.approx(USER_DBFS + 6.0, abs=0.3)


@pytest.mark.parametrize("delay_ms", [0, 1, 60, 133, 500])
def test_delay_is_exact(delay_ms: int) -> None:
    """The echo's first sample comes `delay_ms` after the sample that was played."""
    played = silence(1)
    played[37] = 20_000
    room = SimulatedRoom(replace(DRY, echo_db=0.0, delay_ms=Ms(delay_ms)))
    assert np.flatnonzero(through(room, played))[0] == 37 + delay_ms * RATE // 1000


@pytest.mark.parametrize("ppm", [-50.0, 50.0])
def test_two_clocks_move_the_echo(ppm: float) -> None:
    """After 20 s at 50 ppm the echo comes a millisecond later, or earlier."""
    played = silence(20)
    click = 20 * RATE - 2000
    played[click] = 20_000
    room = SimulatedRoom(replace(DRY, echo_db=0.0, skew_ppm=ppm))
    place = int(np.argmax(np.abs(through(room, played))))
    assert place - click - 60 * RATE // 1000 == pytest.approx(ppm * 1e-6 * click, abs=1)


def test_a_measured_room(tmp_path: Path) -> None:
    """The echo's way is the recorded one from its highest sample on; the level is kept."""
    way = np.zeros(400, np.int16)
    way[[3, 100, 180]] = 900, 16_000, -8_000
    write_wav(tmp_path / "way.wav", way)
    settings = replace(DRY, echo_db=0.0, delay_ms=Ms(0), response=tmp_path / "way.wav")
    heard = through(SimulatedRoom(settings, (), active_dbfs(COACH)), COACH)
    once = COACH.astype(float)
    wanted = once.copy()
    wanted[80:] -= 0.5 * once[:-80]
    likeness = heard @ wanted / np.linalg.norm(heard.astype(float)) / np.linalg.norm(wanted)
    assert likeness > 0.9999
    assert active_dbfs(heard) == pytest.approx(USER_DBFS, abs=1.0)


def test_a_silent_coach_has_no_echo() -> None:
    """A coach with nothing to say has no level, which is no failure."""
    room = SimulatedRoom(replace(DRY, echo_db=6.0), coach_dbfs=active_dbfs(silence(1)))
    assert not through(room, silence(0.5)).any()


@pytest.mark.parametrize("level_db", [-12.0, 0.0, 6.0])
def test_user_level_and_place(level_db: float) -> None:
    """The user starts on the exact frame and has the level asked for, however it was recorded."""
    said = Utterance(Frame(12_345), (USER // 7).astype(np.int16), level_db)
    heard = through(SimulatedRoom(DRY, [said]), silence(3))
    where = np.flatnonzero(heard)
    offset = np.flatnonzero(np.abs(said.samples) > 20)[0]
    assert 12_345 <= where[0] <= 12_345 + offset
    assert where[-1] < said.end
    assert active_dbfs(heard[12_345 : said.end]) == pytest.approx(USER_DBFS + level_db, abs=0.2)


def test_two_may_talk_at_once() -> None:
    """Utterances in any order, overlapping ones too, add up."""
    first, second = Utterance(Frame(100), USER), Utterance(Frame(5000), USER[::-1].copy())
    both = through(SimulatedRoom(DRY, [second, first]), silence(2)).astype(int)
    apart = [through(SimulatedRoom(DRY, [one]), silence(2)) for one in (first, second)]
    assert np.abs(both - apart[0] - apart[1]).max() <= 1


def test_silent_recording_adds_nothing() -> None:
    """An utterance without sound is no division by zero."""
    said = Utterance(Frame(0), silence(1))
    assert not through(SimulatedRoom(DRY, [said]), silence(1)).any()


def test_reverberation_follows_the_user() -> None:
    """In a room the user's word rings on after its last sample, and dies away."""
    said = Utterance(Frame(0), USER)
    heard = through(SimulatedRoom(replace(DRY, rt60_ms=Ms(400)), [said]), silence(2))
    tail = heard[said.end :]
    assert rms(tail[: RATE // 20]) > 10 * rms(tail[RATE // 5 : RATE // 4]) > 0
    assert not tail[RATE // 2 :].any()


@pytest.mark.parametrize("snr_db", [0.0, 10.0])
def test_noise_level(tmp_path: Path, snr_db: float) -> None:
    """Noise goes round without end, `snr_db` under the user's level."""
    write_wav(tmp_path / "n.wav", (COACH // 3).astype(np.int16))
    room = SimulatedRoom(replace(DRY, noise=tmp_path / "n.wav", snr_db=snr_db))
    heard = through(room, silence(12))
    for part in (heard[: 4 * RATE], heard[8 * RATE :]):
        assert 20 * np.log10(rms(part) / 32768) == pytest.approx(USER_DBFS - snr_db, abs=0.7)


def test_silent_noise_is_refused(tmp_path: Path) -> None:
    """A silent file cannot be noise at any level, and that is said."""
    write_wav(tmp_path / "n.wav", silence(1))
    with pytest.raises(InputError, match="is no noise"):
        SimulatedRoom(replace(DRY, noise=tmp_path / "n.wav"))


def test_too_loud_is_clipped() -> None:
    """A microphone has an end of its scale: louder sound is cut there, never turned over."""
    said = Utterance(Frame(0), np.full(RATE, 9000, np.int16), level_db=20.0)
    louder = Utterance(Frame(0), np.full(RATE, 9000, np.int16), level_db=20.0)
    heard = through(SimulatedRoom(DRY, [said, louder]), silence(1))
    assert heard.max() == 32767
    assert heard.min() >= 0


@examples(15)
@given(seed=st.integers(0, 2**32 - 1), echo_db=st.floats(-20, 20), at=st.integers(0, RATE))
def test_same_scenario_same_bits(seed: int, echo_db: float, at: int) -> None:
    """Two rooms of the same scenario give the same microphone, to the last bit."""
    room = RoomSettings(echo_db=echo_db, seed=seed)
    says = [Utterance(Frame(at), USER)]
    first, again = (through(SimulatedRoom(room, says), COACH[:RATE]) for _ in range(2))
    assert np.array_equal(first, again)


def test_never_from_the_future() -> None:
    """What the coach plays later changes nothing in what was heard before."""
    room = RoomSettings(echo_db=6.0, delay_ms=Ms(0))
    one, two = SimulatedRoom(room), SimulatedRoom(room)
    other = COACH.copy()
    other[2 * RATE :] //= 3
    first, second = through(one, COACH), through(two, other)
    assert np.array_equal(first[: 2 * RATE], second[: 2 * RATE])
    assert not np.array_equal(first[2 * RATE :], second[2 * RATE :])


class Recorder:
    """A `Sound` that plays given samples, then silence, and keeps what it hears."""

    def __init__(self, plays: Samples) -> None:
        self.plays = plays
        self.heard: list[Samples] = []
        self.filled = 0
        self.stop_at = -1
        self.device: SimulatedDevice | None = None

    def fill(self, frames: int) -> Samples:
        """Return the next frames."""
        piece = self.plays[self.filled : self.filled + frames]
        self.filled += frames
        return np.concatenate([piece, np.zeros(frames - len(piece), np.int16)])

    def hear(self, block: Samples) -> None:
        """Keep the block."""
        self.heard.append(block)
        if self.device is not None and len(self.heard) == self.stop_at:
            self.device.stop()

    def lost(self, why: str) -> None:
        """Fail: a simulated device is never lost."""
        raise AssertionError(why)


def test_device_runs_in_virtual_time(tmp_path: Path) -> None:
    """It plays whole blocks up to the moment asked for and keeps both sides as sound files."""
    with WavWriter(tmp_path / "coach.wav") as coach, WavWriter(tmp_path / "mic.wav") as mic:
        device = SimulatedDevice(
            SimulatedRoom(RoomSettings(echo_db=0.0)), played=coach.write, heard=mic.write
        )
        sound = Recorder(COACH)
        device.start(sound)
        device.run(Frame(RATE + 1))
        assert device.clock == RATE + BLOCK == sound.filled
        device.run(Frame(2 * RATE))
        device.run(Frame(RATE))
        assert device.clock == 2 * RATE
        device.stop()
    assert np.array_equal(read_sound(tmp_path / "coach.wav"), COACH[: 2 * RATE])
    assert np.array_equal(read_sound(tmp_path / "mic.wav"), np.concatenate(sound.heard))


def test_device_can_be_stopped_from_inside() -> None:
    """A sound that stops the device in the middle of a run is asked for nothing more."""
    device, sound = SimulatedDevice(SimulatedRoom(DRY)), Recorder(COACH)
    sound.device, sound.stop_at = device, 7
    device.start(sound)
    device.run(Frame(RATE))
    assert (len(sound.heard), device.clock, device.running) == (7, 7 * BLOCK, False)
    device.stop()


def test_device_keeps_its_own_copies() -> None:
    """A sound may reuse the buffer it hands out: what was recorded does not change."""
    buffer = np.zeros(BLOCK, np.int16)

    class Reusing(Recorder):
        def fill(self, frames: int) -> Samples:
            buffer[:] += 1
            return buffer

    played: list[Samples] = []
    device = SimulatedDevice(SimulatedRoom(DRY), played=played.append)
    device.start(Reusing(COACH))
    device.run(Frame(3 * BLOCK))
    assert [int(block[0]) for block in played] == [1, 2, 3]


def test_device_says_when_it_is_misused() -> None:
    """Starting twice and stepping while stopped are errors, not surprises."""
    device = SimulatedDevice(SimulatedRoom(DRY))
    with pytest.raises(DeviceError, match="is stopped"):
        device.step()
    device.run(Frame(RATE))
    assert (device.clock, device.latency) == (0, 0)
    device.start(Recorder(COACH))
    with pytest.raises(DeviceError, match="is busy"):
        device.start(Recorder(COACH))


def test_long_sessions_need_no_memory() -> None:
    """Half a minute of room leaves nothing behind: its samples alone would take five times this."""
    device = SimulatedDevice(SimulatedRoom(replace(DRY, echo_db=0.0)))

    class Deaf(Recorder):
        def hear(self, block: Samples) -> None:
            pass

    device.start(Deaf(silence(0)))
    device.run(Frame(RATE))
    tracemalloc.start()
    device.run(Frame(30 * RATE))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000


def test_what_the_user_says(tmp_path: Path) -> None:
    """Texts go to the voice that is handed in, recordings are read, times become frames."""
    write_wav(tmp_path / "stop.wav", USER)
    asked: list[Saying] = []

    def speak(saying: Saying) -> Samples:
        asked.append(saying)
        return COACH

    hello = Saying(Ms(1500), text="hello", level_db=-3.0)
    stop = Saying(Ms(2001), file=tmp_path / "stop.wav")
    first, second = utterances(Scenario(says=(hello, stop)), speak)
    assert asked == [hello]
    assert (first.at, first.text, first.level_db, first.end) == (24_000, "hello", -3.0, 88_000)
    assert (second.at, second.text) == (32_016, "stop")
    assert np.array_equal(second.samples, USER)
