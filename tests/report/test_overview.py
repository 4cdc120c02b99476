"""The report of a year: true figures, one file, readable by everybody."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from tests.effort import examples
from tests.history.year import year
from tests.store.strategies import pasts
from voicecoach.errors import InputError, PlaceError
from voicecoach.history.figures import Pain, change, complaints_by_place, doses, pains, trend
from voicecoach.history.past import Past
from voicecoach.report.overview.body import BEHIND, FRONT
from voicecoach.report.overview.page import STYLE, overview_html
from voicecoach.report.overview.pain_chart import trend_in_words
from voicecoach.report.overview.svg import STYLE as PICTURES
from voicecoach.report.paper import write_page
from voicecoach.routine.model import Region

TODAY = date(2027, 1, 5)
YEAR = year()
FIRST = date(2026, 1, 5)
VOID = {"meta"}


def page(sessions: list[Past]) -> str:
    """Return the page."""
    return overview_html(sessions, TODAY, lambda rule: f"what {rule} does")


class Whole(HTMLParser):
    """Checks that each element is closed, and notes what is there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.links: list[str] = []
        self.unnamed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given_ = dict(attrs)
        self.seen[tag] += 1
        self.links += [str(given_[name]) for name in ("src", "href") if name in given_]
        self.unnamed += tag == "svg" and not given_.get("aria-label")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.seen[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        assert self.open.pop() == tag


@given(pasts())
@examples(8)
def test_any_history_has_a_page(sessions: list[Past]) -> None:
    """Whole, whatever it holds: one file, no script, landmarks, a name for each picture."""
    seen = Whole()
    seen.feed(page(sessions))
    assert not seen.open
    assert not seen.links
    assert not seen.unnamed
    assert not seen.seen.keys() & {"script", "iframe", "img", "link"}
    assert [seen.seen[tag] for tag in ("html", "header", "main", "h1")] == [1] * 4


def test_nothing_is_loaded_from_elsewhere() -> None:
    """Neither by the page nor by its style."""
    text = page(YEAR).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|url\(|@import", text)


def test_the_figures_are_those_of_the_year() -> None:
    """What is written is what the records say."""
    text = page(YEAR)
    assert f"<b>{len(YEAR)}</b> sessions" in text
    repetitions = sum(past.repetitions for past in YEAR)
    cells = re.findall(r'<td class="right">(\d+)</td><td class="right">', text)
    assert sum(map(int, cells)) == repetitions
    assert f"<b>{sum(len(past.complaints) for past in YEAR)}</b> halts" in text
    assert "fell by" in trend_in_words(pains(YEAR))


def test_what_is_shown_cannot_break_the_page() -> None:
    """Names of exercises and routines are text, whatever is in them."""
    bad = '<script>alert("&")</script>'
    first = YEAR[0]
    named = tuple(replace(entry, name=bad) for entry in first.exercises)
    assert "<script>" not in page([replace(first, exercises=named)])


def test_each_region_has_its_place_on_the_body() -> None:
    """None is told and not shown."""
    assert {*BEHIND, *FRONT} == {region.value for region in Region}


def test_places_count_the_complaints() -> None:
    """Those whose place was named."""
    named = [c.region for past in YEAR for c in past.complaints if c.region]
    assert complaints_by_place(YEAR) == Counter(named)


def told(scores: list[int | None]) -> list[Pain]:
    """Return a score a week."""
    return [Pain(FIRST + timedelta(weeks=i), score, None) for i, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("scores", "slope"),
    [
        ([6, 5, 4, 3, 2], -1.0),
        ([6, 5, 10, 3, 2], -1.0),  # one bad day
        ([3, 3, 3, 3], 0.0),
        ([1, None, 3, 4, 5], 1.0),
        ([1, 2, 3], None),
        ([], None),
    ],
)
def test_a_trend_is_that_of_most_days(scores: list[int | None], slope: float | None) -> None:
    """And of none where there are few."""
    assert trend(told(scores)) == slope


def test_the_change_is_that_of_the_whole_time() -> None:
    """A point a week over four weeks."""
    assert change(told([6, 5, 4, 3, 2])) == -4.0
    assert trend_in_words(told([6, 5, 4, 3, 2])) == (
        "Pain before a session fell by 4.0 points over this time."
    )
    assert "about the same" in trend_in_words(told([3, 4, 3, 4, 3]))
    assert "4 sessions" in trend_in_words(told([3]))


def test_scores_of_one_day_have_no_trend() -> None:
    """There is no time between them."""
    assert trend([Pain(FIRST, score, None) for score in (1, 2, 3, 4, 5)]) is None


def test_the_dose_is_by_week_and_name() -> None:
    """Each second is in a week, and two exercises of one name are told apart."""
    whole = sum(dose.seconds for weeks in doses(YEAR).values() for dose in weeks.values())
    assert whole == pytest.approx(sum(past.work_seconds for past in YEAR))
    first = YEAR[0]
    same = tuple(replace(entry, name="The cat") for entry in first.exercises)
    assert len(doses([replace(first, exercises=same)])) == len(first.exercises)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2, from 1 to 21."""
    lights = []
    for colour in (one, other):
        full = colour.lstrip("#")
        full = "".join(c * 2 for c in full) if len(full) == 3 else full
        parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_every_text_can_be_read() -> None:
    """Contrast of at least 4.5 to 1 with the lightest ground that text has, as WCAG asks."""
    colours = re.findall(r"(?<![-\w])color: (#\w+)", STYLE.read_text("utf-8"))
    colours += re.findall(r"\.small\{[^}]*fill:(#\w+)", PICTURES)
    assert len(colours) > 5
    for colour in colours:
        assert contrast(colour, "#eef4f7") >= 4.5, colour
    assert contrast("#fff", "#a8281c") >= 4.5  # the number on a place


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_a_year_fits_one_sheet(tmp_path: Path, kind: str) -> None:
    """By the libraries of the extra."""
    pytest.importorskip("weasyprint", reason="the extra `report` is not installed")
    pdfium = pytest.importorskip("pypdfium2", reason="the extra `report` is not installed")
    path = tmp_path / f"report.{kind}"
    write_page(path, page(YEAR))
    if kind == "pdf":
        document = pdfium.PdfDocument(path)
        assert len(document) == 1
        assert "Exercise report" in document[0].get_textpage().get_text_range()
        document.close()
    else:
        assert path.read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Another kind of file, and a file that stands where its folder should be."""
    (tmp_path / "none").touch()
    with pytest.raises(InputError, match="no report"):
        write_page(tmp_path / "report.doc", "")
    with pytest.raises(PlaceError, match="cannot be written"):
        write_page(tmp_path / "none" / "report.html", "")
