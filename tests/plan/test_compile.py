"""Compiling: every line is known, what does not fit is a problem with its line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dialog.plans import SHORT
from tests.doses.strategies import centre
from tests.effort import examples
from tests.english import LANGUAGE, parse
from tests.routine.files import GOOD, line_with
from voicecoach.doses.base import Manner
from voicecoach.errors import ProblemsError
from voicecoach.language.sides import SIDES
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import LEVELS, PACES, TALKS, Plan
from voicecoach.plan.stations import Station
from voicecoach.routine.model import Routine
from voicecoach.track import (
    CENTRE,
    GAP,
    Cue,
    Lengths,
    TightError,
    Track,
    anchored_at_end,
    fitted,
    spoken,
)
from voicecoach.units import Ms

ROUTINES = st.sampled_from([plan.routine for plan in SHORT])


def compiled(routine: Routine, letter: int = 25) -> Plan:
    """Return a plan in which a line takes `letter` ms for each letter."""
    lengths = {text: Ms(100 + letter * len(text)) for text in all_lines(routine, LANGUAGE)}
    return compile_plan(routine, LANGUAGE, lengths, centre)


def tracks(plan: Plan) -> list[Track]:
    """Return every track of a plan, at each level of talk, difficulty and pace."""
    found = [plan.welcome(), plan.closing(), plan.breathing()]
    count = len(plan.routine.exercises)
    found += [plan.between(a, b) for a in range(count) for b in range(count) if a != b]
    for index in range(count):
        for level in LEVELS:
            found += [plan.reading(index, level, talk) for talk in TALKS]
            found += [
                plan.settle(index, level, talk, side, known)
                for talk in TALKS
                for side in SIDES
                for known in (False, True)
            ]
            found.append(plan.lead_in(index, level))
            stations = plan.stations(index, level)
            found += [plan.bridge(a, b, level) for a, b in pairwise(stations)]
            for wordy in (True, False):
                found += [
                    plan.led(station, level, Manner(pace, wordy, counting))
                    for pace in PACES
                    for counting in (True, False)
                    for station in stations[:1]
                ]
    return found


@given(ROUTINES, st.integers(5, 40))
@examples(20)
def test_every_track_is_sound(routine: Routine, letter: int) -> None:
    """In every track of every manner each line is known, in order, within the track's length, and
    clear of the next by a gap; somewhere a resume may enter.
    """
    plan = compiled(routine, letter)
    for track in tracks(plan):
        spans = [plan.spoken.span(cue) for cue in track.cues]
        assert all(
            end + GAP <= after
            for cue, (_, end), (after, _) in zip(track.cues, spans, spans[1:], strict=False)
            if cue.text
        )
        assert all(end <= track.length + CENTRE for _, end in spans)
        assert any(cue.enter for cue in track.cues)


@given(ROUTINES)
@examples(40)
def test_stations_are_sets_by_sides(routine: Routine) -> None:
    """Each set is done on the left, then on the right, or once where both work together."""
    plan = compiled(routine)
    for index, exercise in enumerate(routine.exercises):
        stations = plan.stations(index)
        sides = ["left", "right"] if exercise.sides.value == "each" else [None]
        expected = [(n + 1, side) for n in range(exercise.dose.sets) for side in sides]
        assert [(s.set, s.side) for s in stations] == expected


@given(ROUTINES)
@examples(25)
def test_lines_are_ready_to_be_spoken(routine: Routine) -> None:
    """No line is empty or still has a placeholder."""
    lines = all_lines(routine, LANGUAGE)
    assert all(line.strip() and "{" not in line for line in lines)


def test_a_count_that_does_not_fit_is_a_problem_with_its_line() -> None:
    """A number that takes longer than its beat is told with the line of its dose, all at once,
    and with what to do; nothing is compiled.
    """
    text = GOOD.replace("tempo: 3120", "tempo: 1010").replace("hold_s: 25", "hold_s: 10")
    assert "Hold for ten seconds." in all_lines(parse(text, "x.yaml"), LANGUAGE)
    routine = parse(text, "x.yaml")
    lengths = dict.fromkeys(all_lines(routine, LANGUAGE), Ms(400))
    lengths |= {"seven": Ms(2100), "Hold for ten seconds.": Ms(7500)}
    with pytest.raises(ProblemsError) as caught:
        compile_plan(routine, LANGUAGE, lengths)
    lines = {problem.line for problem in caught.value.problems}
    assert {line_with(text, "tempo"), line_with(text, "hold_s")} <= lines
    first = next(p for p in caught.value.problems if p.line == line_with(text, "tempo"))
    assert "takes 2.1 s, but has 1.9 s" in first.message
    assert first.hint


def test_a_count_in_that_does_not_fit_is_told_too() -> None:
    """A voice too slow for a count-down of seconds is a problem, not a crash."""
    routine = parse(GOOD, "x.yaml")
    lengths = dict.fromkeys(all_lines(routine, LANGUAGE), Ms(950))
    with pytest.raises(ProblemsError) as caught:
        compile_plan(routine, LANGUAGE, lengths)
    assert "--rate" in caught.value.problems[0].hint


def test_an_unknown_line_is_a_key_error() -> None:
    """The plan never guesses the length of a line that nobody rendered."""
    plan = compiled(parse(GOOD, "x.yaml"))
    with pytest.raises(KeyError):
        plan.length("Something else.")
    assert plan.length("") == 0


def test_a_pace_that_does_not_fit_is_refused_by_work_and_eased_by_led() -> None:
    """`work` says that a line is too long for the pace; `led` takes the next one that fits."""
    routine = parse(GOOD.replace("tempo: 3120", "tempo: 1010"), "x.yaml")
    lengths = dict.fromkeys(all_lines(routine, LANGUAGE), Ms(400)) | {"seven": Ms(1700)}
    plan = compile_plan(routine, LANGUAGE, lengths)
    station, fast = Station(0, 1, None), Manner(pace=80)
    with pytest.raises(TightError, match="seven"):
        plan.work(station, 0, fast)
    assert plan.led(station, 0, fast) == plan.work(station, 0, Manner(pace=90))


# tracks


length = Lengths(lambda text: Ms(100 * len(text)))
"""100 ms for each letter."""


def test_tracks_join_and_part() -> None:
    """`then` moves the second behind the first; `start_at` makes a cue the beginning; `until` and
    `closed` do what they say.
    """
    first = spoken(["ab", "c"], length, lead=Ms(50), after=Ms(10))
    assert [(c.at, c.text) for c in first.cues] == [(50, "ab"), (260, "c")]
    assert first.length == 370
    both = first.then(first)
    assert [c.at for c in both.cues] == [50, 260, 420, 630]
    assert both.length == 740
    rest = both.start_at(2)
    assert ([c.at for c in rest.cues], rest.length) == ([0, 210], 320)
    assert [c.at for c in both.until(Ms(420)).cues] == [50, 260]
    assert not any(cue.enter for cue in both.closed().cues)


def test_a_count_down_is_anchored_at_its_end() -> None:
    """The last word lies one beat before zero."""
    cues = anchored_at_end(["two", "one", "go"], Ms(1000))
    assert [(c.at, c.text, c.n) for c in cues] == [
        (-3000, "two", 3), (-2000, "one", 2), (-1000, "go", 1),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 9), st.booleans()), max_size=8))
def test_what_is_fitted_is_clear(wanted: list[tuple[int, int, bool]]) -> None:
    """Either two firm cues overlap, and that is an error; or all firm ones stand, and of the
    optional ones those that touch nothing.
    """
    cues = [Cue(Ms(at), "x" * n, optional=optional) for at, n, optional in wanted]
    try:
        kept = fitted(cues, length, Ms(6000))
    except TightError:
        firm = sorted((c for c in cues if not c.optional), key=lambda c: c.at)
        tight = any(a.at + length(a.text) + GAP > b.at for a, b in pairwise(firm))
        assert tight or any(c.at + length(c.text) > 6000 for c in firm)
        return
    assert [c for c in kept if not c.optional] == sorted(
        (c for c in cues if not c.optional), key=lambda c: c.at
    )
    assert all(a.at + length(a.text) + GAP <= b.at for a, b in pairwise(kept))


def test_times_of_a_routine_hang_together() -> None:
    """The estimate of an exercise is what a session takes from its description to its last beat."""
    routine = parse(GOOD, "x.yaml")
    one = replace(routine, exercises=routine.exercises[:1])
    plan = compiled(one)
    stations = plan.stations(0)
    expected = plan.reading(0, 0, FULL).length + plan.settle(0, 0, FULL).length
    expected += 2 * 8 * 6000 + plan.rest(stations[1], 0).length
    assert plan.estimate(0, 0, FULL, 100) == expected
