"""`voicecoach service`: the coach runs by itself, as a service of the user's systemd."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from voicecoach.app.output_file import require_folder, write_text
from voicecoach.app.service_wiring import systemd, unit
from voicecoach.atomic_write import READABLE
from voicecoach.errors import CoachError
from voicecoach.paths import config_file
from voicecoach.settings import load_settings

REACHING = ("helper_url", "mqtt_url")
"""Settings with an address."""


@click.group("service")
def command() -> None:
    """Let `serve` run by itself, from the start of the computer on.

    It becomes a service of your own systemd: no part of it runs as root. It is started again when
    it fails, and when the sound device gives no sign of life for half a minute.
    """


@command.command("install")
@click.option("--print", "only_print", is_flag=True, help="Print the unit file, and do nothing.")
def install(only_print: bool) -> None:
    """Write the unit file, and start the service.

    It starts now, and from then on with each login.
    """
    text = _text()
    if only_print:
        click.echo(text, nl=False)
        return
    _require_user()
    path = _place()
    require_folder(path.parent)
    write_text(path, text, READABLE)
    systemd.control("daemon-reload")
    systemd.control("enable", "--now", unit.NAME)
    click.echo(f"Written: {path}\nThe coach runs. Call it: “hey coach”.")
    user = getpass.getuser()
    if not systemd.lingers(user):
        click.echo(
            "So that it also runs while no one is logged in, root must allow it once:\n"
            f"  sudo loginctl enable-linger {user}"
        )


@command.command("status")
def status() -> None:
    """Show how the service is doing."""
    _require_user()
    click.get_current_context().exit(
        systemd.show("systemctl", "--user", "--no-pager", "status", unit.NAME)
    )


@command.command("logs")
@click.option("-n", "--lines", default=50, show_default=True, help="How many of the last lines.")
@click.option("-f", "--follow", is_flag=True, help="Go on with what comes, until Ctrl-C.")
def logs(lines: int, follow: bool) -> None:
    """Show what the service printed."""
    _require_user()
    more = ["--follow"] if follow else ["--no-pager"]
    click.get_current_context().exit(
        systemd.show("journalctl", "--user", "-u", unit.NAME, "-n", str(lines), *more)
    )


@command.command("remove")
def remove() -> None:
    """Stop the service and delete its unit file.

    What is kept about you stays.
    """
    _require_user()
    path = _place()
    if not path.exists():
        click.echo("There is no service to remove.")
        return
    systemd.control("disable", "--now", unit.NAME)
    path.unlink()
    systemd.control("daemon-reload")
    click.echo(f"Deleted: {path}")


def _text() -> str:
    settings = load_settings(config_file())
    program = (sys.executable, "-m", "voicecoach", "serve")
    network = any(settings.get(name) for name in REACHING)
    return unit.unit_text(unit.Wanted(program, network, systemd.version()))


def _place() -> Path:
    return config_file().parents[1] / "systemd" / "user" / unit.NAME


def _require_user() -> None:
    """Raise `CoachError` for root: the coach is for a person, and needs no rights but theirs."""
    if os.geteuid() == 0:
        command = click.get_current_context().command_path
        what, why = f"`{command}` is not for root", "The service belongs to the user who exercises"
        raise CoachError(what, why, f"Run `{command}` as that user, without sudo.")
