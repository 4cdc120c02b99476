"""Faults of the virtual card in a live session: what is unplugged is plugged in again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.app.rehearsals import SMALL
from tests.card.plugs import Bench, plugged
from tests.card.program import Program
from voicecoach.app.profile_store import save_profile
from voicecoach.screening.profile import let_through

pytestmark = pytest.mark.card

SOUND_BACK, HEARS = "The sound was gone for a while", "I can hear you again"
DEAF = "I cannot hear you"
LESSON, BACK = "May I learn", "How is your back"


Report = Callable[[str, object], None]
"""Notes a figure in the report of the run (`--junitxml`). A busy machine takes longer: no test."""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Start a card, and stop it at the end."""
    with plugged(tmp_path / "card") as bench:
        yield bench


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a user who answered the questions before."""
    home = tmp_path_factory.mktemp("home")
    (home / "two.yaml").write_text(SMALL, "utf-8")
    profile = home / ".local" / "share" / "voicecoach" / "profile.toml"
    save_profile(profile, let_through(date.today()))
    return home


def in_a_set(program: Program) -> int:
    """Type what leads into the first set; return the line after its first count."""
    here = program.until("Any illness")
    program.type("no")
    here = program.until((LESSON, BACK), here)
    if LESSON in program.lines[here - 1]:  # the first time only
        program.type("no")
        here = program.until(BACK, here)
    program.type("two")
    return program.until("coach   go", here)


def words(home: Path) -> tuple[str, ...]:
    """Return what starts a session with the microphone."""
    halves = ("--output", "speaker_half", "--input", "mic_half")
    return ("start", str(home / "two.yaml"), "--events", str(home / "events.jsonl"), *halves)


def finish(program: Program, here: int) -> None:
    """Type "continue", see the session go on, and end it."""
    program.type("continue")
    here = program.until("[resumed]", here)
    program.type("end session")
    here = program.until("heard “end session”", here)
    program.type("yes")
    here = program.until("how is your back now", here)
    program.type("two")
    assert program.end() == 0
    assert "Traceback" not in program.text


@pytest.mark.parametrize("what", ["speaker", "server"])
def test_the_sound_comes_back_in_a_set(
    home: Path, bench: Bench, what: str, record_testsuite_property: Report
) -> None:
    """The loudspeaker unplugged, or the sound server restarted: after the return the coach says
    what was, and waits; "continue" goes on.
    """
    with Program(home, *words(home), extra=bench.extra) as program:
        here = in_a_set(program)
        if what == "server":
            bench.server("stop")
        else:
            bench.unplug(what)
        here = program.until("[lost: the sound", here)
        assert program.within(3, SOUND_BACK, here) == 0, "it spoke into nothing"
        if what == "server":
            bench.server("start")
        else:
            bench.plug_in(what)
        back = time.monotonic()
        here = program.until(SOUND_BACK, here)
        record_testsuite_property(f"{what} recovered_s", round(time.monotonic() - back, 1))
        finish(program, program.until("We are paused", here))
    events = [json.loads(line) for line in (home / "events.jsonl").read_text().splitlines()]
    assert [e["part"] for e in events if e["kind"] == "recovered"] == ["device"]
    assert [e["outcome"] for e in events if e["kind"] == "session_finished"] == ["ended"]


def test_the_microphone_comes_back_in_a_set(
    home: Path, bench: Bench, record_testsuite_property: Report
) -> None:
    """Unplugged: the coach says that it cannot hear, and pauses. Plugged in again: it says that it
    hears.
    """
    with Program(home, *words(home), extra=bench.extra) as program:
        here = in_a_set(program)
        bench.unplug("mic")
        gone = time.monotonic()
        here = program.until(DEAF, here)
        record_testsuite_property("microphone noticed_s", round(time.monotonic() - gone, 1))
        assert program.within(6, HEARS, here) == 0  # it tries, and fails
        bench.plug_in("mic")
        back = time.monotonic()
        here = program.until(HEARS, here)
        record_testsuite_property("microphone recovered_s", round(time.monotonic() - back, 1))
        finish(program, program.until("We are paused", here))
