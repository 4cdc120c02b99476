"""The cache renders once, survives damage, and says when it cannot write."""

from __future__ import annotations

from errno import ENOSPC
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.voice import FakeVoice
from voicecoach.errors import PlaceError
from voicecoach.tts.cache import CachedVoice


def unexpected(error: PlaceError) -> None:
    """Fail where nothing should go wrong."""
    raise error


TEXTS = [f"Number {n}." for n in range(70)]


def test_renders_each_phrase_once(tmp_path: Path) -> None:
    """A second session renders nothing and gets the same samples."""
    voice = FakeVoice()
    first = CachedVoice(voice, tmp_path, unexpected).render(TEXTS)
    second = CachedVoice(voice, tmp_path, unexpected).render(TEXTS)
    assert voice.rendered == TEXTS
    assert all(np.array_equal(first[t].samples, second[t].samples) for t in TEXTS)


def test_another_voice_has_its_own_phrases(tmp_path: Path) -> None:
    """What one voice said is never given for another."""
    CachedVoice(FakeVoice(), tmp_path, unexpected).render(TEXTS[:1])
    other = FakeVoice(name="others")
    CachedVoice(other, tmp_path, unexpected).render(TEXTS[:1])
    assert other.rendered == TEXTS[:1]


@pytest.mark.parametrize("damage", [b"", b"voicecoach clip 1\n", b"x" * 500])
def test_a_damaged_file_is_rendered_again(tmp_path: Path, damage: bytes) -> None:
    """An empty, cut or foreign file is replaced by a good one."""
    voice = FakeVoice()
    cached = CachedVoice(voice, tmp_path, unexpected)
    good = cached.render(TEXTS[:1])[TEXTS[0]].samples
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert np.array_equal(cached.render(TEXTS[:1])[TEXTS[0]].samples, good)
    cached.render(TEXTS[:1])
    assert voice.rendered == [TEXTS[0]] * 2


def test_one_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """Samples are checked against their digest."""
    cached = CachedVoice(FakeVoice(), tmp_path, unexpected)
    good = cached.render(TEXTS[:1])[TEXTS[0]].samples
    (file,) = tmp_path.iterdir()
    content = bytearray(file.read_bytes())
    content[-7] ^= 1
    file.write_bytes(bytes(content))
    assert np.array_equal(cached.render(TEXTS[:1])[TEXTS[0]].samples, good)


def test_progress_counts_kept_and_new(tmp_path: Path) -> None:
    """Phrases that were kept count at once, the others one by one."""
    cached = CachedVoice(FakeVoice(), tmp_path, unexpected)
    cached.render(TEXTS[:60])
    seen: list[tuple[int, int]] = []
    cached.render(TEXTS, lambda done, every: seen.append((done, every)))
    assert seen == [(n, 70) for n in range(60, 71)]


def test_a_folder_that_cannot_be_made_costs_time_alone(tmp_path: Path) -> None:
    """All phrases are rendered; the warning comes once, with the folder and what to do."""
    (tmp_path / "file").write_text("in the way")
    warned: list[PlaceError] = []
    voice = FakeVoice()
    cached = CachedVoice(voice, tmp_path / "file" / "cache", warned.append)
    assert list(cached.render(TEXTS)) == TEXTS
    assert list(cached.render(TEXTS)) == TEXTS
    assert voice.rendered == [*TEXTS, *TEXTS]
    (error,) = warned
    assert str(tmp_path / "file") in error.what
    assert "XDG_CACHE_HOME" in error.next_step


def test_a_disk_that_is_full_costs_time_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the phrase on that has no room nothing more is written; no half file is left."""
    written: list[Path] = []

    def write(path: Path, data: bytes) -> int:
        if len(written) == 3:
            path.touch()
            raise OSError(ENOSPC, "No space left on device")
        written.append(path)
        return real(path, data)

    real, warned = Path.write_bytes, list[PlaceError]()
    monkeypatch.setattr(Path, "write_bytes", write)
    cached = CachedVoice(FakeVoice(), tmp_path, warned.append)
    assert list(cached.render(TEXTS)) == TEXTS
    assert list(cached.render(TEXTS)) == TEXTS
    assert [error.why for error in warned] == ["No space left on device"]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_write_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    """When a phrase cannot be put in its place, the temporary file is removed."""
    warned: list[PlaceError] = []
    cached = CachedVoice(FakeVoice(), tmp_path, warned.append)
    cached.render(TEXTS[:1])
    (file,) = tmp_path.iterdir()
    file.unlink()
    file.mkdir()
    assert list(cached.render(TEXTS[:1])) == TEXTS[:1]
    assert len(warned) == 1
    assert list(tmp_path.iterdir()) == [file]
