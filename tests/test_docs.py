"""The documentation is true: commands, options, phrases, settings, links, pictures, exit codes."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import click
import pytest
import yaml

from tests.english import BOOK
from voicecoach import errors
from voicecoach.cli.main import CLOSED, COMMANDS, HUNG_UP, INTERRUPTED, TERMINATED, cli
from voicecoach.dialog.states import WORK, State
from voicecoach.eventlog.kinds import Event
from voicecoach.language.phrasebook import HALTING
from voicecoach.settings import KNOWN, parse_settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GENERATED = re.compile(r"^<!-- begin .*?^<!-- end .*?$", re.DOTALL | re.MULTILINE)
WIDTH = 120
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def text_of(path: Path) -> str:
    """Return the text of a page."""
    return path.read_text("utf-8")


def fences(language: str, *paths: Path) -> list[str]:
    """Return the fenced blocks of a language."""
    return [
        body for path in paths for name, body in FENCE.findall(text_of(path)) if name == language
    ]


def command_of(name: str) -> click.Command:
    """Return one of the program's commands."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


@pytest.fixture(scope="module")
def diagram() -> ModuleType:
    """Return docs/diagram.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("diagram", ROOT / "docs" / "diagram.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def squeezed(text: str) -> str:
    """Return `text` without blanks and line breaks: click's versions wrap differently."""
    return "".join(text.split())


@pytest.mark.parametrize(
    "page", [*PAGES, *(ROOT / "models").rglob("*.md")], ids=lambda page: page.name
)
def test_no_line_of_prose_is_too_long(page: Path) -> None:
    """Tables, blocks of code and what programs write are as long as they have to be."""
    prose = GENERATED.sub("", FENCE.sub("", text_of(page)))
    lines = (line for line in prose.splitlines() if not line.startswith("|"))
    assert [line for line in lines if len(line) > WIDTH] == []


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/commands.md", "docs/safety.md"])
def test_generated_parts_are_current(page: str, diagram: ModuleType, monkeypatch: Any) -> None:
    """Pictures, tables and help texts are those of the program: else run docs/diagram.py."""
    for name in ("VOICE", "RATE", "TALK", "MODEL", "CANCELLER", "OUTPUT", "INPUT"):
        monkeypatch.delenv(f"VOICECOACH_{name}", raising=False)
    text = text_of(ROOT / page)
    assert squeezed(diagram.renewed(page, text)) == squeezed(text)


def test_a_missing_marker_is_an_error(diagram: ModuleType) -> None:
    """A page that lost the place of a generated part does not count as current."""
    with pytest.raises(ValueError, match="begin way"):
        diagram.renewed("docs/architecture.md", "no markers")


def test_the_pictures_show_each_state(diagram: ModuleType) -> None:
    """Each state stands in one of the pictures; the three kinds of work are one node."""
    pictures = "".join(diagram.picture(name) for name in diagram.CONVERSATIONS)
    work = {state.value for state in WORK}
    names = {state.value for state in State} - work | {"work"}
    assert not [name for name in names if not re.search(rf"\b{name}\b", pictures)]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_documented(name: str) -> None:
    """Each command and option has help, and stands in docs/commands.md."""
    page, command = text_of(ROOT / "docs" / "commands.md"), command_of(name)
    assert f"\n### voicecoach {name}\n" in page
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, parameter.name
            assert max(parameter.opts, key=len) in page


@pytest.mark.parametrize("name", COMMANDS)
def test_help_can_be_printed(name: str) -> None:
    """Help needs no device, model or voice."""
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0


def test_readme_has_the_two_commands() -> None:
    """Each of the promised commands is one line in a block of its own."""
    install = "python3 -m venv .venv && .venv/bin/pip install"
    blocks = [block.rstrip("\n") for block in fences("sh", README)]
    assert f"{install} . && .venv/bin/voicecoach demo" in blocks
    assert f"{install} -e '.[test]' && .venv/bin/pytest" in blocks
    assert "sudo apt install libportaudio2" in blocks


def mentioned() -> Iterator[tuple[str, list[str]]]:
    """Yield page and words of every `voicecoach ...` in the pages, in blocks and in the text."""
    for path in PAGES:
        text = text_of(path)
        blocks = "\n".join(body for name, body in FENCE.findall(text) if name in ("", "sh"))
        plain = FENCE.sub("", text)
        lines = re.findall(r"^(?:.*/)?voicecoach .*$", blocks, re.MULTILINE)
        for line in [*lines, *re.findall(r"`(voicecoach [^`]*)`", plain)]:
            yield path.name, shlex.split(line.partition("voicecoach ")[2])


def test_mentioned_commands_exist() -> None:
    """Every `voicecoach ...` in the documentation names a command and its options."""
    seen = 0
    for page, words in mentioned():
        name = next(word for word in words if not word.startswith("-"))
        if name == "COMMAND":
            continue
        assert name in COMMANDS, (page, words)
        command = command_of(name)
        if isinstance(command, click.Group) and words[1:]:
            part = next((word for word in words[1:] if word in command.commands), None)
            assert part or words[1].startswith("-"), (page, words)
            command = command.commands[part] if part else command
        known = {opt for p in command.params for opt in p.opts} | {"--help", "--debug"}
        assert {word for word in words if word.startswith("--")} <= known, (page, words)
        seen += 1
    assert seen > 10


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    plain = FENCE.sub("", text)
    titles = re.findall(r"^#+ (.*)$", plain, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Each link within the project names a file that exists, and a heading in it."""
    for link in LINK.findall(FENCE.sub("", text_of(path))):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(text_of(target)), link


@pytest.mark.parametrize("block", fences("yaml", *PAGES), ids=range(len(fences("yaml", *PAGES))))
def test_yaml_examples_parse(block: str) -> None:
    """Each YAML block is YAML."""
    assert yaml.safe_load(block)


@pytest.mark.parametrize("block", fences("toml", *PAGES), ids=range(len(fences("toml", *PAGES))))
def test_toml_examples_parse(block: str) -> None:
    """Each TOML block is TOML."""
    assert tomllib.loads(block)


def test_the_settings_in_the_readme_are_all_and_right() -> None:
    """The README's settings file is accepted, and names every setting; what a reader must fill in
    himself stands in comments.
    """
    (block,) = fences("toml", README)
    assert parse_settings(block, "README.md")
    whole = re.sub(r"(?m)^# (?=\w+ = )", "", block)
    assert set(parse_settings(whole, "README.md")) == set(KNOWN)


def test_each_setting_is_a_flag() -> None:
    """Every setting of the file is a flag of `start` or `serve`, with its variable."""
    params = [*command_of("serve").params, *command_of("start").params]
    flags = {opt: p for p in params for opt in p.opts}
    for name in KNOWN:
        flag = flags["--" + name.replace("_", "-")]
        assert flag.envvar == f"VOICECOACH_{name.upper()}"


def test_every_variable_can_be_set() -> None:
    """A variable's name holds nothing that a shell refuses."""
    params = [p for name in COMMANDS for p in command_of(name).params]
    names = [p.envvar for p in params]
    assert not [
        name for name in names if name and not re.fullmatch("VOICECOACH_[A-Z_]+", str(name))
    ]


def codes() -> set[int]:
    """Return every exit code of the program."""
    families = [errors.CoachError, *errors.CoachError.__subclasses__()]
    return {
        0,
        2,
        HUNG_UP,
        INTERRUPTED,
        CLOSED,
        TERMINATED,
        *(family.exit_code for family in families),
    }


def test_exit_codes_are_those_of_the_program() -> None:
    """README, the page of commands and `--help` name the same exit codes as the errors."""
    short = text_of(README).split("## Exit codes")[1].split("[docs")[0]
    table = text_of(ROOT / "docs" / "commands.md").split("begin codes")[1].split("end codes")[0]
    helped = (cli.help or "").split("Exit codes:")[1]
    assert {int(code) for code in re.findall(r"\b\d+\b", short)} == codes()
    assert {int(code) for code in re.findall(r"^\| (\d+)", table, re.MULTILINE)} == codes()
    assert {int(code) for code in re.findall(r"\b\d+\b", helped)} == codes()


def test_event_kinds_are_documented() -> None:
    """The table of the event log has each kind that there is, and no other."""
    section = text_of(ROOT / "docs" / "commands.md").split("## The event log")[1].split("\n## ")[0]
    firsts = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    named = {kind for first in firsts for kind in re.findall(r"`(\w+)`", first)}
    assert named == {kind.__struct_config__.tag for kind in get_args(Event)}


def test_reasons_of_refusal_are_documented() -> None:
    """Each reason that a refusal can have is explained where the event log is."""
    code = text_of(ROOT / "voicecoach" / "decision" / "judge.py")
    reasons = set(re.findall(r'Refused\("([^"]+)"', code))
    page = text_of(ROOT / "docs" / "commands.md")
    assert len(reasons) > 2
    assert not [why for why in reasons if f"`{why}`" not in page]


def test_the_readme_teaches_real_phrases() -> None:
    """What the README says one may say is understood, and every halt command is among it."""
    section = text_of(README).split("### What to say")[1].split("\nBe as polite")[0]
    phrases = re.findall(r'"([^"]+)"', section)
    meanings = {phrase: BOOK.meaning(phrase) for phrase in phrases}
    assert not [phrase for phrase, meaning in meanings.items() if meaning is None]
    assert {meaning.command for meaning in meanings.values() if meaning} >= HALTING


def test_each_dependency_has_its_reason() -> None:
    """Every dependency in pyproject.toml has a row in docs/dependencies.md, and no other has."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    wanted = {re.split(r"[><=]", name)[0] for name in project["dependencies"]}
    page = text_of(ROOT / "docs" / "dependencies.md")
    rows = set(re.findall(r"^\| ([\w-]+) [\d.]+\+ \|", page, re.MULTILINE))
    assert rows == wanted


FORBIDDEN = re.compile(
    r"(?<![\w.~$-])/(?:home|root|work|tmp|Users)/\w+"
    r"|\b(?:best-in-class|cutting-edge|state-of-the-art|seamless\w*|effortless\w*|blazing\w*)\b"
    r"|[\U0001F300-\U0001FAFF\u2600-\u27BF]",
    re.IGNORECASE,
)
"""Somebody's own paths, the words of advertising, and pictures in the text."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_are_plain(path: Path) -> None:
    """No page has paths of somebody's machine, advertising or pictograms."""
    assert not FORBIDDEN.findall(text_of(path))


def test_the_licence_is_whole() -> None:
    """LICENSE is the text of the Apache License, version 2.0, from title to appendix."""
    text = text_of(ROOT / "LICENSE")
    assert "Version 2.0, January 2004" in text
    assert "APPENDIX: How to apply the Apache License to your work." in text
