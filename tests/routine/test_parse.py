"""The parser: what a good file gives, and one problem of each kind."""

from __future__ import annotations

import pytest

from tests.english import parse
from tests.routine.files import GOOD, line_with, only, problems, swapped
from voicecoach.doses.beats import Phase
from voicecoach.doses.hold import Hold
from voicecoach.doses.repetitions import Repetitions, Tempo
from voicecoach.doses.strokes import Strokes
from voicecoach.errors import ProblemsError
from voicecoach.routine.model import Frequency, Per, Position
from voicecoach.yaml_reader.text_lint import Sides


def test_a_good_file_gives_its_routine() -> None:
    """Fields come out typed, seconds as milliseconds, and exercises know their line."""
    routine = parse(GOOD, "small.yaml")
    bridge, knee, rolling = routine.exercises
    assert (routine.id, routine.path, routine.equipment) == ("small", "small.yaml", ("a mat",))
    assert bridge.position is Position.SUPINE
    assert isinstance(bridge.dose, Repetitions)
    assert (bridge.dose.count, bridge.dose.tempo) == (8, Tempo(3, 1, 2, 0))
    assert (bridge.dose.first, bridge.dose.rest) == (Phase.LIFT, 20_000)
    assert isinstance(knee.dose, Hold)
    assert (knee.dose.length, knee.dose.breath_in, knee.sides) == (25_000, 4000, Sides.EACH)
    assert isinstance(rolling.dose, Strokes)
    assert (rolling.dose.one_way, rolling.settle) == (3000, 8000)
    assert bridge.line == line_with(GOOD, "id: bridge")


def test_a_level_takes_what_it_does_not_name_from_the_plain_dose() -> None:
    """The easier bridge differs in its repetitions alone."""
    bridge = parse(GOOD, "").exercises[0]
    easier = bridge.variant(-1).dose
    assert isinstance(easier, Repetitions)
    assert (easier.count, easier.sets, str(easier.tempo)) == (5, 2, "3120")
    assert bridge.variant(1).dose == bridge.dose


def test_a_level_may_have_a_dose_of_another_kind() -> None:
    """Strokes may become a hold, which then stands alone."""
    text = swapped(("dose: {repetitions: 5}", "dose: {hold_s: 10}"))
    assert parse(text, "").exercises[0].variant(-1).dose == Hold(10_000, line=22)


def test_yaml_types_mangle_nothing() -> None:
    """A tempo that looks octal and a name that looks like a truth value stay as written."""
    text = swapped(("tempo: 3120", "tempo: 0210"), ("name: Bridge", "name: No"))
    assert only(text).message == "'0210' leaves no time to move"
    text = swapped(("tempo: 3120", "tempo: 0x10"), ("name: Bridge", "name: No"))
    assert "0x10" in only(text).message
    assert parse(swapped(("name: Bridge", "name: No")), "").exercises[0].name == "No"


def test_all_problems_come_at_once_in_order_of_lines() -> None:
    """Five faults in one file are five problems, each at its own line."""
    text = swapped(
        ("language: en", "language: tlh"),
        ("position: supine", "position: supin"),
        ("tempo: 3120", "tempo: abc"),
        ("sides: each", "sides: both"),
        ("stroke_s: 3", "stroke_s: 9"),
    )
    with pytest.raises(ProblemsError) as raised:
        parse(text, "my.yaml")
    found = raised.value.problems
    marks = ["tlh", "supin", "abc", "both", "stroke_s: 9"]
    assert [problem.line for problem in found] == [line_with(text, mark) for mark in marks]
    assert raised.value.what == "my.yaml: 5 problems"
    assert raised.value.next_step


CASES = [
    ("schema: voicecoach/1", "schema: voicecoach/2", "schema", "cannot be read", "voicecoach/1"),
    ("id: small", "id: Small One", "id", "cannot be an id", "small letters"),
    ("id: small", "id: small\nid: two", "", "'id' for the second time", "line 2"),
    ("language: en", "language: de", "language", "unknown language", "speaks en"),
    ("equipment:", "equipmant:", "equipmant", "unknown field", "'equipment'"),
    ("summary: Two moves on a mat.", "summary:", "summary", "no value", ""),
    ("summary: Two moves on a mat.", "summary: ...", "summary", "without a word", ""),
    ("summary: Two moves on a mat.", "summary: [a]", "summary", "one value is expected", "quotes"),
    ("sources: []", "sources: me", "sources", "a list is expected", "dash"),
    ("author: Jo Bloggs\n", "", "author", "missing field 'author'", ""),
    ("position: supine", "position: prune", "exercises[1].position", "'prune'", "'prone'"),
    ("position: supine", "position: zzz", "exercises[1].position", "'zzz'", "one of: supine"),
    ("regions: [hip]", "regions: []", "exercises[1].regions", "empty list", ""),
    ("regions: [hip]", "regions: [hip, hip]", "exercises[1].regions[2]", "second time", ""),
    ("id: knee", "id: bridge", "exercises[2].id", "'bridge' for the second time", "line 11"),
    ("repetitions: 8", "repetitions: eight", "exercises[1].dose.repetitions", "not a number", ""),
    ("repetitions: 8", "repetitions: 0", "exercises[1].dose.repetitions", "range", "1 to 50"),
    ("repetitions: 8", "repetitions: 2.5", "exercises[1].dose.repetitions", "whole number", ""),
    ("repetitions: 8", "hold_s: 8, repetitions: 8", "exercises[1].dose", "in one dose", "one of"),
    (
        "repetitions: 8,",
        "repetition: 8,",
        "exercises[1].dose.repetition",
        "unknown field",
        "repetitions",
    ),
    ("tempo: 3120, ", "", "exercises[1].dose.tempo", "missing field 'tempo'", ""),
    ("tempo: 3120", "tempo: 312", "exercises[1].dose.tempo", "not a tempo", "four digits"),
    ("first: lift", "first: there", "exercises[1].dose.first", "'there'", "lower, lift"),
    ("rest_s: 20", "rest_s: 20 s", "exercises[1].dose.rest_s", "not a number", "without a unit"),
    ("hold_s: 25", "hold_s: 90", "exercises[2].dose.hold_s", "out of range", "S23"),
    ("in_s: 4", "in_s: 12", "exercises[2].dose.breath.in_s", "12 is out of range", "S24"),
    (", breath: {in_s: 4, out_s: 6}", "", "exercises[2].dose.breath", "missing", "S24"),
    ("{in_s: 4, out_s: 6}", "{}", "exercises[2].dose.breath", "no breathing", "S24"),
    ("hold_s: 25", "hold_s: 9", "exercises[2].dose.hold_s", "9 is out of range", "S23"),
    ("hold_s: 25", "hold_s: 25, as: push", "exercises[2].dose.as", "'push'", "effort"),
    ("hold_s: 25", "hold_s: 301, as: effort", "exercises[2].dose.hold_s", "301", "S23"),
    ("strokes: 10", "strokes: 16", "exercises[3].dose.strokes", "16 is out of range", "S22"),
    ("strokes: 10", "strokes: 4", "exercises[3].dose.strokes", "24 s are no set", "S22"),
    ("stroke_s: 3", "stroke_s: 1.9", "exercises[3].dose.stroke_s", "1.9 is out", "S22"),
    ("    assess: How does it feel?\n", "", "exercises[3].assess", "missing", "S22"),
    ("[upper-back]", "[upper-back, low-back]", "exercises[3].regions", "never", "S21"),
    ("[upper-back]", "[neck]", "exercises[3].regions", "never goes on the neck", "S21"),
    ("    way_out: [Put your foot back.]\n", "", "exercises[2].way_out", "missing", "S30"),
    ("way_out: [Put your foot back.]", "way_out: []", "exercises[2].way_out", "empty list", "S30"),
    ("      dose: {repetitions: 5}", "      {}", "exercises[1].easier", "nothing that differs", ""),
    ("{repetitions: 5}", "{repetitions: 99}", "exercises[1].easier.dose.repetitions", "99", "50"),
    ("{repetitions: 5}", "{strokes: 12}", "exercises[1].easier.dose.stroke_s", "missing", ""),
    ("name: Bridge", f"name: {'Bridge ' * 9}", "exercises[1].name", "characters", "at most 60"),
    ("{repetitions: 5}", "{holds: 5}", "exercises[1].easier.dose.holds", "unknown", "words"),
    ("short: Raise", "settle_s: 61\n    short: Raise", "exercises[1].settle_s", "range", "pause"),
]


@pytest.mark.parametrize(("old", "new", "where", "message", "hint"), CASES)
def test_each_fault_gives_one_problem(
    old: str, new: str, where: str, message: str, hint: str
) -> None:
    """One fault gives exactly one problem: at its place, saying what is wrong and what to do."""
    problem = only(swapped((old, new)))
    assert problem.where == where
    assert message in problem.message
    assert hint in str(problem)
    assert problem.line > 0


def test_a_broken_plain_dose_is_not_reported_again_in_its_levels() -> None:
    """The level inherits the broken tempo without a second problem."""
    assert only(swapped(("tempo: 3120", "tempo: x"))).where == "exercises[1].dose.tempo"
    text = swapped(("{repetitions: 8, tempo: 3120, first: lift, sets: 2, rest_s: 20}", "{sets: 2}"))
    assert only(text).where == "exercises[1].dose"


def test_a_missing_kind_hides_no_bad_value() -> None:
    """A dose without its main field is read as what the others make likely."""
    text = swapped(("{repetitions: 8, tempo: 3120", "{tempo: 1"))
    assert [problem.where for problem in problems(text)] == [
        "exercises[1].dose.repetitions",
        "exercises[1].dose.tempo",
    ]


def test_the_value_of_a_misspelt_field_is_read_as_what_is_meant() -> None:
    """The misspelling hides neither a bad value nor the fault that depends on it."""
    text = swapped(("position: supine", "postion: supin"), ("assess:", "asess:"))
    assert [problem.where for problem in problems(text)] == [
        "exercises[1].position",
        "exercises[1].postion",
        "exercises[3].asess",
    ]


def test_a_bad_exercise_hides_no_other() -> None:
    """An exercise that is no group of fields is noted, and the others are still read."""
    text = swapped(("exercises:\n", "exercises:\n  - just a text\n"), ("hold_s: 25", "hold_s: x"))
    assert [problem.where for problem in problems(text)] == [
        "exercises[1]",
        "exercises[3].dose.hold_s",
    ]


def test_too_many_exercises_are_refused() -> None:
    """Fifty are taken, one more is not."""
    head, knee = GOOD.split("  - id: bridge")[0], GOOD.split("  - ")[2].split("  - ")[0]
    many = [f"  - {knee}".replace("id: knee", f"id: knee-{n}") for n in range(51)]
    assert len(parse(head + "".join(many[:50]), "").exercises) == 50
    assert only(head + "".join(many)).message == "51 exercises"


def test_how_often_may_be_said() -> None:
    """The frequency has a number, a unit and words; all three are checked."""
    text = swapped(
        ("exercises:", "frequency: {times: 2, per: day, say: morning and night}\nexercises:")
    )
    assert parse(text, "").frequency == Frequency(2, Per.DAY, "morning and night")
    assert parse(GOOD, "").frequency is None
    bad = text.replace("times: 2, per: day, ", "times: 8, per: month, ").replace(
        "morn", "Stop. morn"
    )
    assert [problem.where for problem in problems(bad)] == [
        "frequency.per",
        "frequency.say",
        "frequency.times",
    ]


def test_kinds_of_hold_have_their_lengths() -> None:
    """S23: a stretch, a long one, an effort and a massage; a level may be of another kind."""
    for kind, least, most in (
        ("stretch", 10, 30),
        ("long", 10, 300),
        ("effort", 5, 300),
        ("timed", 10, 300),
    ):
        for seconds in (least, most):
            text = swapped(("hold_s: 25", f"hold_s: {seconds}, as: {kind}"))
            assert isinstance(parse(text, "").exercises[1].dose, Hold)
        for seconds in (least - 1, most + 1):
            assert only(swapped(("hold_s: 25", f"hold_s: {seconds}, as: {kind}"))).rule == "S23"
    level = "    easier: {dose: {as: stretch}}\n  - id: rolling"
    text = swapped(("hold_s: 25", "hold_s: 45, as: long"), ("  - id: rolling", level))
    problem = only(text)
    assert (problem.where, problem.rule) == ("exercises[2].easier.dose.as", "S23")
