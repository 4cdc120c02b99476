"""Options of the whole suite."""

from __future__ import annotations

import pytest

from tests.effort import register

register()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the golden files; read the difference before you keep it."""
    parser.addoption("--update-golden", action="store_true", help="write tests/scenarios/*.golden")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use all cores for the whole suite alone: a few tests are done before workers are ready, and
    those that need a sound card (``-m card``) share one.
    """
    whole = config.args_source is config.ArgsSource.TESTPATHS
    return None if whole and not config.option.markexpr and not config.option.keyword else 0


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark that ties a test to a safety rule (tests/screening/test_rules.py)."""
    config.addinivalue_line("markers", "rule(id): shows that this safety rule holds")
