"""The report as one page: no script, no other file, one sheet of A4 when printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Final

from voicecoach.history.figures import changed, complaints_by_place, doses, pains
from voicecoach.history.past import Past
from voicecoach.report.overview.body import body
from voicecoach.report.overview.calendar import calendar
from voicecoach.report.overview.dose_table import dose_table
from voicecoach.report.overview.pain_chart import pain_chart, trend_in_words
from voicecoach.report.svg_text import plain

STYLE: Final = Path(__file__).with_name("page.css")
LATEST: Final = 6
"""Complaints that are listed; more do not fit the page."""
MOST_RULES: Final = 6

DAYS: Final = (("day1", "a session"), ("day2", "two or more"), ("hurt", "a halt or complaint"))
PAIN: Final = (("before", "before a session"), ("after", "after it"))
"""What the colours mean."""

Effect = Callable[[str], str]
"""Returns what a safety rule does, by its id; empty for one that is not known."""


def overview_html(sessions: Sequence[Past], today: date, effect: Effect) -> str:
    """Return the page of `sessions`, the oldest first, as it is on the day `today`."""
    first = sessions[0].began.date() if sessions else today
    last = max((past.began.date() for past in sessions), default=today)
    parts = [_header(first, last, today)]
    if sessions:
        parts += _sections(sessions, first, last, effect)
    else:
        parts.append("<main><p>There are no sessions in this time.</p></main>")
    title = f"Exercise report, {first} to {last}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title>\n<style>\n{STYLE.read_text('utf-8')}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _header(first: date, last: date, today: date) -> str:
    return (
        f"<header><h1>Exercise report, {first} to {last}</h1>"
        f'<p class="quiet">Made by voicecoach on {today}. Pain is what the user told, from 0 (none)'
        " to 10. No medical device: it neither diagnoses nor treats.</p></header>"
    )


def _sections(sessions: Sequence[Past], first: date, last: date, effect: Effect) -> Iterator[str]:
    told = pains(sessions)
    pain = _legend(PAIN) + pain_chart(told, first, last) + f"<p>{trend_in_words(told)}</p>"
    yield f"<main>{_numbers(sessions)}"
    yield _section("Sessions", _legend(DAYS) + calendar(sessions, first, last))
    yield '<div class="pair">' + _section("Pain before and after", pain)
    yield _section("Where it hurt", body(complaints_by_place(sessions))) + "</div>"
    yield _section("Exercises", dose_table(doses(sessions), first, last))
    yield '<div class="pair">' + _section("Complaints", _complaints(sessions))
    yield _section("Changed by a safety rule", _changes(sessions, effect)) + "</div></main>"


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{title}</h2>{inner}</section>"


def _numbers(sessions: Sequence[Past]) -> str:
    minutes = sum(past.session.seconds for past in sessions) / 60
    work = sum(past.work_seconds for past in sessions) / 60
    whole = sum(past.session.outcome == "done" for past in sessions)
    items = [
        (str(len(sessions)), "sessions"),
        (str(whole), "led to their end"),
        (f"{minutes:.0f}", "minutes in all"),
        (f"{work:.0f}", "minutes at work"),
        (str(sum(len(past.complaints) for past in sessions)), "halts and complaints"),
        (_change(sessions), "change of pain in a session, on average"),
    ]
    cells = "".join(f"<li><b>{number}</b> {name}</li>" for number, name in items)
    return f'<ul class="numbers">{cells}</ul>'


def _change(sessions: Sequence[Past]) -> str:
    both = [
        past.session.after - past.session.before
        for past in sessions
        if past.session.before is not None and past.session.after is not None
    ]
    return f"{mean(both):+.1f}" if both else "-"


def _legend(keys: Sequence[tuple[str, str]]) -> str:
    shown = "".join(f'<span class="key {style}"></span>{name} &nbsp; ' for style, name in keys)
    return f'<p class="legend">{shown}</p>'


def _complaints(sessions: Sequence[Past]) -> str:
    found = [(past, complaint) for past in sessions for complaint in past.complaints]
    if not found:
        return "<p>None.</p>"
    rows = []
    for past, told in found[: -LATEST - 1 : -1]:
        name = {entry.visit: entry.name for entry in past.exercises}.get(told.visit, "-")
        score = "-" if told.score is None else f"{told.score} of 10"
        where = (told.region or "-").replace("-", " ")
        sharp = ", sharp" if told.sharp else ""
        why = told.why.replace("_", " ")
        rows.append((str(past.began.date()), name, why, score + sharp, where))
    heads = ("Day", "Exercise", "Said", "Score", "Where")
    return _table(heads, rows, len(found) - len(rows), "earlier")


def _changes(sessions: Sequence[Past], effect: Effect) -> str:
    names = {e.exercise: e.name for past in sessions for e in past.exercises}
    found = changed(sessions)
    if not found:
        return "<p>Nothing.</p>"
    rows = []
    for rule in sorted(found, key=lambda rule: -found[rule].total())[:MOST_RULES]:
        what = [f"{names.get(i, i) or 'all'} ({n})" for i, n in found[rule].most_common()]
        rows.append((f"{rule}: {effect(rule)}", ", ".join(what)))
    return _table(("Rule", "Exercise (sessions)"), rows, len(found) - len(rows), "more")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int, word: str) -> str:
    """Return a table of texts, and how many rows are `left` out, in a `word`."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{plain(cell)}</td>" for cell in cells) + "</tr>" for cells in rows
    )
    rest = f'<p class="quiet">and {left} {word}</p>' if left else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"
