"""Scripts: lists of texts with pauses."""

from __future__ import annotations

import pytest

from tests.english import parse
from tests.plan.test_compile import compiled
from tests.routine.files import only, problems, swapped
from tests.routine.strategies import without_lines
from voicecoach.plan.narration import FULL
from voicecoach.routine.dump import dump
from voicecoach.track import Pause
from voicecoach.units import Ms

OUT = "way_out: [Put your foot back.]"


def with_out(items: str) -> str:
    """Return the good file with another way out of the knee."""
    return swapped((OUT, f"way_out: [{items}]"))


def test_a_pause_is_read_where_it_stands() -> None:
    """`{pause_s: 2.5}` is two and a half seconds of silence after the text before it."""
    routine = parse(with_out("Put your foot back., {pause_s: 2.5}, Rest."), "x.yaml")
    assert routine.exercises[1].way_out == ("Put your foot back.", Pause(Ms(2500)), "Rest.")


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ("{pause_s: 2}, Rest.", "a pause without a text before it"),
        ("Rest., {pause_s: 2}, {pause_s: 3}", "a pause without a text before it"),
        ("Rest., {pause_s: 0}", "0 is out of range"),
        ("Rest., {pause_s: 61}", "61 is out of range"),
        ("Rest., {pause_s: soon}", "'soon' is not a number"),
        ("Rest., {wait: 2, pause_s: 3}", "unknown field 'wait'"),
        ("Rest., {}", "missing field 'pause_s'"),
    ],
)
def test_what_is_no_pause_is_refused(items: str, message: str) -> None:
    """A pause follows a text, has one field, and lasts half a second to a minute."""
    assert message in only(with_out(items)).message


def test_every_script_takes_pauses() -> None:
    """The way in, the description, the start, the release and the way out."""
    start = (
        "start: [Draw it in., {pause_s: 1}]\n    release: ['{side} foot back.', {pause_s: 2}]\n    "
    )
    text = swapped((OUT, start + OUT))
    exercise = parse(text, "x.yaml").exercises[1]
    assert exercise.start == ("Draw it in.", Pause(Ms(1000)))
    assert exercise.release == ("{side} foot back.", Pause(Ms(2000)))


def test_the_work_is_released_before_the_next() -> None:
    """Before an exercise in the same position the user lets go; before another, gets out."""
    let_go = swapped((OUT, "release: ['Let go of your {side} knee.']\n    " + OUT))
    same = parse(let_go.replace("position: roller", "position: supine"), "x.yaml")
    other = parse(let_go, "x.yaml")
    for routine, line in ((same, "Let go of your right knee."), (other, "Put your foot back.")):
        texts = [cue.text for cue in compiled(routine).between(1, 2).cues]
        assert texts == ["Well done.", line, "Next: Rolling."]


def test_a_start_is_checked_as_all_texts_are() -> None:
    """Halt words, wrong sides and words that need eyes are refused in it (S34)."""
    text = swapped((OUT, "start: [Stop here., Your left foot.]\n    " + OUT))
    assert {problem.rule for problem in problems(text)} == {"S34"}
    assert len(problems(text)) == 2


def test_a_level_may_start_in_its_own_way() -> None:
    """A level's `start` takes the place of the plain one; without, the plain one stays."""
    own = "start: [Draw it in.]\n    easier: {start: [Hold behind your thigh., {pause_s: 1}]}\n    "
    routine = parse(swapped((OUT, own + OUT)), "x.yaml")
    assert without_lines(parse(dump(routine), "x.yaml")) == without_lines(routine)
    knee = routine.exercises[1]
    assert knee.at(-1).start == ("Hold behind your thigh.", Pause(Ms(1000)))
    assert knee.at(0).start == knee.at(1).start == ("Draw it in.",)
    assert knee.variant(-1).dose == knee.dose


@pytest.mark.parametrize(("level", "line"), [(-1, "Rest your hips."), (0, "Raise your hips.")])
def test_the_start_of_the_level_is_spoken(level: int, line: str) -> None:
    """It is the last line before the stretch is led in, also after a rest and on the other side."""
    own = "start: [Raise your hips.]\n    easier: {start: [Rest your hips.]}\n    "
    plan = compiled(parse(swapped((OUT, own + OUT)), "x.yaml"))
    first, second = plan.stations(1, level)[:2]
    for track in (plan.settle(1, level, FULL), plan.bridge(first, second, level)):
        assert [cue.text for cue in track.cues][-2:] == [line, "Stay there."]
