"""The user's own files, looked at one by one: settings, profile, history, voice, reminder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from voicecoach.app.finding import Finding, look
from voicecoach.app.profile_store import load_profile, require_place_above
from voicecoach.app.reminder_store import load_reminder
from voicecoach.app.voice_store import load_voice
from voicecoach.paths import (
    config_file,
    data_dir,
    history_file,
    profile_file,
    reminder_file,
    voice_file,
)
from voicecoach.settings import load_settings
from voicecoach.store.reading import check_history


def own_files(history: str) -> Iterator[Finding]:
    """Yield a finding for each; `history` is the setting of that name."""
    yield look("settings", _settings)
    yield look("data folder", _data)
    yield look("profile", _profile)
    yield look("history", partial(_history, history))
    yield look("taught voice", _taught)
    yield look("reminder", _reminder)


def _settings() -> str:
    names = ", ".join(load_settings(config_file())) or "none"
    return f"{names} (in {config_file()})"


def _data() -> str:
    require_place_above(profile_file())
    return f"{data_dir()} can be written"


def _profile() -> str:
    path = profile_file()
    load_profile(path)
    return f"{path} is sound" if path.exists() else "none yet: the first session asks"


def _history(kept: str) -> str:
    path = history_file()
    number = check_history(path)
    found = f"{path} is sound, sessions: {number}" if path.exists() else "none yet"
    return f"{found}; nothing more is kept" if kept == "none" else found


def _taught() -> str:
    kept = load_voice(voice_file())
    return f"learned: {', '.join(kept.forms)}" if kept and kept.forms else "none"


def _reminder() -> str:
    kept = load_reminder(reminder_file())
    return f"set for {kept.at:%H:%M}" if kept else "none"
