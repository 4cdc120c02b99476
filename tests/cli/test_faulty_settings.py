"""A fault of the settings stops what would follow them, and no more; `doctor` sees them all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.test_safety_commands import Terminal, home, terminal
from tests.store.test_reading import NEW, OLD
from voicecoach.app import diagnostics
from voicecoach.app.log_file import write_log
from voicecoach.app.own_files import own_files
from voicecoach.app.profile_store import save_profile
from voicecoach.cli.main import COMMANDS
from voicecoach.devices.device_names import DeviceInfo
from voicecoach.eventlog.kinds import Halted
from voicecoach.paths import config_file, history_file, private_files, profile_file, voice_file
from voicecoach.screening.profile import let_through
from voicecoach.settings import KNOWN, usable_settings
from voicecoach.store.reading import add_sessions

__all__ = ["home", "terminal"]

IMPOSSIBLE = {
    "language": '"xx"',
    "name": '"no-such-name"',
    "music": '"trumpets"',
    "others": '"shout"',
    "voice": '"no-such-voice"',
    "rate": "900",
    "talk": '"long"',
    "model": '"/no/such/model"',
    "canceller": '"magic"',
    "verifier": '"witch"',
    "output": '"no such loudspeaker"',
    "input": '"no such microphone"',
    "history": '"perhaps"',
    "helper_command": '"no-such-program --now"',
    "helper_url": '"http://example.org/fall"',
    "mqtt_url": '"http://192.168.1.20"',
    "mqtt_user": '"someone"',  # only the broker knows its users
    "mqtt_password_file": '"/no/such/password"',
    "mqtt_ca": '"/no/such/certificate"',
}
"""Of each setting a value that cannot work. The first three lines of the report name it."""

GO_ON = {
    ("data", "path"), ("data", "export", "all.json"), ("data", "forget", "--yes"),
    ("profile",), ("profile", "forget", "all", "--yes"), ("teach", "--forget"), ("history",),
    ("report",), ("routines",), ("rules", "S1"), ("timeline", "log.jsonl"), ("voices",),
    ("docs",),
}  # fmt: skip
"""Commands that need no setting."""


def settle(text: str) -> None:
    """Write the settings."""
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text, "utf-8")


def test_doctor_finds_each_setting_that_cannot_work(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once, each with its value; a card that may only be unplugged is missing."""
    assert set(IMPOSSIBLE) == set(KNOWN), "a new setting needs a value here, and a look in doctor"
    card = DeviceInfo(0, "Card", 2, 2, 48_000)
    monkeypatch.setattr(diagnostics, "list_devices", lambda: [card])
    settle("".join(f"{name} = {value}\n" for name, value in IMPOSSIBLE.items()))

    code, said = terminal("doctor")

    assert code == 1
    found = " ".join(said.split())
    for value in IMPOSSIBLE.values():
        assert value.strip('"').split(" --")[0] in found, said
    assert said.count("missing") >= 2
    assert "All is ready" not in said


@pytest.mark.parametrize("damaged", ["history.db", "profile.toml", "voice.json"])
def test_each_private_file_that_is_damaged_is_found(damaged: str) -> None:
    """By its name, and what to do; nothing of it is changed."""
    assert damaged in {path.name for path in private_files()}
    file = history_file().with_name(damaged)
    file.parent.mkdir(parents=True)
    file.write_text("damaged " * 200, "utf-8")
    findings = {found.part: found for found in own_files("keep")}
    wrong = [found for found in findings.values() if found.ok is False]
    assert [damaged in found.fact + found.next_step for found in wrong] == [True]
    assert file.read_text("utf-8") == "damaged " * 200


@pytest.mark.parametrize("words", sorted(GO_ON), ids=" ".join)
def test_what_needs_no_setting_goes_on_and_says_what_is_wrong(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a slip in the file, with a file that is no TOML, and with a language there is not."""
    monkeypatch.chdir(tmp_path)
    write_log(Path("log.jsonl"), [Halted(t=1.0, why="pain")])
    for text, fault in (
        ("raet = 200\n", "did you mean 'rate'"), ("= 3", "not TOML"), ('language = "xx"', ""),
    ):  # fmt: skip
        add_sessions(history_file(), [OLD, NEW])
        save_profile(profile_file(), let_through(date(2026, 3, 2)))
        settle(text)
        code, said = terminal(*words)
        assert code == 0, said
        assert fault in said


def test_all_other_commands_stop(terminal: Terminal) -> None:
    """They would do something else than what is set."""
    settle("raet = 200\n")
    for name in COMMANDS:
        if name not in {words[0] for words in GO_ON} - {"teach"} | {"doctor"}:
            assert terminal(name)[0] == 3, name
    for words in (("voices", "render"), ("voices", "samples", "x"), ("teach",)):
        assert terminal(*words)[0] == 3, words


def test_what_is_right_in_the_file_is_still_used(tmp_path: Path) -> None:
    """By commands that go on."""
    path = tmp_path / "settings.toml"
    path.write_text('raet = 3\nrate = 200\nvoice = ""\nmodel = "a\\u0000b"\n', "utf-8")
    settings, fault = usable_settings(path)
    assert settings == {"rate": 200}
    assert fault is not None
    assert [problem.split(":")[0] for problem in fault.why.splitlines()] == [
        "  line 1", "  line 3", "  line 4",
    ]  # fmt: skip


def test_a_voice_that_was_taught_is_forgotten_whatever_is_set(terminal: Terminal) -> None:
    """Nothing keeps the user from that."""
    voice_file().parent.mkdir(parents=True)
    voice_file().write_text("{", "utf-8")
    settle('model = "/nowhere"\nraet = 3\n')
    assert terminal("teach", "--forget")[0] == 0
    assert not voice_file().exists()
