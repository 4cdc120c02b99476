"""Draws the generated parts of the documentation from the program itself.

    python docs/diagram.py            writes them into docs/*.md, with two files that are whole
    python docs/diagram.py --check    says whether they are current

A generated part stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``. The tests fail
when one is stale.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import click

from voicecoach import errors
from voicecoach.cli.main import CLOSED, COMMANDS, HUNG_UP, INTERRUPTED, TERMINATED, cli
from voicecoach.dialog.menu_dialog import MENU
from voicecoach.dialog.refusal_dialog import REFUSAL
from voicecoach.dialog.safe_position import TIME, Complaint, Move, Person, Posture, moves
from voicecoach.dialog.screening_dialog import SCREENING
from voicecoach.dialog.session_table import LIVE, SESSION
from voicecoach.dialog.sound_dialog import CHECK
from voicecoach.dialog.states import ACTIVE, CHECKS, EXERCISE, OFFERS, SAFETY, WORK, State
from voicecoach.dialog.teach_dialog import TEACHING
from voicecoach.dialog.transitions import Conversation, Follow, Row
from voicecoach.dialog.unfinished_dialog import UNFINISHED
from voicecoach.eventlog.lines import schema
from voicecoach.language.loader import load_language
from voicecoach.language.phrasebook import HALTING, Command
from voicecoach.routine.model import Load
from voicecoach.routine.schema import schema_text as routine_schema_text
from voicecoach.screening.limits import LIMITS
from voicecoach.screening.questions import DAILY, QUESTIONS, Question
from voicecoach.screening.rules import Stage, rules

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))  # the script beside this one
outcomes = importlib.import_module("outcomes")
LANGUAGE = load_language("en")
WIDTH = 88

MOST_CHOICES = 12
"""More choices of a field than this are not listed in the table of events."""

CONVERSATIONS: Mapping[str, Conversation[Any]] = {
    "session": SESSION,
    "screening": SCREENING,
    "refusal": REFUSAL,
    "teaching": TEACHING,
    "menu": MENU,
    "sound": CHECK,
    "unfinished": UNFINISHED,
}
WAY = ("controls", "flow", "scores", "ending")
HALTS = ("safety_dialog", "asking", "resuming", "confirm_stop", "ending")
PAIN = ("pain_questions", "pain_response")
"""Modules of `dialog/` whose steps a picture shows."""


class Group(NamedTuple):
    """States that one node of a picture stands for."""

    name: str
    those: frozenset[State]
    """They must all be there."""
    besides: frozenset[State] = frozenset()
    """What the node stands for as well, where it is there."""


GROUPS: Mapping[str, Group] = {
    "anywhere": Group("anywhere", LIVE - {State.CLOSING, State.ASK_END, State.ASK_WHERE}, LIVE),
    "back": Group("where it stood", EXERCISE, ACTIVE),
    "going": Group(
        "the exercise goes on", frozenset({State.READING, State.SETTLING, State.RESTING}), ACTIVE
    ),
    "open": Group("the open question", SAFETY | OFFERS, CHECKS),
    "exercise": Group("an exercise", EXERCISE),
    "safety": Group("a safety question", SAFETY),
    "offer": Group("an offer", OFFERS),
    "work": Group("work", WORK),
    "halted": Group("stopped or paused", frozenset({State.STOPPED, State.PAUSED})),
    "the_end": Group("the end, or the score first", frozenset({State.CLOSING, State.ASK_END})),
}

TARGETS = ("back", "going", "open", "safety", "work", "the_end")
SOURCES = ("anywhere", "exercise", "safety", "offer", "halted", "work")


def picture(name: str, modules: Iterable[str] | None = None) -> str:
    """Return the picture of a conversation: all its edges, or those of some modules' steps."""
    conversation = CONVERSATIONS[name]
    labels: dict[tuple[str, str], list[str]] = {}
    for one in (*conversation.rows, *conversation.follows):
        if modules is None or _module(one) in modules:
            for edge in product(_nodes(one.states, SOURCES), _nodes(one.to, TARGETS)):
                labels.setdefault(edge, []).append(_label(one))
    edges = [
        f"    {source} --> {target}: {', '.join(dict.fromkeys(filter(None, words)))}"
        for (source, target), words in labels.items()
        if source != target
    ]
    used = {node for edge in labels for node in edge}
    named = [f'    state "{group.name}" as {key}' for key, group in GROUPS.items() if key in used]
    return "\n".join(["```mermaid", "stateDiagram-v2", *named, *edges, "```"])


def _module(one: Row[Any] | Follow[Any]) -> str:
    return str(one.step.__module__).rpartition(".")[2]


def _label(one: Row[Any] | Follow[Any]) -> str:
    if isinstance(one, Follow):
        return one.label
    return ", ".join(command.value.replace("_", " ") for command in one.commands)


def _nodes(states: Iterable[State], groups: Iterable[str]) -> list[str]:
    """Return the nodes for some states: large groups as one."""
    left, nodes = set(states), []
    for key in groups:
        group = GROUPS[key]
        if group.those <= left:
            nodes.append(key)
            left -= group.those | group.besides
    return nodes + [state.value for state in State if state in left]


def table(name: str) -> str:
    """Return the whole table of a conversation, as it stands in the program."""
    conversation = CONVERSATIONS[name]
    lines = ["| command | in these states | does | goes to |", "| --- | --- | --- | --- |"]
    for one in conversation.rows:
        names = ", ".join(f"`{c.value}`" for c in one.commands)
        lines.append(
            f"| {names} | {_states(one.states)} | {_step(one)} | {_states(one.to) or '-'} |"
        )
    lines += ["", "| after | in these states | does | goes to |", "| --- | --- | --- | --- |"]
    for one in conversation.follows:
        name = f"`{one.then.value}`" + (f" ({one.label})" if one.label else "")
        lines.append(
            f"| {name} | {_states(one.states)} | {_step(one)} | {_states(one.to) or '-'} |"
        )
    return "\n".join(lines)


def _step(one: Row[Any] | Follow[Any]) -> str:
    return f"`{_module(one)}.{one.step.__name__}`"


def _states(states: Iterable[State]) -> str:
    found = set(states)
    if len(found) > len(LIVE) // 2 and found <= LIVE:
        without = ", ".join(f"`{s.value}`" for s in State if s in LIVE - found)
        return "all" + (f" but {without}" if without else "")
    names = []
    groups = {
        "every exercise state": EXERCISE,
        "every work state": WORK,
        "every safety question": SAFETY,
        "every offer": OFFERS,
    }
    for name, group in groups.items():
        if group <= found:
            names.append(name)
            found -= group
    return ", ".join([*names, *(f"`{s.value}`" for s in State if s in found)])


def live(name: str) -> str:
    """Return the table by state: which commands are live, besides the halt commands."""
    conversation = CONVERSATIONS[name]
    lines = ["| state | live besides the halt commands |", "| --- | --- |"]
    for state in State:
        if any(state is at for at, _ in conversation.table):
            commands = conversation.live(state) - HALTING
            at = [f"`{c.value}`" for c in Command if c in commands]
            lines.append(f"| `{state.value}` | {', '.join(at) or 'nothing'} |")
    return "\n".join(lines)


def spoken() -> str:
    """Return what may be said, by command, as the phrase file gives it."""
    lines = ["| to do this | say |", "| --- | --- |"]
    for command in Command:
        said = ", ".join(f'"{one}"' for one in LANGUAGE.phrasebook.patterns[command])
        lines.append(f"| {command.value.replace('_', ' ')} | {said.replace('|', chr(92) + '|')} |")
    return "\n".join(lines)


def helps() -> str:
    """Return the help of the program and of each command."""
    parts = ["### voicecoach", _help(cli, "voicecoach")]
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        parts += [f"### voicecoach {name}", _help(command, f"voicecoach {name}")]
        for part, inner in getattr(command, "commands", {}).items():
            parts.append(_help(inner, f"voicecoach {name} {part}"))
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
        HUNG_UP: "Ended because the terminal was closed (SIGHUP); what was told is kept.",
        INTERRUPTED: "Interrupted by Ctrl-C; what was told is kept.",
        CLOSED: "Nothing reads the output any more, as after `| head`.",
        TERMINATED: "Ended by a signal (SIGTERM); what was told is kept.",
    }
    rows = [f"| {code} | {meanings[code]} |" for code in sorted(meanings)]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows])


def events() -> str:
    """Return the kinds of events in the log, from the JSON Schema of its lines."""
    found = schema()
    lines = ["| kind | meaning | further fields |", "| --- | --- | --- |"]
    for name, place in found["discriminator"]["mapping"].items():
        kind = found["$defs"][place.rpartition("/")[2]]
        fields = [
            f"`{field}`{'' if field in kind['required'] else ' (optional)'}: {_field(has, found)}"
            for field, has in kind["properties"].items()
            if field not in ("t", "kind")
        ]
        lines.append(f"| `{name}` | {kind['description']} | {'<br>'.join(fields)} |")
    return "\n".join(lines)


def _field(field: dict[str, Any], found: dict[str, Any]) -> str:
    """Return the description of a field, and its choices if they are few."""
    has = found["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else field
    values = [f"`{value}`" for value in has.get("enum", [])]
    choices = [", ".join(values)] if 0 < len(values) <= MOST_CHOICES else []
    return ": ".join([field["description"], *choices])


def schema_text() -> str:
    """Return docs/events.schema.json, by which other programs can check the event log."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def rules_of(stage: Stage) -> str:
    """Return the rules of a stage, from the one list of them."""
    lines = ["| id | when | then | cert. | rests on | today |", "| --- " * 6 + "|"]
    for rule in rules():
        if rule.stage is stage:
            parts = (rule.id, rule.trigger, rule.effect, rule.letters, rule.source, rule.today)
            lines.append(f"| {' | '.join(parts)} |")
    return "\n".join(lines)


def positions() -> str:
    """Return what brings the body to a safe position, for every complaint, posture and person."""
    lines = ["| complaint | the body | the user | the coach says |", "| --- " * 4 + "|"]
    for complaint, posture in product(Complaint, Posture):
        plain = _by_words(complaint, posture, strained=False)
        strained = _by_words(complaint, posture, strained=posture is not Posture.UNKNOWN)
        for how, found in (("", plain), (", at work or in a hold", strained)):
            for words, people in found.items():
                if how and found == plain:
                    continue
                who = "anyone" if len(people) == len(Person) else " or ".join(people)
                row = (complaint.value, posture.value + how, who, words or "-")
                lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def _by_words(complaint: Complaint, posture: Posture, *, strained: bool) -> dict[str, list[str]]:
    """Return what is said, and to whom."""
    found: dict[str, list[str]] = {}
    for person in Person:
        told = moves(complaint, posture, person, strained=strained)
        lines = (
            "*how to let go of the work*"
            if move is Move.RELEASE
            else LANGUAGE.prompts.say(move.value) + _time(move)
            for move in told
        )
        found.setdefault(" ".join(lines), []).append(person.value)
    return found


def _time(move: Move) -> str:
    """Return how long it is silent after a move."""
    return f" *({TIME[move] / 1000:g} s)*" if move in TIME else ""


def questions() -> str:
    """Return the questions before a session, follow-ups after theirs."""
    lines = [
        "| name | question | in other words | rules | not sure, twice | again after, days |",
        "| --- " * 6 + "|",
    ]
    lines += [_question(question.fact.value, question) for question in QUESTIONS]
    return "\n".join(lines)


def _question(key: str, question: Question) -> str:
    screen, when = LANGUAGE.prompts.screen, ""
    if question.after:
        when = f"`{question.after.value}` {'yes' if question.on else 'no'}: "
    counts, rules_served = "yes" if question.careful else "no", ", ".join(question.rules)
    days = f"no {question.no_for}, yes {question.yes_for}"
    if question.fact in DAILY or (question.lapses and not question.yes_for):
        days = "each session"
    cells = (f"`{key}`", when + screen[key], screen[f"{key}_again"], rules_served, counts, days)
    return f"| {' | '.join(cells)} |"


def limits() -> str:
    """Return who leaves out which loads of the spine."""
    lines = ["| load | left out by |", "| --- | --- |"]
    for load in Load:
        whose = [
            f"`{one.fact.value}` ({one.rule}{', until agreed' if one.unless else ''})"
            for one in LIMITS
            if load in one.loads
        ]
        lines.append(f"| `{load.value}` | {', '.join(whose)} |")
    return "\n".join(lines)


PARTS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "way": ("docs/architecture.md", partial(picture, "session", WAY)),
    "halts": ("docs/architecture.md", partial(picture, "session", HALTS)),
    "pain": ("docs/architecture.md", partial(picture, "session", PAIN)),
    "screening": ("docs/architecture.md", partial(picture, "screening")),
    "refusal": ("docs/architecture.md", partial(picture, "refusal")),
    "table": ("docs/architecture.md", partial(table, "session")),
    "live": ("docs/architecture.md", partial(live, "session")),
    "screening-table": ("docs/architecture.md", partial(table, "screening")),
    "refusal-table": ("docs/architecture.md", partial(table, "refusal")),
    "teaching": ("docs/architecture.md", partial(picture, "teaching")),
    "teaching-table": ("docs/architecture.md", partial(table, "teaching")),
    "menu": ("docs/architecture.md", partial(picture, "menu")),
    "sound-table": ("docs/architecture.md", partial(table, "sound")),
    "menu-table": ("docs/architecture.md", partial(table, "menu")),
    "unfinished-table": ("docs/architecture.md", partial(table, "unfinished")),
    "help": ("docs/commands.md", helps),
    "codes": ("docs/commands.md", codes),
    "events": ("docs/commands.md", events),
    "spoken": ("docs/commands.md", spoken),
    **{f"rules-{stage.value}": ("docs/safety.md", partial(rules_of, stage)) for stage in Stage},
    "questions": ("docs/safety.md", questions),
    "positions": ("docs/safety.md", positions),
    "limits": ("docs/safety.md", limits),
}
"""Name of each generated part -> the page it stands on, and what writes it."""

WHOLE: Mapping[str, Callable[[], str]] = {
    "docs/events.schema.json": schema_text,
    "docs/routine.schema.json": partial(routine_schema_text, LANGUAGE.available),
    "docs/screening-outcomes.md": outcomes.page,
}
"""Files that are generated as a whole, and what writes them."""


def renewed(page: str, text: str) -> str:
    """Return the text of `page` with its generated parts written again. Raises `ValueError`."""
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
    for page in sorted({*WHOLE, *(page for page, _ in PARTS.values())}):
        path = ROOT / page
        before = path.read_text("utf-8") if path.exists() else ""
        after = WHOLE[page]() if page in WHOLE else renewed(page, before)
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
