"""Which passes are played: rooms, levels, clocks, routines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.barge.script import routines
from bench.barge.trials import Task
from voicecoach.app.wiring import TALKS
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import Ms

FULL, NOTHING, ALONE = "canceller and gate", "nothing", "canceller"
LEVELS, BAR_DB = (0.0, 6.0, 12.0), 6.0
SKEW_PPM = 50.0
MEASURED = ("sb-rir1_1", "sb-rir4_1")
"""Measured rooms with a reverberation under one second (615 and 144 ms); the others are halls."""
NOBODY = "nobody"
BINS = (0, 2, 4, 6)
"""The first seconds of the coach's voice, two at a time."""
MINUTES = 4.0
"""Minutes of a routine with stops: some forty in a room."""


def rooms(speech: Path) -> list[RoomSettings]:
    """Return the rooms, each with its delay: four synthetic ones, and those of RECORDINGS/rirs."""
    made = [
        RoomSettings(rt60_ms=Ms(rt60), delay_ms=Ms(delay), seed=seed)
        for rt60, delay, seed in ((350, 60, 1), (200, 150, 5), (500, 20, 9), (350, 120, 13))
    ]
    found = {path.stem: path for path in (speech / "rirs").rglob("*.flac")}
    real = [found[name] for name in MEASURED if name in found]
    return made + [
        RoomSettings(response=path, delay_ms=Ms(delay))
        for path, delay in zip(real, (100, 60), strict=False)
    ]


def tasks(places: list[RoomSettings], words: int, quick: bool) -> list[Task]:
    """Return all passes; `words` is how many recordings there are."""
    if quick:
        spoken = list(_spoken_over(places[:2], BAR_DB))
        return [*spoken, *_alone(places[:2], routines()[:2])]
    made = [task for level in LEVELS for task in _spoken_over(places, level)]
    made += _spoken_over(places, BAR_DB, SKEW_PPM)
    for way in (NOTHING, ALONE):
        made += _spoken_over(places[::2], BAR_DB, way=way)
    return [*made, *_at_first(places, words), *_alone_everywhere(places)]


def _spoken_over(
    places: list[RoomSettings], echo_db: float, skew: float = 0.0, way: str = FULL
) -> Iterator[Task]:
    """Yield a pass with stops for each room; the routines take turns."""
    names = routines()
    for turn, place in enumerate(places):
        room = _changed(place, echo_db, -skew if turn % 2 else skew)
        name = names[(turn + int(echo_db) + int(skew)) % len(names)]
        yield Task(_group(echo_db, skew, way), name, "full", room, way, True, turn, None, MINUTES)


def _at_first(places: list[RoomSettings], words: int) -> Iterator[Task]:
    """Yield a pass for each recording, in the first 8 s of the coach's voice at `BAR_DB`."""
    names = routines()
    for turn in range(words):
        low = BINS[turn % len(BINS)]
        room = _changed(places[turn // len(BINS) % len(places)], BAR_DB)
        row, name = f"{_group(BAR_DB)}, {low}-{low + 2} s", names[turn % len(names)]
        yield Task(row, name, "full", room, FULL, True, turn, low + 2 * (turn * 7 % 10) / 10)


def _alone_everywhere(places: list[RoomSettings]) -> Iterator[Task]:
    """Yield the passes without a user: every routine at `BAR_DB`, and every third otherwise."""
    names = routines()
    yield from _alone(places, names)
    for turn, talk in enumerate(name for name in TALKS if name != "full"):
        yield from _alone(places, names[turn::3], talk=talk)
    yield from _alone(places, names[2::3], skew=SKEW_PPM)
    yield from _alone(places, names[::3], echo_db=max(LEVELS))
    for way in (NOTHING, ALONE):
        yield from _alone(places, names[1::6], way=way)


def _alone(
    places: list[RoomSettings],
    names: list[str],
    talk: str = "full",
    skew: float = 0.0,
    way: str = FULL,
    echo_db: float = BAR_DB,
) -> Iterator[Task]:
    """Yield a pass for each of `names`; each level of talk and clock meets other rooms."""
    first = list(TALKS).index(talk) + bool(skew)
    for turn, name in enumerate(names, first):
        room = _changed(places[turn % len(places)], echo_db, skew)
        row = f"{_group(echo_db, skew, way)}, {NOBODY}"
        yield Task(row, name, talk, room, way, user=False, turn=turn)


def _changed(room: RoomSettings, echo_db: float, skew_ppm: float = 0.0) -> RoomSettings:
    return replace(room, echo_db=echo_db, skew_ppm=skew_ppm)


def _group(echo_db: float, skew: float = 0.0, way: str = FULL) -> str:
    return f"{echo_db:+.0f} dB{', 50 ppm' if skew else ''}, {way}"
