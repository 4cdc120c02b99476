"""What goes wrong is said in three sentences, with an exit code of its own and no traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.app.rehearsals import SMALL
from tests.effort import one_in
from voicecoach.app.output_file import write_text
from voicecoach.app.wiring import TALKS
from voicecoach.audio.cancellers import CANCELLERS
from voicecoach.audio.wav import write_wav
from voicecoach.cli.main import run
from voicecoach.errors import PlaceError
from voicecoach.paths import shipped
from voicecoach.settings import CANCELLERS as SETTABLE
from voicecoach.settings import KNOWN
from voicecoach.stt.verifiers import VERIFIERS
from voicecoach.tts.worker_voice import FASTEST_WPM, SLOWEST_WPM
from voicecoach.units import RATE

ROUTINE = "upper-back-at-home"
PROGRAM = [sys.executable, "-m", "voicecoach"]
"""The command in a process of its own."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home and stand in an empty folder; the speech cache is shared."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    """Run a command; return its exit code and what it said."""
    code = run(list(args))
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, out + err


def doctor(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run `doctor`; return its exit code, and what it said without its columns and line ends."""
    code, text = said(capsys, "doctor")
    return code, " ".join(text.split())


def place(base: Path, name: str, text: str) -> None:
    """Put a file of the program's own under an XDG folder."""
    (base / "voicecoach").mkdir(parents=True)
    (base / "voicecoach" / name).write_text(text)


@pytest.mark.parametrize(
    ("args", "code", "parts"),
    [
        (("frobnicate",), 2, ("no command 'frobnicate'", "rehearse")),
        (("dmeo",), 2, ("Did you mean 'demo'",)),
        (("plan",), 2, ("ROUTINE",)),
        (("plan", "upper-back-at-hom"), 3, ("no routine", "Did you mean 'upper-back-at-home'")),
        (("plan", "missing.yaml"), 3, ("missing.yaml", "No such file")),
        (("check", "missing.yaml"), 3, ("missing.yaml", "No such file")),
        (("check", "/dev/zero"), 3, ("larger than 256 KB",)),
        (("rehearse", ROUTINE, "--scenario", "missing.toml"), 3, ("missing.toml",)),
        (
            ("rehearse", ROUTINE, "--events", "file/e.jsonl"),
            7,
            ("e.jsonl", "'file' is not a folder"),
        ),
        (("start", ROUTINE, "--events", "file/e.jsonl"), 7, ("e.jsonl", "'file' is not a folder")),
        (("listen",), 2, ("Name recordings, or use --mic",)),
        (("listen", "--mic", "x.wav"), 2, ("not both",)),
        (("say", " "), 2, ("nothing to say",)),
        (("listen", "missing.flac"), 3, ("missing.flac does not exist",)),
        (("listen", "missing"), 3, ("The recording missing does not exist",)),
        (("listen", "x.wav", "--state", "countin"), 3, ("no state 'countin'", "counting")),
        (("listen", "x.wav", "--model", "nowhere"), 4, ("no speech model", "nowhere", "--model")),
        (("say", "Hello.", "--voice", "en-uss", "--out", "x.wav"), 5, ("Unknown voice", "en-us")),
        (("say", "Hello.", "--rate", "9000"), 2, ("9000", "100")),
        (("say", "Hello.", "--out", "file/no/x.wav"), 7, ("x.wav", "'file' is not a folder")),
        (("say", "Hello.", "--out", "x.doc"), 3, ("'.doc' is no kind of file", ".mp3")),
        (("listen", "."), 3, ("The recording . is a folder", "*.wav")),
        (("listen", "x.wav", "--state", "zzz"), 3, ("The states are: ", "counting")),
        (("plan", "zzz"), 3, ("The routines are: ", "desk-break")),
        (("profile", "set", "zzz", "yes"), 2, ("The names are: ", "pregnant")),
        (("rehearse", ROUTINE, "--scenario", "."), 3, ("The scenario .", "Is a directory")),
        (("rehearse", ROUTINE, "--coach", "a.wav", "--mic", "a.wav"), 3, ("named twice",)),
        (("rehearse", ROUTINE, "--canceller", "kalmann"), 2, ("'kalmann'", "kalman or none")),
        (("doctor", "--canceller", "speex"), 2, ("speex", "removed", 'use "kalman"')),
    ],
)
def test_wrong_use(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], code: int, parts: tuple[str, ...]
) -> None:
    """Each kind of mistake has its exit code, and the message names what would be right."""
    Path("file").touch()

    got, text = said(capsys, *args)

    assert got == code, text
    for part in parts:
        assert part.lower() in text.lower()


def test_all_problems_of_a_routine_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown field, an unknown exercise dose and a missing way out: each with its line."""
    text = (shipped("routines") / f"{ROUTINE}.yaml").read_text("utf-8")
    bad = text.replace("way_out:", "wayout:", 1).replace("hold_s: 25", "hold_s: 4000", 1)
    (home / "bad.yaml").write_text(bad, "utf-8")

    code, told = said(capsys, "check", "bad.yaml")

    assert code == 3
    assert "did you mean 'way_out'" in told
    assert "4000" in told
    assert told.count("line ") >= 2


def test_a_damaged_model_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model cut short ends the child that tries it, not the program."""
    shutil.copytree(shipped("models/coach-en"), home / "model")
    network = home / "model" / "am" / "final.mdl"
    network.write_bytes(network.read_bytes()[:1000])

    code, told = said(capsys, "listen", "x.wav", "--model", "model")

    assert code == 4
    assert "does not load" in told


def test_a_cache_that_cannot_be_written_is_told_and_not_needed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands where the cache's folder should be: everything works, a little slower."""
    (home / "blocked").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "blocked"))

    code, told = said(capsys, "say", "Hello.", "--out", "x.wav")

    assert (code, Path("x.wav").stat().st_size > 1000) == (0, True)
    assert told.count("Warning: Rendered phrases cannot be kept in") == 1
    assert "blocked" in told


def test_a_recording_that_cannot_be_read_does_not_stop_the_others(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is reported, the others are heard, and the exit code tells."""
    assert said(capsys, "say", "stop", "--out", "stop.wav", "--voice", "en-us+m3")[0] == 0
    sound, rate = soundfile.read("stop.wav")
    loud = np.concatenate([sound, np.zeros(rate)])
    soundfile.write("phone.wav", loud[::2], rate // 2, subtype="GSM610")
    soundfile.write("stop.wav", loud, rate)
    Path("letter.wav").write_text("This is a letter.")
    Path("empty.wav").write_bytes(b"")

    code, told = said(
        capsys, "listen", "letter.wav", "phone.wav", "missing.wav", "empty.wav", "stop.wav"
    )

    assert code == 3
    for name in ("letter.wav", "missing.wav", "empty.wav"):
        assert f"The recording {name} " in told
    assert "“stop”  stop.wav" in told
    assert "3 of 5 recordings could not be read" in told


def test_faulty_settings_are_told_and_doctor_still_looks(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every problem of the file at once; doctor lists it among all else."""
    place(home / "XDG_CONFIG_HOME", "settings.toml", "raet = 200\nvoice = 3\n")

    code, told = said(capsys, "start", "desk-break")
    assert code == 3
    assert "line 1: raet: unknown setting (did you mean 'rate'?)" in told
    assert "line 2: voice: 3 is not a text in quotes" in told

    code, told = doctor(capsys)
    assert code == 1
    assert "did you mean 'rate'" in told
    assert "speech model" in told


def test_settings_that_cannot_be_are_told_with_the_others(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value out of its range is a problem of the file, not of a flag that nobody gave."""
    text = 'rate = 900\ntalk = "long"\ncanceller = "magic"\n'
    place(home / "XDG_CONFIG_HOME", "settings.toml", text)

    for command, wanted in (("plan", 3), ("doctor", 1)):
        code, told = doctor(capsys) if command == "doctor" else said(capsys, command)
        assert code == wanted
        assert "line 1: rate: 900 is not a whole number from 100 to 300" in told
        assert """line 2: talk: 'long' is not "full" or "short" or "counts\"""" in told
        assert "line 3: canceller: 'magic' is not" in told


def test_a_removed_canceller_is_explained(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings of an earlier version that name "speex" say that it is gone, why, and what to do."""
    place(home / "XDG_CONFIG_HOME", "settings.toml", 'canceller = "speex"\n')

    code, told = said(capsys, "plan")

    assert code == 3
    assert "line 1: canceller: 'speex': this echo canceller was removed" in told
    assert "less echo" in told
    assert 'use "kalman"' in told


def test_settings_may_be_what_the_flags_may_be() -> None:
    """One set of limits, wherever a value is given."""
    assert KNOWN["rate"] == range(SLOWEST_WPM, FASTEST_WPM + 1)
    assert KNOWN["talk"] == tuple(TALKS)
    assert set(SETTABLE) == set(CANCELLERS)
    assert KNOWN["canceller"] == SETTABLE
    assert KNOWN["verifier"] == tuple(VERIFIERS)


def test_doctor_looks_at_the_profile(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """None is well; a damaged one is not, since no session begins with it."""
    code, told = doctor(capsys)
    assert (code, "none yet: the first" in told) == (0, True)
    place(home / "XDG_DATA_HOME", "profile.toml", '[answers]\nbons = "yes"\n')
    code, told = doctor(capsys)
    assert (code, "did you mean 'bones'" in told) == (1, True)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full")
def test_a_full_disk_under_the_output_is_told(home: Path) -> None:
    """No traceback, and the code of files that cannot be written."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "routines"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 7
    assert done.stderr.startswith("Error: The output cannot be written\nNo space left")
    assert "Traceback" not in done.stderr


def test_a_terminal_that_cannot_show_a_sign_is_no_error() -> None:
    """In Latin-1 there are no curly quotes: question marks stand for them."""
    done = subprocess.run(
        [*PROGRAM, "listen", "“no”.wav"],
        env=os.environ | {"PYTHONIOENCODING": "latin-1"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.decode("latin-1").startswith("Error: The recording ?no?.wav does not exist")


def test_a_recording_at_another_rate_is_heard(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """44.1 kHz in stereo is converted; the answer is JSON with the times of that file."""
    assert said(capsys, "say", "stop", "--out", "stop.wav", "--voice", "en-us+m3")[0] == 0
    sound, rate = soundfile.read("stop.wav")
    length = int(len(sound) * 44_100 / rate)
    slow = np.interp(np.arange(length) * rate / 44_100, np.arange(len(sound)), sound)
    quiet = np.zeros(22_050)
    both = np.concatenate([quiet, slow, quiet])
    soundfile.write("other.flac", np.stack([both, both], axis=1), 44_100)

    code, told = said(capsys, "listen", "other.flac", "--json")

    assert code == 0
    line = json.loads(told)
    assert (line["file"], line["command"]) == ("other.flac", "stop")
    assert 0.3 < line["start"] < line["end"] <= line["decided"] < 2.5


def test_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    """What is written comes out of it, and it is still a pipe; so it is for devices."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text(pipe, "hello")
        assert os.read(reader, 100) == b"hello"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full")
def test_a_full_device_is_told_and_stays(tmp_path: Path) -> None:
    """By way of a link, so that a slip replaces the link and not the machine's device."""
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    samples = np.zeros(RATE, np.int16)
    for write in (lambda: write_text(link, "hello"), lambda: write_wav(link, samples)):
        with pytest.raises(PlaceError, match="cannot be written"):
            write()
        assert link.is_symlink()
        assert link.is_char_device()


STREAMS = ("stdin", "stdout", "all")
COMMANDS = ("screen", "rules", "profile", "routines", "doctor", "--help")


@pytest.mark.parametrize(
    ("streams", "command"),
    one_in(5, list(product(STREAMS, COMMANDS))),  # each stream
)
def test_no_command_needs_a_stream(home: Path, command: str, streams: str) -> None:
    """Closed before the start, as by a service manager: no traceback, and an exit code."""
    closed = {"stdin": "<&-", "stdout": ">&-", "all": "<&- >&- 2>&-"}[streams]
    words = " ".join(f"'{word}'" for word in (*PROGRAM, command))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{words} {closed}"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 8)
    assert "Traceback" not in done.stderr


def test_what_is_typed_in_another_encoding_is_no_error(home: Path) -> None:
    """A line in Latin-1 on a UTF-8 terminal is not an answer, and the question waits."""
    done = subprocess.run(
        [*PROGRAM, "screen"],
        input="n\xe3o\nno\n".encode("latin-1"), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 8
    assert b"Please answer one of" in done.stdout
    assert b"Traceback" not in done.stderr


def test_doctor_lists_a_bad_variable_and_a_bad_setting(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Among all else, with what to do; a flag of its own that is wrong is still wrong use."""
    monkeypatch.setenv("VOICECOACH_RATE", "fast")
    monkeypatch.setenv("VOICECOACH_CANCELLER", "speex")
    place(home / "XDG_CONFIG_HOME", "settings.toml", 'language = "xx"\n')

    code, told = doctor(capsys)

    assert code == 1
    assert "PROBLEM variable VOICECOACH_RATE" in told
    assert "unset VOICECOACH_RATE" in told
    assert "PROBLEM variable VOICECOACH_CANCELLER" in told
    assert "PROBLEM settings There is no language 'xx'" in told
    assert re.search(r"ok voice \S+ .*at 160 words a minute speaks", told)
    assert said(capsys, "doctor", "--rate", "9000")[0] == 2
    monkeypatch.undo()


def test_doctor_says_that_there_is_no_cache(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It costs time, so it is no problem, but told."""
    (home / "blocked").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "blocked"))
    code, told = doctor(capsys)
    assert code == 0
    assert "missing speech cache" in told


def test_an_own_routine_of_a_name_that_is_included_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is led, as the user wants it; but it must not be mistaken for the other one."""
    own = home / "XDG_DATA_HOME" / "voicecoach" / "routines" / "desk-break.yaml"
    own.parent.mkdir(parents=True)
    own.write_text((shipped("routines") / "desk-break.yaml").read_text("utf-8"), "utf-8")

    code, told = said(capsys, "plan", "desk-break", "--brief")
    assert (code, f"'desk-break' is your own routine {own}" in told) == (0, True)
    assert "Note:" not in said(capsys, "plan", str(own), "--brief")[1]
    assert "Note:" not in said(capsys, "plan", "lumbago-relief", "--brief")[1]
    listed = said(capsys, "routines")[1]
    assert listed.count("Your own; it replaces") == 1
    assert "desk-break" in said(capsys, "doctor")[1].split("your own instead")[1]


def test_a_routine_of_hundreds_of_hours_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is rendered; twenty sets in each of many exercises are a slip."""
    head, exercise = SMALL.split("exercises:\n")
    one = exercise.split("  - id: knee")[0].replace("4, tempo: 2120", "50, tempo: 9999, sets: 20")
    many = "".join(one.replace("id: bridge", f"id: bridge-{n}") for n in range(50))
    Path("long.yaml").write_text(f"{head}exercises:\n{many}", "utf-8")
    Path("most.yaml").write_text(f"{head}exercises:\n" + one.replace("sets: 20", "sets: 2"))

    code, told = said(capsys, "check", "long.yaml")

    assert code == 3
    assert "the routine takes about 501 hours" in told
    assert "at most 3" in told
    assert said(capsys, "check", "most.yaml")[0] == 0


def test_a_user_without_a_home_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a container with a number for a user; what keeps nothing works all the same."""

    def unknown(_number: int) -> None:
        raise KeyError("no such user")

    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    assert said(capsys, "rules", "S1")[0] == 0
    for words in (("profile",), ("history",), ("routines",), ("doctor",), ("data", "path")):
        code, told = said(capsys, *words)
        assert (code, "Set HOME, or XDG_" in told) == (7, True), words
    code, told = said(capsys, "listen", "x.wav", "--model", "~nobody-of-that-name/model")
    assert (code, "no speech model" in told) == (4, True)
