"""A made-up year of one user: how large the history becomes, and how long its questions take.

Three sessions a week, complaints, five missed weeks, two devices whose clocks differ, and an update
in the middle. Everything is synthetic. The times are those of the processor, medians of `--runs`.

    python bench/year.py
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tests.history.year import year  # noqa: E402
from voicecoach.app.routine_library import find_routine, load_routine  # noqa: E402
from voicecoach.history.load import enough_for_now  # noqa: E402
from voicecoach.history.past import Past  # noqa: E402
from voicecoach.history.progress import next_step, raised  # noqa: E402
from voicecoach.history.recall import recall  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.report.overview.page import overview_html  # noqa: E402
from voicecoach.screening.rules import rule  # noqa: E402
from voicecoach.store.document import to_json, to_tables  # noqa: E402
from voicecoach.store.reading import add_sessions, read_history  # noqa: E402

TODAY = date(2027, 1, 5)


def write_history(path: Path, sessions: Sequence[Past]) -> float:
    """Write a history as it comes to be; return the MB of all files in its folder."""
    half = len(sessions) // 2
    for part in (sessions[:half:2], sessions[1:half:2], sessions[half:]):  # two devices, an update
        add_sessions(path, part)
    return sum(file.stat().st_size for file in path.parent.iterdir()) / 1024**2


def questions(path: Path, sessions: Sequence[Past]) -> dict[str, Callable[[], object]]:
    """Return what the program asks of the history in `path`, which has these sessions."""
    language = load_language("en")
    routine = load_routine(find_routine("back-at-home"), language)
    exercises, month = routine.exercises, TODAY - timedelta(days=28)
    return {
        "read the year": lambda: read_history(path),
        "read the last month": lambda: read_history(path, month),
        "all that is told in a session": lambda: recall(
            sessions, exercises, TODAY, language.prompts
        ),
        "the next step up": lambda: next_step(sessions, exercises, TODAY),
        "the steps taken": lambda: raised(sessions, exercises, TODAY),
        "strength work of the week": lambda: enough_for_now(sessions, routine, [routine], TODAY),
        "export as JSON": lambda: to_json(sessions, ""),
        "export as tables": lambda: to_tables(sessions),
        "the report": lambda: overview_html(sessions, TODAY, lambda id_: rule(id_).effect),
    }


def _cpu_ms(ask: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        began = time.process_time()
        ask()
        taken.append(time.process_time() - began)
    return 1000 * median(taken)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    with TemporaryDirectory() as folder:
        path, sessions, runs = Path(folder) / "history.db", year(), parser.parse_args().runs
        print(f"{'MB':30} {write_history(path, sessions):8.2f}")
        for name, ask in questions(path, sessions).items():
            print(f"{name:30} {_cpu_ms(ask, runs):8.2f} ms")


if __name__ == "__main__":
    main()
