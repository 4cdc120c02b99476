"""Writing `final.mdl`: a Kaldi transition model and an nnet3 network, binary.

Layout after Kaldi's own writers (hmm/hmm-topology.cc, hmm/transition-model.cc, nnet3/nnet-nnet.cc,
matrix/compressed-matrix.cc). Matrices are kept as 16-bit integers, which halves the file.
"""

import struct
from io import BytesIO
from pathlib import Path

import numpy as np

from .phones import GRAPH_PHONES, NSN, PDF_FIRST, PDF_REST, PDFS, PHONE_ID, SIL

Layer = tuple[str, np.ndarray, np.ndarray, tuple[int, ...]]


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _ints(values: list[int]) -> bytes:
    return b"\x04" + struct.pack(f"<i{len(values)}i", len(values), *values)


def _vector(values: np.ndarray) -> bytes:
    return b"FV " + _int(len(values)) + values.astype("<f4").tobytes()


def _matrix(values: np.ndarray) -> bytes:
    low, high = float(values.min()), float(values.max())
    span = max(high - low, 1e-6)
    steps = np.round((values - low) / span * 65535).astype("<u2")
    return b"CM2 " + struct.pack("<ffii", low, span, *values.shape) + steps.tobytes()


def _pdfs(graph_phone: str) -> tuple[int, int]:
    phone = graph_phone if graph_phone in (SIL, NSN) else graph_phone.rsplit("_", 1)[0]
    return PDF_FIRST[phone], PDF_REST[phone]


def loop_id(graph_phone: str) -> int:
    """Transition id of staying in a phone."""
    return 2 * PHONE_ID[graph_phone] - 1


def enter_id(graph_phone: str) -> int:
    """Transition id of a phone's first frame (its exit arc, which comes first when reordered)."""
    return 2 * PHONE_ID[graph_phone]


def _topology() -> bytes:
    out = BytesIO()
    ids = [PHONE_ID[p] for p in GRAPH_PHONES]
    kinds = [0 if p in (SIL, NSN) else 1 for p in GRAPH_PHONES]
    out.write(b"<Topology> " + _ints(ids) + _ints([-1, *kinds]))
    out.write(_int(-1) + _int(2))  # -1: first frame and the rest have outputs of their own
    for rest in (0, 1):
        out.write(_int(2) + _int(0) + _int(rest) + _int(2))
        out.write(_int(0) + _float(0.5) + _int(1) + _float(0.5))
        out.write(_int(-1) + _int(-1) + _int(0))
    out.write(b"</Topology> ")
    return out.getvalue()


def _transition_model() -> bytes:
    out = BytesIO()
    out.write(b"<TransitionModel> " + _topology() + b"<Tuples> " + _int(len(GRAPH_PHONES)))
    for phone in GRAPH_PHONES:
        first, rest = _pdfs(phone)
        out.write(_int(PHONE_ID[phone]) + _int(0) + _int(first) + _int(rest))
    logs = np.full(2 * len(GRAPH_PHONES) + 1, np.log(0.5))
    logs[0] = 0
    out.write(b"</Tuples> <LogProbs> " + _vector(logs) + b"</LogProbs> </TransitionModel> ")
    return out.getvalue()


def _plain(kind: str, dim: int) -> bytes:
    empty = _vector(np.zeros(0))
    return (
        f"<{kind}> <Dim> ".encode()
        + _int(dim)
        + b"<ValueAvg> "
        + empty
        + b"<DerivAvg> "
        + empty
        + b"<Count> "
        + _double(0)
        + b"<NumDimsSelfRepaired> "
        + _double(0)
        + b"<NumDimsProcessed> "
        + _double(0)
        + f"</{kind}> ".encode()
    )


def _affine(matrix: np.ndarray, bias: np.ndarray) -> bytes:
    body = b"<LinearParams> " + _matrix(matrix) + b"<BiasParams> " + _vector(bias)
    return b"<FixedAffineComponent> " + body + b"</FixedAffineComponent> "


def _spliced(source: str, offsets: tuple[int, ...]) -> str:
    parts = [source if o == 0 else f"Offset({source}, {o})" for o in offsets]
    return parts[0] if len(parts) == 1 else f"Append({', '.join(parts)})"


def _network(layers: list[Layer], mels: int) -> bytes:
    config = [f"input-node name=input dim={mels}"]
    components: list[tuple[str, bytes]] = []
    source = "input"
    for name, matrix, bias, offsets in layers:
        last = name == layers[-1][0]
        after = "log-softmax" if last else f"{name}-relu"
        config.append(
            f"component-node name={name}-affine component={name}-affine "
            f"input={_spliced(source, offsets)}"
        )
        config.append(f"component-node name={after} component={after} input={name}-affine")
        components.append((f"{name}-affine", _affine(matrix, bias)))
        kind = "LogSoftmaxComponent" if last else "RectifiedLinearComponent"
        components.append((after, _plain(kind, len(bias))))
        source = after
    config.append(f"output-node name=output input={source} objective=linear")
    text = "\n" + "\n".join(config) + "\n\n"
    out = b"<Nnet3> " + text.encode() + b"<NumComponents> " + _int(len(components))
    for name, body in components:
        out += f"<ComponentName> {name} ".encode() + body
    return out + b"</Nnet3> "


def write_model(
    path: Path, layers: list[Layer], priors: np.ndarray, context: tuple[int, int]
) -> None:
    """Write `final.mdl`; `priors` are divided out of the network's probabilities."""
    assert len(layers[-1][2]) == PDFS == len(priors)
    mels = layers[0][1].shape[1] // len(layers[0][3])
    tail = b"<LeftContext> " + _int(context[0]) + b"<RightContext> " + _int(context[1])
    tail += b"<Priors> " + _vector(priors)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0B" + _transition_model() + _network(layers, mels) + tail)
