"""A session's inputs as lines of its log, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf, isinf
from typing import Any, TypeVar

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType

from voicecoach import __version__
from voicecoach.audio.clip import Clip, Word
from voicecoach.decision.hearing import NEVER, Hearing, Look
from voicecoach.dialog.care import Care
from voicecoach.eventlog.inputs import FORMAT, HearingCame, Line, SessionPrepared
from voicecoach.language.model import Language
from voicecoach.plan.plan import Plan
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Routine
from voicecoach.routine.parse import parse
from voicecoach.routine.shared import EMPTY
from voicecoach.units import Frame

T = TypeVar("T")


def prepared_event(
    plan: Plan, clips: Mapping[str, Clip], voice: str, talk: int, care: Care | None, helper: bool
) -> SessionPrepared:
    """Return the line that says of what a session is made."""
    return SessionPrepared(
        format=FORMAT,
        version=__version__,
        language=plan.language.code,
        voice=voice,
        talk=talk,
        helper=helper,
        routine=dump(plan.routine),
        care=msgspec.json.encode(care or Care(), order="sorted").decode(),
        lines={text: _line(clip) for text, clip in clips.items()},
    )


def care_of(event: SessionPrepared) -> Care:
    """Return what was known of the user. Raises `msgspec.DecodeError`."""
    return msgspec.json.decode(event.care, type=Care)


def routine_of(event: SessionPrepared, language: Language) -> Routine:
    """Return the routine as it was led. Raises `ProblemsError`."""
    return parse(event.routine, "the routine in the log", EMPTY, language)


@dataclass(frozen=True, eq=False)
class TimedClip(Clip):
    """A clip of which the times are known; its samples are silence."""

    beat: Frame = Frame(0)

    @cached_property
    def centre(self) -> Frame:
        """Frame at which its beat is heard."""
        return self.beat


def clip_of(text: str, line: Line) -> Clip:
    """Return the clip of a line."""
    frames, centre, words = line
    timed = tuple(Word(word, Frame(start), Frame(end)) for word, start, end in words)
    return TimedClip(text, np.zeros(frames, np.int16), timed, Frame(centre))


def _line(clip: Clip) -> Line:
    return clip.frames, clip.centre, tuple((w.text, w.start, w.end) for w in clip.words)


def hearing_event(hearing: Hearing, t: float) -> HearingCame:
    """Return the line of what was heard; by its numbers no voice is known again."""
    look: dict[str, Any] = {}
    if hearing.look:
        found = hearing.look
        numbers = {"fit": float(found.fit), "weakest": float(found.weakest)}
        taught = _numbers(found.taught) or UNSET
        look = {"shares": _numbers(found.shares), "taught": taught, **numbers}
    return HearingCame(
        t=t,
        text=hearing.text,
        start=hearing.start,
        end=hearing.end,
        decided=hearing.decided,
        final=hearing.final,
        confidence=UNSET if hearing.confidence == 1 else float(hearing.confidence),
        free=hearing.free or UNSET,
        above_db=UNSET if isinf(hearing.above_db) else float(hearing.above_db),
        begun=UNSET if hearing.begun == NEVER else hearing.begun,
        **look,
    )


def _numbers(found: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in found.items()}


def hearing_of(event: HearingCame) -> Hearing:
    """Return what was heard."""
    look = None
    if event.shares is not UNSET:
        taught = _told(event.taught, {})
        look = Look(event.shares, _told(event.fit, 0.0), _told(event.weakest, 0.0), taught=taught)
    return Hearing(
        event.text,
        Frame(event.start),
        Frame(event.end),
        Frame(event.decided),
        event.final,
        _told(event.confidence, 1.0),
        _told(event.above_db, inf),
        look,
        _told(event.free, False),
        Frame(_told(event.begun, NEVER)),
    )


def _told(value: T | UnsetType, otherwise: T) -> T:
    return otherwise if isinstance(value, UnsetType) else value
