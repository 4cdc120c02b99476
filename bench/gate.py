"""How well a human "stop" gets through the coach's voice, and what the coach hears of itself.

    python bench/gate.py --speech RECORDINGS [--model DIR] [--json FILE]

Simulated rooms; real recordings of "stop" (`RECORDINGS/commands/stop`, every sixth) over the
synthetic coach leading a whole routine; the shipped canceller with and without the gate; phrases of
the state "reading" live. A stop counts as obeyed within 1.6 s of its beginning.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.audio.duplex import Duplex
from voicecoach.audio.echo import SpeexCanceller
from voicecoach.audio.wav import read_sound
from voicecoach.ears.hearing import Accepted, Judge
from voicecoach.ears.typed import TypedEars
from voicecoach.ears.vosk import VoskEars
from voicecoach.phrases import Command, english
from voicecoach.room.acoustics import active_dbfs
from voicecoach.room.scenario import RoomSettings, Scenario
from voicecoach.room.simulated import SimulatedRoom, Utterance
from voicecoach.run.assemble import Choices, make_ears
from voicecoach.run.library import find_routine, load_routine
from voicecoach.run.stage import stage
from voicecoach.session.state import State
from voicecoach.session.table import live_commands
from voicecoach.units import BLOCK, RATE, Frame, Ms

EVERY_S, FROM_S, WITHIN_S = 3.7, 6.0, 1.6


def coach_sound() -> Samples:
    """Return what the loudspeaker plays of a routine that nobody interrupts."""
    routine = load_routine(find_routine("upper-back-at-home"))
    quiet, choices = TypedEars(list), Choices(canceller="none")
    with TemporaryDirectory() as folder:
        sound = Path(folder) / "coach.wav"
        stage(routine, Scenario(), choices, quiet, lambda _: None, coach=sound)
        return read_sound(sound)


def hear(
    ears: VoskEars, duplex: Duplex, room: SimulatedRoom, coach: Samples
) -> Iterator[tuple[int, Accepted]]:
    """Yield what is obeyed, and at which frame."""
    book = english()
    phrases = book.forms(live_commands(State.READING))
    ears.listen(phrases)
    ears.restart()
    judge = Judge(book)
    judge.listen(phrases)
    for at in range(0, len(coach) - BLOCK, BLOCK):
        played = coach[at : at + BLOCK]
        clean = duplex.hear(room.pass_block(played), played)
        for hearing in ears.feed(clean):
            verdict = judge.consider(hearing)
            if isinstance(verdict, Accepted):
                yield at + BLOCK, verdict


def trial(
    ears: VoskEars, coach: Samples, stops: list[Samples], echo_db: float, delay_ms: int, gated: bool
) -> dict[str, Any]:
    """Return the figures for one room."""
    settings = RoomSettings(echo_db=echo_db, delay_ms=Ms(delay_ms))
    level = active_dbfs(coach)

    def made() -> Duplex:
        return Duplex(SpeexCanceller, gated)

    alone = list(hear(ears, made(), SimulatedRoom(settings, (), level), coach))
    starts = np.arange(FROM_S, len(coach) / RATE - 2, EVERY_S)
    says = [Utterance(Frame(int(s * RATE)), stops[k % len(stops)]) for k, s in enumerate(starts)]
    heard = list(hear(ears, made(), SimulatedRoom(settings, says, level), coach))
    delays = [d for said in says if (d := _delay(said, heard)) is not None]
    hours = len(coach) / RATE / 3600
    return {
        "echo_db": echo_db,
        "delay_ms": delay_ms,
        "gate": gated,
        "stops": len(says),
        "obeyed": len(delays),
        "median_ms_after_onset": round(median(delays)) if delays else None,
        "self_obeyed_per_hour": round(len(alone) / hours, 1),
    }


def _delay(said: Utterance, heard: list[tuple[int, Accepted]]) -> float | None:
    for at, verdict in heard:
        within = said.at < at < said.at + WITHIN_S * RATE
        if within and verdict.meaning.command is Command.STOP:
            return (at - said.at) / RATE * 1000
    return None


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    files = sorted((args.speech / "commands" / "stop").glob("*.flac"))[::6]
    if not files:
        parser.error(f"no recordings in {args.speech / 'commands' / 'stop'}")
    stops = [read_sound(path) for path in files]
    ears, coach = make_ears(args.model), coach_sound()
    print(f"{len(coach) / RATE:.0f} s of coach, {len(stops)} recordings of stop, simulated rooms")
    print("echo dB  delay ms  gate   obeyed     ms after onset   obeys itself per hour")
    rows = []
    for echo_db in (0.0, 6.0, 12.0):
        for delay_ms, gated in ((60, False), (60, True), (180, True)):
            row = trial(ears, coach, stops, echo_db, delay_ms, gated)
            rows.append(row)
            share = f"{row['obeyed']}/{row['stops']}"
            print(
                f"{echo_db:7.0f} {delay_ms:9d}  {'yes' if gated else 'no ':5} {share:>9}"
                f" {row['median_ms_after_onset'] or '-':>12} {row['self_obeyed_per_hour']:>20}",
                flush=True,
            )
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
