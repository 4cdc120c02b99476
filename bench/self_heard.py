"""Whether the coach notices a loudspeaker that does not sound, and suspects none that does.

    python bench/self_heard.py [--hours 10] [--mutes 200] [--out FILE]

Shipped routines, as the mixer plays them, in rooms drawn by chance: reverberation, delay, level of
the echo, noise, another person who talks most of the time (another voice reading other routines, up
to 15 dB louder than the user), or headphones. First hours in which the loudspeaker sounds: each
alarm is false. Then passes of a minute in which it falls silent: how much speech, pauses included,
goes by until that is noticed. Alignment, gate and watch are the program's own; the canceller does
not matter to them and is left out. Each pass is a line of FILE when it is done.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.barge.script import make_script  # noqa: E402
from voicecoach.audio.calibration_noise import calibration_noise  # noqa: E402
from voicecoach.audio.cancellers import NoCanceller  # noqa: E402
from voicecoach.audio.clip import Samples  # noqa: E402
from voicecoach.audio.echo_pipeline import EchoPipeline  # noqa: E402
from voicecoach.audio.echo_watch import LOUD_DB, Audible  # noqa: E402
from voicecoach.simulation import acoustics  # noqa: E402
from voicecoach.units import BLOCK, RATE  # noqa: E402

ROUTINES = ("desk-break", "foam-roll-upper-back", "lower-back-pain", "standing-back")
MINUTES = 5
"""Minutes of a pass in which the loudspeaker sounds."""
HEADPHONES = 0.1
"""Share of passes without an echo."""
TALKS = 0.6
"""Share of passes in which another person talks."""


@dataclass(frozen=True)
class Place:
    """A room drawn by chance; levels in dB relative to the user at the microphone."""

    routine: str
    begin: int
    """Second of the routine at which the pass begins."""
    rt60: int
    delay: int
    echo_db: float | None
    floor_db: float
    talk_db: float | None
    seed: int


def place(random: Random) -> Place:
    """Return a room."""
    echo = None if random.random() < HEADPHONES else random.uniform(-15, 20)
    talk = random.uniform(-15, 15) if random.random() < TALKS else None
    return Place(
        routine=random.choice(ROUTINES),
        begin=random.randrange(0, 240),
        rt60=random.randrange(100, 700),
        delay=random.randrange(5, 300),
        echo_db=echo,
        floor_db=random.uniform(-60, -15),
        talk_db=talk,
        seed=random.randrange(1000),
    )


def recorded(where: Place, played: Samples, mute_from: int | None) -> Samples:
    """Return what the microphone gets of what is played; silent from frame `mute_from` on."""
    heard = np.zeros(len(played), np.float32)
    user = acoustics.gain(acoustics.USER_DBFS)
    if where.echo_db is not None:
        sounding = played.copy()
        if mute_from is not None:
            sounding[mute_from:] = 0
        room = acoustics.room_response(where.rt60, acoustics.ECHO_DIRECT_DB, where.seed)
        echo = acoustics.convolve(sounding, room)
        level = where.echo_db + acoustics.USER_DBFS - acoustics.active_dbfs(played)
        late = where.delay * RATE // 1000
        echo = np.concatenate([np.zeros(late, np.float32), echo])[: len(heard)]
        heard += echo * np.float32(acoustics.gain(level))
    floor = acoustics.pink_noise(1 << 17, where.seed)
    noise = floor * np.float32(32768 * user * acoustics.gain(where.floor_db))
    heard += np.resize(noise, len(heard))
    if where.talk_db is not None:
        talk = np.resize(make_script(ROUTINES[where.seed % len(ROUTINES)]).played, len(heard))
        level = where.talk_db + acoustics.USER_DBFS - acoustics.active_dbfs(talk)
        heard += talk[::-1].astype(np.float32) * np.float32(acoustics.gain(level))
    return np.clip(np.rint(heard), -32767, 32767).astype(np.int16)


def passed(where: Place, minutes: float, mute_s: float | None = None) -> dict[str, Any]:
    """Return what was noticed in a pass, and the seconds of speech from the mute to the alarm."""
    whole = make_script(where.routine).played
    part = np.resize(whole[where.begin * RATE :], round(minutes * 60 * RATE))
    noise = calibration_noise()
    played = np.concatenate([noise, part])
    mute = None if mute_s is None else len(noise) + round(mute_s * RATE)
    mic = recorded(where, played, mute)
    echo, lost, known = EchoPipeline(NoCanceller), [], False
    for at in range(0, len(played) - BLOCK + 1, BLOCK):
        echo.hear(mic[at : at + BLOCK], played[at : at + BLOCK])
        known = known or echo.noticed is Audible.HEARD
        if echo.noticed is Audible.LOST:
            lost.append(at)
    row: dict[str, Any] = {"place": where.__dict__, "known": known, "minutes": minutes}
    if mute is None:
        return {**row, "false": [round(at / RATE, 2) for at in lost]}
    after = [at for at in lost if at > mute]
    spoken = speech_s(played[mute : after[0]]) if after else None
    return {**row, "mute": mute_s, "early": len(lost) - len(after), "noticed_after": spoken}


def speech_s(played: Samples) -> float:
    """Return the seconds of speech, its pauses of up to half a second included."""
    blocks = played[: len(played) // BLOCK * BLOCK].reshape(-1, BLOCK).astype(np.float64) / 32768
    loud = 10 * np.log10(np.mean(blocks**2, axis=1) + 1e-12) > LOUD_DB
    near = np.convolve(loud, np.ones(51), "same") > 0
    return round(float(np.sum(near)) * BLOCK / RATE, 2)


def passes(hours: float, mutes: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield all passes: with mutes and without in turn, so that an early end has both."""
    random = Random(seed)
    plain = round(hours * 60 / MINUTES)
    for number in range(max(plain, mutes)):
        if number < plain:
            yield passed(place(random), MINUTES)
        if number < mutes:
            yield passed(place(random), 1.0, random.uniform(10, 40))


def summary(rows: list[dict[str, Any]]) -> str:
    """Return the figures in words."""
    plain = [row for row in rows if "false" in row]
    hours = sum(row["minutes"] for row in plain) / 60
    alarms = sum(len(row["false"]) for row in plain)
    muted = [row for row in rows if "mute" in row and row["known"]]
    times = sorted(row["noticed_after"] for row in muted if row["noticed_after"] is not None)
    known = sum(row["known"] for row in plain)
    told = f"{len(times)} of {len(muted)} noticed"
    if times:
        within = sum(time <= 2.0 for time in times)
        told += f", after {times[len(times) // 2]} s of speech (median), {within} within 2 s"
    early = sum(row.get("early", 0) for row in rows)
    return (
        f"{hours:.1f} hours in {len(plain)} rooms ({known} with an echo that is found): "
        f"{alarms} false alarms ({early} more in the passes below). Fallen silent: {told}."
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=10.0, help="in which it sounds (default 10)")
    parser.add_argument("--mutes", type=int, default=200, help="times it falls silent")
    parser.add_argument("--seed", type=int, default=5, help="another seed draws other rooms")
    parser.add_argument("--out", type=Path, help="write each pass here (JSON lines)")
    options = parser.parse_args()
    rows = []
    for row in passes(options.hours, options.mutes, options.seed):
        rows.append(row)
        if options.out:
            with options.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
    print(summary(rows))


if __name__ == "__main__":
    main()
