"""The demo shows what it promises: its user is obeyed, and no one else is."""

from __future__ import annotations

from pathlib import Path

from voicecoach.app.log_file import read_log
from voicecoach.cli.main import run
from voicecoach.eventlog.kinds import Resumed
from voicecoach.eventlog.sounds import CommandHeard, UserSpoke


def test_the_user_of_the_demo_is_obeyed(tmp_path: Path) -> None:
    """Each thing said is a command that is taken, in its order, and nothing else is; the session
    goes on one level easier.
    """
    assert run(["demo", "--into", str(tmp_path), "--voice", "en-us+f2"]) == 0
    events = read_log(tmp_path / "events.jsonl")
    said = [event.text for event in events if isinstance(event, UserSpoke)]
    assert [event.text for event in events if isinstance(event, CommandHeard)] == said
    assert len(said) > 10
    assert -1 in [event.level for event in events if isinstance(event, Resumed)]
