"""Commands that work with faulty settings: those that show, delete or check what is kept.

A command that leads, hears or speaks stops at a fault of the settings, since it would not do what
the user has set. One that does none of it leaves out what is wrong, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import click

from voicecoach.errors import CoachError
from voicecoach.paths import config_file

FAULTS = "voicecoach.faults"
"""Key of the faults in the meta of the context."""


class Fault(NamedTuple):
    """What is wrong with a variable or a setting."""

    part: str
    fact: str
    next_step: str


class Tolerant(click.Command):
    """A command that takes its defaults where a variable or a setting is wrong."""

    def tolerates(self, _args: Sequence[str]) -> bool:
        """Tell whether it does so with these arguments."""
        return True

    def tell(self, faults: Sequence[Fault]) -> None:
        """Tell what is left out."""
        for fault in faults:
            text = f"Warning: {fault.part}: {fault.fact} {fault.next_step}. It is not used now."
            click.secho(text, err=True, fg="yellow")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse `args`; what is wrong elsewhere than in them is left out."""
        if not self.tolerates(args):
            return super().parse_args(ctx, args)
        variables = {param: str(param.envvar) for param in self.params if param.envvar}
        faults = [*self._variables(ctx, variables), *self._settings(ctx)]
        ctx.meta[FAULTS] = faults
        self.tell(faults)
        try:
            return super().parse_args(ctx, args)
        finally:
            for param, name in variables.items():
                param.envvar = name

    def _variables(
        self, ctx: click.Context, variables: dict[click.Parameter, str]
    ) -> Iterator[Fault]:
        """Yield what is wrong with the variables, which are not looked at any more."""
        for param, name in variables.items():
            if fault := _fault(ctx, param, param.value_from_envvar(ctx)):
                param.envvar = None
                yield Fault(f"variable {name}", fault, f"Correct it, or remove it: unset {name}")

    def _settings(self, ctx: click.Context) -> Iterator[Fault]:
        """Yield what is wrong with the settings, which are left out."""
        settings = dict(ctx.default_map or {})
        for param in self.params:
            if fault := _fault(ctx, param, settings.get(param.name or "")):
                del settings[param.name or ""]
                yield Fault("settings", fault, f"Correct {param.name} in {config_file()}")
        ctx.default_map = settings


class TolerantGroup(Tolerant, click.Group):
    """A group of such commands."""

    command_class: type[click.Command] | None = Tolerant


class TolerantList(TolerantGroup):
    """A group that does so itself, and whose commands do not."""

    command_class = click.Command

    def tolerates(self, args: Sequence[str]) -> bool:
        """Tell whether none of its commands is called."""
        return self.commands.keys().isdisjoint(args)


def _fault(ctx: click.Context, param: click.Parameter, value: Any) -> str:
    """Return what is wrong with a value, or an empty text."""
    try:
        if value is not None:
            param.process_value(ctx, value)
    except click.ClickException as error:
        return error.format_message()
    except CoachError as error:
        return error.in_one_line
    return ""
