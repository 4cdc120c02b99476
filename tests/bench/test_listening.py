"""Virtual listening, other people, and real music."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.recognition.acoustics import loud, rms
from bench.recognition.crowd import BOTH, CROSSTALK, TELEVISION
from bench.recognition.kinds import MUSIC, kind_of
from bench.recognition.listening import LEVEL_DBFS, elsewhere, rounds
from bench.recognition.music_files import music_clips
from bench.recognition.spoil import BEFORE, CLEAN, Spoiler
from models.recipe.corpus import TEST, TUNE, Clip
from voicecoach.audio.wav import write_wav
from voicecoach.units import RATE

CLIPS = [Clip(f"c{n}", "", None, f"p{n}", "speech", True, 60.0) for n in range(7)]


def test_listening_takes_every_recording_before_it_takes_one_again() -> None:
    """In another order each time, and each round is another condition."""
    heard = list(rounds(CLIPS, 0.25))
    assert sum(clip.seconds for clip, _ in heard) == 900
    first, second = ([clip.id for clip, _ in heard[at : at + 7]] for at in (0, 7))
    assert set(first) == set(second) == {clip.id for clip in CLIPS}
    assert first != second
    assert len({(clip.id, condition) for clip, condition in heard}) == len(heard)


def test_no_hours_and_no_recordings_are_no_listening() -> None:
    """It ends."""
    assert list(rounds(CLIPS, 0.0)) == []
    assert list(rounds([], 40.0)) == []


def test_each_time_is_another_place() -> None:
    """Level, room and noise change with chance; the length does not."""
    sound = np.random.default_rng(1).normal(0, 0.1, RATE).astype(np.float32)
    noise, room = sound[::-1].copy(), np.r_[1, np.zeros(99), 0.5].astype(np.float32)
    made = [elsewhere(sound, [noise], [room], np.random.default_rng(n)) for n in range(12)]
    levels = [20 * np.log10(loud(one)) for one in made]
    assert all(len(one) == len(sound) for one in made)
    assert min(levels) < -30 < max(levels) < LEVEL_DBFS[1] + 4
    assert np.array_equal(made[0], elsewhere(sound, [noise], [room], np.random.default_rng(0)))


@pytest.fixture
def spoiler(tmp_path: Path) -> Spoiler:
    """Return a spoiler with two voices and a room, and a recording ``word.wav`` of a tone."""
    chance = np.random.default_rng(2)
    time = np.arange(RATE // 2) / RATE
    word = (8000 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)
    room = np.zeros(4000, np.int16)
    room[100], room[2500] = 16_000, 9_000
    sounds = {"word": word, "room": room}
    sounds |= {name: chance.normal(0, 3000, RATE).astype(np.int16) for name in ("one", "two")}
    for name, sound in sounds.items():
        write_wav(tmp_path / f"{name}.wav", sound)
    voices = [tmp_path / "one.wav", tmp_path / "two.wav"]
    return Spoiler([], [tmp_path / "room.wav"], voices)


@pytest.mark.parametrize(("condition", "below"), [(TELEVISION, 0), (CROSSTALK, 10), (BOTH, 0)])
def test_another_voice_is_as_loud_as_said(
    spoiler: Spoiler, tmp_path: Path, condition: str, below: float
) -> None:
    """Before, in and after the word."""
    word = spoiler.stream(tmp_path / "word.wav", "key", CLEAN).astype(np.float32)
    stream = spoiler.stream(tmp_path / "word.wav", "key", condition).astype(np.float32)
    said = loud(word[BEFORE : BEFORE + RATE // 2])
    assert 20 * np.log10(said / rms(stream - word)) == pytest.approx(below, abs=0.5)


def test_nobody_talks_over_himself(spoiler: Spoiler, tmp_path: Path) -> None:
    """The other voice is never the recording's own."""
    path = tmp_path / "one.wav"
    clean = spoiler.stream(path, "key", CLEAN).astype(np.float64)
    for key in map(str, range(6)):
        other = spoiler.stream(path, key, BOTH).astype(np.float64) - clean
        own = np.abs(np.fft.ifft(np.fft.fft(other) * np.conj(np.fft.fft(clean)))).max()
        assert own < 0.5 * rms(other) * rms(clean) * len(clean)


def test_real_music_is_cut_from_the_middle_and_split_by_piece(tmp_path: Path) -> None:
    """A piece is on one side alone, and its stretches sound."""
    time = np.arange(40 * RATE) / RATE
    for number in range(6):
        tone = 5000 * np.sin(2 * np.pi * (200 + 50 * number) * time)
        write_wav(tmp_path / f"piece{number}.wav", tone.astype(np.int16))
    clips = list(music_clips(tmp_path))
    assert len(clips) == 12
    assert {kind_of(clip) for clip in clips} == {MUSIC}
    assert {clip.side for clip in clips} == {TUNE, TEST}
    assert len({(clip.speaker, clip.side) for clip in clips}) == 6
    streams = [Spoiler([], []).stream(Path(c.path), c.id, CLEAN) for c in clips]
    assert all(rms(stream.astype(np.float32)) > 2000 for stream in streams)
    assert list(music_clips(None)) == []
