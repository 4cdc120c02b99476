"""A signal ends the program with one line and its exit code, at whatever moment it comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.card.program import ROOT, environment
from tests.effort import one_in

CHILD = """
import os, signal, sys
number, after, *sys.argv[1:] = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(each, signal.SIG_DFL)  # a test may run in the background, or under nohup
signal.signal(signal.SIGINT, signal.default_int_handler)
imports = 0
def come(event, _):
    global imports
    if event == "import" and main:
        imports += 1
        if imports == after:
            os.kill(os.getpid(), number)
main = None
sys.addaudithook(come)
from voicecoach.__main__ import main
if not after:
    import atexit
    atexit.register(os.kill, os.getpid(), number)
main()
"""
"""The program, to which a signal comes at the import number `after`, or at its end."""

COMING = [
    (signal.SIGINT, 5), (signal.SIGTERM, 40), (signal.SIGHUP, 90), (signal.SIGINT, 150),
    (signal.SIGINT, 200), (signal.SIGTERM, 300), (signal.SIGINT, 400), (signal.SIGINT, 500),
]  # fmt: skip
"""While the program is loaded, which takes about 650 imports."""


def ended(home: Path, number: int, after: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to which a signal comes."""
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(number), str(after), *words],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize(("number", "after"), one_in(4, COMING))
def test_while_the_program_is_loaded(tmp_path: Path, number: int, after: int) -> None:
    """No traceback of an import; nothing was begun that could be lost."""
    done = ended(tmp_path, number, after, "profile")
    assert (done.returncode, done.stderr.strip()) == (128 + number, "Interrupted.")
    assert done.stdout == ""


def test_when_the_work_is_done(tmp_path: Path) -> None:
    """While Python cleans up: what was printed stays, and no traceback follows."""
    done = ended(tmp_path, signal.SIGINT, 0, "rules", "S1")
    assert (done.returncode, done.stderr.strip()) == (130, "Interrupted.")
    assert done.stdout.startswith("S1  ")


TWICE = """
import os, sys
import signal
from voicecoach.cli import signals
signal.signal(signal.SIGINT, signal.SIG_DFL)  # in the background it is ignored
signals.end_cleanly()
try:
    os.kill(os.getpid(), 2)
finally:
    os.kill(os.getpid(), 2)
    print("kept", flush=True)
    signals.IMPATIENT_S = 0.0
    os.kill(os.getpid(), 2)
    print("not reached", flush=True)
"""


def test_a_second_one_at_once_is_the_same_wish_and_a_later_one_ends_at_once() -> None:
    """A key that is held down does not keep the program from keeping what was told."""
    done = subprocess.run(
        [sys.executable, "-c", TWICE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "kept\n", "\nInterrupted.\n")
