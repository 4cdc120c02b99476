"""Which passes are played: rooms, levels, clocks, routines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.barge.script import routines
from bench.barge.trials import Task
from voicecoach.app.wiring import TALKS
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import Ms

OTHERS, DRIVEN = "other commands", "an overdriven loudspeaker"
FULL, NOTHING, ALONE = "canceller and gate", "nothing", "canceller"
LEVELS, BAR_DB = (0.0, 6.0, 12.0), 6.0
SKEW_PPM = 50.0
SOFT_DB = -12.0
"""How much softer than usual some users are."""
MEASURED = ("sb-rir1_1", "sb-rir4_1")
"""Measured rooms with a reverberation under one second (615 and 144 ms); the others are halls."""
NOBODY = "nobody"
BINS = ((0.0, 0.6), (0.6, 2.0), (2.0, 4.0), (4.0, 8.0))
"""The first seconds of the coach's voice, in turn."""
MINUTES = 4.0
"""Minutes of a routine with stops: some forty in a room."""
HOURS = 30.0
"""Hours without a user at `BAR_DB` at most."""
SHORT = 1.0
"""Minutes of a pass without a user: many rooms for a short time show more than few for long."""
REVERBERATION, DELAYS = range(150, 601, 10), range(10, 181)
"""Reverberation times and delays of random rooms, in ms."""
TOGETHER = 10
"""Passes in a row of one routine: what it sounds like is computed once for them."""
FEW = 60
"""Passes of the other levels, clocks and ways without a user."""


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


def tasks(places: list[RoomSettings], words: int, quick: bool, hours: float = HOURS) -> list[Task]:
    """Return all passes; `words` is how many recordings there are, and `hours` how long no one
    speaks at `BAR_DB`.
    """
    if quick:
        return at_bar(places[:2], hours=4 * SHORT / 60)
    made = [task for level in LEVELS for task in _spoken_over(places, level)]
    made += _spoken_over(places, BAR_DB, SKEW_PPM)
    made += _spoken_over(places, BAR_DB, louder=SOFT_DB)
    made += [task for level in LEVELS for task in _spoken_over(places, level, others=True)]
    for way in (NOTHING, ALONE):
        made += _spoken_over(places[::2], BAR_DB, way=way)
    made += _at_first(places, words)
    made += _alone(FEW, skew=SKEW_PPM)
    made += _alone(FEW, echo_db=max(LEVELS))
    made += [task for way in (NOTHING, ALONE) for task in _alone(FEW // 2, way=way)]
    made += [_driven(task) for task in (*_spoken_over(places, BAR_DB), *_alone(FEW))]
    made += [_driven(task) for task in _spoken_over(places, BAR_DB, others=True)]
    return [*made, *_alone(round(60 * hours / SHORT))]


def at_bar(places: list[RoomSettings], hours: float) -> list[Task]:
    """Return the passes at `BAR_DB` alone: a voice or a bed is compared with another by them."""
    return [*_spoken_over(places, BAR_DB), *_alone(round(60 * hours / SHORT))]


def _spoken_over(
    places: list[RoomSettings],
    echo_db: float,
    skew: float = 0.0,
    way: str = FULL,
    louder: float = 0.0,
    others: bool = False,
) -> Iterator[Task]:
    """Yield a pass with a user for each room; the routines take turns."""
    names = routines()
    for turn, place in enumerate(places):
        room = replace(place, echo_db=echo_db, skew_ppm=-skew if turn % 2 else skew)
        name = names[(turn + int(echo_db) + int(skew)) % len(names)]
        row = group(echo_db, skew, way, louder, others)
        task = Task(row, name, "full", room, way, True, turn, None, MINUTES, 0.0, louder)
        yield replace(task, others=others)


def _at_first(places: list[RoomSettings], words: int) -> Iterator[Task]:
    """Yield a pass for each recording, in the first 8 s of the coach's voice at `BAR_DB`."""
    names = routines()
    for turn in range(words):
        low, high = BINS[turn % len(BINS)]
        room = replace(places[turn // len(BINS) % len(places)], echo_db=BAR_DB)
        row, name = f"{group(BAR_DB)}, {low:g}-{high:g} s", names[turn % len(names)]
        at = low + (high - low) * (turn * 7 % 10) / 10
        yield Task(row, name, "full", room, FULL, True, turn, at)


def _alone(
    count: int, echo_db: float = BAR_DB, skew: float = 0.0, way: str = FULL
) -> Iterator[Task]:
    """Yield passes without a user: the first minute of a routine, and one from another place of it,
    in turn, each in another random room. The routines are drawn by chance, so that any part of the
    passes will do.
    """
    row = f"{group(echo_db, skew, way)}, {NOBODY}"
    names, talks = routines(), list(TALKS)
    for turn in range(count):
        chance = Random(f"{row} {turn}")
        room = RoomSettings(
            rt60_ms=Ms(chance.choice(REVERBERATION)),
            delay_ms=Ms(chance.choice(DELAYS)),
            seed=chance.randrange(2**32),
            echo_db=echo_db,
            skew_ppm=chance.choice((-skew, skew)),
        )
        script = Random(f"{row} script {turn // TOGETHER}")
        name, talk = script.choice(names), script.choice(talks)
        place = chance.random() if turn % 2 else 0.0
        yield Task(row, name, talk, room, way, False, turn, None, SHORT, place)


def _driven(task: Task) -> Task:
    row, comma, rest = task.group.partition(",")
    return replace(task, group=f"{row}, {DRIVEN}{comma}{rest}", driven=True)


def group(
    echo_db: float,
    skew: float = 0.0,
    way: str = FULL,
    louder: float = 0.0,
    others: bool = False,
) -> str:
    """Return the name of the row of such passes."""
    clocks = ", 50 ppm" if skew else ""
    soft = f", a user {-louder:.0f} dB softer" if louder else ""
    return f"{echo_db:+.0f} dB{clocks}, {way}{soft}{f', {OTHERS}' * others}"
