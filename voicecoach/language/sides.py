"""The sides of the body in the words of a language, in the form that a text asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEFT: Final = "left"
RIGHT: Final = "right"
SIDES: Final = (LEFT, RIGHT)
"""Keys of the sides, in the order in which they are worked."""

PLAIN: Final = "plain"
"""The form of a bare ``{side}``; every language has it."""

PLACEHOLDERS: Final = ("side", "other_side")

_PLACEHOLDER: Final = re.compile(r"\{(side|other_side)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Inflection:
    """The words for the sides: form -> side -> word."""

    forms: Mapping[str, Mapping[str, str]]

    def fill(self, text: str, side: str) -> str:
        """Return `text` with ``{side}``, ``{other_side:form}`` and the like as words.

        Args:
            text: Any text; other placeholders stay as they are.
            side: `LEFT` or `RIGHT`.

        Raises:
            KeyError: The text asks for a form that the language does not have.

        """
        other = RIGHT if side == LEFT else LEFT

        def word(found: re.Match[str]) -> str:
            return self.forms[found[2] or PLAIN][side if found[1] == "side" else other]

        return _PLACEHOLDER.sub(word, text)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What may stand between braces: "side", "other_side", "side:accusative" and so on."""
        inflected = [form for form in self.forms if form != PLAIN]
        return (*PLACEHOLDERS, *(f"{name}:{form}" for form in inflected for name in PLACEHOLDERS))


def has_side(*texts: str) -> bool:
    """Return whether any of `texts` names the present side, in any form."""
    return any(found[1] == "side" for text in texts for found in _PLACEHOLDER.finditer(text))
