"""The echo cancellers keep their port's contract and fail with a word for the user."""

from __future__ import annotations

import ctypes
import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from tests.contracts.canceller import CancellerContract, CancelsEcho, level, run
from tests.contracts.speech import speech_like
from voicecoach.audio import cancellers
from voicecoach.audio.cancellers import CANCELLERS, NoCanceller, SpeexCanceller, make_canceller
from voicecoach.errors import DeviceError, InputError
from voicecoach.units import RATE


class TestNoCanceller(CancellerContract):
    """The one that does nothing."""

    def make(self) -> NoCanceller:
        """Return one."""
        return NoCanceller()

    def test_is_bit_exact(self) -> None:
        """What the microphone gets comes out, whatever is played."""
        mic, played = speech_like(1, 1), speech_like(1, 2)
        assert np.array_equal(run(self.make(), mic, played), mic)


class TestSpeexCanceller(CancelsEcho):
    """The adaptive filter of speexdsp."""

    def make(self) -> SpeexCanceller:
        """Return one."""
        return SpeexCanceller()

    @pytest.mark.parametrize(("hertz", "loss"), [(150, 3.5), (200, 2.0), (300, 1.0), (1000, 0.5)])
    def test_the_pitch_of_a_voice_passes(self, hertz: int, loss: float) -> None:
        """Low tones of the user survive; the library as pyaec sets it up takes 12 dB at 175 Hz."""
        tone = (8000 * np.sin(2 * np.pi * hertz * np.arange(2 * RATE) / RATE)).astype(np.int16)
        heard = run(self.make(), tone, np.zeros_like(tone))
        assert -loss <= level(heard[RATE:]) - level(tone[RATE:]) <= 0.5

    def test_loud_low_sound_does_not_wrap_around(self) -> None:
        """A microphone with a strong offset is clipped, never turned over, and comes back."""
        offset = np.full(RATE, 20_000, np.int16)
        heard = run(self.make(), offset, np.zeros_like(offset))
        assert np.abs(heard[RATE // 2 :].astype(int)).max() <= 2


def test_every_name_makes_its_canceller() -> None:
    """The names for the settings are the cancellers' own."""
    assert {name: make_canceller(name).name for name in CANCELLERS} == {n: n for n in CANCELLERS}


def test_unknown_name() -> None:
    """A misspelt name is an error that offers the right one."""
    with pytest.raises(InputError, match="no echo canceller 'spex'") as caught:
        make_canceller("spex")
    assert caught.value.next_step == "did you mean 'speex'?"


def _place(monkeypatch: pytest.MonkeyPatch, origin: str | None) -> None:
    spec = None if origin is None else ModuleSpec("pyaec", None, origin=origin)
    real = importlib.util.find_spec
    monkeypatch.setattr(
        cancellers, "find_spec", lambda name: spec if name == "pyaec" else real(name)
    )


def test_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyaec the message says what to install and what works without it."""
    _place(monkeypatch, None)
    with pytest.raises(DeviceError, match="pyaec is not installed") as caught:
        SpeexCanceller()
    assert "pip install pyaec" in caught.value.next_step
    assert "none" in caught.value.next_step


@pytest.mark.parametrize("content", [None, b"not a library", "other library"])
def test_broken_library(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | str | None
) -> None:
    """A library that is missing, damaged or another one is an error, never a crash."""
    if isinstance(content, bytes):
        (tmp_path / "libaec.so").write_bytes(content)
    elif content is not None:
        (tmp_path / "libaec.so").symlink_to(_some_library())
    _place(monkeypatch, str(tmp_path / "__init__.py"))
    with pytest.raises(DeviceError, match="The echo canceller cannot be used") as caught:
        SpeexCanceller()
    assert caught.value.why


def _some_library() -> Path:
    """Return a shared library that is no canceller."""
    import _ctypes

    assert ctypes.CDLL(_ctypes.__file__)
    return Path(_ctypes.__file__)
