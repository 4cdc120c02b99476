"""Memory that the program has freed goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

from voicecoach.app import spare_memory

SPOTTED = """
import threading
from pathlib import Path
from voicecoach.app.spare_memory import give_back

def rss():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

kept = []

def render():
    pieces = [bytes(10_000) for _ in range(4_000)]
    kept.extend(pieces[::100])  # what lives on lies between what is freed

thread = threading.Thread(target=render)
thread.start()
thread.join()
before = rss()
give_back()
print(before - rss())
"""


@pytest.mark.skipif(spare_memory._TRIM is None, reason="the C library has no malloc_trim")
def test_what_a_thread_has_freed_goes_back() -> None:
    """Of 40 MB that a thread took and freed, all but what lies beside the rest."""
    done = subprocess.run(
        [sys.executable, "-c", SPOTTED], check=True, capture_output=True, text=True, timeout=60
    )
    assert float(done.stdout) > 30


def test_another_c_library_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such call, nothing is called."""

    def without(_: object) -> object:
        raise OSError

    monkeypatch.setattr(spare_memory.ctypes, "CDLL", without)
    monkeypatch.setattr(spare_memory, "_TRIM", spare_memory._trim())
    spare_memory.give_back()
    assert spare_memory._TRIM is None
