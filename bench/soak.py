"""A coach that is always on, for hours of simulated time, with a user and with faults by chance.

    python bench/soak.py [--hours 24] [--seed 1] [--json FILE]

`voicecoach serve` as it is: its threads, dialogs, stores and the log, on a device that is stepped
block by block. Simulated are the device, the voice (silence), and the ears: what the user says is
handed to the judge as words. The user calls now and then, asks, does a session, interrupts it,
complains. Meanwhile the loudspeaker or the microphone is unplugged and plugged in again, falls
silent, or the disk is full. Told are: events that were lost, cues that came late, and the memory.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.soaked.room import PER_S, Card, User  # noqa: E402
from bench.soaked.watch import (  # noqa: E402
    Filling,
    Mute,
    Soaked,
    Watch,
    called,
    compare,
    rss_mb,
    told,
)
from tests.app.people import ROUTINE  # noqa: E402
from tests.app.rehearsals import SMALL, pipeline_of  # noqa: E402
from tests.app.stepped import Inbox, ScriptedRecogniser, WorkQueue  # noqa: E402
from tests.english import LANGUAGE, parse  # noqa: E402
from voicecoach.app import live_threads, reopening  # noqa: E402
from voicecoach.app.disk_writer import DiskWriter, Store  # noqa: E402
from voicecoach.app.live import Live  # noqa: E402
from voicecoach.app.live_threads import Queues  # noqa: E402
from voicecoach.app.log_file import LogStore  # noqa: E402
from voicecoach.app.profile_store import save_profile  # noqa: E402
from voicecoach.app.records import Places, Post, Records  # noqa: E402
from voicecoach.app.serve import Serve  # noqa: E402
from voicecoach.app.serve_log import ServeLog  # noqa: E402
from voicecoach.eventlog import kinds  # noqa: E402
from voicecoach.history.records import SessionRecord  # noqa: E402
from voicecoach.screening.profile import let_through  # noqa: E402
from voicecoach.store.session_store import beginning  # noqa: E402

BEGAN: Final = datetime(2026, 3, 1, 6, 30)
SETTLED_H: Final = 1.0
"""The memory may grow in the first hour: what is used for the first time is loaded then."""

CALM: Final = 120 * PER_S
"""Blocks at the end without a new fault: so that each can be recovered from."""

QUICKLY_S: Final = 0.002
"""Between two attempts to open the card: nobody has to plug anything in here."""


def soak(hours: float, seed: int, calls_every_min: float = 20.0) -> Soaked:
    """Attend to a simulated user for so many hours; return what was seen."""
    soaked, chance, faults = Soaked(hours, seed), random.Random(seed), Counter[str]()
    cpu, end = time.process_time(), round(hours * 3600 * PER_S)
    card = Card(chance, faults, end - CALM)
    user, watch = User(card, chance, calls_every_min), Watch(soaked)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save_profile(folder / "profile.toml", let_through(BEGAN.date()))
        with DiskWriter(lambda _: None) as disk:
            _serve(folder, disk, card, user, watch, soaked)
        compare(folder, watch, soaked)
    soaked.faults = dict(sorted(faults.items()))
    soaked.cpu_s = round(time.process_time() - cpu, 1)
    return soaked


def _serve(
    folder: Path, disk: DiskWriter, card: Card, user: User, watch: Watch, soaked: Soaked
) -> None:
    def post(store: Store) -> None:
        disk.post(Filling(store, card))

    work = WorkQueue()
    live = Live(
        pipeline_of(ScriptedRecogniser(user.speak)), card, called, Queues(Inbox(card, work), work)
    )
    try:
        records = _records(folder, card, post)
        log = ServeLog([user.notice, records.note, watch, LogStore(folder / "log", post)])
        shelf = [parse(ROUTINE, "three.yaml"), parse(SMALL, "two.yaml")]
        library = [exercise for routine in shelf for exercise in routine.exercises]
        given = records, log, (lambda: shelf), library, 2, True
        _attend(Serve(live, Mute(), LANGUAGE, *given, checks=False), card, soaked)
    finally:
        live.close()
        card.disk_full = False


def _records(folder: Path, card: Card, post: Post) -> Records:
    """Return the records of a user whose clock is that of the card."""

    def now() -> datetime:
        return BEGAN + timedelta(seconds=card.blocks / PER_S)

    def begin(event: kinds.SessionStarted) -> SessionRecord:
        return replace(beginning("full")(event), began=now().astimezone().isoformat())

    places = Places.within(folder)
    return Records(places, post, "", begin, lambda: now().date(), now)


def _attend(serve: Serve, card: Card, soaked: Soaked) -> None:
    """Lead rounds until the time is over, and read the memory each hour."""
    end = round(soaked.hours * 3600 * PER_S)
    settled = round(min(SETTLED_H, soaked.hours / 2) * 3600 * PER_S)
    while card.blocks < end:
        serve.round()
        if card.blocks >= settled * (len(soaked.by_hour_mb) + 1):
            soaked.by_hour_mb.append(round(rss_mb(), 1))
    soaked.memory_mb = soaked.by_hour_mb[0]
    soaked.growth_mb = round(rss_mb() - soaked.memory_mb, 1)


def main() -> int:
    """Run the soak; return 1 where something was lost, came late, or grew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    reopening.EVERY_S = QUICKLY_S  # type: ignore[misc]
    live_threads.DOZE_S = 0.0  # type: ignore[misc]  # asleep, an hour would take an hour
    found = soak(options.hours, options.seed)
    return told(found, options.json)


if __name__ == "__main__":
    sys.exit(main())
