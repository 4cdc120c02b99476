"""The FHIR bundle in a validator of another make, and that this one notices what is wrong.

It is the npm package `fhir`, which holds the definitions of R4 and runs in Node.js:
``npm install --prefix FOLDER fhir`` and ``NODE_PATH=FOLDER/node_modules``. `.ci/run` does that;
elsewhere this is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.effort import examples
from tests.history.year import year
from tests.store.strategies import pasts
from voicecoach.exchange.fhir import fhir_bundle
from voicecoach.history.past import Past

NODE, MODULES = shutil.which("node"), Path(os.environ.get("NODE_PATH", ""))
HERE = bool(NODE) and (MODULES / "fhir" / "package.json").is_file()
NOW = datetime(2027, 1, 1, 12, 30, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not HERE, reason="needs Node.js and the npm package `fhir`")


def bundle(sessions: Sequence[Past]) -> dict[str, Any]:
    """Return the bundle of some sessions."""
    made: dict[str, Any] = json.loads(fhir_bundle(sessions, {}, NOW))
    return made


def errors(*bundles: dict[str, Any], folder: Path) -> list[str]:
    """Return what the validator finds, a line each."""
    paths = [folder / f"{number}.json" for number in range(len(bundles))]
    for path, one in zip(paths, bundles, strict=True):
        path.write_text(json.dumps(one), "utf-8")
    script = Path(__file__).with_name("fhir_validator.cjs")
    words = [str(NODE), str(script), *map(str, paths)]
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode in (0, 1), ran.stderr
    assert not ran.stderr
    return ran.stdout.splitlines()


def test_a_year_is_valid(tmp_path: Path) -> None:
    """And so is a bundle without a session."""
    assert errors(bundle(year()), bundle([]), folder=tmp_path) == []


@given(pasts())
@examples(10)
def test_any_history_is_valid(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[Past]
) -> None:
    """Whatever was done, told and left out."""
    assert errors(bundle(sessions), folder=tmp_path_factory.mktemp("bundle")) == []


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("status", None, "Missing property"),
        ("status", "finished", "not found in value set"),
        ("effectivePeriod", {"start": "yesterday"}, "Invalid dateTime"),
        ("valueQuantity", {"value": "six"}, "Number type expected"),
        ("mood", "good", "Unexpected property"),
    ],
)
def test_what_is_wrong_is_found(key: str, value: object, told: str, tmp_path: Path) -> None:
    """Each in an observation that was right before."""
    made = bundle(year(weeks=4))
    each = [entry["resource"] for entry in made["entry"]]
    one = next(r for r in each if r["resourceType"] == "Observation" and "effectivePeriod" in r)
    one[key] = value
    if value is None:
        del one[key]
    (found,) = errors(made, folder=tmp_path)
    assert told in found
