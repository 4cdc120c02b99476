"""A small network that hears the filterbank itself, taught by the head on Whisper: an opinion.

Residual convolutions over time, as for single words (Choi and others, 2019: TC-ResNet), behind two
over time and frequency. It is measured (`recipe.opinions`) and not shipped: see docs/hearing.md.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .classes import ALL_CLASSES
from .taught import DEVICE, Batch, Pace, picks, train

WIDTH = 96
SPREAD = 4.0  # of the energies, about
DILATIONS = (1, 1, 2)
PACE = Pace(epochs=15, rate=3e-3, decay=0.03, begin=0.05)
# What is hidden from a look (Park and others, 2019: SpecAugment), and how far it is moved.
BANDS, FRAMES, MOVED = (0.6, 8), (0.5, 18), 6  # share of looks, and bands or frames at most; frames


class _Block(nn.Module):
    def __init__(self, dilation: int) -> None:
        super().__init__()
        around = 2 * dilation
        self.a = nn.Conv1d(WIDTH, WIDTH, 5, padding=around, dilation=dilation, bias=False)
        self.b = nn.Conv1d(WIDTH, WIDTH, 5, padding=2, bias=False)
        self.a_norm, self.b_norm = nn.BatchNorm1d(WIDTH), nn.BatchNorm1d(WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = self.drop(torch.relu(self.a_norm(self.a(x))))
        return torch.relu(x + self.b_norm(self.b(inner)))


class Network(nn.Module):
    """(batch, frames, bands) -> (batch, classes), before the softmax."""

    def __init__(self, bands: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 16, 5, stride=2, padding=2, bias=False)
        self.second = nn.Conv2d(16, 32, 3, stride=2, padding=1, bias=False)
        self.third = nn.Conv1d(32 * -(-bands // 4), WIDTH, 1, bias=False)
        self.norms = nn.ModuleList([nn.BatchNorm2d(16), nn.BatchNorm2d(32), nn.BatchNorm1d(WIDTH)])
        self.blocks = nn.Sequential(*map(_Block, DILATIONS))
        self.weight = nn.Conv1d(WIDTH, 1, 1)
        self.out = nn.Linear(2 * WIDTH, len(ALL_CLASSES))
        self.drop = nn.Dropout(0.3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Frames are weighed by what they hold; their mean and the greatest of each decide."""
        x = ((x - x.mean((1, 2), keepdim=True)) / SPREAD).unsqueeze(1)
        x = torch.relu(self.norms[0](self.first(x)))
        x = torch.relu(self.norms[1](self.second(x)))
        x = x.permute(0, 1, 3, 2).flatten(1, 2)
        x = self.blocks(self.drop(torch.relu(self.norms[2](self.third(x)))))
        mean = (x * torch.softmax(self.weight(x), dim=2)).sum(dim=2)
        scores: torch.Tensor = self.out(self.drop(torch.cat([mean, x.amax(2)], dim=1)))
        return scores


def _hidden_in_part(feats: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Looks, moved a little, some without some bands and frames."""
    out = np.roll(feats.astype(np.float32), int(rng.integers(-MOVED, MOVED + 1)), axis=1)
    for look in out:
        for rows, (share, most) in ((look.T, BANDS), (look, FRAMES)):
            if rng.random() < share:
                at = int(rng.integers(len(rows)))
                rows[at : at + int(rng.integers(1, most + 1))] = look.mean()
    return out


def run(feats: np.ndarray, classes: np.ndarray, teacher: np.ndarray, seed: int) -> Network:
    """Train on looks (looks, frames, bands); `teacher` has the shares of a larger ear."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = Network(feats.shape[2]).to(DEVICE)

    def batches() -> Iterator[Batch]:
        for order in picks(rng.permutation(len(feats))):
            pick = np.sort(order)
            x = _hidden_in_part(feats[pick], rng)
            x, y, taught = map(torch.from_numpy, (x, classes[pick], teacher[pick]))
            yield x.to(DEVICE), y.to(DEVICE), taught.to(DEVICE)

    train(network, batches, len(feats), PACE)
    return network.cpu().eval()


def save(network: Network, path: Path) -> None:
    """Write what `log_shares` reads."""
    torch.save(network.state_dict(), path)


def log_shares(path: Path, feats: np.ndarray) -> np.ndarray:
    """Logarithms of the shares of looks (looks, frames, bands), (looks, classes)."""
    network = Network(feats.shape[2])
    network.load_state_dict(torch.load(path, weights_only=True))
    network.eval()
    with torch.no_grad():
        parts = [
            network(torch.from_numpy(feats[at : at + 256].astype(np.float32)))
            for at in range(0, len(feats), 256)
        ]
        found: np.ndarray = torch.log_softmax(torch.cat(parts), dim=1).numpy()
    return found
