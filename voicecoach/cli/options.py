"""Flags that several commands share. Each is also an environment variable and a setting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from voicecoach.app.wiring import TALKS, Choices
from voicecoach.language.loader import REFERENCE, load_language
from voicecoach.settings import CANCELLERS
from voicecoach.tts.pyttsx3_voice import COACH, FASTEST_WPM, RATE_WPM, SLOWEST_WPM

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(name: str, *names: str, **attributes: Any) -> Decorator:
    """Return a click option which is also the variable VOICECOACH_NAME."""
    variable = "VOICECOACH_" + name.lstrip("-").replace("-", "_").upper()
    return click.option(name, *names, envvar=variable, show_envvar=True, **attributes)


language = option(
    "--language",
    metavar="CODE",
    default=REFERENCE,
    show_default=True,
    callback=lambda _ctx, _parameter, code: load_language(code),
    help="Language of the coach, of the routine and of your commands.",
)
voice = option("--voice", default=COACH, show_default=True, help="espeak-ng voice of the coach.")
rate = option(
    "--rate",
    type=click.IntRange(SLOWEST_WPM, FASTEST_WPM),
    default=RATE_WPM,
    show_default=True,
    help="Words a minute.",
)
talk = option(
    "--talk",
    type=click.Choice(sorted(TALKS)),
    default="full",
    show_default=True,
    help="How much the coach says to begin with.",
)
model = option(
    "--model",
    type=click.Path(path_type=Path),
    callback=lambda _ctx, _parameter, folder: folder and folder.expanduser(),
    help="Folder of another Vosk model than the shipped one.",
)
canceller = option(
    "--canceller",
    type=click.Choice(CANCELLERS),
    metavar="NAME",
    default="kalman",
    show_default=True,
    help='Echo canceller: "kalman", "speex", or "none" with headphones.',
)
ears = option(
    "--ears",
    type=click.Choice(["voice", "typed"]),
    default="voice",
    show_default=True,
    help='Take commands by "voice", or "typed" on the keyboard, a line each.',
)
output = option("--output", default="", help="Loudspeaker, by a part of its name.")
input_ = option("--input", "input_", default="", help="Microphone, by a part of its name.")
helper_command = option(
    "--helper-command",
    default="",
    help="Command to run when somebody should come: an emergency, or no answer.",
)
helper_url = option(
    "--helper-url",
    default="",
    help="Address on the local network to call when somebody should come (HTTP POST).",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
routine = click.argument("routine")


def voiced(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the flags of the voice."""
    return voice(rate(command))


def hearing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the flags of a session with ears, its language first."""
    return language(voiced(talk(model(canceller(command)))))


def choices(**flags: Any) -> Choices:
    """Return the choices made by flags; those that are no choice of a session are left out."""
    return Choices(**{name: flags[name] for name in Choices.__dataclass_fields__ if name in flags})
