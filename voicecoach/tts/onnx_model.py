"""What the neural voices share, inside their worker: the model, its lengths, the marks of words.

Both models are changed in memory, not on the disk: one more output tells how long each phoneme is,
so it is known when each word sounds; Hibari's also takes these lengths.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from voicecoach.tts.word_times import Mark

VOWELS: Final = frozenset("AIOQWYaeiouæɑɒɔəɚɛɜɪʊʌɐᵊᵻ")
"""Vowels in the alphabets of Hibari (Misaki's) and Piper (espeak-ng's)."""

FLOAT: Final = 1
"""The type of such elements in ONNX."""


class Span(NamedTuple):
    """A word of the text: where it stands there, and which phonemes are its own."""

    at: int
    length: int
    first: int
    last: int
    """Index after its last phoneme."""


def mark_of(span: Span, phonemes: str, starts: Any) -> Mark:
    """Return when a word sounds, and its vowel: the stressed one, else the first.

    `starts` is the first sample of each of `phonemes`.
    """
    own = phonemes[span.first : span.last]
    stress = own.find("ˈ") + 1 or own.find("ˌ") + 1
    vowel = next((at for at in range(stress, len(own)) if own[at] in VOWELS), None)
    sample = None if vowel is None else int(starts[span.first + vowel])
    return Mark(span.at, span.length, int(starts[span.first]), sample)


def with_output(model: bytes, name: str) -> bytes:
    """Return an ONNX `model` that also gives its inner tensor `name`, of floats.

    A message of protocol buffers may come in parts, one behind the other, and lists grow by what a
    later part adds. So the model does not have to be parsed for its graph to get an output.
    """
    return model + _port(12, name)


def with_input(model: bytes, node: tuple[bytes, bytes], inner: str, name: str) -> bytes:
    """Return an ONNX `model` in which one node takes a new input `name`, of floats, where it took
    its inner tensor `inner`: two names of one length.

    `node` is what stands before and after the inner name in that node alone. Raises `RuntimeError`
    if there is no such node.
    """
    before, after = node
    place = before + inner.encode() + after
    if len(name) != len(inner) or model.count(place) != 1:
        raise RuntimeError(f"the model has no node of its own for {inner}")
    changed = model.replace(place, before + name.encode() + after)
    return changed + _port(11, name)


def _port(list_: int, name: str) -> bytes:
    """Return the part of a model that adds a tensor of floats to a list of its graph."""

    def field(number: int, content: bytes) -> bytes:
        return bytes([number << 3 | 2, len(content)]) + content

    kind = field(2, field(1, bytes([1 << 3, FLOAT])))
    return field(7, field(list_, field(1, name.encode()) + kind))


def session(model: bytes) -> Any:
    """Return a session of ONNX Runtime on one thread, for a model in memory."""
    import onnxruntime  # a native library, in the worker alone

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def checked(package: str, folder: str, digests: Mapping[str, str]) -> dict[str, bytes]:
    """Return the contents of the files in `folder` of an installed package.

    Raises `RuntimeError` with everything that is missing or has another SHA-256 than in `digests`.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {package} is not installed")
    place = Path(spec.origin).parent / folder
    contents = {name: _content(place / name) for name in digests}
    faults = [fault for name in digests if (fault := _fault(name, contents[name], digests[name]))]
    if faults:
        raise RuntimeError(f"the weights in {place} are damaged: {'; '.join(faults)}")
    return contents


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _fault(name: str, content: bytes, digest: str) -> str:
    if not content:
        return f"{name} is missing or empty"
    return "" if hashlib.sha256(content).hexdigest() == digest else f"{name} has changed"
