"""Where the beats of counts, breaths and strokes are heard, against where they should be.

    tests/card/virtual_card.sh run .venv/bin/python bench/timing.py --minutes 3 --json timing.json

The same lines at the same times, placed by their first sound; and as they are placed, by their
beat: as the mixer plays them, found sample by sample, in a live session on the sound card, recorded
at the loudspeaker, and by `pyttsx3.say` with `time.sleep` on the same card. Without a card
only the mixer is measured. A routine that is shorter than `--minutes` is repeated.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from onsets import (  # noqa: E402
    LIKENESS,
    MODELS,
    RATE,
    Floats,
    Onset,
    Row,
    exact_place,
    place,
    summary,
    table,
)

from voicecoach.app.mixed import Mixed  # noqa: E402
from voicecoach.app.pipeline import Clips  # noqa: E402
from voicecoach.app.routine_library import find_routine, load_routine  # noqa: E402
from voicecoach.app.timetable import timetable  # noqa: E402
from voicecoach.app.wiring import (  # noqa: E402
    TALKS,
    Choices,
    list_devices,
    make_live,
    make_plan,
)
from voicecoach.audio.clip import Clip  # noqa: E402
from voicecoach.dialog.session import Session  # noqa: E402
from voicecoach.eventlog.kinds import Event  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.plan.plan import Plan  # noqa: E402
from voicecoach.routine.model import Routine  # noqa: E402
from voicecoach.screening.supine_estimate import guessed  # noqa: E402
from voicecoach.track import CENTRE  # noqa: E402

LANGUAGE = load_language("en")
CHOICES = Choices(LANGUAGE)
KINDS = ("count", "breath", "stroke", "mark")
CARD_RATE = 48_000
REACH = RATE // 2
"""Frames around its wanted place in which a cue is looked for."""

Cue = tuple[str, str, float]
"""(kind, text, second at which it begins if it is the first line, else that of its beat)."""


def wanted_cues(plan: Plan, until: float) -> list[Cue]:
    """Return the first line and all rhythmic cues, by the timetable: nothing that was measured."""
    cues: list[Cue] = []
    for entry in timetable(plan, TALKS[CHOICES.talk]):
        rhythmic = entry.kind in KINDS and bool(entry.text)
        if rhythmic or (not cues and entry.kind == "say"):
            at = entry.at + (CENTRE if rhythmic else 0)
            cues.append((entry.kind, entry.text, at / 1000))
    return [cue for cue in cues if cue[2] < until]


def mixed(plan: Plan, clips: Clips, cues: list[Cue]) -> list[Onset]:
    """Lead the session through the mixer, and find each cue's samples in what it plays."""
    parts: list[NDArray[np.int16]] = []
    driver = Mixed(LANGUAGE.phrasebook, parts.append)
    driver.lead(Session(plan, TALKS[CHOICES.talk]), clips, lambda _: None)
    played, onsets = np.concatenate(parts), []
    for kind, text, at in cues[1:]:
        clip = clips[text]
        frame = exact_place(played, clip.samples, round(at * RATE) - clip.centre)
        if frame is not None:
            sound = played[frame : frame + first_word(clip)]
            onsets.append(Onset(kind, text, at, frame / RATE, sound))
    return onsets


def first_word(clip: Clip) -> int:
    """Return the frames of a clip in which its beat is: listeners tap to the first stressed
    syllable, and each of these lines begins with it. In "breathe in" the second word is louder in
    the band of the one model, which would take that for the beat.
    """
    whole = min(clip.frames, RATE // 2)
    return min(whole, clip.words[0].end) if clip.words else whole


def by_first_sound(onsets: list[Onset]) -> list[Onset]:
    """Return the same cues as if each began on its time."""
    return [Onset(o.kind, o.text, o.wanted, o.wanted, o.sound) for o in onsets]


def lengthened(routine: Routine, minutes: float) -> Routine:
    """Return `routine` with its exercises repeated until it takes so long."""
    plan = guessed(routine, LANGUAGE)
    short = sum(plan.time(i, 0) for i in range(len(routine.exercises))) / 60_000
    times = max(1, math.ceil(minutes / short))
    exercises = [
        replace(exercise, id=f"{exercise.id}-{n}" if n else exercise.id)
        for n in range(times)
        for exercise in routine.exercises
    ]
    return replace(routine, exercises=tuple(exercises))


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


def live(plan: Plan, clips: Clips, choices: Choices, until: float) -> Floats:
    """Lead a live session for `until` seconds; return what the loudspeaker played."""

    def note(event: Event) -> None:
        if event.t > until:
            raise KeyboardInterrupt

    driver = make_live(choices, "", None, lambda _: None)
    with recording() as samples:
        with suppress(KeyboardInterrupt):
            driver.lead(Session(plan, TALKS[choices.talk]), clips, note)
        return samples()


def usual(cues: list[Cue]) -> Floats:
    """Let the usual loop say `cues`; return what the loudspeaker played."""
    command = [sys.executable, str(HERE / "usual_loop.py"), CHOICES.voice, str(CHOICES.rate)]
    with recording() as samples:
        lines = json.dumps([[at, text] for _, text, at in cues])
        subprocess.run(command, input=lines, text=True, check=True, stderr=subprocess.DEVNULL)
        return samples()


def found(cues: list[Cue], clips: Clips, played: Floats) -> list[Onset]:
    """Find each cue in a recording whose start is unknown: the first line gives it."""
    heads = {text: clips[text].samples.astype(np.float64) for _, text, _ in cues}
    _, text, at = cues[0]
    begun, _ = place(played, heads[text], 0, round(30 * RATE))
    offset = begun - at * RATE
    onsets = []
    for kind, text, at in cues[1:]:
        near = round(offset + at * RATE)
        frame, likeness = place(played, heads[text], near - REACH, near + REACH)
        if likeness >= LIKENESS:
            sound = played[round(frame) :][: first_word(clips[text])]
            onsets.append(Onset(kind, text, at, (frame - offset) / RATE, sound.astype(np.int16)))
    return onsets


def rows(way: str, cues: list[Cue], onsets: list[Onset], kinds: tuple[str, ...]) -> list[Row]:
    """Return a row for each of `kinds` there is and each model of the beat."""
    made = []
    for model, kind in product(MODELS, kinds):
        of = [cue for cue in cues[1:] if kind in ("all", cue[0])]
        if of:
            these = [onset for onset in onsets if kind in ("all", onset.kind)]
            made.append(summary(f"{way}, {model}", kind, len(of), these, MODELS[model]))
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
    parser.add_argument("--alone", action="store_true", help="without pyttsx3 and sleep")
    parser.add_argument("--voice", default=CHOICES.voice, help="the coach's voice")
    options = parser.parse_args()
    choices, until = replace(CHOICES, voice=options.voice), options.minutes * 60
    routine = lengthened(load_routine(find_routine(options.routine), LANGUAGE), options.minutes)
    plan, clips = make_plan(routine, choices)
    cues = wanted_cues(plan, until)
    onsets, whole = mixed(plan, clips, cues), (*KINDS, "all")
    all_rows = rows("by the first sound", cues, by_first_sound(onsets), whole)
    all_rows += rows("by the beat", cues, onsets, whole)
    why = card_missing()
    if why:
        print(f"No live session: {why}")
    else:
        with suppress(PermissionError):  # else a loaded machine makes gaps on the virtual card
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(3))
        cues = [cue for cue in cues if cue[2] < until - 2]
        all_rows += rows("live", cues, found(cues, clips, live(plan, clips, choices, until)), whole)
        if not options.alone:
            said = found(cues, clips, usual(cues))
            all_rows += rows("pyttsx3 and sleep", cues, said, ("all",))
    print(f"{routine.name}, {options.minutes:g} minutes; load {os.getloadavg()[0]:.1f}")
    print(
        "Deviations of the beats in ms, less their median, by three models of where one is heard."
    )
    print(table(all_rows))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in all_rows], indent=2) + "\n")


if __name__ == "__main__":
    main()
