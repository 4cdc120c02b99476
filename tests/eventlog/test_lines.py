"""Events become lines and lines become the same events, for every kind there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.eventlog.strategies import KINDS, any_event
from voicecoach.errors import ProblemsError
from voicecoach.eventlog import inputs, kinds
from voicecoach.eventlog.fields import LogEvent
from voicecoach.eventlog.kinds import Event, Halted
from voicecoach.eventlog.lines import MAX_PROBLEMS, conversations, parse_log, to_line, to_text


def test_each_class_is_one_of_the_kinds() -> None:
    """A class that is not in `Event` could be written, and never read."""
    classes = {
        value
        for value in (*vars(kinds).values(), *vars(inputs).values())
        if isinstance(value, type) and issubclass(value, LogEvent) and value is not LogEvent
    }
    assert classes == set(KINDS)


@given(st.lists(any_event(), max_size=5))
@examples(50)
def test_a_log_is_read_back_as_it_was_written(events: list[Event]) -> None:
    """Whatever happened, the reader gives the writer's events, each conversation in the order of
    its times.
    """
    text = to_text(events)
    found = parse_log(text, "log")
    assert to_text(found) == text
    assert sorted(map(to_line, found)) == sorted(map(to_line, events))
    for part in conversations(found, lambda event: event):
        times = [event.t for event in part if not isinstance(event, inputs.SessionPrepared)]
        assert times == sorted(times)


def test_each_conversation_has_a_clock_of_its_own() -> None:
    """The second begins at 0 after the end of the first, of which some is told late."""
    first = [
        kinds.StateEntered(name="welcome"), kinds.Paused(t=3.0), kinds.DialogFinished(
            t=9.0, outcome="done"
        ), kinds.StateEntered(t=9.0, name="ended"), kinds.Paused(t=2.0),
    ]  # fmt: skip
    second = [kinds.StateEntered(name="idle"), kinds.Paused(t=1.0)]
    parts = list(conversations([*first, *second], lambda event: event))
    assert parts == [first, second]
    assert [event.t for event in parse_log(to_text([*first, *second]), "log")] == [
        0, 2, 3, 9, 9, 0, 1,
    ]  # fmt: skip


def test_a_line_begins_with_time_and_kind() -> None:
    """People and `grep` look there first; what is not set does not appear."""
    assert to_line(Halted(why="stop", t=1.5)) == '{"t": 1.5, "kind": "halted", "why": "stop"}'
    assert "done" not in to_line(kinds.SessionFinished(outcome="failed"))


BAD = {
    "an empty line": "",
    "no JSON": "x",
    "a list": "[]",
    "no fields": "{}",
    "no time": '{"kind": "paused"}',
    "a time that is text": '{"t": "soon", "kind": "paused"}',
    "a time of years": '{"t": 1e9, "kind": "paused"}',
    "a time without end": '{"t": 1e999, "kind": "paused"}',
    "no kind": '{"t": 1.0}',
    "an unknown kind": '{"t": 1.0, "kind": "dance"}',
    "a missing field": '{"t": 1.0, "kind": "halted"}',
    "an unknown choice": '{"t": 1.0, "kind": "halted", "why": "fun"}',
    "a number out of range": '{"t": 1.0, "kind": "answered", "question": "x", "score": 11}',
}


@pytest.mark.parametrize("line", BAD.values(), ids=BAD.keys())
def test_a_line_that_is_no_event_is_named(line: str) -> None:
    """The reader names every bad line by its number."""
    good = to_line(Halted(why="stop"))
    with pytest.raises(ProblemsError) as caught:
        parse_log(f"{good}\n{line}\n{good}\n{line}\n", "log.jsonl")
    assert [problem.line for problem in caught.value.problems] == [2, 4]


@given(any_event(), any_event(), st.data())
@examples(50)
def test_a_last_line_that_was_cut_is_left_out(
    first: Event, second: Event, data: st.DataObject
) -> None:
    """Wherever a power cut ends the log, the whole lines are read; other text is still no log."""
    whole = f"{to_line(first)}\n"
    last = to_line(second)
    cut = data.draw(st.integers(0, len(last) - 1))
    assert parse_log(whole + last[:cut], "log") == [first]
    assert parse_log(last[:cut], "log") == []
    assert len(parse_log(whole + last, "log")) == 2
    for other in ("x", "<svg>", "[]", "{}"):
        with pytest.raises(ProblemsError):
            parse_log(whole + other, "log")


def test_a_field_of_a_later_version_is_ignored() -> None:
    """A log that says more than this version knows can still be read."""
    assert parse_log('{"t": 1.5, "kind": "paused", "mood": "calm"}\n', "log") == [
        kinds.Paused(t=1.5)
    ]


def test_a_file_of_another_kind_is_not_read_to_its_end() -> None:
    """The message stays short, however many lines are no events."""
    with pytest.raises(ProblemsError) as caught:
        parse_log("<svg>\n" * 5000, "demo.svg")
    assert len(caught.value.problems) == MAX_PROBLEMS


def test_an_empty_log_has_no_events() -> None:
    """A session that was stopped before its first event."""
    assert parse_log("", "log") == []
