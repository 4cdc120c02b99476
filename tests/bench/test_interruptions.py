"""Every shipped routine, interrupted at moments of all of it, goes on at the right step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.interrupted.proof import Result, at_level, prove, undisturbed
from bench.interrupted.resume import resume_point
from bench.interrupted.trials import KINDS
from bench.interruptions import table
from tests.effort import search, thorough
from voicecoach.app.routine_library import routine_files
from voicecoach.dialog import controls, flow, levels, returning
from voicecoach.dialog.conversation_state import Asking
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import EXERCISE, State
from voicecoach.track import CueKind, Track

EVERY = 4_130 if search() else 12_900 if thorough() else 61_300
"""Milliseconds between two moments."""
STEP = 1700
"""Each routine and kind begins at another moment, so that a quick run meets all parts of a beat."""


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_an_interruption_goes_on_at_the_right_step(kind: str) -> None:
    """Nothing twice, nothing lost, no hold stretched, no side forgotten: `bench/interrupted`."""
    nth = [one.name for one in KINDS].index(kind)
    faults = []
    for i, name in enumerate(routine_files()):
        result = prove(name, kind, EVERY, STEP * (nth + 3 * i) % EVERY)
        assert result.moments
        faults += [(name, *fault) for fault in result.faults]
    assert not faults, faults[:5]


@pytest.fixture
def spoiled_apart() -> Iterator[None]:
    """Keep what a spoiled coach does out of the sessions that other tests compare with."""
    for known in (False, True):
        undisturbed("upper-back-at-home", known)
    yield
    at_level.cache_clear()


def test_every_kind_of_step_is_met() -> None:
    """The routines have counts, strokes, holds, breaths and silences, and all states on the way."""
    phases = [phase for name in routine_files() for phase in undisturbed(name).phases]
    assert {phase.state for phase in phases} == EXERCISE | {State.WELCOME, State.CLOSING}
    assert {sound.cue.kind for phase in phases for sound in phase.sounds} == set(CueKind)


@pytest.fixture
def kept() -> Iterator[None]:
    """Compare with a session of the coach as it is, and keep none of a spoiled one."""
    undisturbed("upper-back-at-home")
    yield
    for sessions in (undisturbed, at_level):
        sessions.cache_clear()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("spoiled", "kind", "fault"),
    [
        ("whole", "stop", "before it goes on"),
        ("late", "stop", "stretches or shortens"),
        ("silent", "stop", "does not say where to be"),
        ("hasty", "long pause", "gives no time"),
        ("forgetful", "pause in the advice", "loses"),
        ("stubborn", "easier", "does not find its way back"),
        ("far", "back", "does not find its way back"),
    ],
)
@pytest.mark.usefixtures("spoiled_apart")
def test_the_rules_notice(
    spoiled: str, kind: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hold that begins again, that is stretched, a resume without a word, or without time, and so
    on: the proof names each.
    """
    left = Track.left
    if spoiled == "whole":
        monkeypatch.setattr(Track, "left", lambda self, at, lengths: self)
    elif spoiled == "late":
        monkeypatch.setattr(
            Track, "left", lambda self, at, lengths: _stretched(left(self, at, lengths))
        )
    elif spoiled == "silent":
        monkeypatch.setattr(returning, "position", lambda s: [])
        monkeypatch.setattr(SessionContext, "settle", lambda self: self.lead_in())
    elif spoiled == "hasty":
        monkeypatch.setattr(SessionContext, "settle", lambda self: self.lead_in())
    else:
        _spoil(spoiled, monkeypatch)
    result = prove("upper-back-at-home", kind, 1900)
    assert any(fault in text for _, text in result.faults), result.faults[:3]


def _spoil(spoiled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the coach forget what it was saying, or the level, or go back too far."""
    if spoiled == "forgetful":
        monkeypatch.setattr(Asking, "take_cut", lambda self: ())
    elif spoiled == "stubborn":
        monkeypatch.setattr(levels, "_set_level", lambda s, level: None)
    else:
        begin = flow.exercise
        monkeypatch.setattr(
            controls.flow, "exercise", lambda s, index, lines=(): begin(s, max(0, index - 1), lines)
        )


def _stretched(track: Track) -> Track:
    """Return a track with half a second more before its second cue."""
    later = [cue.later(500) for cue in track.cues[1:]]
    return replace(track, cues=(*track.cues[:1], *later), length=track.length + 500)


def test_the_rules_know_where_to_go_on() -> None:
    """In a silence the rest of it is left; a cut line comes again; of a count-down, its first."""
    reference = undisturbed("upper-back-at-home")
    hold = next(phase for phase in reference.phases if phase.state.value == "holding")
    breath = next(s for s in hold.sounds if s.cue.kind is CueKind.BREATH)
    last = hold.sounds[-1]
    assert resume_point(hold, breath.at + 10).at == breath.at
    assert resume_point(hold, breath.end + 10).at == breath.end + 10
    assert resume_point(hold, last.at + 10).at == last.at - 2000
    assert resume_point(hold, hold.end - 1).at == last.at - 2000


def test_the_table_tells_what_went_wrong() -> None:
    """A row for a routine, a column for a kind, and the sum below."""
    results = [Result("a", kind.name, 10, ()) for kind in KINDS[1:]]
    results.insert(0, Result("a", KINDS[0].name, 10, ((3, "lost"), (3, "twice"), (4, "lost"))))
    lines = table(results).splitlines()
    assert lines[2].startswith("| a | 8/10 | 10 | 10 |")
    moments = 10 * len(KINDS)
    assert lines[-1] == f"{moments - 2} of {moments} interruptions go on at the right step."
