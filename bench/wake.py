"""How well an idle coach hears its name, and how often it wakes in vain, for each name.

    python bench/wake.py --speech RECORDINGS [--json FILE]      (the tune side: choosing a name)
    python bench/wake.py --speech RECORDINGS --side test        (the other side: once a release)
    python bench/wake.py --speech RECORDINGS --hours 10         (as many virtual hours of each)

Under test are the program's own recogniser and judge, with nothing live but the name, as in
`voicecoach serve`. Names are called by synthetic voices, clean, far away and over noise, and by
people where RECORDINGS have the word. What is no name is running speech, single other words, and
noise and music of a household. Virtual hours are the same recordings in other rooms, at other
levels and over other noise (`bench/recognition/listening.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.english import BOOK  # noqa: E402
from bench.recognition.acoustics import Floats  # noqa: E402
from bench.recognition.intervals import rate_interval  # noqa: E402
from bench.recognition.listening import elsewhere, rounds  # noqa: E402
from models.recipe.corpus import TEST, TUNE, Clip, read, rirs  # noqa: E402
from voicecoach.app.wiring import make_recogniser, make_voice  # noqa: E402
from voicecoach.audio.clip import Samples  # noqa: E402
from voicecoach.audio.wav import read_sound  # noqa: E402
from voicecoach.decision.judge import Judge  # noqa: E402
from voicecoach.decision.verdict import Accepted  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.language.phrasebook import Command, Phrasebook  # noqa: E402
from voicecoach.ports import Recogniser  # noqa: E402
from voicecoach.units import BLOCK, RATE  # noqa: E402
