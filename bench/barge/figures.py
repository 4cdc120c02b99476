"""Figures of `bench/barge_in.py` from its passes, and their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench.barge.plan import BAR_DB, FULL, NOBODY
from bench.recognition.intervals import rate, share
from bench.recognition.tables import Table
from bench.recognition.wording import hourly, milliseconds, mistaken, percent

Row = dict[str, Any]

HITS, MEDIAN_MS, P95_MS, OWN = 0.95, 250.0, 500.0, 0.0
"""What must be reached at `BAR_DB`: stops obeyed, word's end to silence, self-triggers an hour."""


def summary(passes: Sequence[Row]) -> Row:
    """Return the figures of one row: all passes of a level, a clock and a way."""
    stops = [stop for one in passes for stop in one["stops"]]
    own = Counter(phrase for one in passes for _, phrase in one["own"])
    hours = sum(one["seconds"] for one in passes) / 3600
    row: Row = {
        "hours": round(hours, 3),
        "own": rate(own.total(), hours),
        "own_most": own.most_common(5),
        "cpu_per_s": round(sum(one["cpu"] for one in passes) / hours / 3600, 4),
    }
    return row | _hits(stops) if stops else row


def _hits(stops: Sequence[Row]) -> Row:
    times = [stop["ms"] for stop in stops if stop["ms"] is not None]
    spread = [float(np.percentile(times, q)) for q in (50, 95)] if times else None
    row: Row = {
        "speakers": len({stop["speaker"] for stop in stops}),
        "hits": share(len(times), len(stops)),
        "other": sum(stop["other"] is not None for stop in stops),
        "delay_ms": dict(zip(("median", "p95"), spread, strict=True)) if spread else None,
    }
    for name in ("early", "first"):
        part = [stop for stop in stops if stop[name]]
        row[name] = share(sum(stop["ms"] is not None for stop in part), len(part))
    return row


def tables(figures: Mapping[str, Row]) -> list[Table]:
    """Return the bars, the rows with a user, and those without."""
    spoken = [(name, row) for name, row in figures.items() if "hits" in row]
    alone = [(name, row) for name, row in figures.items() if "hits" not in row]
    head = [
        "echo, way", "stops", "obeyed %", "word's end to silence, ms: median / p95",
        "in a cue's first second %", "another command", "CPU s per s",
    ]  # fmt: skip
    rows = [
        [name, str(row["hits"]["of"]), percent(row["hits"]), milliseconds(row["delay_ms"]),
         percent(row["early"]), str(row["other"]), f"{row['cpu_per_s']:.3f}"]
        for name, row in spoken
    ]  # fmt: skip
    own_head = ["echo, way", "hours", "obeys itself", "per hour", "most often"]
    own_rows = [
        [name, f"{row['hours']:.2f}", str(row["own"]["count"]), hourly(row["own"]),
         mistaken(row["own_most"])]
        for name, row in alone
    ]  # fmt: skip
    return [
        ("bars", ["bar", "wanted", "reached", "met"], bars(figures)),
        ("somebody says stop", head, rows),
        ("nobody speaks", own_head, own_rows),
    ]


def bars(figures: Mapping[str, Row]) -> list[list[str]]:
    """Return each bar with what was reached at `BAR_DB`."""
    name = f"{BAR_DB:+.0f} dB, {FULL}"
    found, alone = figures.get(name), figures.get(f"{name}, {NOBODY}")
    rows = []
    if found and found["delay_ms"]:
        hits, delay = found["hits"], found["delay_ms"]
        met = hits["share"] >= HITS
        rows.append(["stops obeyed, %", f"{100 * HITS:.0f} or more", percent(hits), _yes(met)])
        late = delay["median"] <= MEDIAN_MS and delay["p95"] <= P95_MS
        wanted = f"{MEDIAN_MS:.0f} / {P95_MS:.0f} at most"
        rows.append(
            ["word's end to silence, ms", wanted, milliseconds(delay), _yes(late)],
        )
    if alone:
        quiet = alone["own"]["per_hour"] <= OWN
        rows.append(["obeys itself, per hour", "0", hourly(alone["own"]), _yes(quiet)])
    return rows


def _yes(met: bool) -> str:
    return "yes" if met else "no"
