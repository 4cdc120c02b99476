"""The FHIR bundle: an independent model of R4 reads it, each reference leads somewhere, each id
stays, and the figures are those of the history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given

from tests.effort import examples
from tests.english import LANGUAGE
from tests.history.year import year
from tests.store.strategies import pasts
from voicecoach.app.routine_library import load_routine
from voicecoach.exchange.fhir import fhir_bundle
from voicecoach.exchange.fhir_codes import ACTIVITY_IG, SITES
from voicecoach.history.past import Past
from voicecoach.routine.model import Region

NOW = datetime(2027, 1, 1, 12, 30, tzinfo=UTC)
ROUTINE = load_routine(Path(__file__).parents[2] / "routines" / "back-at-home.yaml", LANGUAGE)
Json = dict[str, Any]


def bundled(sessions: list[Past], first: str = "") -> list[Json]:
    """Return the resources of a bundle, which the independent model has taken."""
    text = fhir_bundle(sessions, {ROUTINE.id: ROUTINE}, NOW, first)
    Bundle.model_validate_json(text)
    bundle = json.loads(text)
    assert all(e["fullUrl"] == f"urn:uuid:{e['resource']['id']}" for e in bundle["entry"])
    return [entry["resource"] for entry in bundle["entry"]]


def kinds(resources: list[Json], kind: str, code: str = "") -> list[Json]:
    """Return the resources of a kind, of a code if one is named."""
    those = [one for one in resources if one["resourceType"] == kind]
    return [one for one in those if not code or code in json.dumps(one["code"])]


def references(value: Any) -> Iterator[str]:
    """Yield whatever is referred to in a resource."""
    inside = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict) and isinstance(value.get("reference"), str):
        yield value["reference"]
    if isinstance(value, dict | list):
        for part in inside:
            yield from references(part)


def check(resources: list[Json]) -> None:
    """Ids are unique, and every reference leads to one."""
    ids = [f"urn:uuid:{one['id']}" for one in resources]
    assert len(set(ids)) == len(ids)
    assert set(references(resources)) <= set(ids)


@pytest.fixture(scope="module")
def sessions() -> list[Past]:
    """Return twenty weeks with complaints."""
    return year(weeks=20)


@pytest.fixture(scope="module")
def resources(sessions: list[Past]) -> list[Json]:
    """Return what is told about them."""
    return bundled(sessions)


def test_the_references_resolve(resources: list[Json]) -> None:
    """One patient, one plan, and everything hangs together."""
    check(resources)
    assert len(kinds(resources, "Patient")) == len(kinds(resources, "CarePlan")) == 1


def test_each_session_is_told(sessions: list[Past], resources: list[Json]) -> None:
    """A procedure, its minutes, pain before and after, and each complaint with its place."""
    assert len(kinds(resources, "Procedure", "229065009")) == len(sessions)
    minutes = [one["valueQuantity"]["value"] for one in kinds(resources, "Observation", "55411-3")]
    assert minutes == [round(past.work_seconds / 60, 1) for past in sessions]
    pain = kinds(resources, "Observation", "72514-3")
    for when in ("before", "after"):
        scores = [o["valueQuantity"]["value"] for o in pain if when in o["code"]["text"]]
        assert scores == [getattr(past.session, when) for past in sessions]
    told = [complaint for past in sessions for complaint in past.complaints]
    halts = [one for one in pain if "Halted" in one["code"]["text"]]
    assert len(halts) == len(told) > 0
    sites = [one["bodySite"]["text"].replace(" ", "-") for one in halts if "bodySite" in one]
    assert sites == [complaint.region for complaint in told if complaint.region]


def test_each_week_is_told(sessions: list[Past], resources: list[Json]) -> None:
    """Days and minutes add up to those of the sessions, from Monday to Sunday."""
    days = kinds(resources, "Observation", "Days with")
    assert sum(one["valueQuantity"]["value"] for one in days) == len(sessions)
    assert {one["valueQuantity"]["code"] for one in days} == {"d/wk"}
    assert all(datetime.fromisoformat(o["effectivePeriod"]["start"]).weekday() == 0 for o in days)
    minutes = kinds(resources, "Observation", "Minutes of")
    spent = sum(past.work_seconds for past in sessions) / 60
    assert sum(o["valueQuantity"]["value"] for o in minutes) == pytest.approx(spent, abs=0.5)


def test_profiles_are_those_of_the_guide(resources: list[Json]) -> None:
    """What follows the guide says so, and has what its profiles ask for."""
    profiles = {p for one in resources for p in one.get("meta", {}).get("profile", [])}
    names = {p.rpartition("/")[2] for p in profiles if p.startswith(ACTIVITY_IG)}
    assert names == {
        "pa-careplan",
        "pa-observation-activity-measure",
        "pa-observation-time-measure",
    }
    for one in resources:
        if "pa-observation" in json.dumps(one.get("meta", {})):
            codes = [c["coding"][0]["code"] for c in one["category"]]
            assert codes == ["activity", "PhysicalActivity"]
            assert one["performer"]
            assert one["effectivePeriod"]["end"]
    (plan,) = kinds(resources, "CarePlan")
    assert "PhysicalActivity" in json.dumps(plan["category"])
    assert plan["activity"][0]["detail"]["description"] == ROUTINE.name


def test_a_second_export_names_things_alike(sessions: list[Past]) -> None:
    """Ids stay when sessions are added, and when only some are told."""
    before, after = bundled(sessions[:5]), bundled(sessions)
    those = {one["id"] for one in before} - {one["id"] for one in after}
    weeks = {one["id"] for one in before if "a week" in json.dumps(one.get("code", ""))}
    assert not those - weeks
    assert weeks & {one["id"] for one in after}
    later = bundled(sessions[5:], first=sessions[0].session.session)
    assert kinds(later, "Patient") == kinds(after, "Patient")


def test_without_a_session_there_is_a_plan() -> None:
    """An empty history makes a bundle, too."""
    assert [one["resourceType"] for one in bundled([])] == ["Patient", "CarePlan"]


def test_places_are_regions() -> None:
    """Each code stands for a part of the body that the coach knows."""
    assert set(SITES) <= {region.value for region in Region}


@given(pasts())
@examples(10)
def test_any_history_is_valid(sessions: list[Past]) -> None:
    """Whatever happened: the model takes it, and the references resolve."""
    check(bundled(sessions))
