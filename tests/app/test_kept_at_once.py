"""What the user tells is on disk when it is told: a crash at any moment loses nothing of it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.disk import Disk, View, full
from tests.app.rehearsals import Event, plain
from tests.app.telling import TODAY, User, tell
from tests.effort import one_in, thorough
from voicecoach.app.disk_writer import DiskWriter, Store
from voicecoach.app.log_file import LogStore, read_log
from voicecoach.app.profile_store import ProfileStore, load_profile, save_profile
from voicecoach.errors import PlaceError
from voicecoach.eventlog.kinds import Event as LogEvent
from voicecoach.eventlog.lines import parse_log
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.profile_reader import parse_profile

ROOT = Path(__file__).parents[2]
PROFILE, LOG = "profile.toml", "events.jsonl"
BEFORE = let_through(TODAY - timedelta(days=1))
"""Somebody who is asked two questions today."""


class Kept:
    """A session whose profile and log are written to `folder`, and what has to be there."""

    def __init__(self, folder: Path) -> None:
        save_profile(folder / PROFILE, BEFORE)
        self._profile = ProfileStore(folder / PROFILE, BEFORE, lambda store: store.write())
        self._log = LogStore(folder / LOG, lambda store: store.write())
        self.may_be: list[Profile] = [BEFORE]
        """The profile that is on disk; and the one that is being written, if one is."""
        self.logged: list[Event] = []
        """The events that are on disk."""
        self.logging: list[Event] = []
        """Those, and the one that is being written."""

    def keep(self, profile: Profile) -> None:
        """Keep a profile."""
        self.may_be.append(profile)
        self._profile.keep(profile)
        self.may_be = [profile]

    def log(self, event: LogEvent) -> None:
        """Log an event."""
        self.logging.append(plain(event))
        self._log(event)
        self.logged.append(plain(event))

    def check_profile(self, files: View) -> None:
        """Check the profile that a crash left."""
        text = files.get(PROFILE)
        found = BEFORE if text is None else parse_profile(text.decode(), PROFILE)
        assert found in self.may_be

    def check_log(self, files: View, exact: bool = True) -> None:
        """Check the log that a crash left; `exact` is false where its name may be lost."""
        told = [plain(e) for e in parse_log(files.get(LOG, b"").decode(errors="ignore"), LOG)]
        assert len(told) >= (len(self.logged) if exact else 0)
        assert all(event in self.logging for event in told)


def test_a_crash_at_any_call_loses_nothing_that_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each call that changes the disk the program is killed, or the power is cut: the
    profile can be read, and holds all that was told before the write that was going on.
    """
    disk = Disk(tmp_path, monkeypatch)
    kept = Kept(tmp_path)
    tried = Counter[str]()

    def crash(call: str, _: Path) -> None:
        tried[call] += 1
        now, (synced, unsynced) = disk.now(), disk.after_power_cut()
        for files in (now, synced, unsynced):
            kept.check_profile(files)
        if thorough() or call != "write" or tried[call] % 11 == 0:
            kept.check_log(now)
            kept.check_log(unsynced)
            kept.check_log(synced, exact=LOG in synced)

    disk.before = crash
    tell(kept.keep, kept.log, BEFORE)
    crash("end", tmp_path)
    assert min(tried[call] for call in ("open", "replace")) >= 5
    assert min(tried[call] for call in ("write", "fsync")) > 100
    assert sorted(disk.now()) == [LOG, PROFILE]
    final = load_profile(tmp_path / PROFILE)
    assert [(d.exercise, d.region) for d in final.dropped] == [
        ("rolling", "hip"),
        ("bridge", "hip"),
    ]
    assert [(s.start, s.end) for s in final.scores] == [(1, 2)]


def test_each_thing_told_is_on_disk_before_the_coach_replies(tmp_path: Path) -> None:
    """Nothing that the log has as answered is missing in the profile of that moment; a pain is
    there from "it hurts" on, before the first question about it.
    """
    path, seen = tmp_path / PROFILE, dict[str, Profile]()
    store = ProfileStore(path, Profile(), lambda store: store.write())

    def look(event: Event) -> None:
        if event["kind"] in ("asked", "judged", "answered"):
            seen.setdefault(f"{event['kind']} {event.get('question', '')}", load_profile(path))

    tell(store.keep, on_event=look)
    assert [s.start for s in seen["answered ask_start"].scores] == [1]
    assert [d.exercise for d in seen["asked ask_score"].dropped] == ["rolling"]
    assert [d.region for d in seen["judged "].dropped] == ["hip", "hip"]
    assert [s.end for s in seen["answered ask_end"].scores] == [2]
    questions = [key for key in seen if key.startswith("answered ") and "ask_" not in key]
    assert [len(seen[key].answers.given) for key in questions] == [*range(1, len(questions) + 1)]


def test_a_pain_that_turns_out_mild_leaves_nothing_out(tmp_path: Path) -> None:
    """Until its questions are answered it counts as one that does; then the exercise is done."""
    path, counted = tmp_path / PROFILE, list[int]()
    store = ProfileStore(path, Profile(), lambda store: store.write())
    answers = {"ask_start": "one", "ask_score": "one", "offer_easier": "yes", "ask_end": "one"}

    def look(event: Event) -> None:
        if event["kind"] in ("asked", "judged"):
            counted.append(len(load_profile(path).dropped))

    tell(store.keep, user=User(answers), on_event=look)
    assert 1 in counted
    assert load_profile(path).dropped == ()


def test_an_emergency_is_on_disk_when_it_is_told(tmp_path: Path) -> None:
    """S8: the block stands before the coach says what to do."""
    path, blocked = tmp_path / PROFILE, list[bool]()
    store = ProfileStore(path, Profile(), lambda store: store.write())

    class Numb(User):
        def notice(self, event: Event) -> None:
            super().notice(event)
            if event["kind"] == "count" and event["n"] == 1:
                self._next = (0, "numb between my legs")

    def look(event: Event) -> None:
        if event["kind"] == "state" and event["name"] == "closing":
            blocked.append(load_profile(path).blocked == TODAY)

    tell(store.keep, user=Numb(), on_event=look)
    assert blocked[-1]


class Direct(DiskWriter):
    """Lets stores write at once, so that the calls come in one order."""

    def post(self, store: Store) -> None:
        """Let it write."""
        self._attempt(store)


def lead(folder: Path, log: bool) -> tuple[list[Event], list[PlaceError]]:
    """Lead a session; return its events and the warnings. Raises `PlaceError` at its end."""
    warned: list[PlaceError] = []
    with Direct(warned.append) as disk:
        profile = ProfileStore(folder / PROFILE, BEFORE, disk.post)
        logged = LogStore(folder / LOG, disk.post) if log else lambda _: None
        events = tell(profile.keep, logged, BEFORE)
    return events, warned


class Whole:
    """A day on a good disk, and how many calls changed the disk."""

    def __init__(self, folder: Path) -> None:
        self.calls = {}
        for log in (False, True):
            with pytest.MonkeyPatch.context() as patch:
                (folder / str(log)).mkdir()
                disk = Disk(folder / str(log), patch)
                self.events, _ = lead(disk.folder, log)
            self.calls[log] = disk.calls
        self.profile = load_profile(folder / "True" / PROFILE)
        self.in_order = [plain(event) for event in read_log(folder / "True" / LOG)]
        assert len(self.in_order) == len(self.events)
        assert all(event in self.events for event in self.in_order)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Return the day on a good disk."""
    return Whole(tmp_path_factory.mktemp("good"))


@pytest.mark.parametrize(("log", "step", "least"), [(False, 13, 3), (True, 131, 29)])
def test_a_disk_that_is_full_for_one_call_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Whole, log: bool, step: int, least: int
) -> None:
    """At any call: the session goes on to the same end, the user is warned once at most, and as
    there is room again, nothing is missing.
    """
    for at in one_in(step, range(1, whole.calls[log] + 1), least):
        folder = tmp_path / str(at)
        folder.mkdir()
        with monkeypatch.context() as context:
            full(at, for_ever=False)(Disk(folder, context))
            events, warned = lead(folder, log)
        assert events == whole.events
        assert len(warned) <= 1
        assert load_profile(folder / PROFILE) == whole.profile
        if log:
            assert [plain(e) for e in read_log(folder / LOG)] == whole.in_order


def test_a_disk_that_stays_full_is_told_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Whole
) -> None:
    """From any call on: the profile is the last one that could be written, and no part is left."""
    for at in one_in(13, range(1, whole.calls[False] - 1), 4):
        folder = tmp_path / str(at)
        folder.mkdir()
        with monkeypatch.context() as context:
            disk = Disk(folder, context)
            full(at, for_ever=True)(disk)
            with pytest.raises(PlaceError, match="cannot be written") as caught:
                lead(folder, log=False)
        assert caught.value.exit_code == 7
        assert load_profile(folder / PROFILE) != whole.profile
        assert set(disk.now()) <= {PROFILE}


def test_a_disk_that_is_full_in_its_own_thread_ends_no_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Whole
) -> None:
    """As live: the warning comes from the thread, and the error at the end of the program."""
    warned: list[PlaceError] = []
    full(3, for_ever=True)(Disk(tmp_path, monkeypatch))
    with pytest.raises(PlaceError, match="cannot be written"), DiskWriter(warned.append) as disk:
        events = tell(ProfileStore(tmp_path / PROFILE, BEFORE, disk.post).keep, before=BEFORE)
    assert events == whole.events
    assert len(warned) == 1


def killed(folder: Path, at: int) -> tuple[list[Profile], list[Event], int]:
    """Run a session in a program that is killed at a call of the disk; return the profiles that
    may be on disk, the events that must be, and how the program ended.
    """
    save_profile(folder / PROFILE, BEFORE)
    command = [sys.executable, "-m", "tests.app.killed_child", str(folder), str(at)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    profiles, events = [BEFORE], list[Event]()
    for line in done.stdout.splitlines():
        told = json.loads(line)
        if "keeping" in told:
            profiles.append(parse_profile(told["keeping"], "told"))
        elif "kept" in told:
            profiles = profiles[-1:]
        else:
            events.append(told)
    return profiles, events, done.returncode


@pytest.mark.parametrize("at", one_in(7, range(2, 330, 16)))
def test_a_killed_program_leaves_what_was_told(tmp_path: Path, at: int) -> None:
    """SIGKILL for real, at a call of the disk."""
    folder = tmp_path / "home"
    profiles, events, code = killed(folder, at)
    assert code == -signal.SIGKILL
    assert load_profile(folder / PROFILE) in profiles
    if (folder / LOG).exists():
        found = [plain(event) for event in read_log(folder / LOG)]
        assert all(event in found for event in events)
    else:
        assert events == []


class Stuck:
    """A store whose disk does not answer until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.written = 0

    def write(self) -> None:
        """Wait for the disk."""
        assert self.go.wait(60)
        self.written += 1


def test_a_disk_that_hangs_does_not_hold_up_a_session(whole: Whole) -> None:
    """The session goes through to its end at the same times while the first write still waits;
    then everything is written.
    """
    store, posted = Stuck(), list[Profile]()
    with DiskWriter(lambda error: None) as disk:

        def keep(profile: Profile) -> None:
            posted.append(profile)
            disk.post(store)

        events = tell(keep, before=BEFORE)
        assert store.written == 0
        store.go.set()
    assert events == whole.events
    assert store.written == len(posted) > 3
