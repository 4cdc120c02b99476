"""Make the model: `python -m recipe --speech RECORDINGS --work WORK --out coach-en --seed 1`.

Every step leaves its result in the work folder and is skipped when that stands; `--only STEP` runs
one step again and no other. With `--times MODEL` the phone times come from an earlier model. The
second looks are made afterwards: `python -m recipe.heads`.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile as sf
import torch

from voicecoach.stt.acoustic_model import FILE as NETWORK

from . import (
    align,
    corpus,
    dataset,
    features,
    music,
    package,
    readings,
    realign,
    texts,
    train,
    vocabulary,
    voices,
)
from .corpus import Clip
from .graph import Costs
from .network import Shape
from .steps import Steps, timed, to_do

FIRST = train.Plan(epochs=6, rate=2e-3, share=0.5)
SECOND = train.Plan(epochs=8, rate=2.5e-3)
THIRD = train.Plan(epochs=24, rate=1.5e-3, mmi=1.0)
ALIGNER = Shape(width=256)
PIECES, PIECE_S = 150, 10  # of synthetic music and tones; seconds of each


@dataclass
class Recipe:
    """Paths and settings of one run."""

    speech: Path
    work: Path
    out: Path
    language: Path
    seed: int
    costs: Costs
    times: Path | None

    def clips(self) -> list[Clip]:
        """Recordings, synthetic voices and music; mixtures of two readers do not train."""
        people = [c for c in corpus.read(self.speech) if "+" not in c.speaker]
        return people + voices.load(self.work / "synthetic") + self._pieces()

    def _pieces(self) -> list[Clip]:
        paths = [str(self.work / "music" / f"{n}.flac") for n in range(PIECES)]
        return [
            Clip(f"music{n}", path, None, "", "noise", False, PIECE_S, "music")
            for n, path in enumerate(paths)
        ]

    def lexicon(self) -> None:
        """Append missing words to `lexicon.txt`."""
        vocabulary.extend(self.language)

    def voices(self) -> None:
        """Speak the phrases with synthetic voices."""
        clips = voices.synthesise(self.work / "synthetic", self.language, self.seed)
        print(f"  {len(clips)} synthetic clips")

    def music(self) -> None:
        """Make music, and a third of it tones."""
        (self.work / "music").mkdir(exist_ok=True)
        for n, clip in enumerate(self._pieces()):
            rng = np.random.default_rng([self.seed, 99, n])
            make = music.tones if n % 3 == 0 else music.chords
            sf.write(clip.path, make(PIECE_S * features.RATE, rng), features.RATE)

    def texts(self) -> None:
        """What Whisper writes down."""
        texts.write(self.clips(), self.work / "texts.json")

    def _said(self) -> dict[str, str]:
        """What is said in a clip, by its id."""
        written = texts.read(self.work / "texts.json")
        known = {c.id: c.text or written.get(c.id, "") for c in self.clips()}
        known |= {c.id: readings.plain(c.label) for c in self.clips() if c.kind == "alphanumeric"}
        return {name: text for name, text in known.items() if text}

    def align(self) -> None:
        """First phone times."""
        align.run(self.clips(), self._said(), self.work / "align.jsonl")

    def _features(
        self,
        known: dict[str, list[dataset.Segment]],
        name: str,
        seed: int,
        clicks: float = 0,
        electric: float = 0,
    ) -> None:
        tools = dataset.spoiler(self.clips(), self.speech, held=False)
        tools.clicks, tools.electric = clicks, electric
        arrays = dataset.build(self.clips(), known, tools, seed)
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
        """Better phone times, from that network or from an earlier model."""
        network = self.times / NETWORK if self.times else self.work / "first.pt"
        doubtful = texts.unheard(self.clips(), texts.read(self.work / "texts.json"))
        out = self.work / "realign.jsonl"
        realign.run(self.clips(), self._said(), network, out, set(doubtful))

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
        """Other copies of the clips, some with clicks, some through a telephone."""
        known = realign.read(self.work / "realign.jsonl")
        self._features(known, "third", self.seed + 1, clicks=0.3, electric=0.1)

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

    def steps(self) -> Steps:
        """Name -> what to run, and the file that shows that it is done."""
        work = self.work
        first: Steps = {
            "align": (self.align, None),
            "features": (self.features, work / "first" / "clip.npy"),
            "first": (self.first, work / "first.pt"),
        }
        return {
            "lexicon": (self.lexicon, None),
            "voices": (self.voices, work / "synthetic" / "synthetic.jsonl"),
            "music": (self.music, work / "music" / f"{PIECES - 1}.flac"),
            "texts": (self.texts, work / "texts.json"),
            **({} if self.times else first),
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
    parser.add_argument("--times", type=Path, help="an earlier model, for the phone times")
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
    recipe = Recipe(args.speech, args.work, args.out, args.language, args.seed, costs, args.times)
    steps = recipe.steps()
    for name, run in to_do(steps, args.only):
        print(f"{name}: {(run.__doc__ or '').strip()}", flush=True)
        timed(name, run)


if __name__ == "__main__":
    main()
