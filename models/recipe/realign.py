"""Phone times from our own network: the best path through each text, pronunciations free."""

import json
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from voicecoach.stt.acoustic_model import load_acoustic_model

from . import align, dataset, features, lexicon, readings, train
from .corpus import Clip
from .dataset import Segment
from .features import SUBSAMPLING
from .network import pad
from .phones import NSN, PDF_FIRST, PDF_REST, SIL, own_phone
from .steps import WORKERS

# Share of clips of each kind left out: wrong labels, cut words, numbers read in another way.
WORST = {"alphanumeric": 0.2}
WORST_DEFAULT = 0.02
# The same for words that another recogniser does not find in the sound.
UNHEARD = {"cuts": 0.6}
UNHEARD_DEFAULT = 0.15
FAR = -1e9

_state: dict[str, Any] = {}


@dataclass
class Chain:
    """Phones of a text as a graph: `before[i]` are the phones that may come before phone i.

    `owners[i]` is the number of its word in the text, -1 for silence.
    """

    phones: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    before: list[list[int]] = field(default_factory=list)  # -1 is the start
    ends: list[int] = field(default_factory=lambda: [-1])

    def _phone(self, name: str, before: list[int], owner: int = -1) -> int:
        self.phones.append(name)
        self.owners.append(owner)
        self.before.append(before)
        return len(self.phones) - 1

    def silence(self) -> None:
        """Silence that may be left out."""
        self.ends = [*self.ends, self._phone(SIL, list(self.ends))]

    def word(self, prons: list[list[str]]) -> None:
        """One of several pronunciations."""
        owner = max(self.owners, default=-1) + 1
        ends: list[int] = []
        for pron in prons:
            at = list(self.ends)
            for name in pron:
                at = [self._phone(name, at, owner)]
            ends += at
        self.ends = ends


def chain(text: str, prons: dict[str, list[list[str]]], own: bool) -> Chain | None:
    """The graph of a text; None where a word has no pronunciation."""
    out = Chain()
    out.silence()
    for word in text.split():
        known = _number(word, prons) if word.isdigit() else prons.get(word)
        if not known:
            return None
        out.word([[own_phone(p, word) if own else p for p in pron] for pron in known])
        out.silence()
    return out


def _number(token: str, prons: dict[str, list[list[str]]]) -> list[list[str]]:
    """Phones of every way of reading a number."""
    return [[p for word in way for p in prons[word][0]] for way in readings.readings(token)]


def best_path(graph: Chain, scores: np.ndarray) -> tuple[list[tuple[int, int]], float] | None:
    """(number of the phone, first output frame) along the best path; its score per frame."""
    count, size = len(scores), len(graph.phones)
    firsts = [PDF_FIRST[p] for p in graph.phones]
    rests = [PDF_REST[p] for p in graph.phones]
    links = np.full((size, size), FAR)
    for i, before in enumerate(graph.before):
        links[i, [b for b in before if b >= 0]] = 0.0
    now = np.array([scores[0, f] if -1 in b else FAR
                    for f, b in zip(firsts, graph.before, strict=True)])  # fmt: skip
    came = np.full((count, size), -1)  # -1: stayed in the phone
    for t in range(1, count):
        reach = links + now[None, :]
        source = reach.argmax(1)
        enter = reach[np.arange(size), source] + scores[t, firsts]
        stay = now + scores[t, rests]
        came[t] = np.where(enter > stay, source, -1)
        now = np.maximum(enter, stay)
    at = max(graph.ends, key=lambda e: now[e])
    if now[at] < FAR / 2:
        return None
    score, path, t = float(now[at]) / count, [], count - 1
    while t > 0:
        if came[t, at] >= 0:
            path.append((at, t))
            at = int(came[t, at])
        t -= 1
    path.append((at, 0))
    return path[::-1], score


def _start(network: Path) -> None:
    torch.set_num_threads(1)
    prons = lexicon.dictionary()
    known = {w: [p.split() for p in ps] for w, ps in prons.items()}
    for letter in align.LETTERS | {"a"}:
        known[letter] = [p.split() for p in prons.get(f"{letter}.", prons.get(letter, []))]
    known["a"] += [["AH"]]
    for word, ways in lexicon.EXTRA.items():
        known[word] = known.get(word, []) + [p.split() for p in ways]
    for word, ways_ in lexicon.load().items():
        known[word] = known.get(word, []) + ways_
    known = {w: [list(p) for p in dict.fromkeys(map(tuple, ps))] for w, ps in known.items()}
    _state.update(prons=known)
    if network.suffix == ".npz":
        _state.update(model=load_acoustic_model(network))
        return
    net, priors = train.load(network)
    _state.update(net=net, priors=np.log(priors) * train.PRIOR_POWER)


def _words(text: str, graph: Chain, path: list[tuple[int, int]], count: int) -> list[Segment]:
    """(word, start, end) in frames of 10 ms."""
    spoken: dict[int, list[int]] = {}
    ends = [start for _, start in path[1:]] + [count]
    for (at, start), end in zip(path, ends, strict=True):
        if graph.owners[at] >= 0:
            spoken.setdefault(graph.owners[at], []).extend((start, end))
    words = text.split()
    return [(words[n], SUBSAMPLING * t[0], SUBSAMPLING * t[-1]) for n, t in spoken.items()]


def _scores(feats: np.ndarray) -> np.ndarray:
    """Log probabilities of the outputs, the priors divided out."""
    if "model" in _state:
        known: np.ndarray = _state["model"].run(feats)[1]
        return known
    with torch.no_grad():
        x = torch.from_numpy(pad(feats, _state["net"].shape))[None]
        logp: np.ndarray = torch.log_softmax(_state["net"](x), dim=-1)[0].numpy()
    return logp - _state["priors"]


def _one(job: tuple[Clip, str]) -> tuple[str, list[Segment], list[Segment], float] | None:
    clip, text = job
    graph = chain(text, _state["prons"], clip.kind in dataset.OWN_KINDS)
    feats = features.fbank(features.load(clip.path))
    feats = feats[: len(feats) // SUBSAMPLING * SUBSAMPLING]
    if graph is None or len(feats) < 15:
        return None
    scores = _scores(feats)
    found = best_path(graph, scores)
    if found is None:
        return None
    path, score = found
    loose = float(scores.max(1).mean())
    ends = [start for _, start in path[1:]] + [len(scores)]
    times = [(graph.phones[p], s * SUBSAMPLING, e * SUBSAMPLING)
             for (p, s), e in zip(path, ends, strict=True)]  # fmt: skip
    words = _words(text, graph, path, len(scores))
    return clip.id, [t for t in times if t[0] != NSN], words, score - loose


def run(
    clips: list[Clip],
    texts: dict[str, str],
    network: Path,
    out: Path,
    unheard: Collection[str] = (),
) -> None:
    """Align every training clip that has a text, and write the better 98 % of each kind.

    `network` is a checkpoint of `train`, or the `network.npz` of a model. Of the clips `unheard` by
    another recogniser only those are kept that fit well.
    """
    jobs = [(c, texts[c.id]) for c in clips if c.id in texts and not c.held]
    kind = {c.id: c.kind for c in clips}
    with ProcessPoolExecutor(WORKERS, initializer=_start, initargs=(network,)) as pool:
        found = [f for f in pool.map(_one, jobs, chunksize=32) if f]
    print(f"  realigned {len(found)} of {len(jobs)}", flush=True)
    by_kind: dict[str, list[float]] = {}
    for name, _, _, score in found:
        by_kind.setdefault(kind[name], []).append(score)
    floor = {k: float(np.quantile(v, WORST.get(k, WORST_DEFAULT))) for k, v in by_kind.items()}
    high = {k: float(np.quantile(v, UNHEARD.get(k, UNHEARD_DEFAULT))) for k, v in by_kind.items()}
    kept = [f for f in found if f[3] >= (high if f[0] in unheard else floor)[kind[f[0]]]]
    print(f"  kept {len(kept)}", flush=True)
    lines = [json.dumps({"id": n, "segments": parts, "words": w}) for n, parts, w, _ in kept]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path) -> dict[str, list[Segment]]:
    """Segments by clip id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {r["id"]: [tuple(s) for s in r["segments"]] for r in rows}


def read_words(path: Path) -> dict[str, list[Segment]]:
    """Words with their times by clip id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {r["id"]: [tuple(s) for s in r["words"]] for r in rows}
