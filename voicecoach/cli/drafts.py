"""Exercises of a new routine: asked for one by one, or given in an option."""

from __future__ import annotations

from typing import Final

import click

from voicecoach.cli.ask import Asked, WrongAnswerError
from voicecoach.doses.base import Dose
from voicecoach.errors import did_you_mean
from voicecoach.routine.model import Position, Region
from voicecoach.routine.skeleton import ExerciseDraft, measured, texts
from voicecoach.yaml_reader.text_lint import Sides, tidy

POSITIONS: Final = [position.value for position in Position]
REGIONS: Final = [region.value for region in Region]
FORM: Final = '"NAME, POSITION, PART OF THE BODY, KIND AMOUNT", such as "Bridge, supine, hip, '
EXAMPLE: Final = f'{FORM}repetitions 8"'


def asked_exercise(ask: Asked, number: int, *, optional: bool) -> ExerciseDraft | None:
    """Ask for an exercise; return None where its name is left empty, if it is `optional`."""
    name = ask.name(f"Exercise {number}: its name", optional=optional)
    if not name:
        return None
    code = ask.language.code
    position = ask.choice("  Position", POSITIONS, Position.SUPINE.value)
    usual = texts(code)["positions"][position]["regions"]
    region = ask.choice("  Part of the body", REGIONS, usual)
    dose = ask.choice("  What it is", doses(code), doses(code)[0])
    kind, usual_size = measured(code, dose)
    how_much = f"  How much ({described(kind)})"
    size = ask.until(how_much, f"{usual_size:g}", lambda text: read_amount(kind, text))
    each = ask.choice("  On each side, left and then right", ["yes", "no"], "no") == "yes"
    sides = Sides.EACH if each else Sides.NONE
    return ExerciseDraft(name, Position(position), Region(region), dose, size, sides)


def given_exercise(text: str, code: str) -> ExerciseDraft:
    """Return the exercise that an option describes. Raises `click.BadParameter`."""
    parts = [tidy(part) for part in text.split(",")]
    name, position, region, dose, *rest = [*parts, *[""] * 4][: max(4, len(parts))]
    named, _, size = dose.partition(" ")
    try:
        _one_of(position, POSITIONS, "position")
        _one_of(region, REGIONS, "part of the body")
        _one_of(named, doses(code), "kind")
        _one_of(" ".join(rest) or "once", ["each", "once"], "way to do it")
        kind, usual = measured(code, named)
        count = read_amount(kind, size) if size else usual
    except WrongAnswerError as error:
        message = f"'{text}': {error}. Write {EXAMPLE}."
        raise click.BadParameter(message, param_hint="'--exercise'") from error
    sides = Sides.EACH if rest == ["each"] else Sides.NONE
    return ExerciseDraft(name, Position(position), Region(region), named, count, sides)


def doses(code: str) -> list[str]:
    """Return the names of the doses that a skeleton knows."""
    return list(texts(code)["doses"])


def described(kind: type[Dose]) -> str:
    """Return what the amount of a kind counts: "how many a set has"."""
    return str(kind.shapes()[kind.NAME]["description"]).partition(",")[0]


def read_amount(kind: type[Dose], text: str) -> float:
    """Return the amount of a dose. Raises `WrongAnswerError` if it is none, or out of range."""
    shape = kind.shapes()[kind.NAME]
    limits = (shape.get(key, 0) for key in ("minimum", "maximum", "multipleOf"))
    least, most, step = (float(str(limit)) for limit in limits)
    try:
        number = float(text)
    except ValueError:
        raise WrongAnswerError(f"'{text}' is not a number") from None
    if not least <= number <= most or (step and number % step):
        steps = f", in steps of {step:g}" if step else ""
        raise WrongAnswerError(f"{text} cannot be: {least:g} to {most:g}{steps}")
    return number


def _one_of(word: str, options: list[str], what: str) -> None:
    if word not in options:
        hint = did_you_mean(word, options) or f"one of {', '.join(options)}"
        raise WrongAnswerError(f"'{word}' is no {what} ({hint})" if word else f"there is no {what}")
