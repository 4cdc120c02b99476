"""The errors that end the program where there is no session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.errors import DeclinedError, DeviceError
from voicecoach.eventlog.fields import Outcome
from voicecoach.screening.verdicts import Adapted, Declined

WHY: Mapping[Outcome, str] = {
    "no_answer": "The questions were not answered",
    "emergency": "You reported an emergency: call the emergency number",
    "urgent": "What you reported needs emergency care today",
}
"""Outcomes of the questions -> why no session follows."""


def declined_error(declined: Declined) -> DeclinedError:
    """Return the error for a routine that is not for the user today, with its rule."""
    rule = f" (safety rule {declined.rule})" if declined.rule else ""
    why = " ".join(declined.why) + rule
    return DeclinedError("There is no session today", why, " ".join(declined.instead))


def with_refusal(error: DeviceError, adapted: Adapted | Declined | None) -> DeviceError:
    """Return the error of a device; where the user's answers refuse the session, it says so too,
    so that no sound card is bought for nothing.

    Questions that are still open refuse nothing yet: they have no rule.
    """
    if not isinstance(adapted, Declined) or not adapted.rule:
        return error
    why = f"{error.why}. And your answers allow no session today. {' '.join(adapted.why)}"
    return DeviceError(error.what, why, error.next_step)


TYPE: Final = "The questions can also be typed: `voicecoach screen`."
AGAIN: Final = "What you answered is kept. Before a session, what is still open is asked."


def unanswered_error(outcome: Outcome, step: str = TYPE) -> DeclinedError:
    """Return the error for questions that ended with `outcome` before the last answer."""
    why = WHY.get(outcome, "The questions were not answered to their end")
    return DeclinedError("There is no session", why, step)


def broken_off(outcome: Outcome) -> DeclinedError:
    """Return the error for a lesson that ended with `outcome` in a complaint."""
    return DeclinedError("The lesson ended early", WHY.get(outcome, "Something was wrong"))
