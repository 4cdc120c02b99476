"""Files that appear whole or not at all, whatever happens while they are made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.atomic_write import Part


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


def make(place: Path, then: Callable[[], object]) -> None:
    """Write a part of `place`; then something happens, or an error is raised."""
    with Part(place) as part:
        part.write_text("half")
        happened = then()
        if isinstance(happened, BaseException):
            raise happened


def test_it_appears_at_the_end(tmp_path: Path) -> None:
    """Until then what was there stays, and afterwards nothing else is left."""
    place = tmp_path / "a.txt"
    place.write_text("old")
    with Part(place) as part:
        part.write_text("new")
        assert place.read_text() == "old"
    assert place.read_text() == "new"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_exception_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    """Ctrl-C and a full disk alike."""
    place = tmp_path / "a.txt"
    place.write_text("old")
    with pytest.raises(error):
        make(place, then=error)
    assert place.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_place_that_cannot_be_taken_leaves_no_rest(tmp_path: Path) -> None:
    """A folder came to stand there meanwhile: the error is told, the part is gone."""
    place = tmp_path / "a.txt"
    with pytest.raises(OSError, match="directory"):
        make(place, then=place.mkdir)
    assert names(tmp_path) == ["a.txt"]


def test_nothing_made_is_an_error(tmp_path: Path) -> None:
    """Who forgets to write the part does not lose the old file."""
    place = tmp_path / "a.txt"
    place.write_text("old")
    with pytest.raises(FileNotFoundError), Part(place):
        pass
    assert place.read_text() == "old"


def test_a_device_is_written_to_and_stays() -> None:
    """``/dev/null`` is no file to be replaced."""
    null = Path("/dev/null")
    with Part(null) as part:
        part.write_text("gone")
    assert not null.is_file()
    assert null.exists()


def test_what_a_crash_left_is_removed(tmp_path: Path) -> None:
    """Nobody finds it under the hidden name, whatever its rights were."""
    place = tmp_path / "a.txt"
    left = Part(place).path
    left.write_text("half")
    with Part(place) as part:
        assert part == left
        assert not part.exists()
        part.write_text("new")
    assert names(tmp_path) == ["a.txt"]
