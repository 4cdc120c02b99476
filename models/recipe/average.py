"""What an average of two networks' weights still hears: `python -m recipe.average FORMER LATER`.

WiSE-FT (Wortsman and others 2022) averages a network and one that was trained on from it. That
works where a straight way of low loss leads from one to the other, which this shows: of the frames
in which both name the same phone, and not silence, how many the average names so, too.

    python -m recipe.average coach-en later --looks WORK/tune/fbank.npy

The looks are those of `recipe.heads`, step `tune`.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from voicecoach.stt.acoustic_model import FILE, AcousticModel, Layer, load_acoustic_model

SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the later network


def average(former: AcousticModel, later: AcousticModel, share: float) -> AcousticModel:
    """Return the network with `share` of the later one's weights, in float."""
    pairs = zip(former.layers, later.layers, strict=True)
    return replace(former, layers=tuple(_layer(one, two, share) for one, two in pairs))


def _layer(one: Layer, two: Layer, share: float) -> Layer:
    matrix = (1 - share) * one.matrix + share * two.matrix
    bias = (1 - share) * one.bias + share * two.bias
    return Layer(matrix.astype(np.float32), bias.astype(np.float32), one.offsets)


def outputs(network: AcousticModel, looks: np.ndarray) -> np.ndarray:
    """Return the likeliest output of each frame, (looks, frames / 3)."""
    scores = [network.run(look.astype(np.float32))[1] for look in looks]
    return np.array([(each + network.log_priors).argmax(1) for each in scores])


def main() -> None:
    """Print a line for each share."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("former", type=Path, help="model folder")
    parser.add_argument("later", type=Path, help="model folder")
    parser.add_argument("--looks", type=Path, required=True, help="fbank.npy of the tune side")
    parser.add_argument("--count", type=int, default=400, help="looks (default %(default)s)")
    options = parser.parse_args()
    former, later = (load_acoustic_model(p / FILE) for p in (options.former, options.later))
    looks = np.load(options.looks, mmap_mode="r")[: options.count]
    named, then = outputs(former, looks), outputs(later, looks)
    silence = np.bincount(named.ravel()).argmax()
    agreed = (named == then) & (named != silence)
    print(f"{agreed.sum()} frames of speech in which both name the same phone")
    for share in SHARES:
        now = outputs(average(former, later, share), looks)
        right, quiet = (now == named)[agreed].mean(), (now == silence).mean()
        print(f"{share:.1f} of the later: {right:.0%} of them; silence in {quiet:.0%} of all")


if __name__ == "__main__":
    main()
