"""Echo cancellers: they take the coach's own voice out of the microphone.

Only linear ones. A canceller that also suppresses what it cannot explain takes the user's "stop"
with it: with WebRTC's AEC3 43 of 93 human stops spoken over the coach were obeyed, with the linear
speexdsp filter 87 of 93, without a canceller 16 (echo +6 dB, three rooms, 30-120 ms).
There is no half-duplex answer either: a microphone that is shut while the coach talks cannot hear
"stop", and the halt words must work at any moment.
"""

from __future__ import annotations

import ctypes
import sys
import weakref
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples, require_blocks
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.errors import DeviceError, InputError, did_you_mean
from voicecoach.units import BLOCK, RATE

TAPS: Final = 4096
"""Length of the adaptive filter: 256 ms. Reaches 150 ms of delay and room; 2048 taps do not."""

_RADIUS: Final = 0.96
"""The notch as we want it: 3 dB less at 145 Hz; see `_Lift`.

Measured (synthetic coach 6 dB over 12 human "stop"s, rt60 350 ms): pyaec's own notch takes 0.5 to
2.0 dB from the user at 29 dB less echo, this one 0.1 to 0.6 dB at 28 dB, speexdsp's own (0.982) 0
to 0.3 dB, but at 21 dB."""

_PROBE: Final = 10_000
"""Height of the impulse that asks the library for its notch; any far from clipping does."""

_LIBRARY_NAMES: Final = {"win32": "aec.dll", "darwin": "libaec.dylib"}


class NoCanceller:
    """Hands the microphone on untouched: for headphones, or a system that cancels by itself."""

    name = "none"

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Return a copy of `mic`."""
        require_blocks(mic, played)
        return mic.copy()


class SpeexCanceller:
    """The speexdsp adaptive filter (MDF) without its suppressing preprocessor, as pyaec carries it.

    Adapts by itself to delay and room in about 3 s of the coach's voice, so greet first. The
    reference must be what was really written to the speaker, after mixing. One thread at a time.

    Valin, "On adjusting the learning rate in frequency domain echo cancellation with double-talk",
    IEEE Trans. Audio, Speech and Language Processing 15(3), 2007: the filter this library holds.
    Raises `DeviceError` when pyaec's library is missing or does not load.
    """

    name = "speex"

    def __init__(self, taps: int = TAPS) -> None:
        self._library = _load()
        handle = self._library.AecNew(BLOCK, taps, RATE, False)
        if not handle:
            raise _unusable("its library gave no canceller")
        self._handle = ctypes.c_void_p(handle)
        weakref.finalize(self, self._library.AecDestroy, self._handle)
        # One buffer each, at fixed addresses: pyaec's own wrapper copies samples one by one.
        self._buffers: NDArray[np.int16] = np.zeros((3, BLOCK), np.int16)
        self._addresses = [ctypes.c_void_p(row.ctypes.data) for row in self._buffers]
        self._lift = _Lift(_notch_radius(self._library, taps))

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Return `mic` less the echo of `played` and of what was played before it."""
        require_blocks(mic, played)
        self._buffers[0], self._buffers[1] = self._lift.block(mic), played
        self._library.AecCancelEcho(self._handle, *self._addresses, BLOCK)
        cleaned: Samples = self._buffers[2].copy()
        return cleaned


class _Lift:
    """Lifts the low voice that pyaec is about to take away.

    speexdsp begins with a notch at 0 Hz, H(z) = r (1 - z^-1)^2 / (1 - 2r z^-1 + d z^-2) with
    d = r^2 + 0.7 (1 - r)^2 (mdf.c, filter_dc_notch16); at 16 kHz r = 0.982. pyaec 1.0.1 never
    tells it the rate, so it takes 8 kHz and r = 0.9: 12 dB less at 175 Hz, 7 dB less at 250 Hz,
    where a voice has its pitch. Both forms share the zeros, so their quotient is a stable
    second-order filter that turns the one exactly into the other.
    """

    def __init__(self, radius: float) -> None:
        scale, (b1, b2), (a1, a2) = _RADIUS / radius, _poles(radius), _poles(_RADIUS)
        # Rows: the outputs of a block, then the two state values after it. Columns: the same
        # before it. Run once on unit vectors, so that a block costs one product.
        known = np.eye(BLOCK + 2)
        rows, one, two = [], known[BLOCK], known[BLOCK + 1]
        for now in known[:BLOCK]:
            out = scale * now + one
            one, two = scale * b1 * now - a1 * out + two, scale * b2 * now - a2 * out
            rows.append(out)
        self._matrix = np.stack([*rows, one, two])
        self._values = np.zeros(BLOCK + 2)

    def block(self, mic: Samples) -> Samples:
        """Return the next `BLOCK` frames, lifted."""
        self._values[:BLOCK] = mic
        self._values = self._matrix @ self._values
        full = np.iinfo(np.int16)
        return np.clip(np.rint(self._values[:BLOCK]), full.min, full.max).astype(np.int16)


def _poles(radius: float) -> tuple[float, float]:
    return -2 * radius, radius**2 + 0.7 * (1 - radius) ** 2


def _notch_radius(library: ctypes.CDLL, taps: int) -> float:
    """Return the r that this build of the library uses: the first sample of its impulse response.

    Asked and not assumed: a pyaec that passes the rate on is served as well.
    """
    handle = ctypes.c_void_p(library.AecNew(BLOCK, taps, RATE, False))
    blocks = np.zeros((3, BLOCK), np.int16)
    blocks[0, 0] = _PROBE
    library.AecCancelEcho(handle, *(ctypes.c_void_p(row.ctypes.data) for row in blocks), BLOCK)
    library.AecDestroy(handle)
    return round(float(blocks[2, 0]) / _PROBE, 3)


Known = NoCanceller | SpeexCanceller | KalmanCanceller

CANCELLERS: Final[dict[str, Callable[[], Known]]] = {
    NoCanceller.name: NoCanceller,
    KalmanCanceller.name: KalmanCanceller,
    SpeexCanceller.name: SpeexCanceller,
}
"""Name in the settings -> what makes it."""


def make_canceller(name: str) -> Known:
    """Return a fresh canceller. Raises `InputError` for an unknown name."""
    if name not in CANCELLERS:
        known = ", ".join(sorted(CANCELLERS))
        hint = did_you_mean(name, sorted(CANCELLERS)) or f"known are: {known}"
        raise InputError(f"There is no echo canceller '{name}'", next_step=hint)
    return CANCELLERS[name]()


def _load() -> ctypes.CDLL:
    """Return pyaec's C library; its Python module prints to stdout when loading fails."""
    spec = find_spec("pyaec")
    if spec is None or spec.origin is None:
        raise _unusable("the package pyaec is not installed")
    path = Path(spec.origin).with_name(_LIBRARY_NAMES.get(sys.platform, "libaec.so"))
    try:
        library = ctypes.CDLL(str(path))
        new, cancel, destroy = library.AecNew, library.AecCancelEcho, library.AecDestroy
    except (OSError, AttributeError) as error:
        raise _unusable(str(error)) from error
    new.argtypes = [ctypes.c_size_t, ctypes.c_int32, ctypes.c_int32, ctypes.c_bool]
    new.restype = ctypes.c_void_p
    cancel.argtypes = [*[ctypes.c_void_p] * 4, ctypes.c_size_t]
    cancel.restype = None
    destroy.argtypes = [ctypes.c_void_p]
    destroy.restype = None
    return library


def _unusable(why: str) -> DeviceError:
    return DeviceError(
        "The echo canceller cannot be used",
        why,
        "Install it with 'pip install pyaec', or wear headphones and choose the canceller 'none'",
    )
