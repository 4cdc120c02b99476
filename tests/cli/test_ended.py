"""A session that is ended from outside keeps what was told: the whole program, on a quick card."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

import pytest

from tests.app.people import ROUTINE
from tests.app.rehearsals import plain
from tests.card.program import ROOT, environment
from tests.effort import thorough
from voicecoach.app.log_file import read_log
from voicecoach.app.profile_store import load_profile, save_profile
from voicecoach.paths import cache_dir
from voicecoach.screening.profile import Profile, let_through
from voicecoach.store.reading import read_history

PATIENCE_S = 60.0
POLL_S = 0.1
STOPPED_S = 2.5
"""Longer than a device may be silent."""


def _as_in_a_terminal() -> None:
    """Let the signals work in the child, though this may run in the background or under nohup."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Session:
    """`voicecoach start` with a user who types; the cache of speech is shared."""

    def __init__(self, home: Path, again: bool = False) -> None:
        self.home, self.log = home, home / "events.jsonl"
        self.path = home / ".local" / "share" / "voicecoach" / "profile.toml"
        if not again:
            save_profile(self.path, let_through(date.today()))
        (home / "three.yaml").write_text(ROUTINE, "utf-8")
        words = ["start", str(home / "three.yaml"), "--no-microphone", "--events", str(self.log)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.live_child", *words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(home, {"XDG_CACHE_HOME": str(cache_dir().parent)}),
            text=True,
            preexec_fn=_as_in_a_terminal,  # noqa: PLW1509 (takes no lock)
        )
        self.lines: list[str] = []

    @property
    def out(self) -> IO[str]:
        """What it prints."""
        assert self.process.stdout
        return self.process.stdout

    def until(self, part: str) -> None:
        """Read up to a line with `part`."""
        for line in self.out:
            self.lines.append(line)
            if part in line:
                return
        pytest.fail(f"no “{part}” in {self.lines}")

    def type(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hurt(self) -> None:
        """Answer the questions, begin, and say that it hurts."""
        for question, answer in (
            ("change in your health", "no"),
            ("your back", "one"),
        ):
            self.until(question)
            self.type(answer)
        self.until("coach   one")
        self.type("it hurts")
        self.until("How bad")

    def alive_for(self, seconds: float) -> None:
        """Let some time pass in which it does not end."""
        with pytest.raises(subprocess.TimeoutExpired):
            self.process.wait(seconds)

    def until_logged(self, part: str) -> None:
        """Wait until the event log has a word."""
        for _ in range(round(PATIENCE_S / POLL_S)):
            if part in self.log.read_text("utf-8"):
                return
            self.alive_for(POLL_S)
        pytest.fail(f"no “{part}” in the log")

    def until_kept(self, dropped: list[str]) -> None:
        """Wait until the profile has what was left out: a thread of its own writes it."""
        for _ in range(round(PATIENCE_S / POLL_S)):
            if [entry.exercise for entry in self.profile().dropped] == dropped:
                return
            self.alive_for(POLL_S)
        pytest.fail(f"{dropped} is not kept")

    def profile(self) -> Profile:
        """Return what is kept."""
        return load_profile(self.path)

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        self.lines += self.out.readlines()
        return self.process.wait(PATIENCE_S)


@contextmanager
def begun(home: Path, again: bool = False) -> Iterator[Session]:
    """Return a session that has begun, and kill it at the end."""
    began = Session(home, again)
    yield began
    began.process.kill()
    began.process.wait()
    for pipe in (began.process.stdin, began.process.stdout):
        if pipe:
            pipe.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Return a session that has begun."""
    with begun(tmp_path) as began:
        yield began


def kept(session: Session) -> tuple[list[str], list[int | None]]:
    """Return what is kept of the pain that was told, and of the score before it."""
    profile = session.profile()
    return [d.exercise for d in profile.dropped], [s.start for s in profile.scores]


def check_ended(session: Session, number: int, code: int) -> None:
    """Send a signal that ends a session as Ctrl-C does: the pain is kept, the log has its end, and
    the exit code is the shell's.
    """
    session.process.send_signal(number)
    assert session.end() == code
    assert kept(session) == (["rolling"], [1])
    (past,) = read_history(session.path.with_name("history.db"))
    assert past.session.outcome == "interrupted"
    assert [(c.why, past.session.before) for c in past.complaints] == [("pain", 1)]
    assert "Traceback" not in "".join(session.lines)
    events = [plain(event) for event in read_log(session.log)]
    assert "interrupted" in [e["outcome"] for e in events if e["kind"] == "session_finished"]


@pytest.mark.skipif(not thorough(), reason="SIGTERM goes the same way; thorough runs try both")
def test_a_closed_terminal_ends_it_as_ctrl_c_does(session: Session) -> None:
    """SIGHUP."""
    session.hurt()
    check_ended(session, signal.SIGHUP, 129)


def test_a_program_that_is_killed_has_kept_everything(session: Session) -> None:
    """SIGKILL: nothing runs after it, and nothing has to."""
    session.hurt()
    session.process.kill()
    assert session.end() == -signal.SIGKILL
    assert kept(session) == (["rolling"], [1])
    kinds = [plain(event)["kind"] for event in read_log(session.log)]
    assert "halted" in kinds


@pytest.mark.skipif(not thorough(), reason="the whole program twice: in a thorough run")
def test_a_session_that_was_killed_goes_on(session: Session, tmp_path: Path) -> None:
    """SIGKILL after a complaint: the next start says so, and its question comes again, in the same
    record of the history. Nothing leads back to the exercise.
    """
    session.hurt()
    session.until_kept(["rolling"])
    session.process.kill()
    assert session.end() == -signal.SIGKILL
    with begun(tmp_path, again=True) as back:
        back.until("We were cut off")
        back.until("How bad")
        assert not [line for line in back.lines if "coach   one" in line]
        back.process.send_signal(signal.SIGTERM)
        assert back.end() == 143
    pasts = read_history(session.path.with_name("history.db"))
    assert [past.session.outcome for past in pasts] == ["interrupted"]


def test_a_program_that_was_stopped_goes_on(session: Session) -> None:
    """Longer than a device may be silent: the session is as alive as before; SIGTERM ends it."""
    session.hurt()
    session.process.send_signal(signal.SIGSTOP)
    session.alive_for(STOPPED_S)
    session.process.send_signal(signal.SIGCONT)
    session.type("seven")
    session.until("heard “seven”")
    check_ended(session, signal.SIGTERM, 143)


def test_a_session_does_not_need_its_output(session: Session) -> None:
    """The reader of the transcript goes: the session is led on, and what is told is kept."""
    session.hurt()
    session.out.close()
    for answer, kind in (("seven", "ask_sharp"), ("no", "ask_where"), ("my hip", "judged")):
        session.type(answer)
        session.until_logged(kind)
    session.until_kept(["rolling", "bridge"])
    session.process.send_signal(signal.SIGTERM)
    assert session.process.wait(PATIENCE_S) == 143


def test_the_reader_of_an_output_may_go(tmp_path: Path) -> None:
    """`voicecoach rules | head -1`: quiet, with the code that shells give to a closed pipe."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", "rules"],
        cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, env=environment(tmp_path), text=True,
        check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")
