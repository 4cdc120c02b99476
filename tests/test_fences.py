"""The fences of the design (docs/architecture.md): who may import whom, and how long things get."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "voicecoach"
MODULES = sorted(PACKAGE.rglob("*.py"))
BASE = {"units", "errors"}
PURE = {"language"}
"""Words and lines of a language: data with a reader, which everybody may use."""

ALLOWED: dict[str, set[str]] = {
    "units": set(),
    "errors": set(),
    "atomic_write": set(),
    "language": {"language", "units"},
    "paths": set(),
    "toml_reader": {"errors"},
    "settings": {"errors", "toml_reader"},
    "ports": {"audio.clip", "units"},
    "yaml_reader": {"yaml_reader", *BASE, *PURE},
    "track": {*BASE},
    "doses": {"doses", "track", "yaml_reader", *BASE, *PURE},
    "routine": {"routine", "doses", "yaml_reader", *BASE, *PURE},
    "plan": {"plan", "routine", "doses", "track", "yaml_reader", *BASE, *PURE},
    "screening": {"screening", "plan", "routine", "doses", "toml_reader", *BASE, *PURE},
    "eventlog": {"eventlog", "track", *BASE, *PURE},
    "dialog": {"dialog", "eventlog", "screening", "plan", "routine", "doses", "track",
               *BASE, *PURE},
    "decision": {"decision", "ports", *BASE, *PURE},
    "audio": {"audio", "atomic_write", *BASE},
    "stt": {"stt", "ports", "audio", *BASE, *PURE},
    "tts": {"tts", "ports", "audio", "atomic_write", *BASE},
    "devices": {"devices", "ports", "audio", *BASE},
    "simulation": {"simulation", "ports", "audio", "toml_reader", *BASE},
    "alerts": {"alerts", *BASE},
    "report": {"report", "eventlog"},
    "app": {"app", "alerts", "eventlog", "decision", "dialog", "screening", "plan", "routine",
            "track", "yaml_reader", "audio", "ports", "settings", "paths", "atomic_write",
            *BASE, *PURE},
    "cli": {"cli", "app", "alerts", "report", "eventlog", "decision", "dialog", "screening", "plan",
            "routine", "audio", "ports", "settings", "paths", "atomic_write", *BASE, *PURE},
}  # fmt: skip
"""What each part may import of the package: whole parts, or single modules."""

EXCEPTIONS = {
    ("audio.echo_pipeline", "ports"): "it joins the canceller's port with the sound",
    ("app.rehearsal", "simulation.room"): "a rehearsal is a session in the simulated room",
    ("app.stage", "simulation.acoustics"): "it sets the stage of a rehearsal",
    ("app.stage", "simulation.scenario"): "it sets the stage of a rehearsal",
    ("app.stage", "simulation.room"): "it sets the stage of a rehearsal",
    (
        "simulation.scenario",
        "screening.questions",
    ): "the keys of [profile] are the facts that are asked for",
}
"""Single imports over a fence, each with its reason."""

CONCRETE = {"app.wiring", "app.diagnostics", "app.recognise"}
"""Where adapters may be named: the assembly, and what looks at adapters on purpose."""

PARTS_OF_THE_WORLD = {"stt", "tts", "devices", "simulation"}

CORE = {"yaml_reader", "track", "doses", "routine", "plan", "eventlog", "dialog"}
"""Data in, data out."""

IMPURE = {
    "time", "datetime", "random", "os", "io", "threading", "queue", "asyncio", "sqlite3", "numpy",
    "pathlib", "subprocess", "socket", "logging", "secrets",
}  # fmt: skip
"""What the pure core never imports."""

OWNERS: dict[str, set[str]] = {
    "threading": {"app.live", "devices", "tts.worker"},
    "queue": {"app.live", "app.recognise", "devices", "tts.worker"},
    "click": {"cli"},
    "vosk": {"stt.vosk_recogniser"},
    "pyttsx3": {"tts.worker_main"},
    "sounddevice": {"devices"},
    "soundfile": {"audio.wav"},
    "pyaec": {"audio.cancellers"},
    "yaml": {"routine", "yaml_reader"},
    "subprocess": {"tts", "stt.model_check"},
    "multiprocessing": set(),
    "socket": set(),
    "urllib": {"alerts.webhook"},  # the user's helper on the local network, and nothing else (S25)
    "http": set(),
    "asyncio": set(),
    "sqlite3": set(),
    "random": set(),
}
"""The only places that may import these; an empty set is nobody."""


def name_of(path: Path) -> str:
    """Return a module's dotted name inside the package: ``app.live``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the dotted names of everything that a file imports, wherever in it that stands."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def within(name: str, places: set[str]) -> bool:
    """Tell whether a module is one of `places` or inside one."""
    return any(name == place or name.startswith(f"{place}.") for place in places)


def own_imports(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a file imports."""
    known = {name_of(module) for module in MODULES}
    for name in imported(path):
        inside = name.removeprefix("voicecoach.")
        if name.startswith("voicecoach.") and inside in known:
            yield inside


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_keep_to_their_side(path: Path) -> None:
    """Each module imports only what its part may; adapters are named in the assembly alone."""
    name = name_of(path)
    part = name.split(".")[0]
    if not part or name == "__main__":
        return
    allowed = ALLOWED[part] | (PARTS_OF_THE_WORLD if name in CONCRETE or part == "cli" else set())
    packages = {p.name for p in PACKAGE.iterdir() if p.is_dir()}
    over = [
        other
        for other in own_imports(path)
        if other not in packages and not within(other, allowed) and (name, other) not in EXCEPTIONS
    ]
    assert not over, f"{name} imports {over}"


def test_no_exception_is_left_over() -> None:
    """Each exception is needed."""
    for name, other in EXCEPTIONS:
        path = PACKAGE / f"{name.replace('.', '/')}.py"
        assert other in own_imports(path), f"{name} no longer imports {other}"


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if name_of(p).split(".")[0] in CORE],
    ids=name_of,
)
def test_the_core_is_pure(path: Path) -> None:
    """Routine, plan and session know no clock, file, thread, chance or array."""
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & IMPURE


SAFETY = [p for p in MODULES if name_of(p).split(".")[0] == "screening"]


@pytest.mark.parametrize("path", SAFETY, ids=name_of)
def test_safety_is_pure_and_told_the_day(path: Path) -> None:
    """The safety rules know dates, but no clock: nothing there asks for the present day."""
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & (IMPURE - {"datetime"})
    calls = [
        n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)
    ]
    names = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    assert not names & {"today", "now", "utcnow", "fromtimestamp"}


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_library_has_its_one_place(library: str) -> None:
    """Engines, threads and sockets are imported where they belong, and nowhere else."""
    users = {
        name_of(path)
        for path in MODULES
        if library in {name.split(".")[0] for name in imported(path)}
    }
    strangers = {user for user in users if not within(user, OWNERS[library])}
    assert not strangers


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    """No file is longer than 400 lines, no function longer than 60."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 60, node.name


def test_functions_are_short_on_the_whole() -> None:
    """Half of all functions are under 10 lines, nine of ten under 30."""
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[len(lengths) // 2] < 10
    assert lengths[len(lengths) * 9 // 10] < 30


TEXTS = sorted(
    path
    for folder in ("voicecoach", "tests", "bench", "docs", "routines", "models")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".toml", ".yaml", ".sh", ".txt", ".golden"}
)
FORBIDDEN = re.compile("/" + r"(home/\w+|root|Users/\w+|work)/|api[_-]key", re.IGNORECASE)


def test_no_file_names_somebodys_machine() -> None:
    """No text has an absolute path of somebody's home or workplace."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in TEXTS
        if path != Path(__file__) and (match := FORBIDDEN.search(path.read_text("utf-8")))
    ]
    assert not found


def test_tests_do_not_sleep() -> None:
    """No test waits for a length of time; what takes time is stepped or waited for as an event."""
    tests = sorted((ROOT / "tests").rglob("*.py"))
    assert not [path for path in tests if "time.sleep" in imported(path)]
    calls = [path for path in tests if re.search(r"\btime\.sle" + r"ep\(", path.read_text("utf-8"))]
    assert not calls
