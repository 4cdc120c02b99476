"""The verifier: a small head on the network's last hidden layer, taught by the head on Whisper."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from voicecoach.stt.acoustic_model import SUBSAMPLING, AcousticModel

from . import lexicon
from .classes import ALL_CLASSES
from .taught import DEVICE, Batch, Pace, picks, train

HIDDEN = 96
EPOCHS = 8
DROPOUT = 0.3


class Head(nn.Module):
    """(batch, frames, width of the network) -> (batch, classes), before the softmax."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Linear(width, HIDDEN)
        self.second = nn.Conv1d(HIDDEN, HIDDEN, 5, padding=2)
        self.third = nn.Conv1d(HIDDEN, HIDDEN, 5, padding=2)
        self.weight = nn.Linear(HIDDEN, 1)
        self.out = nn.Linear(2 * HIDDEN, len(ALL_CLASSES))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Frames are weighed by what they hold; their mean and the greatest of each decide."""
        x = torch.relu(self.first(self.drop(x))).transpose(1, 2)
        x = torch.relu(self.second(x))
        x = torch.relu(self.third(self.drop(x)))
        share = torch.softmax(self.weight(x.transpose(1, 2)), dim=1)
        mean = (x @ share).squeeze(2)
        scores: torch.Tensor = self.out(self.drop(torch.cat([mean, x.amax(2)], dim=1)))
        return scores


def hidden(network: AcousticModel, feats: np.ndarray) -> torch.Tensor:
    """Last hidden layer of each look, (looks, frames / 3, width): `AcousticModel.run` for many."""
    out = []
    with torch.no_grad(), torch.autocast(DEVICE.type, dtype=torch.bfloat16):
        for at in range(0, len(feats), 256):
            part = torch.from_numpy(feats[at : at + 256].astype(np.float32)).to(DEVICE)
            out.append(_hidden(network, part))
    return torch.cat(out)


def _hidden(network: AcousticModel, rows: torch.Tensor) -> torch.Tensor:
    head, tail = rows[:, :1].repeat(1, network.left, 1), rows[:, -1:].repeat(1, network.right, 1)
    rows, step = torch.cat([head, rows, tail], 1), 1
    for number, layer in enumerate(network.layers[:-1]):
        offsets = [offset // step for offset in layer.offsets]
        count = rows.shape[1] - (max(offsets) - min(offsets))
        stride = SUBSAMPLING if number == 1 else 1
        parts = [rows[:, o - min(offsets) :][:, :count:stride] for o in offsets]
        weight, bias = (torch.tensor(a, device=DEVICE) for a in (layer.matrix, layer.bias))
        rows = torch.relu(nn.functional.linear(torch.cat(parts, 2), weight, bias))
        step = SUBSAMPLING if number >= 1 else 1
    return rows.half()


def run(
    network: AcousticModel,
    feats: np.ndarray,
    classes: np.ndarray,
    teacher: np.ndarray,
    seed: int,
    epochs: int = EPOCHS,
) -> Head:
    """Train a head on looks; `teacher` has the shares (looks, classes) of a larger ear."""
    torch.manual_seed(seed)
    x = hidden(network, feats)
    y, taught = (torch.from_numpy(array).to(DEVICE) for array in (classes, teacher))
    head = Head(x.shape[2]).to(DEVICE)

    def batches() -> Iterator[Batch]:
        for pick in picks(torch.randperm(len(y)).to(DEVICE)):
            yield x[pick].bfloat16(), y[pick], taught[pick]

    train(head, batches, len(y), Pace(epochs, rate=2e-3, decay=0.02, begin=0.1))
    return head.cpu().eval()


def save(head: Head, path: Path) -> None:
    """Write the head as the program reads it, in 16 bits."""
    arrays = {name: value.numpy().astype(np.float16) for name, value in head.state_dict().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    text = np.array(json.dumps(lexicon.outputs()))
    np.savez_compressed(path, classes=np.array(ALL_CLASSES), lexicon=text, **arrays)
