"""The fences of the design (docs/architecture.md): who may import whom, and how long things get.

Each rule names everything that breaks it at once.
"""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from tests.module_graph import (
    NAMES,
    ROOT,
    SOURCE,
    Import,
    circles,
    functions,
    hidden,
    imports,
    part_of,
    roots,
    within,
)

LAYERS_FILE = ROOT / "docs" / "structure.toml"
LAYERS: list[str] = tomllib.loads(LAYERS_FILE.read_text("utf-8"))["layers"]
"""From the bottom to the top, each part by its longest name here. A module imports from its own
part and from lower layers. Parts of one layer do not know each other, so no adapter knows another.
"""

CORE = {"yaml_reader", "track", "doses", "routine", "plan", "screening", "history", "dialog"}
SOUND = {
    "audio.clip", "decision", "ports", "audio", "stt", "tts", "devices", "simulation", "alerts",
}  # fmt: skip
"""Sound does not know the core, although it stands higher: the two meet in `app`."""

EXCEPTIONS = {
    (
        "simulation.scenario",
        "screening.questions",
    ): "the keys of [profile] are the facts that are asked for",
    ("simulation.scenario", "screening.facts"): "the same",
}
"""Single imports that break the layers, each with its reason."""

CONCRETE = {"app.wiring", "app.service_wiring"}
"""The one place where adapters may be named."""

ADAPTERS = {"stt", "tts", "devices", "simulation", "alerts"}

ASSEMBLED = {
    ("app.rehearsal", "simulation.room"): "a rehearsal is a session in the simulated room",
    ("app.scenario_rehearsal", "simulation.acoustics"): "it makes the room of a scenario",
    ("app.scenario_rehearsal", "simulation.scenario"): "it makes the room of a scenario",
    ("app.scenario_rehearsal", "simulation.room"): "it makes the room of a scenario",
}
"""Adapters that other modules of `app` name, each with its reason."""

LAZY = {
    "av": "a native library of the extra `files`, which may be missing",
    "ctranslate2": "a native library of the extra `whisper`, which may be missing",
    "espeakng_loader": "tts.worker_main keeps its output off the worker's pipe first",
    "pypdfium2": "a native library of the extra `report`, which may be missing",
    "fit_tool": "a package of the extra `fit`, which may be missing",
    "paho": "a package of the extra `mqtt`, which may be missing",
    "hibari": "a package of the extra `natural`, which may be missing",
    "onnxruntime": "a native library of the extra `natural`, which may be missing",
    "piper": "a package of the extra `piper`, which may be missing",
    "pulsectl": "a package of the extra `ducking`, which may be missing",
    "pyttsx3": "tts.worker_main sets the library's path first",
    "sounddevice": "it fails on import where PortAudio is missing; the rest works without",
    "soundfile": "a native library that only reading and writing of sound files needs",
    "soxr": "a native library that only sound at another rate needs",
    "vosk": "it loads a native library, which takes a while",
    "weasyprint": "a library of the extra `report`, which may be missing, with native parts",
}
"""Libraries that may be imported inside a function, each with its reason."""

PURE = {
    "yaml_reader", "track", "doses", "routine", "plan", "eventlog", "dialog", "fitting", "decision",
}  # fmt: skip

IMPURE = {
    "time", "datetime", "random", "os", "io", "threading", "queue", "asyncio", "sqlite3", "numpy",
    "pathlib", "subprocess", "socket", "logging", "secrets",
}  # fmt: skip
"""What the pure core never imports."""

OWNERS: dict[str, set[str]] = {
    "threading": {
        "app.disk_writer",
        "app.live_threads",
        "app.reopening",
        "devices",
        "service.watchdog",
        "tts.worker",
    },
    "queue": {
        "app.disk_writer",
        "app.led",
        "app.live",
        "app.live_threads",
        "app.patience",
        "app.recognise",
        "devices",
        "tts.worker",
    },
    "click": {"cli"},
    "vosk": {"stt.vosk_recogniser"},
    "ctranslate2": {"stt.whisper_encoder"},
    "av": {"recording.encoded_file"},
    "paho": {"doors.mqtt"},  # only with an address that the user has set
    "pypdfium2": {"report.paper"},
    "pulsectl": {"devices.other_players"},
    "pyttsx3": {"tts.worker_main"},
    "fit_tool": {"exchange.fit"},
    "hibari": {"tts.hibari_engine"},
    "onnxruntime": {"tts.onnx_model"},
    "piper": {"tts.piper_engine"},
    "sounddevice": {"devices"},
    "soundfile": {"audio.wav"},
    "weasyprint": {"report.paper"},
    "yaml": {"routine", "yaml_reader"},
    "subprocess": {"tts", "stt.model_check", "service.systemd"},
    "multiprocessing": set(),
    "socket": {"service.notify"},  # a datagram to systemd on this machine
    # the user's helper on the local network (S25), and the address of the user's broker
    "urllib": {"alerts.webhook", "doors.mqtt", "extras"},  # the last reads an address of pip's
    "http": set(),
    "asyncio": set(),
    "sqlite3": {"store"},
    "random": set(),
}
"""The only places that may import these; an empty set is none."""


PARTS = {part for line in LAYERS for part in line.split()}


def allowed(name: str, other: str) -> bool:
    """Tell whether the layers let module `name` import module `other`."""
    if not name:
        return False  # the package's own __init__ holds the version, and imports nothing
    (rank, part), (below, target) = part_of(name, LAYERS), part_of(other, LAYERS)
    if part in SOUND and target in CORE:
        return False
    return part == target or below < rank


def test_each_module_has_its_layer() -> None:
    """Every module belongs to a part that stands in `LAYERS`, and every part there exists."""
    assert not [name for name in NAMES if not within(name, PARTS)]
    assert not PARTS - set(NAMES)


def test_imports_point_downwards() -> None:
    """A module imports from its own part and from lower layers."""
    wrong = [pair for pair in imports() if not allowed(*pair) and pair not in EXCEPTIONS]
    assert not wrong


WALL_CLOCK = {"date.today", "datetime.now", "datetime.utcnow", "time.time", "time.localtime"}
"""What is another when the clock is set."""
DATED = {"cli", "app.records", "app.prepare", "store.session_store", "app.unfinished"}
"""Where the day of a session, and the hour of its begin, are read, once, before it; and where it is
noted until when it was led."""


def test_no_beat_depends_on_a_clock_that_can_be_set() -> None:
    """A session counts the frames of its device, and waits by a clock that only goes forward."""
    found = {
        name
        for name in NAMES
        for node in ast.walk(SOURCE.trees[name])
        if isinstance(node, ast.Attribute) and ast.unparse(node) in WALL_CLOCK
    }
    assert {name for name in found if not within(name, DATED)} == set()
    assert found


def test_adapters_are_named_in_the_assembly() -> None:
    """In `app`, recognisers, voices, devices and the simulation are known to the wiring alone."""
    wrong = [
        (name, other)
        for name, other in imports()
        if within(name, {"app"}) and within(other, ADAPTERS)
        if name not in CONCRETE and (name, other) not in ASSEMBLED
    ]
    assert not wrong


def graph(*pairs: str | tuple[str, str]) -> list[object]:
    """Return imports, each given as who imports whom."""
    return [Import(source, target, lazy=False) for source, target in pairs]


def test_circles_are_found() -> None:
    """Two circles that touch in one module are one; a module that imports itself is one, too."""
    assert circles(graph("ab", "bc", "ca", "cd", "de", "ec", "ff", "fa")) == [
        ["a", "b", "c", "d", "e"],
        ["f"],
    ]
    assert not circles(graph("ab", "ac", "bc"))


def test_no_modules_import_each_other() -> None:
    """There is no circle of imports, those inside functions counted."""
    assert not circles(graph(*((name, other) for name, other in imports() if name != other)))


def test_imports_stand_at_the_top() -> None:
    """No function imports anything but the libraries of `LAZY`."""
    wrong = [(name, other) for name, other in hidden() if other.split(".")[0] not in LAZY]
    assert not wrong


def test_no_exception_is_left_over() -> None:
    """Each exception is needed."""
    pairs, late = set(imports()), {other.split(".")[0] for _, other in hidden()}
    assert not {*EXCEPTIONS, *ASSEMBLED} - pairs
    assert not set(LAZY) - late


def test_the_core_is_pure() -> None:
    """The core and the decision know no clock, file, thread, chance or array."""
    wrong = {name: roots(name) & IMPURE for name in NAMES if within(name, PURE)}
    assert not {name: found for name, found in wrong.items() if found}


CLOCKS = {"today", "now", "utcnow", "fromtimestamp"}


def test_screening_is_pure_and_given_the_day() -> None:
    """The safety rules and the history know dates, but no clock: nothing there asks for the day."""
    own = [name for name in NAMES if within(name, {"screening", "history", "reminders"})]
    wrong = {name: roots(name) & (IMPURE - {"datetime"}) for name in own}
    assert not {name: found for name, found in wrong.items() if found}
    calls = [
        (name, node.func)
        for name in own
        for node in ast.walk(SOURCE.trees[name])
        if isinstance(node, ast.Call)
    ]
    assert not [(n, c.attr) for n, c in calls if isinstance(c, ast.Attribute) and c.attr in CLOCKS]


def test_a_library_has_its_one_place() -> None:
    """Engines, threads and sockets are imported where they belong, and nowhere else."""
    wrong = [
        (name, library)
        for name in SOURCE.trees
        for library, owners in OWNERS.items()
        if library in roots(name) and not within(name, owners)
    ]
    assert not wrong


def test_files_and_functions_stay_short() -> None:
    """No file is longer than 400 lines, no function longer than 40."""
    lines = {name: text.count("\n") for name, text in SOURCE.texts.items()}
    assert not {name: count for name, count in lines.items() if count > 400}
    assert not [(name, length) for name, length in functions() if length > 40]


def test_functions_are_short_on_the_whole() -> None:
    """Half of all functions are under 10 lines, nine of ten under 30."""
    lengths = sorted(length for _, length in functions())
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
    call = re.compile(r"\btime\.sle" + r"ep\b|from time import.*sle" + r"ep\b")
    assert not [path for path in tests if call.search(path.read_text("utf-8"))]
