"""FIT activities: an independent decoder reads them, sums and all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import fitdecode
import pytest
from hypothesis import given

from tests.effort import examples
from tests.history.year import year
from tests.store.strategies import pasts
from voicecoach.exchange.fit import MOST, file_name, fit_activity
from voicecoach.history.past import Past

Message = dict[str, Any]


def read(data: bytes) -> Iterator[tuple[str, Message]]:
    """Yield each message, name and fields; raises where the file is not whole."""
    strict = {
        "check_crc": fitdecode.CrcCheck.RAISE,
        "error_handling": fitdecode.ErrorHandling.RAISE,
    }
    with fitdecode.FitReader(io.BytesIO(data), **strict) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                yield frame.name, {f.name: f.value for f in frame.fields if f.value is not None}


def check(past: Past) -> dict[str, list[Message]]:
    """Return the messages of a session by name, each compared with what was done."""
    found: dict[str, list[Message]] = {}
    for name, fields in read(fit_activity(past)):
        found.setdefault(name, []).append(fields)
    assert [len(found[name]) for name in ("file_id", "session", "activity", "event")] == [
        1,
        1,
        1,
        2,
    ]
    assert found["file_id"][0]["type"] == "activity"
    (session,) = found["session"]
    assert session["start_time"] == past.began.replace(microsecond=0)
    assert session["total_elapsed_time"] == pytest.approx(past.session.seconds, abs=0.001)
    assert session["num_laps"] == len(found.get("lap", [])) == len(past.exercises)
    sets = found.get("set", [])
    assert [one["duration"] for one in sets] == [
        pytest.approx(one.seconds, abs=0.001) for one in past.sets
    ]
    laps = {visit.visit: visit.at for visit in past.exercises}
    assert [(one["start_time"] - past.began).total_seconds() for one in sets] == [
        pytest.approx(max(0, laps.get(one.visit, 0.0) if one.at is None else one.at), abs=1)
        for one in past.sets
    ]
    assert [one.get("repetitions") for one in sets] == [
        min(one.repetitions, MOST) if one.of else None for one in past.sets
    ]
    return found


def test_a_session_is_read_back() -> None:
    """Laps one after the other to the end, sets with repetitions, training for strength."""
    past = year(weeks=2)[0]
    found = check(past)
    laps = found["lap"]
    for one, following in pairwise(laps):
        assert one["timestamp"] == following["start_time"]
    assert laps[-1]["timestamp"] == found["session"][0]["timestamp"]
    assert found["session"][0]["sport"] == "training"
    assert found["session"][0]["sub_sport"] in ("strength_training", "flexibility_training")
    total = sum(one.get("repetitions", 0) for one in found["set"])
    assert total == past.repetitions > 0


def test_the_local_time_is_told() -> None:
    """Where the user was, as a watch does."""
    past = year(weeks=2)[1]
    (activity,) = check(past)["activity"]
    local, utc = activity["local_timestamp"], activity["timestamp"]
    assert local.replace(tzinfo=None) - utc.replace(tzinfo=None) == past.began.utcoffset()


@given(pasts())
@examples(20)
def test_any_session_is_read_back(sessions: list[Past]) -> None:
    """Whatever happened in it."""
    for past in sessions:
        if past.exercises and past.session.seconds < timedelta(days=20).total_seconds():
            check(past)


def test_names_sort_by_time() -> None:
    """And no two sessions share one."""
    sessions = year(weeks=10)
    names = [file_name(past) for past in sessions]
    assert len(set(names)) == len(names)
    assert names[0] == "2026-01-05T073300-back-at-home-000000.fit"
