"""Where things lie: what is shipped with the package, and the user's own folders (XDG)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import PlaceError

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent


def shipped(name: str) -> Path:
    """Return the path of something shipped, such as ``routines`` or ``models/coach-en``.

    A wheel carries it inside the package; in a checkout it stands at the top.
    """
    inside = PACKAGE / "bundled" / name
    return inside if inside.exists() else CHECKOUT / name


def cache_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for rendered speech (``$XDG_CACHE_HOME/voicecoach``)."""
    return _base("XDG_CACHE_HOME", ".cache", environ)


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the settings file (``$XDG_CONFIG_HOME/voicecoach/settings.toml``)."""
    return _base("XDG_CONFIG_HOME", ".config", environ) / "settings.toml"


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for the user's own routines (``$XDG_DATA_HOME/voicecoach``)."""
    return _base("XDG_DATA_HOME", ".local/share", environ)


def profile_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the user's profile (``$XDG_DATA_HOME/voicecoach/profile.toml``)."""
    return data_dir(environ) / "profile.toml"


def history_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of what was done (``$XDG_DATA_HOME/voicecoach/history.db``)."""
    return data_dir(environ) / "history.db"


def voice_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the user's taught voice (``$XDG_DATA_HOME/voicecoach/voice.json``)."""
    return data_dir(environ) / "voice.json"


def reminder_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the reminder (``$XDG_DATA_HOME/voicecoach/reminder.json``)."""
    return data_dir(environ) / "reminder.json"


def taste_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the loudness and the bed (``$XDG_DATA_HOME/voicecoach/sound.json``)."""
    return data_dir(environ) / "sound.json"


def sound_check_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the sound check (``$XDG_DATA_HOME/voicecoach/sound-check.json``)."""
    return data_dir(environ) / "sound-check.json"


def unfinished_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the session that is led (``$XDG_DATA_HOME/voicecoach/unfinished.json``):
    it is there while one is led, and after one was cut off.
    """
    return data_dir(environ) / "unfinished.json"


def lowered_players(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file that says which other players are lowered (``.../lowered.json``). It tells
    nothing about the user, and forgetting it would leave them low.
    """
    return data_dir(environ) / "lowered.json"


def private_files(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Return every file in which something is kept about the user."""
    of_the_body = history_file(environ), profile_file(environ), voice_file(environ)
    about_sound = taste_file(environ), sound_check_file(environ)
    return (*of_the_body, reminder_file(environ), unfinished_file(environ), *about_sound)


def _base(variable: str, default: str, environ: Mapping[str, str]) -> Path:
    given = environ.get(variable, "")
    # the XDG specification says to ignore a path that is not absolute
    base = Path(given) if Path(given).is_absolute() else _home(variable) / default
    return base / "voicecoach"


def _home(variable: str) -> Path:
    try:
        return Path.home()
    except RuntimeError as error:  # no HOME, and no such user, as in a container
        what, why = "Your home folder is not known", "HOME is not set, and the system has no user"
        raise PlaceError(what, why, f"Set HOME, or {variable} to a folder") from error
