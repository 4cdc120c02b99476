"""How figures are written, on the terminal and in the documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def percent(share: Mapping[str, Any]) -> str:
    """Return a share with its interval: ``91.7 (87-95)``, in per cent."""
    if share["share"] is None:
        return "-"
    return f"{100 * share['share']:.1f} ({100 * share['low']:.0f}-{100 * share['high']:.0f})"


def plain_percent(share: Mapping[str, Any]) -> str:
    """Return a share without its interval, in per cent."""
    return "-" if share["share"] is None else f"{100 * share['share']:.1f}"


def hourly(rate: Mapping[str, Any]) -> str:
    """Return a rate with its interval: ``13.7 (4.4-32)``, per hour."""
    if rate["per_hour"] is None:
        return "-"
    return f"{short(rate['per_hour'])} ({short(rate['low'])}-{short(rate['high'])})"


def short(value: float) -> str:
    """Return two digits or all before the point: 0.012, 0.52, 4.4, 32, 210."""
    if value < 0.1:
        return f"{value:.2g}"
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def milliseconds(delay: Mapping[str, float] | None) -> str:
    """Return a delay as ``median / p95``."""
    return f"{delay['median']:.0f} / {delay['p95']:.0f}" if delay else "-"


def mistaken(pairs: Sequence[Sequence[Any]]) -> str:
    """Return what was heard how often: ``go 3, four 1``."""
    return ", ".join(f"{phrase} {count}" for phrase, count in pairs)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return an aligned table for a terminal; the first column stands left, the others right."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    return "\n".join(_line(row, widths) for row in (head, ["-" * w for w in widths], *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells).rstrip()


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
