"""What the log and the dialog are told of a sound: times, beats, lines with their words."""

from __future__ import annotations

from typing import TypedDict

import msgspec
from msgspec import UNSET, UnsetType

from voicecoach.audio.clip import Clip
from voicecoach.audio.mixer import Started
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.verdict import Spoken, SpokenWord
from voicecoach.dialog.effects import Record
from voicecoach.dialog.events import Said
from voicecoach.eventlog import kinds
from voicecoach.eventlog.fields import Source
from voicecoach.track import RHYTHMIC, Cue
from voicecoach.units import RATE, Frame, Ms, seconds


def spoken_line(clip: Clip, at: Frame) -> Spoken:
    """Return the line of a clip that begins at frame `at`."""
    words = tuple(
        SpokenWord(word.text, Frame(at + word.start), Frame(at + word.end)) for word in clip.words
    )
    return Spoken(clip.text, at, Frame(at + clip.frames), words)


def beat_of(report: Started, cue: Cue, clip: Clip) -> float | UnsetType:
    """Return the second at which the beat of a rhythmic line is heard."""
    if not cue.text or cue.kind not in RHYTHMIC:
        return UNSET
    return in_seconds(Frame(report.frame + clip.centre))


def unusual(source: Source) -> Source | UnsetType:
    """Return the source as the log has it: the microphone goes without saying."""
    return UNSET if source is Source.MICROPHONE else source


def said_as(form: str | None, hearing: Hearing) -> Said | None:
    """Return how `form` was said, if its sound was looked at."""
    if form is None or hearing.look is None or not hearing.look.embedding:
        return None
    return Said(form, hearing.look.embedding)


class Span(TypedDict):
    """When something was said and decided, in seconds of the session."""

    start: float
    end: float
    decided: float


def span(hearing: Hearing) -> Span:
    """Return when something was said and decided, to the millisecond."""
    start, end, decided = (
        round(frame / RATE, 3) for frame in (hearing.start, hearing.end, hearing.decided)
    )
    return {"start": start, "end": end, "decided": decided}


def in_seconds(frame: Frame) -> float:
    """Return a time of the log, in seconds: the frame can be told from it."""
    return frame / RATE


def recorded(effect: Record, now: Ms) -> kinds.Event:
    """Return the event that a dialog wants in the log, with its time."""
    event: kinds.Event = msgspec.structs.replace(effect.event, t=seconds(now))  # type: ignore[assignment]
    return event
