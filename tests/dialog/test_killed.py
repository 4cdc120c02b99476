"""A session that is killed in the middle of a set goes on at the start of the cue that was cut."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dialog.driver import Driver, good_plan
from voicecoach.dialog.events import Restored
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("repetition", [1, 3])
def test_a_killed_session_goes_on_where_it_was(tmp_path: Path, repetition: int) -> None:
    """SIGKILL in the middle of a repetition: the state that was written last is read back. The
    session is paused, says so, and "continue" counts in and begins with that repetition.
    """
    saved = tmp_path / "session.json"
    command = [sys.executable, "-m", "tests.dialog.killed_child", str(saved), str(repetition)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == str(repetition)
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL

    plan = good_plan()
    driver = Driver(plan)
    driver.session = Session(plan)
    driver.session.load(saved.read_text("utf-8"))
    driver.sounds.clear()
    assert driver.state is State.COUNTING
    driver.give(Restored(Ms(json.loads(saved.read_text("utf-8"))["now"])))
    assert driver.state is State.PAUSED
    driver.wait(4000)
    assert driver.texts()[:2] == ["We were cut off.", "We are paused. Say continue to go on."]
    driver.say(Command.RESUME)
    driver.reach(State.COUNTING)
    driver.wait(1000)
    assert driver.texts()[2:5] == ["Going on.", "Lie on your back.", "Raise your hips."]
    assert driver.counts()[0].cue.n == repetition
