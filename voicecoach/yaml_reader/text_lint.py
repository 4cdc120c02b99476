"""What a spoken text may hold. The listener lies on a mat: no eyes, and only the words to go by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple
from unicodedata import name as character_name
from unicodedata import normalize

from voicecoach.errors import did_you_mean
from voicecoach.language.lint import Lint
from voicecoach.language.model import Language
from voicecoach.yaml_reader.nodes import hidden, shown

MAX_SENTENCE: Final = 300
"""Characters. The synthesiser's time grows faster than the text, and no one follows for so long."""

_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")


class Sides(Enum):
    """Whether an exercise is done once, or left and then right."""

    NONE = "none"
    EACH = "each"


class Fault(NamedTuple):
    """What is wrong with a text, what to do, and the safety rule it breaks, if one."""

    message: str
    hint: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where a text is spoken. `sides` None: not known, so nothing is said about placeholders."""

    sides: Sides | None = Sides.NONE
    has_side: bool = True
    """False for texts outside the sides of an exercise: names, the summary, the advice."""


OUTSIDE: Final = Spoken(has_side=False)


def tidy(text: str) -> str:
    """Return `text` on one line with single blanks, each letter with its accent as one."""
    return normalize("NFC", " ".join(text.split()))


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, each with its full stop."""
    return _SENTENCE_END.split(text)


def plain_faults(text: str) -> Iterator[Fault]:
    """Yield what is wrong with any text, spoken or not."""
    char = hidden(text)
    if char:
        name = f"a non-printable character, U+{ord(char):04X}"
        yield Fault(name, "an escape in quotes makes it")
    if not any(char.isalnum() for char in text):
        yield Fault("a text without a word")


def spoken_faults(text: str, spoken: Spoken, language: Language) -> Iterator[Fault]:
    """Yield what is wrong with a text that is spoken in `language`."""
    yield from plain_faults(text)
    yield from _unreadable(text, language.lint)
    eyes = language.lint.eyes.search(text)
    if eyes:
        yield Fault(f"'{eyes[0]}' needs eyes", "say where the body goes: no one looks", "S34")
    for sentence in sentences(text):
        if len(sentence) > MAX_SENTENCE:
            message = f"a sentence of {len(sentence)} characters"
            yield Fault(message, f"at most {MAX_SENTENCE}; split it")
    for phrase in language.phrasebook.halts_in(text):
        hint = "put it in other words: the coach must not obey its own voice"
        yield Fault(f"the halt word '{phrase}'", hint, "S34")
    held = language.lint.held_breath.search(text)
    if held:
        yield Fault(f"'{held[0]}'", "no one is told to hold the breath: name in and out", "S24")
    yield from _placeholder_faults(text, spoken, language.prompts.inflection.placeholders)


def _unreadable(text: str, lint: Lint) -> Iterator[Fault]:
    """Yield what the voice cannot read."""
    bare = _BRACES.sub("", text)
    odd = [char for char in bare if not lint.alphabet.fullmatch(char) and char not in "{}"]
    if odd and not hidden(odd[0]):
        name = character_name(odd[0], "without a name").lower()
        message = f"the voice cannot read '{odd[0]}' (U+{ord(odd[0]):04X}, {name})"
        yield Fault(message, "write in words what is to be said")
    sign = lint.unreadable.search(bare)
    if sign:
        yield Fault(f"the voice reads '{sign[0]}' wrong", "write in words what is to be said")


def _placeholder_faults(text: str, spoken: Spoken, known: Sequence[str]) -> Iterator[Fault]:
    *most, last = (f"{{{name}}}" for name in known)
    only = f"only {', '.join(most)} and {last}"
    for name in _BRACES.findall(text):
        if name not in known:
            hint = did_you_mean(name, known) or only
            yield Fault(f"unknown placeholder {{{shown(name)}}}", hint)
        elif not spoken.has_side:
            hint = "name the side in the texts of an exercise"
            yield Fault(f"{{{name}}} is not known here", hint)
        elif spoken.sides is Sides.NONE:
            yield Fault(f"{{{name}}} in an exercise without sides", "add 'sides: each'", "S34")
    if re.search(r"[{}]", _BRACES.sub("", text)):
        yield Fault("a brace without its partner", only)
