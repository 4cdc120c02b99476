"""The list of rules is whole, names real places, and each rule has a test."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from voicecoach.app.routine_library import routine_files
from voicecoach.routine.model import Caution
from voicecoach.screening.facts import Fact
from voicecoach.screening.person import CAUTIONS, RULES
from voicecoach.screening.questions import QUESTIONS
from voicecoach.screening.refusal import NO_SESSION
from voicecoach.screening.rules import Certainty, Rule, Stage, parse_rules, rule, rules

TESTS = Path(__file__).parents[1]
EXPECTED = {f"S{n}" for n in (*range(1, 38), *range(39, 43))} - {"S28"}
"""S28 was never given to a rule."""


def test_all_rules_are_there() -> None:
    """All of them, each once, each with words for all that is printed."""
    assert {rule.id for rule in rules()} == EXPECTED
    for one in rules():
        assert one.trigger
        assert one.effect
        assert one.source
        assert one.certainty
        assert one.today
        assert one.where


STAGES = {
    Stage.DURING: "S1 S2 S3 S4 S5 S6 S7 S8 S25 S26 S29",
    Stage.BEFORE: "S9 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19 S20 S31 S39 S40 S41",
    Stage.ROUTINE: "S21 S22 S23 S24 S30 S32 S33 S34 S35 S36 S37",
    Stage.AFTER: "S27 S42",
}


@pytest.mark.parametrize("stage", Stage, ids=lambda stage: stage.value)
def test_rules_stand_where_they_belong(stage: Stage) -> None:
    """Each rule belongs to its stage."""
    assert {rule.id for rule in rules() if rule.stage is stage} == set(STAGES[stage].split())


@pytest.mark.parametrize("one", rules(), ids=lambda one: one.id)
def test_where_a_rule_is_held_exists(one: Rule) -> None:
    """The places that a rule names are modules of the package, or names in them."""
    for place in one.where:
        module, _, name = place.rpartition(".")
        try:
            import_module(f"voicecoach.{place}")
        except ModuleNotFoundError:
            assert hasattr(import_module(f"voicecoach.{module}"), name), place


def exercised() -> set[str]:
    """Return the rules that tests name: by a mark, a name (`test_s5_...`), or a spoilt file."""
    examples = (TESTS / "routine").glob("*/*.yaml")  # files that tests/routine/test_bad.py reads
    heads = (path.read_text("utf-8").split("\n")[0] for path in examples)
    found = {head.split()[2] for head in heads if head.startswith("# expect: ")}
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"mark\.rule\(\"(S\d+)\"\)", text))
        for name in re.findall(r"^def test_((?:s\d+_)+)", text, re.MULTILINE):
            found |= {part.upper() for part in name.strip("_").split("_")}
    return found


@pytest.mark.parametrize("one", rules(), ids=lambda one: one.id)
def test_each_rule_has_a_test(one: Rule) -> None:
    """At least one test is marked with, or named after, the rule."""
    assert one.id in exercised()


def test_no_test_names_a_rule_that_is_not() -> None:
    """What tests name are rules of the list."""
    assert exercised() <= EXPECTED


def test_the_rules_of_the_code_are_rules_of_the_list() -> None:
    """Questions, facts and refusals name rules that exist; every rule before a session is asked."""
    asked = {id_ for question in QUESTIONS for id_ in question.rules}
    assert asked | set(RULES.values()) | {id_ for id_, _ in NO_SESSION.values()} <= EXPECTED
    assert asked >= set(STAGES[Stage.BEFORE].split()) - {"S41"}


def test_every_caution_is_brought_by_a_fact() -> None:
    """No caution that a file may name goes unasked."""
    assert set().union(*CAUTIONS.values()) == set(Caution)
    assert set(RULES) == set(CAUTIONS)
    assert Fact.SEEN not in CAUTIONS


def test_s18_names_shipped_routines() -> None:
    """S18: the routines that are off, or need a yes, are shipped under these names."""
    named = {*rule("S18").routines_off, *rule("S18").routines_agreed}
    assert named <= set(routine_files())
    assert len(named) == 5


ONE = """
[[rule]]
id = "S1"
stage = "during"
trigger = "a"
effect = "b"
source = "c"
certainty = "A/B"
where = ["units"]
today = "runs"
"""


def test_a_rule_is_read() -> None:
    """Several letters of certainty make one list."""
    (one,) = parse_rules(ONE)
    assert one.certainty == (Certainty.A, Certainty.B)
    assert one.letters == "A/B"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (ONE + ONE, ValueError),
        (ONE.replace('"A/B"', '"E"'), KeyError),
        (ONE.replace('"during"', '"never"'), ValueError),
        (ONE.replace("source", "sauce"), TypeError),
    ],
)
def test_a_bad_list_is_refused(text: str, error: type[Exception]) -> None:
    """A rule given twice, an unknown letter or stage, or a missing part is an error."""
    with pytest.raises(error):
        parse_rules(text)
