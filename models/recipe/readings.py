"""How a number in a transcript may have been read aloud, and the text of the alphanumeric clips."""

import re
from collections.abc import Iterator

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen")  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def plain(label: str) -> str:
    """The words of a label: "[digits] 304" is read digit by digit, "[spelled] Ann" by letters."""
    kind, _, rest = label.partition("] ")
    if kind == "[digits":
        return " ".join(re.findall(r"\d", rest))
    if kind == "[spelled":
        return " ".join(re.findall(r"[a-z]", rest.lower()))
    return " ".join(re.findall(r"[a-z']+|\d+", label.lower()))


def _below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    tens, one = divmod(number, 10)
    return f"{TENS[tens]} {ONES[one]}" if one else TENS[tens]


def _digits(token: str) -> Iterator[str]:
    spoken = [ONES[int(d)] for d in token]
    yield " ".join(spoken)
    yield " ".join("oh" if word == "zero" else word for word in spoken)


def _hundreds(number: int) -> Iterator[str]:
    head, rest = divmod(number, 100)
    first = f"{_below_hundred(head)} hundred"
    if not rest:
        yield first
        return
    for joint in (" ", " and "):
        yield f"{first}{joint}{_below_hundred(rest)}"
    yield f"{_below_hundred(head)} {'oh ' if rest < 10 else ''}{_below_hundred(rest)}"


def readings(token: str) -> list[list[str]]:
    """Ways of reading some digits, each a list of words; up to four also as a number."""
    found = list(_digits(token))
    if len(token) <= 2:
        found.append(_below_hundred(int(token)))
    elif len(token) <= 4 and int(token) >= 100:
        found += _hundreds(int(token))
    if len(token) == 3:
        found.append(f"{ONES[int(token[0])]} {_below_hundred(int(token[1:]))}")
    return [text.split() for text in dict.fromkeys(found)]
