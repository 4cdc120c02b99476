"""Draws the generated parts of the documentation from the program itself.

    python docs/diagram.py            writes them into docs/*.md
    python docs/diagram.py --check    says whether they are current

A generated part stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``. The tests fail
when one is stale.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import click

from voicecoach import errors
from voicecoach.cli.main import COMMANDS, INTERRUPTED, cli
from voicecoach.dialog.states import EXERCISE, OFFERS, SAFETY, WORK, State
from voicecoach.dialog.table import LIVE, ROWS, TABLE, Row
from voicecoach.language.loader import load_language
from voicecoach.language.phrasebook import HALTING, Command
from voicecoach.screening.questions import QUESTIONS
from voicecoach.screening.rules import Stage, rules

ROOT = Path(__file__).parents[1]
LANGUAGE = load_language("en")
WIDTH = 88

BY_ITSELF = (
    ("[*]", "welcome", ""),
    ("welcome", "reading", "the greeting ends"),
    ("welcome", "ask_start", "with a profile"),
    ("ask_start", "reading", "number"),
    ("ask_start", "offer_gentle", "6 or more"),
    ("reading", "settling", "described"),
    ("settling", "work", "three, two, one, go"),
    ("work", "switching", "left side done"),
    ("switching", "work", "count-in"),
    ("work", "resting", "set or exercise done"),
    ("resting", "work", "next set"),
    ("resting", "reading", "next exercise"),
    ("work", "closing", "last exercise done"),
    ("work", "ask_end", "the same, with a profile"),
    ("ask_end", "closing", "number, or half a minute"),
    ("closing", "ended", "goodbye"),
    ("ended", "[*]", ""),
)
"""What happens without a command: the tracks of `dialog/flow.py`. Not in the table."""

BY_PLACE: Mapping[str, Mapping[str, str]] = {
    "begin_now": {"welcome": "reading", "reading": "settling"},
    "ready_or_on": {"settling": "work", "switching": "work", "resting": "work"},
    "set_done": {"work": "resting"},
}
"""Where steps of the way lead that name no state, since it depends on the place."""

BY_VERDICT = (
    ("judged", "ask_sharp", "not known yet"),
    ("judged", "offer_easier", "0 to 2, or 3 to 5 for the first time"),
    ("judged", "offer_next", "3 to 5 again, or sharp"),
    ("judged", "offer_breathing", "6 or more, or 2 above the start"),
    ("judged", "ask_where", "strong or sharp, and no region was named"),
    ("breathing", "offer_next", "a minute later"),
)
"""The verdicts of `dialog/pain.py` and `dialog/pain_response.py`. Not in the table."""

ANSWERS: Mapping[str, str] = {
    "score": "judged",
    "where": "judged",
    "pain": "judged",
    "checked": "judged",
    "dull": "judged",
    "not_sure": "again",
    "go_easier": "going",
}
"""Where answers lead that name no state."""


def way() -> str:
    """Return the picture of the way through a routine."""
    lines = [_edge(*edge) for edge in BY_ITSELF]
    for row in ROWS:
        targets = BY_PLACE.get(row.step.__name__, {})
        lines += [_edge(at, targets[at], _words(row)) for at in _places(row) if at in targets]
        if row.to is State.READING and row.states >= EXERCISE:
            lines.append(_edge("anyone", "reading", _words(row)))
    work = ["    state work {", *(f"        {s.value}" for s in State if s in WORK), "    }"]
    return _mermaid(['    state "any of these" as anyone', *work, *lines])


def halts() -> str:
    """Return the picture of halts, pauses and the end: where they lead, and what leads back."""
    lines = ['    state "anywhere" as anywhere', '    state "an exercise" as exercise']
    lines.append('    state "where it stood, or the open question" as back')
    for row in ROWS:
        if row.states <= SAFETY | OFFERS or _led_on(row):
            continue
        lines += [_edge(at, row.to.value if row.to else "back", _words(row)) for at in _wide(row)]
    return _mermaid(lines)


def dialogue() -> str:
    """Return the picture of the questions after a halt."""
    lines = ["    state judged <<choice>>", '    state "the exercise goes on" as going']
    lines.append('    state "once more in other words, then the worse answer" as again')
    for row in ROWS:
        if row.states <= SAFETY | OFFERS | {State.BREATHING}:
            to = row.to.value if row.to else ANSWERS[row.step.__name__]
            lines += [_edge(at, to, _words(row)) for at in _places(row)]
    return _mermaid([*lines, *(_edge(*edge) for edge in BY_VERDICT)])


def _led_on(row: Row) -> bool:
    """Tell whether a row neither halts nor leads back: it is told in words, or another picture."""
    stays = row.to is None and row.step.__name__ not in ("resume", "stay")
    return stays or row.states <= {State.BREATHING}


def _wide(row: Row) -> list[str]:
    """Return where a row begins, with large groups of states as one."""
    if len(row.states) > len(LIVE) - 3:
        return ["anywhere"]
    if row.states >= EXERCISE:
        rest = [state.value for state in State if state in row.states - EXERCISE]
        return ["exercise", *rest]
    return _places(row)


def _places(row: Row) -> list[str]:
    """Return the names of a row's states; the three kinds of work are one."""
    names = ["work" if state in WORK else state.value for state in State if state in row.states]
    return list(dict.fromkeys(names))


def _words(row: Row) -> str:
    return ", ".join(command.value.replace("_", " ") for command in row.commands)


def _edge(source: str, target: str, why: str) -> str:
    return f"    {source} --> {target}" + (f": {why}" if why else "")


def _mermaid(lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def table() -> str:
    """Return the whole table, as it stands in the program."""
    lines = ["| command | in these states | does | goes to |", "| --- | --- | --- | --- |"]
    for row in ROWS:
        names = ", ".join(f"`{c.value}`" for c in row.commands)
        to = f"`{row.to.value}`" if row.to else "-"
        step = f"{row.step.__module__.rpartition('.')[2]}.{row.step.__name__}"
        lines.append(f"| {names} | {_states(row.states)} | `{step}` | {to} |")
    return "\n".join(lines)


def _states(states: frozenset[State]) -> str:
    if len(states) > len(LIVE) // 2 and states <= LIVE:
        without = ", ".join(f"`{s.value}`" for s in sorted(LIVE - states, key=list(State).index))
        return "all" + (f" but {without}" if without else "")
    for name, group in {"every exercise state": EXERCISE, "every work state": WORK}.items():
        if group <= states:
            rest = [f"`{s.value}`" for s in sorted(states - group, key=list(State).index)]
            return ", ".join([name, *rest])
    return ", ".join(f"`{s.value}`" for s in sorted(states, key=list(State).index))


def live() -> str:
    """Return the table by state: which commands are live, besides the halt commands."""
    lines = ["| state | live besides the halt commands |", "| --- | --- |"]
    for state in State:
        at = [f"`{c.value}`" for c in Command if c not in HALTING and (state, c) in TABLE]
        lines.append(f"| `{state.value}` | {', '.join(at) or 'nothing'} |")
    return "\n".join(lines)


def spoken() -> str:
    """Return what may be said, by command."""
    lines = ["| to do this | say |", "| --- | --- |"]
    for command in Command:
        forms = [p for p, m in LANGUAGE.phrasebook.meanings.items() if m.command is command]
        said = '"' + '", "'.join(forms) + '"'
        lines.append(f"| {command.value.replace('_', ' ')} | {said} |")
    return "\n".join(lines)


def helps() -> str:
    """Return the help of the program and of each command."""
    parts = ["### voicecoach", _help(cli, "voicecoach")]
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        parts += [f"### voicecoach {name}", _help(command, f"voicecoach {name}")]
    return "\n\n".join(parts)


def _help(command: click.Command, path: str) -> str:
    with click.Context(
        command,
        info_name=path,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    ) as context:
        return f"```text\n{command.get_help(context)}\n```"


def codes() -> str:
    """Return the exit codes, from the families of errors."""
    families: list[type[errors.CoachError]] = [
        errors.CoachError,
        *errors.CoachError.__subclasses__(),
    ]
    meanings = {family.exit_code: (family.__doc__ or "").split("\n")[0] for family in families}
    meanings |= {
        0: "Done.",
        1: "Something else went wrong; `doctor` found a fault.",
        2: "Wrong use of the command line: see its `--help`.",
        INTERRUPTED: "Interrupted by Ctrl-C.",
    }
    rows = [f"| {code} | {meanings[code]} |" for code in sorted(meanings)]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows])


def rules_of(stage: Stage) -> str:
    """Return the rules of a stage, from the one list of them."""
    lines = ["| id | when | then | cert. | rests on | today |", "| --- " * 6 + "|"]
    for rule in rules():
        if rule.stage is stage:
            parts = (rule.id, rule.trigger, rule.effect, rule.letters, rule.source, rule.today)
            lines.append(f"| {' | '.join(parts)} |")
    return "\n".join(lines)


def questions() -> str:
    """Return the questions before a session, follow-ups under theirs."""
    screen = LANGUAGE.prompts.screen
    lines = ["| question | in other words | rules | not sure, twice |", "| --- " * 4 + "|"]
    for question in QUESTIONS:
        key, counts = question.fact.value, "yes" if question.careful else "no"
        words = (
            f"if yes: {screen[key]}" if question.after else screen[key],
            screen[f"{key}_again"],
        )
        lines.append(f"| {words[0]} | {words[1]} | {', '.join(question.rules)} | {counts} |")
    return "\n".join(lines)


PARTS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "way": ("docs/architecture.md", way),
    "halts": ("docs/architecture.md", halts),
    "dialogue": ("docs/architecture.md", dialogue),
    "table": ("docs/architecture.md", table),
    "live": ("docs/architecture.md", live),
    "help": ("docs/commands.md", helps),
    "codes": ("docs/commands.md", codes),
    "spoken": ("docs/commands.md", spoken),
    **{f"rules-{stage.value}": ("docs/safety.md", partial(rules_of, stage)) for stage in Stage},
    "questions": ("docs/safety.md", questions),
}
"""Name of each generated part -> the page it stands on, and what writes it."""


def renewed(page: str, text: str) -> str:
    """Return the text of `page` with its generated parts made anew. Raises `ValueError`."""
    for name, (at, write) in PARTS.items():
        if at != page:
            continue
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        if (text.count(begin), text.count(end)) != (1, 1):
            raise ValueError(f"{page} needs {begin} and {end}, once")
        note = "<!-- made by docs/diagram.py: do not edit -->"
        before, after = text.split(begin)[0], text.split(end)[1]
        text = f"{before}{begin}\n{note}\n\n{write()}\n\n{end}{after}"
    return text


def main() -> int:
    """Write all parts, or with --check tell which pages are stale."""
    stale = []
    for page in sorted({page for page, _ in PARTS.values()}):
        path = ROOT / page
        before = path.read_text("utf-8")
        after = renewed(page, before)
        if after != before:
            stale.append(page)
            if "--check" not in sys.argv:
                path.with_suffix(".part").write_text(after, "utf-8")
                path.with_suffix(".part").replace(path)
    print("stale:" if "--check" in sys.argv else "written:", ", ".join(stale) or "nothing")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    for variable in [name for name in os.environ if name.startswith("VOICECOACH_")]:
        del os.environ[variable]  # a default in the help must be the program's
    sys.exit(main())
