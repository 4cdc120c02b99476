"""The coach's own lines, read from one data file for a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from voicecoach.units import Ms

MOST = 60
"""The highest number the coach can say."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Lines by key, number words and names of sides."""

    lines: Mapping[str, str]
    numbers: Sequence[str]
    sides: Mapping[str, str]
    screen: Mapping[str, str] = field(default_factory=dict)
    """The questions before a session, and what is said around them."""
    adapt: Mapping[str, str] = field(default_factory=dict)
    """How the answers change a routine, or why there is none."""

    def say(self, key: str, **values: str) -> str:
        """Return the line `key`, its placeholders filled in, with a capital at the start."""
        text = self.lines[key].format(**values)
        return text if key in _WORDS else text[:1].upper() + text[1:]

    def number(self, n: int) -> str:
        """Return the word for `n`, which is held to 0..60."""
        return self.numbers[max(0, min(n, MOST))]

    def things(self, names: Sequence[str]) -> str:
        """Return "a, b and c"."""
        *head, last = names
        return f"{', '.join(head)} {self.lines['and']} {last}" if head else last

    def time_left(self, ms: Ms) -> str:
        """Return a line for a length of time, to the nearest minute, at most 60."""
        minutes = round(ms / 60_000)
        if minutes < 1:
            return self.say("left_minute")
        if minutes == 1:
            return self.say("left_one")
        return self.say("left_many", n=self.number(minutes))

    def more(self, n: int) -> str:
        """Return a line that tells how many come after the present one."""
        if n == 0:
            return self.say("more_none")
        return self.say("more_one") if n == 1 else self.say("more_many", n=self.number(n))


_WORDS = frozenset({"and", "go", "in", "out", "there", "and_back", "breathe_in", "breathe_out"})
"""Words that stand inside a line and keep their small letter."""


def parse_prompts(text: str) -> Prompts:
    """Read a file of sayings (TOML; see ``language/en/prompts.toml``)."""
    data = tomllib.loads(text)
    own = {name: data[name] for name in ("screen", "adapt") if name in data}
    return Prompts(data["say"], tuple(data["numbers"]), data["sides"], **own)


@cache
def english_prompts() -> Prompts:
    """Return the lines shipped for English."""
    return parse_prompts(
        (files("voicecoach") / "language" / "en" / "prompts.toml").read_text("utf-8")
    )
