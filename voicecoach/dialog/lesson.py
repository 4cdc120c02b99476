"""What a lesson in the user's voice consists of, and where one stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


Learns = Callable[[Sequence[tuple[float, ...]]], bool]
"""Tells whether a form is learned from the embeddings of its takes."""


def lesson_of(book: Phrasebook) -> tuple[str, ...]:
    """Return the forms of `LESSON` in a language."""
    return tuple(map(book.first, LESSON))


def teach_lines(forms: Sequence[str], prompts: Prompts) -> list[str]:
    """Return every line of it, to be rendered before."""
    asked = [prompts.say(key, form=form) for key in ("teach_say", "teach_missed") for form in forms]
    keys = ("teach_offer", "teach_intro", "teach_second", "teach_softly", "teach_skip",
            "teach_thanks", "teach_some", "teach_nothing")  # fmt: skip
    named = [prompts.say("teach_word", form=form) for form in forms]
    return [*asked, *named, *map(prompts.say, keys), *shared_lines(prompts)]


@dataclass
class TeachContext(BeforeSession):
    """The mutable part of the lesson."""

    forms: tuple[str, ...] = field(kw_only=True)
    offered: bool = field(default=False, kw_only=True)
    """Whether the user is asked first."""
    learns: Learns = field(kw_only=True)
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
    def learned(self) -> list[str]:
        """The lines that tell what was learned: all of it, by name what of it, or nothing."""
        forms = [form for form in self.forms if self.learns(self.takes.get(form, ()))]
        if len(forms) == len(self.forms):
            return [self.line("teach_thanks")]
        if not forms:
            return [self.line("teach_nothing")]
        return [self.line("teach_some"), *(self.line("teach_word", form=form) for form in forms)]

    def goodbye(self) -> list[str]:
        """Return the goodbye of a user who wants to leave; none after an alarm."""
        if self.ending.alarmed:
            return []
        return [self.line("before_ended")] if self.offered else self.learned
