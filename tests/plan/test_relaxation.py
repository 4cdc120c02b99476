"""A guided rest: what is said in it and when, in the file and in a session."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.dialog.driver import Driver, plan_of
from tests.plan.test_compile import compiled
from tests.routine.files import GOOD, line_with, only, problems
from tests.routine.strategies import relaxations
from voicecoach.dialog.states import State
from voicecoach.errors import ProblemsError
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import english_prompts
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import Plan
from voicecoach.plan.relaxation import END, relaxation
from voicecoach.plan.set_track import Manner
from voicecoach.plan.stations import Station
from voicecoach.routine.model import Relaxation
from voicecoach.routine.parse import parse
from voicecoach.track import CueKind, Track
from voicecoach.units import Ms

SAY = english_prompts()
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
    way_out: [Roll onto your side.]
    easier:
      dose: {relax_min: 2.5}
"""
TEXT = GOOD.split("  - id: bridge")[0] + REST
FIRST = Station(0, 1, None)


def rest(plan: Plan, level: int = 0, wordy: bool = True) -> Track:
    """Return the track of the rest."""
    return plan.work(FIRST, level, Manner(wordy=wordy))


def plan() -> Plan:
    """Return a plan of the rest alone."""
    return compiled(parse(TEXT, "x.yaml"))


def said(track: Track, *texts: str) -> list[float]:
    """Return the seconds at which one of `texts` is said."""
    return [cue.at / 1000 for cue in track.cues if cue.text in texts]


def test_a_rest_of_fifteen_minutes() -> None:
    """Breathing for a minute and again every two or three, check-ins, time left, a soft end."""
    track = rest(plan())
    assert track.length == 900_000
    assert said(track, "Ten minutes left.", "Five minutes left.", "One minute left.") == [
        300, 600, 840,
    ]  # fmt: skip
    assert said(track, SAY.say("relax_check")) == [180, 480, 780]
    again = said(track, SAY.say("relax_breath"))
    assert all(120 <= b - a <= 180 for a, b in pairwise([60.0, *again]))
    assert said(track, SAY.say("relax_end")) == [880]
    aloud = [cue.at for cue in track.cues if cue.kind is CueKind.BREATH and cue.at < 60_000]
    assert len(aloud) == 12
    assert aloud[-1] > 50_000


def test_the_own_sentences_are_spread() -> None:
    """Each is said once, in order, about evenly between the breathing and the end."""
    track = rest(plan())
    first, second = said(track, "Let your shoulders grow heavy.", "Your back spreads.")
    assert 180 < first < 360
    assert 600 < second < 760


def test_less_talking_leaves_the_rest_its_quiet() -> None:
    """With counts only, breathing is led once; check-ins and times stay, and the end is soft."""
    track = rest(plan(), wordy=False)
    assert said(track, "Your back spreads.", SAY.say("relax_breath")) == []
    assert len(said(track, SAY.say("relax_check"), "Ten minutes left.")) == 4
    assert said(track, SAY.say("relax_end")) == [880]


@given(relaxations(30), st.integers(5, 60), st.booleans())
@example(Relaxation(Ms(1_590_000), Ms(2000), Ms(10_000), ("Lie lie.",)), 5, True)
@settings(max_examples=60, deadline=None)
def test_a_rest_is_guided(dose: Relaxation, letter: int, wordy: bool) -> None:
    """Whatever the length: nothing overlaps, each own sentence is said once, nobody lies in silence
    for more than three minutes (five with counts only), and the end is announced.
    """

    def length(text: str) -> Ms:
        return Ms(100 + letter * len(text))

    track = relaxation(dose, SAY, length, wordy=wordy)
    ends = [cue.at + length(cue.text) for cue in track.cues]
    starts = [cue.at for cue in track.cues]
    quiet = [b - a for a, b in zip(ends, [*starts[1:], track.length], strict=True)]
    assert min(quiet) > 0
    assert max(quiet) <= (180_000 if wordy else 300_000)
    own = sorted(cue.text for cue in track.cues if cue.text in dose.cues)
    assert own == (sorted(dose.cues) if wordy else [])
    assert track.cues[-1].at == dose.length - END
    left = [(cue.n, dose.length - cue.at) for cue in track.cues if cue.kind is CueKind.MARK]
    assert all(n * 1000 == ms for n, ms in left)
    assert all(cue.enter for cue in track.cues if cue.text != SAY.say("breathe_out"))


def test_the_length_is_told_before() -> None:
    """The description says how long: whole minutes, half ones, one."""
    made = plan()
    assert "You rest there for fifteen minutes." in [c.text for c in made.reading(0, 0, 2).cues]
    easier = [c.text for c in made.reading(0, -1, 2).cues]
    assert "You rest there for two and a half minutes." in easier
    one = compiled(parse(TEXT.replace("relax_min: 2.5", "relax_min: 1, cues: [So.]"), ""))
    assert "You rest there for one minute." in [c.text for c in one.reading(0, -1, 2).cues]


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("relax_min: 15", "relax_min: 31", "relax_min", "out of range"),
        ("relax_min: 15", "relax_min: 0.5, breath: {}", "breath", "no breathing"),
        ("relax_min: 15", "relax_min: 15.2", "relax_min", "15.2 minutes"),
        ("relax_min: 15", "relax_min: 15, sets: 2", "sets", "unknown field"),
        ("relax_min: 2.5", "relax_min: 1.5", "", "2 cues in 1.5 minutes"),
        (", cues: [Let your shoulders grow heavy., Your back spreads.]", "", "cues", "missing"),
        ("Your back spreads.", "Feel it like this.", "cues[2]", "needs eyes"),
        ("Your back spreads.", "'Your {side} spreads.'", "cues[2]", "not known here"),
    ],
)
def test_faults_of_a_rest(old: str, new: str, where: str, message: str) -> None:
    """Length, breathing, sets and sentences are checked, each told at its place."""
    found = problems(TEXT.replace(old, new, 1))
    assert any(p.where.endswith(where) and message in p.message for p in found), found


def test_a_missing_kind_is_guessed_by_its_cues() -> None:
    """Without ``relax_min`` the cues tell what is meant."""
    assert only(TEXT.replace("relax_min: 15, ", "")).message == "missing field 'relax_min'"


def test_sentences_without_room_are_a_problem_with_their_line() -> None:
    """A sentence for which the rest is too short is told when the routine is compiled."""
    routine = parse(TEXT, "x.yaml")
    lengths = dict.fromkeys(all_lines(routine, SAY), Ms(400)) | {"Your back spreads.": Ms(90_000)}
    with pytest.raises(ProblemsError) as caught:
        compile_plan(routine, SAY, lengths)
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


@pytest.mark.parametrize("half_minutes", range(2, 61))
def test_the_times_left_do_not_depend_on_lengths(half_minutes: int) -> None:
    """Every line is rendered before the session, when no length is known yet."""
    dose = Relaxation(Ms(30_000 * half_minutes))
    lines = [
        [
            cue.text
            for cue in relaxation(dose, SAY, lambda _, ms=ms: Ms(ms), wordy=False).cues
            if cue.kind is CueKind.MARK
        ]
        for ms in (0, 800, 2500)
    ]
    assert lines[0] == lines[1] == lines[2]
