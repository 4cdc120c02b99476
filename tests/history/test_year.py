"""A year, session by session: steps up and strength work follow their rules exactly (S42, S32)."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from bench.year import questions, write_history
from tests.effort import thorough
from tests.history.test_load import HEAVY
from tests.history.test_recall import EXERCISES
from tests.history.year import year
from voicecoach.history.load import enough_for_now
from voicecoach.history.past import Past
from voicecoach.history.progress import next_step, raised
from voicecoach.history.records import ComplaintRecord, ExerciseRecord, SessionRecord, SetRecord
from voicecoach.store.reading import add_sessions, read_history

FIRST = date(2026, 1, 5)


def test_a_year_is_small(tmp_path: Path) -> None:
    """Under 5 MB."""
    assert write_history(tmp_path / "history.db", year()) < 5


def calls(ask: Callable[[], object]) -> int:
    """Return how many functions a question calls: its work, whatever else the machine does."""
    ask()  # what is read once, such as the language's files
    profile = Profile()
    profile.runcall(ask)
    return sum(entry.callcount for entry in profile.getstats())


def test_the_work_of_a_question_grows_as_the_history_does(tmp_path: Path) -> None:
    """For a year it is at most three times that for its second half, though four times as many
    pairs of sessions could be compared. The last month is no more work for what was before it.
    """
    work = list[dict[str, int]]()
    for name, sessions in (("half", year()[len(year()) // 2 :]), ("whole", year())):
        path = tmp_path / name / "history.db"
        path.parent.mkdir()
        write_history(path, sessions)
        work.append({asked: calls(ask) for asked, ask in questions(path, sessions).items()})
    half, whole = work
    assert {asked: n for asked, n in whole.items() if n > 3 * half[asked]} == {}
    assert whole["read the last month"] == half["read the last month"]


@dataclass
class Ledger:
    """The rules once more, in plain words: a day at a time, of one exercise."""

    well: int = 0
    """Sessions in a row that went well as written."""
    up: bool = False
    """Whether the step up was taken and went well last."""
    since_up: int = 99
    """Sessions since one with a step up."""
    last: date | None = None

    def offers(self, today: date) -> bool:
        """S42: after six, three sessions after the last step, within four weeks."""
        return self.well >= 6 and self.since_up >= 3 and self._lately(today)

    def keeps(self, today: date) -> bool:
        """S42: the step is kept while it goes well."""
        return self.up and self._lately(today)

    def note(self, today: date, level: int, well: bool) -> None:
        """Take a session."""
        row = self.well if self._lately(today) else 0
        self.well = row + 1 if well and level == 0 else 0
        self.up = well and level == 1
        self.since_up = 0 if level == 1 else self.since_up + 1
        self.last = today

    def _lately(self, today: date) -> bool:
        return self.last is not None and today - self.last <= timedelta(days=28)


def a_session(n: int, day: date, level: int, faults: set[str], zone: int) -> Past:
    """Return a session of the bridge with what went wrong in it."""
    began = datetime(day.year, day.month, day.day, 8, tzinfo=timezone(timedelta(hours=zone)))
    id_, hurt = f"{n:032x}", "hurt" in faults
    done = SessionRecord(
        id_, began.isoformat(), "two", "1", "full", 600.0, "done", 3, 5 if "worse" in faults else 2
    )
    outcome = "skipped" if "skipped" in faults else "done"
    visit = ExerciseRecord(id_, 1, "bridge", "Bridge", 60.0, level, outcome=outcome)
    sets = SetRecord(id_, 1, 1, "", 4 if "short" in faults else 10, 10, 40.0)
    told = ComplaintRecord(id_, 1, 100.0, 1, "pain", 3, False, "hip", "middle")
    return Past(done, (visit,), (sets,), (told,) if hurt else ())


@pytest.mark.parametrize("seed", range(40 if thorough() else 3))
def test_steps_and_loads_follow_their_rules_exactly(seed: int, tmp_path: Path) -> None:
    """Each day of a year: what is offered, kept and warned of is what the rules say, and no more.

    Now and then something goes wrong, a week or five are missed, "harder" is not said, and half of
    the sessions come from another device in another zone.
    """
    chance, ledger, led = Random(seed), Ledger(), list[Past]()
    missed = {*chance.sample(range(52), 5), *range(20, 25)}
    for day in (FIRST + timedelta(7 * week + d) for week in range(52) for d in (0, 2, 4)):
        if (day - FIRST).days // 7 in missed:
            continue
        step = next_step(led, EXERCISES, day)
        assert (step is not None) == ledger.offers(day), day
        assert (raised(led, EXERCISES, day) == {"bridge": 1}) == ledger.keeps(day), day
        lately = [one for one in led if day - timedelta(7) < one.began.date() and one.done]
        assert enough_for_now(led, HEAVY, [], day) == (len(lately) >= 2), day
        level = int(ledger.keeps(day) or (step is not None and chance.random() < 0.7))
        faults = {f for f in ("hurt", "worse", "short", "skipped") if chance.random() < 0.03}
        led.append(a_session(len(led), day, level, faults, chance.choice((0, 1))))
        ledger.note(day, level, not faults)
    path = tmp_path / "history.db"
    for part in (led[::2], led[1::2]):  # two devices, brought together
        add_sessions(path, part)
    assert read_history(path) == led
