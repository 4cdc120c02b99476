"""Codes of FHIR bundles, each with its system, and where the Physical Activity IG names it.

The guide is HL7's "Physical Activity", version 1.0.0, on FHIR R4. Codes of SNOMED CT stand only
where the concept was looked up; a part of the body without one is told as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Json = dict[str, object]
"""A part of a resource."""

LOINC: Final = "http://loinc.org"
SNOMED: Final = "http://snomed.info/sct"
UCUM: Final = "http://unitsofmeasure.org"
OBSERVATION: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
ACTIVITY_IG: Final = "http://hl7.org/fhir/us/physical-activity"
US_CORE: Final = "http://hl7.org/fhir/us/core"
ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ABSENT_CODES: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

SITES: Final[Mapping[str, tuple[str, str]]] = {
    "neck": ("45048000", "Neck structure"),
    "shoulder": ("16982005", "Shoulder region structure"),
    "low-back": ("37822005", "Lower back structure"),
    "abdomen": ("818983003", "Abdomen"),
    "knee": ("72696002", "Knee region structure"),
}
"""Region -> concept of SNOMED CT."""


def concept(system: str, code: str, display: str, text: str = "") -> Json:
    """Return a CodeableConcept of one code."""
    coding: Json = {"system": system, "code": code, "display": display}
    return {"coding": [coding], "text": text or display}


def profile(name: str, of: str = ACTIVITY_IG) -> Json:
    """Return the meta element of a resource that follows a profile."""
    return {"profile": [f"{of}/StructureDefinition/{name}"]}


DURATION: Final = concept(LOINC, "55411-3", "Exercise duration")
"""In the guide's value set of measures of a single activity."""
PAIN_NAME: Final = "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
PAIN_CODE: Final = "72514-3"
EXERCISE: Final = concept(SNOMED, "229065009", "Exercise therapy")
ACTIVITY: Final = concept(OBSERVATION, "activity", "Activity")
SURVEY: Final = concept(OBSERVATION, "survey", "Survey")
PHYSICAL_ACTIVITY: Final = concept(
    f"{ACTIVITY_IG}/CodeSystem/pa-temporary-codes", "PhysicalActivity", "Physical Activity"
)
ASSESSMENT_AND_PLAN: Final = concept(
    f"{US_CORE}/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment"
)


def quantity(value: float, unit: str, code: str) -> Json:
    """Return an amount in a unit of UCUM."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def site(region: str) -> Json:
    """Return a part of the body: its code where there is one, and its name."""
    text = region.replace("-", " ")
    return concept(SNOMED, *SITES[region], text=text) if region in SITES else {"text": text}
