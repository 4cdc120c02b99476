"""Replay sessions by chance from their logs, and count those that are the same, line by line.

Each has a routine that is included, a user by chance, and happens to be told, typed and heard what
chance says, with any look of the verifier, late cues, failures and kills. No sound is made.

    python bench/replays.py --sessions 1000
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from bench.replayed.sessions import as_written, chance_session
from voicecoach.app.replay import Replayed, replay_lines
from voicecoach.eventlog.lines import logged_lines


def replayed(seed: int) -> Replayed:
    """Return what a replay of the session by chance with that seed brought."""
    log = as_written(chance_session(seed), Random(seed))
    (found,) = replay_lines(logged_lines(log, f"session {seed}"), Path(f"session {seed}"))
    return found


def main() -> None:
    """Print how many of the sessions are the same."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sessions", type=int, default=1000)
    parser.add_argument("--from", dest="first", type=int, default=0, help="first seed")
    args = parser.parse_args()
    same, lines, decisions, began = 0, 0, 0, time.process_time()
    rules: Counter[str] = Counter()
    for seed in range(args.first, args.first + args.sessions):
        found = replayed(seed)
        if found.difference:
            print(f"session {seed}: {found.difference}")
        same, lines = same + (found.difference is None), lines + found.lines
        decisions += len(found.decisions)
        rules.update(rule for one in found.decisions for rule in one.rules)
    print(f"{same} of {args.sessions} sessions are the same: {lines} lines, {decisions} decisions.")
    print(f"Rules named: {', '.join(f'{rule} {n}' for rule, n in sorted(rules.items()))}")
    print(f"{time.process_time() - began:.0f} CPU s")
    sys.exit(same != args.sessions)


if __name__ == "__main__":
    main()
