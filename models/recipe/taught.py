"""Training of a network that names looks, by labels and by the answers of a larger ear."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import nn

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
BATCH = 128
TAUGHT = 0.5  # weight of the teacher's answers; the rest is that of the labels
SMOOTHING = 0.03

Order = TypeVar("Order", torch.Tensor, np.ndarray)
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
"""Looks, their classes, and the shares of all classes by the teacher, on `DEVICE`."""


@dataclass(frozen=True)
class Pace:
    """How fast to learn: `begin` is the share of `rate` in the first step."""

    epochs: int
    rate: float
    decay: float
    begin: float


def picks(order: Order) -> Iterator[Order]:
    """Whole batches of an order of looks."""
    for at in range(0, len(order) - BATCH + 1, BATCH):
        yield order[at : at + BATCH]


def train(
    network: nn.Module, batches: Callable[[], Iterable[Batch]], looks: int, pace: Pace
) -> None:
    """Train in place; `batches` gives those of an epoch, of so many looks."""
    optimiser = torch.optim.AdamW(network.parameters(), lr=pace.rate, weight_decay=pace.decay)
    steps = pace.epochs * (looks // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda n: min(1.0, pace.begin + 20 * n / steps) * 0.5 * (1 + math.cos(math.pi * n / steps)),
    )
    for epoch in range(pace.epochs):
        begun, total, hits = time.monotonic(), 0.0, 0
        network.train()
        for x, y, taught in batches():
            with torch.autocast(DEVICE.type, dtype=torch.bfloat16):
                scores = network(x)
            loss = _loss(scores.float(), y, taught)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(y)
            hits += int((scores.argmax(1) == y).sum())
        right, took = 100 * hits / looks, time.monotonic() - begun
        print(f"  epoch {epoch + 1}/{pace.epochs}: loss {total / looks:.3f}, "
              f"{right:.1f} % right, {took:.0f} s", flush=True)  # fmt: skip


def _loss(scores: torch.Tensor, y: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Cross-entropy with the labels and with the teacher's shares (Hinton and others, 2015)."""
    labels = nn.functional.cross_entropy(scores, y, label_smoothing=SMOOTHING)
    answers = -(taught * torch.log_softmax(scores, dim=1)).sum(dim=1).mean()
    return (1 - TAUGHT) * labels + TAUGHT * answers
