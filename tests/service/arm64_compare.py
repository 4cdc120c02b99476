"""Compares what `arm64.sh` left of the two systems, and prints it as tables in Markdown.

    python3 tests/service/arm64_compare.py FOLDER

The exit code is 1 if a command that was obeyed, its time, a cue or a count differs. It needs no
packages.
"""

import array
import json
import sys
import wave
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]
LOGS = (
    "voicecoach-demo/events.jsonl",
    "again/events.jsonl",
    "desk-break.jsonl",
    "whisper/events.jsonl",
)
SOUNDS = (
    "voicecoach-demo/coach.wav",
    "voicecoach-demo/mic.wav",
    "desk-break.wav",
    "natural.wav",
    "whisper/coach.wav",
    "whisper/mic.wav",
)
RECORDINGS = ("heard.jsonl", "heard-whisper.jsonl")
LED = ("heard", "count", "cue_started", "cue_finished")  # what the user notices, and when
LONGEST = 62  # letters of a command in the table


def lines(path: Path) -> list[Line]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def samples(path: Path) -> "array.array[int]":
    """The 16-bit samples of a recording."""
    with wave.open(str(path)) as sound:
        assert sound.getsampwidth() == 2, path
        return array.array("h", sound.readframes(sound.getnframes()))


def differences(one: list[Line], other: list[Line]) -> Iterator[tuple[str, Any, Any]]:
    """Each field in which two lists differ."""
    for a, b in zip(one, other, strict=False):
        for key in a.keys() | b.keys():
            if a.get(key) != b.get(key):
                yield f"{a.get('kind', '')}.{key}".lstrip("."), a.get(key), b.get(key)


def told(one: list[Line], other: list[Line]) -> str:
    """The differences, counted by field; of numbers with the largest."""
    found: Counter[str] = Counter()
    largest: dict[str, float] = {}
    for field, a, b in differences(one, other):
        found[field] += 1
        if isinstance(a, int | float) and isinstance(b, int | float):
            largest[field] = max(largest.get(field, 0.0), abs(a - b))
    return ", ".join(
        f"{n} x {field}" + (f" (by {largest[field]:g} at most)" if field in largest else "")
        for field, n in found.most_common()
    )


def log(x86: Path, arm: Path) -> tuple[bool, str]:
    """Compare two event logs: whether the user would notice, and what differs."""
    one, other = lines(x86), lines(arm)
    kinds = Counter(event["kind"] for event in one)
    what = f"{len(one)} events, {kinds['heard']} commands obeyed, {kinds['count']} counts"
    if x86.read_bytes() == arm.read_bytes():
        return True, f"the same to the bit: {what}"
    led = [[event for event in events if event["kind"] in LED] for events in (one, other)]
    same = led[0] == led[1]
    verdict = "commands, cues, counts and their times the same" if same else "DIFFERENT"
    return same, f"{verdict}: {what} ({len(other)} events on Arm); {told(one, other)}"


def sound(x86: Path, arm: Path) -> tuple[bool, str]:
    """Compare two recordings; single samples may differ in their last bits."""
    one, other = samples(x86), samples(arm)
    if one == other:
        return True, f"the same to the bit: {len(one)} samples"
    off = [abs(a - b) for a, b in zip(one, other, strict=False)]
    changed = sum(1 for value in off if value)
    return (
        len(one) == len(other),
        f"{len(one)} and {len(other)} samples, {changed} differ, by {max(off)} of 32768 at most",
    )


def heard(x86: Path, arm: Path) -> tuple[bool, str]:
    """Compare the commands that were heard in recordings, and when."""
    one, other = lines(x86), lines(arm)
    if one == other:
        return True, f"{len(one)} commands, the same, and their times"
    return False, f"DIFFERENT: {len(one)} and {len(other)} commands; {told(one, other)}"


def compare(x86: Path, arm: Path) -> bool:
    """Print how two homes differ; true if a user would not notice."""
    good = True
    print("| what | x86 and Arm |\n| --- | --- |")
    for names, by in ((LOGS, log), (SOUNDS, sound), (RECORDINGS, heard)):
        for name in names:
            if (x86 / name).exists():
                same, verdict = by(x86 / name, arm / name)
                good = good and same
                print(f"| {name} | {verdict} |")
    packages = [set((home / "packages").read_text().splitlines()) for home in (x86, arm)]
    only = sorted(packages[0] ^ packages[1])
    print(f"| packages | {'on one only: ' + ', '.join(only) if only else 'the same'} |")
    return good


def costs(folder: Path) -> None:
    """Print what each line cost on both."""
    print("\n| line | x86: wall, CPU | Arm: wall, CPU | factor of the CPU | peak memory, both |")
    print("| --- | --- | --- | --- | --- |")
    both = [(folder / arch / "times").read_text().splitlines() for arch in ("amd64", "arm64")]
    for one, other in zip(*both, strict=True):
        text, *x86 = one.split("\t")
        same, *arm = other.split("\t")
        assert text == same, (text, same)
        wall, cpu, memory = zip(*(cost(row) for row in (x86, arm)), strict=True)
        factor = f"{cpu[1] / cpu[0]:.1f}" if cpu[0] >= 0.5 else ""
        text = (text if len(text) <= LONGEST else f"{text[:LONGEST]}...").replace("|", "\\|")
        print(
            f"| `{text}` | {wall[0]:.0f} s, {cpu[0]:.1f} s | {wall[1]:.0f} s, {cpu[1]:.1f} s "
            f"| {factor} | {memory[0]:.0f} MB, {memory[1]:.0f} MB |"
        )


def cost(row: list[str]) -> tuple[float, float, float]:
    """Seconds on the wall, seconds of a processor, MB of the largest process."""
    wall, user, system, kilobytes = map(float, row)
    return wall, user + system, kilobytes / 1024


def main() -> None:
    """Compare, and say so by the exit code."""
    folder = Path(sys.argv[1])
    homes = [folder / arch / "root/home/coach" for arch in ("amd64", "arm64")]
    good = compare(*homes)
    costs(folder)
    if not good:
        sys.exit("FAILED: not the same session on both")


if __name__ == "__main__":
    main()
