"""Commands and their spoken forms in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

UNKNOWN = "[unk]"
"""What a recogniser writes for a sound that is no live phrase."""


class Command(Enum):
    """What a user can ask for. `HALTING` ones are live in every state."""

    STOP = "stop"
    PAIN = "pain"
    SHARP_PAIN = "sharp_pain"
    UNWELL = "unwell"
    EMERGENCY = "emergency"
    URGENT = "urgent"
    HELP = "help"
    TOO_MUCH = "too_much"
    PAUSE = "pause"
    RESUME = "resume"
    GO = "go"
    READY = "ready"
    OKAY = "okay"
    DONE = "done"
    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    SLOWER = "slower"
    FASTER = "faster"
    EASIER = "easier"
    HARDER = "harder"
    HOW_LONG = "how_long"
    HOW_MANY = "how_many"
    WHATS_NEXT = "whats_next"
    WHICH_SIDE = "which_side"
    HOW_TO = "how_to"
    WHERE = "where"
    LOUDER = "louder"
    QUIETER = "quieter"
    STOP_COUNTING = "stop_counting"
    START_COUNTING = "start_counting"
    LESS_TALKING = "less_talking"
    MORE_DETAIL = "more_detail"
    COMMANDS = "commands"
    SHOULD_HURT = "should_hurt"
    HOW_OFTEN = "how_often"
    HOW_FAST = "how_fast"
    HOW_REST = "how_rest"
    START = "start"
    END = "end"
    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"
    NEVER_MIND = "never_mind"
    NUMBER = "number"
    PLACE = "place"


HALTING = frozenset(
    {
        Command.STOP,
        Command.PAIN,
        Command.SHARP_PAIN,
        Command.UNWELL,
        Command.EMERGENCY,
        Command.URGENT,
        Command.HELP,
    }
)
"""Halt commands: no wake word, no silence before them, obeyed on a stable partial result."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for."""

    command: Command
    number: int | None = None
    """0 to 10, for `Command.NUMBER`."""
    region: str | None = None
    """A `routine.model.Region` value, where the phrase names the place of the pain."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases of a language."""

    meanings: Mapping[str, Meaning]
    quick: frozenset[str] = frozenset()
    """Halt phrases that are obeyed soonest, and after one other sound as well."""
    alike: Mapping[str, str] = field(default_factory=dict)
    """Words that sound like a word of a phrase, and that word."""

    def sounding(self, text: str) -> str:
        """Return the words of `text` as they sound: those that are `alike` as their like."""
        return " ".join(self.alike.get(word, word) for word in normalise(text).split())

    def forms(self, commands: Iterable[Command]) -> frozenset[str]:
        """Return every phrase that means one of `commands`."""
        wanted = frozenset(commands)
        return frozenset(p for p, m in self.meanings.items() if m.command in wanted)

    def first(self, command: Command) -> str:
        """Return the form of `command` that the file gives first, to be shown as an example."""
        return next(p for p, m in self.meanings.items() if m.command is command)

    def meaning(self, text: str) -> Meaning | None:
        """Return what the whole of `text` means, or None. `text` need not be normalised."""
        return self.meanings.get(normalise(text))

    def halting(self, phrase: str) -> bool:
        """Tell whether a (normalised) phrase is a halt phrase."""
        meaning = self.meanings.get(phrase)
        return meaning is not None and meaning.command in HALTING


def normalise(text: str) -> str:
    """Return the words of `text` in lower case, one blank between them, punctuation dropped."""
    return " ".join(re.findall(r"\[unk\]|[\w']+", text.lower().replace("’", "'")))
