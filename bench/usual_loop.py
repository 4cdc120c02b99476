"""The usual way, for comparison: pyttsx3 says a line, and `time.sleep` waits for the next beat.

Run by `bench/timing.py`. Reads `[[seconds, text], ...]` from stdin. It takes the time left to the
next beat from a clock, so that delays do not add up.
"""

import ctypes
import json
import os
import sys
import time

import espeakng_loader

ctypes.CDLL(espeakng_loader.get_library_path())
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
import pyttsx3  # noqa: E402 - it looks for the library when it is imported


def main() -> None:
    """Say each line at its time, as well as possible."""
    cues = json.load(sys.stdin)
    engine = pyttsx3.init()
    engine.setProperty("voice", sys.argv[1])
    engine.setProperty("rate", int(sys.argv[2]))
    start = time.monotonic()
    for at, text in cues:
        time.sleep(max(0.0, start + at - time.monotonic()))
        engine.say(text)
        engine.runAndWait()


main()
