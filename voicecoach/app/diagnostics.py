"""What a session needs, looked at part by part."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from voicecoach import __version__
from voicecoach.app.profile_store import load_profile
from voicecoach.app.routine_library import load_routine, replaced, routine_files
from voicecoach.app.wiring import (
    Choices,
    chosen_verifier,
    list_devices,
    make_canceller,
    make_voice,
    recogniser_of,
    shipped_model,
)
from voicecoach.errors import CoachError
from voicecoach.language.model import Language
from voicecoach.paths import cache_dir, config_file, profile_file
from voicecoach.settings import load_settings

PACKAGES = ("vosk", "pyttsx3", "espeakng-loader", "sounddevice", "soundfile", "soxr")


class Finding(NamedTuple):
    """A part: `ok` True, False (a rehearsal needs it), or None (only live sound needs it)."""

    part: str
    ok: bool | None
    fact: str
    next_step: str = ""


def checkup(choices: Choices) -> Iterator[Finding]:
    """Yield a finding for each part."""
    system = f"Python {platform.python_version()}, {sys.platform} {platform.machine()}"
    yield Finding("voicecoach", True, f"{__version__} on {system}")
    yield Finding("packages", *_packages())
    yield _look("voice", lambda: _voice(choices))
    yield _look("speech model", lambda: _model(choices))
    yield _second_look(choices)
    yield _look("echo canceller", lambda: make_canceller(choices.canceller).name)
    yield _look("routines", lambda: _routines(choices.language))
    yield _look("settings", _settings)
    yield _look("profile", _profile)
    yield _cache(cache_dir() / "speech")
    yield from _devices()


def _look(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part, True, look())
    except CoachError as error:
        return Finding(part, False, f"{error.what}. {error.why}".strip(), error.next_step)


def _packages() -> tuple[bool, str, str]:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    step = f"pip install {' '.join(missing)}" if missing else ""
    return not missing, ", ".join(found), step


def _voice(choices: Choices) -> str:
    with closing(make_voice(choices.voice, choices.rate, choices.language)) as voice:
        clip = voice.render(["Ready."])["Ready."]
        name = voice.name
    asked = "" if choices.voice == name else f" (for '{choices.voice}')"
    return f"{name}{asked} at {choices.rate} words a minute speaks ({clip.length} ms)"


def _model(choices: Choices) -> str:
    recogniser = recogniser_of(choices)
    recogniser.close()
    model = choices.model or f"{shipped_model(choices.language).name} (shipped)"
    return f"{model} is whole and loads"


def _second_look(choices: Choices) -> Finding:
    try:
        chosen = chosen_verifier(choices)
    except CoachError as error:
        return Finding("second look", False, f"{error.what}. {error.why}".strip(), error.next_step)
    return Finding("second look", True, chosen.fact, chosen.next_step)


def _cache(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        fact = f"{folder} cannot be written: {error.strerror or error}"
        step = "Sessions work without, but begin later. Name another folder by XDG_CACHE_HOME."
        return Finding("speech cache", None, fact, step)
    return Finding("speech cache", True, str(folder))


def _settings() -> str:
    names = ", ".join(load_settings(config_file())) or "none"
    return f"{names} (in {config_file()})"


def _profile() -> str:
    path = profile_file()
    load_profile(path)
    return f"{path} is sound" if path.exists() else "none yet: the first session asks"


def _routines(language: Language) -> str:
    files = routine_files()
    for path in files.values():
        load_routine(path, language)
    own = [name for name in files if replaced(name)]
    note = f"; your own instead of the one included: {', '.join(own)}" if own else ""
    return f"{len(files)} without problems: {', '.join(files)}{note}"


def _devices() -> Iterator[Finding]:
    try:
        devices = list_devices()
    except CoachError as error:
        yield Finding("live sound", None, f"{error.what}. {error.why}", error.next_step)
        return
    speakers = [d.name for d in devices if d.outputs]
    microphones = [d.name for d in devices if d.inputs]
    for part, names, missing in (
        ("loudspeakers", speakers, "Connect one."),
        ("microphones", microphones, "Connect one, or type the commands: --no-microphone."),
    ):
        step = "" if names else missing
        yield Finding(part, True if names else None, ", ".join(names) or "none", step)
