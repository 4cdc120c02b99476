"""The rivals in the same run, and those whose weights cannot be had by a package, with the reason.

Each is an optional package of the extra `bench` or one beside it: a rival that is not installed is
left out, and the report says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from bench.recognition.systems import BASELINE, WHISPER
from bench.recognition.weights import PARTS
from voicecoach.stt.whisper_encoder import LIBRARY, WEIGHTS


@dataclass(frozen=True)
class Rival:
    """A system to compare with; `modules` are what it needs, `install` what to install."""

    spec: str
    modules: tuple[str, ...]
    install: str

    @property
    def lacking(self) -> list[str]:
        """The modules that are not installed."""
        return [name for name in self.modules if find_spec(name) is None]


RIVALS = (
    Rival(f"{WHISPER}tiny.en", (LIBRARY, WEIGHTS, BASELINE), "'.[bench,whisper]'"),
    Rival(
        f"{WHISPER}base",
        (LIBRARY, *PARTS, BASELINE),
        f"'.[bench,whisper]' {' '.join(PARTS).replace('_', '-')}",
    ),
    Rival(BASELINE, (BASELINE,), "'.[bench]'"),
)

NOT_TO_BE_HAD = {
    'microWakeWord, "stop" (45 kB)': "its weights are in no package: pymicro-wakeword 2.5.0 and "
    "ovos-ww-plugin-microwakeword 0.0.3a1 carry other wake words, or none",
    "sherpa-onnx's keyword spotter (zipformer, 3.3 M)": "its weights are in no package: "
    "sherpa-onnx and eaves-ai-sherpa-kws 0.1.0 download them at run time",
    "openWakeWord's embedding with a head": "the embedding comes with pyopen-wakeword 1.1.0, but "
    "no package has heads for these words, and none was trained here",
    "voxrt-kws 0.1.0": "its weights are in no package, and are not free",
}
"""Rivals that are not measured, and why."""


def present(wanted: Sequence[str] | None = None) -> list[str]:
    """Return the specs of the rivals that are installed, of those `wanted` or of all."""
    known = [rival for rival in RIVALS if wanted is None or rival.spec in wanted]
    return [rival.spec for rival in known if not rival.lacking]


def absent(measured: Sequence[str]) -> dict[str, str]:
    """Return the rivals that are not measured, with the reason of each."""
    return {
        **{rival.spec: _reason(rival) for rival in RIVALS if rival.spec not in measured},
        **NOT_TO_BE_HAD,
    }


def _reason(rival: Rival) -> str:
    if rival.lacking:
        return f"not installed: `.venv/bin/pip install {rival.install}`"
    return "left out of this run"
