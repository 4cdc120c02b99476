"""The rate of the voice is what a listener counts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.effort import one_in
from tests.english import LANGUAGE
from tests.routines.shelf import NAMES, load
from voicecoach.track import lines_of
from voicecoach.tts.pace import ESPEAK, HIBARI, PIPER, Scale, engine_rate
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.tts.worker_voice import FASTEST_WPM, RATE_WPM, SLOWEST_WPM

RATES = (SLOWEST_WPM, RATE_WPM, 220, FASTEST_WPM)


def sentences() -> list[str]:
    """Return some of the longer sentences of the shipped routines, not those measured."""
    scripts = [s for n in NAMES for e in load(n).exercises for s in (e.way_in, e.full, e.way_out)]
    told = {LANGUAGE.prompts.sided(line, "left") for s in scripts for line in lines_of(s)}
    return list(one_in(2, sorted(line for line in told if len(line.split()) >= 6)[2::4]))


@pytest.mark.parametrize("rate", one_in(2, RATES))
def test_the_setting_is_what_is_measured(rate: int) -> None:
    """Inside the clips there are as many words a minute as were set, within 5 %."""
    said = sentences()
    voice = Pyttsx3Voice(rate=rate)
    clips = voice.render(said)
    voice.close()
    minutes = sum(clip.length for clip in clips.values()) / 60_000
    assert sum(len(line.split()) for line in said) / minutes == pytest.approx(rate, rel=0.05)


@pytest.mark.parametrize("scale", [ESPEAK, HIBARI, PIPER])
def test_a_faster_rate_is_faster(scale: Scale) -> None:
    """The scale never turns round, and its measured points are kept."""
    rates = [engine_rate(rate, scale) for rate in range(SLOWEST_WPM, FASTEST_WPM + 1)]
    assert all(a < b for a, b in pairwise(rates))
    assert all(
        engine_rate(round(counted), scale) == pytest.approx(rate, rel=0.01)
        for rate, counted in scale
    )
