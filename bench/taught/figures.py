"""Figures of taught voices: misses and false accepts with and without, by folds of speakers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.recognition.intervals import share_by
from bench.taught.trials import Trial
from voicecoach.decision.evidence import AS_TAUGHT, LIKELY

FOLDS = 10
RIDGE = 0.01
ROUNDS = 30

Floats = NDArray[np.float64]
Row = dict[str, Any]


def fitted(trials: Sequence[Trial], columns: Sequence[int], share: float) -> Floats:
    """Return the weights of a logistic regression with its constant, which is set so that as many
    wrong forms reach `share` as with the verifier alone reach `LIKELY`.
    """
    x, y = _table(trials, columns)
    weights = _regression(x, y)
    wrong = np.sort(x[~y] @ weights)
    taken = sum(not t.right and t.share >= LIKELY for t in trials)
    edge = wrong[max(0, len(wrong) - taken - 1)] + 1e-9
    weights[-1] += np.log(share / (1 - share)) - edge
    return weights


def _table(trials: Sequence[Trial], columns: Sequence[int]) -> tuple[Floats, NDArray[np.bool_]]:
    x = np.array([[*(t.features[c] for c in columns), 1.0] for t in trials])
    return x, np.array([t.right for t in trials])


def _regression(x: Floats, y: NDArray[np.bool_]) -> Floats:
    """Fit by Newton's method; rights and wrongs weigh the same, and each column is scaled."""
    spread = np.append(x[:, :-1].std(axis=0), 1.0)
    x = x / spread
    weigh = np.where(y, 0.5 / y.sum(), 0.5 / (~y).sum()) * len(y)
    weights, ridge = np.zeros(x.shape[1]), RIDGE * len(y) * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-6
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ ((p - y) * weigh) + ridge @ weights
        weights -= np.linalg.solve((x * (p * (1 - p) * weigh)[:, None]).T @ x + ridge, slope)
    return np.asarray(weights / spread)


def crossed(trials: Sequence[Trial], columns: Sequence[int], share: float) -> list[float]:
    """Return each trial's probability by weights that its user has no part in."""
    users = sorted({t.user for t in trials})
    Random(1).shuffle(users)
    fold = {user: at % FOLDS for at, user in enumerate(users)}
    found = [0.0] * len(trials)
    for k in range(FOLDS):
        rest = [t for t in trials if fold[t.user] != k]
        mine = [at for at, t in enumerate(trials) if fold[t.user] == k]
        x, _ = _table([trials[at] for at in mine], columns)
        odds = x @ fitted(rest, columns, share)
        for at, value in zip(mine, odds, strict=True):
            found[at] = float(1 / (1 + np.exp(-value)))
    return found


def summary(trials: Sequence[Trial]) -> Row:
    """Return the figures: for forms with a class, and as if they had none."""
    alone = [t.share for t in trials]
    known, new = crossed(trials, (0, 1, 2), LIKELY), crossed(trials, (1, 2), AS_TAUGHT)
    rows = {
        "alone": _rates(trials, alone, LIKELY),
        "taught": _rates(trials, known, LIKELY),
        "new": _rates(trials, new, AS_TAUGHT),
    }
    return {
        "users": len({t.user for t in trials}),
        "weights_known": fitted(trials, (0, 1, 2), LIKELY).round(2).tolist(),
        "weights_new": fitted(trials, (1, 2), AS_TAUGHT).round(2).tolist(),
        **rows,
    }


def _rates(trials: Sequence[Trial], values: Sequence[float], least: float) -> Row:
    """Return shares of the user's forms that are missed, and of other sounds that are taken."""
    pairs = list(zip(trials, values, strict=True))

    def missed(which: Callable[[Trial], bool]) -> Row:
        right = [(t.user, float(v < least), 1.0) for t, v in pairs if t.right and which(t)]
        return dict(share_by(right))

    def taken(own: bool) -> Row:
        wrong = [(t.user, float(v >= least), 1.0) for t, v in pairs if not t.right and t.own is own]
        return dict(share_by(wrong))

    conditions = sorted({t.condition for t in trials})
    return {
        "missed": missed(lambda _: True),
        "conditions": {c: missed(lambda t, c=c: t.condition == c) for c in conditions},
        "takes": {n: missed(lambda t, n=n: t.takes == n) for n in (1, 2, 3)},
        "own_taken": taken(True),
        "others_taken": taken(False),
    }
