"""Shared exercises: used by id, varied, and told with their own file and line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.english import LANGUAGE, parse, parse_any, parse_exercise
from tests.routine.files import GOOD, line_with
from tests.routine.strategies import without_lines
from voicecoach.doses.hold import Hold
from voicecoach.doses.repetitions import Repetitions
from voicecoach.doses.strokes import Strokes
from voicecoach.errors import Problem, ProblemsError
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Routine
from voicecoach.units import Ms

CAT = """\
schema: voicecoach/1
kind: exercise
id: cat
name: The cat
position: all-fours
regions: [low-back]
sides: none
dose: {repetitions: 8, tempo: 3030, breath: {lower: in, lift: out}}
way_in: [Come onto all fours.]
full: [Let your belly sink, then round your back.]
short: Sink, then round.
way_out: [Sit back on your heels.]
easier:
  dose: {repetitions: 5}
"""
LIBRARY = {"cat": ("exercises/cat.yaml", CAT)}
HEAD = GOOD.split("  - id: bridge")[0]


def using(*fields: str, library: dict[str, tuple[str, str]] = LIBRARY) -> Routine:
    """Return a routine of one entry with `fields`."""
    return parse(HEAD + entry(*fields), "x.yaml", library)


def entry(*fields: str) -> str:
    """Return an entry of a list."""
    first, *others = fields
    return "".join([f"  - {first}\n", *(f"    {field}\n" for field in others)])


def refused(text: str, library: dict[str, tuple[str, str]] = LIBRARY) -> tuple[Problem, ...]:
    """Return the problems of a file."""
    with pytest.raises(ProblemsError) as caught:
        parse_any(text, "x.yaml", library)
    return caught.value.problems


def test_a_shared_exercise_is_as_if_written_out() -> None:
    """The entry `use` gives what the same fields in the routine give."""
    body = CAT.split("kind: exercise\n")[1]
    written = entry(*body.splitlines())
    assert without_lines(using("use: cat")) == without_lines(parse(HEAD + written, "x.yaml"))


def test_fields_beside_use_take_the_place_of_its_own() -> None:
    """Of the dose only those that differ; of anything else the whole."""
    (cat,) = using("use: cat", "id: slow-cat", "name: Slow cat", "dose: {tempo: 5050}").exercises
    assert isinstance(cat.dose, Repetitions)
    assert (cat.id, cat.name, str(cat.dose.tempo), cat.dose.count) == (
        "slow-cat", "Slow cat", "5050", 8,
    )  # fmt: skip
    easier = cat.variant(-1).dose
    assert isinstance(easier, Repetitions)
    assert (easier.count, str(easier.tempo)) == (5, "5050")
    (held,) = using("use: cat", "dose: {hold_s: 10}", "easier: {say: [Gently.]}").exercises
    assert isinstance(held.dose, Hold)
    assert held.variant(-1).say == ("Gently.",)
    assert held.variant(-1).dose == held.dose


def test_another_way_in_has_no_short_form_of_the_shared_one() -> None:
    """It leads in otherwise; both can be given."""
    library = {"cat": ("exercises/cat.yaml", CAT + "way_in_short: [Onto all fours.]\n")}
    (shared,) = using("use: cat", library=library).exercises
    assert shared.led_in(known=True) == ("Onto all fours.",)
    way_in = "way_in: [Kneel and lean forward.]"
    (own,) = using("use: cat", way_in, library=library).exercises
    assert own.led_in(known=True) == own.way_in == ("Kneel and lean forward.",)
    (both,) = using("use: cat", way_in, "way_in_short: [Kneel.]", library=library).exercises
    assert (both.led_in(known=True), both.led_in(known=False)) == (("Kneel.",), own.way_in)


def test_a_routine_of_shared_exercises_can_be_written_and_read() -> None:
    """The dump is the expanded form: it needs no library."""
    routine = using("use: cat", "dose: {repetitions: 9}")
    assert without_lines(parse(dump(routine), "")) == without_lines(routine)


def test_the_same_exercise_twice_needs_another_id() -> None:
    """Used twice it is told at the second entry; with an own id both are there."""
    text = HEAD + entry("use: cat") + entry("use: cat")
    (problem,) = refused(text)
    assert problem.line == line_with(text, "use: cat") + 1
    assert "second time" in problem.message
    assert not problem.path
    text = HEAD + entry("use: cat") + entry("use: cat", "id: cat-again")
    assert [exercise.id for exercise in parse(text, "", LIBRARY).exercises] == ["cat", "cat-again"]


def test_an_unknown_exercise_asks_did_you_mean() -> None:
    """A slip gets the nearest id, anything else the list, and without a library the folder."""
    (problem,) = refused(HEAD + entry("use: catt"))
    assert problem.where == "exercises[1].use"
    assert problem.hint == "did you mean 'cat'?"
    assert refused(HEAD + entry("use: zzz"))[0].hint == "known: cat"
    assert "zzz.yaml" in refused(HEAD + entry("use: zzz"), {})[0].hint


def test_a_fault_in_a_shared_file_is_told_there_once() -> None:
    """File and line are the shared one's, however often it is used; the routine's own as well."""
    library = {"cat": ("exercises/cat.yaml", CAT.replace("tempo: 3030", "tempo: 303"))}
    text = HEAD.replace("language: en", "language: tlh") + entry("use: cat")
    text += entry("use: cat", "id: two", "dose: {repetitions: 0}")
    language, cat = refused(text, library)
    assert (language.path, language.line) == ("", line_with(text, "tlh"))
    assert (cat.path, cat.line) == ("exercises/cat.yaml", line_with(CAT, "tempo"))
    assert str(cat).startswith("exercises/cat.yaml: line 8: dose.tempo: ")


def test_a_fault_beside_use_is_told_in_the_routine() -> None:
    """What the entry says wrongly stands in the routine's file."""
    text = HEAD + entry("use: cat", "dose: {repetitions: 99}", "positon: supine")
    dose, unknown = refused(text)
    assert (dose.path, dose.line, dose.where) == (
        "", line_with(text, "99"), "exercises[1].dose.repetitions",
    )  # fmt: skip
    assert unknown.where == "exercises[1].positon"


def test_rules_hold_for_the_two_together() -> None:
    """S21: a shared exercise for the low back is not put on the roller by a routine."""
    (problem,) = refused(HEAD + entry("use: cat", "position: roller"))
    assert problem.rule == "S21"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: exercise\n", "", "no kind of file"),
        ("schema: voicecoach/1\n", "", "missing field 'schema'"),
        ("voicecoach/1", "voicecoach/9", "'voicecoach/9' cannot be read"),
        ("id: cat", "id: dog", "'dog' is not the name of the file"),
        ("id: cat", "use: dog\nid: cat", "unknown field 'use'"),
        (CAT, "", "the file is empty"),
        (CAT, "- a", "a group of fields is expected here, not a list"),
        ("name: The cat", "name: The: cat", "this is not YAML"),
    ],
)
def test_a_shared_file_has_a_form(old: str, new: str, message: str) -> None:
    """Header, name of the file, no further `use`: each fault is told with the file."""
    library = {"cat": ("exercises/cat.yaml", CAT.replace(old, new, 1))}
    found = refused(HEAD + entry("use: cat"), library)
    if message == "no kind of file":
        message = "missing field 'kind'"
    assert any(message in problem.message for problem in found), found
    assert all(problem.path == "exercises/cat.yaml" for problem in found)


def test_a_shared_file_can_be_checked_alone() -> None:
    """It is a routine of one exercise then; its faults have no other file."""
    alone = parse_any(CAT, "cat.yaml")
    assert (alone.id, len(alone.exercises), alone.path) == ("cat", 1, "cat.yaml")
    assert alone == parse_exercise(CAT, "cat.yaml")
    (problem,) = refused(CAT.replace("way_out: [Sit back on your heels.]\n", ""))
    assert (problem.rule, problem.path) == ("S30", "")


def test_a_shared_file_is_no_routine() -> None:
    """Read as a routine it says what it is."""
    with pytest.raises(ProblemsError) as caught:
        parse(CAT, "cat.yaml")
    assert any("no routine" in problem.message for problem in caught.value.problems)


def test_words_that_do_not_fit_are_told_with_the_shared_line() -> None:
    """A compiled line that is too long names the file in which its dose stands."""
    routine = using("use: cat")
    lengths = dict.fromkeys(all_lines(routine, LANGUAGE), Ms(400)) | {"seven": Ms(9000)}
    with pytest.raises(ProblemsError) as caught:
        compile_plan(routine, LANGUAGE, lengths)
    problem = caught.value.problems[0]
    assert (problem.path, problem.line) == ("exercises/cat.yaml", line_with(CAT, "dose:"))


def test_warnings_do_not_refuse() -> None:
    """S33: a ball in a shared exercise for the low back is told once, with its line."""
    text = CAT.replace("Let your belly sink", "Squeeze a ball, and let your belly sink")
    routine = using("use: cat", library={"cat": ("exercises/cat.yaml", text)})
    (warning,) = routine.warnings
    assert (warning.rule, warning.path, warning.line) == (
        "S33", "exercises/cat.yaml", line_with(text, "a ball"),
    )  # fmt: skip
    assert replace(routine, warnings=()) == routine
    assert not any(isinstance(exercise.dose, Strokes) for exercise in routine.exercises)
