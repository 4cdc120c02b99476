"""How much of each exercise was done, week by week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from voicecoach.history.figures import Dose, week_of
from voicecoach.report.overview.svg import box, picture
from voicecoach.report.svg_text import plain

WIDTH, HEIGHT = 200.0, 11.0
MOST: Final = 10
"""Exercises that are shown; more do not fit the page."""


def dose_table(doses: Mapping[str, Mapping[date, Dose]], first: date, last: date) -> str:
    """Return a table: an exercise a row, with a bar for each week and the sum."""
    sums = {name: _sum(weeks) for name, weeks in doses.items()}
    often = sorted(doses, key=lambda name: (-sums[name].seconds, name))
    rows = [_row(name, doses[name], sums[name], first, last) for name in often[:MOST]]
    rest = len(often) - len(rows)
    if rest:
        rows.append(f'<tr><td colspan="4" class="quiet">and {rest} more</td></tr>')
    head = "".join(
        f'<th scope="col"{style}>{name}</th>'
        for name, style in (
            ("Exercise", ""), ("Minutes at work, by week", ""), ("Repetitions", ' class="right"'),
            ("Minutes", ' class="right"'),
        )
    )  # fmt: skip
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _sum(weeks: Mapping[date, Dose]) -> Dose:
    repetitions = sum(dose.repetitions for dose in weeks.values())
    return Dose(repetitions, sum(dose.seconds for dose in weeks.values()))


def _row(name: str, weeks: Mapping[date, Dose], whole: Dose, first: date, last: date) -> str:
    count = "-" if not whole.repetitions else str(whole.repetitions)
    minutes = f"{whole.seconds / 60:.0f}"
    bars = _bars(name, weeks, first, last)
    return (
        f'<tr><th scope="row">{plain(name)}</th><td class="bars">{bars}</td>'
        f'<td class="right">{count}</td><td class="right">{minutes}</td></tr>'
    )


def _bars(name: str, weeks: Mapping[date, Dose], first: date, last: date) -> str:
    begin = week_of(first)
    count = (week_of(last) - begin).days // 7 + 1
    most = max(dose.seconds for dose in weeks.values()) or 1.0
    step = WIDTH / max(count, 13)
    parts = []
    for number in range(count):
        week = begin + timedelta(weeks=number)
        if dose := weeks.get(week):
            height = max(1.0, (HEIGHT - 2) * dose.seconds / most)
            hint = f"week of {week}: {dose.seconds / 60:.1f} minutes"
            parts.append(box(step * number, HEIGHT - height, step * 0.8, height, "bar", hint))
    return picture(WIDTH, HEIGHT, f"{plain(name)}: minutes by week", parts)
