"""A guided rest: what the file may say, and what is said in it and when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.doses.reading import faults, read
from tests.doses.strategies import BREATHS, length, phrases, uneven
from tests.english import SAY
from voicecoach.doses.base import Activity, Manner
from voicecoach.doses.relaxation import END, Relaxation
from voicecoach.track import CueKind, Lengths, Track
from voicecoach.units import Ms

TEXT = "{relax_min: 15, cues: [Let your shoulders grow heavy., Your back spreads.]}"


@st.composite
def relaxations(draw: st.DrawFn, most: int = 6) -> Relaxation:
    """Return rests of one to `most` minutes, with one cue a minute at most."""
    halves = draw(st.integers(2, 2 * most))
    cues = draw(st.lists(phrases(2), min_size=1, max_size=halves // 2))
    return Relaxation(
        length=Ms(30_000 * halves),
        breath_in=draw(BREATHS),
        breath_out=draw(BREATHS),
        cues=tuple(f"{text.capitalize()}." for text in cues),
    )


DOSES = relaxations()


def rest(wordy: bool = True) -> Track:
    """Return the track of a rest of fifteen minutes."""
    return read(TEXT).track(SAY, length, Manner(wordy=wordy))


def said(track: Track, *texts: str) -> list[float]:
    """Return the seconds at which one of `texts` is said."""
    return [cue.at / 1000 for cue in track.cues if cue.text in texts]


def test_what_it_is() -> None:
    """It is a rest: timed, not strained, done once, and there is nothing lighter."""
    dose = read(TEXT)
    assert dose.activity is Activity.HOLDING
    assert (dose.count, dose.timed, dose.rolls, dose.rests, dose.strained) == (
        0, True, False, True, False,
    )  # fmt: skip
    assert (dose.sets, dose.rest, dose.lighter()) == (1, 0, None)
    assert dose.one_set() == dose.unhurried() == dose
    with pytest.raises(TypeError):
        Relaxation(Ms(60_000), sets=2)  # type: ignore[call-arg]


def test_a_rest_of_fifteen_minutes() -> None:
    """Breathing for a minute and again every two or three, check-ins, time left, a soft end."""
    track = rest()
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
    track = rest()
    first, second = said(track, "Let your shoulders grow heavy.", "Your back spreads.")
    assert 180 < first < 360
    assert 600 < second < 760


def test_less_talking_leaves_the_rest_its_quiet() -> None:
    """With counts only, breathing is led once; check-ins and times stay, and the end is soft."""
    track = rest(wordy=False)
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
    spans = uneven(letter)
    track = dose.track(SAY, spans, Manner(wordy=wordy))
    starts, ends = zip(*map(spans.span, track.cues), strict=True)
    quiet = [b - a for a, b in zip(ends, [*starts[1:], track.length], strict=True)]
    assert min(quiet) > 0
    assert max(quiet) <= (180_000 if wordy else 300_000)
    own = sorted(cue.text for cue in track.cues if cue.text in dose.cues)
    assert own == (sorted(dose.cues) if wordy else [])
    assert track.cues[-1].at == dose.length - END
    left = [(cue.n, dose.length - cue.at) for cue in track.cues if cue.kind is CueKind.MARK]
    assert all(n * 1000 == ms for n, ms in left)
    assert all(cue.enter for cue in track.cues if cue.text != SAY.say("breathe_out"))


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("relax_min: 15", "relax_min: 31", "relax_min", "out of range"),
        ("relax_min: 15", "relax_min: 0.5, breath: {}", "breath", "no breathing"),
        ("relax_min: 15", "relax_min: 15.2", "relax_min", "15.2 minutes"),
        ("relax_min: 15", "relax_min: 15, sets: 2", "sets", "unknown field"),
        ("relax_min: 15", "relax_min: 1.5", "", "2 cues in 1.5 minutes"),
        (", cues: [Let your shoulders grow heavy., Your back spreads.]", "", "cues", "missing"),
        ("Your back spreads.", "Feel it like this.", "cues[2]", "needs eyes"),
        ("Your back spreads.", "'Your {side} spreads.'", "cues[2]", "not known here"),
    ],
)
def test_faults_of_a_rest(old: str, new: str, where: str, message: str) -> None:
    """Length, breathing, sets and sentences are checked, each told at its place."""
    found = faults(TEXT.replace(old, new, 1))
    assert any(p.where.endswith(where) and message in p.message for p in found), found


def test_a_missing_kind_is_guessed_by_its_cues() -> None:
    """Without ``relax_min`` the cues tell what is meant."""
    (problem,) = faults(TEXT.replace("relax_min: 15, ", ""))
    assert problem.message == "missing field 'relax_min'"


def test_a_shorter_level_has_too_many_of_the_plain_cues() -> None:
    """The level inherits the cues, and they are counted against its own length."""
    (problem,) = faults("{relax_min: 1.5}", read(TEXT))
    assert problem.message == "2 cues in 1.5 minutes"


@pytest.mark.parametrize("half_minutes", range(2, 61))
def test_the_times_left_do_not_depend_on_lengths(half_minutes: int) -> None:
    """Every line is rendered before the session, when no length is known yet."""
    dose = Relaxation(Ms(30_000 * half_minutes))
    lines = [
        [
            cue.text
            for cue in dose.track(SAY, Lengths(lambda _, ms=ms: Ms(ms)), Manner(wordy=False)).cues
            if cue.kind is CueKind.MARK
        ]
        for ms in (0, 800, 2500)
    ]
    assert lines[0] == lines[1] == lines[2]
