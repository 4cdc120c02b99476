"""A session that kills itself at a call of the disk: run by test_kept_at_once.py.

It prints what it is about to keep, what it has kept, and which events it has logged.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.disk import Disk
from tests.app.rehearsals import plain
from tests.app.telling import TODAY, tell
from voicecoach.app.log_file import LogStore
from voicecoach.app.profile_store import ProfileStore
from voicecoach.eventlog.kinds import Event
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.profile_writer import dump_profile


def main(folder: Path, at: int) -> None:
    """Lead a session, and die at call number `at`."""
    disk = Disk(folder, pytest.MonkeyPatch())
    before = let_through(TODAY - timedelta(days=1))
    profiles = ProfileStore(folder / "profile.toml", before, lambda store: store.write())
    logged = LogStore(folder / "events.jsonl", lambda store: store.write())

    def die(*_: object) -> None:
        if disk.calls == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def keep(profile: Profile) -> None:
        print(json.dumps({"keeping": dump_profile(profile)}), flush=True)
        profiles.keep(profile)
        print(json.dumps({"kept": True}), flush=True)

    def log(event: Event) -> None:
        logged(event)
        print(json.dumps(plain(event)), flush=True)

    disk.before = die
    tell(keep, log, before)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
