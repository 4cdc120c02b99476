"""The questions before a session, in their order: which rules each serves, what an unsure means.

Their words stand in ``language/en/prompts.toml`` under ``[screen]``, by the value of the fact, and
in other words under the same key with ``_again``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Fact(Enum):
    """Something about the user that a question asks for."""

    SEEN = "seen"
    CHANGED = "changed"
    EMERGENCY = "emergency"
    WEAK = "weak"
    INJURY = "injury"
    ACCIDENT = "accident"
    TWO_DAYS = "two_days"
    ILL = "ill"
    NIGHT = "night"
    SHOULDER_BLADES = "shoulder_blades"
    WOUND = "wound"
    FRACTURE = "fracture"
    BLOOD = "blood"
    CLOT = "clot"
    BLOOD_AGREED = "blood_agreed"
    BONES = "bones"
    PREGNANT = "pregnant"
    PREGNANT_LONG = "pregnant_long"
    DISC = "disc"
    SURGERY = "surgery"
    DISC_ACUTE = "disc_acute"
    DISC_AGREED = "disc_agreed"
    OLDER = "older"
    UNWELL = "unwell"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, to be answered by yes, no or not sure."""

    fact: Fact
    rules: tuple[str, ...]
    """The rules it serves, by their ids."""
    after: Fact | None = None
    """A follow-up: asked only of those who said yes to this one."""
    careful: bool = True
    """What "not sure" counts as, said twice: the answer that is on the safe side."""
    final: bool = False
    """Whether a yes ends the questions: there is no session then, whatever else is true."""
    days: int | None = None
    """How many days a yes holds for; None is until it is asked again."""


QUESTIONS: Final = (
    Question(Fact.EMERGENCY, ("S8",), final=True),
    Question(Fact.WEAK, ("S11",), final=True),
    Question(Fact.INJURY, ("S9", "S31")),
    Question(Fact.ACCIDENT, ("S9",), after=Fact.INJURY, final=True),
    Question(Fact.TWO_DAYS, ("S31",), after=Fact.INJURY, days=2),
    Question(Fact.ILL, ("S10",), final=True),
    Question(Fact.NIGHT, ("S10",), final=True),
    Question(Fact.SHOULDER_BLADES, ("S12",)),
    Question(Fact.WOUND, ("S13",)),
    Question(Fact.FRACTURE, ("S13",), after=Fact.WOUND),
    Question(Fact.BLOOD, ("S14", "S15")),
    Question(Fact.CLOT, ("S14",), after=Fact.BLOOD),
    Question(Fact.BLOOD_AGREED, ("S14", "S15"), after=Fact.BLOOD, careful=False),
    Question(Fact.BONES, ("S16",)),
    Question(Fact.PREGNANT, ("S17", "S35")),
    Question(Fact.PREGNANT_LONG, ("S17", "S35"), after=Fact.PREGNANT),
    Question(Fact.DISC, ("S18",)),
    Question(Fact.SURGERY, ("S18",), after=Fact.DISC),
    Question(Fact.DISC_ACUTE, ("S18",), after=Fact.DISC),
    Question(Fact.DISC_AGREED, ("S18",), after=Fact.DISC, careful=False),
    Question(Fact.OLDER, ("S19",)),
    Question(Fact.UNWELL, ("S20",), days=0),
)
"""All of them, the gravest first; a follow-up stands right after its question."""

ABOUT_TODAY: Final = (
    Question(Fact.CHANGED, ()),
    Question(Fact.UNWELL, ("S20",), days=0),
)
"""What is asked before each session, while the answers are not older than `GOOD_FOR_DAYS`."""

SEEN: Final = Question(Fact.SEEN, ("S8",), careful=False)
"""What is asked first of somebody who was told to seek emergency care."""

ASKED: Final[Mapping[Fact, Question]] = {question.fact: question for question in QUESTIONS}
"""The questions whose answers are kept, by their fact."""

GOOD_FOR_DAYS: Final = 30
"""After so many days the questions come again (docs/safety.md; our own, certainty D)."""
