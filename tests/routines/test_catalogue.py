"""docs/routines.md: its table is that of the files, and it says what must be said plainly."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import replace
from types import ModuleType

import pytest

from tests.routines.shelf import FOLDER, NAMES, load
from voicecoach.routine.evidence import Tag

DOCS = FOLDER.parent / "docs"


@pytest.fixture(scope="module")
def catalogue() -> ModuleType:
    """Return docs/catalogue.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("catalogue", DOCS / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_current() -> None:
    """``python docs/catalogue.py --check`` finds nothing stale."""
    command = [sys.executable, str(DOCS / "catalogue.py"), "--check"]
    here = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=FOLDER.parent, env=here, check=False
    )
    assert (done.returncode, done.stdout) == (0, "stale: nothing\n"), done.stderr


def test_each_routine_has_its_row(catalogue: ModuleType) -> None:
    """A row has the id, the minutes, the things that are needed, and each caution."""
    rows = {row.split("`")[1]: row for row in catalogue.catalogue(catalogue.routines()).split("\n")
            if row.startswith("| `")}  # fmt: skip
    assert sorted(rows) == NAMES
    for name, row in rows.items():
        routine = load(name)
        wanted = [*routine.equipment, *(c.value for c in routine.contraindications)]
        wanted += [e.position.value for e in routine.exercises]
        wanted += [c.value for e in routine.exercises for c in e.contraindications]
        assert not [word for word in wanted if word not in row]
        assert row.count(" | ") == len(catalogue.HEAD) - 1


def test_a_page_without_its_place_is_an_error(catalogue: ModuleType) -> None:
    """A page that lost its markers does not count as current, nor a routine without a length."""
    with pytest.raises(ValueError, match="begin catalogue"):
        catalogue.renewed("no markers")
    with pytest.raises(ValueError, match="does not say"):
        catalogue.minutes(replace(load(NAMES[0]), summary="Short."))


def test_the_page_says_it_plainly() -> None:
    """Nobody has reviewed the routines or the rules, and there is no diagnosis or treatment."""
    page = " ".join((DOCS / "routines.md").read_text("utf-8").split())
    assert "A physiotherapist has not yet reviewed these routines or the [safety rules]" in page
    assert "no diagnosis and gives no treatment" in page


def test_each_study_has_its_title(catalogue: ModuleType) -> None:
    """Each routine has a tag; the studies it names are those of the list on the page."""
    page = (DOCS / "routines.md").read_text("utf-8")
    known = [load(name).evidence for name in NAMES]
    assert all(known)
    named = {study for evidence in known if evidence for study in evidence.studies}
    assert set(re.findall(r"^\* \*\*(.+ \d{4})\*\*", page, re.MULTILINE)) == named
    assert catalogue.evidence([load(NAMES[0])]).count("\n") == 2


def test_the_page_says_what_each_tag_means() -> None:
    """Every tag of the closed set has its row."""
    page = (DOCS / "routines.md").read_text("utf-8")
    assert [tag.value for tag in Tag if f"| `{tag.value}` | " not in page] == []
