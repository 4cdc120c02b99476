"""Errors for people: what happened, why, and what to do next.

One family per exit code, so that a script can tell them apart. The command line turns each into a
short message; a traceback appears only with ``--debug``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar


class CoachError(Exception):
    """Something the user can act on.

    `what` happened and `why` are sentences without a full stop; `next_step` says what to do.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, why: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.why, self.next_step) if part)

    @property
    def in_one_line(self) -> str:
        """The whole as sentences, for a list of errors or a warning."""
        parts = (part.rstrip(".") for part in (self.what, self.why, self.next_step) if part)
        return "".join(f"{part}. " for part in parts).rstrip()


class InputError(CoachError):
    """A routine, scenario, setting, recording or event log is wrong or missing."""

    exit_code = 3


class ModelError(CoachError):
    """The recogniser's model is missing, damaged or of another kind."""

    exit_code = 4


class VoiceError(CoachError):
    """The speech synthesiser is missing, does not know the voice, or failed on a phrase."""

    exit_code = 5


class DeviceError(CoachError):
    """No sound card, no PortAudio, no microphone, or a device that is busy or was lost."""

    exit_code = 6


class PlaceError(CoachError):
    """A folder or file cannot be read or written (permissions, full disk)."""

    exit_code = 7


class DeclinedError(CoachError):
    """No session today, or no rehearsal of one: the health questions rule it out, or are open."""

    exit_code = 8


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a file: where it stands, what is wrong, and a hint such as "did you mean"."""

    line: int
    """1-based line; 0 when the whole file is meant."""
    where: str
    """Dotted path inside the file, such as ``exercises[2].dose.tempo``."""
    message: str
    hint: str = ""
    rule: str = ""
    """Id of the safety rule that is broken, such as ``S21``; empty for any other fault."""
    path: str = ""
    """The file, where it is another than the one that was read: a shared exercise."""
    warning: bool = False
    """Whether it is only told: a file with nothing but warnings is good."""

    def __str__(self) -> str:
        path = f"{self.path}: " if self.path else ""
        place = f"line {self.line}: " if self.line else ""
        where = f"{self.where}: " if self.where else ""
        remarks = ": ".join(part for part in (self.rule, self.hint) if part)
        hint = f" ({remarks})" if remarks else ""
        return f"{path}{place}{where}{self.message}{hint}"


class ProblemsError(InputError):
    """All the problems of one file, at once."""

    def __init__(self, path: str, problems: Sequence[Problem], next_step: str = "") -> None:
        self.path = path
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.path, problem)))
        count = len(self.problems)
        what = f"{path}: {count} problem{'s' if count != 1 else ''}"
        super().__init__(what, "\n".join(f"  {problem}" for problem in self.problems), next_step)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return "did you mean 'x'?" for the nearest of `known`, or an empty string."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
