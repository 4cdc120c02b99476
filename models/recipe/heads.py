"""Make the second looks: `python -m recipe.heads --speech RECORDINGS --work WORK --out coach-en`.

It needs the network of the model in `--out`. Every step leaves its result in the work folder and is
skipped when that stands; `--only STEP` runs one step again and no other.
"""

import argparse
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from voicecoach.stt.acoustic_model import FILE as NETWORK
from voicecoach.stt.acoustic_model import load_acoustic_model
from voicecoach.stt.embedding import FILE as EMBEDDING
from voicecoach.stt.verifier import NetworkVerifier
from voicecoach.stt.whisper_head import TINY

from . import corpus, looks, vocabulary, whisper, whisper_head
from .corpus import TRAIN, TUNE, Clip
from .looks import Look
from .steps import timed, to_do

MOST = {TRAIN: 60_000, TUNE: 2_400}  # looks used of a side, chosen by chance
WORDS = "words.pt"
HISSES = 30  # looks for one more at steady noise


@dataclass
class Heads:
    """Paths and settings of one run."""

    speech: Path
    work: Path
    out: Path
    seed: int

    def ends(self) -> None:
        """The ends of the words, by the network."""
        found = looks.ends(corpus.read(self.speech), self.out)
        (self.work / "ends.json").write_text(json.dumps(found))

    def plan(self, clips: list[Clip], side: str) -> list[Look]:
        """The looks of a side that are not steady noise."""
        placed = {k: tuple(v) for k, v in json.loads((self.work / "ends.json").read_text()).items()}
        plan = looks.plan([c for c in clips if c.side == side], placed, self.seed)
        random.Random(self.seed).shuffle(plan)
        return plan[: MOST[side]]

    def looks(self, side: str) -> None:
        """Looks of a side, once through the encoder and the filterbank."""
        clips = corpus.read(self.speech)
        plan = self.plan(clips, side) + looks.hisses(MOST[side] // HISSES, self.seed)
        whisper.build(plan, looks.spoiler(clips, self.speech, side), self.work / side)

    def head(self) -> None:
        """The head on the encoder, from the training side."""
        classes = np.load(self.work / TRAIN / "classes.npy")
        x = whisper_head.pooled(self.work / TRAIN, len(classes))
        np.savez(self.work / "head.npz", **whisper_head.train(x, classes, self.seed))

    def verifier(self) -> None:
        """The head on the model's own network, `verifier.npz`, from the training side."""
        from . import verifier  # PyTorch, which the other steps do not need

        network = load_acoustic_model(self.out / NETWORK)
        head = verifier.run(network, *self._lessons(), self.seed)
        verifier.save(head, self.out / "verifier.npz")
        (self.out / EMBEDDING).unlink(missing_ok=True)  # of an earlier verifier

    def words(self) -> None:
        """The network that hears the filterbank itself, for `recipe.opinions`."""
        from . import word_network  # PyTorch

        network = word_network.run(*self._lessons(), self.seed)
        word_network.save(network, self.work / WORDS)

    def _lessons(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Energies and classes of the looks of the training side, and Whisper's shares of them."""
        classes = np.load(self.work / TRAIN / "classes.npy")
        heard = np.load(self.work / TRAIN / "fbank.npy", mmap_mode="r")[: len(classes)]
        return heard, classes, np.exp(self.answers(TRAIN, len(classes)))

    def fusion(self) -> None:
        """Weights of both opinions, from the tune side; then `whisper.npz` and the manifest."""
        classes = np.load(self.work / TUNE / "classes.npy")
        answers, default = self.answers(TUNE, len(classes)), self.default()
        fusion = whisper_head.fuse({"whisper": answers, "default": default}, classes)
        whisper_head.save(self._head(), fusion, self.out / "whisper.npz")
        vocabulary.write_manifest(self.out, self.out.parent / "manifest.toml")

    def _head(self) -> whisper_head.Arrays:
        with np.load(self.work / "head.npz") as file:
            return {name: file[name] for name in file.files}

    def answers(self, side: str, count: int) -> np.ndarray:
        """Logarithms of the shares that the head on the encoder gives to looks of a side."""
        return whisper_head.log_shares(self._head(), whisper_head.pooled(self.work / side, count))

    def default(self) -> np.ndarray:
        """Logarithms of the shares that the own head gives to looks of the tune side."""
        own, network = NetworkVerifier(self.out), load_acoustic_model(self.out / NETWORK)
        heard = np.load(self.work / TUNE / "fbank.npy", mmap_mode="r")
        hidden = (network.run(energies.astype(np.float32))[0] for energies in heard)
        return np.log(np.maximum(np.stack([own.shares(rows) for rows in hidden]), TINY))

    def steps(self) -> dict[str, tuple[Callable[[], None], Path | None]]:
        """Name -> what to run, and the file that shows that it is done."""
        return {
            "ends": (self.ends, self.work / "ends.json"),
            "train": (partial(self.looks, TRAIN), self.work / TRAIN / "encoder.npy"),
            "tune": (partial(self.looks, TUNE), self.work / TUNE / "encoder.npy"),
            "head": (self.head, self.work / "head.npz"),
            "verifier": (self.verifier, self.out / "verifier.npz"),
            "fusion": (self.fusion, None),
            "words": (self.words, self.work / WORDS),
        }


def parser(name: str, about: str | None) -> argparse.ArgumentParser:
    """The options of a run."""
    made = argparse.ArgumentParser(prog=name, description=about)
    made.add_argument("--speech", type=Path, required=True, help="folder with MANIFEST.csv")
    made.add_argument("--work", type=Path, required=True, help="a folder for 4 GB in between")
    made.add_argument("--out", type=Path, default=Path("coach-en"))
    made.add_argument("--seed", type=int, default=1)
    return made


def main() -> None:
    """Run the steps that are not done yet."""
    options = parser("recipe.heads", __doc__)
    options.add_argument("--only", help="run this step alone, even if it is done")
    args = options.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    steps = Heads(args.speech, args.work, args.out, args.seed).steps()
    for name, run in to_do(steps, args.only):
        timed(name, run)


if __name__ == "__main__":
    main()
