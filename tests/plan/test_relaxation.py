"""A guided rest in a plan and in a session."""

from __future__ import annotations

import pytest

from tests.dialog.driver import Driver, plan_of
from tests.english import LANGUAGE, SAY, parse
from tests.plan.test_compile import compiled
from tests.routine.files import GOOD, line_with
from voicecoach.dialog.states import State
from voicecoach.errors import ProblemsError
from voicecoach.language.phrasebook import Command
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import Plan
from voicecoach.units import Ms

REST = """\
  - id: legs
    name: Legs on a chair
    position: supine
    regions: [low-back]
    sides: none
    dose: {relax_min: 15, cues: [Let your shoulders grow heavy., Your back spreads.]}
    way_in: [Lie on your back.]
    full: [Lay both lower legs on the chair.]
    short: Lower legs on the chair.
    way_out: [Roll onto your side., {pause_s: 4}]
    easier:
      dose: {relax_min: 2.5}
"""
TEXT = GOOD.split("  - id: bridge")[0] + REST


def plan() -> Plan:
    """Return a plan of the rest alone."""
    return compiled(parse(TEXT, "x.yaml"))


def test_the_length_is_told_before() -> None:
    """The description says how long: whole minutes, minutes and seconds, one."""
    made = plan()
    plain = [c.text for c in made.reading(0, 0, FULL).cues]
    assert "You'll rest there for fifteen minutes." in plain
    easier = [c.text for c in made.reading(0, -1, FULL).cues]
    assert "You'll rest there for two minutes and thirty seconds." in easier
    one = compiled(parse(TEXT.replace("relax_min: 2.5", "relax_min: 1, cues: [So.]"), ""))
    assert "You'll rest there for one minute." in [c.text for c in one.reading(0, -1, FULL).cues]


def test_sentences_without_room_are_a_problem_with_their_line() -> None:
    """A sentence for which the rest is too short is told when the routine is compiled."""
    routine = parse(TEXT, "x.yaml")
    lengths = dict.fromkeys(all_lines(routine, LANGUAGE), Ms(400)) | {
        "Your back spreads.": Ms(90_000)
    }
    with pytest.raises(ProblemsError) as caught:
        compile_plan(routine, LANGUAGE, lengths)
    (problem,) = caught.value.problems
    assert problem.line == line_with(TEXT, "relax_min: 2.5")
    assert "cues" in problem.hint


def resting(after: int) -> Driver:
    """Return a session, `after` ms into the rest."""
    driver = Driver(plan_of(parse(TEXT, "x.yaml")))
    driver.reach(State.HOLDING)
    driver.until(driver.session.deadline or 0)
    driver.wait(after)
    return driver


def test_how_much_is_left_is_told_in_minutes() -> None:
    """Beyond a minute the rest's end is told in minutes, and in seconds within the last one."""
    driver = resting(330_000)
    driver.say(Command.HOW_MANY)
    driver.wait(5000)
    assert "About nine minutes left." in driver.texts() or "About ten minutes left." in (
        driver.texts()
    )
    late = resting(865_000)
    late.say(Command.HOW_MANY)
    late.wait(5000)
    assert any(text.endswith("more seconds.") for text in late.texts())


def test_a_pause_goes_on_where_it_was() -> None:
    """After a pause the rest goes on at the last thing said, and all of it is still said."""
    driver = resting(400_000)
    driver.say(Command.PAUSE)
    driver.wait(50_000)
    at = driver.now
    driver.say(Command.RESUME)
    driver.finish()
    assert "Five minutes left." in driver.texts(at)
    assert "Ten minutes left." not in driver.texts(at)
    assert driver.outcome == "done"


@pytest.mark.parametrize("command", [Command.DONE, Command.NEXT])
def test_a_rest_can_be_left_early(command: Command) -> None:
    """The words that the check-in offers, and "next", end it."""
    driver = resting(200_000)
    driver.say(command)
    driver.finish()
    assert driver.now < 400_000


def test_the_easier_level_is_the_shorter_rest() -> None:
    """The word "easier" begins the shorter rest."""
    driver = resting(20_000)
    driver.say(Command.EASIER)
    driver.finish()
    assert driver.now < 300_000
    assert SAY.say("relax_end") in driver.texts()
