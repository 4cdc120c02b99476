"""Where a known sound begins in a recording, to a fraction of a sample, and statistics of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.perceptual_centre import perceptual_centre

RATE = 16_000
HEAD = RATE // 2
"""Frames of a clip that are looked for: half a second distinguishes any two lines."""
LIKENESS = 0.5
"""Normalised correlation from which a place counts as found."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Onset:
    """A cue: when its beat should have been heard, and when it began, in seconds of one clock."""

    kind: str
    text: str
    wanted: float
    begun: float
    sound: NDArray[np.int16]
    """What was played from there on, half a second at most."""


Model = Callable[[NDArray[np.int16]], float]
"""Returns the frame of a word at which its beat is heard."""


def mid_rise(samples: NDArray[np.int16]) -> float:
    """Return the frame in the middle of the first rise, as Cummins and Port (1998) place the beat.

    The envelope from 500 to 1500 Hz is smoothed to 8 Hz; the rise is that from 10 to 90 % of the
    first peak that has half the height of the highest one.
    """
    quiet = RATE // 4
    padded = np.pad(samples[: RATE // 2].astype(float), quiet)
    hz = np.fft.rfftfreq(len(padded), 1 / RATE)
    band = np.fft.irfft(np.fft.rfft(padded) * ((hz > 500) & (hz < 1500)), len(padded))
    smooth = np.exp(-2 * (np.pi * hz * 0.0166) ** 2)
    envelope = np.fft.irfft(np.fft.rfft(np.abs(band)) * smooth, len(padded))
    inner = envelope[1:-1]
    peaks = (inner >= envelope[:-2]) & (inner > envelope[2:]) & (inner > envelope.max() / 2)
    top = int(np.flatnonzero(peaks)[0]) + 1
    low, high = (np.flatnonzero(envelope[:top] < share * envelope[top]) for share in (0.1, 0.9))
    return float(low[-1] + high[-1]) / 2 - quiet


def marcus(samples: NDArray[np.int16]) -> float:
    """Return the frame of the beat of a word by the formula of Marcus (1981).

    It is 0.65 of the way from the start of the sound to that of its vowel, and 0.25 of the time
    from there to its end, later than the start. The vowel begins where the energy from 500 to
    1500 Hz rises most; the sound is what is within 30 dB of its loudest 10 ms.
    """
    block = RATE // 100
    sound = np.pad(samples[: RATE // 2].astype(float), block)
    loud = np.convolve(sound**2, np.ones(block) / block, "same")
    inside = np.flatnonzero(loud > loud.max() / 1000)
    hz = np.fft.rfftfreq(len(sound), 1 / RATE)
    band = np.fft.irfft(np.fft.rfft(sound) * ((hz > 500) & (hz < 1500)), len(sound))
    energy = np.convolve(band**2, np.hanning(2 * block), "same")
    start, end = int(inside[0]), int(inside[-1])
    vowel = start + int(np.argmax(energy[start + block : end] - energy[start : end - block]))
    return start + 0.65 * (vowel - start) + 0.25 * (end - vowel) - block


MODELS: dict[str, Model] = {
    "fastest rise": perceptual_centre,
    "mid rise": mid_rise,
    "Marcus": marcus,
}


@dataclass(frozen=True)
class Row:
    """Errors in milliseconds after the constant delay is taken out; drift over the whole run."""

    way: str
    kind: str
    wanted: int
    found: int
    median_ms: float
    p99_ms: float
    max_ms: float
    drift_ms: float
    drift_ppm: float


def place(recording: Floats, clip: Floats, first: int, last: int) -> tuple[float, float]:
    """Return the frame in [first, last] where `clip` begins most likely, and the likeness."""
    head = clip[:HEAD]
    first = max(0, first)
    part = recording[first : last + len(head)]
    if len(part) < len(head):
        return 0.0, 0.0
    size = 1 << (len(part) + len(head)).bit_length()
    product = np.fft.rfft(part, size) * np.conj(np.fft.rfft(head, size))
    match = np.fft.irfft(product, size)[: len(part) - len(head) + 1]
    energy = np.concatenate([[0.0], np.cumsum(part**2)])
    power = energy[len(head) :] - energy[: -len(head)]
    likeness = match / np.sqrt(np.maximum(power, 1.0) * np.sum(head**2))
    best = int(np.argmax(likeness))
    return first + best + _between(likeness, best), float(likeness[best])


def _between(curve: Floats, best: int) -> float:
    """Return how far the top of the parabola through three points is from the middle one."""
    if not 0 < best < len(curve) - 1:
        return 0.0
    left, middle, right = curve[best - 1 : best + 2]
    bend = left - 2 * middle + right
    return float(0.5 * (left - right) / bend) if bend else 0.0


def exact_place(recording: NDArray[np.int16], clip: NDArray[np.int16], near: int) -> int | None:
    """Return the frame within 50 ms of `near` at which `clip` is found sample by sample, or
    None.
    """
    head = clip[:HEAD]
    for frame in sorted(range(max(0, near - 800), near + 800), key=lambda f: abs(f - near)):
        if np.array_equal(recording[frame : frame + len(head)], head):
            return frame
    return None


def summary(way: str, kind: str, wanted: int, onsets: Sequence[Onset], model: Model | None) -> Row:
    """Return the row of a table: of the beats by `model`, or of the first sounds without one.

    The median is taken out: it is latency, and a rhythm has no beginning.
    """
    begun = [o.begun + (model(o.sound) / RATE if model else 0.0) for o in onsets]
    times = np.array([o.wanted for o in onsets])
    errors = (np.array(begun) - times) * 1000
    if not len(errors):
        return Row(way, kind, wanted, 0, *[float("nan")] * 5)
    slope = float(np.polyfit(times, errors, 1)[0]) if len(errors) > 2 else 0.0
    size = np.abs(errors - np.median(errors))
    centre, far = float(np.median(size)), float(np.percentile(size, 99))
    drift = slope * float(np.ptp(times))
    return Row(way, kind, wanted, len(errors), centre, far, float(size.max()), drift, slope * 1000)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as text."""
    head = ("way", "kind", "cues", "found", "median", "p99", "max", "drift ms", "drift ppm")
    lines = [f"{head[0]:32} {head[1]:7}" + "".join(f"{name:>10}" for name in head[2:])]
    for row in rows:
        way, kind, *figures = asdict(row).values()
        shown = "".join(f"{f:10d}" if isinstance(f, int) else f"{f:10.3f}" for f in figures)
        lines.append(f"{way:32} {kind:7}{shown}")
    return "\n".join(lines)
