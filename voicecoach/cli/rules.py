"""`voicecoach rules`: the safety rules."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

import click

from voicecoach.cli import options
from voicecoach.errors import InputError, did_you_mean
from voicecoach.screening.rules import Certainty, Rule, Stage, rules

WIDTH = 80
TITLES = {
    Stage.BEFORE: "Before a session",
    Stage.ROUTINE: "What a routine may contain",
    Stage.DURING: "During a session",
    Stage.AFTER: "After a session",
}


@click.command("rules")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@options.as_json
def command(ids: tuple[str, ...], as_json: bool) -> None:
    """Print the safety rules, or all details of those named by ID, such as S17.

    The letter is how certain a rule is: A guideline or consensus, B study of a neighbouring
    condition, C practice advice, D our own. No physiotherapist has reviewed them yet.
    """
    chosen = [_find(id_) for id_ in ids] or list(rules())
    if as_json:
        rows = [_row(rule) for rule in chosen]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif ids:
        click.echo("\n\n".join("\n".join(_whole(rule)) for rule in chosen))
    else:
        click.echo("\n".join(_table()))


def _find(id_: str) -> Rule:
    known = {rule.id: rule for rule in rules()}
    if id_.upper() not in known:
        last = max(known, key=_number)
        why = did_you_mean(id_.upper(), list(known)) or f"The rules are S1 to {last}"
        raise InputError(f"There is no rule '{id_}'", why, "`voicecoach rules` prints them all.")
    return known[id_.upper()]


def _number(id_: str) -> int:
    return int(id_.removeprefix("S"))


def _row(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "stage": rule.stage.value,
        "trigger": rule.trigger,
        "effect": rule.effect,
        "source": rule.source,
        "certainty": [certainty.name for certainty in rule.certainty],
        "where": list(rule.where),
        "today": rule.today,
    }


def _table() -> Iterator[str]:
    for stage, title in TITLES.items():
        yield click.style(title, bold=True)
        for rule in (rule for rule in rules() if rule.stage is stage):
            yield from _wrapped(f"{rule.id:4}{rule.letters:5}", rule.trigger)
            yield from _wrapped(" " * 9, f"-> {rule.effect}")
        yield ""
    letters = ", ".join(f"{c.name} {c.value}" for c in Certainty)
    yield from _wrapped("", f"Certainty: {letters}.")
    yield "No physiotherapist has reviewed these rules yet."


def _whole(rule: Rule) -> Iterator[str]:
    yield click.style(f"{rule.id}  {TITLES[rule.stage].lower()}", bold=True)
    certainty = ", ".join(f"{c.name} ({c.value})" for c in rule.certainty)
    parts = {
        "when": rule.trigger,
        "then": rule.effect,
        "source": rule.source,
        "certainty": certainty,
        "where": ", ".join(rule.where),
        "today": rule.today,
    }
    for name, text in parts.items():
        yield from _wrapped(f"  {name:11}", text)


def _wrapped(head: str, text: str) -> list[str]:
    blanks = " " * len(head)
    return textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=blanks)
