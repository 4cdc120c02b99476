"""The bars: what recognition must reach before the coach is relied on (speakers never used)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.recognition.kinds import ACCENTED, CHORDS, CUT_WORDS, MUSIC, NOISE, SPEECH, WORDS
from bench.recognition.live import ALL
from bench.recognition.spoil import CLEAN, ROOM

BASIC, MORE = "stop yes no go", "help start repeat digits"

RIGHT: tuple[tuple[str, str, float, float], ...] = (
    (BASIC, CLEAN, 0.975, 0.99),
    (BASIC, "10 dB", 0.94, 0.96),
    (BASIC, "0 dB", 0.80, 0.90),
    (BASIC, ROOM, 0.96, 0.98),
    (BASIC, "telephone", 0.93, 0.93),
    (MORE, CLEAN, 0.95, 0.975),
    (MORE, "10 dB", 0.89, 0.93),
)
"""Group, condition, least share right of the default and with the extra `whisper`."""

FALSE: tuple[tuple[str, str, str, float], ...] = (
    (SPEECH, CLEAN, "halts", 0.5),
    (ACCENTED, CLEAN, "halts", 0.5),
    (SPEECH, ROOM, "halts", 2.0),
    (ACCENTED, ROOM, "halts", 2.0),
    (SPEECH, "0 dB", "halts", 2.0),
    (ACCENTED, "0 dB", "halts", 2.0),
    (CHORDS, CLEAN, "halts", 0.5),
    (MUSIC, CLEAN, "halts", 0.5),
    (NOISE, CLEAN, "halts", 0.5),
    (SPEECH, CLEAN, "hushes", 3.0),
    (ACCENTED, CLEAN, "hushes", 3.0),
    (SPEECH, CLEAN, "any", 1.5),
    (ACCENTED, CLEAN, "any", 1.5),
    (NOISE, CLEAN, "any", 1.5),
)
"""Kind of recording, condition, what is counted, per hour at most; all phrases are live."""

CUT, CUT_LIVE = 0.85, "the phrases of a state live"
CUT_ROW = " ".join(CUT_WORDS)

FOOLED, LATEST_MS, HALT_MS = 0.02, 800.0, 250.0
"""Isolated other words taken for a command; 95th percentiles of the delays of control commands and
of halts."""

NATURAL = 0.95
CPU = 0.05
PEAK_MB = (150.0, 350.0)


def bars(figures: Mapping[str, Any], extra: bool = False) -> list[dict[str, Any]]:
    """Return each bar with what a system reached; `met` goes by the figure, not its interval.

    `extra`: the system is one with the extra `whisper`, of which more is asked.
    """
    rows = [_right(figures, *bar, extra) for bar in RIGHT]
    rows += [_false(figures, *bar) for bar in FALSE]
    cuts = figures["cuts"].get(CUT_LIVE, {}).get(CUT_ROW, {}).get("right")
    rows.append(_row(f"cut out of sentences, {CUT_ROW}: right", CUT, cuts, "share", least=True))
    natural = figures["natural"].get("all", {}).get("right")
    rows.append(_row("natural phrasings, synthetic voices: right", NATURAL, natural, "share", True))
    words = _found(figures, WORDS, CLEAN)
    rows.append(
        _row("isolated other words taken for a command", FOOLED, words.get("fooled"), "share")
    )
    for name, bar in (("halt words", HALT_MS), ("other commands", LATEST_MS)):
        delay = figures["words"].get(CLEAN, {}).get(name, {}).get("delay_ms")
        late = {"value": delay["p95"]} if delay else None
        rows.append(_row(f"{name}, word end to decision, p95, ms", bar, late, "value"))
    cost = figures["cost"]
    rows.append(_row("CPU s per s of audio", CPU, cost, "cpu_per_s"))
    rows.append(_row("peak memory, MB", PEAK_MB[extra], cost, "peak_mb"))
    return [row for row in rows if row["value"] is not None]


def _right(
    figures: Mapping[str, Any], group: str, condition: str, usual: float, more: float, extra: bool
) -> dict[str, Any]:
    found = figures["words"].get(condition, {}).get(group, {}).get("right")
    bar = more if extra else usual
    return _row(f"{group}: right, {condition}", bar, found, "share", least=True)


def _false(
    figures: Mapping[str, Any], kind: str, condition: str, counted: str, bar: float
) -> dict[str, Any]:
    what = "false accepts" if counted == "any" else f"false {counted}"
    where = f"{what} per hour of {kind}, {condition}"
    return _row(where, bar, _found(figures, kind, condition).get(counted), "per_hour")


def _found(figures: Mapping[str, Any], kind: str, condition: str) -> Mapping[str, Any]:
    rows = figures["false"]
    same = (r for r in rows if (r["kind"], r["condition"], r["live"]) == (kind, condition, ALL))
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
