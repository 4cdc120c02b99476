"""The hour in real time: what it would notice. The hour itself needs a virtual card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.hour import Hour, Lateness
from bench.soaked.watch import Watch
from voicecoach.eventlog.sounds import CueStarted
from voicecoach.track import CueKind


@pytest.mark.parametrize(
    "wrong", [{"events_lost": 1}, {"sessions_lost": 1}, {"lost": 1}, {"late_cues": 1}, {"gaps": 1}]
)
def test_each_loss_is_one(wrong: dict[str, int]) -> None:
    """Without any of them it is whole."""
    assert Hour().whole
    assert not replace(Hour(), **wrong).whole
    assert replace(Hour(), late_cues=1, late_by_load=1).whole
    assert not replace(Hour(), growth_mb=5.1).whole


@pytest.mark.parametrize(("waited_ms", "by_load"), [(0.0, 0), (49.0, 0), (50.0, 1), (900.0, 1)])
def test_a_late_cue_is_told_from_a_busy_processor(waited_ms: float, by_load: int) -> None:
    """It is the program's doing unless a thread was ready for as long and did not run."""
    hour = Hour()
    late = Lateness(hour, lambda: waited_ms)
    watch = Watch(hour)
    for ms in (60.0, 0.0, 9.0):
        cue = CueStarted(t=1.0, id=1, text="one", kind_of_cue=CueKind.COUNT, late_ms=ms)
        late(cue)
        watch(cue)
    assert (hour.late_cues, hour.late_by_load) == (1, by_load)
