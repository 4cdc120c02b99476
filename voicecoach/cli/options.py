"""Options that several commands share; most are also environment variables and settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from voicecoach.app import routine_library
from voicecoach.app.fitted import Wanted
from voicecoach.app.routine_library import load_routine, readable_routines
from voicecoach.app.service_wiring import Way
from voicecoach.app.wiring import (
    AUTO,
    COACH,
    FASTEST_WPM,
    KEPT,
    RATE_WPM,
    SLOWEST_WPM,
    TALKS,
    Choices,
)
from voicecoach.cli.places import ANY, TEXT
from voicecoach.errors import InputError
from voicecoach.fitting.wish import LONGEST_MIN, SHORTEST_MIN, Wish
from voicecoach.language.loader import REFERENCE, load_language
from voicecoach.language.model import Language
from voicecoach.routine.model import Region, Routine
from voicecoach.settings import CANCELLERS, HISTORIES, MUSIC, OTHERS, REMOVED, VERIFIERS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(name: str, *names: str, **attributes: Any) -> Decorator:
    """Return a click option which is also the variable VOICECOACH_NAME."""
    first = name.split("/")[0]  # of --this/--no-this
    variable = "VOICECOACH_" + first.lstrip("-").replace("-", "_").upper()
    return click.option(name, *names, envvar=variable, show_envvar=True, **attributes)


def _canceller_name(name: str) -> str:
    if name in CANCELLERS:
        return name
    removed = REMOVED.get(("canceller", name))
    fault = removed or f"it must be {' or '.join(CANCELLERS)}"
    raise click.BadParameter(f"'{name}': {fault}.")


language = option(
    "--language",
    type=TEXT,
    metavar="CODE",
    default=REFERENCE,
    show_default=True,
    callback=lambda _ctx, _parameter, code: load_language(code),
    help="Language of the coach, of the routine and of your commands.",
)
voice = option(
    "--voice",
    type=TEXT,
    default=AUTO,
    show_default=True,
    metavar="NAME",
    help="Voice of the coach, by a name that `voicecoach voices` lists; "
    f'"auto" is the first natural voice that is installed, else "{COACH}".',
)
rate = option(
    "--rate",
    type=click.IntRange(SLOWEST_WPM, FASTEST_WPM),
    default=RATE_WPM,
    show_default=True,
    help="Words per minute.",
)
talk = option(
    "--talk",
    type=click.Choice(sorted(TALKS)),
    default="full",
    show_default=True,
    help="How much the coach says at first.",
)
model = option(
    "--model",
    type=ANY,
    callback=lambda _ctx, _parameter, folder: folder and Path(os.path.expanduser(folder)),  # noqa: PTH111 (never fails)
    help="Folder of a Vosk model to use instead of the shipped one.",
)
canceller = option(
    "--canceller",
    type=_canceller_name,
    metavar="NAME",
    default="kalman",
    show_default=True,
    help='Echo canceller: "kalman", or "none" with headphones.',
)
verifier = option(
    "--verifier",
    type=click.Choice(VERIFIERS),
    default="auto",
    show_default=True,
    help='Who takes a second look at what was heard: "network" comes with the model, "whisper" '
    'also asks Whisper (the extra of that name), "auto" does so where the computer is fast enough.',
)
music = option(
    "--music",
    type=click.Choice(MUSIC),
    default=KEPT,
    show_default=True,
    help='A soft sound of waves: never ("off"), in long "rests", or "always"; it gives way to each '
    'word. "kept" is what you said last: "music", "no music".',
)
others = option(
    "--others",
    type=click.Choice(OTHERS),
    default="lower",
    show_default=True,
    help='Whether to "lower" other programs that play while the coach speaks, or to "leave" them. '
    "It takes the extra `ducking`, and PulseAudio or PipeWire.",
)
history = option(
    "--history",
    type=click.Choice(HISTORIES),
    default="keep",
    show_default=True,
    help='Whether what you do is kept for `voicecoach history`; "none" keeps nothing of it.',
)
microphone = option(
    "--microphone/--no-microphone",
    default=True,
    show_default=True,
    help="Listen to the microphone; typed commands are taken either way, a line each.",
)
ears = option(
    "--ears",
    type=click.Choice(["voice", "typed"]),
    default="voice",
    hidden=True,
    help='The old spelling: "typed" is --no-microphone.',
)
name = option(
    "--name",
    metavar="NAME",
    default="",
    help='By what you call the coach, of the names that were checked: "coach" (the usual one) or '
    '"computer".',
)
output = option("--output", default="", help="Loudspeaker, by a part of its name.")
input_ = option("--input", "input_", default="", help="Microphone, by a part of its name.")
helper_command = option(
    "--helper-command",
    default="",
    help="Command to run in an emergency, or when you do not answer.",
)
helper_url = option(
    "--helper-url",
    default="",
    help="Address on the local network to call then (HTTP POST).",
)
mqtt_url = option(
    "--mqtt-url",
    metavar="URL",
    default="",
    help="MQTT broker for Home Assistant, mqtt://HOST:PORT or mqtts://; none, nothing is sent.",
)
mqtt_user = option("--mqtt-user", default="", help="Name by which the broker knows the coach.")
mqtt_password_file = option(
    "--mqtt-password-file", metavar="FILE", default="", help="File with the password for that."
)
mqtt_ca = option(
    "--mqtt-ca", metavar="FILE", default="", help="Certificate by which the broker's is checked."
)


def mqtt(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the flags of the MQTT broker."""
    for one in (mqtt_ca, mqtt_password_file, mqtt_user, mqtt_url):
        command = one(command)
    return command


def way(flags: dict[str, Any]) -> Way:
    """Take what `mqtt` added out of `flags`, and return it."""
    return Way(*(str(flags.pop(f"mqtt_{name}", "")) for name in Way._fields))


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
routine_or_time = click.argument("routine", type=TEXT, required=False)
minutes = click.option(
    "--minutes",
    type=click.IntRange(SHORTEST_MIN, LONGEST_MIN),
    help="Fit the session to this time; without ROUTINE, choose one that is open to you.",
)
region = click.option(
    "--for",
    "region",
    type=click.Choice([region.value for region in Region]),
    help="The part of the body that the routine is for, with --minutes.",
)


def fitted(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ROUTINE, which --minutes may stand for, and the options of the time."""
    return routine_or_time(minutes(region(command)))


def wanted(
    name: str | None,
    language: Language,
    minutes: int | None = None,
    region: str | None = None,
    **_: Any,
) -> Routine | Wanted:
    """Return the routine that is named, or what is wanted of a time.

    Raises `InputError`, and `click.UsageError` where neither is given.
    """
    named = [load_routine(find_routine(name), language)] if name else []
    if region and (name or minutes is None):
        raise click.UsageError("--for chooses a routine for --minutes: name no ROUTINE beside it.")
    if minutes is None:
        if not named:
            raise click.UsageError("Missing argument 'ROUTINE'. Name one, or use --minutes.")
        return named[0]
    wish = Wish(minutes, Region(region) if region else None)
    return Wanted(wish, named or readable_routines(language), bool(named))


def called(language: Language, name: str) -> Language:
    """Return `language` for a coach of that name; an empty one is the usual. Raises `InputError`
    for a name that was not checked.
    """
    names = language.phrasebook.names
    if name and name not in names:
        why = f"Only these were checked: {', '.join(names)}"
        raise InputError(f"The coach cannot be called '{name}'", why, "Choose one of them.")
    return replace(language, phrasebook=language.phrasebook.named(name)) if name else language


def find_routine(name: str) -> Path:
    """Return the file of a routine; tell where it is an own one instead of a shipped one."""
    path = routine_library.find_routine(name)
    if path.stem == name and routine_library.replaced(name):
        note = (
            f"Note: '{name}' is your own routine {path}, not the one of that name that is included."
        )
        click.echo(note, err=True)
    return path


def voiced(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of the voice."""
    return voice(rate(command))


def sounding(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of what sounds besides the voice."""
    return music(others(command))


def hearing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a session that listens, its language first."""
    return language(voiced(talk(model(canceller(verifier(command))))))


def choices(**flags: Any) -> Choices:
    """Return the choices of a session among `flags`; other flags are ignored."""
    return Choices(**{name: flags[name] for name in Choices.__dataclass_fields__ if name in flags})
