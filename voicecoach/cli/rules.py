"""`voicecoach rules`: the safety rules."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from voicecoach.cli import options
from voicecoach.cli.layout import listed, wrapped
from voicecoach.cli.places import TEXT
from voicecoach.cli.tolerant import Tolerant
from voicecoach.errors import InputError, did_you_mean
from voicecoach.screening.rules import Certainty, Rule, Stage, rules

TITLES = {
    Stage.BEFORE: "Before a session",
    Stage.ROUTINE: "What a routine may contain",
    Stage.DURING: "During a session",
    Stage.AFTER: "After a session",
}


@click.command("rules", cls=Tolerant)
@click.argument("ids", nargs=-1, type=TEXT, metavar="[ID]...")
@options.as_json
def command(ids: tuple[str, ...], as_json: bool) -> None:
    """Print the safety rules, or all of those named, such as S17.

    The letter is how certain a rule is: A guideline or consensus, B study of a neighbouring
    condition, C practice advice, D our own. No physiotherapist has reviewed them yet.
    """
    known = {rule.id: rule for rule in rules()}
    chosen = [known[id_.upper()] for id_ in ids if id_.upper() in known]
    unknown = [id_ for id_ in ids if id_.upper() not in known]
    _print(chosen if ids else list(rules()), bool(ids), as_json)
    if unknown:
        raise _unknown(unknown, list(known))


def _print(chosen: list[Rule], whole: bool, as_json: bool) -> None:
    if as_json:
        rows = [_row(rule) for rule in chosen]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif whole:
        click.echo("".join("\n".join(_whole(rule)) + "\n\n" for rule in chosen), nl=False)
    else:
        click.echo("\n".join(_table()))


def _unknown(ids: list[str], known: list[str]) -> InputError:
    """Return the error for ids of no rule; the rules that were named beside them are printed."""
    last = max(known, key=_number)
    guess = did_you_mean(ids[0].upper(), known) if len(ids) == 1 else ""
    quoted = listed([f"'{id_}'" for id_ in ids])
    what = f"There is no rule {quoted}" if len(ids) == 1 else f"There are no rules {quoted}"
    why = guess or f"The rules are S1 to {last}"
    return InputError(what, why, "`voicecoach rules` prints them all.")


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
            yield from wrapped(f"{rule.id:4}{rule.letters:5}", rule.trigger)
            yield from wrapped(" " * 9, f"-> {rule.effect}")
        yield ""
    letters = ", ".join(f"{c.name} {c.value}" for c in Certainty)
    yield from wrapped("", f"Certainty: {letters}.")
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
        yield from wrapped(f"  {name:11}", text)
