"""The report of a run: all figures with what they were measured on and with, as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.english import BOOK
from bench.recognition import tables
from bench.recognition.bars import bars
from bench.recognition.figures import figures, results_of
from bench.recognition.rivals import absent
from bench.recognition.runner import Heard
from bench.recognition.systems import EXTRA, FREE, OWN
from bench.recognition.tradeoff import tradeoff
from bench.recognition.trials import Data, Trial, census
from bench.recognition.verdicts import lines, verdicts
from bench.recognition.wording import table
from voicecoach import __version__
from voicecoach.atomic_write import Part
from voicecoach.errors import InputError
from voicecoach.language.phrasebook import Command

FORM = 2
"""The form of the JSON; changes when a field changes its meaning."""


def make_report(
    heard: Sequence[Heard], trials: Sequence[Trial], data: Data, made: Mapping[str, Any]
) -> dict[str, Any]:
    """Return everything that was found; `made` says how."""
    return {
        "form": FORM,
        "made": {**about_machine(), "command": made["command"], "seconds": made["seconds"]},
        "data": {
            "speakers": made["speakers"],
            "manifest_sha256": sha256((made["folder"] / "MANIFEST.csv").read_bytes()).hexdigest(),
            "quick": made["quick"],
            "census": census(trials),
            "phrases": len(BOOK.grammar(Command)),
            "said": data.said,
        },
        "absent": absent(made["specs"]),
        "systems": [_system(system, trials) for system in heard],
    }


def _system(heard: Heard, trials: Sequence[Trial]) -> dict[str, Any]:
    found = figures(heard, trials)
    results = results_of(heard, trials)
    more = {"tradeoff": tradeoff(results), "own": heard.name.startswith(OWN)}
    if more["own"]:
        more |= {"bars": bars(found, heard.name == EXTRA), "verdicts": verdicts(results)}
    return {**found, **more}


def about_machine() -> dict[str, Any]:
    """Return date, versions and the kind of machine; no name of it."""
    return {
        "date": date.today().isoformat(),
        "voicecoach": __version__,
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 1),
    }


def write_json(report: Mapping[str, Any], path: Path) -> None:
    """Write the report whole or not at all."""
    with Part(path) as part:
        part.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def joined(paths: Sequence[Path]) -> dict[str, Any]:
    """Return the report of the first file with the systems of all of them, and what each run heard.

    Raises `InputError` if they are not of the same recordings and the same speakers.
    """
    first, *others = all_ = [json.loads(path.read_text("utf-8")) for path in paths]
    runs = [run_of(report) for report in all_]
    for path, other in zip(paths[1:], others, strict=True):
        same = [(r["data"]["manifest_sha256"], r["data"]["speakers"]) for r in (first, other)]
        if same[0] != same[1]:
            raise InputError(f"{path} is of other recordings than {paths[0]}")
        first["systems"] += other["systems"]
    first["runs"] = runs
    measured = {system["name"].removesuffix(FREE) for system in first["systems"]}
    first["absent"] = {k: why for k, why in first["absent"].items() if k not in measured}
    return dict(first)


def run_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the command of a report, its systems and how much they heard."""
    return {
        "command": report["made"]["command"],
        "systems": [system["name"] for system in report["systems"]],
        "census": report["data"]["census"],
    }


def text(report: Mapping[str, Any]) -> str:
    """Return the report for a terminal."""
    parts = [_heading(report)]
    for system in report["systems"]:
        parts += [f"==== {system['name']}"]
        parts += [_shown(each) for each in tables.system_tables(system)]
        if system["own"]:
            parts += [_shown(tables.bars(system["bars"]))]
            parts += ["\n".join(lines(system["verdicts"]))]
    parts += [_shown(tables.comparison(report["systems"])), _shown(tables.costs(report["systems"]))]
    parts += [_shown(tables.absent(report["absent"]))]
    said = len(report["data"]["said"])
    parts += [f"Recordings of people: of {said} of {report['data']['phrases']} phrases."]
    return "\n\n".join(parts)


def _heading(report: Mapping[str, Any]) -> str:
    made, data = report["made"], report["data"]
    return (
        f"{made['date']}, {made['command']}\n{made['machine']}, load {made['load']}, "
        f"{made['seconds'] / 60:.0f} min; speakers: {data['speakers']}"
        f"{', a quick look: a fixed part of the clips' if data['quick'] else ''}\n"
        "95 % intervals in brackets; delay from the end of the word, median / p95"
    )


def _shown(each: tables.Table) -> str:
    title, head, rows = each
    return f"{title}\n{table(head, rows)}"
