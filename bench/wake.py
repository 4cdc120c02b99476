"""How well an idle coach hears its name, and how often it wakes in vain, for each name.

    python bench/wake.py --speech RECORDINGS [--json FILE]      (the tune side: choosing a name)
    python bench/wake.py --speech RECORDINGS --side test        (the other side: once a release)
    python bench/wake.py --speech RECORDINGS --hours 10         (as many virtual hours of each)

Under test are the program's own recogniser and judge, with nothing live but the name, as in
`voicecoach serve`. Names are called by synthetic voices, clean, far away and over noise, and by
people where RECORDINGS have the word. What is no name is running speech, single other words, and
noise and music of a household. Virtual hours are the same recordings in other rooms, at other
levels and over other noise (`bench/recognition/listening.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.english import BOOK  # noqa: E402
from bench.recognition.acoustics import Floats, in_room, loud, with_level  # noqa: E402
from bench.recognition.intervals import rate, share  # noqa: E402
from bench.recognition.listening import elsewhere, made_room, rounds  # noqa: E402
from models.recipe.corpus import TEST, TUNE, Clip, read, rirs  # noqa: E402
from voicecoach.app.wiring import make_recogniser, make_voice  # noqa: E402
from voicecoach.audio.clip import Samples  # noqa: E402
from voicecoach.audio.wav import read_sound  # noqa: E402
from voicecoach.decision.judge import Judge  # noqa: E402
from voicecoach.decision.verdict import Accepted  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.language.phrasebook import Command, Phrasebook  # noqa: E402
from voicecoach.ports import Recogniser  # noqa: E402
from voicecoach.units import BLOCK, RATE  # noqa: E402

VOICES: Final = tuple(
    f"{accent}+{variant}"
    for accent in ("en-us", "en-gb-x-rp", "en-gb-scotland", "en-us-nyc")
    for variant in ("f1", "f2", "f4", "m1", "m3", "m7")
)
"""Synthetic speakers: espeak-ng's accents and variants."""
RATES: Final = (150, 190)
CONDITIONS: Final = ("near", "far", "noise")
"""As it is at -26 dBFS; in a room at -38 dBFS; over noise 10 dB below it."""
LEVELS: Final = {"near": -26.0, "far": -38.0, "noise": -26.0}
QUIET: Final = RATE
"""Frames of quiet before and after a call."""
FLOOR_DBFS: Final = -66.0
SPEECH: Final = ("speech", "coffee", "speechocean", "alphanumeric")
OTHER: Final = {"words": "other words", "commands": "other words", "noise": "noise and music"}


class Ears:
    """The program's ears while it sleeps, for one name."""

    def __init__(self, recogniser: Recogniser, book: Phrasebook) -> None:
        self._recogniser, self._book = recogniser, book
        self._phrases = book.grammar({Command.NAME})

    def wakes(self, sound: Samples) -> list[str]:
        """Return the forms by which the coach is called in int16 `sound`."""
        self._recogniser.listen(self._phrases)
        self._recogniser.restart()
        judge, found = Judge(self._book), list[str]()
        judge.listen(self._phrases)
        for at in range(0, len(sound), BLOCK):
            for hearing in self._recogniser.feed(sound[at : at + BLOCK]):
                verdict = judge.consider(hearing)
                found += [verdict.phrase] if isinstance(verdict, Accepted) else []
        return found


def placed(sound: Floats, dbfs: float, chance: np.random.Generator) -> Samples:
    """Return a sound at a level, with quiet around it and a faint floor under it."""
    at_level = sound * np.float32(10 ** (dbfs / 20) / max(loud(sound), 1e-9))
    whole = np.concatenate([np.zeros(QUIET), at_level, np.zeros(QUIET)])
    whole = whole + chance.normal(size=len(whole)) * 10 ** (FLOOR_DBFS / 20)
    made: Samples = np.rint(whole.clip(-1, 1) * 32767).astype(np.int16)
    return made


def spoiled(
    sound: Floats, condition: str, noises: Sequence[Floats], chance: np.random.Generator
) -> Samples:
    """Return a call as it arrives in a condition of `CONDITIONS`."""
    if condition == "far":
        sound = in_room(sound, made_room(chance))
    if condition == "noise":
        noise = noises[int(chance.integers(len(noises)))]
        around = np.concatenate([np.zeros(QUIET), sound, np.zeros(QUIET)]).astype(np.float32)
        level = loud(sound) * 10 ** (-10 / 20)
        sound = around + with_level(noise, len(around), level, chance)
    return placed(sound, LEVELS[condition], chance)


def calls(form: str) -> Iterator[tuple[str, Floats]]:
    """Yield a form of a name as each synthetic speaker says it."""
    for name in VOICES:
        for speed in RATES:
            with closing(make_voice(name, speed)) as voice:
                yield f"{name}@{speed}", voice.render([form])[form].samples / np.float32(32768)


def loaded(clip: Clip) -> Floats:
    """Return a recording, -1 to 1."""
    made: Floats = (read_sound(Path(clip.path)) / 32768).astype(np.float32)
    return made


def misses(
    ears: Ears, sounds: Sequence[Floats], noises: Sequence[Floats]
) -> dict[str, dict[str, Any]]:
    """Return how many calls were heard in each condition."""
    found = {}
    for condition in CONDITIONS:
        chance = np.random.default_rng(11)
        count = sum(bool(ears.wakes(spoiled(s, condition, noises, chance))) for s in sounds)
        found[condition] = dict(share(count, len(sounds)))
    return found


def false_wakes(
    ears: Ears, clips: Sequence[Clip], hours: float, noises: Sequence[Floats], rooms: list[Floats]
) -> dict[str, Any]:
    """Return the wakes in recordings in which nobody calls, and what hearing them cost."""
    chance, seconds, began = np.random.default_rng(7), 0.0, time.process_time()
    told: list[str] = []
    once = [(clip, "") for clip in clips]
    for clip, condition in rounds(clips, hours) if hours else once:
        sound = loaded(clip)
        heard = elsewhere(sound, noises, rooms, chance) if condition else sound
        wakes = ears.wakes(np.rint(heard.clip(-1, 1) * 32767).astype(np.int16))
        seconds += len(sound) / RATE
        told += [f"{form}: {clip.id}" for form in wakes]
    cost = (time.process_time() - began) / max(seconds, 1)
    return {**rate(len(told), seconds / 3600), "cpu_per_s": round(cost, 4), "where": told}


def groups(folder: Path, side: str, name: str) -> dict[str, list[Clip]]:
    """Return the recordings of a side that hold no call, by kind."""
    found: dict[str, list[Clip]] = {}
    for clip in read(folder):
        kind = "running speech" if clip.kind in SPEECH else OTHER.get(clip.kind)
        if kind and clip.side == side and name not in clip.label.split():
            found.setdefault(kind, []).append(clip)
    return found


def by_people(folder: Path, form: str) -> list[Clip]:
    """Return recordings of people who say a form, whatever their side."""
    return [clip for clip in read(folder) if clip.label == form]


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Measure each name."""
    recogniser = make_recogniser(options.model, load_language("en"))
    noise = [c for c in read(options.speech) if c.kind == "noise" and c.side == options.side]
    noises = [loaded(clip) for clip in noise[:60]]
    rooms = [(read_sound(path) / 32768).astype(np.float32) for path in rirs(options.speech)]
    report: dict[str, Any] = {}
    more = {name: (name, f"hey {name}") for name in options.try_}
    book = replace(BOOK, names={**BOOK.names, **more})
    for name in options.name or book.names:
        ears = Ears(recogniser, book.named(name))
        one: dict[str, Any] = {"calls": {}, "people": {}, "false": {}}
        for form in book.names[name]:
            sounds = [sound for _, sound in calls(form)]
            one["calls"][form] = misses(ears, sounds, noises)
            people = by_people(options.speech, form)
            if people:
                heard = sum(
                    bool(ears.wakes(placed(loaded(c), -26.0, np.random.default_rng(3))))
                    for c in people
                )
                one["people"][form] = dict(share(heard, len(people)))
        for kind, clips in groups(options.speech, options.side, name).items():
            one["false"][kind] = false_wakes(ears, clips, options.hours, noises, rooms)
        report[name] = one
        print(f"{name}: {json.dumps(one)}", flush=True)
    return report


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--speech", type=Path, required=True, help="folder of recordings")
    parser.add_argument("--side", choices=(TUNE, TEST), default=TUNE)
    parser.add_argument("--name", action="append", help="a name, not all of the language")
    parser.add_argument("--try", action="append", default=[], dest="try_", help="another word")
    parser.add_argument("--hours", type=float, default=0.0, help="virtual hours of each kind")
    parser.add_argument("--model", type=Path, help="another Vosk model")
    parser.add_argument("--json", type=Path, help="write the report here")
    options = parser.parse_args(words)
    report = measure(options)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
