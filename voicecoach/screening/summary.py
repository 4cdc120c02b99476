"""What the answers mean for a day, in a sentence or two, whatever the routine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from voicecoach.language.prompts import Prompts
from voicecoach.screening.person import CAUTIONS, Person
from voicecoach.screening.profile import Profile
from voicecoach.screening.questions import Fact
from voicecoach.screening.refusal import no_session, why

TOLD: Final = (Fact.PREGNANT_LONG, Fact.DISC, Fact.OLDER)
"""Facts whose effect has words of its own."""


def allows(profile: Profile, today: date, say: Prompts) -> bool:
    """Tell whether any session may be led on that day."""
    return no_session(Person(profile, today), say) is None


def meaning(profile: Profile, today: date, say: Prompts) -> tuple[str, ...]:
    """Return what is told after the questions: no session and why, or what is fitted to them.

    One short sentence for each thing, so that it can be followed when it is heard.
    """
    person = Person(profile, today)
    declined = no_session(person, say)
    if declined:
        return declined.sentences
    keys = list(_keys(person))
    if not keys:
        return (say.adapt["free"],)
    fitted = tuple(say.adapt[key] for key in ("fitted", *keys))
    if not person.holds(Fact.SHOULDER_BLADES):
        return fitted
    ache = why(Fact.SHOULDER_BLADES, person, say)
    return (*fitted, say.adapt["see_about"].format(why=ache))


def _keys(person: Person) -> Iterator[str]:
    if person.holds(Fact.TWO_DAYS) or person.holds(Fact.DISC_ACUTE):
        yield "fit_rest"
    if person.no_rolling():
        yield "fit_rolling"
    yield from (f"fit_{fact.value}" for fact in TOLD if person.holds(fact))
    if any(person.holds(fact) for fact in CAUTIONS):
        yield "fit_cautions"
