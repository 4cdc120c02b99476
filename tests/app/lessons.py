"""A lesson in the simulated room with a user who answers each time the coach asks for a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from tests.english import LANGUAGE
from voicecoach.app.coach import Coach
from voicecoach.app.lesson import Lesson
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.app.scenario_rehearsal import DAY
from voicecoach.app.wiring import (
    Choices,
    embedding_measure,
    make_pipeline,
    make_recogniser,
    make_voice,
)
from voicecoach.audio.clip import Clip, Samples
from voicecoach.decision.taught import TaughtVoice
from voicecoach.dialog.lesson import lesson_of
from voicecoach.errors import CoachError
from voicecoach.eventlog.kinds import Asked, Event
from voicecoach.eventlog.sounds import CueStarted
from voicecoach.simulation.acoustics import USER_DBFS, active_dbfs, gain
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import RATE, Frame, Ms

REACTION = RATE // 2
"""Frames from the end of the coach's line to the user's word."""

SOFTER_DB = -10.0

CHOICES = Choices(LANGUAGE, voice="en-us+f2", verifier="network")

FORMS = lesson_of(LANGUAGE.phrasebook)


class Room(SimulatedRoom):
    """A room in which a user can begin to speak at any time."""

    def say(self, at: Frame, samples: Samples, level_db: float) -> None:
        """Let the user say something from frame `at` on, at a level against the usual."""
        loud = gain(USER_DBFS + level_db - active_dbfs(samples))
        self._sounds.append((at, (samples * loud).astype("float32")))


@cache
def words(voice: str) -> Mapping[str, Clip]:
    """Return each form of the lesson, said by a synthetic voice."""
    speaker = make_voice(voice, 179)
    try:
        return speaker.render([*FORMS, "window", "end session"])
    finally:
        speaker.close()


Says = Callable[[str, int], str]
"""What a user says when a form is asked for, the how manieth time; "" is nothing."""


@dataclass
class Lessons:
    """A rehearsed lesson: what was kept, in order, what was taught, and how it ended."""

    says: Says = lambda form, _: form
    voice: str = "en-us+m3"
    echo_db: float | None = 6.0
    kept: list[TaughtVoice] = field(default_factory=list)
    log: list[Event] = field(default_factory=list)
    error: CoachError | None = None

    def run(self, offered: bool = False) -> TaughtVoice:
        """Hold it."""
        settings = RoomSettings(echo_db=self.echo_db, delay_ms=Ms(40), rt60_ms=Ms(250), seed=3)
        self._room = Room(settings, ())
        pipeline = make_pipeline(make_recogniser(None, LANGUAGE, "network"), CHOICES)
        self._before = pipeline.calibration.frames
        driver = Rehearsal(pipeline, lambda _: self._room)
        speaker = make_voice(CHOICES.voice, CHOICES.rate)
        coach = Coach(driver, speaker, LANGUAGE, DAY, self._note)
        self._asked: dict[str, int] = {}
        self._form = ""
        measure = embedding_measure(CHOICES)
        try:
            return coach.teach(Lesson(measure, self.kept.append), offered)
        except CoachError as error:
            self.error = error
            return TaughtVoice(measure)
        finally:
            driver.close()
            speaker.close()

    def _note(self, event: Event) -> None:
        self.log.append(event)
        if isinstance(event, Asked):
            self._form, self._line = event.question, event.text
        elif isinstance(event, CueStarted) and self._form and event.text == self._line:
            self._answer(event)

    def _answer(self, event: CueStarted) -> None:
        form = self._form
        self._asked[form] = self._asked.get(form, 0) + 1
        word = self.says(form, self._asked[form])
        if word:
            at = Frame(round(event.t * RATE) + self._length(event.text) + REACTION + self._before)
            level = SOFTER_DB if "softly" in event.text else 0.0
            self._room.say(at, words(self.voice)[word].samples, level)

    def _length(self, text: str) -> int:
        return lines(text).frames


@cache
def lines(text: str) -> Clip:
    """Return the coach's clip of a line."""
    speaker = make_voice(CHOICES.voice, CHOICES.rate)
    try:
        return speaker.render([text])[text]
    finally:
        speaker.close()
