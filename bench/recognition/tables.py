"""The tables of a report: head and rows of text, for the terminal and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.recognition.kinds import TALK, WORDS
from bench.recognition.spoil import CLEAN
from bench.recognition.word_rows import GROUPS
from bench.recognition.wording import hourly, milliseconds, mistaken, percent, plain_percent, short

Table = tuple[str, list[str], list[list[str]]]
"""Title, head, rows."""

FIGURE_ONLY = "figure only"
"""The figure meets the bar, the worse end of its interval does not."""

SMOKE = "synthetic voices only: a smoke test, no figure for people"
SPOKEN = "natural phrasings by synthetic voices, in the state in which they are said"
SAID = ["right %", "missed %", "confused %", "delay ms", "taken for"]
FALSE = ["any per hour", "halts per hour", "hushes per hour", "clips fooled %", "most often"]


def system_tables(figures: Mapping[str, Any]) -> Iterator[Table]:
    """Yield the tables of one system."""
    for condition, rows in figures["words"].items():
        yield words(condition, rows)
    for live, rows in figures["cuts"].items():
        yield words(f"cut out of sentences, {live}", rows)
    yield false_accepts(figures["false"])
    if figures["listening"]["rows"]:
        yield listening(figures["listening"])
    if figures["natural"]:
        yield SPOKEN, ["state, meant", "clips", "voices", *SAID], _words(figures["natural"])
    if figures["synthetic"]:
        yield synthetic(figures["synthetic"])


def words(condition: str, rows: Mapping[str, Any]) -> Table:
    """Return the results for command words in one condition."""
    return f"commands, {condition}", ["said", "clips", "speakers", *SAID], _words(rows)


def _words(rows: Mapping[str, Any]) -> list[list[str]]:
    return [[name, *_word(row)] for name, row in rows.items()]


def _word(row: Mapping[str, Any]) -> list[str]:
    return [
        str(row["clips"]),
        str(row["speakers"]),
        percent(row["right"]),
        plain_percent(row["missed"]),
        plain_percent(row["confused"]),
        milliseconds(row["delay_ms"]),
        mistaken(row["taken_for"]),
    ]


def false_accepts(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return the false accepts in recordings without a command."""
    head = ["not a command", "condition", "live", "clips", "hours", *FALSE]
    body = [[row["kind"], row["condition"], row["live"], *_taken(row)] for row in rows]
    return "taken for a command", head, body


def _taken(row: Mapping[str, Any]) -> list[str]:
    return [
        str(row["clips"]),
        f"{row['any']['hours']:.2f}",
        hourly(row["any"]),
        hourly(row["halts"]),
        hourly(row["hushes"]),
        percent(row["fooled"]),
        mistaken(row["most"][:3]),
    ]


def listening(found: Mapping[str, Any]) -> Table:
    """Return virtual listening."""
    title = (
        f"virtual listening: {found['recordings']} recordings of {found['hours_of_sound']:.2f} h, "
        "each time in another room, at another level, over another noise"
    )
    head = ["not a command", "clips", "hours", *FALSE]
    return title, head, [[name, *_taken(row)] for name, row in found["rows"].items()]


def absent(reasons: Mapping[str, str]) -> Table:
    """Return the rivals that were not measured."""
    return "not measured", ["rival", "why"], [list(pair) for pair in reasons.items()]


def by_condition(words_: Mapping[str, Mapping[str, Any]]) -> Table:
    """Return the share right of each word in each condition."""
    names = list(words_[CLEAN])
    head = ["said", *(f"{condition}: right %" for condition in words_)]
    rows = [[name, *(_share_of(rows.get(name)) for rows in words_.values())] for name in names]
    return "right in each condition", head, rows


def _share_of(row: Mapping[str, Any] | None) -> str:
    return percent(row["right"]) if row else "-"


def synthetic(rows: Mapping[str, Any]) -> Table:
    """Return the phrases that no person says in the recordings."""
    return SMOKE, ["command", "clips", "voices", *SAID], _words(rows)


def costs(systems: Sequence[Mapping[str, Any]]) -> Table:
    """Return the cost of each system."""
    head = ["system", "CPU s per s", "of speech", "peak MB", "load s", "load CPU s"]
    return "cost", head, [[figures["name"], *_cost(figures["cost"])] for figures in systems]


def _cost(cost: Mapping[str, Any]) -> list[str]:
    speech = cost["cpu_per_s_speech"]
    cpu = [f"{cost['cpu_per_s']:.3f}", "-" if speech is None else f"{speech:.3f}"]
    return [*cpu, f"{cost['peak_mb']:.0f}", f"{cost['load_s']:.2f}", f"{cost['load_cpu_s']:.2f}"]


def comparison(systems: Sequence[Mapping[str, Any]]) -> Table:
    """Return the systems side by side: the groups of words, false accepts, delays."""
    columns = [dict(_compared(figures)) for figures in systems]
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = [[name, *(column.get(name, "-") for column in columns)] for name in names]
    return "side by side", ["", *(figures["name"] for figures in systems)], rows


def _compared(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _said(figures)
    listened = figures["listening"]["rows"].get("all")
    if listened:
        yield from _hourly("virtual listening", listened)
    for row in figures["false"]:
        if row["condition"] == CLEAN or row["kind"] in TALK:
            how = "" if row["condition"] == CLEAN else f", {row['condition']}"
            where = f"{row['kind']}{how}, {row['live']} phrases live"
            if row["kind"] == WORDS:
                yield f"{where}: taken for a command %", percent(row["fooled"])
            else:
                yield from _hourly(where, row)


def _said(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for condition, words_ in figures["words"].items():
        for name in (name for name in GROUPS if name in words_):
            yield f"{name}, {condition}: right %", percent(words_[name]["right"])
    for name in ("halt words", "other commands"):
        row = figures["words"].get(CLEAN, {}).get(name)
        if row:
            yield f"{name}: delay, median / p95 ms", milliseconds(row["delay_ms"])
    for live, rows in figures["cuts"].items():
        yield f"cut out of sentences, {live}: right %", percent(rows["together"]["right"])
    if figures["natural"]:
        right = figures["natural"]["all"]["right"]
        yield "natural phrasings, synthetic voices: right %", percent(right)


def _hourly(where: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield f"{where}: taken for a command per hour", hourly(row["any"])
    yield f"{where}: halts per hour", hourly(row["halts"])


def bars(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return the bars and what was reached."""
    head = ["bar", "wanted", "reached", "met"]
    return "bars", head, [_bar(row) for row in rows]


def _bar(row: Mapping[str, Any]) -> list[str]:
    shown = _percent if row["share"] else short
    low, high = row["interval"]
    spread = "" if low is None else f" ({shown(low)} to {shown(high)})"
    wanted = f"{'at least' if row['least'] else 'at most'} {shown(row['bar'])}"
    return [row["name"], wanted, shown(row["value"]) + spread, _met(row)]


def _met(row: Mapping[str, Any]) -> str:
    if not row["met"]:
        return "no"
    worst = row["interval"][0 if row["least"] else 1]
    shown = worst is None or (worst >= row["bar"] if row["least"] else worst <= row["bar"])
    return "yes" if shown else FIGURE_ONLY


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"
