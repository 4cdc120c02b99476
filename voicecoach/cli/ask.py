"""Questions on the terminal, each asked again until its answer is good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

from voicecoach.cli.typed import read_line
from voicecoach.errors import did_you_mean
from voicecoach.language.model import Language
from voicecoach.routine.identity import MAX_NAME
from voicecoach.yaml_reader.text_lint import OUTSIDE, plain_faults, spoken_faults, tidy

T = TypeVar("T")


class WrongAnswerError(ValueError):
    """What is wrong with an answer, as a sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Asks; without a word where `quiet`, then each answer is the default."""

    language: Language
    quiet: bool = False

    def spoken(self, question: str, default: str = "", most: int = 300) -> str:
        """Return a text that the coach can say, of at most so many characters."""
        return self.until(question, default, lambda answer: self._sayable(answer, most))

    def name(self, question: str, *, optional: bool = False) -> str:
        """Return a spoken name; an empty one only where it is `optional`."""

        def read(answer: str) -> str:
            return self._sayable(answer, MAX_NAME) if answer or not optional else ""

        return self.until(question, "", read)

    def plain(self, question: str, default: str) -> str:
        """Return any text."""

        def read(answer: str) -> str:
            for fault in plain_faults(answer):
                raise WrongAnswerError(fault.message)
            return answer

        return self.until(question, default, read)

    def choice(self, question: str, options: Sequence[str], default: str) -> str:
        """Return one of several words."""

        def read(answer: str) -> str:
            if answer not in options:
                guess = did_you_mean(answer, options)
                raise WrongAnswerError(guess or f"write one of {', '.join(options)}")
            return answer

        return self.until(f"{question} ({', '.join(options)})", default, read)

    def until(self, question: str, default: str, read: Callable[[str], T]) -> T:
        """Ask until `read` takes the answer. Raises `click.UsageError` at the end of the input."""
        shown = f"{question} [{default}]: " if default else f"{question}: "
        while not self.quiet:
            line = read_line(shown)
            if line is None:
                step = "Give what is missing as options: voicecoach new --help"
                raise click.UsageError(f"There was no answer to '{question}'. {step}")
            try:
                return read(tidy(line) or default)
            except WrongAnswerError as error:
                click.secho(f"  {str(error)[:1].upper()}{str(error)[1:]}.", fg="red")
        return read(default)

    def _sayable(self, answer: str, most: int) -> str:
        for fault in spoken_faults(answer, OUTSIDE, self.language):
            hint = f" ({fault.hint})" if fault.hint else ""
            raise WrongAnswerError(f"{fault.message}{hint}")
        if len(answer) > most:
            raise WrongAnswerError(f"these are {len(answer)} characters; at most {most}")
        return answer
