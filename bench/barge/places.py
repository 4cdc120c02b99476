"""What a user says, and its places in the coach's script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.barge.script import Script
from bench.english import BOOK
from bench.recognition.phrasings import spoken, voices
from models.recipe.corpus import Clip, read
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import read_sound
from voicecoach.language.phrasebook import Command
from voicecoach.units import BLOCK, RATE

STOP = "stop"
COMMANDS = (
    "pause", "next", "go back", "repeat", "slower", "easier", "louder", "how many", "it hurts",
    "ouch", "help",
)  # fmt: skip
"""What synthetic voices say over the coach; of most there are no recordings of people."""

OFFSETS = (0.0, 0.4, 0.1, 1.2, 0.2, 2.5, 0.05, 0.8)
"""Seconds into a cue at which the word begins, in turn; where the cue is shorter, the next."""
APART = 3.0
"""Seconds from the end of one recording to the next word."""
LASTING, ABOVE_DB = 6, 10.0
"""60 ms: the shortest "stop" that was heard in a recording cut off early is 70 ms."""
EARLY = 1.0
"""Seconds that count as the beginning of a cue."""


@dataclass(frozen=True, eq=False)
class Word:
    """A recording of a command; frames of its first and last sound within it."""

    speaker: str
    samples: Samples
    begin: int
    end: int
    text: str = STOP

    @property
    def command(self) -> Command:
        """What is meant."""
        return BOOK.meanings[self.text].command


def bounds(samples: Samples) -> tuple[int, int]:
    """Return the frames of the first and after the last 10 ms within 25 dB of the loudest."""
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160).astype(float)
    level = np.sqrt(np.mean(np.square(blocks), axis=1))
    loud = np.nonzero(level > level.max() * 0.056)[0]
    return int(loud[0]) * 160, int(loud[-1] + 1) * 160


def audible(samples: Samples) -> bool:
    """Return whether a sound lasts `LASTING` blocks of 10 ms, `ABOVE_DB` above the clip's floor.

    A few recordings have a hum or clicks and no audible "stop".
    """
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160).astype(float)
    levels = 10 * np.log10(np.mean(np.square(blocks), axis=1) + 1e-6)
    quiet = np.percentile(levels[levels > 0], 20) if (levels > 0).any() else np.inf
    loud = "".join("x" if level >= quiet + ABOVE_DB else " " for level in levels)
    return "x" * LASTING in loud


def held_out(speech: Path, side: str) -> list[Clip]:
    """Return the recordings of "stop" by the people of a side: "tune" or "test"."""
    clips = [c for c in read(speech) if c.side == side and c.kind == "commands"]
    clips = [clip for clip in clips if clip.text == STOP]
    return sorted(
        (clip for clip in clips if audible(read_sound(Path(clip.path)))), key=lambda clip: clip.id
    )


def said_by_people(speech: Path, side: str) -> list[Word]:
    """Return the recordings of "stop" by the people of a side."""
    clips = held_out(speech, side)
    sounds = [(clip.speaker, read_sound(Path(clip.path))) for clip in clips]
    return [Word(who, sound, *bounds(sound)) for who, sound in sounds]


def said_by_voices(folder: Path) -> list[Word]:
    """Return `COMMANDS` by synthetic voices, which are kept in `folder`, a command after another;
    the voices are those of `bench/natural.py` that are installed.
    """
    return list(_by_voices(folder))


def _by_voices(folder: Path) -> Iterator[Word]:
    for voice in voices():
        for text in COMMANDS:
            sound = read_sound(spoken(voice, text, folder))
            quiet = np.zeros(RATE // 10, np.int16)
            sound = np.concatenate([quiet, sound, quiet])
            yield Word(voice, sound, *bounds(sound), text)


Site = tuple[int, Word, dict[str, Any]]
"""Frame at which the word begins, the word, and what is to be known of the place."""


def place(script: Script, words: Sequence[Word], turn: int) -> list[Site]:
    """Return where who says what: over cues, at places in them that take turns. A command that is
    not live at a place is left out there.
    """
    sites: list[Site] = []
    free = 0.0
    for line, kind in zip(script.lines, script.kinds, strict=True):
        offset = OFFSETS[(turn + len(sites)) % len(OFFSETS)]
        if line.start + offset * RATE >= line.end:
            offset = 0.0
        at = int(line.start + offset * RATE)
        first = (turn * 7 + len(sites)) % len(words)
        live = {BOOK.meanings[text].command for text in script.live(at) if text in BOOK.meanings}
        word = next(
            (word for word in (*words[first:], *words[:first]) if word.command in live), None
        )
        if word is None:
            continue
        late = at + len(word.samples) + 2 * RATE > len(script.played)
        if at < max(free, word.begin) or late:
            continue
        known = {
            "kind": kind, "early": offset < EARLY, "at": round(at / RATE, 2), "said": word.text,
        }  # fmt: skip
        sites.append((at, word, known))
        free = at + len(word.samples) - word.begin + APART * RATE
    return sites


def opening(script: Script, word: Word, seconds: float) -> tuple[Script, list[Site]]:
    """Return the beginning of the script, with the word in the coach's very first voice."""
    at = max(word.begin, int(script.lines[0].start + seconds * RATE))
    last = (at + len(word.samples) + 2 * RATE) // BLOCK * BLOCK
    early = seconds < EARLY
    known = {"kind": script.kinds[0], "early": early, "at": at / RATE, "said": word.text}
    return replace(script, played=script.played[:last]), [(at, word, known)]
