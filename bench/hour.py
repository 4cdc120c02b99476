"""A coach that is always on, for an hour of real time on a virtual card, with faults by chance.

    python bench/hour.py [--minutes 60] [--seed 1] [--every 45] [--json FILE]
    (as root the disk is filled, too)

`voicecoach serve` with its real parts: voice, ears, canceller, stores, and PortAudio on a sound
server of its own, with a loudspeaker and a microphone that can be unplugged
(tests/card/virtual_card.sh). A synthetic user calls, wishes, answers and interrupts aloud; what is
not obeyed within 8 s is typed. Meanwhile something fails, about every 45 s (--every). Told
are: events that were lost, cues that came late, gaps in the sound, and the memory: twelve times,
and whenever the coach falls asleep, for a session has all its lines in memory. Needs espeak-ng, for
the voice of the user, and what the virtual card needs. Where the machine has
other work, run it with `nice -n -10`: a cue that came late while the processor was busy with
something else is told apart.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.english import LANGUAGE  # noqa: E402
from bench.soaked.faults import SETTLE_S, Faults  # noqa: E402
from bench.soaked.room import User  # noqa: E402
from bench.soaked.speaking import Clock, Speaker  # noqa: E402
from bench.soaked.watch import (  # noqa: E402
    MOST_MB,
    Soaked,
    Watch,
    called,
    compare,
    rss_mb,
    told,
)
from tests.card.plugs import Bench  # noqa: E402
from voicecoach.app.conductor import Log  # noqa: E402
from voicecoach.app.disk_writer import DiskWriter  # noqa: E402
from voicecoach.app.live import Live  # noqa: E402
from voicecoach.app.log_file import LogStore  # noqa: E402
from voicecoach.app.profile_store import save_profile  # noqa: E402
from voicecoach.app.records import Places, Records  # noqa: E402
from voicecoach.app.routine_library import readable_routines, shipped_exercises  # noqa: E402
from voicecoach.app.serve import Serve  # noqa: E402
from voicecoach.app.serve_log import ServeLog  # noqa: E402
from voicecoach.app.spare_memory import give_back  # noqa: E402
from voicecoach.app.wiring import Choices, make_pipeline, make_voice, recogniser_of  # noqa: E402
from voicecoach.devices.sound_card import Card  # noqa: E402
from voicecoach.errors import PlaceError  # noqa: E402
from voicecoach.eventlog import sounds  # noqa: E402
from voicecoach.eventlog.fields import Source  # noqa: E402
from voicecoach.eventlog.kinds import Event, StateEntered  # noqa: E402
from voicecoach.screening.profile import let_through  # noqa: E402
from voicecoach.store.session_store import beginning  # noqa: E402
from voicecoach.units import BLOCK, RATE, Ms  # noqa: E402

SETTLED: Final = 0.25
"""Share of the time in which the memory may grow: what is used for the first time is loaded then"""
CALM_S: Final = 90.0
"""At the end nothing fails, so that each fault can be recovered from."""
CALLS_EVERY_MIN: Final = 0.5
"""Asleep it has little to lose: most of the time is to be spent in sessions."""
WISHES: Final = ("upper back", "ten minutes for my upper back", "the same as yesterday",
                 "ten minutes for my lower back", "what is there")  # fmt: skip
USUAL_S: Final = 45.0
"""From one fault to the next, on average."""
DISK_MB: Final = 24
NEEDS: Final = ("espeak-ng", "paplay", "pactl", "pulseaudio")
"""Programs that speak for the user, and make the card."""
PACKAGES: Final = "espeak-ng pulseaudio pulseaudio-utils"
FRESH: Final = Ms(60_000)
"""One sleep is at most so long, so that the end is not missed."""
TASKS: Final = Path("/proc/self/task")


@dataclass
class Hour(Soaked):
    """What was seen."""

    late_by_load: int = 0
    """Of the late cues those before which the processor was not to be had for as long."""
    gaps: int = 0
    """Blocks for which PortAudio reported a gap, other than by a fault."""
    spoken: int = 0
    obeyed: int = 0
    """Of the phrases those that were obeyed as heard."""
    missed: dict[str, int] = field(default_factory=dict)
    """Of the others: a part of the sound was gone from when it was said until it was given up; it
    was heard, and refused; it was not heard."""
    asleep_mb: list[tuple[float, float]] = field(default_factory=list)
    """Minute, and memory, when the coach fell asleep. `growth_mb` is told by these, from a quarter
    of the time on; it is 0 where there is but one."""
    warned: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing was lost or came late by the program's doing, and memory did not grow."""
        lost = self.events_lost or self.sessions_lost or self.lost != self.back
        late = self.late_cues > self.late_by_load or self.gaps
        return not (lost or late or self.growth_mb > MOST_MB)


class Waits:
    """How long the threads of this program were ready and did not get a processor."""

    def __init__(self) -> None:
        self._before = self._read()

    def since(self) -> float:
        """Return the longest wait of a thread since the last call, in ms."""
        before, self._before = self._before, self._read()
        gone = [ns - before.get(name, 0) for name, ns in self._before.items()]
        return max(gone, default=0) / 1e6

    def _read(self) -> dict[str, int]:
        found = dict[str, int]()
        for task in TASKS.iterdir():
            try:
                found[task.name] = int((task / "schedstat").read_text("ascii").split()[1])
            except OSError:  # the thread has ended
                continue
        return found


class Lateness:
    """Tells cues that are late by other load from those that are late by the program."""

    def __init__(self, hour: Hour, waited: Callable[[], float]) -> None:
        """Let `waited` say for how many ms a thread was kept waiting since the last call."""
        self._hour, self._waited = hour, waited

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        waited = self._waited()
        if isinstance(event, sounds.CueStarted) and event.late_ms:
            late = event.late_ms > 1000 * BLOCK / RATE
            self._hour.late_by_load += late and waited + 1000 * BLOCK / RATE >= event.late_ms


class Gaps(threading.Thread):
    """Counts the gaps in the sound that no fault explains, and reads the memory now and then."""

    def __init__(self, card: Card, faults: Faults, hour: Hour) -> None:
        super().__init__(name="gaps", daemon=True)
        self._card, self._faults, self._hour = card, faults, hour
        self._over = threading.Event()

    def run(self) -> None:
        """Look ten times a second."""
        known, quiet_from = self._card.dropouts, 0.0
        while not self._over.wait(0.1):
            now, seen = time.monotonic(), self._card.dropouts
            if self._faults.failing:
                quiet_from = now + SETTLE_S
            if seen > known and now > quiet_from:
                self._hour.gaps += seen - known
            known = seen

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


class Asleep:
    """Reads the memory when the coach falls asleep: no session is in it then."""

    def __init__(self, hour: Hour) -> None:
        self._hour, self._began = hour, time.monotonic()

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, StateEntered) and event.name == "idle":
            self.read()

    def read(self) -> None:
        """Read it now."""
        minute = round((time.monotonic() - self._began) / 60, 1)
        self._hour.asleep_mb.append((minute, round(rss_mb(), 1)))


def hour(minutes: float, seed: int, every_s: float) -> Hour:
    """Attend to the user for so many minutes, with a fault about every `every_s` seconds."""
    found, chance = Hour(minutes / 60, seed), random.Random(seed)
    cpu = time.process_time()
    with tempfile.TemporaryDirectory() as name, small_disk(Path(name) / "disk") as disk:
        folder = Path(name)
        plugs = Bench(folder / "card")
        plugs.folder.mkdir()
        plugs.server("start")
        os.environ.update({**plugs.extra, "XDG_CACHE_HOME": str(folder / "cache")})
        kept = disk or folder / "disk"
        try:
            faults = Faults(plugs, chance, disk, every_s / USUAL_S)
            watch = _attend(kept, faults, chance, found, plugs)
        finally:
            plugs.server("stop")
        compare(kept, watch, found)
        found.faults = dict(sorted(faults.counted.items()))
    found.cpu_s = round(time.process_time() - cpu, 1)
    return found


@contextmanager
def small_disk(at: Path) -> Iterator[Path | None]:
    """Mount a disk of a few MB; None where this user may not."""
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(at)]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield at if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(at)], check=True)  # the log is open


def _attend(
    folder: Path, faults: Faults, chance: random.Random, found: Hour, plugs: Bench
) -> Watch:
    watch, choices = Watch(found), Choices(LANGUAGE)
    save_profile(folder / "profile.toml", let_through(date.today()))
    card = Card("speaker_half", "mic_half")
    pipeline = make_pipeline(recogniser_of(choices), choices, wake=True)
    clock = Clock(faults)
    with (
        DiskWriter(partial(_warn, found)) as disk,
        closing(Live(pipeline, card, called)) as live,
        closing(make_voice(choices.voice, choices.rate, LANGUAGE)) as voice,
    ):
        user = User(clock, chance, CALLS_EVERY_MIN, 1.5, WISHES)
        typed = partial(live.inject, source=Source.KEYBOARD)
        speaker = Speaker(user, clock, typed, plugs.folder, plugs.extra)
        records = Records(Places.within(folder), disk.post, "", beginning("full"))
        asleep, late = Asleep(found), Lateness(found, Waits().since)
        logs: list[Log] = [records.note, speaker.notice, watch, late, asleep]
        log = ServeLog([*logs, LogStore(folder / "log", disk.post)])
        shelf, library = partial(readable_routines, LANGUAGE), shipped_exercises(LANGUAGE)
        serve = Serve(
            live, voice, LANGUAGE, records, log, shelf, library, 2, True, FRESH, checks=False
        )
        gaps = Gaps(card, faults, found)
        for thread in (faults, speaker, gaps):
            thread.start()
        _lead(serve, found, faults, speaker, asleep)
        speaker.end()
        gaps.end()
    found.spoken, found.obeyed = speaker.spoken, speaker.obeyed
    found.missed = dict(sorted(speaker.missed.items()))
    return watch


def _lead(serve: Serve, found: Hour, faults: Faults, speaker: Speaker, asleep: Asleep) -> None:
    """Lead rounds until the time is over, and read the memory."""
    began, whole = time.monotonic(), found.hours * 3600
    calm = threading.Timer(max(0.0, whole - CALM_S), faults.end)
    leave = threading.Timer(whole, setattr, (speaker, "leaving", True))
    memory = threading.Thread(target=_memory, args=(found, whole, began), daemon=True)
    for thread in (calm, leave, memory):
        thread.start()
    while time.monotonic() < began + whole:
        serve.round()
        if faults.broken:
            raise RuntimeError("a fault could not be made")
    for thread in (calm, memory):
        thread.join()
    give_back()  # as the next round begins
    asleep.read()
    settled = [mb for minute, mb in found.asleep_mb if minute >= SETTLED * 60 * found.hours]
    found.memory_mb = settled[0]
    found.growth_mb = round(settled[-1] - settled[0], 1)


def _memory(found: Hour, whole: float, began: float) -> None:
    for part in range(1, 13):
        time.sleep(max(0.0, began + whole * part / 12 - time.monotonic()))
        found.by_hour_mb.append(round(rss_mb(), 1))


def _warn(found: Hour, error: PlaceError) -> None:
    found.warned.append(error.in_one_line)


def main() -> int:
    """Run the hour; return 1 where something was lost, came late, or grew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=float, default=USUAL_S, help="seconds between two faults")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    missing = [name for name in NEEDS if shutil.which(name) is None]
    if missing:
        parser.error(f"not found: {', '.join(missing)}; sudo apt install {PACKAGES}")
    found = hour(options.minutes, options.seed, options.every)
    return told(found, options.json)


if __name__ == "__main__":
    sys.exit(main())
