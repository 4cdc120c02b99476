"""Where counts, breaths and strokes really began, against where they should have.

    tests/card/virtual_card.sh run .venv/bin/python bench/timing.py --minutes 3 --json timing.json

Three ways with the same lines at the same times: a rehearsal, found sample by sample in its WAV; a
live session on the sound card, recorded at the loudspeaker; and `pyttsx3.say` with `time.sleep` on
the same card. Without a card only the rehearsal is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

import numpy as np
import soxr

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from onsets import LIKENESS, RATE, Floats, Onset, Row, exact_place, place, summary, table  # noqa: E402

from bench.barge.script import Deaf  # noqa: E402
from voicecoach.app.routine_library import find_routine, load_routine  # noqa: E402
from voicecoach.app.scenario_rehearsal import rehearse  # noqa: E402
from voicecoach.app.wiring import (  # noqa: E402
    TALKS,
    Choices,
    list_devices,
    make_live,
    make_plan,
)
from voicecoach.audio.clip import Clip  # noqa: E402
from voicecoach.audio.wav import read_sound  # noqa: E402
from voicecoach.dialog.session import Session  # noqa: E402
from voicecoach.eventlog.kinds import CueStarted, Event  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.routine.model import Routine  # noqa: E402
from voicecoach.simulation.scenario import Scenario  # noqa: E402

LANGUAGE = load_language("en")
CHOICES = Choices(LANGUAGE)
KINDS = ("count", "breath", "stroke", "mark")
CARD_RATE = 48_000
REACH = RATE // 2
"""Frames around its wanted place in which a cue is looked for."""

Cue = tuple[str, str, float]
"""(kind, text, second at which it should begin)."""


def wanted_cues(log: list[Event], until: float) -> list[Cue]:
    """Return the first line and all rhythmic cues; plans are in whole milliseconds."""
    cues: list[Cue] = []
    for event in log:
        if not isinstance(event, CueStarted) or not event.text:
            continue
        kind, at = event.kind_of_cue.value, round(event.t * 1000 - event.late_ms) / 1000
        if at < until and (kind in KINDS or not cues):
            cues.append((kind, event.text, at))
    return cues


def rehearsed(
    routine: Routine, clips: Mapping[str, Clip], until: float
) -> tuple[list[Cue], list[Onset]]:
    """Rehearse, and find each cue's samples in the WAV."""
    log: list[Event] = []
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "coach.wav"
        rehearse(routine, Scenario(), CHOICES, Deaf(), log.append, wav)
        played = read_sound(wav)
    cues = wanted_cues(log, until)
    onsets = []
    for kind, text, at in cues:
        frame = exact_place(played, clips[text].samples, round(at * RATE))
        if frame is not None:
            onsets.append(Onset(kind, text, at, frame / RATE))
    return cues, onsets


@contextmanager
def recording() -> Iterator[Callable[[], Floats]]:
    """Record what the loudspeaker plays; call what this gives for the samples at 16 kHz."""
    command = ["parec", "-d", "speaker.monitor", "--raw", "--format=s16le", "--channels=1"]
    command += [f"--rate={CARD_RATE}", "--latency-msec=50"]
    with tempfile.TemporaryFile() as tape:
        recorder = subprocess.Popen(command, stdout=tape)

        def samples() -> Floats:
            recorder.terminate()
            recorder.wait()
            tape.seek(0)
            whole = np.frombuffer(tape.read()[: tape.tell() // 2 * 2], np.int16)
            return np.asarray(soxr.resample(whole.astype(np.float64), CARD_RATE, RATE))

        try:
            yield samples
        finally:
            recorder.kill()
            recorder.wait()


def live(routine: Routine, until: float) -> tuple[list[Cue], Floats]:
    """Lead a live session for `until` seconds; return its cues and what the loudspeaker played."""
    log: list[Event] = []

    def note(event: Event) -> None:
        log.append(event)
        if event.t > until:
            raise KeyboardInterrupt

    choices = CHOICES
    plan, clips = make_plan(routine, choices)
    driver = make_live(choices, "", None, lambda _: None)
    with recording() as samples:
        with suppress(KeyboardInterrupt):
            driver.lead(Session(plan, TALKS[choices.talk]), clips, note)
        return wanted_cues(log, until - 2), samples()


def usual(cues: list[Cue]) -> Floats:
    """Let the usual loop say `cues`; return what the loudspeaker played."""
    command = [sys.executable, str(HERE / "usual_loop.py"), CHOICES.voice, str(CHOICES.rate)]
    with recording() as samples:
        lines = json.dumps([[at, text] for _, text, at in cues])
        subprocess.run(command, input=lines, text=True, check=True, stderr=subprocess.DEVNULL)
        return samples()


def found(cues: list[Cue], clips: Mapping[str, Clip], played: Floats) -> list[Onset]:
    """Find each cue in a recording whose start is unknown: the first line gives it."""
    heads = {text: clips[text].samples.astype(np.float64) for _, text, _ in cues}
    _, text, at = cues[0]
    begun, _ = place(played, heads[text], 0, round(30 * RATE))
    offset = begun - at * RATE
    onsets = []
    for kind, text, at in cues:
        near = round(offset + at * RATE)
        frame, likeness = place(played, heads[text], near - REACH, near + REACH)
        if likeness >= LIKENESS:
            onsets.append(Onset(kind, text, at, (frame - offset) / RATE))
    return onsets


def rows(way: str, cues: list[Cue], onsets: list[Onset], constant: bool) -> list[Row]:
    """Return a row for each kind there is, and one for all."""
    made = []
    for kind in (*KINDS, "all"):
        of = [cue for cue in cues if kind in ("all", cue[0])]
        if of:
            these = [onset for onset in onsets if kind in ("all", onset.kind)]
            made.append(summary(way, kind, len(of), these, constant))
    return made


def card_missing() -> str:
    """Return why no card can be measured, or ""."""
    if "PULSE_SERVER" not in os.environ:
        return "there is no virtual card: tests/card/virtual_card.sh run starts one"
    try:
        return "" if list_devices() else "the card offers no device"
    except Exception as error:  # whatever it is, it is reported
        return str(error)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--routine", default="foam-roll-upper-back", help="name or file")
    parser.add_argument("--minutes", type=float, default=3.0, help="how much of it (default 3)")
    parser.add_argument("--json", type=Path, help="write all figures here")
    options = parser.parse_args()
    routine, until = load_routine(find_routine(options.routine), LANGUAGE), options.minutes * 60
    _, clips = make_plan(routine, CHOICES)
    cues, onsets = rehearsed(routine, clips, until)
    all_rows = rows("rehearsal", cues, onsets, constant=False)
    why = card_missing()
    if why:
        print(f"Rehearsal only: {why}")
    else:
        with suppress(PermissionError):  # else a loaded machine makes gaps on the virtual card
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(3))
        cues, played = live(routine, until)
        all_rows += rows("live", cues, found(cues, clips, played), constant=True)
        all_rows += rows("pyttsx3 and sleep", cues, found(cues, clips, usual(cues)), constant=True)
    print(f"{routine.name}, {options.minutes:g} minutes; load {os.getloadavg()[0]:.1f}")
    print("Errors in ms; live and pyttsx3: less the constant delay (the median).")
    print(table(all_rows))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in all_rows], indent=2) + "\n")


if __name__ == "__main__":
    main()
