"""`voicecoach edit` as people meet it: what is wanted is kept, shown, led and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.cli.main import run


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let each test have a home of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "voicecoach"


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    """Run a command; return its code and all that it printed."""
    code = run(list(args))
    out = capsys.readouterr()
    return code, out.out + out.err


def test_a_change_is_kept_shown_and_undone(capsys: pytest.CaptureFixture[str]) -> None:
    """By id or by name; `profile` and `edit` show it, `undo` takes the latest back."""
    assert "Nothing is changed" in said(capsys, "edit")[1]
    assert "8 from now on, instead of 10." in said(capsys, "edit", "count", "The cat", "8")[1]
    assert "left out from now on" in said(capsys, "edit", "leave-out", "body-lift")[1]
    said(capsys, "edit", "favourite", "desk-break")
    for command in (["edit"], ["profile"]):
        shown = said(capsys, *command)[1]
        assert "cat: 8 in a set" in shown
        assert "body-lift: left out" in shown
        assert "desk-break" in shown
    assert "body-lift is done as it is written" in said(capsys, "edit", "undo")[1]
    assert "cat is done" in said(capsys, "edit", "put-back", "The cat")[1]
    said(capsys, "edit", "favourite", "desk-break", "--remove")
    assert "Nothing is changed" in said(capsys, "edit")[1]


def test_what_is_so_already_is_said_and_not_written(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    """As it is written, or as it was wanted before."""
    profile = home / "profile.toml"
    for args, first in (
        (("count", "cat", "10"), False),
        (("favourite", "desk-break", "--remove"), False),
        (("count", "cat", "8"), True),
        (("leave-out", "body-lift"), True),
        (("favourite", "desk-break"), True),
    ):
        before = profile.read_bytes() if profile.exists() else b""
        for changes in (first, False):
            code, told = said(capsys, "edit", *args)
            assert code == 0
            assert told.startswith("Nothing is changed.") is not changes, told
            after = profile.read_bytes() if profile.exists() else b""
            assert (after != before) is changes
            before = after


def test_a_count_is_compared_with_what_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """With what was wanted before, or with each routine: one of them has eight, the others ten."""
    for number, told in (
        ("12", "12 from now on, instead of 8 or 10."),
        ("9", "9 from now on, instead of 12."),
    ):
        assert told in said(capsys, "edit", "count", "body-lift", number)[1]
    said(capsys, "edit", "leave-out", "body-lift")
    assert "9 from now on, it was left out." in said(capsys, "edit", "count", "body-lift", "9")[1]
    said(capsys, "edit", "put-back", "body-lift")
    assert "10 from now on, instead of 8." in said(capsys, "edit", "count", "body-lift", "10")[1]


def test_a_mix_is_a_routine_that_passes_check(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    """It can be mixed again and deleted, and takes no other routine's place."""
    code, out = said(capsys, "edit", "mix", "mine", "cat", "body-lift", "--title", "Mine")
    assert (code, out.splitlines()[-1]) == (0, 'By voice (voicecoach serve): "start mine"')
    assert out.startswith(f"{home / 'routines' / 'mine.yaml'}: 2 exercises.")
    unknown = said(capsys, "edit", "mix", "zzyzx", "cat")[1]
    assert '"start my mix"' in unknown
    assert ": 1 exercise." in unknown
    assert said(capsys, "check", "mine")[0] == 0
    assert "Mine" in said(capsys, "routines")[1]
    assert "mine" in said(capsys, "edit")[1]
    assert said(capsys, "edit", "mix", "mine", "cat")[0] == 0
    assert said(capsys, "edit", "mix", "desk-break", "cat")[0] == 3
    other = home / "routines" / "other.yaml"
    other.write_text("mine", "utf-8")
    assert said(capsys, "edit", "mix", "other", "cat")[0] == 3
    assert other.read_text("utf-8") == "mine"
    assert said(capsys, "edit", "mix", "mine", "--remove")[0] == 0
    assert not (home / "routines" / "mine.yaml").exists()


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("leave-out", "catt"), 3, "cat"),
        (("count", "legs-on-a-chair", "10"), 3, "no repetitions"),
        (("count", "cat", "0"), 2, "0"),
        (("favourite", "desk-brake"), 3, "desk-break"),
        (("mix", "mine", "windmil"), 3, "windmill"),
        (("mix", "mine", "both-knees"), 3, "S18"),
        (("mix", "mine"), 2, "edit mix mine"),
        (("mix", "mine", "--remove"), 3, "no mix"),
        (("mix", "a/b", "cat"), 3, "cannot be the name"),
    ],
)
def test_what_is_wrong_is_told(
    args: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to do, and nothing is kept."""
    result, out = said(capsys, "edit", *args)
    assert result == code
    assert told in out
    assert "Nothing is changed" in said(capsys, "edit")[1]
