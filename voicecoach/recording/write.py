"""Writing a recording in the format that the name of its file asks for, and its transcript."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from voicecoach.atomic_write import Part, cannot_be_written, write_whole
from voicecoach.errors import InputError, PlaceError, did_you_mean
from voicecoach.ports import Progress
from voicecoach.recording.contents import Recording
from voicecoach.recording.encoded_file import FORMATS, encode, require_library
from voicecoach.recording.wav_file import write_chaptered_wav
from voicecoach.recording.webvtt import webvtt

WAV: Final = ".wav"
ENDINGS: Final = (WAV, *FORMATS)
"""Endings of the names of files that can be written."""


def require_format(path: Path) -> None:
    """Raise `InputError` for an unknown ending, `CoachError` where its library is missing."""
    ending = ending_of(path)
    if ending not in ENDINGS:
        step = did_you_mean(ending, ENDINGS) or f"It may end in {', '.join(ENDINGS)}."
        raise InputError(f"'{path.suffix}' is no kind of file that can be written", "", step)
    if ending != WAV:
        require_library()


def ending_of(path: Path) -> str:
    """Return the ending that says what is written to `path`; a pipe without one gets WAV."""
    straight = path.exists() and not path.is_file() and not path.is_dir()
    return path.suffix.lower() or (WAV if straight else "")


def write_recording(path: Path, recording: Recording, progress: Progress) -> None:
    """Write `recording` to `path`, whole or not at all. Raises `PlaceError`."""
    ending = ending_of(path)
    try:
        with Part(path) as part:
            if ending == WAV:
                write_chaptered_wav(part, recording)
            else:
                encode(part, ending, recording, progress)
    except OSError as error:
        raise cannot_be_written(path, error) from error
    except PlaceError as error:  # it names the part
        raise PlaceError(
            f"The file {path} cannot be written", error.why, error.next_step
        ) from error


def write_transcript(path: Path, recording: Recording) -> None:
    """Write what is said, and when, as WebVTT. Raises `PlaceError`."""
    write_whole(path, webvtt(recording.lines, recording.language).encode())
