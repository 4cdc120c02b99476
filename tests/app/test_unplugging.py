"""A microphone that is pulled out of a rehearsal, and put back: as a live session notices it."""

from __future__ import annotations

import pytest

from tests.app.rehearsals import Event, pipeline_of, plain, prepared, quiet
from tests.fakes.recogniser import TypedRecogniser
from voicecoach.app.deafness import DEAF, HEARS
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.dialog.session import Session
from voicecoach.eventlog.fields import LogEvent
from voicecoach.units import BLOCK, RATE, Frame

AFTER, OUT_S = 3.0, 6.0


def test_it_is_noticed_told_and_nothing_goes_on_by_its_return() -> None:
    """Two seconds after the plug is out; and once it has brought 0.3 s again. What is said then is
    heard: "continue" goes on, at the repetition that was cut.
    """
    events: list[Event] = []
    back = 0

    def typed() -> list[str]:
        nonlocal back
        back += any(event["kind"] == "recovered" for event in events)
        return ["continue"] if back == 8 * RATE // BLOCK else []

    def note(event: LogEvent) -> None:
        events.append(plain(event))

    plan, clips = prepared()
    pulls = [("go", Frame(round(AFTER * RATE)), Frame(round(OUT_S * RATE)))]
    pipeline = pipeline_of(TypedRecogniser(typed))
    driver = Rehearsal(pipeline, quiet, pulls=pulls)
    assert driver.lead(Session(plan), clips, note) == "done"

    def first(kind: str, **fields: object) -> float:
        found = (e for e in events if e["kind"] == kind and fields.items() <= e.items())
        return float(str(next(found)["t"]))

    out = first("cue_started", text="go") + clips["go"].frames / RATE + AFTER
    assert first("failed") == pytest.approx(out + DEAF / RATE, abs=0.05)
    assert first("recovered") == pytest.approx(out + OUT_S + HEARS / RATE, abs=0.05)
    told = [event["text"] for event in events if event["kind"] == "cue_started"]
    assert "I cannot hear you. The microphone is gone, so I pause here." in told
    at = told.index("I can hear you again.")
    assert told[at + 1 : at + 3] == ["We are paused. Say continue to go on.", "Going on."]
    assert first("resumed") > first("recovered") + 7
