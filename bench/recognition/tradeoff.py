"""The detection-error trade-off of a class: misses against false accepts as the threshold moves.

The score is `systems.certainty`. A threshold above the one in use drops what was obeyed; one below
adds what was refused for lack of certainty. What the recogniser did not find stays missed, so a
curve does not reach every rate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bench.recognition.kinds import COMMANDS, SPEECH, kind_of
from bench.recognition.live import ALL
from bench.recognition.recognised import Decision
from bench.recognition.results import HALTS, Result, meaning
from bench.recognition.spoil import CLEAN
from bench.recognition.word_rows import FIRST
from voicecoach.app.recognise import HUSHED

CLASSES: dict[str, Callable[[tuple[str, int | None]], bool]] = {
    "halt words": lambda said: said[0] in HALTS,
    "yes, no, go": lambda said: said[0] in FIRST and said[0] not in HALTS,
    "numbers": lambda said: said[0] == "number",
}
"""Which meanings make up a class."""


def tradeoff(results: Sequence[Result]) -> dict[str, Any]:
    """Return for each class the curve and the point in use, as [false per hour, share missed]."""
    usual = [r for r in results if (r.trial.condition, r.trial.live) == (CLEAN, ALL)]
    said = [r for r in usual if kind_of(r.trial.clip) == COMMANDS]
    talk = [r for r in usual if kind_of(r.trial.clip) == SPEECH]
    hours = sum(result.trial.clip.seconds for result in talk) / 3600
    found = {}
    for name, belongs in CLASSES.items():
        own = [r for r in said if belongs(meaning(str(r.trial.clip.text)))]
        false = [d for r in talk for d in counted(r) if belongs(meaning(d.phrase))]
        if own and hours:
            found[name] = _curve(own, false, hours)
    return found


def _curve(own: Sequence[Result], false: Sequence[Decision], hours: float) -> dict[str, Any]:
    """Return the curve over all thresholds that change anything, from loose to strict."""
    scores = {d.score for r in own for d in counted(r)} | {d.score for d in false}
    points: list[list[float]] = []
    for threshold in [0.0, *sorted(scores), 2.0]:
        accepts = sum(d.score >= threshold for d in false) / hours
        point = [accepts, sum(_misses(r, threshold) for r in own) / len(own)]
        if point not in points[-1:]:
            points.append(point)
    obeyed = sum(d.why is None for d in false) / hours
    missed = sum(_misses(result, None) for result in own) / len(own)
    return {"clips": len(own), "hours": hours, "curve": points, "point": [obeyed, missed]}


def counted(result: Result) -> list[Decision]:
    """Return the decisions less the refusals of an utterance that was obeyed before."""
    kept: list[Decision] = []
    for decision in (d for d in result.decisions if d.why != HUSHED):
        again = any(decision.start_s <= other.decided_s for other in kept if other.why is None)
        if decision.why is None or not again:
            kept.append(decision)
    return kept


def _misses(result: Result, threshold: float | None) -> bool:
    """Return whether the command would be missed or confused; None is the threshold in use."""
    for decision in counted(result):
        if decision.why is None if threshold is None else decision.score >= threshold:
            return meaning(decision.phrase) != meaning(str(result.trial.clip.text))
    return True
