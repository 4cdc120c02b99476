"""Stops over the coach's voice: the plan, one short pass in whole, the figures and their page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import barge_in
from bench.barge.figures import summary, tables
from bench.barge.plan import FULL, rooms, tasks
from bench.barge.script import routines
from bench.barge.trials import Task, Worker
from bench.pages import put
from tests.bench.recordings import make_folder
from voicecoach.errors import InputError

ROW = "+6 dB, canceller and gate"


def _stop(ms: float | None) -> dict[str, Any]:
    return {"ms": ms, "other": None, "speaker": "p1", "early": True, "first": False}


def _pass(*times: float | None, own: int = 0) -> dict[str, Any]:
    said = [_stop(ms) for ms in times]
    return {"stops": said, "own": [(1.0, "stop")] * own, "seconds": 1800.0, "cpu": 90.0}


def _report() -> dict[str, Any]:
    return {
        "date": "2026-01-31",
        "command": "python bench/barge_in.py --speech RECORDINGS",
        "recordings": 3,
        "speakers": 2,
        "rooms": 6,
        "figures": {
            ROW: summary([_pass(10.0, 30.0, None)]),
            f"{ROW}, nobody": summary([_pass(own=1)]),
        },
    }


def test_without_recordings_it_says_where_to_get_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Nobody installs them with the project."""
    for words in ([], ["--speech", str(tmp_path)]):
        assert barge_in.main(words) == 3
        assert "Speech Commands" in capsys.readouterr().err


def test_every_routine_is_played_alone_and_every_room_is_spoken_in(tmp_path: Path) -> None:
    """At the echo of the bar, whole, behind the canceller and the gate."""
    places = rooms(tmp_path)
    planned = tasks(places, 8, quick=False)
    nobody = f"{ROW}, nobody"
    alone = [task for task in planned if task.group == nobody and task.talk == "full"]
    assert sorted(task.routine for task in alone) == routines()
    assert all(task.minutes is None and task.way == FULL for task in alone)
    spoken = [task for task in planned if task.group == ROW]
    assert len({task.room.seed for task in spoken}) == len(places)
    assert {round(task.room.skew_ppm) for task in planned} == {-50, 0, 50}


def test_people_are_obeyed_over_a_short_piece(tmp_path: Path) -> None:
    """The whole path runs: the script, the room, the canceller, the recogniser, the judge."""
    folder = make_folder(tmp_path / "speech")
    task = Task(ROW, "desk-break", "full", rooms(folder)[0], FULL, True, 0, None, 0.4)
    row = Worker(None, folder).run(task)
    assert row["seconds"] == pytest.approx(24, abs=0.1)
    assert len(row["stops"]) >= 3
    assert {stop["speaker"] for stop in row["stops"]}
    assert any(stop["ms"] is not None for stop in row["stops"])


def test_the_bars_tell_what_was_reached() -> None:
    """Two of three is too few, one self-trigger too many; the times are kept."""
    named = {title: rows for title, _, rows in tables(_report()["figures"])}
    met = {row[0]: row[-1] for row in named["bars"]}
    assert list(met.values()) == ["no", "yes", "no"]
    assert named["somebody says stop"][0][:2] == [ROW, "3"]
    assert named["nobody speaks"][0][2] == "1"


def test_the_figures_go_into_a_page_between_their_markers(tmp_path: Path) -> None:
    """Again and again; what stands around them stays."""
    page, body = tmp_path / "page.md", barge_in.section(_report())
    page.write_text(
        f"before\n<!-- begin {barge_in.MARK} -->\nold\n<!-- end barge-in figures -->\nafter"
    )
    put(page, barge_in.MARK, body)
    once = page.read_text("utf-8")
    put(page, barge_in.MARK, body)
    assert page.read_text("utf-8") == once
    assert once.startswith("before\n")
    assert once.endswith("\nafter")
    assert "66.7 (21-94)" in once
    assert "old" not in once


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    """It is told what is missing."""
    page = tmp_path / "page.md"
    page.write_text("nothing")
    with pytest.raises(InputError, match="no place"):
        put(page, barge_in.MARK, "body")
    assert page.read_text("utf-8") == "nothing"


def test_the_report_can_be_kept(tmp_path: Path) -> None:
    """What is written as JSON gives the same section again."""
    kept = json.loads(json.dumps(_report()))
    assert barge_in.section(kept) == barge_in.section(_report())
