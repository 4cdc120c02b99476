"""Figures of `bench/barge_in.py` from its passes, and their table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

Row = dict[str, Any]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    p, z = hits / of, 1.96
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


def summary(passes: Sequence[Row]) -> Row:
    """Return the figures of one row: all passes of a level and a way."""
    stops = [stop for one in passes for stop in one["stops"]]
    own = Counter(phrase for one in passes for _, phrase in one["own"])
    hours = sum(one["seconds"] for one in passes) / 3600
    row: Row = {
        "hours": round(hours, 2),
        "own": own.total(),
        "own_per_hour": round(own.total() / hours, 1),
        "own_most": own.most_common(5),
        "cpu_per_second": round(sum(one["cpu"] for one in passes) / hours / 3600, 4),
    }
    return row | _hits(stops) if stops else row


def _hits(stops: Sequence[Row]) -> Row:
    times = [stop["ms"] for stop in stops if stop["ms"] is not None]
    low, high = wilson(len(times), len(stops))
    row: Row = {
        "stops": len(stops),
        "speakers": len({stop["speaker"] for stop in stops}),
        "obeyed": len(times),
        "share": round(len(times) / len(stops), 3),
        "interval": (round(low, 3), round(high, 3)),
        "other": sum(stop["other"] is not None for stop in stops),
        "ms": [round(float(np.percentile(times, q))) for q in (50, 95)] if times else None,
    }
    for name in ("early", "first"):
        part = [stop for stop in stops if stop[name]]
        row[name] = (sum(stop["ms"] is not None for stop in part), len(part))
    return row


def table(figures: Mapping[str, Row]) -> str:
    """Return the rows as text: first those with a user, then those without."""
    lines = [
        f"\n{'echo, way':32} {'stops obeyed':>13} {'95 %':>12} {'ms after word':>14}"
        f" {'in first 1 s':>13} {'first voice':>12} {'other':>6} {'CPU':>6}"
    ]
    for name, row in figures.items():
        if "stops" not in row:
            continue
        low, high = (100 * share for share in row["interval"])
        early, first = ("{}/{}".format(*row[part]) for part in ("early", "first"))
        times = "{} / {}".format(*row["ms"]) if row["ms"] else "-"
        lines.append(
            f"{name:32} {row['obeyed']}/{row['stops']} {100 * row['share']:.1f} %".ljust(47)
            + f"{low:.1f}-{high:.1f}".rjust(12)
            + f" {times:>14} {early:>13} {first:>12} {row['other']:>6}"
            + f" {row['cpu_per_second']:6.3f}"
        )
    lines.append(f"\n{'echo, way':46} {'hours':>6} {'obeys itself':>13} {'per hour':>9}  most")
    for name, row in figures.items():
        if "stops" in row:
            continue
        most = ", ".join(f"{phrase} {count}" for phrase, count in row["own_most"])
        lines.append(
            f"{name:46} {row['hours']:6.2f} {row['own']:13d} {row['own_per_hour']:9.1f}  {most}"
        )
    return "\n".join(lines)
