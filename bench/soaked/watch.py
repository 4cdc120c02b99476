"""What is counted of a soak, and stores that are watched."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np

from bench.soaked.room import Card
from tests.fakes.voice import WORD, FakeVoice
from voicecoach.app.disk_writer import Store
from voicecoach.audio.clip import Clip, Samples
from voicecoach.errors import PlaceError
from voicecoach.eventlog import kinds, sounds
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.lines import to_line
from voicecoach.ports import Progress
from voicecoach.store.reading import read_history
from voicecoach.units import BLOCK, RATE, to_frames

MOST_MB: Final = 5.0


@dataclass
class Soaked:
    """What was seen."""

    hours: float = 0.0
    seed: int = 0
    called: int = 0
    sessions: int = 0
    repetitions: int = 0
    events: int = 0
    events_lost: int = 0
    sessions_lost: int = 0
    late_cues: int = 0
    """That began later than the block for which they were wanted."""
    worst_late_ms: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    """How often a part of the sound was told to be gone ..."""
    back: int = 0
    """... and to be back."""
    memory_mb: float = 0.0
    """After the first hour, or after half of a shorter time."""
    growth_mb: float = 0.0
    """Since then."""
    by_hour_mb: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether nothing was lost, nothing came late, and the memory did not grow."""
        lost = self.events_lost or self.sessions_lost or self.lost != self.back
        return not (lost or self.late_cues or self.growth_mb > MOST_MB)


class Watch:
    """Counts what happens, and keeps a hash of all lines of the log."""

    def __init__(self, soaked: Soaked) -> None:
        self._soaked, self.lines = soaked, sha256()

    def __call__(self, event: Event) -> None:
        """Take the next event of the log."""
        soaked = self._soaked
        soaked.events += 1
        self.lines.update(to_line(event).encode() + b"\n")
        match event:
            case sounds.CueStarted(late_ms=late) if late:
                soaked.late_cues += late > 1000 * BLOCK / RATE
                soaked.worst_late_ms = max(soaked.worst_late_ms, late)
            case sounds.Count():
                soaked.repetitions += 1
            case sounds.CommandHeard(command=command):
                soaked.called += command.value == "name"
            case kinds.SessionStarted():
                soaked.sessions += 1
            case kinds.PartFailed():
                soaked.lost += 1
            case kinds.PartRecovered():
                soaked.back += 1


def compare(folder: Path, watch: Watch, soaked: Soaked) -> None:
    """Compare what is on disk with what has happened."""
    written = (folder / "log").read_bytes()
    if sha256(written).digest() != watch.lines.digest():
        soaked.events_lost = max(1, soaked.events - written.count(b"\n"))
    kept = [past for past in read_history(folder / "history.db") if past.session.outcome]
    soaked.sessions_lost = soaked.sessions - len(kept)


def told(found: Soaked, place: Path | None) -> int:
    """Print what was seen, and write it to `place`; return the exit code."""
    print(json.dumps(asdict(found), indent=1))
    if place:
        place.write_text(json.dumps(asdict(found)) + "\n", encoding="utf-8")
    return int(not found.whole)


def called(_why: str) -> Callable[[], bool]:
    """Call a helper who is always reached."""
    return lambda: True


class Mute(FakeVoice):
    """A voice whose lines are as long as those of tones, and silent; it keeps nothing."""

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the silence."""
        clips = super().render(texts, progress)
        self.rendered.clear()
        return clips

    def _tones(self, text: str) -> Samples:
        return np.zeros(len(text.split()) * to_frames(WORD), np.int16)


class Filling:
    """A store on a disk that is full now and then."""

    def __init__(self, store: Store, card: Card) -> None:
        self._store, self._card = store, card

    def __hash__(self) -> int:
        return hash(self._store)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filling) and other._store is self._store

    def write(self) -> None:
        """Write, unless the disk is full."""
        if self._card.disk_full:
            raise PlaceError("The disk is full", "", "")
        self._store.write()


def rss_mb() -> float:
    """Return the memory of this process that is really in use, after a collection."""
    gc.collect()
    text = Path("/proc/self/status").read_text("utf-8")
    return next(int(line.split()[1]) / 1024 for line in text.splitlines() if "VmRSS" in line)
