"""The network and the settings of the model folder."""

from pathlib import Path

from . import kaldi_io, network_npz, train
from .features import HIGH_HZ, LOW_HZ, MELS, RATE, SUBSAMPLING
from .network import folded
from .train import ACOUSTIC_SCALE, PRIOR_POWER

# The free phones of the filler make lattices explode: hence a narrow lattice beam, no lattice of
# phones, and utterances of 8 s at most. With 3 frames per chunk the matrix library prepares each
# matrix for one row of input: 0.081 instead of 0.048 s of the processor per s (docs/hearing.md).
MODEL_CONF = f"""--min-active=200
--max-active=3000
--beam=12.0
--lattice-beam=1.5
--phone-determinize=false
--max-mem=5000000
--acoustic-scale={ACOUSTIC_SCALE}
--frame-subsampling-factor={SUBSAMPLING}
--frames-per-chunk=6
--endpoint.silence-phones=1:2
--endpoint.rule2.min-trailing-silence=0.42
--endpoint.rule3.min-trailing-silence=0.6
--endpoint.rule4.min-trailing-silence=1.0
--endpoint.rule5.min-utterance-length=8
"""
FBANK_CONF = f"""--sample-frequency={RATE}
--num-mel-bins={MELS}
--low-freq={LOW_HZ}
--high-freq={HIGH_HZ}
--dither=0
"""


def write_network(checkpoint: Path, folder: Path) -> None:
    """`am/final.mdl`, its network as `network.npz`, and the settings that belong to it."""
    net, priors = train.load(checkpoint)
    context = (net.shape.left, net.shape.right)
    tempered = priors**PRIOR_POWER
    kaldi_io.write_model(folder / "am" / "final.mdl", folded(net), tempered, context)
    network_npz.write_npz(folder / "am" / "final.mdl", folder / "network.npz")
    (folder / "conf").mkdir(parents=True, exist_ok=True)
    (folder / "conf" / "model.conf").write_text(MODEL_CONF)
    (folder / "conf" / "fbank.conf").write_text(FBANK_CONF)
