"""A whole day with somebody to whom everything happens: answers, scores, a pain that leaves an
exercise out, and one that goes by. The user answers what is asked, whatever the timing is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from tests.app.people import ROUTINE
from tests.app.rehearsals import Event, pipeline_of, plain, quiet
from tests.english import LANGUAGE, parse
from tests.fakes.recogniser import TypedRecogniser
from tests.fakes.voice import FakeVoice
from voicecoach.app.changes import Keep
from voicecoach.app.coach import Coach
from voicecoach.app.conductor import Log
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.eventlog.kinds import Event as LogEvent
from voicecoach.screening.profile import Profile
from voicecoach.units import BLOCK, RATE

TODAY = date(2026, 3, 1)

THINKS = 8 * RATE // BLOCK
"""Blocks between a question and its answer: longer than any question is."""

ANSWERS: Mapping[str, str] = {
    "ask_start": "one", "ask_score": "seven", "ask_sharp": "no", "ask_where": "my hip",
    "offer_next": "yes", "offer_easier": "yes", "offer_breathing": "no", "check_score": "two",
    "confirm_end": "yes", "ask_end": "two",
}  # fmt: skip
"""What the user says to each question of the session; every one about health is answered by no."""


class User:
    """Answers what is asked, and reports a pain in the second repetition of the first exercise."""

    def __init__(self, answers: Mapping[str, str] = ANSWERS, hurts_at: int = 2) -> None:
        self._answers, self._hurts_at = answers, hurts_at
        self._blocks = 0
        self._next: tuple[int, str] | None = None

    def notice(self, event: Event) -> None:
        """Hear the coach."""
        if event["kind"] == "asked":
            answer = self._answers.get(str(event["question"]), "no")
            self._next = (self._blocks + THINKS, answer)
        if event["kind"] == "count" and event["n"] == self._hurts_at:
            self._hurts_at = 0
            self._next = (self._blocks, "it hurts")

    def speak(self) -> list[str]:
        """Return what is said in this block."""
        self._blocks += 1
        if self._next is None or self._next[0] > self._blocks:
            return []
        said, self._next = self._next[1], None
        return [said]


def tell(
    keep: Keep,
    log: Log = lambda _: None,
    before: Profile | None = None,
    user: User | None = None,
    on_event: Callable[[Event], None] = lambda _: None,
) -> list[Event]:
    """Lead the questions and a session, and return what happened."""
    person, events = user or User(), list[Event]()

    def note(event: LogEvent) -> None:
        events.append(plain(event))
        person.notice(events[-1])
        log(event)
        on_event(events[-1])

    pipeline = pipeline_of(TypedRecogniser(person.speak))
    driver = Rehearsal(pipeline, quiet)
    coach = Coach(driver, FakeVoice(), LANGUAGE, TODAY, note, keep)
    coach.start(parse(ROUTINE, "three.yaml"), before or Profile())
    return events
