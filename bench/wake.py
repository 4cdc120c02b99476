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

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]
