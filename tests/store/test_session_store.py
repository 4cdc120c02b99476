"""The history of a session is on disk as it happens; what ends the program loses a second."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.app.telling import tell
from tests.effort import one_in
from tests.store.strategies import tallied
from voicecoach.app.disk_writer import DiskWriter
from voicecoach.errors import PlaceError
from voicecoach.eventlog.kinds import DialogFinished, Event, SessionFinished
from voicecoach.history.past import gathered
from voicecoach.history.records import SessionRecord
from voicecoach.store.database import damage, open_database
from voicecoach.store.reading import read_history
from voicecoach.store.session_store import Begin, SessionStore, beginning

ROOT = Path(__file__).parents[2]
BEGAN = "2026-03-01T08:00:00+01:00"


def known(id_: str = "a" * 32) -> Begin:
    """Return what makes a session that can be compared."""
    return lambda event: SessionRecord(id_, BEGAN, event.routine, "1.0", "full")


@pytest.fixture(scope="module")
def day() -> list[Event]:
    """Return the events of a session with pain."""
    events = tell(lambda _: None)
    first = next(i for i, e in enumerate(events) if e["kind"] == "session_started")
    return msgspec.convert(events[first:], list[Event])


def test_a_program_that_ends_at_any_event_has_kept_what_was_before(
    tmp_path: Path, day: list[Event]
) -> None:
    """A copy of the files as they are after each event: what a kill leaves."""
    store = SessionStore(tmp_path / "history.db", known(), lambda store: store.write())
    session = known()(day[0])  # type: ignore[arg-type]
    chosen = {*one_in(7, range(len(day)))}
    for i, event in enumerate(day):
        store(event)
        if i not in chosen:
            continue
        copy = tmp_path / "copy"
        copy.mkdir()
        for name in ("history.db", "history.db-wal"):
            if (tmp_path / name).exists():
                shutil.copy(tmp_path / name, copy / name)
        assert read_history(copy / "history.db") == gathered(tallied(session, day[: i + 1]))
        shutil.rmtree(copy)


CHILD = """
import sys
from pathlib import Path
import msgspec
from voicecoach.eventlog.kinds import Event
from voicecoach.store.session_store import SessionStore, beginning
store = SessionStore(Path(sys.argv[1]), beginning("full"), lambda store: store.write())
for line in sys.stdin:
    store(msgspec.json.decode(line, type=Event))
    print(flush=True)
"""


@pytest.mark.parametrize("at", [1, 40, 150])
def test_a_program_that_is_killed_leaves_a_whole_file(
    tmp_path: Path, day: list[Event], at: int
) -> None:
    """SIGKILL for real, while it writes: nothing that was confirmed is missing."""
    path = tmp_path / "history.db"
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdin
        assert child.stdout
        for event in day[: at + 1]:
            child.stdin.write(msgspec.json.encode(event) + b"\n")
        child.stdin.flush()
        for _ in range(at):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.communicate()
    with closing(open_database(path)) as database:
        assert not damage(database)
    (past,) = read_history(path)
    seconds = max(event.t for event in day[:at])
    assert past.session.seconds >= seconds - 1.0


def test_a_place_that_cannot_be_written_is_told_and_tried_again(
    tmp_path: Path, day: list[Event]
) -> None:
    """The session goes on, the user is warned once, and when it can be written all is there."""
    blocked, warned = tmp_path / "data", list[PlaceError]()
    blocked.write_text("a file where the folder belongs", "utf-8")
    path = blocked / "history.db"
    with DiskWriter(warned.append) as disk:
        store = SessionStore(path, known(), disk.post)
        for event in day[:-1]:
            store(event)
        while not warned:
            store.at(0.0)
        blocked.unlink()
        store(day[-1])
    assert len(warned) == 1
    assert read_history(path) == gathered(tallied(known()(day[0]), day))  # type: ignore[arg-type]


def test_two_sessions_at_once_are_both_kept(tmp_path: Path, day: list[Event]) -> None:
    """Two programs lead a session each."""
    path = tmp_path / "history.db"
    stores = [SessionStore(path, known(c * 32), lambda store: store.write()) for c in "ab"]
    for event in day:
        for store in stores:
            store(event)
    one, other = read_history(path)
    assert one.repetitions == other.repetitions > 0


def test_a_session_begins_now(tmp_path: Path, day: list[Event]) -> None:
    """With the day and the hour of the clock on the wall, and a name of its own."""
    path = tmp_path / "history.db"
    for _ in range(2):
        store = SessionStore(path, beginning("short"), lambda store: store.write())
        store(day[0])
        store(SessionFinished(t=1.0, outcome="ended"))
    one, other = read_history(path)
    assert one.session.session != other.session.session
    assert one.began.utcoffset() is not None
    assert (one.session.talk, one.session.outcome) == ("short", "ended")
    assert not path.with_name("history.db-wal").exists()  # it was closed


def test_what_comes_before_a_session_is_no_part_of_it(tmp_path: Path) -> None:
    """The questions about health have no history."""
    path = tmp_path / "history.db"
    store = SessionStore(path, known(), lambda store: store.write())
    store(DialogFinished(t=60.0, outcome="asked"))
    store.at(61.0)
    assert not path.exists()
