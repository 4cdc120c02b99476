"""The hour in real time: what it would notice. The hour itself needs a virtual card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.hour import Asleep, Hour, Lateness
from bench.soaked import speaking
from bench.soaked.speaking import Speaker
from bench.soaked.watch import Watch
from voicecoach.eventlog.kinds import Event, PartFailed, PartRecovered, StateEntered
from voicecoach.eventlog.sounds import CommandHeard, CueStarted, SpeechRefused
from voicecoach.language.phrasebook import Command
from voicecoach.track import CueKind


@pytest.mark.parametrize(
    "wrong", [{"events_lost": 1}, {"sessions_lost": 1}, {"lost": 1}, {"late_cues": 1}, {"gaps": 1}]
)
def test_each_loss_is_one(wrong: dict[str, int]) -> None:
    """Without any of them it is whole."""
    assert Hour().whole
    assert not replace(Hour(), **wrong).whole
    assert replace(Hour(), late_cues=1, late_by_load=1).whole
    assert not replace(Hour(), growth_mb=5.1).whole


@pytest.mark.parametrize(("waited_ms", "by_load"), [(0.0, 0), (49.0, 0), (50.0, 1), (900.0, 1)])
def test_a_late_cue_is_told_from_a_busy_processor(waited_ms: float, by_load: int) -> None:
    """It is the program's doing unless a thread was ready for as long and did not run."""
    hour = Hour()
    late = Lateness(hour, lambda: waited_ms)
    watch = Watch(hour)
    for ms in (60.0, 0.0, 9.0):
        cue = CueStarted(t=1.0, id=1, text="one", kind_of_cue=CueKind.COUNT, late_ms=ms)
        late(cue)
        watch(cue)
    assert (hour.late_cues, hour.late_by_load) == (1, by_load)


class Silent:
    """A user who wants to say nothing, and notes what was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def notice(self, event: Event) -> None:
        """Hear the coach."""
        self.told.append(type(event).__name__)

    def speak(self, _: int) -> None:
        """Say nothing."""


class Hearing:
    """A card that hears until it is told otherwise."""

    hears = True


@pytest.fixture
def speaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    """Return one whose voice and patience take no time."""
    monkeypatch.setattr(speaking.subprocess, "run", lambda *_, **__: None)
    monkeypatch.setattr(speaking, "PATIENCE_S", -1.0)
    return Speaker(Silent(), Hearing(), lambda _: None, tmp_path, {})  # type: ignore[arg-type]


GONE, BACK = (
    PartFailed(t=0.0, part="device", why="unplugged"),
    PartRecovered(t=0.0, part="device", after=1.0),
)
REFUSED = SpeechRefused(
    t=0.0, text="on", why="not a phrase", start=0.0, end=0.0, decided=0.0
)  # fmt: skip
OBEYED = CommandHeard(
    t=0.0, command=Command.RESUME, text="continue", start=0.0, end=0.0, decided=0.0
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "missed"),
    [
        ([], [], "not heard"),
        ([], [REFUSED], "refused"),
        ([REFUSED], [], "not heard"),
        ([GONE], [BACK], "fault"),
        ([], [GONE, BACK, REFUSED], "fault"),
        ([GONE, BACK], [REFUSED], "refused"),
        ([], [OBEYED], None),
    ],
)
def test_it_tells_why_a_phrase_was_missed(
    speaker: Speaker, before: list[Event], after: list[Event], missed: str | None
) -> None:
    """A fault between a phrase and its end counts first; one that was over before does not."""
    for event in before:
        speaker.notice(event)
    speaker._say("continue")
    for event in after:
        speaker.notice(event)
    speaker._see()
    assert speaker.missed == ({missed: 1} if missed else {})
    assert (speaker.spoken, speaker.obeyed, speaker.by_key) == (1, not missed, bool(missed))


def test_a_user_says_continue_only_to_a_session_that_waits(speaker: Speaker) -> None:
    """To a question it would be no answer."""
    user = speaker._user
    assert isinstance(user, Silent)
    for name in ("question", "paused"):
        speaker.notice(StateEntered(t=0.0, name=name))
        speaker.notice(BACK)
    assert user.told == ["StateEntered", "StateEntered", "PartRecovered"]


def test_memory_is_read_when_the_coach_falls_asleep() -> None:
    """In a session it holds the lines of that session."""
    hour = Hour()
    asleep = Asleep(hour)
    for name in ("idle", "menu", "counting", "idle"):
        asleep(StateEntered(t=0.0, name=name))
    assert len(hour.asleep_mb) == 2
    assert all(minute < 1 and mb > 10 for minute, mb in hour.asleep_mb)
