"""What studies say about the kind of exercise in a routine. It is shown, never spoken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voicecoach.doses.base import Data
from voicecoach.yaml_reader.fields import Fields


class Tag(Enum):
    """How the studies known to the author of a routine speak about its kind of exercise."""

    FAVOURED = "favoured"
    """Reviews of trials rank this kind among the best for low back pain."""
    SUPPORTED = "supported"
    """Reviews of trials found it better than nothing, by a small or uncertain margin."""
    MIXED = "mixed"
    """Its exercises are of kinds about which the studies differ."""
    INDIRECT = "indirect"
    """The studies are about other people, or another place or purpose."""
    NO_BETTER = "no-better"
    """Reviews of trials found it no better than a control group for pain."""
    UNTESTED = "untested"
    """No trial is known; it rests on its sources and on practice."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A tag from the closed set, and what it rests on."""

    tag: Tag
    note: str
    """One or two sentences for the reader: what was found, in whom, and what was not."""
    studies: tuple[str, ...] = ()
    """Author and year, such as "Owen 2020"; docs/routines.md has the titles of those shipped."""


def read_evidence(fields: Fields) -> Evidence | None:
    """Return what stands under `evidence`, or None. A tag that rests on studies names one."""
    group = fields.group("evidence")
    if group is None:
        return None
    group.check_keys(("tag", "note"), ("studies",))
    tag, studies = group.choice("tag", Tag), group.texts("studies")
    if tag not in (None, Tag.UNTESTED) and not studies:
        group.note("studies", "no study", f"name one, or write tag: {Tag.UNTESTED.value}")
    return Evidence(tag or Tag.UNTESTED, group.text("note"), studies)


def write_evidence(evidence: Evidence) -> Data:
    """Return the fields that `read_evidence` reads."""
    studies: Data = {"studies": list(evidence.studies)} if evidence.studies else {}
    return {"tag": evidence.tag.value, "note": evidence.note, **studies}
