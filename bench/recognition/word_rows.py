"""Rows of the words that were said: right, missed, confused, how late, and taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bench.recognition.intervals import Group, share_by
from bench.recognition.kinds import CUT_WORDS, CUTS, kind_of
from bench.recognition.live import ALL
from bench.recognition.results import HALTS, Result, delay, meaning, missed, right
from voicecoach.language.phrasebook import Command

FIRST = ("stop", "yes", "no", "go")
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
SECOND = ("help", "start", "repeat", *DIGITS)
GROUPS = {"stop yes no go": FIRST, "help start repeat digits": SECOND}
"""The groups that the bars are about."""


def word_row(results: Sequence[Result]) -> dict[str, Any]:
    """Return the results for recordings of commands; delays in ms from the end of the word."""
    hits = [result for result in results if right(result)]
    lost = [result for result in results if missed(result)]
    wrong = [result for result in results if result.obeyed and not right(result)]
    return {
        "clips": len(results),
        "speakers": len({result.trial.clip.speaker for result in results}),
        "right": share_by(marked(results, hits)),
        "missed": share_by(marked(results, lost)),
        "confused": share_by(marked(results, wrong)),
        "taken_for": Counter(result.obeyed[0].phrase for result in wrong).most_common(5),
        "delay_ms": delay(hits),
    }


def marked(results: Sequence[Result], chosen: Sequence[Result]) -> list[Group]:
    """Return for each result its speaker and whether it is among the `chosen`."""
    among = {id(result) for result in chosen}
    return [(r.trial.clip.speaker, float(id(r) in among), 1.0) for r in results]


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


def cut_rows(results: Sequence[Result]) -> dict[str, Any]:
    """Return rows of the words cut out of sentences: all phrases live, and those of a state."""
    cuts = [result for result in results if kind_of(result.trial.clip) == CUTS]
    lots = {
        "all phrases live": [r for r in cuts if r.trial.live == ALL],
        "the phrases of a state live": [r for r in cuts if r.trial.live != ALL],
    }
    return {
        name: {"together": word_row(lot), " ".join(CUT_WORDS): word_row(asked), **word_rows(lot)}
        for name, lot in lots.items()
        if (asked := [result for result in lot if result.trial.clip.text in CUT_WORDS])
    }


def synthetic_rows(results: Sequence[Result]) -> dict[str, Any]:
    """Return a row for each command of synthetic voices, numbers together."""
    lots: dict[str, list[Result]] = {}
    for result in results:
        lots.setdefault(meaning(str(result.trial.clip.text))[0], []).append(result)
    order = [command.value for command in Command if command.value in lots]
    rows = {name: word_row(lots[name]) for name in order}
    return {"all": word_row(results), **rows} if results else {}


def natural_rows(results: Sequence[Result]) -> dict[str, Any]:
    """Return a row for each state and command that natural phrasings mean, and for all."""
    lots: dict[str, list[Result]] = {}
    for result in results:
        name = f"{result.trial.live}, {result.trial.clip.label}"
        lots.setdefault(name, []).append(result)
    rows = {name: word_row(lot) for name, lot in lots.items()}
    return {"all": word_row(results), **rows} if results else {}
