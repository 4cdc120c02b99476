"""Figures of `bench/barge_in.py` from its passes, and their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench.barge.plan import BAR_DB, BINS, NOBODY, OTHERS, SKEW_PPM, SOFT_DB, group
from bench.recognition.intervals import rate, share
from bench.recognition.tables import Table
from bench.recognition.wording import hourly, milliseconds, mistaken, percent

Row = dict[str, Any]

P95_MS, OWN = 200.0, 0.0
"""What must be reached at `BAR_DB`: word's end to silence, and commands of its own an hour."""

HITS = {
    group(BAR_DB): 0.99,
    group(12.0): 0.97,
    group(BAR_DB, SKEW_PPM): 0.97,
    f"{group(BAR_DB)}, {BINS[0][0]:g}-{BINS[0][1]:g} s": 0.97,
}
"""Share of stops that must be obeyed; that of a soft user may be `SOFTER` less than the first."""
SOFTER = 0.02


def summary(passes: Sequence[Row]) -> Row:
    """Return the figures of one row: all passes of a level, a clock and a way."""
    stops = [stop for one in passes for stop in one["stops"]]
    own = Counter(phrase for one in passes for _, phrase in one["own"])
    hours = sum(one["seconds"] for one in passes) / 3600
    row: Row = {
        "hours": round(hours, 3),
        "own": rate(own.total(), hours),
        "own_most": own.most_common(5),
        "hushes": rate(sum(one["hushes"] for one in passes), hours),
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
        "asked": share(sum(stop["asked"] for stop in stops), len(stops)),
        "delay_ms": dict(zip(("median", "p95"), spread, strict=True)) if spread else None,
    }
    row["by"] = {}
    for text in sorted({stop["said"] for stop in stops}):
        of = [stop["ms"] is not None for stop in stops if stop["said"] == text]
        row["by"][text] = share(sum(of), len(of))
    early = [stop for stop in stops if stop["early"]]
    row["early"] = share(sum(stop["ms"] is not None for stop in early), len(early))
    return row


def tables(figures: Mapping[str, Row]) -> list[Table]:
    """Return the bars, the rows with a user, and those without."""
    spoken = [(name, row) for name, row in figures.items() if "hits" in row]
    alone = [(name, row) for name, row in figures.items() if "hits" not in row]
    head = [
        "echo, way", "said", "obeyed %", "word's end to silence, ms: median / p95",
        "in a cue's first second %", "\"did you say stop?\" %", "another command", "CPU s per s",
    ]  # fmt: skip
    rows = [
        [name, str(row["hits"]["of"]), percent(row["hits"]), milliseconds(row["delay_ms"]),
         percent(row["early"]), percent(row["asked"]), str(row["other"]), f"{row['cpu_per_s']:.3f}"]
        for name, row in spoken
    ]  # fmt: skip
    own_head = [
        "echo, way", "hours", "obeys itself", "per hour", "most often",
        "goes quiet or asks because of itself, per hour",
    ]  # fmt: skip
    own_rows = [
        [name, f"{row['hours']:.2f}", str(row["own"]["count"]), hourly(row["own"]),
         mistaken(row["own_most"]), hourly(row["hushes"])]
        for name, row in alone
    ]  # fmt: skip
    return [
        ("bars", ["bar", "wanted", "reached", "met"], bars(figures)),
        ("a user speaks", head, rows),
        *([each] if (each := by_command(figures))[2] else []),
        ("no one speaks", own_head, own_rows),
    ]


def by_command(figures: Mapping[str, Row]) -> Table:
    """Return the share of each command that synthetic voices say over the coach."""
    rows = {name: row["by"] for name, row in figures.items() if name.endswith(OTHERS)}
    said = sorted({text for row in rows.values() for text in row})
    cells = [[text, *(percent(row[text]) if text in row else "-" for row in rows.values())]
             for text in said]  # fmt: skip
    return "each command, by synthetic voices: obeyed %", ["said", *rows], cells


def bars(figures: Mapping[str, Row]) -> list[list[str]]:
    """Return each bar with what was reached."""
    usual, soft = group(BAR_DB), group(BAR_DB, louder=SOFT_DB)
    found, alone = figures.get(usual), figures.get(f"{usual}, {NOBODY}")
    wanted = dict(HITS)
    if found:
        wanted[soft] = (found["hits"]["share"] or 0.0) - SOFTER
    rows = [
        _bar(f"stops obeyed, {name}, %", f"{100 * least:.1f} or more", percent(hits),
             hits["share"] is not None and hits["share"] >= least)
        for name, least in wanted.items() if name in figures and (hits := figures[name]["hits"])
    ]  # fmt: skip
    if found and found["delay_ms"]:
        late = found["delay_ms"]["p95"]
        rows.append(_bar("word's end to silence, p95, ms", f"{P95_MS:.0f} at most", f"{late:.0f}",
                         late <= P95_MS))  # fmt: skip
    if alone:
        quiet = alone["own"]["per_hour"] <= OWN
        reached = f"{alone['own']['count']} in {alone['hours']:.1f} h"
        rows.append(_bar("obeys itself", "0", f"{reached}: {hourly(alone['own'])} per hour", quiet))
    return rows


def _bar(name: str, wanted: str, reached: str, met: bool) -> list[str]:
    return [name, wanted, reached, "yes" if met else "no"]
