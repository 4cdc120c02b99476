"""What a session needs, looked at part by part."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from voicecoach import __version__
from voicecoach.app.checked_plan import checked_plan
from voicecoach.app.finding import Finding, look
from voicecoach.app.own_files import own_files
from voicecoach.app.routine_library import load_routine, own_routines, replaced, routine_files
from voicecoach.app.service_wiring import Way, certificate, check_broker, password
from voicecoach.app.wiring import (
    Choices,
    DeviceInfo,
    check_url,
    choose_device,
    chosen_verifier,
    command_words,
    list_devices,
    make_canceller,
    make_voice,
    recogniser_of,
    shipped_model,
)
from voicecoach.errors import CoachError, DeviceError
from voicecoach.extras import pip_install
from voicecoach.language.model import Language
from voicecoach.paths import (
    cache_dir,
)

PACKAGES = ("vosk", "pyttsx3", "espeakng-loader", "sounddevice", "soundfile", "soxr")


class Extras(NamedTuple):
    """What only a live session needs, as it is set."""

    output: str = ""
    microphone: str = ""
    helper_command: str = ""
    helper_url: str = ""
    name: str = ""
    way: Way = Way()


def checkup(choices: Choices, extras: Extras) -> Iterator[Finding]:
    """Yield a finding for each part."""
    system = f"Python {platform.python_version()}, {sys.platform} {platform.machine()}"
    yield Finding("voicecoach", True, f"{__version__} on {system}")
    yield Finding("packages", *_packages())
    yield look("voice", lambda: _voice(choices))
    yield look("speech model", lambda: _model(choices))
    yield _verifier(choices)
    yield look("echo canceller", lambda: make_canceller(choices.canceller).name)
    yield look("routines", lambda: _routines(choices.language))
    for path in own_routines():
        yield look(f"'{path.stem}'", partial(_led, path, choices))
    yield from own_files(choices.history)
    if extras.name:
        yield _called(extras.name, choices.language)
    yield from _helper(extras)
    yield from _door(extras.way)
    yield _cache(cache_dir() / "speech")
    yield from _devices(extras)


def _called(name: str, language: Language) -> Finding:
    """Return whether the coach can be called by that name."""
    names = language.phrasebook.names
    known = f"The names are: {', '.join(names)}"
    fact = f"'{name}'" if name in names else f"'{name}' was not checked"
    return Finding("name", name in names, fact, "" if name in names else known)


def _packages() -> tuple[bool, str, str]:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    step = f"Install them: `{pip_install(*missing)}`." if missing else ""
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


def _verifier(choices: Choices) -> Finding:
    try:
        chosen = chosen_verifier(choices)
    except CoachError as error:
        return Finding("verifier", False, f"{error.what}. {error.why}".strip(), error.next_step)
    return Finding("verifier", True, chosen.fact, chosen.next_step)


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


def _helper(extras: Extras) -> Iterator[Finding]:
    """Yield who would be called, as far as that can be told without a call."""
    command, url = extras.helper_command, extras.helper_url
    if command:
        yield look("helper command", lambda: f"would run {command_words(command)[0]}")
    if url:
        yield look("helper url", lambda: f"would call {check_url(url)}")
    if not command and not url:
        yield Finding("helper", True, "none is set: no one is called in an emergency")


def _door(way: Way) -> Iterator[Finding]:
    """Yield how each setting of the MQTT broker would be used; it is not called."""
    if not any(way):
        return
    yield look("mqtt url", lambda: f"would connect to {check_broker(way.url)}")
    if way.user:
        yield Finding("mqtt user", True, f"as '{way.user}'")
    if way.password_file:
        yield look("mqtt password", partial(_usable, password, way.password_file))
    if way.ca:
        yield look("mqtt certificate", partial(_usable, certificate, way.ca))


def _usable(read: Callable[[str], str], path: str) -> str:
    """Return `path`, whose content is for no report. Raises what `read` raises."""
    read(path)
    return path


def _led(path: Path, choices: Choices) -> str:
    """Return that the user's own routine can be led; the tests measure the shipped ones."""
    checked_plan(path, choices)
    return f"can be led: {path}"


def _routines(language: Language) -> str:
    files = routine_files()
    for path in files.values():
        load_routine(path, language)
    own = [name for name in files if replaced(name)]
    note = f"; your own instead of the one included: {', '.join(own)}" if own else ""
    return f"{len(files)} without problems: {', '.join(files)}{note}"


def _devices(extras: Extras) -> Iterator[Finding]:
    try:
        devices = list_devices()
    except CoachError as error:
        yield Finding("live sound", None, f"{error.what}. {error.why}", error.next_step)
        return
    speakers = [d.name for d in devices if d.outputs]
    microphones = [d.name for d in devices if d.inputs]
    for part, names, wanted, missing in (
        ("loudspeakers", speakers, extras.output, "Connect one."),
        ("microphones", microphones, extras.microphone, "Connect one, or type: --no-microphone."),
    ):
        step = "" if names else missing
        yield Finding(part, True if names else None, ", ".join(names) or "none", step)
        if wanted and names:
            yield _chosen(wanted, devices, part == "microphones")


def _chosen(wanted: str, devices: Sequence[DeviceInfo], microphone: bool) -> Finding:
    """Return whether the device that is set is there; it may only be unplugged."""
    setting = "input" if microphone else "output"
    try:
        found = choose_device(wanted, devices, microphone=microphone)
    except DeviceError as error:
        return Finding(setting, None, f"{error.what}. {error.why}", error.next_step)
    return Finding(setting, True, f"{found.name} (for '{wanted}')")
