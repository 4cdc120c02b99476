"""A session as a file: its sound, its chapters, its transcript, read back by other programs."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from tests.app.rehearsals import prepared, rehearsed
from tests.effort import examples
from tests.english import BOOK
from voicecoach.app.mixed import Mixed
from voicecoach.audio.clip import Samples
from voicecoach.dialog.session import Session
from voicecoach.errors import CoachError, InputError, PlaceError
from voicecoach.eventlog.kinds import Event
from voicecoach.extras import install
from voicecoach.recording.contents import Line, Recording, chapters_of, lines_of
from voicecoach.recording.cover import SIZE, cover
from voicecoach.recording.encoded_file import FORMATS
from voicecoach.recording.webvtt import webvtt
from voicecoach.recording.write import require_format, write_recording, write_transcript
from voicecoach.units import RATE, Ms

CODED = sorted(set(FORMATS))
TITLES = ["Before", "1. Bridge", "2. Knee to the chest", "End"]


@cache
def recording() -> Recording:
    """Return the small routine, led through the mixer."""
    plan, clips = prepared()
    parts: list[Samples] = []
    log: list[Event] = []
    outcome = Mixed(BOOK, parts.append).lead(Session(plan), clips, log.append)
    assert outcome == "done"
    chapters = chapters_of(log, Ms(0), "Before", "End")
    lines = lines_of(log, Ms(0))
    title, summary = plan.routine.name, plan.routine.summary
    return Recording(title, summary, "en", np.concatenate(parts), chapters, lines)


def nothing(_done: int, _of: int) -> None:
    """Show no progress."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the recording in every format."""
    pytest.importorskip("av", reason="the extra `files` is not installed")
    folder = tmp_path_factory.mktemp("files")
    paths = {ending: folder / f"session{ending}" for ending in (".wav", *CODED)}
    for path in paths.values():
        write_recording(path, recording(), nothing)
    assert sorted(folder.iterdir()) == sorted(paths.values()), "nothing else is left"
    return paths


def test_it_sounds_like_the_live_session_to_the_sample() -> None:
    """Led through a room, block by block, the same session gives the same samples."""
    live, made = rehearsed().played, recording().samples
    common = min(len(live), len(made))
    assert abs(len(live) - len(made)) <= RATE
    assert (live[:common] == made[:common]).all()


def test_chapters_and_lines_are_those_of_the_session() -> None:
    """Each exercise is a chapter where its description begins; every line is in its place."""
    made = recording()
    assert [chapter.title for chapter in made.chapters] == TITLES
    cues = [e for e in rehearsed().of("cue_started") if e["text"] and e["kind_of_cue"] != "sound"]
    assert [(x.text, x.start) for x in made.lines] == [
        (e["text"], round(float(str(e["t"])) * 1000)) for e in cues
    ]
    assert all(line.start < line.end <= made.length for line in made.lines)


@pytest.mark.parametrize("ending", [".wav", ".flac"])
def test_without_loss_every_sample_is_kept(files: dict[str, Path], ending: str) -> None:
    """WAV and FLAC hold the session exactly."""
    read, rate = soundfile.read(files[ending], dtype="int16")
    assert rate == RATE
    assert (read == recording().samples).all()


@pytest.mark.parametrize("ending", [".mp3", ".opus"])
def test_what_is_coded_stays_in_its_place(files: dict[str, Path], ending: str) -> None:
    """The coded sound is the session's, within 60 ms: MP3 has a delay that some players keep."""
    read, rate = soundfile.read(files[ending])
    step = rate // 1000
    coded = np.abs(read[: len(read) // step * step]).reshape(-1, step).mean(axis=1)
    whole = recording().samples.astype(float)
    plain = np.abs(whole[: len(whole) // 16 * 16]).reshape(-1, 16).mean(axis=1)
    size = 1 << (len(coded) + len(plain)).bit_length()
    product = np.fft.rfft(coded, size) * np.conj(np.fft.rfft(plain, size))
    shift = int(np.argmax(np.fft.irfft(product, size)))
    assert min(shift, size - shift) <= 60


@pytest.mark.parametrize("ending", CODED)
def test_mutagen_reads_title_chapters_and_cover(files: dict[str, Path], ending: str) -> None:
    """Another library finds what a player shows."""
    mutagen = pytest.importorskip("mutagen")
    tags = mutagen.File(files[ending])
    assert abs(tags.info.length - recording().length / 1000) < 0.2
    titles, name, pictures = _read(tags, ending)
    assert titles == TITLES
    assert name == recording().title
    assert cover() in pictures


def _read(tags: object, ending: str) -> tuple[list[str], str, list[bytes]]:
    """Return the titles of the chapters, the title and the pictures of a file, by mutagen."""
    import base64

    from mutagen.flac import Picture

    t: dict[str, list[str]] = tags  # type: ignore[assignment]
    if ending == ".mp3":
        frames = sorted(tags.tags.getall("CHAP"), key=lambda x: x.start_time)  # type: ignore[attr-defined]
        titles = [str(frame.sub_frames["TIT2"]) for frame in frames]
        return titles, str(t["TIT2"]), [p.data for p in tags.tags.getall("APIC")]  # type: ignore[attr-defined]
    if ending in (".m4a", ".m4b"):
        titles = [chapter.title for chapter in tags.chapters]  # type: ignore[attr-defined]
        return titles, t["\xa9nam"][0], [bytes(p) for p in t["covr"]]
    keys = sorted(key for key, _ in tags.tags if key.upper().endswith("NAME"))  # type: ignore[attr-defined]
    titles = [t[key][0] for key in keys]
    if ending == ".flac":
        return titles, t["title"][0], [p.data for p in tags.pictures]  # type: ignore[attr-defined]
    blocks = t["metadata_block_picture"]
    return titles, t["title"][0], [Picture(base64.b64decode(b)).data for b in blocks]


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
@pytest.mark.parametrize("ending", CODED)
def test_ffprobe_reads_the_chapters(files: dict[str, Path], ending: str) -> None:
    """So does the program that many players are built on; the times are those of the session."""
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", str(files[ending])]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
    assert [chapter["tags"]["title"] for chapter in found] == TITLES
    starts = [float(chapter["start_time"]) * 1000 for chapter in found]
    assert starts == pytest.approx([chapter.start for chapter in recording().chapters], abs=1)


def test_a_wav_names_its_chapters(files: dict[str, Path]) -> None:
    """Its cue points stand where the chapters begin, and its size is right."""
    data = files[".wav"].read_bytes()
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    at = data.index(b"cue ", 44 + 2 * len(recording().samples))
    (count,) = struct.unpack("<I", data[at + 8 : at + 12])
    points = [
        struct.unpack("<I", data[i : i + 4])[0] for i in range(at + 32, at + 32 + 24 * count, 24)
    ]
    assert points == [chapter.start * RATE // 1000 for chapter in recording().chapters]
    assert all(title.encode() + b"\0" in data[at:] for title in TITLES)


@given(st.lists(st.tuples(st.integers(0, 9_000_000), st.integers(1, 9000), st.text("ab<&>\xe9"))))
@examples(20)
def test_a_transcript_has_a_cue_for_each_line(spoken: list[tuple[int, int, str]]) -> None:
    """Times have hours, minutes and milliseconds, and no text breaks the format."""
    lines = [Line(Ms(start), Ms(start + long), text) for start, long, text in spoken]
    head, *cues = webvtt(lines, "en").rstrip("\n").split("\n\n")
    assert head == "WEBVTT\nLanguage: en"
    assert len(cues) == len(lines)
    assert all(cue.count("-->") == 1 and "<" not in cue for cue in cues)


def test_the_cover_is_a_picture() -> None:
    """It is a square PNG, the same each time, and small."""
    assert cover() == cover()
    assert cover()[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", cover()[16:24]) == (SIZE, SIZE)
    assert len(cover()) < 100_000


@pytest.mark.parametrize("ending", [".wav", ".mp3", ".m4b"])
def test_a_full_disk_is_one_clear_error(tmp_path: Path, ending: str) -> None:
    """What was there before stays."""
    pytest.importorskip("av")
    full = tmp_path / f"full{ending}"
    full.symlink_to("/dev/full")
    with pytest.raises(PlaceError, match="cannot be written"):
        write_recording(full, recording(), nothing)
    with pytest.raises(PlaceError, match="cannot be written"):
        write_transcript(full / "a.vtt", recording())


def test_an_interrupted_file_does_not_appear(tmp_path: Path) -> None:
    """Ctrl-C while it is written leaves the one before, and nothing else."""
    pytest.importorskip("av")
    path = tmp_path / "a.mp3"
    path.write_bytes(b"before")

    def interrupt(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_recording(path, recording(), interrupt)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_unknown_and_missing_formats_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ending that cannot be written, or a package that is not there, and what to do."""
    with pytest.raises(InputError, match="no kind of file") as unknown:
        require_format(Path("a.ogv"))
    assert unknown.value.next_step
    monkeypatch.setitem(sys.modules, "av", None)
    require_format(Path("a.wav"))
    with pytest.raises(CoachError, match="PyAV") as missing:
        require_format(Path("a.M4B"))
    assert install("files") in missing.value.next_step
