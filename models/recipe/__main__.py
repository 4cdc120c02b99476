"""Make the model: `python -m recipe --speech RECORDINGS --work WORK --out coach-en --seed 1`.

Every step leaves its result in the work folder and is skipped when that stands; `--only STEP` runs
one step again and no other. The second looks are made afterwards: `python -m recipe.heads`.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from . import (
    align,
    corpus,
    dataset,
    package,
    readings,
    realign,
    train,
    vocabulary,
    voices,
)
from .corpus import Clip
from .graph import Costs
from .network import Shape
from .steps import timed, to_do

FIRST = train.Plan(epochs=6, rate=2e-3, share=0.5)
SECOND = train.Plan(epochs=6, rate=2e-3)
THIRD = train.Plan(epochs=14, rate=1.2e-3, mmi=1.0)
ALIGNER = Shape(width=256)


@dataclass
class Recipe:
    """Paths and settings of one run."""

    speech: Path
    work: Path
    out: Path
    language: Path
    seed: int
    costs: Costs

    def clips(self) -> list[Clip]:
        """Recordings and synthetic clips."""
        return corpus.read(self.speech) + voices.load(self.work / "synthetic")

    def lexicon(self) -> None:
        """Append missing words to `lexicon.txt`."""
        vocabulary.extend(self.language)

    def voices(self) -> None:
        """Speak the phrases with synthetic voices."""
        clips = voices.synthesise(self.work / "synthetic", self.language, self.seed)
        print(f"  {len(clips)} synthetic clips")

    def align(self) -> None:
        """First phone times."""
        align.run(self.clips(), self.work / "align.jsonl")

    def _features(
        self, known: dict[str, list[dataset.Segment]], name: str, seed: int, clicks: float = 0
    ) -> None:
        arrays = dataset.build(self.clips(), known, self.speech, seed, clicks)
        (self.work / name).mkdir(exist_ok=True)
        arrays.save(self.work / name)

    def features(self) -> None:
        """Training arrays with the first phone times."""
        rough = align.read(self.work / "align.jsonl")
        known = {c.id: dataset.segments(c, rough[c.id]) for c in self.clips() if c.id in rough}
        self._features(known, "first", self.seed)

    def first(self) -> None:
        """A network good enough to align with."""
        arrays = dataset.Arrays.load(self.work / "first")
        net = train.fresh(arrays, ALIGNER, self.seed)
        train.train(arrays, net, FIRST, self.seed)
        train.save(net, arrays.labels, self.work / "first.pt")

    def realign(self) -> None:
        """Better phone times from that network."""
        lines = (self.work / "align.jsonl").read_text(encoding="utf-8").splitlines()
        texts = {r["id"]: r["text"] for r in map(json.loads, lines) if r["text"]}
        texts |= {c.id: readings.plain(c.label) for c in self.clips() if c.kind == "alphanumeric"}
        realign.run(self.clips(), texts, self.work / "first.pt", self.work / "realign.jsonl")

    def features2(self) -> None:
        """Training arrays with the better times."""
        self._features(realign.read(self.work / "realign.jsonl"), "second", self.seed)

    def second(self) -> None:
        """A wider network with the better times, frame by frame."""
        arrays = dataset.Arrays.load(self.work / "second")
        net = train.fresh(arrays, Shape(), self.seed)
        train.train(arrays, net, SECOND, self.seed + 1)
        train.save(net, arrays.labels, self.work / "second.pt")

    def features3(self) -> None:
        """Other copies of the clips, half of them with clicks."""
        known = realign.read(self.work / "realign.jsonl")
        self._features(known, "third", self.seed + 1, clicks=0.5)

    def third(self) -> None:
        """By whole sequences too, on the other copies."""
        arrays = dataset.Arrays.load(self.work / "third")
        net, _ = train.load(self.work / "second.pt")
        train.train(arrays, net, THIRD, self.seed + 3)
        train.save(net, arrays.labels, self.work / "final.pt")

    def network(self) -> None:
        """`am/`, `network.npz` and `conf/` of the model."""
        package.write_network(self.work / "final.pt", self.out)

    def graph(self) -> None:
        """`graph/` of the model, from the lexicon; then the manifest."""
        vocabulary.write(self.out, self.language, self.costs)

    def steps(self) -> dict[str, tuple[Callable[[], None], Path | None]]:
        """Name -> what to run, and the file that shows that it is done."""
        work = self.work
        return {
            "lexicon": (self.lexicon, None),
            "voices": (self.voices, work / "synthetic" / "synthetic.jsonl"),
            "align": (self.align, None),
            "features": (self.features, work / "first" / "clip.npy"),
            "first": (self.first, work / "first.pt"),
            "realign": (self.realign, work / "realign.jsonl"),
            "features2": (self.features2, work / "second" / "clip.npy"),
            "second": (self.second, work / "second.pt"),
            "features3": (self.features3, work / "third" / "clip.npy"),
            "third": (self.third, work / "final.pt"),
            "network": (self.network, None),
            "graph": (self.graph, None),
        }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="recipe", description=__doc__)
    parser.add_argument("--speech", type=Path, required=True, help="folder with MANIFEST.csv")
    parser.add_argument("--work", type=Path, required=True, help="a folder for 3 GB in between")
    parser.add_argument("--out", type=Path, default=Path("coach-en"))
    parser.add_argument(
        "--language", type=Path, default=Path("../voicecoach/language/en/phrases.toml")
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="more only on an idle machine")
    parser.add_argument("--phone-cost", type=float, default=Costs.phone)
    parser.add_argument("--unk-cost", type=float, default=Costs.unk)
    parser.add_argument("--only", help="run this step alone, even if it is done")
    return parser.parse_args()


def main() -> None:
    """Run the steps that are not done yet."""
    args = _arguments()
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    costs = Costs(phone=args.phone_cost, unk=args.unk_cost)
    recipe = Recipe(args.speech, args.work, args.out, args.language, args.seed, costs)
    steps = recipe.steps()
    for name, run in to_do(steps, args.only):
        print(f"{name}: {(run.__doc__ or '').strip()}", flush=True)
        timed(name, run)


if __name__ == "__main__":
    main()
