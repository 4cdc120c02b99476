"""What a lesson in the user's voice consists of, and where one stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from voicecoach.dialog import reprompts
from voicecoach.dialog.before_session import BeforeSession, shared_lines
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import Person
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command, Phrasebook
from voicecoach.language.prompts import Prompts

C = Command

LESSON: Final = (C.STOP, C.PAIN, C.HELP, C.PAUSE, C.NEXT, C.YES, C.NO)
"""What is taught: what matters most, and what is said most."""

PROMPTS: Final = ("teach_say", "teach_second", "teach_softly")
"""Keys of what asks for each take of a form: the last one softly."""
TAKES: Final = len(PROMPTS)

TRIES: Final = 3
"""So many times another thing is heard than the form, and it is left out."""

SILENCES: Final = 2
"""So many forms in a row are not said, and the lesson is over."""

Takes = dict[str, list[tuple[float, ...]]]
"""Form -> an embedding for each time it was said."""


def lesson_of(book: Phrasebook) -> tuple[str, ...]:
    """Return the forms of `LESSON` in a language."""
    return tuple(map(book.first, LESSON))


def teach_lines(forms: Sequence[str], prompts: Prompts) -> list[str]:
    """Return every line of it, to be rendered before."""
    asked = [prompts.say(key, form=form) for key in ("teach_say", "teach_missed") for form in forms]
    keys = ("teach_offer", "teach_intro", "teach_second", "teach_softly", "teach_skip",
            "teach_thanks", "teach_nothing")  # fmt: skip
    return [*asked, *map(prompts.say, keys), *shared_lines(prompts)]


@dataclass
class TeachContext(BeforeSession):
    """The mutable part of the lesson."""

    forms: tuple[str, ...] = field(kw_only=True)
    offered: bool = field(default=False, kw_only=True)
    """Whether the user is asked first."""
    at: int = 0
    """Which form is asked for."""
    missed: int = 0
    """Other things that were heard instead of it."""
    silent: int = 0
    """Forms in a row that were not said."""
    takes: Takes = field(default_factory=dict)
    declined: bool = False

    STOPPED_HINT: ClassVar[str] = "paused_hint"
    LADDERS: ClassVar[Mapping[State, Ladder]] = reprompts.TEACHING
    SAVED: ClassVar[tuple[str, ...]] = (
        *BeforeSession.SAVED, "at", "missed", "silent", "takes", "declined",
    )  # fmt: skip

    @property
    def person(self) -> Person:
        """Nothing is known of a pregnancy."""
        return Person.UNASKED

    @property
    def form(self) -> str:
        """The form that is asked for."""
        return self.forms[self.at]

    @property
    def learned(self) -> str:
        """The line that tells whether something was taught."""
        enough = any(len(takes) > 1 for takes in self.takes.values())
        return self.line("teach_thanks" if enough else "teach_nothing")

    def goodbye(self) -> list[str]:
        """Return the goodbye of a user who wants to leave; none after an alarm."""
        if self.ending.alarmed:
            return []
        return [self.line("before_ended") if self.offered else self.learned]
