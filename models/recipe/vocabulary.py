"""The words that the model knows: its graph and manifest, from the lexicon and the phrase file.

    python -m recipe.vocabulary coach-en

Needs no recordings and no PyTorch, only pocketsphinx for the dictionary, and OpenFst's tools.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np

from . import graph, lexicon

RATE_HZ = 16_000
VERSION = "0.3.0"
LANGUAGE = Path(__file__).parents[2] / "voicecoach" / "language" / "en" / "phrases.toml"


def extend(language: Path) -> None:
    """Append to `lexicon.txt` the words that the phrase lists need."""
    unknown = lexicon.extend(language)
    if unknown:
        print(f"  no known pronunciation: {', '.join(unknown)}; add them to lexicon.txt")


def write(folder: Path, language: Path, costs: graph.Costs) -> None:
    """Write `graph/` of the model in `folder`, and `manifest.toml` beside it."""
    fresh = folder / "graph.new"
    print(f"  {graph.write(fresh, costs, language)} words in the graph", flush=True)
    shutil.rmtree(folder / "graph", ignore_errors=True)
    fresh.replace(folder / "graph")
    write_words(folder / "verifier.npz")
    write_manifest(folder, folder.parent / "manifest.toml")


def write_words(path: Path) -> None:
    """Write the lexicon into the verifier; its network stays as it is."""
    with np.load(path) as found:
        arrays = dict(found)
    arrays["lexicon"] = np.array(json.dumps(lexicon.outputs()))
    np.savez_compressed(path, **arrays)


def write_manifest(folder: Path, path: Path) -> None:
    """Size and SHA-256 of every file of the model, so that a damaged one is never loaded."""
    lines = [f'name = "{folder.name}"', f'version = "{VERSION}"', f"sample_rate_hz = {RATE_HZ}", ""]
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = file.read_bytes()
        lines += [
            "[[files]]",
            f'path = "{file.relative_to(folder).as_posix()}"',
            f"bytes = {len(data)}",
            f'sha256 = "{hashlib.sha256(data).hexdigest()}"',
            "",
        ]
    path.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    extend(LANGUAGE)
    write(Path(sys.argv[1]), LANGUAGE, graph.Costs())
