"""The coach that is always on, whole: real voice, room, recogniser, judge, stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from functools import cache
from pathlib import Path

import pytest

from tests.effort import one_in, thorough
from tests.english import LANGUAGE
from voicecoach.app.serve_rehearsal import rehearse_serving
from voicecoach.app.wiring import Choices
from voicecoach.eventlog.kinds import Event, SessionFinished, SessionStarted, StateEntered
from voicecoach.eventlog.sounds import CommandHeard, CueStarted, SpeechRefused
from voicecoach.language.phrasebook import Command
from voicecoach.reminders.reminder import Day, Reminder
from voicecoach.simulation.scenario import parse_scenario
from voicecoach.track import CHIME

CHOICES = Choices(LANGUAGE, verifier="network", talk="short")
C = Command

CALL = """
[room]
echo_db = 0.0
[[says]]
at_s = 3
text = "what did i do this week"
[[says]]
at_s = 7
text = "hey {name}"
[[says]]
after = "[chime]"
at_s = 0.5
text = "what did i do this week"
[[says]]
after = "No session in"
at_s = 1
text = "good night"
"""


@cache
def led(scenario: str, name: str = "coach") -> list[Event]:
    """Return what happens with such a user; everything that was to be said was said."""
    log: list[Event] = []
    language = replace(LANGUAGE, phrasebook=LANGUAGE.phrasebook.named(name))
    said = parse_scenario(scenario, Path())
    assert rehearse_serving(said, replace(CHOICES, language=language), log.append) == []
    return log


def heard(log: list[Event]) -> list[Command]:
    """Return what was obeyed."""
    return [event.command for event in log if isinstance(event, CommandHeard)]


def lines(log: list[Event]) -> list[str]:
    """Return what the coach said."""
    return [event.text for event in log if isinstance(event, CueStarted) and event.text]


@pytest.mark.parametrize("name", one_in(2, sorted(LANGUAGE.phrasebook.names)))
def test_it_sleeps_is_called_answers_and_sleeps_again(name: str) -> None:
    """What is said while it sleeps is neither answered nor written down."""
    log = led(CALL.format(name=name), name)
    assert heard(log) == [C.NAME, C.THIS_WEEK, C.GOOD_NIGHT]
    assert lines(log)[0] == CHIME
    assert lines(log)[-1] == "Good night."
    first = next(i for i, event in enumerate(log) if isinstance(event, CueStarted))
    assert not [e for e in log[:first] if isinstance(e, SpeechRefused)]
    assert [e.name for e in log if isinstance(e, StateEntered)][:2] == ["idle", "menu"]


EVENING = """
[room]
echo_db = 0.0
[[says]]
at_s = 3
text = "coach"
[[says]]
after = "[chime]"
at_s = 0.5
text = "four minutes for my upper back"
[[says]]
after = "change in your health"
at_s = 0.6
text = "no"
[[says]]
after = "from zero to ten"
at_s = 0.8
text = "two"
[[says]]
after = "Sit up tall"
at_s = 0.5
text = "end session"
[[says]]
after = "End the session"
at_s = 0.6
text = "yes"
[[says]]
after = "from zero to ten"
at_s = 0.6
text = "two"
[[says]]
after = "Goodbye"
at_s = 6
text = "hey coach"
[[says]]
after = "[chime]"
at_s = 0.5
text = "what did i do this week"
"""


@pytest.mark.skipif(not thorough(), reason="8 s of processor time: in a thorough run")
def test_an_evening_by_voice_alone() -> None:
    """Called, asked, a session, ended, asleep, called again: it knows of the session."""
    log = led(EVENING)
    assert [e.outcome for e in log if isinstance(e, SessionFinished)] == ["ended"]
    assert len([e for e in log if isinstance(e, SessionStarted)]) == 1
    assert heard(log)[0] is C.NAME
    assert heard(log)[-2:] == [C.NAME, C.THIS_WEEK]
    assert lines(log)[-1].startswith("In the last seven days: one session")


REMINDED = """
[room]
echo_db = 0.0
[[says]]
after = "Shall we do"
at_s = 1
text = "later"
"""


@pytest.mark.skipif(not thorough(), reason="a whole evening: the thorough run has it")
def test_it_reminds_and_is_put_off() -> None:
    """At the time that was set the coach speaks first; "later" is an hour."""
    log: list[Event] = []
    said = parse_scenario(REMINDED, Path())
    reminder = Reminder(tuple(Day), time(20), "desk-break", aloud=True)
    assert rehearse_serving(said, CHOICES, log.append, reminder=reminder) == []
    assert heard(log) == [C.LATER]
    assert lines(log)[:3] == [
        CHIME,
        "It is time for your exercises.",
        "Shall we do A break at the desk? Yes, no, or later.",
    ]
    assert lines(log)[-1] == "Then in an hour."
