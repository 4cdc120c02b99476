"""The demo as it sounds, measured: levels, silence, overlaps, pace, and read back line by line.

    voicecoach demo --voice NAME --into FOLDER
    python bench/demo_sound.py FOLDER ... [--reader base]

Levels are those of BS.1770 (`tts.loudness`); words a minute are counted over the lines of speech
with the silence inside them. Each line that was said whole is cut out of the recording of the
loudspeaker and written down by Whisper, which is not the recogniser of the program.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.read_back import SPELLING, reader  # noqa: E402
from bench.recognition.free_running import MODELS  # noqa: E402
from bench.recognition.wording import table  # noqa: E402
from voicecoach.audio.clip import Samples  # noqa: E402
from voicecoach.audio.wav import read_sound  # noqa: E402
from voicecoach.eventlog.lines import parse_log  # noqa: E402
from voicecoach.eventlog.sounds import CueFinished, CueStarted  # noqa: E402
from voicecoach.tts.loudness import loudness, true_peak  # noqa: E402
from voicecoach.tts.reading import errors  # noqa: E402
from voicecoach.units import RATE  # noqa: E402

SPEECH = ("say", "count", "breath", "stroke", "mark")
"""Kinds of cues that are speech."""
FADE_S = 0.01
"""A line that is cut fades so long, at most, into what follows."""
QUIET = 10 ** (-60 / 20) * 32768
"""Peak of a block under which it is silent: 60 dB under full scale."""

HEAD = ("folder", "seconds", "LUFS", "peak dBTP", "silent", "overlaps", "words a minute", "errors")


@dataclass(frozen=True)
class Line:
    """A line as it sounded, in seconds."""

    text: str
    start: float
    end: float
    whole: bool


def lines_of(log: Path) -> list[Line]:
    """Return the lines of speech in an event log, in order."""
    events = parse_log(log.read_text("utf-8"), str(log))
    ended = {e.id: e for e in events if isinstance(e, CueFinished)}
    said = [e for e in events if isinstance(e, CueStarted) and e.text and e.id in ended]
    spoken = [e for e in said if e.kind_of_cue.value in SPEECH]
    return [Line(e.text, e.t, ended[e.id].t, ended[e.id].whole) for e in spoken]


def row(folder: Path, read: str) -> tuple[str, ...]:
    """Return the figures of a demo."""
    sound, lines = read_sound(folder / "coach.wav"), lines_of(folder / "events.jsonl")
    parts = [sound[round(one.start * RATE) : round(one.end * RATE)] for one in lines]
    speech = np.concatenate(parts).astype(np.float64) / 32768
    words = sum(len(SPELLING.words(one.text)) for one in lines if one.whole)
    spoken = sum(one.end - one.start for one in lines if one.whole)
    blocks = sound[: len(sound) // 160 * 160].reshape(-1, 160)
    silent = float(np.mean(np.abs(blocks.astype(np.int32)).max(axis=1) < QUIET))
    overlaps = sum(b.start < a.end - FADE_S for a, b in pairwise(lines))
    return (
        str(folder),
        f"{len(sound) / RATE:.0f}",
        f"{loudness(speech):.1f}",
        f"{20 * np.log10(true_peak(sound.astype(np.float64) / 32768)):.1f}",
        f"{100 * silent:.0f} %",
        str(overlaps),
        f"{60 * words / spoken:.0f}",
        read_back(lines, parts, read),
    )


def read_back(lines: list[Line], parts: list[Samples], read: str) -> str:
    """Return the word errors of the lines that were said whole, each line once."""
    once = {one.text: part for one, part in zip(lines, parts, strict=True) if one.whole}
    reading, wrong, words = reader(read), 0, 0
    for text, part in once.items():
        wanted = SPELLING.words(text)
        words += len(wanted)
        wrong += errors(wanted, SPELLING.words(reading(part)))
    return f"{wrong} of {words}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, help="what `voicecoach demo` wrote")
    parser.add_argument("--reader", choices=sorted(MODELS), default="base")
    options = parser.parse_args()
    print(table(HEAD, [row(folder, options.reader) for folder in options.folders]))


if __name__ == "__main__":
    main()
