"""Doses read from a line of YAML."""

from __future__ import annotations

from tests.english import LANGUAGE
from voicecoach.doses.base import Dose
from voicecoach.errors import Problem
from voicecoach.routine.dose import read_dose, vary_dose
from voicecoach.yaml_reader.fields import Fields, read_fields
from voicecoach.yaml_reader.nodes import Findings, compose


def read(text: str, plain: Dose | None = None) -> Dose:
    """Return the dose in `text`, at the level of a `plain` one if given. It has no problem."""
    fields = _fields(text)
    dose = vary_dose(fields, plain) if plain else read_dose(fields)
    assert not fields.findings.problems
    assert dose
    return dose


def faults(text: str, plain: Dose | None = None) -> list[Problem]:
    """Return what is wrong with the dose in `text`."""
    fields = _fields(text)
    if plain:
        vary_dose(fields, plain)
    else:
        read_dose(fields)
    return fields.findings.problems


def _fields(text: str) -> Fields:
    findings = Findings()
    root = compose(text, findings)
    assert root
    fields = read_fields(root, "", findings, LANGUAGE)
    assert fields
    return fields
