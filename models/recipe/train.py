"""Training: frame by frame first, then whole sequences against all others (MMI)."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .dataset import Arrays
from .features import MELS, SUBSAMPLING
from .network import Network, Shape
from .phones import NSN, PDF_FIRST, PDF_REST, PDFS, SIL, SPEECH

CHUNK = 66  # output frames in a training example: 2 s
BATCH = 128
WARM_UP = 3  # steps before one is recorded
PRIOR_POWER = 0.8  # measured: dividing the priors out whole favours rare phones
ACOUSTIC_SCALE = 0.6


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn; `mmi` is the weight of the sequence criterion, `settled`
    keeps the statistics of the batch normalisation.
    """

    epochs: int
    rate: float
    mmi: float = 0.0
    share: float = 1.0  # of the clips, another lot each epoch
    settled: bool = False


def priors(labels: np.ndarray) -> np.ndarray:
    """Share of frames of each output, none below 1e-5."""
    counts = np.bincount(labels, minlength=PDFS).astype(np.float64)
    return np.maximum(counts / counts.sum(), 1e-5)


def transitions(arrays: Arrays) -> np.ndarray:
    """Probability of each output after each, within the topology: the sequences to beat."""
    allowed = np.zeros((PDFS, PDFS))
    firsts = [PDF_FIRST[p] for p in (SIL, NSN, *SPEECH)]
    for phone in (SIL, NSN, *SPEECH):
        for state in (PDF_FIRST[phone], PDF_REST[phone]):
            allowed[state, firsts] = 0.3
            allowed[state, PDF_REST[phone]] = 1.0
    counts = np.zeros((PDFS, PDFS))
    np.add.at(counts, (arrays.labels[:-1], arrays.labels[1:]), 1.0)
    joined = (counts + allowed) * (allowed > 0)
    return joined / joined.sum(axis=1, keepdims=True)


class SequenceLoss(nn.Module):
    """Minus the log share of the true sequence among all sequences of a phone bigram."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        steps = torch.tensor(transitions(arrays), dtype=torch.float32)
        self.register_buffer("steps", steps)
        self.register_buffer("log_steps", torch.log(steps.clamp_min(1e-8)))
        log_priors = np.log(priors(arrays.labels)) * PRIOR_POWER
        self.register_buffer("log_priors", torch.tensor(log_priors, dtype=torch.float32))

    def forward(self, logp: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Loss per frame; `logp` (batch, time, pdfs), `labels` (batch, time)."""
        scores = ACOUSTIC_SCALE * (logp - self.log_priors)
        path = scores.gather(2, labels[:, :, None]).squeeze(2)
        true = path.sum(1) + self.log_steps[labels[:, :-1], labels[:, 1:]].sum(1)
        peak = scores.max(2, keepdim=True).values.detach()
        likely = torch.exp(scores - peak)
        alpha = likely[:, 0] / PDFS
        total = peak.squeeze(2).sum(1)
        for t in range(1, likely.shape[1]):
            mass = alpha.sum(1, keepdim=True)
            total = total + torch.log(mass.squeeze(1))
            alpha = (alpha / mass) @ self.steps * likely[:, t]
        total = total + torch.log(alpha.sum(1))
        return (total - true).mean() / likely.shape[1]


def batches(
    arrays: Arrays, shape: Shape, share: float, rng: np.random.Generator, feats: torch.Tensor
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Clips in random order as one long stream, cut into chunks with what is around them.

    `feats` are those of the arrays, on the device that gets the batches.
    """
    order = rng.permutation(len(arrays.clip))[: int(share * len(arrays.clip))]
    rows = np.concatenate([np.arange(arrays.starts[i], arrays.starts[i + 1]) for i in order])
    margin = -(-max(shape.left, shape.right) // SUBSAMPLING)
    begins = rng.permutation(np.arange(margin, len(rows) - CHUNK - margin, CHUNK))
    labels = torch.from_numpy(arrays.labels[rows].astype(np.int64)).to(feats.device)
    frames = (rows[:, None] * SUBSAMPLING + np.arange(SUBSAMPLING)).ravel()
    place = torch.from_numpy(frames).to(feats.device)
    span = torch.arange(-shape.left, CHUNK * SUBSAMPLING + shape.right, device=feats.device)
    chunk = torch.arange(CHUNK, device=feats.device)
    for at in range(0, len(begins) - BATCH, BATCH):
        begin = torch.from_numpy(begins[at : at + BATCH, None]).to(feats.device)
        yield feats[place[begin * SUBSAMPLING + span]].float(), labels[begin + chunk]


def colour(x: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Another microphone: a smooth random response (to about 4 dB) and level, and masked bands."""
    count, where = x.shape[0], {"generator": generator, "device": x.device}
    mel = torch.linspace(0, 1, MELS, device=x.device)
    out = x + 0.5 * torch.randn(count, 1, 1, **where)
    for wave in (mel - 0.5, torch.cos(np.pi * mel * 2), torch.cos(np.pi * mel * 3)):
        out = out + 0.45 * torch.randn(count, 1, 1, **where) * wave
    begin = torch.randint(0, MELS, (count, 1), **where)
    width = torch.randint(0, 6, (count, 1), **where)
    band = torch.arange(MELS, device=x.device)[None]
    hidden = (band >= begin) & (band < begin + width)
    level = out.mean(dim=(1, 2), keepdim=True)
    return torch.where(hidden[:, None, :], level, out)


def _pace(done: float) -> float:
    """Learning rate as a share of the highest: up for a tenth of the way, then half a cosine."""
    return min(1.0, 0.05 + 10 * done) * (0.502 + 0.498 * math.cos(math.pi * min(done, 1.0)))


class Learner:
    """Learns from a batch. On a GPU the step is recorded once and played again, since its many
    small parts take longer to start than to run.
    """

    def __init__(self, net: Network, sequence: SequenceLoss, plan: Plan) -> None:
        self._net, self._sequence, self._plan = net, sequence, plan
        device = net.mean.device
        self._gpu = device.type == "cuda"
        rate = torch.tensor(plan.rate, device=device) if self._gpu else plan.rate
        self._optimiser = torch.optim.AdamW(
            net.parameters(), lr=rate, weight_decay=0.01, capturable=self._gpu
        )
        self._graph: torch.cuda.CUDAGraph | None = None
        self._seen = 0

    def learn(self, heard: torch.Tensor, labels: torch.Tensor, pace: float) -> torch.Tensor:
        """Take a step at `pace` times the highest rate; return both losses and the hits."""
        for group in self._optimiser.param_groups:
            if self._gpu:
                group["lr"].fill_(self._plan.rate * pace)
            else:
                group["lr"] = self._plan.rate * pace
        if not self._gpu:
            return self._step(heard, labels)
        if self._seen == 0:
            self._heard, self._labels = heard.clone(), labels.clone()
        self._heard.copy_(heard)
        self._labels.copy_(labels)
        return self._played()

    def _played(self) -> torch.Tensor:
        self._seen += 1
        if self._seen <= WARM_UP:
            side = torch.cuda.Stream()
            side.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(side):
                sums = self._step(self._heard, self._labels)
            torch.cuda.current_stream().wait_stream(side)
            return sums
        if self._graph is None:
            self._graph = torch.cuda.CUDAGraph()
            self._optimiser.zero_grad()
            with torch.cuda.graph(self._graph):
                self._sums = self._step(self._heard, self._labels)
        self._graph.replay()
        return self._sums

    def _step(self, heard: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        # bfloat16: a third faster on a CPU, no worse
        with torch.autocast(heard.device.type, dtype=torch.bfloat16, cache_enabled=not self._gpu):
            scores = self._net(heard)
        logp = torch.log_softmax(scores.float(), dim=-1)
        loss = nn.functional.nll_loss(logp.flatten(0, 1), labels.flatten())
        hit = (logp.argmax(2) == labels).float().mean()
        mmi = self._sequence(logp, labels) if self._plan.mmi else torch.zeros_like(loss)
        self._optimiser.zero_grad()
        ((0.3 if self._plan.mmi else 1.0) * loss + self._plan.mmi * mmi).backward()
        nn.utils.clip_grad_norm_(self._net.parameters(), 5.0)
        self._optimiser.step()
        return torch.stack([loss.detach(), mmi.detach(), hit])


def train(arrays: Arrays, net: Network, plan: Plan, seed: int) -> None:
    """Run the plan, on a GPU if there is one; one line an epoch."""
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    rng, generator = np.random.default_rng(seed), torch.Generator(device).manual_seed(seed)
    net.to(device)
    feats = torch.from_numpy(arrays.feats).to(device)
    learner = Learner(net, SequenceLoss(arrays).to(device), plan)
    steps, number = plan.epochs * plan.share * len(arrays.labels) / CHUNK / BATCH, 0
    for epoch in range(plan.epochs):
        begun, sums, seen = time.monotonic(), torch.zeros(3, device=device), 0
        for part in net.modules():
            part.training = not (plan.settled and isinstance(part, nn.BatchNorm1d))
        for x, labels in batches(arrays, net.shape, plan.share, rng, feats):
            sums += learner.learn(colour(x, generator), labels, _pace(number / steps))
            number, seen = number + 1, seen + 1
        loss, mmi, hit = (sums / max(seen, 1)).tolist()
        took = time.monotonic() - begun
        print(
            f"  epoch {epoch + 1}/{plan.epochs}: frame loss {loss:.3f}, sequence {mmi:.3f}, "
            f"frames right {100 * hit:.1f} %, {took:.0f} s",
            flush=True,
        )
    net.cpu()


def fresh(arrays: Arrays, shape: Shape, seed: int) -> Network:
    """An untrained network with the mean and spread of the features."""
    torch.manual_seed(seed)
    sample = arrays.feats[:: max(1, len(arrays.feats) // 200_000)].astype(np.float32)
    return Network(shape, sample.mean(0), sample.std(0) + 0.1)


def save(net: Network, labels: np.ndarray, path: Path) -> None:
    """Weights and priors."""
    torch.save({"shape": net.shape, "net": net.state_dict(), "priors": priors(labels)}, path)


def load(path: Path) -> tuple[Network, np.ndarray]:
    """The network in evaluation mode, and its priors."""
    found = torch.load(path, weights_only=False)
    net = Network(found["shape"], np.zeros(MELS), np.ones(MELS))
    net.load_state_dict(found["net"])
    return net.eval(), found["priors"]
