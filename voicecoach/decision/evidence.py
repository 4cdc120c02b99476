"""What a second look says for or against a phrase. Pure.

Shares are of a `Look`: how likely a word, another word or noise is. Over the coach's own voice more
is asked for, since what the canceller leaves of it is near.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from voicecoach.decision.hearing import Hearing, Look
from voicecoach.units import FRAMES_PER_MS, Frame

LIKELY, CERTAIN, NOISY = 0.2, 0.6, 0.2
"""Of a verifier's look: how likely a word must be to be obeyed, to be put in place of what the
recogniser heard, and how likely noise must be to speak against any phrase. Of 925 words that were
heard right (held-out people in quiet, at 10 dB and in rooms, and synthetic voices) none was taken
for noise by more than 0.17."""

LATE = (-1.6, -5.5)
"""Below these, on average or in its weakest phone, a phrase that the verifier has no class for fits
its sound too badly."""

EARLY = (-0.8, -3.0)
"""Below these it is not obeyed before it is final. Of 247 human words that were heard right, one in
ten and one in thirty are worse; they are obeyed 200 ms later. While the coach speaks a control
phrase has to fit as well, or the coach's own words are among them."""

LIKELY_OVER = 0.5
"""How likely a word must be while the coach speaks. Of 223 people's stops over its voice (echo
+6 dB) 202 are obeyed as with `LIKELY`, of 200 with clocks 50 ppm apart 179 instead of 182; without
a user it no longer takes a "slowly" of its own for a stop (1.6 h, 2026-11-21)."""

OTHER_OVER = 0.35
"""How likely a word has to be there to speak against a phrase that the verifier has no class for,
while the coach speaks. Of 64 halt phrases of synthetic voices in quiet none holds one over 0.2."""

DISTINCT_DB = 6.0
"""A control phrase that is less above what was before it comes out of running speech or noise."""

NEAR, LOUD_DB = 0.15, 12.0
"""How likely, and how far above the quiet, a refused halt word must be to be asked about."""

RIVAL = 0.25
"""How likely a second number must be for the higher of the two to count."""

SHORT = Frame(1200 * FRAMES_PER_MS)
"""A longer stretch is no single word."""


def doubt(phrase: str, look: Look | None, least: tuple[float, float], over: bool) -> str | None:
    """Return why a second look speaks against `phrase`, if it does.

    `least` is how well it has to fit, on average and in its weakest phone, if the verifier has no
    class for it; `over` tells that the coach spoke.
    """
    if look is None:
        return None
    if look.noise >= NOISY:
        return "noise"
    share = look.of(phrase)
    if share is not None:
        return "unsure" if share < (LIKELY_OVER if over else LIKELY) else None
    poor = look.fit < least[0] or look.weakest < least[1]
    word, likely = look.best
    another = word not in phrase.split() and likely >= (OTHER_OVER if over else CERTAIN)
    return "unsure" if poor or another else None


def missed(phrase: str | None, hearing: Hearing, wanted: Collection[str]) -> str | None:
    """Return the word of `wanted` that a look finds for certain where `phrase`, in which it is not,
    was heard.

    Over the coach's voice only the soonest halts are to be wanted: its words hold the sounds of
    others.
    """
    if hearing.look is None or hearing.end - hearing.start > SHORT:
        return None
    word, share = hearing.look.best
    heard = (phrase or "").split()
    return word if share >= CERTAIN and word in wanted and word not in heard else None


def higher(phrase: str, look: Look | None, numbers: Mapping[str, int]) -> str:
    """Return the higher of two `numbers` between which a look cannot decide (S2), else `phrase`."""
    if look is None or phrase not in numbers:
        return phrase
    rivals = {word for word in numbers if look.shares.get(word, 0.0) >= RIVAL}
    return max({phrase, *rivals}, key=numbers.__getitem__)


def near(hearing: Hearing, halts: Iterable[str]) -> bool:
    """Tell whether one of `halts` may have been said, and loud: then it is worth asking."""
    if hearing.look is None or hearing.above_db < LOUD_DB:
        return False
    return sum(hearing.look.shares.get(word, 0.0) for word in halts) >= NEAR
