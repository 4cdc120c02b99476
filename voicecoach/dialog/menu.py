"""What an idle coach knows of the day, and what the user chooses. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from voicecoach.language.phrasebook import Command, Meaning
from voicecoach.units import Ms

Sentences = Sequence[str]

FRESH: Final = Ms(15 * 60_000)
"""Our own choice: a word that is said in the 100 ms between two sleeps is not heard."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user wants to be done."""

    what: Command
    number: int | None = None
    """Minutes; repetitions or strokes for `Command.COUNT`."""
    region: str | None = None
    """A `routine.model.Region` value."""
    thing: str = ""
    """The id of an exercise or a routine: proposed, named, or done before."""
    sure: bool = False
    """Whether it was proposed, and accepted."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that "yes" answers by a choice."""

    says: tuple[str, ...]
    """Sentences before the question."""
    question: str
    choice: Choice
    reminds: bool = False
    """Whether the coach speaks first, to remind the user: then it can be put off."""


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be said and offered on one day."""

    answers: Mapping[Command, Sentences] = field(default_factory=dict)
    """What is told for each command that is a question."""
    usual: Proposal | None = None
    """What is proposed where nothing fits what was said."""
    first: Proposal | None = None
    """What is asked as soon as the coach is called."""
    names: Mapping[str, Meaning] = field(default_factory=dict)
    """The forms that name an exercise or a routine."""
    fresh: Ms = FRESH
    """How long the coach sleeps before what it knows of the day is made again."""

    @property
    def lines(self) -> list[str]:
        """Every sentence of it, to be rendered before."""
        offers = [offer for offer in (self.usual, self.first) if offer]
        told = [line for lines in self.answers.values() for line in lines]
        return [*told, *(line for offer in offers for line in (*offer.says, offer.question))]
