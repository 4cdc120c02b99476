"""The network: convolutions over time, folded to plain affine layers for Kaldi."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from .features import MELS, SUBSAMPLING
from .phones import PDFS


@dataclass(frozen=True)
class Shape:
    """Layers after the first two look at `offsets` in units of three frames.

    The first two look one frame to each side. In all 26 frames back and 17 ahead: 0.17 s of delay,
    less than the silence an end of speech needs.
    """

    first: int = 96  # width of the one layer that runs on every frame
    width: int = 384
    offsets: tuple[tuple[int, ...], ...] = ((-1, 0, 1), (-2, 0, 1), (-2, 0, 1), (-2, 0, 1))

    @property
    def left(self) -> int:
        """Frames of 10 ms looked back."""
        return 2 - SUBSAMPLING * sum(min(o) for o in self.offsets)

    @property
    def right(self) -> int:
        """Frames of 10 ms looked ahead."""
        return 2 + SUBSAMPLING * sum(max(o) for o in self.offsets)


class Splice(nn.Module):
    """An affine layer over the frames at `offsets`, with batch normalisation and ReLU."""

    def __init__(self, inputs: int, width: int, offsets: tuple[int, ...], stride: int = 1) -> None:
        super().__init__()
        self.offsets, self.stride = offsets, stride
        self.affine = nn.Linear(inputs * len(offsets), width)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(batch, time, inputs) -> (batch, fewer frames, width)."""
        first, last = min(self.offsets), max(self.offsets)
        count = x.shape[1] - (last - first)
        parts = [x[:, o - first : o - first + count : self.stride] for o in self.offsets]
        y = self.affine(torch.cat(parts, dim=-1))
        return torch.relu(self.norm(y.flatten(0, 1)).view_as(y))


class Network(nn.Module):
    """Mel frames to scores of the outputs, every third frame."""

    def __init__(self, shape: Shape, mean: np.ndarray, std: np.ndarray) -> None:
        super().__init__()
        self.shape = shape
        self.register_buffer("mean", torch.tensor(mean, dtype=torch.float32))
        self.register_buffer("std", torch.tensor(std, dtype=torch.float32))
        first, width, near = shape.first, shape.width, (-1, 0, 1)
        layers = [Splice(MELS, first, near), Splice(first, width, near, SUBSAMPLING)]
        layers += [Splice(width, width, o) for o in shape.offsets]
        self.layers = nn.ModuleList(layers)
        self.out = nn.Linear(width, PDFS)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(batch, left + 3n + right, mels) -> (batch, n, pdfs), before the softmax."""
        x = (x - self.mean) / self.std
        for layer in self.layers:
            x = layer(x)
        scores: torch.Tensor = self.out(x)
        return scores


def pad(feats: np.ndarray, shape: Shape) -> np.ndarray:
    """Frames with the edges repeated, as Kaldi does, so that n output frames come of 3n."""
    return np.concatenate(
        [feats[:1].repeat(shape.left, 0), feats, feats[-1:].repeat(shape.right, 0)]
    )


def folded(net: Network) -> list[tuple[str, np.ndarray, np.ndarray, tuple[int, ...]]]:
    """(name, matrix, bias, offsets in frames) of plain affine layers that do the same."""
    out: list[tuple[str, np.ndarray, np.ndarray, tuple[int, ...]]] = []
    with torch.no_grad():
        for n, layer in enumerate(net.layers):
            gain = layer.norm.weight / torch.sqrt(layer.norm.running_var + layer.norm.eps)
            bias = layer.norm.bias + gain * (layer.affine.bias - layer.norm.running_mean)
            matrix = gain[:, None] * layer.affine.weight
            step = 1 if n < 2 else SUBSAMPLING
            if n == 0:  # the input's mean and spread go into the first layer
                shift, scale = net.mean.repeat(3), net.std.repeat(3)
                matrix = matrix / scale
                bias = bias - matrix @ shift
            offsets = tuple(o * step for o in layer.offsets)
            out.append((f"layer{n + 1}", matrix.numpy(), bias.numpy(), offsets))
        out.append(("output", net.out.weight.numpy(), net.out.bias.numpy(), (0,)))
    return out
