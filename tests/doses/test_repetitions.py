"""Repetitions: their tempo in the file and on the beat, and what is less."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from tests.doses.reading import faults, read
from tests.doses.strategies import RESTS, SETS, cues, length, words
from tests.english import SAY
from voicecoach.doses.base import Activity, Manner
from voicecoach.doses.beats import Phase
from voicecoach.doses.repetitions import Repetitions, Tempo
from voicecoach.track import Breath, Lengths
from voicecoach.units import Ms

SLOW = Repetitions(
    9, Tempo(3, 1, 2, 0), sets=3, breath={Phase.LOWER: Breath.IN, Phase.LIFT: Breath.OUT}
)


def repetitions() -> st.SearchStrategy[Repetitions]:
    """Return up to four repetitions; each moving phase has two seconds or more for its words."""
    move, pause = st.integers(2, 5), st.integers(0, 2)
    phases = (Phase.LOWER, Phase.LIFT)
    return st.builds(
        Repetitions,
        count=st.integers(1, 4),
        tempo=st.builds(Tempo, move, pause, move, pause),
        first=st.sampled_from(phases),
        sets=SETS,
        rest=RESTS,
        breath=cues(phases),
        words=words(phases),
        line=st.just(0),
        path=st.just(""),
    )


DOSES = repetitions()


def test_what_they_are() -> None:
    """They are counted and strained; no roller is used, and they are no rest."""
    assert SLOW.activity is Activity.COUNTING
    assert (SLOW.count, SLOW.timed, SLOW.rolls, SLOW.rests, SLOW.strained) == (
        9, False, False, False, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "turn", "opening"),
    [(Phase.LOWER, 4000, "Breathe in"), (Phase.LIFT, 2000, "breathe out")],
)
def test_the_first_phase_decides_where_the_second_begins(
    first: Phase, turn: int, opening: str
) -> None:
    """The code keeps its order: with ``first: lift``, "3120" turns after the lift's two seconds."""
    dose = Repetitions(2, Tempo(3, 1, 2, 0), first, breath=SLOW.breath)
    count, second, *_ = dose.track(SAY, length, Manner()).cues
    assert second.at - count.at == turn
    assert count.text == f"one, {opening.lower()}"
    assert count.breath is dose.breath[first]
    assert not second.enter


def test_a_slower_pace_stretches_every_part() -> None:
    """At 150 per cent turn and length are half as long again, to the millisecond."""
    track = SLOW.track(SAY, length, Manner(pace=150), first=8)
    assert [cue.at for cue in track.cues] == [0, 6000, 9000, 15_000]
    assert track.length == 18_000


def test_less_is_a_set_fewer_and_then_two_thirds() -> None:
    """Three sets become two, then one; nine become six, four, two, one, and there is no less."""
    found = []
    dose: Repetitions | None = SLOW
    while dose := dose.lighter():
        found.append((dose.sets, dose.count))
    assert found == [(2, 9), (1, 9), (1, 6), (1, 4), (1, 2), (1, 1)]
    assert SLOW.unhurried() == SLOW
    assert SLOW.one_set().sets == 1


def test_what_is_not_given_is_that_of_the_plain_dose() -> None:
    """A level changes its own fields alone."""
    level = read("{tempo: 4130, words: {lift: press}}", SLOW)
    assert isinstance(level, Repetitions)
    assert (level.count, level.sets, str(level.tempo)) == (9, 3, "4130")
    assert (level.breath, level.words) == (SLOW.breath, {Phase.LIFT: "press"})


def test_s23_each_way_takes_a_second() -> None:
    """A tempo without time to lower or to lift is refused by its rule."""
    for tempo in ("0120", "3100"):
        (problem,) = faults(f"{{repetitions: 5, tempo: '{tempo}'}}")
        assert (problem.where, problem.rule) == ("tempo", "S23")


@pytest.mark.parametrize(
    ("lift", "kept"),
    [
        ("{side} arm, {other_side} leg, breathe out", "left arm, right leg"),
        ("breathe out, turn {side}", "turn left"),
    ],
)
def test_the_side_is_said_where_there_is_no_room_for_all_words(lift: str, kept: str) -> None:
    """As after "eleven": which arm it is matters more than the breath."""
    dose = Repetitions(
        1,
        Tempo(3, 0, 4, 0),
        Phase.LIFT,
        alternate=True,
        breath=SLOW.breath,
        words={Phase.LIFT: lift},
    )
    room = len(SAY.sided(f"one, {lift}", dose.side(1)))
    for letters, said in ((room, f"one, {lift}"), (room - 1, f"one, {kept}")):
        length = Lengths(lambda text, most=letters: Ms(5000 if len(text) > most else 1000))
        assert dose.track(SAY, length, Manner()).cues[0].text == SAY.sided(said, dose.side(1))
