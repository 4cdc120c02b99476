"""The figures of one system: words right, missed and confused; false accepts; delays; costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bench.english import BOOK
from bench.recognition.channels import CHANNELS
from bench.recognition.intervals import Group, rate_by, share_by
from bench.recognition.live import ALL, COUNTING
from bench.recognition.runner import Heard
from bench.recognition.spoil import CLEAN, CONDITIONS, word_end
from bench.recognition.systems import Decision
from bench.recognition.trials import (
    COMMANDS,
    CUTS,
    NEGATIVES,
    SPEECH,
    SYNTHETIC,
    Trial,
    kind_of,
)
from voicecoach.language.phrasebook import HALTING, Command

FIRST = ("stop", "yes", "no", "go")
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
SECOND = ("help", "start", "repeat", *DIGITS)
CUT_WORDS = ("next", "ready", "back", "done", "continue", "again")
"""Words that no one says alone in the recordings: the bar for words cut out of sentences."""
GROUPS = {"stop yes no go": FIRST, "help start repeat digits": SECOND}
"""The groups that the bars are about."""

HALTS = {command.value for command in HALTING}


@dataclass(frozen=True)
class Result:
    """A trial with what a system made of it."""

    trial: Trial
    decisions: Sequence[Decision]

    @property
    def obeyed(self) -> list[Decision]:
        """The decisions that were obeyed."""
        return [decision for decision in self.decisions if decision.why is None]


@cache
def meaning(phrase: str) -> tuple[str, int | None]:
    """Return the command and number of a phrase: "yeah" is right for "yes"."""
    found = BOOK.meanings[phrase]
    return found.command.value, found.number


@cache
def end_of(path: str) -> float:
    """Return when the word of a recording ends, in seconds of its stream."""
    return word_end(Path(path))


def is_halt(decision: Decision) -> bool:
    """Return whether a decision is one of the halt classes."""
    return meaning(decision.phrase)[0] in HALTS


def right(result: Result) -> bool:
    """Return whether the first command obeyed is the one that was said."""
    first = result.obeyed[:1]
    return bool(first) and meaning(first[0].phrase) == meaning(str(result.trial.clip.text))


def word_row(results: Sequence[Result]) -> dict[str, Any]:
    """Return the results for recordings of commands; delays in ms from the end of the word."""
    hits = [result for result in results if right(result)]
    wrong = [result for result in results if result.obeyed and not right(result)]
    missed = [result for result in results if not result.obeyed]
    return {
        "clips": len(results),
        "speakers": len({result.trial.clip.speaker for result in results}),
        "right": share_by(_marked(results, hits)),
        "missed": share_by(_marked(results, missed)),
        "confused": share_by(_marked(results, wrong)),
        "taken_for": Counter(result.obeyed[0].phrase for result in wrong).most_common(5),
        "delay_ms": delay(hits),
    }


def delay(hits: Iterable[Result]) -> dict[str, float] | None:
    """Return median and 95th percentile from the end of the word to the decision, in ms."""
    times = [1000 * (hit.obeyed[0].decided_s - end_of(hit.trial.clip.path)) for hit in hits]
    if not times:
        return None
    median, late = np.percentile(times, [50, 95])
    return {"median": float(median), "p95": float(late)}


def word_rows(results: Sequence[Result]) -> dict[str, dict[str, Any]]:
    """Return a row for each group, each word, and the halt and the other commands together."""
    by_word: dict[str, list[Result]] = {}
    for result in results:
        by_word.setdefault(str(result.trial.clip.text), []).append(result)
    order = [word for word in (*FIRST, *SECOND) if word in by_word]
    rows = {name: _together(by_word, words) for name, words in GROUPS.items()}
    rows |= {word: by_word[word] for word in [*order, *sorted(set(by_word) - set(order))]}
    halts = [word for word in by_word if meaning(word)[0] in HALTS]
    rows["halt words"] = _together(by_word, halts)
    rows["other commands"] = _together(by_word, [w for w in by_word if w not in halts])
    return {name: word_row(row) for name, row in rows.items() if row}


def _together(by_word: dict[str, list[Result]], words: Iterable[str]) -> list[Result]:
    return [result for word in words for result in by_word.get(word, ())]


def _marked(results: Sequence[Result], marked: Sequence[Result]) -> list[Group]:
    """Return for each result its speaker and whether it is among the `marked`."""
    among = {id(result) for result in marked}
    return [(r.trial.clip.speaker, float(id(r) in among), 1.0) for r in results]


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
        "fooled": share_by(_marked(results, [r for r in results if taken[id(r)]])),
        "most": Counter(decision.phrase for decision in every).most_common(8),
        "really_said": sum(len(r.obeyed) for r in results) - len(every),
    }


Chosen = Callable[..., list[Result]]


def figures(heard: Heard, trials: Sequence[Trial]) -> dict[str, Any]:
    """Return all figures of one system but the curves."""
    results = [Result(t, d) for t, d in zip(trials, heard.decisions, strict=True)]

    def chosen(kind: str, condition: str = CLEAN, live: str = ALL) -> list[Result]:
        wanted = (kind, condition, live)
        keys = ((kind_of(r.trial.clip), r.trial.condition, r.trial.live) for r in results)
        return [result for result, key in zip(results, keys, strict=True) if key == wanted]

    synthetic = chosen(SYNTHETIC)
    return {
        "name": heard.name,
        **heard.about,
        "words": {
            c: word_rows(chosen(COMMANDS, c))
            for c in (*CONDITIONS, *CHANNELS)
            if chosen(COMMANDS, c)
        },
        "cuts": _cut_rows(results),
        "false": _false_rows(chosen),
        "synthetic": {"all": word_row(synthetic), **_by_command(synthetic)} if synthetic else {},
        "cost": cost(heard, trials),
    }


def _cut_rows(results: Sequence[Result]) -> dict[str, Any]:
    """Return rows of the words cut out of sentences: all phrases live, and those of a state."""
    cuts = [result for result in results if kind_of(result.trial.clip) == CUTS]
    lots = {
        "all phrases live": [r for r in cuts if r.trial.live == ALL],
        "the phrases of a state live": [r for r in cuts if r.trial.live != ALL],
    }
    return {
        name: {"together": word_row(lot), " ".join(CUT_WORDS): word_row(asked), **word_rows(lot)}
        for name, lot in lots.items()
        if (asked := _asked(lot))
    }


def _asked(results: Sequence[Result]) -> list[Result]:
    return [result for result in results if result.trial.clip.text in CUT_WORDS]


def _false_rows(chosen: Chosen) -> list[dict[str, Any]]:
    """Return a row for each kind of recording, condition and set of live phrases."""
    cases = [(kind, condition, ALL) for kind in NEGATIVES for condition in CONDITIONS]
    cases += [(kind, CLEAN, COUNTING) for kind in NEGATIVES]
    return [
        {"kind": kind, "condition": condition, "live": live, **false_row(found)}
        for kind, condition, live in cases
        if (found := chosen(kind, condition, live))
    ]


def _by_command(results: Sequence[Result]) -> dict[str, Any]:
    """Return a row for each command, numbers together."""
    lots: dict[str, list[Result]] = {}
    for result in results:
        lots.setdefault(meaning(str(result.trial.clip.text))[0], []).append(result)
    order = [command.value for command in Command if command.value in lots]
    return {name: word_row(lots[name]) for name in order}


def cost(heard: Heard, trials: Sequence[Trial]) -> dict[str, Any]:
    """Return CPU seconds per second of audio, in all and of continuous speech; MB; load times.

    Of several children the greatest peak and the shortest load count: other work of the machine
    only makes loading longer.
    """
    speech = [n for n, trial in enumerate(trials) if kind_of(trial.clip) == SPEECH]
    audio = sum(heard.audio_s[n] for n in speech)
    return {
        "cpu_per_s": sum(heard.cpu_s) / sum(heard.audio_s),
        "cpu_per_s_speech": sum(heard.cpu_s[n] for n in speech) / audio if audio else None,
        "peak_mb": max(heard.peak_mb),
        "load_s": min(heard.load_s),
        "load_cpu_s": min(heard.load_cpu_s),
    }
