"""What the profile means for one day: which facts hold, and which cautions they bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from voicecoach.routine.model import Caution
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile

CAUTIONS: Final[Mapping[Fact, frozenset[Caution]]] = {
    Fact.ACCIDENT: frozenset({Caution.RECENT_ACCIDENT, Caution.ACUTE_INJURY}),
    Fact.WEAK: frozenset({Caution.WEAKNESS}),
    Fact.TWO_DAYS: frozenset({Caution.ACUTE_INJURY}),
    Fact.FEVER: frozenset({Caution.FEVER, Caution.UNWELL}),
    Fact.LOSS: frozenset({Caution.UNEXPLAINED_PAIN}),
    Fact.CANCER: frozenset({Caution.UNEXPLAINED_PAIN}),
    Fact.NIGHT: frozenset({Caution.NIGHT_PAIN, Caution.UNEXPLAINED_PAIN}),
    Fact.SHOULDER_BLADES: frozenset({Caution.UNEXPLAINED_PAIN}),
    Fact.FRACTURE: frozenset({Caution.FRACTURE}),
    Fact.WOUND: frozenset({Caution.WOUND}),
    Fact.OPERATION: frozenset({Caution.WOUND}),
    Fact.CLOT: frozenset({Caution.THROMBOSIS, Caution.INFLAMMATION}),
    Fact.BLOOD: frozenset({Caution.BLOOD_THINNERS}),
    Fact.BONES: frozenset({Caution.OSTEOPOROSIS, Caution.STEROIDS, Caution.SPINE_FRACTURE}),
    Fact.PREGNANT: frozenset({Caution.PREGNANCY}),
    Fact.SURGERY: frozenset({Caution.SPINE_SURGERY}),
    Fact.DISC: frozenset({Caution.DISC}),
    Fact.UNWELL: frozenset({Caution.UNWELL}),
    Fact.DROWSY: frozenset({Caution.UNWELL}),
}
"""The cautions that a fact brings. A question may ask for several at once; then all count.

The more exact of two comes first: it is the one that is told."""

RULES: Final[Mapping[Fact, str]] = {
    Fact.ACCIDENT: "S9",
    Fact.WEAK: "S11",
    Fact.TWO_DAYS: "S31",
    Fact.FEVER: "S10",
    Fact.LOSS: "S10",
    Fact.CANCER: "S10",
    Fact.NIGHT: "S10",
    Fact.SHOULDER_BLADES: "S12",
    Fact.FRACTURE: "S13",
    Fact.WOUND: "S13",
    Fact.OPERATION: "S39",
    Fact.CLOT: "S14",
    Fact.BLOOD: "S15",
    Fact.BONES: "S16",
    Fact.PREGNANT: "S17",
    Fact.SURGERY: "S18",
    Fact.DISC: "S18",
    Fact.UNWELL: "S20",
    Fact.DROWSY: "S20",
}
"""The rule by which a fact's cautions count."""

LIFTED_BY: Final[Mapping[Fact, tuple[Fact, ...]]] = {
    Fact.LOSS: (Fact.LOSS_AGREED,),
    Fact.CANCER: (Fact.CANCER_AGREED,),
    Fact.NIGHT: (Fact.NIGHT_EASES, Fact.NIGHT_AGREED),
    Fact.SHOULDER_BLADES: (Fact.SHOULDER_BLADES_AGREED,),
    Fact.FRACTURE: (Fact.FRACTURE_AGREED,),
    Fact.OPERATION: (Fact.OPERATION_AGREED,),
    Fact.BLOOD: (Fact.BLOOD_AGREED,),
    Fact.CLOT: (Fact.BLOOD_AGREED,),
    Fact.BONES: (Fact.BONES_AGREED,),
    Fact.PREGNANT: (Fact.PREGNANT_AGREED,),
}
"""What takes a fact's effect away, mostly a clinician's yes (S40). Never that of S8, S9 and S11;
and the loads of the spine (`limits`) stay as they are."""

NO_ROLLING: Final = (
    Fact.SHOULDER_BLADES, Fact.FRACTURE, Fact.WOUND, Fact.CLOT, Fact.BLOOD, Fact.BONES,
)  # fmt: skip
"""Facts that forbid the roller (S12 to S16)."""


@dataclass(frozen=True, slots=True)
class Person:
    """A profile on one day."""

    profile: Profile
    today: date

    def says(self, fact: Fact) -> bool:
        """Tell whether `fact` holds, whatever a clinician said."""
        return self.profile.answers.says(fact, self.today)

    def holds(self, fact: Fact) -> bool:
        """Tell whether `fact` holds and has an effect: nothing that the user told lifts it."""
        return self.says(fact) and not any(map(self.says, LIFTED_BY.get(fact, ())))

    def caution(self, cautions: Iterable[Caution]) -> Fact | None:
        """Return the fact for which one of `cautions` concerns this person, or None."""
        wanted = frozenset(cautions)
        concerned = (fact for fact, own in CAUTIONS.items() if own & wanted)
        return next((fact for fact in concerned if self.holds(fact)), None)

    def no_rolling(self) -> Fact | None:
        """Return the fact that forbids the roller, or None."""
        return next((fact for fact in NO_ROLLING if self.holds(fact)), None)
