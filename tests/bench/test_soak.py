"""The soak: what it would notice, and a short one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench import soak
from bench.soaked.watch import Soaked, Watch, compare
from tests.effort import thorough
from voicecoach.app import live_threads, reopening
from voicecoach.eventlog.kinds import PartFailed, SessionStarted
from voicecoach.eventlog.lines import to_line
from voicecoach.eventlog.sounds import CueStarted
from voicecoach.track import CueKind


@pytest.mark.parametrize(
    "wrong",
    [{"events_lost": 1}, {"sessions_lost": 1}, {"lost": 1}, {"late_cues": 1}, {"growth_mb": 5.1}],
)
def test_each_loss_is_one(wrong: dict[str, int]) -> None:
    """Without any of them it is whole."""
    assert Soaked().whole
    assert not replace(Soaked(), **wrong).whole


def test_a_line_that_is_missing_and_a_late_cue_are_noticed(tmp_path: Path) -> None:
    """The log on disk is compared to the last byte, the history by the number of its sessions."""
    seen, log = Soaked(), tmp_path / "log"
    watch = Watch(seen)
    for event in (started := SessionStarted(routine="a"), PartFailed(part="device", why="")):
        watch(event)
    cue = CueStarted(t=1.0, id=1, text="one", kind_of_cue=CueKind.COUNT, late_ms=10.1)
    watch(cue)
    assert (seen.late_cues, seen.worst_late_ms, seen.lost) == (1, 10.1, 1)
    log.write_text(to_line(started) + "\n" + to_line(cue) + "\n", "utf-8")
    compare(tmp_path, watch, seen)
    assert (seen.events_lost, seen.sessions_lost) == (1, 1)


@pytest.mark.skipif(not thorough(), reason="5 s of processor time: in a thorough run")
def test_a_short_one_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of an hour: called, a session, and faults."""
    monkeypatch.setattr(reopening, "EVERY_S", soak.QUICKLY_S)
    monkeypatch.setattr(live_threads, "DOZE_S", 0.0)
    found = soak.soak(0.25, seed=1, calls_every_min=4)
    assert found.whole or found.growth_mb > 5  # in so short a time it still loads what it needs
    assert (found.events_lost, found.sessions_lost, found.late_cues) == (0, 0, 0)
    assert found.lost == found.back > 0
    assert found.sessions
