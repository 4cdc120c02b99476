"""Golden scenarios: whole sessions as text. A change of what is said or done shows here first.

``pytest tests/app/test_golden.py --update-golden`` writes them anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from tests.app.people import PEOPLE, led
from tests.app.rehearsals import Event, Says, rehearsed
from voicecoach.eventlog.inputs import Input

INPUTS = {event.__struct_config__.tag for event in get_args(Input)}
"""What the session was given: `tests/app/test_replay.py` reads it."""

FOLDER = Path(__file__).parents[1] / "scenarios"

SCENARIOS: dict[str, Says] = {
    "undisturbed": (),
    "pause": ((36.0, "pause"), (40.0, "continue"), (52.0, "hold on"), (60.0, "go on")),
    "questions": (
        (14.0, "how long left"), (36.0, "how many more"), (41.0, "what's next"),
        (75.0, "which side"), (80.0, "what can I say"),
    ),
    "pain": (
        (37.0, "it hurts"), (44.0, "four"), (52.0, "no"), (60.0, "easier"), (80.0, "one"),
    ),
    "sharp": ((37.0, "it hurts"), (44.0, "three"), (52.0, "yes"), (60.0, "my shoulder"),
              (80.0, "continue")),
    "mild": ((37.0, "it hurts"), (44.0, "two"), (52.0, "no"), (60.0, "yes")),
    "chest": ((37.0, "my chest hurts"),),
    "saddle": ((37.0, "numb between my legs"),),
    "where": ((37.0, "it hurts"), (44.0, "eight"), (52.0, "no"), (60.0, "my lower back"),
              (70.0, "end session"), (74.0, "yes")),
    "advice": ((14.0, "should it hurt"), (36.0, "how fast"), (45.0, "how often"),
               (75.0, "how long should I rest")),
    "strong": ((37.0, "my knee hurts"), (44.0, "seven"), (52.0, "no"), (70.0, "end session"),
               (74.0, "yes")),
    "emergency": ((37.0, "I can't breathe"),),
    "no_answer": ((37.0, "help"),),
    "stop": ((37.0, "stop"), (38.0, "stop counting"), (45.0, "slower"), (60.0, "next"),
             (64.0, "end session"), (67.0, "no")),
    "levels": ((36.0, "easier"), (40.0, "less talking"), (44.0, "louder"), (60.0, "done"),
               (64.0, "skip"), (66.0, "goodbye"), (69.0, "yes")),
}  # fmt: skip


def shown(event: Event) -> str:
    """Return one line for an event; a cue is its text alone."""
    data = {k: v for k, v in event.items() if k not in ("t", "kind")}
    match event["kind"]:
        case "cue_started":
            what = f"{data['kind_of_cue']:6} {data['text']}"
        case "heard" | "refused":
            what = f">>> {data['text']}: {data.get('command') or data.get('why')}"
        case kind:
            detail = " ".join(f"{key}={value}" for key, value in data.items())
            what = f"       [{kind}] {detail}".rstrip()
    return f"{event['t']:8.2f} {what}"


def conversation(events: list[Event]) -> str:
    """Return a session as text: what is said, heard, and decided."""
    left_out = {"state", "count", *INPUTS}
    lines = [
        shown(event)
        for event in sorted(events, key=lambda e: float(str(e["t"])))
        if event["kind"] not in left_out
        and not (event["kind"] == "cue_finished" and event["whole"])
    ]
    return "\n".join(lines) + "\n"


def compare(name: str, events: list[Event], request: pytest.FixtureRequest) -> None:
    """Compare a session with its golden file, or write that anew."""
    path = FOLDER / f"{name}.golden"
    text = conversation(events)
    if request.config.getoption("--update-golden"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_a_scenario_goes_as_written(name: str, request: pytest.FixtureRequest) -> None:
    """The conversation is the one in ``tests/scenarios``, to the hundredth of a second."""
    compare(name, rehearsed(*SCENARIOS[name]).events, request)


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_a_scenario_of_somebody_goes_as_written(name: str, request: pytest.FixtureRequest) -> None:
    """So is the one of a person with a profile: what is left out, or why there is no session."""
    facts, says = PEOPLE[name]
    compare(f"person_{name}", led(facts, says).events, request)


def test_no_golden_file_is_left_over() -> None:
    """Each golden file belongs to a scenario."""
    known = set(SCENARIOS) | {f"person_{name}" for name in PEOPLE}
    assert {path.stem for path in FOLDER.glob("*.golden")} == known
