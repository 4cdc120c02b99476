"""What the answers mean for a day, in a sentence or two, whatever the routine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from voicecoach.language.prompts import Prompts
from voicecoach.screening.exclusions import REST_ONLY
from voicecoach.screening.facts import Fact
from voicecoach.screening.limits import LIMITS
from voicecoach.screening.person import Person
from voicecoach.screening.profile import Profile
from voicecoach.screening.refusal import no_session, why
from voicecoach.screening.verdicts import Declined

TOLD: Final = (Fact.PREGNANT_LONG, Fact.OLDER)
"""Facts whose effect has words of its own."""


def allows(profile: Profile, today: date, say: Prompts) -> bool:
    """Tell whether any session may be led on that day."""
    return refusal_today(profile, today, say) is None


def refusal_today(profile: Profile, today: date, say: Prompts) -> Declined | None:
    """Return why no session at all may be led on that day, or None."""
    person = Person(profile, today)
    declined = no_session(person, say)
    return declined and replace(declined, lie_left=person.holds(Fact.PREGNANT_LONG))


def meaning(
    profile: Profile, today: date, say: Prompts, open_ones: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return what is told after the questions: no session and why, or what is fitted to them.

    One short sentence for each thing, so that it can be followed when it is heard; at the end
    `open_ones`, which tell what routines are open (`outlook.outlook`).
    """
    person = Person(profile, today)
    declined = no_session(person, say)
    if declined:
        return declined.sentences
    keys = list(_keys(person))
    fitted = tuple(say.adapt[key] for key in (("fitted", *keys) if keys else ("free",)))
    if person.holds(Fact.SHOULDER_BLADES):
        ache = why(Fact.SHOULDER_BLADES, person, say)
        fitted += (say.adapt["see_about"].format(why=ache),)
    return (*fitted, *open_ones)


def _keys(person: Person) -> Iterator[str]:
    if any(person.holds(fact) for fact, _, _ in REST_ONLY):
        yield "fit_rest"
    if person.no_rolling():
        yield "fit_rolling"
    yield from (f"fit_{fact.value}" for fact in TOLD if person.holds(fact))
    if any(person.says(limit.fact) for limit in LIMITS if limit.fact is not Fact.OLDER):
        yield "fit_spine"
