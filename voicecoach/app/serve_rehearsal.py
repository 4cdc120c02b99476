"""An evening with a coach that is always on, in a simulated room; nothing of it is kept."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, time
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from voicecoach.app.conductor import Log
from voicecoach.app.profile_store import save_profile
from voicecoach.app.records import Places, Records
from voicecoach.app.reminder_store import save_reminder
from voicecoach.app.routine_library import readable_routines, shipped_exercises
from voicecoach.app.scenario_rehearsal import DAY, Scenario, person, rehearsed
from voicecoach.app.serve import Serve
from voicecoach.app.serve_log import ServeLog
from voicecoach.app.wiring import TALKS, Choices, make_voice, recogniser_of
from voicecoach.eventlog.kinds import SessionStarted
from voicecoach.history.records import SessionRecord
from voicecoach.reminders.reminder import Reminder
from voicecoach.store.session_store import Begin, beginning
from voicecoach.units import Ms

EVENING: Final = datetime.combine(DAY, time(20))
"""The clock of a rehearsal, which stands still."""

ASLEEP: Final = Ms(20_000)
"""How long a sleep lasts: a rehearsal ends with the one that follows the user's last words."""


def rehearse_serving(
    scenario: Scenario,
    choices: Choices,
    log: Log,
    coach: Path | None = None,
    mic: Path | None = None,
    reminder: Reminder | None = None,
    checks: bool = False,
) -> list[str]:
    """Attend to the user of `scenario` until everything was said and the coach sleeps again;
    return what was not said, because the line that it replies to never came.

    The profile is the scenario's, else one that every question lets through. It is eight in the
    evening; the coach speaks of a `reminder` that is due then. `checks` lets the coach
    offer its sound check.
    """
    language = choices.language
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        records = _records(folder, scenario, choices, reminder)
        driver = rehearsed(stack, scenario, choices, recogniser_of(choices), coach, mic)
        made = make_voice(choices.voice, choices.rate, language)
        voice = stack.enter_context(closing(made))
        shelf, library = partial(readable_routines, language), shipped_exercises(language)
        noted, talk = ServeLog([records.note, log]), TALKS[choices.talk]
        at_hand = cache(shelf), library, talk, False, ASLEEP, checks
        serve = Serve(driver, voice, language, records, noted, *at_hand)
        while True:
            outcome = serve.round()
            if outcome == "given up" or (outcome == "idle" and driver.silent):
                return driver.unsaid


def _records(
    folder: Path, scenario: Scenario, choices: Choices, reminder: Reminder | None
) -> Records:
    """Return the records of the user, in a folder."""
    places = Places.within(folder)
    if reminder and places.reminder:
        save_reminder(places.reminder, reminder)
    save_profile(places.profile, person(scenario.profile or {}))
    begin = _begin(choices)
    return Records(places, lambda store: store.write(), "", begin, lambda: DAY, lambda: EVENING)


def _begin(choices: Choices) -> Begin:
    def begin(event: SessionStarted) -> SessionRecord:
        made = beginning(choices.talk)(event)
        return replace(made, began=f"{DAY.isoformat()}T20:00:00+00:00")

    return begin
