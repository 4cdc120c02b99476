"""The pages in a real browser: an accessibility checker finds nothing, every text is legible.

`.ci/run` installs Chromium and axe-core and runs this; elsewhere it is skipped without them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.app.rehearsals import rehearsed
from tests.app.test_golden import SCENARIOS
from tests.history.year import year
from tests.report.browser import CHROMIUM, axe, checked
from voicecoach.eventlog.kinds import Event
from voicecoach.history.past import Past
from voicecoach.report.overview.page import overview_html
from voicecoach.report.timeline import timeline_svg
from voicecoach.screening.rules import rules

WANTED = os.environ.get("VOICECOACH_BROWSER") == "1"
HERE = bool(CHROMIUM and axe())

pytestmark = pytest.mark.skipif(
    not (WANTED or HERE),
    reason="needs Chromium and axe-playwright-python (tests/report/browser.py)",
)


def report(sessions: list[Past]) -> str:
    """Return the report of a history."""
    effects: Mapping[str, str] = {rule.id: rule.effect for rule in rules()}
    return overview_html(sessions, date(2026, 12, 31), lambda id_: effects.get(id_, ""))


def timeline() -> str:
    """Return a page with the picture of a session with pain, as a browser shows it."""
    events = [msgspec.convert(event, Event) for event in rehearsed(*SCENARIOS["pain"]).events]
    svg = timeline_svg(events)
    head = '<!doctype html><html lang="en"><head><title>A session</title></head>'
    return f"{head}<body><main><h1>A session</h1>{svg[svg.index('<svg') :]}</main></body></html>"


PAGES = {
    "a year": lambda: report(year()),
    "nothing yet": lambda: report([]),
    "timeline": timeline,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violations(name: str, tmp_path: Path) -> None:
    """Of axe's rules none is broken, and all texts in pictures have enough contrast."""
    found = checked(PAGES[name](), tmp_path)
    assert found["violations"] == []
    assert found["faint"] == []
    assert found["passed"] > 10
    assert set(found["unsure"]) <= {"color-contrast"}


def test_the_checker_finds_faults(tmp_path: Path) -> None:
    """A page without language and title, and with faint words, is told of."""
    page = '<html><body><svg><text y="9" fill="#aaa">faint</text></svg></body></html>'
    found = checked(page, tmp_path)
    assert {fault.split()[0] for fault in found["violations"]} >= {
        "document-title",
        "html-has-lang",
    }
    assert found["faint"] == ["faint: rgb(170, 170, 170) has 2.32"]
