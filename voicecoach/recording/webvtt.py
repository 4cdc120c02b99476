"""A transcript in WebVTT, which players and browsers show beside the sound. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.recording.contents import Line
from voicecoach.units import Ms

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def webvtt(lines: Iterable[Line], language: str) -> str:
    """Return `lines` as the text of a WebVTT file in UTF-8, one cue for each."""
    cues = (f"{_clock(x.start)} --> {_clock(x.end)}\n{x.text.translate(ESCAPES)}" for x in lines)
    return "\n\n".join([f"WEBVTT\nLanguage: {language}", *cues]) + "\n"


def _clock(at: Ms) -> str:
    seconds, ms = divmod(at, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"
