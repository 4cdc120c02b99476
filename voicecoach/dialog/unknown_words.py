"""Something was said, clearly and twice, that is no command: say so, and what works.

A frightened person talks in their own words, and must not be met with silence. A television must
not hold up the session: the reply comes seldom, and less and less as long as nothing is understood.
"""

from __future__ import annotations

from voicecoach.dialog.replies import reply
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import OFFERS, State
from voicecoach.units import Ms

TWICE_WITHIN = Ms(20_000)
"""Between two utterances that count as one attempt: time to wait for a reply and try again."""

UNTOLD = Ms(60_000)
"""Least time between two replies; it doubles with each, until a command is understood."""

MOST_DOUBLINGS = 4

QUESTIONS = OFFERS | {State.CONFIRM_END}
"""What was asked is asked again after the reply."""


def not_known(s: SessionContext) -> None:
    """Reply to the second utterance that is no command, unless that was done lately."""
    asking, first = s.asking, s.asking.unknown
    asking.unknown = s.now
    if first is None or s.now - first > TWICE_WITHIN or s.now < asking.unknown_until:
        return
    asking.unknown = None
    asking.unknown_until = Ms(s.now + UNTOLD * 2**asking.unknown_told)
    asking.unknown_told = min(asking.unknown_told + 1, MOST_DOUBLINGS)
    question = [asking.text] if s.state in QUESTIONS else []
    reply(s, [s.line("not_known"), *question])
