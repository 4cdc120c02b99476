"""The decoding graph `HCLr.fst`: words as chains of phones, silence, and the filler `[unk]`.

A run-time grammar is composed with it by Vosk. Every phone is one arc for its first frame and a
loop for the rest; a word's label is on its first arc. Costs are natural logs, in the same unit as
acoustic scores times the acoustic scale.
"""

import math
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import lexicon
from .kaldi_io import enter_id, loop_id
from .phones import BASE, GRAPH_PHONES, NSN, PHONE_ID, SIL, positions

UNK = "[unk]"
WORD_KIND = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}


@dataclass(frozen=True)
class Costs:
    """What the graph adds to the acoustic scores and the grammar's own costs.

    `word`: once a word and once a filler, so that a click beside a word is noise and no further
    word; `unk`: once more a filler; `phone`: each filler phone; `other`: an ordinary word taken as
    filler; `silence`, `noise`: each stretch of it.
    """

    word: float = 8.0
    unk: float = 0.0
    phone: float = 5.0
    silence: float = 0.0
    noise: float = 0.0
    other: float = 4.0


class Builder:
    """Collects arcs as OpenFst text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.states = 1

    def state(self) -> int:
        """A new state."""
        self.states += 1
        return self.states - 1

    def arc(self, source: int, to: int, read: int, write: int = 0, cost: float = 0.0) -> None:
        """One arc: reads a transition id, writes a word number."""
        self.lines.append(f"{source} {to} {read} {write} {cost:.4f}")

    def phone(self, source: int, name: str, write: int = 0, cost: float = 0.0) -> int:
        """A phone after `source`; returns the state in which it goes on."""
        to = self.state()
        self.arc(source, to, enter_id(name), write, cost)
        self.arc(to, to, loop_id(name))
        return to


def _filler(graph: Builder, number: int, costs: Costs) -> None:
    """Two or more of any phones."""
    middle, begin = graph.state(), costs.word + costs.unk + costs.phone
    for phone in BASE:
        graph.arc(graph.phone(0, f"{phone}_B", number, begin), middle, 0)
        graph.arc(graph.phone(middle, f"{phone}_I", 0, costs.phone), middle, 0)
        graph.arc(graph.phone(middle, f"{phone}_E", 0, costs.phone), 0, 0)


def _other_words(graph: Builder, number: int, prons: list[list[str]], costs: Costs) -> None:
    """Ordinary words that give `[unk]` too, cheaper than their phones one by one."""
    for pron in prons:
        at = 0
        for n, (phone, place) in enumerate(zip(pron, positions(len(pron)), strict=True)):
            label, cost = (number, costs.word + costs.other) if n == 0 else (0, 0.0)
            at = graph.phone(at, f"{phone}_{place}", label, cost)
        graph.arc(at, 0, 0)


def arcs(
    words: dict[str, int],
    prons: dict[str, list[list[str]]],
    others: list[list[str]],
    costs: Costs,
) -> list[str]:
    """The graph as OpenFst text; state 0 is where words begin and end."""
    graph = Builder()
    for phone, cost in ((SIL, costs.silence), (NSN, costs.noise)):
        graph.arc(graph.phone(0, phone, 0, cost), 0, 0)
    for word, number in words.items():
        for pron in prons.get(word, []):
            at = 0
            for n, (phone, place) in enumerate(zip(pron, positions(len(pron)), strict=True)):
                label, cost = (number, costs.word) if n == 0 else (0, 0.0)
                at = graph.phone(at, f"{phone}_{place}", label, cost)
            graph.arc(at, 0, 0)
    _filler(graph, words[UNK], costs)
    _other_words(graph, words[UNK], others, costs)
    # fstcompile takes the source of the first line as the start; final lines may stand anywhere.
    return [*graph.lines, "0"]


def _environment() -> dict[str, str]:
    """The look-ahead plugin lies in a folder that the loader does not search by itself."""
    folders = [str(p.parent) for p in Path("/usr/lib").glob("*/fst/*/olabel_lookahead-fst.so")]
    path = ":".join([*folders, os.environ.get("LD_LIBRARY_PATH", "")])
    return {**os.environ, "LD_LIBRARY_PATH": path}


def _convert(lines: list[str], out: Path) -> dict[int, int]:
    """Compile to a look-ahead FST; returns how word numbers were changed."""
    with tempfile.TemporaryDirectory() as scratch:
        text, plain, pairs = (Path(scratch) / n for n in ("graph.txt", "graph.fst", "pairs"))
        text.write_text("\n".join(lines) + "\n")
        subprocess.run(["fstcompile", text, plain], check=True)
        command = ["fstconvert", "--fst_type=olabel_lookahead", f"--save_relabel_opairs={pairs}"]
        subprocess.run([*command, plain, out], check=True, env=_environment())
        rows = (line.split() for line in pairs.read_text().splitlines())
        return {int(a): int(b) for a, b in rows}


def _any_word(numbers: list[int], out: Path) -> None:
    """`Gr.fst`, used where no grammar is given: any word after any word, all alike."""
    cost = math.log(len(numbers))
    lines = [f"0 0 {n} {n} {cost:.4f}" for n in sorted(numbers)]
    with tempfile.TemporaryDirectory() as scratch:
        text, plain = Path(scratch) / "words.txt", Path(scratch) / "words.fst"
        text.write_text("\n".join([*lines, "0"]) + "\n")
        subprocess.run(["fstcompile", text, plain], check=True)
        subprocess.run(["fstarcsort", "--sort_type=ilabel", plain, out], check=True)


def write(folder: Path, costs: Costs, language: Path | None) -> int:
    """Write the graph folder of a model for a phrase file; returns the number of words."""
    prons = lexicon.decoding(lexicon.load())
    words = {w: n for n, w in enumerate([UNK, *sorted(prons)], 1)}
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    lines = arcs(words, prons, lexicon.ordinary(language), costs)
    renamed = _convert(lines, folder / "HCLr.fst")
    _any_word([renamed.get(n, n) for n in words.values()], folder / "Gr.fst")
    table = {"<eps>": 0} | {w: renamed.get(n, n) for w, n in words.items()}
    table["#0"] = max(table.values()) + 1
    rows = [f"{w} {n}" for w, n in sorted(table.items(), key=lambda item: item[1])]
    (folder / "words.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "disambig_tid.int").write_text("")
    kinds = [
        f"{PHONE_ID[p]} {'nonword' if p in (SIL, NSN) else WORD_KIND[p[-1]]}" for p in GRAPH_PHONES
    ]
    (folder / "phones" / "word_boundary.int").write_text("\n".join(kinds) + "\n")
    return len(words)
