"""docs/structure.py counts what it says it counts, on a made-up package and on the real one."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

MADE_UP = {
    "__init__.py": '"""A made-up package."""\n',
    "units.py": "class Ms(int):\n    pass\n",
    "language/__init__.py": "",
    "language/words.py": "from enum import Enum\n\n\nclass Command(Enum):\n"
    '    STOP = "stop"\n    GO = "go"\n\n\ndef english():\n    return Command\n',
    "language/en/phrases.toml": 'stop = ["halt"]\n\n[go]\nforms = []\n',
    "doses/__init__.py": "",
    "doses/walk.py": "from made_up.units import Ms\n\n\nclass Walk:\n    length: Ms\n",
    "doses/jump.py": "class Jump:\n    pass\n",
    "doses/pace.py": "from made_up.doses.jump import Jump\n\n\ndef pace(dose):\n"
    "    return isinstance(dose, Jump)\n",
    "core/__init__.py": "",
    "core/context.py": "from made_up.language.words import Command, english\n\n\nclass Context:\n"
    "    state: int = 0\n    heard: Command | None = None\n    limit = 3\n\n"
    "    def go(self):\n        from made_up.core.flow import step\n\n        return step(self)\n",
    "core/flow.py": "from made_up.core.context import Context\n"
    "from made_up.doses.jump import Jump\nfrom made_up.doses.walk import Walk\n"
    "from made_up.cli import main\n\n\n"
    "def step(context):\n    import json\n\n    return json, Walk, Jump, Context, main\n",
    "cli/__init__.py": "",
    "cli/main.py": 'COMMANDS = ("run", "show")\n',
    "cli/run.py": "from made_up.language.words import Command as C\n\nSTOP = C.STOP\n",
    "cli/show.py": "from made_up.cli.run import STOP\n",
}

CONFIG = {
    "package": "made_up",
    "layers": ["units", "language doses", "core", "cli"],
    "context": "core.context.Context",
    "kinds": ["Walk", "Jump"],
    "voice_commands": "language.words.Command",
    "shell_commands": "cli.main.COMMANDS",
    "language": "language",
}


@pytest.fixture
def structure(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return docs/structure.py, which is not part of the package."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    return importlib.import_module("structure")


@pytest.fixture
def made_up(tmp_path: Path, structure: ModuleType) -> Any:
    """Return the made-up package as the script reads it."""
    for name, text in MADE_UP.items():
        path = tmp_path / "made_up" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return structure.Package(tmp_path, "made_up")


@pytest.fixture
def figures(structure: ModuleType, made_up: Any) -> dict[str, tuple[str, list[str]]]:
    """Return what is measured of the made-up package."""
    return dict(structure.measure(made_up, CONFIG))


def test_a_circle_is_found_through_imports_inside_functions(figures: Any) -> None:
    """Two modules that import each other are one circle, even if one import is in a function."""
    assert figures["circles of modules that import each other"] == (
        "1",
        ["core.context, core.flow"],
    )


def test_an_import_upwards_is_found(figures: Any) -> None:
    """An import of a higher layer counts; those of the same part and of lower layers do not."""
    assert figures["imports of a higher layer, or across one"] == ("1", ["core.flow -> cli.main"])


def test_an_import_across_a_layer_is_found(structure: ModuleType, made_up: Any) -> None:
    """Parts on one line of the layers do not import each other."""
    found = structure.upwards(made_up.imports(), ["units", "doses", "language core cli"])
    assert "core.context -> language.words" in map(str, found)
    assert "core.context -> core.flow" not in map(str, found)


def test_the_longest_name_decides_the_layer(structure: ModuleType) -> None:
    """A single module may stand in another layer than the rest of its part."""
    source = importlib.import_module("source_tree")
    layers = ["audio.clip", "ports", "audio"]
    assert source.part_of("audio.clip", layers) == (0, "audio.clip")
    assert source.part_of("audio.gate", layers) == (2, "audio")
    with pytest.raises(ValueError, match=r"audios is in no layer: add its part"):
        source.part_of("audios", layers)


def test_imports_inside_functions_are_told_apart(figures: Any) -> None:
    """Imports of the package's own modules count apart from those of libraries."""
    assert figures["imports of own modules inside functions"][1] == ["core.context -> core.flow"]
    assert figures["imports of libraries inside functions"][1] == ["core.flow: import json"]


def test_only_annotated_fields_count(figures: Any) -> None:
    """Fields of the context are its annotated names, not its constants and methods."""
    assert figures["fields of the dialog's context"] == ("2", ["state", "heard"])


def test_kinds_of_exercise_are_found_outside_their_modules(figures: Any) -> None:
    """A module that names one kind is listed; only one that tells two apart must be changed for
    a new kind, besides the new kind's own.
    """
    named = figures["modules that name a kind of exercise outside its own module"]
    assert named == ("2", ["core.flow", "doses.pace"])
    assert figures["files that a new kind of exercise touches"] == ("2", ["core.flow"])


def test_files_of_a_command_of_the_voice(figures: Any) -> None:
    """They are its enum, the phrases of the language, and every module that names the member."""
    count, places = figures["files that name a command of the voice: median, max"]
    assert places == [
        "STOP: cli.run, language.words, language/en/phrases.toml",
        "GO: language.words, language/en/phrases.toml",
    ]
    assert count == "3, 3"


def test_files_of_a_command_of_the_shell(figures: Any) -> None:
    """They are its own module, the list of commands, and whatever imports the module."""
    count, places = figures["files that name a command of the shell: median, max"]
    assert places == ["run: cli.main, cli.run, cli.show", "show: cli.main, cli.show"]
    assert count == "3, 3"


def test_modules_that_name_english(figures: Any) -> None:
    """A module outside the language that calls `english()` would change for a second language."""
    assert figures["modules outside the language that name English"] == ("1", ["core.context"])


def test_lengths(figures: Any) -> None:
    """Functions count from `def` to their last line; empty files do not count."""
    assert figures["lines of a function: median, p90, max"][0] == "4, 4, 4"
    assert figures["files, lines"] == ("11, 52", [])


def test_a_wrong_name_is_an_error(structure: ModuleType, made_up: Any) -> None:
    """A class that is gone does not count as one without fields."""
    with pytest.raises(ValueError, match=r"no class core\.context\.Situation: correct"):
        structure.measure(made_up, {**CONFIG, "context": "core.context.Situation"})
    with pytest.raises(ValueError, match="not all of Walk, Swim are classes"):
        structure.measure(made_up, {**CONFIG, "kinds": ["Walk", "Swim"]})
    with pytest.raises(FileNotFoundError, match="not a Python package"):
        structure.Package(made_up.folder, "other")


def test_the_page_has_each_figure(structure: ModuleType) -> None:
    """docs/architecture.md has a row for each figure, beside a stored one of the earlier commit.

    The figures themselves are renewed before a release, not with every change.
    """
    config = tomllib.loads(structure.CONFIG.read_text("utf-8"))
    before = tomllib.loads((ROOT / "docs" / config["before"]).read_text("utf-8"))
    now = structure.measure(structure.Package(ROOT, config["package"]), config)
    assert set(before["figures"]) == set(now)
    page = structure.PAGE.read_text("utf-8")
    section = page.split(structure.BEGIN)[1].split(structure.END)[0]
    labels = [line.split(" | ")[0].removeprefix("| ") for line in section.splitlines()]
    assert [label for label in labels if label in now] == list(now)
    assert now["imports of a higher layer, or across one"] == ("0", [])


def test_the_table_is_written_between_its_markers(structure: ModuleType) -> None:
    """The rest of the page stays, and a page without the markers is an error."""
    page = f"before\n{structure.BEGIN}\nold\n{structure.END}\nafter\n"
    written = structure.renewed(page, "| new |")
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "| new |" in written
    assert "old" not in written
    with pytest.raises(ValueError, match="begin structure"):
        structure.renewed("no markers", "| new |")
