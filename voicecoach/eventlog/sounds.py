"""The kinds of events about what sounded, and about what was heard."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from voicecoach.eventlog.fields import CameFrom, CueId, Decided, End, LogEvent, Seconds, Start
from voicecoach.language.phrasebook import Command
from voicecoach.track import Breath, CueKind


class CueStarted(LogEvent, frozen=True, tag="cue_started"):
    """A line began to sound, at the frame at which it really began."""

    id: CueId
    text: Annotated[str, Meta(description="the line; empty for a silent mark")]
    kind_of_cue: Annotated[CueKind, Meta(description="what the line is for")]
    late_ms: Annotated[
        float, Meta(description="milliseconds after the frame at which it was to begin")
    ]
    beat: Annotated[
        Seconds | UnsetType,
        Meta(description="second at which the beat of its first word is heard, if it is rhythmic"),
    ] = UNSET
    breath: Annotated[
        Breath | UnsetType, Meta(description="the breathing cue that the line gives, if any")
    ] = UNSET


class CueFinished(LogEvent, frozen=True, tag="cue_finished"):
    """A line ended."""

    id: CueId
    whole: Annotated[bool, Meta(description="false if the line was cut")]


class Count(LogEvent, frozen=True, tag="count"):
    """A repetition or stroke began."""

    n: Annotated[int, Meta(description="its number, from 1")]
    of: Annotated[int, Meta(description="how many there are in the set")]


class UserSpoke(LogEvent, frozen=True, tag="says"):
    """The simulated user speaks; only in a rehearsal."""

    text: Annotated[str, Meta(description="what is said")]
    start: Start
    end: End


class CommandHeard(LogEvent, frozen=True, tag="heard"):
    """A command was accepted."""

    command: Annotated[
        Command, Meta(description="its name, as in the tables of `voicecoach docs architecture`")
    ]
    text: Annotated[str, Meta(description="the phrase that was heard")]
    start: Start
    end: End
    decided: Decided
    source: CameFrom = UNSET


class SpeechRefused(LogEvent, frozen=True, tag="refused"):
    """Something was heard and is not obeyed."""

    text: Annotated[str, Meta(description="the words that were heard; `[unk]` is any other sound")]
    why: Annotated[
        str,
        Meta(
            description="`not a phrase`, `unsure` (the second look found something else), `noise`,"
            " `echo` (the coach was saying it), `repeated` (the end of an utterance that was"
            " already obeyed) or `late` (it ended more than 1.5 s before)"
        ),
    ]
    start: Start
    end: End
    decided: Decided
    source: CameFrom = UNSET


class Hushed(LogEvent, frozen=True, tag="hushed"):
    """Something sounds like a halt word: the coach is quiet until it is known whether it is one."""

    text: Annotated[str, Meta(description="the words that were heard so far")]
    start: Start
    end: End
    decided: Decided


class HushReleased(LogEvent, frozen=True, tag="hush_released"):
    """It was no halt word: the coach goes on at the start of the line that was cut."""
