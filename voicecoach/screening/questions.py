"""The questions before a session, in their order: which rules each serves, how long it holds.

Their words stand in ``language/en/prompts.toml`` under ``[screen]``, by the value of the fact, and
in other words under the same key with ``_again``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from voicecoach.screening.facts import Fact

WEEK: Final = 7
SOON: Final = 14
MONTH: Final = 30
QUARTER: Final = 90
YEAR: Final = 365
"""Days after which a question comes again. Our own (S41): what begins or ends within weeks is asked
again after weeks, what stays is asked once a year, and each session asks what has changed."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, to be answered by yes, no or not sure."""

    fact: Fact
    rules: tuple[str, ...]
    """The rules it serves, by their ids."""
    after: Fact | None = None
    """A follow-up: asked only of those who answered this one by `on`."""
    on: bool = True
    careful: bool = True
    """What "not sure" counts as, said twice: the answer that is on the safe side."""
    ends: frozenset[bool] = frozenset()
    """The answers that end the questions: there is no session then, whatever else is true."""
    no_for: int = MONTH
    yes_for: int = MONTH
    """How many days a no or a yes holds until it is asked again; 0 is for that day."""
    lapses: bool = False
    """Whether a yes counts as a no after its days; else it counts until it is asked again."""
    since: bool = False
    """Whether a user whom a doctor has seen is asked what is new since then (S8)."""

    def holds(self, yes: bool) -> int:
        """Return how many days an answer holds until it is asked again; 0 is that day alone."""
        return self.yes_for if yes else self.no_for


def _agreed(fact: Fact, rules: tuple[str, ...], after: Fact, no_for: int = SOON) -> Question:
    """Return the question whether a doctor has agreed; a no is asked again soon."""
    return Question(fact, rules, after, careful=False, no_for=no_for, yes_for=YEAR)


def _needed(fact: Fact, after: Fact, *, on: bool = True) -> Question:
    """Return the question for a yes without which there is no session; it is asked each time."""
    question = replace(_agreed(fact, ("S10", "S40"), after, no_for=0), on=on)
    return replace(question, ends=frozenset({False}), yes_for=QUARTER)


def _today(
    fact: Fact,
    rules: tuple[str, ...],
    after: Fact | None = None,
    ends: frozenset[bool] = frozenset(),
) -> Question:
    """Return a question about one day."""
    return Question(fact, rules, after, ends=ends, no_for=0, yes_for=0, lapses=True)


F = Fact
YES: Final = frozenset({True})

QUESTIONS: Final = (
    Question(F.EMERGENCY, ("S8",), ends=YES, since=True),
    Question(F.WEAK, ("S11",), ends=YES, since=True),
    Question(F.INJURY, ("S9", "S31"), yes_for=SOON, since=True),
    Question(F.ACCIDENT, ("S9",), F.INJURY, ends=YES),
    Question(F.TWO_DAYS, ("S31",), F.INJURY, yes_for=2, lapses=True),
    Question(F.LOSS, ("S10",), yes_for=QUARTER),
    _needed(F.LOSS_AGREED, F.LOSS),
    Question(F.CANCER, ("S10",), no_for=YEAR, yes_for=YEAR),
    replace(_needed(F.CANCER_AGREED, F.CANCER), yes_for=YEAR),
    Question(F.NIGHT, ("S10",), yes_for=WEEK),
    Question(F.NIGHT_EASES, ("S10",), F.NIGHT, careful=False, no_for=WEEK, yes_for=QUARTER),
    _needed(F.NIGHT_AGREED, F.NIGHT_EASES, on=False),
    Question(F.SHOULDER_BLADES, ("S12",), no_for=QUARTER, yes_for=SOON),
    _agreed(F.SHOULDER_BLADES_AGREED, ("S12", "S40"), F.SHOULDER_BLADES),
    Question(F.OPERATION, ("S39",), no_for=QUARTER, yes_for=SOON),
    _agreed(F.OPERATION_AGREED, ("S39", "S40"), F.OPERATION, no_for=0),
    Question(F.WOUND, ("S13",), no_for=QUARTER, yes_for=SOON),
    Question(F.FRACTURE, ("S13",), F.WOUND, yes_for=SOON),
    _agreed(F.FRACTURE_AGREED, ("S13", "S40"), F.FRACTURE),
    Question(F.BLOOD, ("S14", "S15"), no_for=YEAR, yes_for=YEAR),
    Question(F.CLOT, ("S14",), F.BLOOD, no_for=YEAR, yes_for=SOON),
    _agreed(F.BLOOD_AGREED, ("S14", "S15"), F.BLOOD),
    Question(F.BONES, ("S16",), no_for=YEAR, yes_for=YEAR),
    _agreed(F.BONES_AGREED, ("S16", "S40"), F.BONES),
    Question(F.PREGNANT, ("S17", "S35"), no_for=QUARTER),
    Question(F.PREGNANT_LONG, ("S17", "S35"), F.PREGNANT, no_for=WEEK, yes_for=YEAR),
    replace(_agreed(F.PREGNANT_AGREED, ("S17", "S40"), F.PREGNANT_LONG, no_for=WEEK), on=False),
    Question(F.DISC, ("S18",), no_for=YEAR, yes_for=YEAR),
    Question(F.SURGERY, ("S18",), F.DISC, no_for=YEAR, yes_for=YEAR),
    Question(F.DISC_ACUTE, ("S18",), F.DISC, no_for=QUARTER, yes_for=SOON),
    _agreed(F.DISC_AGREED, ("S18",), F.DISC),
    Question(F.OLDER, ("S19",), no_for=YEAR, yes_for=YEAR),
    _today(F.UNWELL, ("S20",)),
    _today(F.FEVER, ("S10",), F.UNWELL, ends=frozenset({True, False})),
    _today(F.DROWSY, ("S20",)),
)  # fmt: skip
"""All of them, the gravest first; a follow-up stands after the question that it follows."""

DAILY: Final = frozenset({F.UNWELL, F.DROWSY})
"""What is answered for one day."""

TODAY: Final = Question(F.TODAY, ("S20", "S41"))
"""Asked before each session of a user who has answered before: a no answers `CHANGED` and `DAILY`,
anything else asks them one by one."""

CHANGED: Final = Question(F.CHANGED, ("S41",))
"""Asked where something is not as usual: a yes asks everything again."""

SEEN: Final = Question(F.SEEN, ("S8",), careful=False)
CLEARED: Final = Question(F.CLEARED, ("S8", "S40"), F.SEEN, careful=False)
"""What is asked first of a user who was told to see a doctor at once."""

ASKED: Final[Mapping[Fact, Question]] = {question.fact: question for question in QUESTIONS}
"""The questions whose answers are kept, by their fact."""

BLOCKING: Final = (F.EMERGENCY, F.WEAK, F.ACCIDENT)
"""Facts with a yes to which nothing is led until a doctor has seen the user (S8, S9, S11)."""


def reached(question: Question, told: Callable[[Fact], bool | None]) -> bool:
    """Tell whether `question` concerns a user who has `told` so: yes, no, or None for not yet.

    What was not told counts as no, and of a follow-up as the careful answer.
    """
    if question.after is None:
        return True
    before = ASKED[question.after]
    yes = told(before.fact)
    if yes is None:
        yes = before.careful and before.after is not None
    return reached(before, told) and yes is question.on
