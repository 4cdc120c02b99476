"""The bars: what recognition must reach before the coach is relied on (held-out speakers)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.recognition.live import ALL, COUNTING
from bench.recognition.spoil import CLEAN, ROOM
from bench.recognition.trials import NOISE, SPEECH, WORDS

BASIC, MORE = "stop yes no go", "help start repeat digits"

RIGHT: tuple[tuple[str, str, float], ...] = (
    (BASIC, CLEAN, 0.96),
    (BASIC, "10 dB", 0.92),
    (BASIC, ROOM, 0.93),
    (MORE, CLEAN, 0.92),
)
"""Group, condition, share right at least."""

FALSE: tuple[tuple[str, str, str, float], ...] = (
    (SPEECH, ALL, "halts", 0.5),
    (NOISE, ALL, "halts", 0.5),
    (SPEECH, ALL, "any", 6.0),
    (SPEECH, COUNTING, "any", 2.0),
    (NOISE, ALL, "any", 4.0),
)
"""Kind of recording, what is live, what is counted, per hour at most."""

FOOLED, LATEST_MS = 0.05, 800.0
"""Isolated other words taken for a command; 95th percentile of the delay of control commands."""

CPU, PEAK_MB = 0.05, 200.0


def bars(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each bar with what a system reached; `met` goes by the figure, not its interval."""
    rows = [_right(figures, *bar) for bar in RIGHT]
    rows += [_false(figures, *bar) for bar in FALSE]
    words = _found(figures, WORDS, ALL)
    rows.append(
        _row("isolated other words taken for a command", FOOLED, words.get("fooled"), "share")
    )
    spoken = figures["words"].get(CLEAN, {}).get("other commands", {}).get("delay_ms")
    late = {"value": spoken["p95"]} if spoken else None
    rows.append(_row("control commands, word end to decision, p95, ms", LATEST_MS, late, "value"))
    cost = figures["cost"]
    rows.append(_row("CPU s per s of audio", CPU, cost, "cpu_per_s"))
    rows.append(_row("peak memory, MB", PEAK_MB, cost, "peak_mb"))
    return [row for row in rows if row["value"] is not None]


def _right(figures: Mapping[str, Any], group: str, condition: str, bar: float) -> dict[str, Any]:
    found = figures["words"].get(condition, {}).get(group, {}).get("right")
    return _row(f"{group}: right, {condition}", bar, found, "share", least=True)


def _false(
    figures: Mapping[str, Any], kind: str, live: str, counted: str, bar: float
) -> dict[str, Any]:
    what = "false halts" if counted == "halts" else "false accepts"
    where = f"{what} per hour of {kind}, {live} phrases live"
    return _row(where, bar, _found(figures, kind, live).get(counted), "per_hour")


def _found(figures: Mapping[str, Any], kind: str, live: str) -> Mapping[str, Any]:
    rows = figures["false"]
    same = (r for r in rows if (r["kind"], r["condition"], r["live"]) == (kind, CLEAN, live))
    return next(same, {})


def _row(
    name: str, bar: float, found: Mapping[str, Any] | None, field: str, least: bool = False
) -> dict[str, Any]:
    value = found[field] if found else None
    met = None if value is None else bool(value >= bar if least else value <= bar)
    spread = [found.get("low"), found.get("high")] if found else [None, None]
    return {
        "name": name,
        "bar": bar,
        "least": least,
        "share": field == "share",
        "value": value,
        "interval": spread,
        "met": met,
    }
