"""Which recordings train and which are held out, and what is said in them."""

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

# Share of speakers held out, in twentieths. Running speech gives more: false accepts are rare, and
# an hourly rate needs hours.
HELD_TWENTIETHS = {"speech": 8, "noise": 6}
HELD_DEFAULT = 4


@dataclass(frozen=True)
class Clip:
    """One recording: `text` is None without a transcript; times in seconds."""

    id: str
    path: str
    text: str | None
    speaker: str
    kind: str  # commands, words, an4, alphanumeric, coffee, speech, noise, synthetic
    held: bool
    seconds: float
    label: str = ""


def bucket(key: str) -> int:
    """A fixed number 0..19 for a speaker or voice; the same on every machine."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 20


def _speaker_key(row: dict[str, str], stem: str) -> str:
    esc = re.match(r"esc10-.*-(\d+)-[A-Z]", stem)
    if esc:
        return f"freesound:{esc.group(1)}"  # cuts of one field recording stay together
    if not row["speaker"] or "unknown" in row["speaker"]:
        return stem
    return row["speaker"]


def _text(kind: str, label: str) -> str | None:
    plain = re.fullmatch(r"[a-z' ]+", label) is not None
    return label if plain and kind in ("commands", "words", "an4") else None


def read(speech: Path) -> list[Clip]:
    """Every clip of the manifest but the room responses."""
    clips: list[Clip] = []
    with (speech / "MANIFEST.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            top, kind = row["path"].split("/")[:2]
            if top == "rirs":
                continue
            kind = "commands" if top == "commands" else kind
            stem = Path(row["path"]).stem
            label = row["label_or_transcript"]
            key = _speaker_key(row, stem)
            # Anonymous groups hold unknown people: they train, and are never measured on.
            anonymous = "unknown" in row["speaker"]
            held = not anonymous and bucket(key) < HELD_TWENTIETHS.get(kind, HELD_DEFAULT)
            clips.append(
                Clip(
                    id=row["path"],
                    path=str(speech / row["path"]),
                    text=_text(kind, label),
                    speaker=row["speaker"] or key,
                    kind=kind,
                    held=held,
                    seconds=float(row["duration_s"]),
                    label=label,
                )
            )
    return clips


def rirs(speech: Path) -> list[Path]:
    """The room responses."""
    return sorted((speech / "rirs").rglob("*.flac"))
