"""Which recordings train, tune and test, by speaker, and what is said in them."""

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

TRAIN, TUNE, TEST = "train", "tune", "test"
# Twentieths of the speakers: those that test, and those that test or tune. Thresholds are read from
# "tune" only; "test" is run once a release. Running speech gives more to both: false accepts are
# rare, and an hourly rate needs hours. No speaker that tunes or tests has trained any model of this
# project: the sets of earlier versions were held out with the second number, and none trained with
# speechocean762 ("so762").
TWENTIETHS = {"speech": (4, 8), "noise": (3, 6), "so762": (6, 9)}
TWENTIETHS_DEFAULT = (2, 4)
TRANSCRIBED = ("commands", "cuts", "words", "an4", "speechocean")


@dataclass(frozen=True)
class Clip:
    """One recording: `text` is None without a transcript; times in seconds."""

    id: str
    path: str
    text: str | None
    speaker: str
    kind: str  # commands, cuts, words, an4, alphanumeric, coffee, speechocean, speech, noise, ...
    held: bool
    seconds: float
    label: str = ""
    side: str = TRAIN  # TRAIN, TUNE or TEST


def bucket(key: str) -> int:
    """A fixed number 0..19 for a speaker or voice; the same on every machine."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 20


def side_of(key: str, kind: str) -> str:
    """Train, tune or test: the side of a speaker in recordings of a kind."""
    tests, held = TWENTIETHS.get(key.split(":")[0], TWENTIETHS.get(kind, TWENTIETHS_DEFAULT))
    at = bucket(key)
    return TEST if at < tests else TUNE if at < held else TRAIN


def _speaker_key(row: dict[str, str], stem: str) -> str:
    esc = re.match(r"esc10-.*-(\d+)-[A-Z]", stem)
    if esc:
        return f"freesound:{esc.group(1)}"  # cuts of one field recording stay together
    if not row["speaker"] or "unknown" in row["speaker"]:
        return stem
    return row["speaker"]


def _text(kind: str, label: str) -> str | None:
    plain = re.fullmatch(r"[a-z' ]+", label) is not None
    return label if plain and kind in TRANSCRIBED else None


def read(speech: Path) -> list[Clip]:
    """Every clip of the manifest but the room responses."""
    clips: list[Clip] = []
    with (speech / "MANIFEST.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            top, kind = row["path"].split("/")[:2]
            if top == "rirs":
                continue
            kind = top if top in ("commands", "cuts") else kind
            stem = Path(row["path"]).stem
            label = row["label_or_transcript"]
            key = _speaker_key(row, stem)
            # Anonymous groups hold unknown people: they train, and are never measured on.
            anonymous = "unknown" in row["speaker"]
            side = TRAIN if anonymous else side_of(key, kind)
            clips.append(
                Clip(
                    id=row["path"],
                    path=str(speech / row["path"]),
                    text=_text(kind, label),
                    speaker=row["speaker"] or key,
                    kind=kind,
                    held=side != TRAIN,
                    seconds=float(row["duration_s"]),
                    label=label,
                    side=side,
                )
            )
    return clips


def rirs(speech: Path) -> list[Path]:
    """The room responses."""
    return sorted((speech / "rirs").rglob("*.flac"))
