"""Stops over the coach's voice: the plan, one short pass in whole, the figures and their page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import barge_in
from bench.barge.figures import by_command, summary, tables
from bench.barge.kept import Kept
from bench.barge.passed import AFTER, BEFORE, stretches
from bench.barge.places import COMMANDS, Word, place
from bench.barge.plan import BAR_DB, FULL, at_bar, group, rooms, tasks
from bench.barge.script import make_script, part, routines
from bench.barge.trials import PEAK, Task, Worker, overdriven
from bench.english import BOOK
from bench.pages import put
from models.recipe.corpus import TUNE
from tests.bench.recordings import make_folder
from voicecoach.errors import InputError
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Ms

ROW = "+6 dB, canceller and gate"


def _stop(ms: float | None) -> dict[str, Any]:
    known = {"speaker": "p1", "early": True, "said": "stop"}
    return {"ms": ms, "other": None, "asked": False, **known}


def _pass(*times: float | None, own: int = 0) -> dict[str, Any]:
    said = [_stop(ms) for ms in times]
    return {
        "stops": said,
        "own": [(1.0, "stop")] * own,
        "hushes": own,
        "seconds": 1800.0,
        "cpu": 90.0,
    }


def _report() -> dict[str, Any]:
    return {
        "date": "2026-01-31",
        "command": "python bench/barge_in.py --speech RECORDINGS",
        "recordings": 3,
        "speakers": 2,
        "speakers_of": "tune",
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


def test_people_speak_in_every_room_and_the_coach_is_alone_in_many(tmp_path: Path) -> None:
    """Each minute alone is in a room of its own; half of them begin with the calibration noise."""
    places = rooms(tmp_path)
    planned = tasks(places, 8, quick=False, hours=5)
    alone = [task for task in planned if task.group == f"{ROW}, nobody"]
    assert len({task.room for task in alone}) == len(alone) == 5 * 60
    assert len({task.routine for task in alone}) > len(routines()) / 2
    assert sum(task.place == 0 for task in alone) == len(alone) / 2
    assert all(task.way == FULL and not task.user for task in alone)
    spoken = [task for task in planned if task.group == ROW]
    assert len({task.room.seed for task in spoken}) == len(places)
    assert {round(task.room.skew_ppm) for task in planned} == {-50, 0, 50}


def test_at_the_bar_a_voice_is_measured_in_all_rooms(tmp_path: Path) -> None:
    """No other level, and as long without a user as was asked for."""
    places = rooms(tmp_path)
    short = at_bar(places, hours=0.1)
    assert {task.room.seed for task in short if task.user} == {room.seed for room in places}
    assert sum(not task.user for task in short) == 6
    assert {task.room.echo_db for task in short} == {6.0}


def test_a_longer_plan_goes_on_with_a_shorter_one(tmp_path: Path) -> None:
    """Hours that were measured once are kept when more are wanted."""
    short, long = (tasks(rooms(tmp_path), 8, quick=False, hours=hours) for hours in (1, 2))
    assert long[: len(short)] == short


def test_people_are_obeyed_over_a_short_piece(tmp_path: Path) -> None:
    """The whole path runs: the script, the room, the canceller, the recogniser, the judge."""
    folder = make_folder(tmp_path / "speech")
    task = Task(ROW, "desk-break", "full", rooms(folder)[0], FULL, True, 0, None, 0.4)
    row = Worker(None, folder, TUNE).run(task)
    assert row["seconds"] == pytest.approx(24, abs=0.1)
    assert len(row["stops"]) >= 3
    assert {stop["speaker"] for stop in row["stops"]}
    assert any(stop["ms"] is not None for stop in row["stops"])


def test_the_coach_does_not_obey_its_own_first_words() -> None:
    """In this room the "s" of "Slow rolling" came through, and the session was halted by it: the
    calibration noise had none of its frequencies.
    """
    room = RoomSettings(echo_db=6.0, delay_ms=Ms(60), rt60_ms=Ms(350), seed=21)
    task = Task(ROW, "foam-roll-upper-back", "full", room, FULL, False, minutes=0.1)
    assert Worker(None, None, TUNE).run(task)["own"] == []


def test_only_what_passed_is_recognised_where_no_one_speaks() -> None:
    """A sound is found with what stands around it; two that are near are one stretch."""
    loud, quiet = np.full(BLOCK, 100, np.int16), np.full(BLOCK, 10, np.int16)
    blocks = [quiet] * 2000
    blocks[500], blocks[600], blocks[1500] = loud, np.concatenate([quiet, loud]), loud
    first, second = 500 - BEFORE, 600 + AFTER
    assert stretches(blocks) == [(first, second), (1500 - BEFORE, 1500 + AFTER)]
    assert stretches([quiet, quiet[:0]]) == []


def test_a_part_of_a_script_keeps_its_clock() -> None:
    """Lines, and the phrases that are live, are those of the whole at the same sound."""
    script = make_script("desk-break", "full")
    begin = script.lines[5].start // BLOCK * BLOCK
    cut = part(script, begin, 60 * RATE)
    assert np.array_equal(cut.played, script.played[begin : begin + 60 * RATE])
    for at in (0, 10 * RATE, 59 * RATE):
        assert cut.live(at) == script.live(begin + at)
        assert [line.text for line in cut.spoken(at)] == [
            line.text for line in script.spoken(begin + at)
        ]


def test_passes_are_kept_and_a_measurement_goes_on(tmp_path: Path) -> None:
    """A line that was being written when the run ended is measured again."""
    path, planned = tmp_path / "work.jsonl", tasks(rooms(tmp_path), 8, quick=True)
    kept = Kept(path, "a model")
    kept.add(planned[0], _pass(10.0))
    kept.add(planned[1], _pass(None))
    path.write_text(path.read_text("utf-8")[:-9], "utf-8")
    again = Kept(path, "a model")
    assert again.missing(planned) == planned[1:]
    assert again.of(planned[0]) == _pass(10.0)
    with pytest.raises(InputError, match="no passes of this measurement"):
        Kept(path, "another model")


def test_other_commands_by_voices_are_told_one_by_one() -> None:
    """A row for each; without such passes there is no table."""
    said = [_stop(10.0) | {"said": "pause"}, _stop(None) | {"said": "pause"}]
    one = _pass() | {"stops": said, "own": []}
    figures = {group(BAR_DB, others=True): summary([one])}
    assert by_command(figures)[2] == [["pause", "50.0 (9-91)"]]
    assert by_command({ROW: summary([_pass(10.0)])})[2] == []


def test_voices_say_other_commands_where_they_are_live(tmp_path: Path) -> None:
    """Each place has a command that the coach would obey there."""
    quiet = np.zeros(RATE, np.int16)
    words = [Word("voice", quiet, 0, RATE // 2, text) for text in COMMANDS]
    script = make_script("desk-break", "full")
    sites = place(script, words, turn=0)
    assert {word.text for _, word, _ in sites} > {"pause", "next", "it hurts"}
    for at, word, known in sites:
        live = {BOOK.meanings[text].command for text in script.live(at) if text in BOOK.meanings}
        assert word.command in live
        assert known["said"] == word.text


def test_an_overdriven_loudspeaker_adds_harmonics() -> None:
    """The second of 3 %, the third of 7 %, in a sine at the coach's peaks."""
    sine = np.round(PEAK * np.sin(2 * np.pi * np.arange(1600) / 160)).astype(np.int16)
    lines = np.abs(np.fft.rfft(overdriven(sine)))
    assert lines[20] / lines[10] == pytest.approx(0.031, abs=0.002)
    assert lines[30] / lines[10] == pytest.approx(0.067, abs=0.002)


def test_the_bars_tell_what_was_reached() -> None:
    """Two of three is too few, one self-trigger too many; the times are kept."""
    named = {title: rows for title, _, rows in tables(_report()["figures"])}
    met = {row[0]: row[-1] for row in named["bars"]}
    assert list(met.values()) == ["no", "yes", "no"]
    assert named["a user speaks"][0][:2] == [ROW, "3"]
    assert named["no one speaks"][0][2] == "1"


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
    """The message says what is missing."""
    page = tmp_path / "page.md"
    page.write_text("nothing")
    with pytest.raises(InputError, match="no place"):
        put(page, barge_in.MARK, "body")
    assert page.read_text("utf-8") == "nothing"


def test_the_report_can_be_kept(tmp_path: Path) -> None:
    """What is written as JSON gives the same section again."""
    kept = json.loads(json.dumps(_report()))
    assert barge_in.section(kept) == barge_in.section(_report())
