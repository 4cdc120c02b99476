"""Memory over many starts of PortAudio, as an unplugged device brings them: one a second."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

pytestmark = pytest.mark.card

STARTS = 40
MOST_KB = 200.0
"""In all. Measured: 66 kB; 538 kB where the plugins of ALSA were not held."""

RESTARTED = """
import ctypes, gc, sys
from tests.contracts.device import Recorder, let_play
from voicecoach.devices.sound_card import Card

class Used(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
        "fordblks", "keepcost",
    )]

library = ctypes.CDLL(None)
library.mallinfo2.restype = Used

def used():
    gc.collect()
    return library.mallinfo2().uordblks

card = Card()

def restart():
    recorder = Recorder()
    card.start(recorder)
    let_play(recorder, 3)
    card.stop()

for _ in range(5):
    restart()
before = used()
for _ in range(int(sys.argv[1])):
    restart()
print((used() - before) / 1000)
"""


def test_forty_starts_leave_nothing() -> None:
    """Neither the streams nor the libraries below PortAudio keep what a start took."""
    if not hasattr(ctypes.CDLL(None), "mallinfo2"):
        pytest.skip("the C library has no mallinfo2")
    done = subprocess.run(
        [sys.executable, "-c", RESTARTED, str(STARTS)],
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert float(done.stdout) < MOST_KB
