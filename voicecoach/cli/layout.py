"""Text on the terminal: lines that end between words, with the rest of a text under its begin."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Sequence
from functools import partial
from itertools import repeat
from typing import Final

NARROWEST: Final = 40
WIDEST: Final = 80
"""Columns: longer lines are hard to read, and shorter ones hold no table."""

COMMAND: Final = re.compile("`[^`]*`")
_HELD: Final = "\ue000"
"""Stands for a space at which no line ends; no text has it."""


def width() -> int:
    """Return the columns to print in: the terminal's, within limits; without one, the most."""
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    return max(NARROWEST, min(WIDEST, columns))


def wrapped(head: str, text: str) -> list[str]:
    """Return `text` in lines after `head`; the later ones begin under the text. A line break stays
    one, and a word that is too long, such as a path, is not cut; nor is a command in backquotes,
    which is there to be copied.
    """
    text = COMMAND.sub(lambda found: found[0].replace(" ", _HELD), text)
    heads = [head, *repeat(" " * len(head), text.count("\n"))]
    wrap = partial(textwrap.wrap, width=width(), break_long_words=False, break_on_hyphens=False)
    return [
        line.replace(_HELD, " ")
        for begin, part in zip(heads, text.split("\n"), strict=True)
        for line in wrap(part, initial_indent=begin, subsequent_indent=" " * len(head))
    ]


def listed(words: Sequence[str]) -> str:
    """Return words as they stand in a sentence: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
