"""What the commands print, as a user reads it: within the terminal, in words, and all at once."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.screening import DAY, SAY, WPM, Clock
from voicecoach.app.profile_store import save_profile
from voicecoach.app.wiring import COACH, make_voice
from voicecoach.cli.doctor import command as doctor
from voicecoach.cli.main import COMMANDS, run
from voicecoach.cli.routines import LABELS
from voicecoach.paths import profile_file
from voicecoach.routine.evidence import Tag
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile, let_through

NARROW = 60


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home, an empty folder, and a terminal of the usual width."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Run a command; return its exit code, what it printed, and its errors."""
    code = run(list(args))
    return (code, *capsys.readouterr())


def answers(on: date, **told: bool) -> Profile:
    """Return a user who answered all by no on a day, but for what was `told`."""
    profile = let_through(on)
    for name, yes in told.items():
        given = profile.answers.with_answer(Fact(name), yes, on)
        profile = profile.with_answers(given, on)
    return profile


def test_the_help_tells_each_command_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """No line of the list is cut off in an ordinary terminal."""
    out = said(capsys, "--help")[1]
    listed = out[out.index("Commands:") :]
    assert len(listed.splitlines()) == 1 + len(COMMANDS)
    assert "..." not in listed


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_group_tells_each_of_its_commands_in_a_line(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As that of the whole program."""
    _, _, listed = said(capsys, name, "--help")[1].partition("Commands:")
    assert "..." not in listed


@pytest.mark.parametrize("columns", [NARROW, 80])
@pytest.mark.parametrize("words", ["rules", "routines --evidence", "profile", "plan one --brief"])
def test_a_narrow_terminal_is_kept_to(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: int,
    words: str,
) -> None:
    """Lines end between words, and the rest of a text stands under its begin."""
    monkeypatch.setenv("COLUMNS", str(columns))
    save_profile(profile_file(), answers(date.today(), cancer=True))
    out = said(capsys, *words.replace("one", "desk-break").split())[1]
    assert max(map(len, out.splitlines())) <= columns


def test_rules_that_are_known_are_told_beside_one_that_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The order does not matter; all that is unknown is told at once."""
    code, out, error = said(capsys, "rules", "S99", "s41", "S98")
    assert code == 3
    assert out.startswith("S41  before a session")
    assert "no rules 'S99' and 'S98'" in error
    assert "](" not in said(capsys, "rules", "S1")[1]  # no links of a web page


def test_evidence_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """The tags of the file stay in the file, and a study is cited once."""
    assert set(LABELS) == set(Tag)
    out = said(capsys, "routines", "--evidence")[1]
    assert "Evidence: not better in trials. " in out
    assert Tag.NO_BETTER.value not in out
    assert out.count("Dahm 2010") == 1


def test_a_brief_plan_has_lengths_and_a_total(capsys: pytest.CaptureFixture[str]) -> None:
    """Minutes and seconds: nobody plans an evening by milliseconds."""
    out = said(capsys, "plan", "desk-break", "--brief")[1]
    rows = re.findall(r"^ +(\d+):(\d\d)  (.*)$", out, re.MULTILINE)
    begins = [60 * int(minutes) + int(seconds) for minutes, seconds, _ in rows]
    assert begins == sorted(begins)
    assert re.fullmatch(r"Seated twist \(\d:\d\d\)", rows[0][2])
    assert rows[-1][2].startswith("The end.")
    assert not re.search(r"\d\.\d", out)


def test_the_profile_has_a_head_over_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """When an answer was given, and from when it is asked again; the question below."""
    save_profile(profile_file(), answers(day := date.today(), disc=True))
    lines = said(capsys, "profile")[1].splitlines()
    head = next(line for line in lines if "asked again" in line)
    row = next(line for line in lines if line.startswith("  disc "))
    assert row[head.index("answer") :].startswith("yes ")
    assert row[head.index("given") :].startswith(f"{day} ")
    assert row[head.index("asked again") :] == f"{day + timedelta(days=366)}"
    assert lines[lines.index(row) + 1].strip() == SAY.screen["disc"].split("\n")[0][:70].strip()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("", "The names are: emergency, "),
        ("pregnent no", "Did you mean 'pregnant'?"),
        ("back_pain 7", "There is no answer named 'back_pain'"),
        ("pregnant", "The answer is missing. Write yes, no or not sure"),
        ("pregnant maybe", "'maybe' is no answer"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told(
    capsys: pytest.CaptureFixture[str], words: str, part: str
) -> None:
    """The name first, then the answer."""
    code, _, error = said(capsys, "profile", "set", *words.split())
    assert code == 2
    assert part in error


def test_an_answer_that_closes_all_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever types that it is an emergency reads what to do."""
    out = said(capsys, "profile", "set", "emergency", "YES")[1]
    assert "Call the emergency number" in " ".join(out.split())


def test_a_missing_card_does_not_hide_that_there_is_no_session(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are told; questions that are merely due today are no refusal."""
    monkeypatch.setattr(sys, "stdin", None)
    command = ("start", "desk-break", "--no-microphone", "--output", "no such card")
    yesterday = date.today() - timedelta(days=1)
    for profile, refused in ((answers(yesterday, cancer=True), True), (answers(yesterday), False)):
        save_profile(profile_file(), profile)
        code, _, error = said(capsys, *command)
        assert code == 6
        assert ("your answers allow no session today. Because you have had" in error) is refused


def test_a_log_and_a_recording_without_anything_are_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither an empty picture nor silence."""
    (home / "empty.jsonl").touch()
    code, _, error = said(capsys, "timeline", "empty.jsonl")
    assert (code, "is empty" in error) == (3, True)
    assert not (home / "empty.svg").exists()
    assert said(capsys, "say", "Breathe out.", "--out", "breath.wav")[0] == 0
    code, out, error = said(capsys, "listen", "breath.wav")
    assert (code, out) == (0, "")
    assert error == "No command was heard in breath.wav.\n"


def test_doctor_ends_with_what_works(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts in a column, each with its next step, and a sentence for who reads no list."""
    assert doctor.help
    monkeypatch.setattr("voicecoach.app.diagnostics.list_devices", list)
    out = said(capsys, "doctor")[1]
    assert re.search(r"^missing loudspeakers +none$", out, re.MULTILINE)
    assert "A session on the mat needs what is" in out.splitlines()[-2]


def test_the_questions_take_as_long_as_the_coach_says() -> None:
    """About a minute and a half, with the usual voice and quick answers."""
    assert "for about a minute and a half" in SAY.screen["intro"]
    with closing(make_voice(COACH, WPM)) as voice:
        number, seconds, _ = Clock(voice).asked(Profile(), (), DAY)
    assert number == 16
    assert 80 <= seconds <= 105
