"""The command `voicecoach`: its group, and the one place where errors become messages."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from errno import EIO, ENOSPC, EPIPE
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from voicecoach import __version__
from voicecoach.cli.signals import FAILED, TOLD, Loading, end_at_once, end_cleanly, exit_code
from voicecoach.cli.tolerant import Tolerant
from voicecoach.errors import CoachError, PlaceError, did_you_mean
from voicecoach.paths import config_file
from voicecoach.settings import usable_settings

COMMANDS = (
    "demo", "start", "serve", "render", "rehearse", "timeline", "replay", "screen", "teach",
    "profile", "edit", "history", "report", "data", "remind", "routines", "plan", "check", "new",
    "rules", "listen", "say", "voices", "docs", "doctor", "service",
)  # fmt: skip
"""In the order of the help: from trying it, to using it, to looking behind it."""

EDITS = ("count", "leave-out", "put-back", "mix", "exercises")
"""Commands of `edit` that have options with settings."""

HELP = frozenset({"-h", "--help"})
HELP_ASKED = "voicecoach.help"
WORDS = "voicecoach.words"
"""Keys of what was typed, in the meta of the context."""

PARAMETERS = {"input": "input_"}
"""Settings whose parameter has another name, because theirs is a builtin of Python."""

INTERRUPTED, TERMINATED, HUNG_UP = 130, 143, 129
"""Exit codes after Ctrl-C, SIGTERM and a closed terminal, as shells have them (128 + signal)."""

CLOSED = 141
"""Exit code when nothing reads the output any more, as shells have it (128 + SIGPIPE)."""

GONE = (EPIPE, EIO)
"""Errors of an output that nothing reads: a closed pipe, a closed terminal."""


class Commands(click.Group):
    """Loads a command's module when it is called, so that `--help` needs no sound library."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by name, or None."""
        if name not in COMMANDS:
            return None
        with Loading():
            command: click.Command = import_module(f"voicecoach.cli.{name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note whether help is requested, before a command takes its arguments."""
        ctx.meta[HELP_ASKED] = not HELP.isdisjoint(args)
        ctx.meta[WORDS] = tuple(args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for an unknown one, suggest a similar name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], COMMANDS) or f"Commands: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command '{args[0]}'. {sentence(hint)}")
        return super().resolve_command(ctx, args)


@click.command(cls=Commands, context_settings={"help_option_names": sorted(HELP)})
@click.version_option(__version__, prog_name="voicecoach")
@click.option("--debug", is_flag=True, envvar="VOICECOACH_DEBUG", help="Show tracebacks.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Guide an exercise routine by voice, hands-free and offline.

    Lie down; the coach reads the steps, counts, and obeys what you say: "pause", "next",
    "slower", "how many more", "stop", "it hurts". Begin with `voicecoach demo`.

    Exit codes: 0 done, 1 other error, 2 wrong use, 3 input (routine, scenario, recording, log),
    4 speech model, 5 voice, 6 sound device, 7 folder or file, 8 no session today,
    129 terminal closed, 130 interrupted, 141 output closed, 143 ended by SIGTERM.

    A file is written into a folder that is there; a folder that a command fills is made. Nothing
    takes the place of another file until it is whole. What is about you can be read by you alone.
    """
    ctx.obj = {"debug": debug}
    if not ctx.meta[HELP_ASKED]:  # help must work with faulty settings, too
        settings = _settings(ctx)
        defaults = {PARAMETERS.get(name, name): value for name, value in settings.items()}
        voices = {**defaults, "render": defaults, "samples": defaults}
        edits = {**defaults, **dict.fromkeys(EDITS, defaults)}
        groups = {"voices": voices, "edit": edits}
        ctx.default_map = {**dict.fromkeys(COMMANDS, defaults), **groups}


def _settings(ctx: click.Context) -> dict[str, object]:
    """Return the settings; what is right in them, for a command that needs no more."""
    try:
        settings, fault = usable_settings(config_file())
    except PlaceError:  # without a home there are none; what needs one says so
        return {}
    if fault is None:
        return settings
    name = ctx.invoked_subcommand or ""
    command = cli.get_command(ctx, name)
    if not isinstance(command, Tolerant) or not command.tolerates(ctx.meta[WORDS]):
        raise fault
    if name != "doctor":  # which reports it with everything else
        click.secho(f"Warning: {fault.what}; they are left out", err=True, fg="yellow")
        click.echo(fault.why, err=True)
    return settings


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit. What the terminal cannot show, or what is typed in another
    encoding, becomes a question mark.
    """
    _fill_streams()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    end_cleanly()
    code = run(args)
    end_at_once(told=code > FAILED)
    sys.exit(code)


def _fill_streams() -> None:
    """Open /dev/null for each standard stream that was closed: no other file may take its place,
    or helper programs would write into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def run(args: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    words = sys.argv[1:] if args is None else args
    debug = "--debug" in words
    try:
        return int(cli.main(args=words, prog_name="voicecoach", standalone_mode=False) or 0)
    except CoachError as error:
        _show(error, debug)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        return _interrupted(error)
    except SystemExit as error:  # click ends a program so whose output nothing reads
        return _quiet(error)
    except Exception as error:
        if exit_code(error, 0):  # a library made something else of the signal
            return _interrupted(error)
        if not isinstance(error, OSError) or error.errno not in (*GONE, ENOSPC):
            raise
        return _quiet(error) if error.errno in GONE else _full(error, debug)


def _interrupted(error: BaseException) -> int:
    """Say so in one line, and return the exit code."""
    if not isinstance(error, click.Abort):  # click has ended the line of the key already
        _say("")
    _say(TOLD)
    return exit_code(error, INTERRUPTED)


def _say(line: str) -> None:
    with suppress(OSError):  # nothing may read it any more
        click.echo(line, err=True)


def _full(error: OSError, debug: bool) -> int:
    full = PlaceError("The output cannot be written", error.strerror or "", "Make room there.")
    _show(full, debug)
    _quiet(error)
    return full.exit_code


def _show(error: CoachError, debug: bool) -> None:
    if debug:
        traceback.print_exception(error)
    click.secho(f"Error: {sentence(error.what)}", err=True, fg="red", bold=True)
    for part in (error.why, error.next_step):
        if part:
            click.echo(sentence(part), err=True)


def sentence(text: str) -> str:
    """Return `text` with a capital, unless it begins with a path or a name of something."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[:1].upper() + text[1:] if first.isalpha() else text


def _quiet(error: BaseException) -> int:
    # the reader has gone: nothing more can be written, and the flush at exit must not try
    sys.stdout = sys.stderr = _Nowhere()
    return exit_code(error, CLOSED)


class _Nowhere:
    def write(self, _: Any) -> int:
        return 0

    def flush(self) -> None:
        return
