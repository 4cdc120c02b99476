"""A session that saves its state after each event, until it is killed: run by test_killed.py."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.dialog.driver import Driver, good_plan
from voicecoach.atomic_write import Part
from voicecoach.dialog.events import Woke
from voicecoach.dialog.states import State
from voicecoach.units import Ms


def main(path: Path, repetition: int) -> None:
    """Lead a session up to a repetition, saved all the while; then say so, and wait to die."""
    driver = Driver(good_plan())
    while not (driver.state is State.COUNTING and driver.counts()[-1].cue.n == repetition):
        due = driver.session.deadline
        assert due is not None
        driver.give(Woke(due))
        save(driver, path)
    driver.give(Woke(Ms(driver.now + 1000)))  # into the repetition: its count was handed over ahead
    save(driver, path)
    print(repetition, flush=True)
    sys.stdin.read()


def save(driver: Driver, path: Path) -> None:
    """Write the state whole, or not at all."""
    with Part(path) as part:
        part.write_text(driver.session.save(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
