"""Why there is no session today, or not this routine (S8 to S11, S18, S20, the file's cautions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Routine
from voicecoach.screening.facts import Fact
from voicecoach.screening.person import RULES, Person
from voicecoach.screening.questions import ASKED, BLOCKING
from voicecoach.screening.rules import rule
from voicecoach.screening.verdicts import Declined

NO_SESSION: Final[Mapping[Fact, tuple[str, str]]] = {
    Fact.EMERGENCY: ("S8", "do_emergency"),
    Fact.WEAK: ("S11", "do_urgent"),
    Fact.ACCIDENT: ("S9", "do_urgent"),
    Fact.FEVER: ("S10", "do_fever"),
    Fact.LOSS: ("S10", "do_doctor"),
    Fact.CANCER: ("S10", "do_doctor"),
    Fact.NIGHT: ("S10", "do_doctor"),
    Fact.UNWELL: ("S20", "do_breathing"),
    Fact.DROWSY: ("S20", "do_breathing"),
}
"""Facts with which nothing is led at all: the rule, and what to do instead. The gravest first."""

INSTEAD: Final[Mapping[Fact, str]] = {
    Fact.TWO_DAYS: "do_rest",
    Fact.SHOULDER_BLADES: "do_see",
    Fact.WOUND: "do_close",
    Fact.FRACTURE: "do_agree",
    Fact.OPERATION: "do_midwife",
    Fact.CLOT: "do_agree",
    Fact.BLOOD: "do_agree",
    Fact.BONES: "do_agree",
    Fact.SURGERY: "do_agree",
    Fact.DISC: "do_agree",
    Fact.PREGNANT: "do_midwife",
}
"""What to do where this routine alone is not for the person, besides choosing another."""

AGREEMENT: Final[Mapping[Fact, Fact]] = {
    Fact.FRACTURE: Fact.FRACTURE_AGREED,
    Fact.OPERATION: Fact.OPERATION_AGREED,
    Fact.CLOT: Fact.BLOOD_AGREED,
    Fact.BLOOD: Fact.BLOOD_AGREED,
    Fact.BONES: Fact.BONES_AGREED,
    Fact.SURGERY: Fact.DISC_AGREED,
    Fact.DISC: Fact.DISC_AGREED,
    Fact.PREGNANT: Fact.PREGNANT_AGREED,
}
"""The question for a clinician's yes: it is not asked for where it would change nothing."""


def refusal(routine: Routine, person: Person, say: Prompts) -> Declined | None:
    """Return why nothing of `routine` may be led, or None if the routine may be adapted."""
    return no_session(person, say) or _disc(routine, person, say) or _cautions(routine, person, say)


def no_session(person: Person, say: Prompts) -> Declined | None:
    """Return why nothing at all is led today, or None."""
    for check in (_blocked, _no_session, _unscreened):
        declined = check(person, say)
        if declined:
            return declined
    return None


def why(fact: Fact, person: Person, say: Prompts) -> str:
    """Return the words for a fact after "because"; what the user is not sure of is told as such."""
    words = say.adapt[f"why_{fact.value}"]
    if person.profile.answers.sure(fact):
        return words
    return say.adapt["maybe"].format(why=words)


def not_this(
    fact: Fact, person: Person, say: Prompts, key: str = "not_this", by: str = ""
) -> Declined:
    """Return that this routine is not for `person`, because of `fact`."""
    instead = (say.adapt[INSTEAD[fact]],) if fact in INSTEAD and _helps(fact, person) else ()
    reason = say.adapt[key].format(why=why(fact, person, say))
    return Declined(by or RULES[fact], (reason,), instead, others=True)


def _helps(fact: Fact, person: Person) -> bool:
    """Tell whether a clinician's yes is open, or none is needed."""
    if fact not in AGREEMENT:
        return True
    question = ASKED[AGREEMENT[fact]]
    open_one = person.profile.answers.reaches(question, person.today)
    return open_one and not person.says(question.fact)


def _blocked(person: Person, say: Prompts) -> Declined | None:
    """S8: nothing until a doctor has seen the user."""
    if not person.profile.blocked or any(map(person.holds, BLOCKING)):
        return None  # an answer of today says it more exactly
    return Declined("S8", (say.adapt["blocked"],), (say.adapt["do_seen"],))


def _no_session(person: Person, say: Prompts) -> Declined | None:
    """What the user told; a follow-up that was not asked yet is no reason that could be told."""
    for fact, (by, instead) in NO_SESSION.items():
        if person.holds(fact) and fact in person.profile.answers.given:
            reason = say.adapt["no_session"].format(why=why(fact, person, say))
            return Declined(by, (reason,), (say.adapt[instead],), fact not in BLOCKING)
    return None


def _unscreened(person: Person, say: Prompts) -> Declined | None:
    """Who was not asked, or not lately enough, is not led."""
    if not person.profile.due(person.today):
        return None
    return Declined("", (say.adapt["unscreened"],), (say.adapt["do_screen"],))


def _disc(routine: Routine, person: Person, say: Prompts) -> Declined | None:
    """S18: some routines are off; the one for discs needs the acute phase over, and a yes."""
    if not person.holds(Fact.DISC):
        return None
    own = rule("S18")
    if routine.id in own.routines_off:
        return replace(not_this(Fact.DISC, person, say), instead=())
    if routine.id not in own.routines_agreed:
        return None
    if person.holds(Fact.DISC_ACUTE):
        return not_this(Fact.DISC_ACUTE, person, say, by="S18")
    if not person.holds(Fact.DISC_AGREED):
        return not_this(Fact.DISC, person, say, "not_agreed")
    return None


def _cautions(routine: Routine, person: Person, say: Prompts) -> Declined | None:
    """The cautions of the whole file."""
    fact = person.caution(routine.contraindications)
    return not_this(fact, person, say) if fact else None
