"""Writes the latest figures into a page of the documentation, between two markers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.pages import put
from bench.recognition import tables
from bench.recognition.report import run_of
from bench.recognition.spoil import CLEAN
from bench.recognition.tables import Table
from bench.recognition.wording import markdown

MARK = "figures: python bench/ears.py --write-docs FIGURES.json"

PLOT = "hearing.svg"
"""The picture is shown where the page's folder has it: `--plot docs/hearing.svg`."""

WHO = {
    "test": "The test side of the split (`models/recipe/corpus.py`): speakers, noises and rooms "
    "that no model has learned from and no threshold was read from",
    "tune": "The tune side of the split: speakers, noises and rooms that no model has learned "
    "from; thresholds were read from them, so the figures flatter",
    "held": "Speakers, noises and rooms that the shipped model has not learned from",
    "all": "All speakers, those too that the shipped model has learned from",
    "sealed": "A sealed set: no speaker of it was ever used in training or tuning",
}


def write_page(report: Mapping[str, Any], page: Path) -> None:
    """Put the figures between the markers of `page`. Raises `InputError` where they are missing."""
    put(page, MARK, section(report, (page.parent / PLOT).is_file()))


def section(report: Mapping[str, Any], picture: bool = False) -> str:
    """Return what was measured and how, then the tables; those of words are of the first system."""
    return "\n\n".join(_parts(report, picture))


def _parts(report: Mapping[str, Any], picture: bool) -> Iterator[str]:
    first = report["systems"][0]
    yield _intro(report)
    yield f"The bars, and what {first['name']} reached:\n\n{_block(tables.bars(first['bars']))}"
    for other in (system for system in report["systems"][1:] if system["own"]):
        yield f"The bars of {other['name']}:\n\n{_block(tables.bars(other['bars']))}"
    yield _block(tables.comparison(report["systems"]))
    yield f"Rivals that were not measured:\n\n{_block(tables.absent(report['absent']))}"
    yield _block(tables.costs(report["systems"]))
    if first["words"]:
        yield f"Word by word, {first['name']}, {CLEAN}:"
        yield _block(tables.words(CLEAN, first["words"][CLEAN]))
        yield _block(tables.by_condition(first["words"]))
        yield " ".join(map(_verdicts, (s for s in report["systems"] if s["own"])))
    for live, rows in first["cuts"].items():
        yield f"Words cut out of sentences by accented speakers, {live}:"
        yield _block(tables.words(CLEAN, rows))
    yield _block(tables.false_accepts(first["false"]))
    if first["listening"]["rows"]:
        title, *_ = table = tables.listening(first["listening"])
        yield f"{title.capitalize()}:\n\n{_block(table)}"
    if picture:
        yield f"![Misses against false accepts per hour, for each class of words]({PLOT})"
    yield _said_by_people(report)
    if first["synthetic"]:
        yield f"{tables.SMOKE.capitalize()}:\n\n{_block(tables.synthetic(first['synthetic']))}"


def _heard(run: Mapping[str, Any]) -> str:
    counts = "; ".join(
        f"{kind}: {n['clips']} clips of {n['speakers']} speakers, {n['hours']:.2f} h"
        for kind, n in run["census"].items()
        if n["clips"]
    )
    return f"`{run['command']}` measured {', '.join(run['systems'])}: {counts}."


def _intro(report: Mapping[str, Any]) -> str:
    made, data = report["made"], report["data"]
    runs = " ".join(map(_heard, report.get("runs") or [run_of(report)]))
    models = "; ".join(
        f"model folder of {system['name']}: SHA-256 {system['sha256'][:12]}…"
        for system in report["systems"]
        if "sha256" in system
    )
    return (
        f"Measured on {made['date']} (voicecoach {made['voicecoach']}, {made['machine']}; "
        f"{models}). {WHO[data['speakers']]}. {runs} In brackets: 95 % "
        "intervals: a bootstrap over the speakers, or Wilson's for shares and the exact Poisson "
        "one for rates where those are wider. Delay: from the end of the word (the last 10 ms "
        "within 25 dB of its loudest) to the decision, median / p95. A command that the transcript "
        "of running speech contains is no false accept; speech without a transcript may contain "
        f'some, too. "{tables.FIGURE_ONLY}": the figure meets its bar, the worse end of its '
        "interval does not: too little was heard to tell. The recordings do not say who is a "
        "child, so children are not told apart from adults."
    )


def _verdicts(system: Mapping[str, Any]) -> str:
    found = system["verdicts"]
    sums = ", ".join(f"{count} {verdict}" for verdict, count in sorted(found["sums"].items()))
    return (
        f"Of the {found['clips']} clean recordings that {system['name']} missed or took for "
        f"another word, {found['by']} says: {sums or '-'}."
    )


def _said_by_people(report: Mapping[str, Any]) -> str:
    data = report["data"]
    return (
        f"People say {len(data['said'])} of the {data['phrases']} phrases of the grammar in the "
        f"recordings, alone or cut out of sentences: {', '.join(data['said'])}. How well they are "
        "heard with the others is not known."
    )


def _block(table: Table) -> str:
    _, head, rows = table
    return markdown(head, rows)
