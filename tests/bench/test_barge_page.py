"""docs/hearing.md names the bars of stops over the coach's voice as the benchmark has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.barge.figures import HITS, bars
from bench.barge.plan import BAR_DB, NOBODY, group
from bench.barge_in import MARK

PAGE = (Path(__file__).parents[2] / "docs" / "hearing.md").read_text("utf-8")

REACHED = {
    "hits": {"share": 1.0, "low": 1.0, "high": 1.0, "of": 1},
    "delay_ms": {"median": 0.0, "p95": 100.0},
}
ALONE = {"hours": 1.0, "own": {"count": 0, "per_hour": 0.0, "low": 0.0, "high": 3.7}}


def wanted() -> dict[str, str]:
    """Return what each bar of the benchmark wants, by its name in the table."""
    figures = {**dict.fromkeys(HITS, REACHED), f"{group(BAR_DB)}, {NOBODY}": ALONE}
    return {name: least for name, least, *_ in bars(figures)}


def named() -> dict[str, str]:
    """Return what the first table of the page's section wants."""
    section = PAGE.split(f"<!-- begin {MARK} -->")[1].split("<!-- end")[0]
    table = section.split("| bar | wanted | reached | met |\n")[1].split("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[1:]]
    return {row[0]: row[1] for row in rows}


def test_the_bars_are_those_that_were_set() -> None:
    """Of a hundred stops 99 at +6 dB, 97 at +12 dB and with two clocks; none of its own."""
    assert {name.removeprefix("stops obeyed, "): least for name, least in wanted().items()} == {
        "+6 dB, canceller and gate, %": "99.0 or more",
        "+12 dB, canceller and gate, %": "97.0 or more",
        "+6 dB, 50 ppm, canceller and gate, %": "97.0 or more",
        "+6 dB, canceller and gate, 0-0.6 s, %": "97.0 or more",
        "word's end to silence, p95, ms": "200 at most",
        "obeys itself": "0",
    }


@pytest.mark.parametrize("bar", named())
def test_the_page_names_no_other_bar(bar: str) -> None:
    """Met or not: an earlier page had lower ones. That of a soft user depends on the usual one."""
    if "soft" not in bar:
        assert wanted()[bar] == named()[bar]


def test_the_page_names_the_bars_that_matter() -> None:
    """At the usual level, for how fast, and for what it does of itself."""
    most = [name for name in wanted() if not name.startswith("stops obeyed")]
    assert {f"stops obeyed, {group(BAR_DB)}, %", *most} <= named().keys()
