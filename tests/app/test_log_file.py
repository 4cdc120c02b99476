"""The event log as a file: written whole, read back, and refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.app import log_file
from voicecoach.app.log_file import read_log, write_log
from voicecoach.errors import InputError, PlaceError, ProblemsError
from voicecoach.eventlog.kinds import Event, Halted, Paused
from voicecoach.eventlog.sounds import UserSpoke

EVENTS: list[Event] = [Paused(t=2.0), Halted(t=1.0, why="stop")]


def test_a_log_is_read_back_in_order_of_time(tmp_path: Path) -> None:
    """The events come back as they were, the earliest first."""
    path = tmp_path / "events.jsonl"
    write_log(path, EVENTS)
    assert read_log(path) == EVENTS[::-1]
    assert [file.name for file in tmp_path.iterdir()] == ["events.jsonl"]


def test_words_beyond_ascii_stay_readable(tmp_path: Path) -> None:
    """The file is UTF-8, and people can read the words in it."""
    path = tmp_path / "events.jsonl"
    write_log(path, [UserSpoke(text="größer", start=0.0, end=1.0)])
    assert "größer" in path.read_text("utf-8")


def test_bad_lines_are_named_with_the_file(tmp_path: Path) -> None:
    """The message names the file and the number of the line."""
    path = tmp_path / "events.jsonl"
    write_log(path, EVENTS)
    path.write_text(path.read_text("utf-8") + "{}\n", "utf-8")
    with pytest.raises(ProblemsError, match=r"events\.jsonl: 1 problem\b") as caught:
        read_log(path)
    assert [problem.line for problem in caught.value.problems] == [3]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Sound and pictures are no logs."""
    path = tmp_path / "sound.wav"
    path.write_bytes(b"RIFF\xff\xff\xff\xffWAVE")
    with pytest.raises(InputError, match="not UTF-8"):
        read_log(path)


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or device without end does not fill the memory; the largest file allowed is read."""
    path = tmp_path / "events.jsonl"
    write_log(path, EVENTS)
    size = path.stat().st_size
    monkeypatch.setattr(log_file, "MAX_BYTES", size)
    assert len(read_log(path)) == len(EVENTS)
    monkeypatch.setattr(log_file, "MAX_BYTES", size - 1)
    with pytest.raises(InputError, match="larger than"):
        read_log(path)


def test_a_log_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file stands where its folder should be."""
    (tmp_path / "no").touch()
    with pytest.raises(PlaceError, match="cannot be written"):
        write_log(tmp_path / "no" / "events.jsonl", EVENTS)
