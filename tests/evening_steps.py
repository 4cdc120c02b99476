"""The steps of an evening by voice alone that its event log must hold, in a simulated room
(`voicecoach demo --evening`) as on a sound card (tests/card/test_evening.py).

    python -m tests.evening_steps EVENTS.jsonl

It needs nothing but Python. What a simulated user said must all have been obeyed, too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Event = Mapping[str, object]

STEPS: Sequence[Event] = (
    {"kind": "state", "name": "idle"},
    {"kind": "heard", "command": "name"},
    {"kind": "heard", "command": "what_there"},
    {"kind": "heard", "command": "wish"},
    {"kind": "session_started"},
    {"kind": "count", "n": 1},
    {"kind": "heard", "command": "pause"},
    {"kind": "resumed"},
    {"kind": "failed", "part": "recogniser"},
    {"kind": "recovered", "part": "recogniser"},
    {"kind": "heard", "command": "resume"},
    {"kind": "halted", "why": "stop"},
    {"kind": "heard", "command": "end"},
    {"kind": "session_finished", "outcome": "ended"},
    {"kind": "state", "name": "idle"},
    {"kind": "heard", "command": "name"},
    {"kind": "heard", "command": "this_week"},
    {"kind": "heard", "command": "good_night"},
)


def read(log: Path) -> list[Event]:
    """Return the events of a log."""
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def missing(events: Iterable[Event]) -> Event | None:
    """Return the first step that does not follow the ones before it; None if all are there."""
    rest = iter(events)
    for step in STEPS:
        if not any(step.items() <= event.items() for event in rest):
            return step
    return None


def main() -> str | None:
    """Look at the log that is named; return what is wrong with it."""
    events = read(Path(sys.argv[1]))
    if step := missing(events):
        return f"FAILED: the evening lacks {dict(step)}, in this order"
    said = [event["text"] for event in events if event["kind"] == "says"]
    obeyed = [event["text"] for event in events if event["kind"] == "heard"]
    if len(said) != len(obeyed):
        return f"FAILED: said {said}, obeyed {obeyed}"
    print(f"an evening: {len(STEPS)} steps, {len(obeyed)} commands by voice, all obeyed")
    return None


if __name__ == "__main__":
    sys.exit(main())
