"""Sound files in and out: nothing is lost, and every failure has a word for the user."""

from __future__ import annotations

import io
import os
import resource
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.effort import examples
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import WavWriter, read_sound, write_wav
from voicecoach.errors import InputError, PlaceError
from voicecoach.units import BLOCK, RATE

NOISE: Samples = (np.random.RandomState(1).standard_normal(3 * RATE) * 4000).astype(np.int16)


def tone(rate: int, seconds: float = 1.0, hertz: float = 440.0) -> np.ndarray:
    """Return a tone at half of full scale."""
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)


def test_round_trip(tmp_path: Path) -> None:
    """What is written is read back bit by bit, and other programs see 16 kHz mono 16 bit."""
    path = tmp_path / "a.wav"
    write_wav(path, NOISE)
    assert np.array_equal(read_sound(path), NOISE)
    with wave.open(str(path)) as file:
        assert file.getparams()[:4] == (1, 2, RATE, len(NOISE))


@given(samples=arrays(np.int16, st.integers(1, 400)))
def test_round_trip_of_anything(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> None:
    """Every sample value survives, both ends of the scale included."""
    path = tmp_path_factory.getbasetemp() / "any.wav"
    write_wav(path, samples)
    assert np.array_equal(read_sound(path), samples)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg"])
def test_any_rate_and_format(tmp_path: Path, rate: int, name: str) -> None:
    """Length, pitch and level survive the way from any rate and common format to 16 kHz."""
    soundfile.write(tmp_path / name, tone(rate), rate)
    samples = read_sound(tmp_path / name)
    assert samples.dtype == np.int16
    assert len(samples) == pytest.approx(RATE, abs=2)
    spectrum = np.abs(np.fft.rfft(samples[: RATE // 2].astype(float)))
    assert np.argmax(spectrum) * 2 == 440
    inner = samples[1000:-1000].astype(float)
    assert np.sqrt(np.mean(inner**2)) == pytest.approx(32768 * 0.5 / np.sqrt(2), rel=0.02)


def test_long_file_has_no_seams(tmp_path: Path) -> None:
    """A file read in several chunks resamples as one sound: a pure tone stays pure."""
    soundfile.write(tmp_path / "a.wav", tone(48_000, 6.0, 400.0), 48_000)
    samples = read_sound(tmp_path / "a.wav").astype(float)[RATE // 2 : -RATE // 2]
    time = np.arange(len(samples)) / RATE
    waves = np.stack([np.sin(2 * np.pi * 400 * time), np.cos(2 * np.pi * 400 * time)])
    rest = samples - (samples @ waves.T) / (len(samples) / 2) @ waves
    assert np.abs(rest).max() < 20  # -64 dB of the tone; a seam is a click of hundreds


def test_channels_are_averaged(tmp_path: Path) -> None:
    """Two channels become their mean."""
    soundfile.write(tmp_path / "a.wav", np.stack([NOISE, np.zeros_like(NOISE)], axis=1), RATE)
    assert np.abs(read_sound(tmp_path / "a.wav") - NOISE / 2).max() <= 0.5


def test_loud_floats_are_clipped(tmp_path: Path) -> None:
    """A float file over full scale, or with no number in it, does not wrap around."""
    values = np.array([2.0, -2.0, np.nan, 0.25], np.float32)
    soundfile.write(tmp_path / "a.wav", values, RATE, subtype="FLOAT")
    assert read_sound(tmp_path / "a.wav").tolist() == [32767, -32768, 0, 8192]


def test_missing_file_suggests_a_near_one(tmp_path: Path) -> None:
    """A misspelt name is answered with the name of the file that is there."""
    write_wav(tmp_path / "stop.wav", NOISE)
    with pytest.raises(InputError, match="does not exist") as caught:
        read_sound(tmp_path / "stopp.wav")
    assert caught.value.next_step == "did you mean 'stop.wav'?"


def test_missing_folder(tmp_path: Path) -> None:
    """A path into a folder that is not there is an input error too."""
    with pytest.raises(InputError, match="does not exist"):
        read_sound(tmp_path / "no" / "a.wav")


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "the file is empty"), (b"this is a letter, not a sound" * 9, "Format not recognised")],
)
def test_not_a_sound(tmp_path: Path, content: bytes, why: str) -> None:
    """An empty file and one of another kind give different reasons."""
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(InputError, match="cannot be read as sound") as caught:
        read_sound(tmp_path / "a.wav")
    assert why in caught.value.why


@pytest.mark.parametrize("subtype", soundfile.available_subtypes("WAV"))
def test_every_wav_of_libsndfile_is_read_or_refused(tmp_path: Path, subtype: str) -> None:
    """GSM and other formats that cannot be sought are read from their start to their end."""
    if subtype == "MPEG_LAYER_III":
        pytest.skip("libsndfile reads it and does not write it")
    path, tone = tmp_path / "a.wav", np.sin(np.arange(16_000) / 5).astype("f") / 2
    soundfile.write(path, tone, 8000, subtype=subtype)
    samples = read_sound(path)
    assert 2 * len(tone) <= len(samples) < 2 * len(tone) + 1000
    assert 0.2 < np.abs(samples[8000:24_000]).max() / 32768 < 0.7


@pytest.mark.parametrize("rate", [1, 3999, 2_000_000_000])
def test_a_rate_that_is_none_is_refused(tmp_path: Path, rate: int) -> None:
    """A header with nonsense must not become gigabytes of samples."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(160), rate)
    with pytest.raises(InputError, match="cannot be read as sound") as caught:
        read_sound(path)
    assert f"{rate} samples a second" in caught.value.why


@given(st.data())
@examples(100)
def test_a_damaged_file_is_sound_or_an_input_error(data: st.DataObject) -> None:
    """Whatever bytes are changed or missing, there is no other error."""
    subtype = data.draw(st.sampled_from(["PCM_16", "GSM610", "IMA_ADPCM", "FLOAT"]))
    file = io.BytesIO()
    soundfile.write(file, NOISE[:2000], 16_000, format="WAV", subtype=subtype)
    content = bytearray(file.getvalue())
    for _ in range(data.draw(st.integers(0, 5))):
        content[data.draw(st.integers(0, min(80, len(content) - 1)))] = data.draw(
            st.integers(0, 255)
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.wav"
        path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
        with suppress(InputError):
            assert read_sound(path).dtype == np.int16


def test_no_samples(tmp_path: Path) -> None:
    """A sound file without a sample is refused: there is nothing to hear in it."""
    write_wav(tmp_path / "a.wav", NOISE[:0])
    with pytest.raises(InputError, match="has no sound in it"):
        read_sound(tmp_path / "a.wav")


def test_a_folder_is_no_sound(tmp_path: Path) -> None:
    """A folder is named as one."""
    with pytest.raises(InputError, match="is a folder"):
        read_sound(tmp_path)


def test_a_pipe_is_no_sound(tmp_path: Path) -> None:
    """What cannot be read from its start is named, and not waited for."""
    os.mkfifo(tmp_path / "a.wav")
    with pytest.raises(InputError, match=r"a\.wav is a device or a pipe"):
        read_sound(tmp_path / "a.wav")


def test_a_name_need_not_be_utf8(tmp_path: Path) -> None:
    """Such a recording is read like any other."""
    place = tmp_path / os.fsdecode(b"stop\xff.wav")
    write_wav(place, NOISE)
    assert np.array_equal(read_sound(place), NOISE)


def test_streaming_equals_writing_at_once(tmp_path: Path) -> None:
    """Block by block gives the same file as all at once."""
    with WavWriter(tmp_path / "a.wav") as writer:
        for start in range(0, len(NOISE), BLOCK):
            writer.write(NOISE[start : start + BLOCK])
    write_wav(tmp_path / "b.wav", NOISE)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_nothing_appears_before_the_end(tmp_path: Path) -> None:
    """The path holds the old file until the new one is complete."""
    path = tmp_path / "a.wav"
    write_wav(path, NOISE[:100])
    writer = WavWriter(path)
    writer.write(NOISE)
    assert len(read_sound(path)) == 100
    writer.commit()
    writer.commit()
    assert len(read_sound(path)) == len(NOISE)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.wav"]


def test_an_exception_leaves_the_old_file(tmp_path: Path) -> None:
    """Leaving by an exception removes what was begun and keeps what was there."""
    path = tmp_path / "a.wav"
    write_wav(path, NOISE[:100])
    with suppress(KeyboardInterrupt), WavWriter(path) as writer:
        writer.write(NOISE)
        raise KeyboardInterrupt
    assert len(read_sound(path)) == 100
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.wav"]


@pytest.mark.parametrize(
    ("folder", "why", "step"),
    [
        ("new", "There is no folder", "Make it, or name another place"),
        ("file", "is not a folder", "Name another place"),
    ],
)
def test_no_folder_is_made(tmp_path: Path, folder: str, why: str, step: str) -> None:
    """One that is missing is an error, and so is a file in its place; each with the next step."""
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match="cannot be written") as caught:
        write_wav(tmp_path / folder / "a.wav", NOISE)
    assert why in caught.value.why
    assert step in caught.value.next_step
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@contextmanager
def small_disk() -> Iterator[None]:
    """Let no file of this process grow over 4096 bytes: the system then refuses as if full.

    No fixture: the test's own report may go to a file that is longer already.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("frames", [2100, 3 * RATE])
def test_full_disk(tmp_path: Path, frames: int) -> None:
    """A write that fails, in the middle or when it ends, raises and leaves nothing behind."""
    with small_disk(), pytest.raises(PlaceError, match="cannot be written"):
        write_wav(tmp_path / "a.wav", NOISE[:frames])
    assert list(tmp_path.iterdir()) == []


def test_writing_after_a_failure_is_an_error(tmp_path: Path) -> None:
    """A writer that failed once stays failed: later pieces raise the same kind of error."""
    writer = WavWriter(tmp_path / "a.wav")
    for _ in range(2):
        with small_disk(), pytest.raises(PlaceError):
            writer.write(NOISE)
    with small_disk(), pytest.raises(PlaceError):
        writer.commit()
    assert list(tmp_path.iterdir()) == []
