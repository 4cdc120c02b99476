"""Sound files: reads all formats of libsndfile, writes 16 kHz mono 16-bit WAV.

The only module that knows soundfile (and, with the voices, soxr).
"""

from __future__ import annotations

import os
import wave
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from voicecoach.atomic_write import Part, cannot_be_written
from voicecoach.audio.clip import Samples, as_samples
from voicecoach.errors import InputError, PlaceError, did_you_mean
from voicecoach.units import RATE

FULL_SCALE: Final = 32768
"""Factor between 1.0 and 16-bit samples, with which 16-bit files pass unchanged."""

_CHUNK: Final = 65_536
"""Frames read at a time, so that an hour of stereo at 48 kHz does not fill a small machine."""

_RATES: Final = range(4000, 768_001)
"""Samples a second: from half a telephone to the fastest sound card."""

_KINDS: Final = "Give a WAV, FLAC, Ogg, Opus or MP3 file"


def read_sound(path: Path) -> Samples:
    """Return the sound in `path` as mono samples at `RATE`; channels are averaged.

    A 16 kHz mono 16-bit file comes back bit by bit. Other rates are resampled by soxr at its high
    quality setting. Raises `InputError` when the file is missing, unreadable, empty or not sound.
    """
    _require_file(path)
    samples = np.concatenate([_to_int16(chunk) for chunk in _at_rate(path)])
    if not len(samples):
        raise InputError(f"The recording {path} has no sound in it", "It holds no samples", _KINDS)
    return samples


def _require_file(path: Path) -> None:
    if path.is_file():
        return
    what = f"The recording {path}"
    if path.exists():
        if path.is_dir():
            step = f"Name the files in it, such as {path / '*.wav'}"
            raise InputError(f"{what} is a folder", next_step=step)
        kind = "a device or a pipe"
        raise InputError(f"{what} is {kind}", "A file is needed, which has an end", _KINDS)
    near = [entry.name for entry in path.parent.glob("*")] if path.parent.is_dir() else []
    raise InputError(f"{what} does not exist", next_step=did_you_mean(path.name, near) or _KINDS)


def _at_rate(path: Path) -> Iterator[NDArray[np.float32]]:
    """Yield the sound of `path` in mono at `RATE`, chunk by chunk."""
    import soundfile
    import soxr

    try:
        with soundfile.SoundFile(os.fsencode(path)) as file:  # names need not be UTF-8
            _require_rate(path, file.samplerate)
            resampler = soxr.ResampleStream(file.samplerate, RATE, 1, dtype="float32")
            # not file.blocks, which cannot read what cannot be sought, such as GSM
            while len(chunk := file.read(_CHUNK, dtype="float32", always_2d=True)):
                mono = chunk.mean(axis=1, dtype=np.float32)
                yield mono if file.samplerate == RATE else resampler.resample_chunk(mono)
            if file.samplerate != RATE:
                yield resampler.resample_chunk(np.zeros(0, np.float32), last=True)
            else:
                yield np.zeros(0, np.float32)
    except (OSError, soundfile.LibsndfileError) as error:
        what = f"The recording {path} cannot be read as sound"
        raise InputError(what, _reason(path, error), _KINDS) from error


def _require_rate(path: Path, rate: int) -> None:
    if rate not in _RATES:
        why = f"Its header says {rate} samples a second"
        raise InputError(f"The recording {path} cannot be read as sound", why, _KINDS)


def _reason(path: Path, error: Exception) -> str:
    """Return why `path` failed; libsndfile says only "System error" for a locked file."""
    try:
        with path.open("rb") as file:
            return str(error) if file.read(1) else "the file is empty"
    except OSError as system:
        return system.strerror or str(system)


def _to_int16(chunk: NDArray[np.float32]) -> Samples:
    return as_samples(np.rint(np.nan_to_num(chunk) * FULL_SCALE))


def write_wav(path: Path, samples: Samples) -> None:
    """Write a mono 16-bit WAV at `RATE`, whole or not at all. Raises `PlaceError`."""
    with WavWriter(path) as writer:
        writer.write(samples)


class WavWriter:
    """Writes a mono 16-bit WAV at `RATE` piece by piece; `path` appears when it is complete.

    Leaving the ``with`` block by an exception leaves what was at `path` before. Raises `PlaceError`
    when the folder cannot be written or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = True
        self._failure: PlaceError | None = None
        try:
            self._part = Part(path)
            self._file = self._part.path.open("wb")
            self._wav = wave.Wave_write(self._file)
            self._wav.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        except OSError as error:
            raise cannot_be_written(self._path, error) from error

    def write(self, samples: Samples) -> None:
        """Append `samples`, shape ``(frames,)``. After one failure every call fails."""
        self._require_whole()
        try:
            self._wav.writeframesraw(samples.tobytes())
        except OSError as error:
            raise self._failed(error) from error

    def commit(self) -> None:
        """Finish the file and put it in its place; may be called twice."""
        self._require_whole()
        if not self._open:
            return
        try:
            self._wav.close()
            self._file.close()
            self._part.put()
        except OSError as error:
            raise self._failed(error) from error
        self._open = False

    def abandon(self) -> None:
        """Remove what was written, and leave the path as it was before. May be called twice."""
        if not self._open:
            return
        self._open = False
        for close in (self._wav.close, self._file.close):
            with suppress(OSError):
                close()
        self._part.drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.abandon()

    def _require_whole(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _failed(self, error: OSError) -> PlaceError:
        self.abandon()
        self._failure = cannot_be_written(self._path, error)
        return self._failure
