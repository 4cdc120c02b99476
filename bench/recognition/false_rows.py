"""Rows of what was taken for a command where none was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from bench.recognition.crowd import BOTH
from bench.recognition.intervals import Group, rate_by, share_by
from bench.recognition.kinds import NEGATIVES, kind_of
from bench.recognition.listening import LISTENING
from bench.recognition.live import ALL, COUNTING
from bench.recognition.recognised import Decision
from bench.recognition.results import Result, is_halt
from bench.recognition.spoil import CLEAN, CONDITIONS
from bench.recognition.word_rows import marked

Chosen = Callable[..., list[Result]]


def truly_said(result: Result, decision: Decision) -> bool:
    """Return whether the transcript of a recording contains what was taken for a command."""
    return f" {decision.phrase} " in f" {result.trial.clip.text or ''} "


def false_row(results: Sequence[Result]) -> dict[str, Any]:
    """Return the false accepts in recordings without a command, and their hours."""
    taken = {id(r): [d for d in r.obeyed if not truly_said(r, d)] for r in results}

    def counted(wanted: Callable[[Decision], bool]) -> list[Group]:
        return [
            (r.trial.clip.speaker, sum(map(wanted, taken[id(r)])), r.trial.clip.seconds / 3600)
            for r in results
        ]

    every = [decision for some in taken.values() for decision in some]
    return {
        "clips": len(results),
        "speakers": len({result.trial.clip.speaker for result in results}),
        "any": rate_by(counted(lambda _: True)),
        "halts": rate_by(counted(is_halt)),
        "hushes": rate_by(_hushes(results)),
        "fooled": share_by(marked(results, [r for r in results if taken[id(r)]])),
        "most": Counter(decision.phrase for decision in every).most_common(8),
        "really_said": sum(len(r.obeyed) for r in results) - len(every),
    }


def _hushes(results: Sequence[Result]) -> list[Group]:
    return [
        (r.trial.clip.speaker, float(len(r.false_hushes)), r.trial.clip.seconds / 3600)
        for r in results
    ]


def false_rows(chosen: Chosen) -> list[dict[str, Any]]:
    """Return a row for each kind of recording, condition and set of live phrases."""
    conditions = (*CONDITIONS, BOTH)
    cases = [(kind, condition, ALL) for kind in NEGATIVES for condition in conditions]
    cases += [(kind, CLEAN, COUNTING) for kind in NEGATIVES]
    return [
        {"kind": kind, "condition": condition, "live": live, **false_row(found)}
        for kind, condition, live in cases
        if (found := chosen(kind, condition, live))
    ]


def listening_rows(results: Sequence[Result]) -> dict[str, Any]:
    """Return the rows of virtual listening, of each kind and all, and what is independent."""
    heard = [r for r in results if r.trial.condition.startswith(LISTENING)]
    lots = {"all": heard}
    for result in heard:
        lots.setdefault(str(kind_of(result.trial.clip)), []).append(result)
    distinct = {r.trial.clip.id: r.trial.clip.seconds / 3600 for r in heard}
    return {
        "rows": {name: false_row(lot) for name, lot in lots.items() if lot},
        "recordings": len(distinct),
        "hours_of_sound": sum(distinct.values()),
    }
