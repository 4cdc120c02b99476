"""A small folder of recordings, spoken by synthetic voices, with a manifest like a real one."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from models.recipe.corpus import bucket
from voicecoach.audio.clip import Samples
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.units import RATE

VOICES = ("en-us+f3", "en-us+m3")
SAID = {
    "commands": ("stop", "yes", "three"),
    "words": ("window",),
    "speech": ("the rain was cold",),
}
COLUMNS = ("path", "label_or_transcript", "speaker", "source", "licence", "duration_s")


def speaker(held: bool, number: int = 0) -> str:
    """Return a name that tunes, or trains, of whatever kind the recording."""
    names = (f"p{n}" for n in range(1000))
    return [name for name in names if (2 <= bucket(name) < 4 if held else bucket(name) >= 8)][
        number
    ]


@cache
def spoken() -> Mapping[tuple[str, str], Samples]:
    """Return each text by each voice."""
    texts = sorted({text for texts in SAID.values() for text in texts})
    clips: dict[tuple[str, str], Samples] = {}
    for name in VOICES:
        voice = Pyttsx3Voice(name, 179)
        try:
            clips |= {(name, text): clip.samples for text, clip in voice.render(texts).items()}
        finally:
            voice.close()
    return clips


def make_folder(folder: Path) -> Path:
    """Write recordings of two speakers that are held out and of one that trains."""
    people = [
        (VOICES[0], speaker(True)),
        (VOICES[1], speaker(True, 1)),
        (VOICES[0], speaker(False)),
    ]
    rows = []
    for number, (voice, person) in enumerate(people):
        for kind, texts in SAID.items():
            for text in texts:
                path = f"{_place(kind, text)}/{person}-{number}-{text.replace(' ', '_')}.wav"
                rows.append(_written(folder, path, spoken()[voice, text], text, person))
    chance = np.random.default_rng(5)
    noise = chance.normal(0, 500, 2 * RATE).astype(np.int16)
    rows.append(_written(folder, "negatives/noise/hum.wav", noise, "hum", speaker(True)))
    room = np.zeros(RATE // 4, np.int16)
    room[10], room[1500] = 20_000, 8_000
    rows.append(_written(folder, "rirs/speechbrain/sb-rir3_1.flac", room, "", ""))
    write_manifest(folder, rows)
    return folder


def _place(kind: str, text: str) -> str:
    return f"commands/{text}" if kind == "commands" else f"negatives/{kind}"


def _written(folder: Path, path: str, samples: Samples, label: str, person: str) -> list[str]:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(folder / path, samples, RATE)
    return [path, label, person, "made by a test", "none", f"{len(samples) / RATE:.3f}"]


def write_manifest(folder: Path, rows: list[list[str]]) -> None:
    """Write MANIFEST.csv."""
    with (folder / "MANIFEST.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
