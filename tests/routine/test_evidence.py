"""What a routine says about studies: a closed set of tags, and no tag without its study."""

from __future__ import annotations

import pytest

from tests.english import parse
from tests.routine.files import only, swapped
from tests.routine.strategies import without_lines
from voicecoach.routine.dump import dump
from voicecoach.routine.evidence import Evidence, Tag

HEAD = "exercises:\n"


def with_evidence(fields: str) -> str:
    """Return the good file with `evidence`."""
    return swapped((HEAD, f"evidence: {{{fields}}}\n{HEAD}"))


def test_a_tag_is_read_with_what_it_rests_on() -> None:
    """It stands in the routine, and is written as it was read."""
    routine = parse(with_evidence("tag: no-better, note: So it is., studies: [Owen 2020]"), "x")
    assert routine.evidence == Evidence(Tag.NO_BETTER, "So it is.", ("Owen 2020",))
    assert without_lines(parse(dump(routine), "x")) == without_lines(routine)


def test_what_was_never_tested_needs_no_study() -> None:
    """A file may say that no trial is known, or say nothing."""
    routine = parse(with_evidence("tag: untested, note: So it is."), "x")
    assert routine.evidence == Evidence(Tag.UNTESTED, "So it is.")
    assert without_lines(parse(dump(routine), "x")) == without_lines(routine)
    assert parse(swapped(), "x").evidence is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("tag: favoured, note: So it is.", "no study"),
        ("tag: favoured, note: So it is., studies: []", "no study"),
        ("tag: proven, note: So it is., studies: [Owen 2020]", "'proven'"),
        ("tag: untested", "missing field 'note'"),
        ("note: So it is.", "missing field 'tag'"),
        ("tag: untested, note: So it is., cures: back", "unknown field 'cures'"),
    ],
)
def test_a_claim_without_its_ground_is_refused(fields: str, message: str) -> None:
    """The tags are a closed set; one that speaks of studies names one; a note is needed."""
    assert message in only(with_evidence(fields)).message
