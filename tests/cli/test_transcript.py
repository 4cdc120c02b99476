"""A session as people read it in the terminal: one line for what was said, heard and decided."""

from __future__ import annotations

import pytest

from voicecoach.cli.transcript import Transcript
from voicecoach.eventlog.kinds import Event, Halted, HelperCalled, Paused, Resumed, StateEntered
from voicecoach.eventlog.sounds import (
    CommandHeard,
    CueFinished,
    CueStarted,
    SpeechRefused,
    UserSpoke,
)
from voicecoach.language.phrasebook import Command
from voicecoach.track import CueKind


def printed(*events: Event) -> list[str]:
    """Return the lines for `events`, with the beats that were still gathered."""
    lines: list[str] = []
    transcript = Transcript(lines.append)
    for event in events:
        transcript(event)
    transcript.flush()
    return lines


def cue(t: float, text: str, kind: CueKind) -> CueStarted:
    """Return the start of a line."""
    return CueStarted(t=t, id=1, text=text, kind_of_cue=kind, late_ms=0.0)


HEARD = CommandHeard(t=62.9, command=Command.NEXT, text="skip", start=62.0, end=62.5, decided=62.75)
REFUSED = SpeechRefused(t=3.0, text="next", why="unsure", start=2.0, end=2.5, decided=3.0)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (cue(0.04, "Welcome.", CueKind.SAY), " 0:00.0  coach   Welcome."),
        (cue(59.99, "three", CueKind.MARK), " 1:00.0  coach   three"),
        (UserSpoke(t=5.0, text="skip", start=5.0, end=5.5), " 0:05.0  you     “skip”"),
        (HEARD, " 1:02.9          heard “skip”, 250 ms after the word"),
        (REFUSED, " 0:03.0          not obeyed: “next” (unsure)"),
        (Paused(t=600.0), "10:00.0          [paused]"),
        (Resumed(t=7.0, state="rolling", level=0), " 0:07.0          [resumed]"),
        (Halted(t=8.0, why="stop"), " 0:08.0          [halted]"),
        (HelperCalled(t=9.0, why="x"), " 0:09.0          [the helper would be called now]"),
    ],
)
def test_an_event_is_a_line(event: Event, line: str) -> None:
    """Minutes and seconds, who speaks, and the words; brackets for what was decided."""
    assert printed(event) == [line]


@pytest.mark.parametrize(
    "event",
    [
        StateEntered(name="rolling"),
        CueFinished(id=1, whole=True),
        SpeechRefused(text="on", why="repeated", start=0.0, end=0.1, decided=0.2),
    ],
)
def test_what_people_need_not_read_is_left_out(event: Event) -> None:
    """States, ends of lines, and the end of an utterance that was already obeyed."""
    assert printed(event) == []


def test_beats_share_a_line() -> None:
    """Counts and breathing cues stand together, at the time of the first, until more is said."""
    lines = printed(
        cue(1.0, "one", CueKind.COUNT),
        CueFinished(t=1.5, id=1, whole=True),
        cue(2.0, "", CueKind.STROKE),
        cue(3.0, "breathe in", CueKind.BREATH),
        cue(4.0, "Well done.", CueKind.SAY),
        cue(5.0, "two", CueKind.COUNT),
    )
    assert lines == [
        " 0:01.0  coach   one · breathe in",
        " 0:04.0  coach   Well done.",
        " 0:05.0  coach   two",
    ]
