"""Options of the whole suite."""

from __future__ import annotations

import pytest

from tests.effort import register, tries_more

register()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the golden files; read the difference before you keep it."""
    parser.addoption("--update-golden", action="store_true", help="write tests/scenarios/*.golden")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use all cores for the whole suite alone: a few tests are done before workers are ready, and
    those that need a sound card (``-m card``) share one.
    """
    whole = config.args_source is config.ArgsSource.TESTPATHS
    few = config.option.keyword or config.option.markexpr not in ("", "more")
    return None if whole and not few else 0


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a thorough run adds to the usual one."""
    for item in items:
        if tries_more(item):
            item.add_marker("more")


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark that ties a test to a safety rule (tests/screening/test_rules.py)."""
    config.addinivalue_line("markers", "rule(id): shows that this safety rule holds")
