"""The steps of an evening are found in order, and a missing one is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.evening_steps import STEPS, main, missing

BETWEEN = {"kind": "cue_started", "text": "one"}


def test_all_steps_in_order() -> None:
    """What comes between them, and what else an event tells, does not matter."""
    events = [event for step in STEPS for event in (BETWEEN, step | {"t": 1.0})]
    assert missing(events) is None


@pytest.mark.parametrize("gone", range(len(STEPS)))
def test_each_step_must_be_there(gone: int) -> None:
    """An evening that lacks one of them is told by it, or by a later one of the same kind."""
    told = missing([step for at, step in enumerate(STEPS) if at != gone])
    assert told is not None
    assert told in STEPS[gone:]


def test_the_order_matters() -> None:
    """A step that came earlier than the one before it is missing."""
    for at in range(1, len(STEPS)):
        events = list(STEPS)
        events[at - 1], events[at] = events[at], events[at - 1]
        assert missing(events) is not None, STEPS[at]


def test_what_was_said_must_be_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a simulated room each phrase of the user's is one that was obeyed."""
    log = tmp_path / "events.jsonl"
    monkeypatch.setattr(sys, "argv", ["evening_steps", str(log)])
    heard = [{"text": "", **step} for step in STEPS]
    says = [{"kind": "says", "text": ""} for step in STEPS if step["kind"] == "heard"]
    log.write_text("".join(f"{json.dumps(event)}\n" for event in [*heard, *says]), "utf-8")
    assert main() is None
    log.write_text("".join(f"{json.dumps(event)}\n" for event in [*heard, *says, says[0]]))
    assert "FAILED" in str(main())
