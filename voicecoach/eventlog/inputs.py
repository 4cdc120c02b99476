"""What a session was given: from these lines of its log it can be replayed.

The first says of what the session was made, the others what came to it, each before what followed
from it. They hold no sound, and nothing by which a voice could be known again.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from voicecoach.eventlog.fields import CameFrom, LogEvent

FORMAT: Final = 1
"""Number of the format of these lines; a replay refuses a later one."""

FrameOf = Annotated[int, Meta(ge=-(2**62), le=2**62)]
"""A frame of the session's clock, at `units.RATE`."""

Share = Annotated[float, Meta(ge=-1e9, le=1e9)]

Line = tuple[FrameOf, FrameOf, tuple[tuple[str, FrameOf, FrameOf], ...]]
"""A line as it was rendered: its length, where its beat is heard, and when each word begins and
ends, in frames from its first."""


class SessionPrepared(LogEvent, frozen=True, tag="prepared"):
    """All that a session is made of; a log without it cannot be replayed."""

    format: Annotated[int, Meta(ge=1, description="number of this format")]
    version: Annotated[str, Meta(description="version of the program")]
    language: Annotated[str, Meta(description="code of the coach's language")]
    voice: Annotated[str, Meta(description="name of the coach's voice")]
    talk: Annotated[int, Meta(ge=0, le=9, description="level of talk, the fullest is highest")]
    helper: Annotated[bool, Meta(description="whether someone can be called")]
    routine: Annotated[
        str, Meta(description="the routine as it was adapted to the user, as a routine file")
    ]
    care: Annotated[
        str, Meta(description="what follows from the profile and from earlier sessions (JSON)")
    ]
    lines: Annotated[
        dict[str, Line],
        Meta(
            description="for each line that may be said: its frames, the frame of its beat, and"
            " the words with the frames at which they begin and end"
        ),
    ]
    state: Annotated[
        str | UnsetType,
        Meta(description="where it was cut off and goes on, as the dialog saved it (JSON)"),
    ] = UNSET


class Woken(LogEvent, frozen=True, tag="woke"):
    """The time came for which the dialog had waited."""


class HearingCame(LogEvent, frozen=True, tag="hearing"):
    """The recogniser heard something; what was decided about it follows. Times are frames."""

    text: Annotated[str, Meta(description="the words; `[unk]` is any other sound")]
    start: Annotated[FrameOf, Meta(description="first frame of the first word")]
    end: Annotated[FrameOf, Meta(description="frame after the last sound of the last word")]
    decided: Annotated[FrameOf, Meta(description="frame at which the result came")]
    final: Annotated[bool, Meta(description="whether the result cannot change any more")]
    confidence: Annotated[
        Share | UnsetType, Meta(description="of the least certain word, if less than 1")
    ] = UNSET
    free: Annotated[
        bool | UnsetType, Meta(description="whether the words are not limited to the live phrases")
    ] = UNSET
    above_db: Annotated[
        Share | UnsetType, Meta(description="level above the sound before it, dB")
    ] = UNSET
    begun: Annotated[
        FrameOf | UnsetType, Meta(description="first frame of the utterance, if that is known")
    ] = UNSET
    shares: Annotated[
        dict[str, Share] | UnsetType,
        Meta(description="probability of each word by the second look, if one was taken"),
    ] = UNSET
    fit: Annotated[
        Share | UnsetType, Meta(description="goodness of pronunciation by it, on average")
    ] = UNSET
    weakest: Annotated[
        Share | UnsetType, Meta(description="goodness of pronunciation of the weakest phone")
    ] = UNSET
    taught: Annotated[
        dict[str, Share] | UnsetType,
        Meta(description="probability of each form that the user has taught, if any"),
    ] = UNSET


class PhraseTyped(LogEvent, frozen=True, tag="typed"):
    """A phrase came that was not spoken."""

    text: Annotated[str, Meta(description="the phrase")]
    source: CameFrom = UNSET


class HelperReported(LogEvent, frozen=True, tag="helper_reported"):
    """The driver knows whether the helper was reached."""

    reached: Annotated[bool, Meta(description="whether the call ran without an error")]


class PartLost(LogEvent, frozen=True, tag="lost"):
    """A part of the program failed."""

    part: Annotated[str, Meta(description="which part, such as `recogniser`")]
    why: Annotated[str, Meta(description="the error")]


class PartBack(LogEvent, frozen=True, tag="back"):
    """A part of the program that had failed works again."""

    part: Annotated[str, Meta(description="which part, as in `lost`")]
    after: Annotated[float, Meta(ge=0, description="for how many seconds it was gone")]


class LoudspeakerNoticed(LogEvent, frozen=True, tag="loudspeaker"):
    """What the coach's own echo tells: whether the loudspeaker sounds."""

    state: Annotated[
        Literal["unknown", "heard", "lost"],
        Meta(description="no echo was found so far, it is there again, or it is there no more"),
    ]


Input = (
    SessionPrepared | Woken | HearingCame | PhraseTyped | HelperReported | PartLost | PartBack
    | LoudspeakerNoticed
)  # fmt: skip
