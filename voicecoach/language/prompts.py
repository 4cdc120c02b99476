"""The coach's own lines in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voicecoach.language.sides import Inflection
from voicecoach.units import Ms

MOST = 60
"""The highest number the coach can say."""

HOUR = 60
"""Minutes."""

LONGEST_MINUTES = 4 * HOUR
"""Time left is said up to here: more than the longest routine, at the slowest pace."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Lines by key, number words, and what a line needs to be filled in."""

    lines: Mapping[str, str]
    numbers: Sequence[str]
    """Words for 0 to `MOST`."""
    inflection: Inflection
    plurals: Mapping[str, frozenset[int]]
    """The forms of counted lines besides the plain one, and the numbers that take each."""
    screen: Mapping[str, str] = field(default_factory=dict)
    """The questions before a session, and what is said around them."""
    adapt: Mapping[str, str] = field(default_factory=dict)
    """How the answers change a routine, or why there is none."""
    file: Mapping[str, str] = field(default_factory=dict)
    """What a session as a file says; some lines stand in place of those of `lines`."""

    def say(self, key: str, side: str = "", **values: str) -> str:
        """Return the line `key`, its placeholders filled in, with a capital at the start.

        `side` is the key of a side ("left" or "right"); the line puts it into words.
        """
        text = self.sided(self.lines[key], side) if side else self.lines[key]
        text = text.format(**values)
        inside = key in _WORDS or key.partition("_")[0] in _UNITS
        return text if inside else text[:1].upper() + text[1:]

    def count(self, key: str, n: int) -> str:
        """Return the counted line `key` for `n`, in the form that the language uses for it."""
        forms = [form for form, numbers in self.plurals.items() if n in numbers]
        keys = [f"{key}_{form}" for form in forms]
        found = next((inflected for inflected in keys if inflected in self.lines), key)
        return self.say(found, n=self.number(n))

    def duration(self, seconds: int) -> str:
        """Return a length of time in words: "one minute and thirty seconds"."""
        minutes, rest = divmod(seconds, 60)
        parts = [self.count("minutes", minutes)] * bool(minutes)
        parts += [self.count("seconds", rest)] * bool(rest or not minutes)
        return self.things(parts)

    def number(self, n: int) -> str:
        """Return the word for `n`, which is held to 0..60."""
        return self.numbers[max(0, min(n, MOST))]

    def sided(self, text: str, side: str) -> str:
        """Return `text` with the words for a side ("left" or "right") and the other filled in."""
        return self.inflection.fill(text, side)

    def things(self, names: Sequence[str]) -> str:
        """Return "a, b and c"."""
        *head, last = names
        return f"{', '.join(head)} {self.lines['and']} {last}" if head else last

    def left_alone(self, regions: Sequence[str]) -> str:
        """Return the line that parts of the body are left alone today, by their `Region` values."""
        parts = self.things([self.lines[f"part_{region}"] for region in regions])
        return self.say("drop_region", part=parts)

    def time_left(self, ms: Ms) -> str:
        """Return a line for a length of time: to the minute, from an hour on to the half hour, and
        at most `LONGEST_MINUTES`.
        """
        minutes = min(round(ms / 60_000), LONGEST_MINUTES)
        if minutes >= HOUR:
            hours, half = divmod(round(2 * minutes / HOUR), 2)
            return self.count("left_hours_half" if half else "left_hours", hours)
        return self.count("left", minutes) if minutes else self.say("left_minute")

    def more(self, n: int) -> str:
        """Return a line that tells how many come after the present one."""
        return self.count("more", n) if n else self.say("more_none")


_WORDS = frozenset(
    {
        "and", "go", "in", "out", "there", "and_back", "breathe_in", "breathe_out",
        "recall_today", "recall_yesterday", "recall_over_an_hour", "recall_under_a_minute",
        "recall_sets", "recall_more",
    }
)  # fmt: skip
"""Words that stand inside a line and keep their small letter."""

_COUNTED = "minutes seconds days weeks sessions points strokes repetitions others"
_UNITS = frozenset(_COUNTED.split())
"""What is counted inside a line, in any form: "seconds_one", "days_ago"."""
