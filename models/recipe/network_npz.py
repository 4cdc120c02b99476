"""`network.npz`: the network of `final.mdl` in numpy's format, for the program's verifier.

Only what `kaldi_io.py` writes is read. Matrices stay in the 16 bits of the file, so that both
files hold the same network to the bit. By hand, for a model folder:

    python -m recipe.network_npz coach-en
"""

import re
import struct
import sys
from pathlib import Path

import numpy as np

_NODE = re.compile(rb"component-node name=(\S+) component=\S+ input=(.+)")
_OFFSET = re.compile(rb"Offset\([^,]+, (-?\d+)\)|[\w.-]+")
_AFFINE = b"<FixedAffineComponent> <LinearParams> "


def write_npz(mdl: Path, npz: Path) -> None:
    """Write the network of `mdl` to `npz`: the same bytes each time."""
    np.savez(npz, **read_mdl(mdl))


def read_mdl(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays of `final.mdl`; for layer n its matrix, bias and offsets.

    `n.matrix` holds 16-bit steps from `n.low_span[0]`, 65535 of them make `n.low_span[1]`;
    offsets and context are in frames of 10 ms.
    """
    data = path.read_bytes()
    offsets, bodies = _offsets(data), data.split(_AFFINE)[1:]
    assert len(offsets) == len(bodies)
    arrays = {"layers": np.array(len(bodies))}
    for number, (body, spliced) in enumerate(zip(bodies, offsets, strict=True)):
        arrays |= {f"{number}.{name}": array for name, array in _layer(body).items()}
        arrays[f"{number}.offsets"] = np.array(spliced, "<i4")
    tail = data[data.rindex(b"<LeftContext> ") :]
    context = [_int(tail, name) for name in (b"<LeftContext> ", b"<RightContext> ")]
    priors = _vector(tail[tail.index(b"<Priors> ") + 9 :])
    return arrays | {"context": np.array(context, "<i4"), "priors": priors}


def _offsets(data: bytes) -> list[tuple[int, ...]]:
    """Return the offsets of every affine layer, in the order of the network."""
    found = []
    for name, source in _NODE.findall(data):
        if name.endswith(b"-affine"):
            inner = source[7:-1] if source.startswith(b"Append(") else source
            found.append(tuple(int(match or 0) for match in _OFFSET.findall(inner)))
    return found


def _layer(body: bytes) -> dict[str, np.ndarray]:
    assert body[:4] == b"CM2 ", "a matrix is not in 16 bits"
    rows, columns = struct.unpack_from("<ii", body, 12)
    rest = body[20 + 2 * rows * columns :]
    return {
        "matrix": np.frombuffer(body, "<u2", rows * columns, 20).reshape(rows, columns),
        "low_span": np.frombuffer(body, "<f4", 2, 4),
        "bias": _vector(rest[len(b"<BiasParams> ") :]),
    }


def _vector(data: bytes) -> np.ndarray:
    assert data[:3] == b"FV ", "a vector is missing"
    (count,) = struct.unpack_from("<i", data, 4)
    return np.frombuffer(data, "<f4", count, 8)


def _int(data: bytes, name: bytes) -> int:
    (value,) = struct.unpack_from("<i", data, data.index(name) + len(name) + 1)
    return int(value)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write_npz(folder / "am" / "final.mdl", folder / "network.npz")
