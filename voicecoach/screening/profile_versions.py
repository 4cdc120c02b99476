"""Answers in profiles of earlier versions, as answers to the questions of today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Answer

VERSION: Final = 3
"""The version that is written. A file without a number is of version 1."""

RETIRED: Final[Mapping[int, tuple[str, ...]]] = {1: ("ill",), 2: (), VERSION: ()}
"""Names of questions that an earlier version asked and that are not asked any more."""

ASKED_AGAIN: Final = (Fact.NIGHT, Fact.WEAK, Fact.ACCIDENT, Fact.UNWELL)
"""Answers of version 1 that say too little now. A "no" to "Is your back worse at night, or no
better when you rest?" could mean either; weakness and an accident now ask for a doctor's yes; a
cold and alcohol were one question."""


def renewed(answers: Mapping[str, Answer], version: int) -> dict[Fact, Answer]:
    """Return what the answers of a file of `version` say today; what is left out is asked again."""
    told = dict(answers)
    if version > 1:
        return {Fact(name): answer for name, answer in told.items()}
    ill = told.pop("ill", None)
    kept = {Fact(name): answer for name, answer in told.items()}
    if Fact.WOUND in kept and not kept[Fact.WOUND].yes:
        del kept[Fact.WOUND]  # the belly was not asked about
    if ill and not ill.yes:
        kept |= {Fact.LOSS: ill, Fact.CANCER: ill}
    return {fact: answer for fact, answer in kept.items() if fact not in ASKED_AGAIN}
