"""The conditions: noise, rooms, and where a word ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.recognition.channels import CHANNELS, SPAN_S, piece, telephone
from bench.recognition.spoil import (
    AFTERWARDS,
    BEFORE,
    CLEAN,
    NOISY,
    ROOM,
    Floats,
    Spoiler,
    in_room,
    loud,
    word_end,
)
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import write_wav
from voicecoach.units import RATE


def tone(seconds: float, level: float) -> Samples:
    """Return a sine."""
    time = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(level * np.sin(2 * np.pi * 440 * time)).astype(np.int16)


def rms(sound: Floats | Samples) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(np.square(sound.astype(np.float64)))))


@pytest.fixture
def spoiler(tmp_path: Path) -> Spoiler:
    """Return a spoiler with one noise and one room, and a recording ``word.wav``."""
    noise = np.random.default_rng(1).normal(0, 3000, 3 * RATE).astype(np.int16)
    room = np.zeros(4000, np.int16)
    room[100], room[2500] = 16_000, 9_000
    for name, sound in (("noise", noise), ("room", room), ("word", tone(0.5, 8000))):
        write_wav(tmp_path / f"{name}.wav", sound)
    return Spoiler([tmp_path / "noise.wav"], [tmp_path / "room.wav"])


@pytest.mark.parametrize("condition", NOISY)
def test_noise_is_as_far_below_the_word_as_said(
    spoiler: Spoiler, tmp_path: Path, condition: str
) -> None:
    """Before, in and after the word."""
    stream = spoiler.stream(tmp_path / "word.wav", "key", condition)
    noise = np.concatenate([stream[:BEFORE], stream[-AFTERWARDS:]])
    word = loud(tone(0.5, 8000).astype(np.float32))
    assert 20 * np.log10(word / rms(noise)) == pytest.approx(NOISY[condition], abs=0.2)


def test_a_condition_has_no_chance_in_it(spoiler: Spoiler, tmp_path: Path) -> None:
    """The same recording is spoiled in the same way each time, another in another way."""
    path = tmp_path / "word.wav"
    once, again, other = (spoiler.stream(path, key, "0 dB") for key in ("a", "a", "b"))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_a_clean_recording_passes_between_hiss(spoiler: Spoiler, tmp_path: Path) -> None:
    """Bit by bit; what surrounds it is no digital silence."""
    stream = spoiler.stream(tmp_path / "word.wav", "key", CLEAN)
    assert np.array_equal(stream[BEFORE:-AFTERWARDS], tone(0.5, 8000))
    assert 1 < rms(stream[:BEFORE]) < 10


def test_a_room_adds_its_tail_and_no_delay(spoiler: Spoiler, tmp_path: Path) -> None:
    """The direct sound stays where it was, so that delays compare."""
    stream = spoiler.stream(tmp_path / "word.wav", "key", ROOM)
    assert rms(stream[: BEFORE - 160]) < 10
    assert rms(stream[BEFORE : BEFORE + 800]) > 1000
    assert rms(stream[BEFORE + RATE // 2 + 800 :][:800]) > 500


def test_a_room_without_walls_changes_nothing() -> None:
    """A single impulse gives the sound back, at its level."""
    sound = tone(0.1, 0.5 * 2**15).astype(np.float32)
    impulse = np.zeros(50, np.float32)
    impulse[20] = 0.3
    assert in_room(sound, impulse) == pytest.approx(sound, abs=1e-2)


def test_conditions_need_their_sounds() -> None:
    """Without noise or rooms only the clean condition is there."""
    assert Spoiler([], []).conditions == (CLEAN,)


def test_a_word_ends_where_its_sound_does(tmp_path: Path) -> None:
    """Faint noise after it does not count: 40 dB below is none of it."""
    word = np.concatenate([tone(0.2, 0), tone(0.3, 10_000), tone(0.5, 100)])
    write_wav(tmp_path / "word.wav", word)
    assert word_end(tmp_path / "word.wav") == pytest.approx(0.5 + BEFORE / RATE, abs=0.011)


@pytest.mark.parametrize("condition", CHANNELS)
def test_another_line_changes_the_sound_and_not_its_length(
    spoiler: Spoiler, tmp_path: Path, condition: str
) -> None:
    """Each in the same way each time."""
    path = tmp_path / "word.wav"
    streams = [spoiler.stream(path, "key", name) for name in (condition, condition, CLEAN)]
    assert np.array_equal(streams[0], streams[1])
    assert not np.array_equal(streams[0], streams[2])
    assert len(streams[0]) == len(streams[2])


def test_levels_are_as_said(spoiler: Spoiler, tmp_path: Path) -> None:
    """The louder half of the speech, 12 dB less, and the highest peak."""
    path = tmp_path / "word.wav"
    faint, soft, full, plain = (
        spoiler.stream(path, "key", name).astype(np.float32) / 2**15
        for name in ("-40 dBFS", "12 dB softer", "0 dBFS", CLEAN)
    )
    word = slice(BEFORE + 800, BEFORE + 7200)
    assert 20 * np.log10(rms(faint[word])) == pytest.approx(-40, abs=0.5)
    assert 20 * np.log10(rms(plain[word]) / rms(soft[word])) == pytest.approx(12, abs=0.1)
    assert abs(full).max() == pytest.approx(1, abs=0.01)


def test_a_telephone_passes_the_middle_and_not_the_ends() -> None:
    """A tone of 1 kHz stays, those of 100 Hz and 6 kHz go."""
    time = np.arange(RATE) / RATE
    low, middle, high = (np.sin(2 * np.pi * f * time).astype(np.float32) for f in (100, 1000, 6000))
    assert rms(telephone(middle)) == pytest.approx(rms(middle), rel=0.01)
    for gone in (low, high):
        assert rms(telephone(gone)) < 0.02 * rms(gone)


def test_music_is_the_same_each_time_and_never_silent() -> None:
    """A piece lasts as long as it says."""
    music = piece(3)
    assert np.array_equal(music, piece(3))
    assert not np.array_equal(music, piece(4))
    assert len(music) == SPAN_S * RATE
    assert 0.02 < rms(music) < 0.5
