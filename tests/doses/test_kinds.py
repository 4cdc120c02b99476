"""What every registered kind of dose must do, whatever it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.doses.kinds import STRATEGIES, doses
from tests.doses.strategies import length, lineless, uneven
from tests.english import LANGUAGE, SAY, parse
from tests.module_graph import NAMES, imported, within
from tests.screening.people import move, routine
from voicecoach.doses.base import Dose, Manner
from voicecoach.doses.hold import Hold
from voicecoach.doses.registry import KINDS, register
from voicecoach.plan.compile import all_lines
from voicecoach.plan.plan import PACES
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Position, Routine
from voicecoach.track import CueKind, Lengths, TightError

SOON = settings(deadline=None, max_examples=100)
MANNERS = st.builds(Manner, st.sampled_from(PACES), st.booleans(), st.booleans())


def alone(dose: Dose) -> Routine:
    """Return a routine of `dose` alone, with what rolling needs."""
    position = Position.ROLLER if dose.rolls else Position.SUPINE
    return routine(move("trial", position, dose, assess="How does it feel?"))


def again(dose: Dose) -> Dose:
    """Return `dose` after it was written to a file and read, which must find no problem."""
    read = parse(dump(alone(dose)), "x.yaml").exercises[0].dose
    return lineless(read)


def test_the_kinds_are_found_by_their_modules() -> None:
    """Each is known by its name, and none of the four basic ones is left out."""
    assert {"hold_s", "relax_min", "repetitions", "strokes"} <= set(KINDS)
    assert all(name == kind.NAME for name, kind in KINDS.items())


def test_two_kinds_have_two_names() -> None:
    """A second kind of the same name is a mistake of the program, and the first one stays."""
    with pytest.raises(ValueError, match="hold_s"):
        register(type("Other", (Dose,), {"NAME": "hold_s"}))
    assert KINDS["hold_s"] is Hold


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_fields_have_names_of_their_own(kind: type[Dose]) -> None:
    """The name is among the required fields; no field is both required and optional."""
    assert kind.NAME in kind.REQUIRED
    assert not set(kind.REQUIRED) & set(kind.OPTIONAL)
    assert not set(kind.INSTRUCTIONS) - {*kind.REQUIRED, *kind.OPTIONAL}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_dose_round_trips(kind: type[Dose]) -> None:
    """Written to a file and read again it is the same, all its fields among the known ones."""

    @SOON
    @given(STRATEGIES[kind])
    def check(dose: Dose) -> None:
        assert type(dose) is kind
        assert again(dose) == dose
        assert set(dose.write()) <= {*kind.REQUIRED, *kind.OPTIONAL}

    check()


@SOON
@given(doses(), MANNERS, st.data())
def test_every_line_of_a_track_was_announced(dose: Dose, how: Manner, data: st.DataObject) -> None:
    """All that a set says is among the lines that are rendered before, at any pace and from any
    repetition on; a track counts what it should, keeps its length, and can be entered.
    """
    known = all_lines(alone(dose), LANGUAGE)
    first = data.draw(st.integers(1, max(1, dose.count)))
    try:
        track = dose.track(SAY, length, how, first)
    except TightError:
        assert how.pace < 100
        return
    assert {cue.text for cue in track.cues if cue.text} <= known
    assert dose.dose_line(SAY) in known
    counts = [cue.n for cue in track.cues if cue.kind is CueKind.COUNT]
    assert counts == list(range(first, dose.count + 1))
    assert all(cue.at + length(cue.text) <= track.length for cue in track.cues)
    assert track.cues[0].enter


@SOON
@given(doses(), MANNERS, st.data())
def test_the_breath_alternates(dose: Dose, how: Manner, data: st.DataObject) -> None:
    """No two cues in a row ask for the same breath, whatever the dose, the pace and the words."""
    slow = data.draw(st.integers(10, 45))
    first = data.draw(st.integers(1, max(1, dose.count)))
    try:
        track = dose.track(SAY, uneven(slow), how, first)
    except TightError:
        return
    breaths = [cue.breath for cue in track.cues if cue.breath]
    assert all(a is not b for a, b in pairwise(breaths))
    assert all(cue.text for cue in track.cues if cue.breath)


@SOON
@given(doses())
def test_lighter_is_legal_and_less(dose: Dose) -> None:
    """S27, S22, S23: the lighter dose can stand in a file, and takes less time than before."""
    lighter = dose.lighter()
    if lighter is not None:
        assert again(lighter) == lighter
        assert work(lighter) < work(dose)


def work(dose: Dose) -> int:
    """Return how long all sets take without their rests, in ms."""
    return dose.sets * dose.track(SAY, Lengths(lambda _: length("")), Manner()).length


@SOON
@given(doses())
def test_lighter_comes_to_an_end(dose: Dose) -> None:
    """What is made lighter again and again is at last as light as it gets."""
    lighter: Dose | None = dose
    for _ in range(dose.sets + 10):
        lighter = lighter and lighter.lighter()
    assert lighter is None


@SOON
@given(doses())
def test_one_set_and_unhurried_are_legal(dose: Dose) -> None:
    """S17, S19: both can stand in a file; one set is one, and without haste nothing is shorter."""
    one, slow = dose.one_set(), dose.unhurried()
    assert one.sets == 1
    assert again(one) == one
    assert again(slow) == slow
    assert work(slow) >= work(dose)


KIND_MODULES = {kind.__module__ for kind in KINDS.values()}
NAMED_IN = {
    "routine.exercise": "a stand-in for a dose that could not be read",
}


def test_no_other_module_names_a_kind() -> None:
    """What is not a kind asks a dose, so that a new kind is one file and its test."""
    users = {
        name for name in NAMES if not within(name, {"doses"}) and imported(name) & KIND_MODULES
    }
    assert users == set(NAMED_IN)
