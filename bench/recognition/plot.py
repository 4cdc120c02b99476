"""The picture: misses against false accepts, one panel for each class, one line for each system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np

from voicecoach.errors import CoachError

NO_MATPLOTLIB = (
    "There is no picture",
    "matplotlib is not installed",
    "Install it by `pip install -e '.[bench]'`; --write-plot makes it of the JSON.",
)
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9")
"""Okabe and Ito's, which colour-blind people can tell apart."""

MISSES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95)
ALL_OR_NOTHING = 2
"""Points of a curve whose scores are all the same: only the point in use means anything."""

LEAST_MISS, MOST_MISS = 0.004, 0.97
"""A share of 0 has no normal deviate: it is drawn at the edge."""


def draw(report: Mapping[str, Any], path: Path) -> None:
    """Write the picture; the name's ending decides the format. Raises `CoachError`."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise CoachError(*NO_MATPLOTLIB) from None
    systems = report["systems"]
    names = list(dict.fromkeys(name for s in systems for name in s["tradeoff"]))
    figure = Figure(figsize=(4.1 * max(1, len(names)), 4.6), layout="constrained")
    panels = figure.subplots(1, max(1, len(names)), squeeze=False, sharey=True)[0]
    for panel, name in zip(panels, names, strict=False):
        _panel(panel, name, systems)
    if names:
        panels[0].set_ylabel("missed or confused")
        lines, labels = panels[0].get_legend_handles_labels()
        figure.legend(lines, labels, loc="outside lower center", ncols=len(labels), frameon=False)
    figure.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)


def _panel(panel: Any, name: str, systems: Sequence[Mapping[str, Any]]) -> None:
    own = [
        (number, s["tradeoff"][name]) for number, s in enumerate(systems) if name in s["tradeoff"]
    ]
    hours, clips = own[0][1]["hours"], own[0][1]["clips"]
    floor = 0.5 / hours
    for number, found in own:
        colour = COLOURS[number % len(COLOURS)]
        label = systems[number]["name"]
        here = _place(found["point"], floor)
        panel.plot(
            *here, "o", color=colour, label=label, ms=8, mec="white", clip_on=False, zorder=3
        )
        if len(found["curve"]) > ALL_OR_NOTHING:
            points = [_place(point, floor) for point in reversed(found["curve"])]
            panel.plot(*zip(*points, strict=True), color=colour, drawstyle="steps-post", lw=1.8)
    _axes(panel, floor)
    panel.set_title(f"{name} ({clips} clips)", fontsize=11)
    panel.set_xlabel(f"false accepts per hour of speech ({hours:.2f} h)")


def _place(point: Sequence[float], floor: float) -> tuple[float, float]:
    return max(point[0], floor), min(max(point[1], LEAST_MISS), MOST_MISS)


def _axes(panel: Any, floor: float) -> None:
    """A logarithmic rate from "none" on, and misses by their normal deviate."""
    normal = NormalDist()
    forward = np.vectorize(lambda p: normal.inv_cdf(min(max(p, 1e-6), 1 - 1e-6)), [float])
    back = np.vectorize(normal.cdf, [float])
    panel.set_xscale("log")
    panel.set_yscale("function", functions=(forward, back))
    panel.set_ylim(LEAST_MISS, MOST_MISS)
    panel.set_yticks(MISSES, [f"{100 * share:g} %" for share in MISSES])
    panel.set_yticks([], minor=True)
    top = max(panel.get_xlim()[1], 20 * floor)
    rates = [
        r for r in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500) if floor * 1.3 < r <= top
    ]
    panel.set_xlim(floor / 1.15, top)
    panel.set_xticks([floor, *rates], ["none", *(f"{rate:g}" for rate in rates)])
    panel.set_xticks([], minor=True)
    panel.grid(color="#dddddd", lw=0.7)
    panel.set_axisbelow(True)
    panel.spines[["top", "right"]].set_visible(False)
