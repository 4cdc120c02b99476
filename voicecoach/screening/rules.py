"""The one list of the safety rules, read from ``rules.toml`` beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any


class Stage(Enum):
    """When a rule counts."""

    DURING = "during"
    BEFORE = "before"
    ROUTINE = "routine"
    AFTER = "after"


class Certainty(Enum):
    """What a rule rests on."""

    A = "guideline or consensus"
    B = "study of a neighbouring condition"
    C = "practice advice"
    D = "our own"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what brings it about, what follows, on what it rests, and where it is held."""

    id: str
    stage: Stage
    trigger: str
    effect: str
    source: str
    certainty: tuple[Certainty, ...]
    where: tuple[str, ...]
    """Names inside the package that hold it: ``screening.exclusions.bar``."""
    today: str
    """How far it runs in this version, in words."""
    routines_off: tuple[str, ...] = ()
    """Ids of the shipped routines that are off by this rule."""
    routines_agreed: tuple[str, ...] = ()
    """Ids of the shipped routines that need a clinician's yes by this rule."""

    @property
    def letters(self) -> str:
        """The certainty as it is printed: "A", or "A/B"."""
        return "/".join(certainty.name for certainty in self.certainty)


def parse_rules(text: str) -> tuple[Rule, ...]:
    """Read a file of rules (TOML; see ``rules.toml``).

    Raises `ValueError` for a rule given twice, and `KeyError` or `TypeError` for one that is not
    whole: the file is shipped, and a test reads it.
    """
    rules = tuple(_rule(entry) for entry in tomllib.loads(text)["rule"])
    ids = [rule.id for rule in rules]
    twice = {id_ for id_ in ids if ids.count(id_) > 1}
    if twice:
        raise ValueError(f"given twice: {', '.join(sorted(twice))}")
    return rules


def _rule(entry: Mapping[str, Any]) -> Rule:
    own = dict(entry)
    certainty = tuple(Certainty[letter] for letter in own.pop("certainty").split("/"))
    stage = Stage(own.pop("stage"))
    lists = {key: tuple(value) for key, value in own.items() if isinstance(value, list)}
    return Rule(**{**own, **lists}, stage=stage, certainty=certainty)


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, in their order."""
    return parse_rules((files("voicecoach") / "screening" / "rules.toml").read_text("utf-8"))


def rule(id_: str) -> Rule:
    """Return a rule by its id. Raises `KeyError`."""
    return {rule.id: rule for rule in rules()}[id_]
