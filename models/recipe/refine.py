"""Train the network of a model further, and average it with what it was:

    python -m recipe.refine --speech RECORDINGS --work WORK --model coach-en --out OUT --seed 1

WORK is a work folder of `python -m recipe --times MODEL` (its steps up to `realign`). Added are
halt words in every synthetic voice and simulated rooms. The learning rate is low and the batch
normalisation stays folded, so that the weights stay near those of the model. What is written is
the mean of `RUNS` such networks (model soups, Wortsman and others 2022), and of it and the model's
own weights `--share` and the rest (WiSE-FT, the same authors). The second looks keep `network.npz`.
"""

import argparse
import json
import random
import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch

from voicecoach.stt.acoustic_model import FILE, AcousticModel, load_acoustic_model

from . import dataset, features, kaldi_io, realign, rooms, train, voices
from .__main__ import Recipe
from .corpus import Clip
from .graph import Costs
from .network import Network, Shape, folded
from .steps import Steps, timed, to_do

HALTS = ("stop", "stop it", "stop stop", "stop here", "stop that", "it hurts", "that hurts", "ouch")
HALTS += ("pain", "numb", "dizzy", "too much", "help", "pause", "wait")
EVERY = 2  # takes of the first of them by every voice; of the others by TAKES voices
TAKES = 16
RUNS = 3
ROOMS = 300
MEASURED = 12  # times each measured room is among the simulated ones


@dataclass
class Refining(Recipe):
    """Paths and settings of one run; `out` is a copy of `model` with another network."""

    model: Path
    plan: train.Plan
    share: float

    def clips(self) -> list[Clip]:
        """Those of the recipe, and the halt words."""
        path = self.work / "halts"
        return [*super().clips(), *(voices.load(path) if path.exists() else [])]

    def halts(self) -> None:
        """Speak halt words in every voice."""
        rng, jobs = random.Random(self.seed), []
        every = [*voices.espeak_voices(held=False), *voices.OTHER_VOICES]
        for text in HALTS:
            chosen = every * EVERY if text == HALTS[0] else rng.sample(every, TAKES)
            jobs += [(voice, text, rng.randint(100, 220), rng.randint(25, 75)) for voice in chosen]
        clips = [replace(c, id=f"halt-{c.id}", kind="halts") for c in
                 voices.render(self.work / "halts", jobs, self.seed + 1)]  # fmt: skip
        lines = "\n".join(json.dumps(asdict(clip)) for clip in clips)
        (self.work / "halts" / "synthetic.jsonl").write_text(lines + "\n", "utf-8")

    def realign_halts(self) -> None:
        """Phone times of the halt words."""
        clips = [c for c in self.clips() if c.kind == "halts"]
        texts = {c.id: str(c.text) for c in clips}
        realign.run(clips, texts, self.model / FILE, self.work / "halts.jsonl")

    def features_refined(self) -> None:
        """Copies in more rooms and in more noise."""
        known = realign.read(self.work / "realign.jsonl") | realign.read(self.work / "halts.jsonl")
        tools = dataset.spoiler(self.clips(), self.speech, held=False)
        chance = np.random.default_rng(self.seed)
        tools.rooms = tools.rooms * MEASURED + [rooms.room(chance) for _ in range(ROOMS)]
        tools.known, tools.clicks, tools.electric, tools.snr_db = 0.8, 0.2, 0.1, (-3.0, 22.0)
        arrays = dataset.build(self.clips(), known, tools, self.seed + 2)
        (self.work / "refined").mkdir(exist_ok=True)
        arrays.save(self.work / "refined")

    def refine(self) -> None:
        """Train on by whole sequences, several times; the mean of what was learned."""
        arrays = dataset.Arrays.load(self.work / "refined")
        known, runs = load_acoustic_model(self.model / FILE), []
        for run in range(RUNS):
            net = unfolded(known, train.priors(arrays.labels))
            train.train(arrays, net, self.plan, self.seed + run + 5)
            runs.append(net.state_dict())
        sums = {name: sum(run[name] for run in runs) / RUNS for name in runs[0]}
        net.load_state_dict(sums)
        train.save(net, arrays.labels, self.work / "refined.pt")

    def network(self) -> None:
        """The model folder with the average for its recogniser."""
        shutil.copytree(self.model, self.out, dirs_exist_ok=True)
        known = load_acoustic_model(self.model / FILE)
        write_average(known, self.work / "refined.pt", self.share, self.out / "am" / "final.mdl")

    def steps(self) -> Steps:
        """Name -> what to run, and the file that shows that it is done."""
        work = self.work
        return {
            "halts": (self.halts, work / "halts" / "synthetic.jsonl"),
            "realign_halts": (self.realign_halts, work / "halts.jsonl"),
            "features_refined": (self.features_refined, work / "refined" / "clip.npy"),
            "refine": (self.refine, work / "refined.pt"),
            "network": (self.network, None),
        }


def unfolded(known: AcousticModel, priors: np.ndarray) -> Network:
    """A network to train that gives what a model gives, the priors divided out.

    `priors` are those of the arrays it is to be trained with. Its batch normalisation does nothing.
    """
    net = Network(Shape(), np.zeros(features.MELS), np.ones(features.MELS)).eval()
    with torch.no_grad():
        for layer, ours in zip(net.layers, known.layers[:-1], strict=True):
            layer.affine.weight.copy_(torch.from_numpy(ours.matrix))
            layer.affine.bias.copy_(torch.tensor(ours.bias))
            layer.norm.running_var.fill_(1 - layer.norm.eps)
        net.out.weight.copy_(torch.from_numpy(known.layers[-1].matrix))
        shift = train.PRIOR_POWER * np.log(priors) - known.log_priors
        net.out.bias.copy_(torch.tensor(known.layers[-1].bias + shift.astype(np.float32)))
    return net


def write_average(known: AcousticModel, checkpoint: Path, share: float, out: Path) -> None:
    """Write `final.mdl` with `share` of a checkpoint's weights and the rest of the model's."""
    net, priors = train.load(checkpoint)
    tempered = priors**train.PRIOR_POWER
    layers = []
    for (name, matrix, bias, offsets), ours in zip(folded(net), known.layers, strict=True):
        if name == "output":  # priors go into the bias, so that those of the checkpoint serve both
            shift = np.log(tempered) - known.log_priors
            former = ours.bias + shift.astype(np.float32)
        else:
            former = ours.bias
        mixed = share * matrix + (1 - share) * ours.matrix
        layers.append((name, mixed, share * bias + (1 - share) * former, offsets))
    kaldi_io.write_model(out, layers, tempered, (net.shape.left, net.shape.right))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="recipe.refine", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--speech", type=Path, required=True, help="folder with MANIFEST.csv")
    parser.add_argument("--work", type=Path, required=True, help="work folder of the recipe")
    parser.add_argument("--model", type=Path, required=True, help="the model to begin with")
    parser.add_argument("--out", type=Path, required=True, help="folder of the new model")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--share", type=float, default=0.7, help="of what was learned, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", help="run this step alone, even if it is done")
    return parser.parse_args()


def main() -> None:
    """Run the steps that are not done yet."""
    args = _arguments()
    torch.set_num_threads(args.threads)
    plan = train.Plan(args.epochs, args.rate, mmi=1.0, settled=True)
    paths = args.speech, args.work, args.out, Path()
    refining = Refining(*paths, args.seed, Costs(), args.model, args.model, plan, args.share)
    for name, run in to_do(refining.steps(), args.only):
        print(f"{name}: {(run.__doc__ or '').strip()}", flush=True)
        timed(name, run)


if __name__ == "__main__":
    main()
