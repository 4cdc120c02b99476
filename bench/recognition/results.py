"""What one system made of one recording, and whether that was right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bench.english import BOOK
from bench.recognition.kinds import NATURAL
from bench.recognition.phrasings import NOTHING
from bench.recognition.recognised import Decision
from bench.recognition.spoil import word_end
from bench.recognition.trials import Trial
from voicecoach.app.recognise import HUSHED
from voicecoach.language.phrasebook import HALTING

HUSH_S = 1.0
"""Within so many seconds a hush has become a halt, if it does."""

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

    @property
    def false_hushes(self) -> list[Decision]:
        """What the coach went quiet for, though no halt came of it."""
        halts = [decision.decided_s for decision in self.obeyed if is_halt(decision)]
        return [
            d for d in self.decisions
            if d.why == HUSHED and not any(0 <= at - d.decided_s <= HUSH_S for at in halts)
        ]  # fmt: skip


@cache
def meaning(phrase: str) -> tuple[str, int | None]:
    """Return the command and number of a phrase: "yeah" is right for "yes". What was refused need
    not be a phrase, and then means itself.
    """
    found = BOOK.meanings.get(phrase)
    return (found.command.value, found.number) if found else (phrase, None)


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
    if result.trial.clip.kind == NATURAL:
        return _named(first[0]) == result.trial.clip.label if first else _is_nothing(result)
    return bool(first) and meaning(first[0].phrase) == meaning(str(result.trial.clip.text))


def missed(result: Result) -> bool:
    """Return whether a command was said and none obeyed."""
    return not result.obeyed and not (result.trial.clip.kind == NATURAL and _is_nothing(result))


def _is_nothing(result: Result) -> bool:
    return result.trial.clip.label == NOTHING


def _named(decision: Decision) -> str:
    command, number = meaning(decision.phrase)
    return command if number is None else f"{command}-{number}"


def delay(hits: Iterable[Result]) -> dict[str, float] | None:
    """Return median and 95th percentile from the end of the word to the decision, in ms."""
    said = [hit for hit in hits if hit.obeyed]
    times = [1000 * (hit.obeyed[0].decided_s - end_of(hit.trial.clip.path)) for hit in said]
    if not times:
        return None
    median, late = np.percentile(times, [50, 95])
    return {"median": float(median), "p95": float(late)}
