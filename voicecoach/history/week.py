"""How often a routine was done in seven days, where its plan limits that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from voicecoach.history.load import WEEK
from voicecoach.history.past import Past
from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Routine
from voicecoach.screening.verdicts import Declined


def week_is_full(sessions: Iterable[Past], routine: Routine, today: date) -> bool:
    """Tell whether one more session today would be more than the plan allows in seven days.

    A session in which no set was begun does not count.
    """
    if not routine.sessions_a_week:
        return False
    done = [
        past
        for past in sessions
        if past.session.routine == routine.id
        and past.sets
        and today - WEEK < past.began.date() <= today
    ]
    return len(done) >= routine.sessions_a_week


def plan_is_done(say: Prompts) -> Declined:
    """Return why the routine is not led again today."""
    return Declined("", (say.adapt["plan_done"],), (say.adapt["do_wait"],), others=True)
