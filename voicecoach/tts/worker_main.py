"""The worker process: pyttsx3 and espeak-ng, outside the coach's own process.

Started as a script by `voicecoach.tts.pyttsx3_voice`; imports nothing of voicecoach, so that it
starts fast. It reads one JSON line per batch from standard input::

    {"voice": "gmw/en-us", "rate": 160, "texts": ["Hello.", "Three."]}

and writes for each text, as it is finished, one JSON line and then `bytes` bytes of a WAV file:
``{"text": 0, "bytes": 1234, "error": "", "marks": [[0, 5, 0]]}``. A mark is the place and the
length of a word in the text, and the sample on which it begins. The first line, before any request,
describes the engine.

Each phrase is rendered by a child forked for it alone, because espeak-ng keeps state from phrase to
phrase (the same text then differs by up to 20 bytes) and its library may crash or hang. This
process stays single-threaded and never starts the engine itself.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

SEED = 1
"""Seed of espeak-ng's noise (breathy voices); it seeds itself from the clock otherwise."""
CHILDREN = max(1, min(4, os.cpu_count() or 1))
"""Phrases rendered at once."""
POLL_S, POLLS_PER_CALL = 0.0005, 10
PHRASE_S = 20
"""Seconds until a phrase is abandoned; 5000 characters take 0.1 s on a laptop."""


def load_engine() -> str:
    """Make espeak-ng and pyttsx3 ready to start; return where the library came from.

    The wheel's library is loaded first: pyttsx3's own dlopen of ``libespeak-ng.so.1`` then finds
    it, with no espeak-ng on the system. Without ESPEAK_DATA_PATH the library ends the process.
    """
    source = "system"
    try:
        import espeakng_loader

        ctypes.CDLL(espeakng_loader.get_library_path())
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        source = f"espeakng-loader {version('espeakng-loader')}"
    except (ImportError, OSError, RuntimeError):
        os.environ.pop("ESPEAK_DATA_PATH", None)
    import pyttsx3.drivers.espeak  # noqa: F401 - imported before the first fork

    return source


def engine() -> Any:
    """Return a started pyttsx3 engine that obeys `setProperty` at once."""
    import pyttsx3

    speaker = pyttsx3.init("espeak")
    speaker.proxy.setBusy(False)
    return speaker


def settle(speaker: Any, rate: int) -> None:
    """Set the speaking rate and wait until espeak-ng has emptied its queue.

    While it is busy, pyttsx3's `runAndWait` cancels what is queued: measured, 3 to 5 % of phrases
    then came out at the wrong rate or empty. The library may look idle before it has started, so
    the rate must have changed first; and it may miss its wake-up (1 in 20 under load), so the rate
    is set again. Its queue is in order: once the rate has changed, all earlier entries are done.
    """
    from pyttsx3.drivers import _espeak

    polls = 0
    while speaker.getProperty("rate") != rate or _espeak.IsPlaying():
        if polls % POLLS_PER_CALL == 0:
            speaker.setProperty("rate", rate)
        polls += 1
        time.sleep(POLL_S)


def seed_noise() -> None:
    """Give the noise of breathy voices a fixed seed (espeak-ng 1.52; older ones use rand)."""
    from pyttsx3.drivers import _espeak

    seed = getattr(_espeak.dll, "espeak_ng_SetRandSeed", None)
    if seed is not None:
        seed(SEED)
    else:
        ctypes.CDLL(None).srand(SEED)


def note_words(driver: Any, marks: list[tuple[int, int, int]]) -> None:
    """Add to `marks` the place, the length and the first sample of each word that is spoken.

    pyttsx3 tells of words too, but not when they sound. It waits for a message after the last
    sound, which espeak-ng sends only where it has a thread of its own: the library for 64-bit Arm
    of espeakng-loader 0.2.4 has none. The call without sound, which ends all others, is therefore
    that message.
    """
    from pyttsx3.drivers import _espeak

    ended = (_espeak.EVENT * 2)(_espeak.EVENT(type=_espeak.EVENT_MSG_TERMINATED))

    def take(sound: Any, count: int, events: Any) -> int:
        marks.extend(
            (event.text_position - 1, event.length, event.sample)
            for event in iter_events(events)
            if event.type == _espeak.EVENT_WORD
        )
        result: int = driver._onSynth(sound, count, events if sound else ended)
        return result

    _espeak.SetSynthCallback(take)


def iter_events(events: Any) -> Iterator[Any]:
    """Yield espeak-ng's events up to the one that ends the list."""
    number = 0
    while events[number].type:
        yield events[number]
        number += 1


def speak(text: str, voice: str, rate: int, file: int) -> None:
    """Render `text` as WAV into the open `file`, and its marks as JSON behind that.

    Raises RuntimeError when the engine refuses.
    """
    speaker = engine()
    errors: list[object] = []
    finished: list[object] = []
    speaker.connect("error", lambda **event: errors.append(event.get("exception")))
    speaker.connect("finished-utterance", lambda **event: finished.append(event))
    settle(speaker, rate + 1)  # what init() queued; setting a voice meanwhile would be a race
    speaker.setProperty("voice", voice)
    if errors:
        raise RuntimeError(str(errors[0]))
    settle(speaker, rate)
    seed_noise()
    marks: list[tuple[int, int, int]] = []
    note_words(speaker.proxy._driver, marks)
    speaker.save_to_file(text, f"/proc/self/fd/{file}")
    speaker.runAndWait()
    while not finished:  # may return early (1 in 300); the alarm ends a hang
        time.sleep(POLL_S)
    os.pwrite(file, json.dumps(marks).encode(), os.fstat(file).st_size)


def describe() -> dict[str, object]:
    """Return what this engine is and which voices and variants it has."""
    from pyttsx3.drivers import _espeak

    voices = [voice.id for voice in engine().getProperty("voices")]
    path = ctypes.c_char_p()
    _espeak.dll.espeak_Info.restype = ctypes.c_char_p
    release = _espeak.dll.espeak_Info(ctypes.byref(path))
    variants = Path((path.value or b"").decode(), "voices", "!v")
    return {
        "engine": f"pyttsx3 {version('pyttsx3')}, espeak-ng {release.decode()}",
        "voices": voices,
        "variants": sorted(file.name for file in variants.glob("*")),
    }


def fork(work: Any) -> tuple[int, int]:
    """Run `work(fd)` in a child with a file in memory; return its process id and that file."""
    memory = os.memfd_create("voicecoach")
    child = os.fork()
    if child:
        return child, memory
    try:
        signal.alarm(PHRASE_S)
        work(memory)
        os._exit(0)
    except BaseException as error:
        traceback.print_exc()
        sys.stderr.flush()
        os.ftruncate(memory, 0)
        os.pwrite(memory, str(error).encode(), 0)
    os._exit(1)


def collect(memory: int, status: int) -> tuple[bytes, str]:
    """Return what a child left in its file, and an error message if it failed."""
    code = os.waitstatus_to_exitcode(status)
    with os.fdopen(memory, "rb") as file:
        file.seek(0)
        content = file.read()
    if code == 1:
        return b"", content.decode(errors="replace")
    return (content, "") if code == 0 else (b"", f"espeak-ng ended with status {code}")


def reply(out: BinaryIO, header: dict[str, object], content: bytes = b"") -> None:
    """Write one answer."""
    out.write(json.dumps(header).encode() + b"\n" + content)
    out.flush()


def split(content: bytes) -> tuple[bytes, Any]:
    """Return the WAV file in what a child left, and the marks behind it."""
    length = 8 + int.from_bytes(content[4:8], "little")  # RIFF: what follows its first 8 bytes
    return content[:length], json.loads(content[length:] or b"[]")


def answer(batch: dict[str, Any], out: BinaryIO) -> None:
    """Render one batch, up to `CHILDREN` phrases at a time."""
    waiting = list(enumerate(batch["texts"]))[::-1]
    running: dict[int, tuple[int, int]] = {}
    while waiting or running:
        while waiting and len(running) < CHILDREN:
            number, text = waiting.pop()
            child, memory = fork(
                lambda fd, text=text: speak(text, batch["voice"], batch["rate"], fd)
            )
            running[child] = number, memory
        child, status = os.waitpid(-1, 0)
        number, memory = running.pop(child)
        content, error = collect(memory, status)
        wav, marks = split(content)
        header = {"text": number, "bytes": len(wav), "error": error, "marks": marks}
        reply(out, header, wav)


def hello(out: BinaryIO) -> None:
    """Write the first line: a description of the engine, or why there is none."""
    try:
        source = load_engine()
    except Exception as error:  # no espeak-ng at all, or one that does not load
        reply(out, {"error": str(error)})
        sys.exit(1)
    child, memory = fork(lambda fd: os.write(fd, json.dumps(describe()).encode()))
    content, failure = collect(memory, os.waitpid(child, 0)[1])
    if failure:
        reply(out, {"error": failure})
        sys.exit(1)
    reply(out, {"error": "", "source": source, **json.loads(content)})


def main() -> None:
    """Serve until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # pyttsx3 prints "Audio saved to" on standard output
    hello(out)
    for line in sys.stdin.buffer:
        answer(json.loads(line), out)


if __name__ == "__main__":
    main()
