"""A session is replayed from its log, to the letter; what is no such log is named."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.replays import replayed
from tests.app.people import PEOPLE, ROUTINE
from tests.app.rehearsals import SMALL, Room
from tests.app.test_golden import SCENARIOS
from tests.effort import examples, one_in
from tests.english import LANGUAGE, parse
from tests.fakes.voice import FakeVoice
from voicecoach.app.coach import Coach
from voicecoach.app.decisions import OF_VERDICT, name_of
from voicecoach.app.recorded import hearing_event, hearing_of
from voicecoach.app.replay import Replayed, replay, replay_lines
from voicecoach.app.scenario_rehearsal import DAY, person
from voicecoach.decision.hearing import Hearing, Look
from voicecoach.dialog.session_table import SESSION
from voicecoach.errors import InputError, ProblemsError
from voicecoach.eventlog.kinds import DialogFinished, Event, StateEntered
from voicecoach.eventlog.lines import logged_lines, to_line, to_text
from voicecoach.eventlog.sounds import CommandHeard
from voicecoach.screening.rules import rules
from voicecoach.units import Frame


@cache
def led(name: str) -> list[Event]:
    """Return the log of a rehearsal, in the order in which it was written."""
    facts, says = PEOPLE[name] if name in PEOPLE else (None, SCENARIOS[name])
    log: list[Event] = []
    room = Room(says)
    coach = Coach(room.driver, FakeVoice(), LANGUAGE, DAY, log.append)
    if facts is None:
        coach.lead(parse(SMALL, "two.yaml"))
    else:
        coach.lead_for(person(facts), parse(ROUTINE, "three.yaml"))
    return log


def again(text: str) -> Replayed:
    """Return what a replay of a log brings."""
    (found,) = replay_lines(logged_lines(text, "log"), Path("log"))
    return found


@pytest.mark.parametrize("name", one_in(2, ["questions", "where", "pregnant", "rise"]))
def test_a_rehearsed_session_is_replayed_to_the_letter(name: str) -> None:
    """As it was written while it happened, and as `rehearse` sorts it."""
    log = led(name)
    for text in ("".join(f"{to_line(event)}\n" for event in log), to_text(log)):
        found = again(text)
        assert found.difference is None
        assert found.lines == len(log)
        assert found.ended


@given(st.integers(0, 2**32))
@examples(4)
def test_a_session_by_chance_is_replayed_to_the_letter(seed: int) -> None:
    """Whatever is heard, typed, late or lost, and wherever the log is cut."""
    assert replayed(seed).difference is None


def test_each_session_of_an_evening_is_replayed() -> None:
    """A coach that is always on logs many conversations, each with a clock of its own: questions
    and the menu between two sessions are left out.
    """
    menu = [StateEntered(name="idle"), DialogFinished(t=9.0, outcome="chosen")]
    menu.append(StateEntered(t=9.0, name="ended"))
    evening = [*menu, *led("questions"), *menu, *menu, *led("pain"), *menu]
    for text in ("".join(f"{to_line(event)}\n" for event in evening), to_text(evening)):
        both = replay_lines(logged_lines(text, "log"), Path("log"))
        assert [one.difference for one in both] == [None, None]
        assert [one.lines for one in both] == [len(led("questions")), len(led("pain"))]
        assert all(one.ended for one in both)
    other = changed(text, len(menu) + len(led("questions")) + 2 * len(menu) + 3, t=99.0)
    first, second = replay_lines(logged_lines(other, "log"), Path("log"))
    assert first.difference is None
    assert second.difference


def test_decisions_name_their_rules() -> None:
    """A report of pain: the halt, the score, what it counts as, and the resume."""
    text = to_text(led("pain"))
    named = [(one.cause, one.rules) for one in again(text).decisions if one.rules]
    assert named[:4] == [
        ("pain", ("S2",)),
        ("number", ("S2",)),
        ("no", ("S3", "S4", "S5")),
        ("the pain counts as middle", ("S4",)),
    ]


def test_what_a_rule_changed_is_named() -> None:
    """The changes for a user stand at the start, each with its rule."""
    found = again(to_text(led("blood_thinners")))
    changed = [one.rules for one in found.decisions if one.step == "screening.adapt"]
    assert changed
    assert all(changed)


def test_every_step_of_pain_or_alarm_stands_for_a_rule() -> None:
    """What a halt leads to is never a matter of the table alone."""
    steps = {name_of(row.step) for row in SESSION.rows}
    grave = {step for step in steps if step.startswith(("dialog.pain_questions", "dialog.alarms"))}
    places = {place for rule in rules() for place in rule.where}
    assert grave <= places
    assert set(OF_VERDICT.values()) <= {rule.id for rule in rules()}


def changed(text: str, number: int, **fields: object) -> str:
    """Return a log with other fields in one line."""
    lines = text.splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **fields}, ensure_ascii=False)
    return "\n".join(lines) + "\n"


def test_a_log_that_was_changed_is_told_by_its_line() -> None:
    """One word more or less in any place is a difference, there."""
    text = to_text(led("pain"))
    lines = logged_lines(text, "log")
    heard = next(i for i, line in enumerate(lines) if isinstance(line.event, CommandHeard))
    for number in (2, heard, len(lines) - 2):
        other = changed(text, number, t=lines[number].event.t + 0.25)
        difference = again(other).difference
        assert difference
        assert difference.line == number + 1
    without = "".join(f"{line.text}\n" for line in lines if line.number != heard + 1)
    difference = again(without).difference
    assert difference
    assert "heard" in difference.replayed


def test_a_log_that_is_cut_is_replayed_as_far_as_it_goes(tmp_path: Path) -> None:
    """A power cut leaves the beginning, and perhaps half a line."""
    text = to_text(led("pain"))
    path = tmp_path / "log"
    path.write_text(text[: len(text) * 95 // 100], "utf-8")
    (found,) = replay(path)
    assert found.difference is None
    assert not found.ended


@pytest.mark.parametrize(
    ("text", "error", "why"),
    [
        ("", InputError, "no whole line"),
        ('{"t": 0.0, "kind": "prep', InputError, "no whole line"),
        ("hello\n", ProblemsError, "not an event"),
        ('{"t": 0.0, "kind": "session_started", "routine": "two"}\n', InputError, "does not say"),
        (
            '{"t": 0.0, "kind": "prepared", "format": 2, "version": "9.0", "voices": []}\n',
            InputError,
            "voicecoach 9.0",
        ),
    ],
)
def test_what_cannot_be_replayed_is_told(
    text: str, error: type[InputError], why: str, tmp_path: Path
) -> None:
    """An empty, a foreign, an old and a later log, each with what to do."""
    path = tmp_path / "log"
    path.write_text(text, "utf-8")
    with pytest.raises(error) as caught:
        replay(path)
    assert why in str(caught.value)
    assert caught.value.next_step


def test_a_log_holds_nothing_of_a_voice() -> None:
    """What a verifier would know the user by again is left out."""
    look = Look({"stop": 1.0}, embedding=(0.6, 0.8), taught={"stop": 0.5})
    hearing = Hearing("stop", Frame(1), Frame(2), Frame(3), final=True, look=look)
    assert "0.6" not in to_line(hearing_event(hearing, 1.0))
    assert hearing_of(hearing_event(hearing, 1.0)) == replace(
        hearing, look=replace(look, embedding=())
    )
