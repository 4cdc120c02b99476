"""What a verifier's second look says for or against a phrase. Pure.

A share is the probability that a `Look` gives to a word, to another word or to noise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from voicecoach.decision.hearing import Hearing, Look
from voicecoach.units import FRAMES_PER_MS, Frame

LIKELY, CERTAIN, NOISY = 0.3, 0.6, 0.2
"""Shares: least of a word to be obeyed; least of a word to replace what the recogniser heard; and
of noise, from which every phrase is refused. Of 346 recordings of commands in five conditions 294
are obeyed rightly with a least share of 0.2 or 0.3, 292 with 0.4, 288 with 0.5; of speech, other
words and noise (0.5 h) 20, 18, 16 and 16 sounds are (tune side, own head, 2026-11-27). Of 925 words
recognised correctly (held-out people in quiet, at 10 dB and in rooms, and synthetic voices) none
had a share of noise above 0.17 (the head before)."""

LATE = (-1.35, -5.5)
"""Goodness of pronunciation, on average and in the weakest phone: below either, a phrase that the
verifier has no class for is refused. With -1.6 18 sounds instead of 14 are taken for commands, 6 of
them halts instead of 4 (0.5 h of speech, other words and noise, tune side), as many commands are
obeyed. With -4 in one phone 3 of 87 phrases of synthetic voices fewer are (2026-11-27)."""

CLEAR = (-0.3, -1.5)
"""The same for a phrase that is not refused because the verifier finds another word in it, such as
"up" in "ouch"; as many sounds are taken for commands (same recordings, 2026-11-27)."""

CLEAR_OVER = (-0.5, -2.0)
"""The same while the coach speaks, whose voice is in the sound of the user's word: "pause" of a
synthetic voice is then taken for "off" with a share of 0.7. A final halt word that fits so well
needs no share there: of 17 "help" of synthetic voices 12 are obeyed, not 5. Of 184 commands that
synthetic voices say over the coach (echo +6 dB, six rooms) 138 are obeyed, with `CLEAR` and that
share 124; 83 where thresholds were higher while the coach speaks, as they were before it knew the
whole band of its echo. Without a user it obeys nothing of itself in 30 h in either way
(`bench/barge_in.py`, 2026-11-27)."""

EARLY = (-0.8, -3.0)
"""The same for a phrase that is not final. Of 247 human words recognised correctly, one in ten and
one in thirty are below; they are obeyed 200 ms later."""

LIKELY_EARLY = 0.5
"""Least share of a word that is not final. Of 14 stops in noise, in rooms and on a telephone that
are obeyed before they are final the least likely has 0.61; two sounds of running speech at 0 dB had
0.27 and 0.29 (tune side, the head before, 2026-11-27)."""

SURE = 0.6
"""Least share of a halt word that did not stand out (`LOUD_DB`) from what was heard before it. A
phrase without a class has to fit as well as `EARLY` then: docs/hearing.md has the difference."""

AMID_TALK = 0.8
"""Least share of a word, heard or not, amid talk to others (`talk.py`). Of 346 recordings of lone
commands as many are obeyed; of speech, other words and noise (0.5 h) 14 instead of 18 sounds are,
with the extra 15 instead of 19 (tune side, 2026-11-27)."""

LIKELY_NEAR = 0.7
"""Least share of a word while the coach says one that begins like that word, as "slow" does like
"stop". Of 40 people's "stop" over the coach's "slow" (echo +6 dB, four rooms) 39 are obeyed
with it and without it, with 0.8 one less; its own "slow" had a share of 0.63 (2026-11-27)."""

HUSH_SHARE, HUSH_FIT = 0.7, (-0.5, -2.0)
"""Least share of a word, or goodness of pronunciation, at which the coach goes quiet at once, while
the word is not over. Of 94 recordings of halt words 87 reach them, most in the moment in which the
word appears; of 0.56 h of running speech 6 sounds (10.7 an hour), half of them in one sentence or
word that is like it. 0.2 and (-0.8, -3): 87 and 12 (tune side, 2026-11-27)."""

ENDED_SHARE, ENDED_FIT = 0.8, (-0.5, -2.0)
"""Least share of a word, or goodness of pronunciation, with which it is over as soon as it is quiet
after it, for 300 ms. Of 1563 commands in five conditions a first version, which took any word of
which a look was sure, obeyed as many as without, and as many other sounds (tune side, 2026-11-28;
docs/hearing.md, with what the present one does)."""

AS_TAUGHT = 0.5
"""Probability from which a form that the user has taught is not refused for a poor fit."""

DISTINCT_DB = 6.0
"""Least level of a control phrase above the sound before it; less is running speech or noise."""

NEAR, LOUD_DB = 0.15, 12.0
"""Least share and level of a refused halt word about which the coach asks."""

RIVAL = 0.25
"""Share of a second number from which the higher of the two counts."""

OWN_WORDS = 3
"""Words of free text from which it is no word of the coach's own voice; our own choice."""

UTTERANCE = Frame(200 * FRAMES_PER_MS), Frame(5000 * FRAMES_PER_MS)
"""Shortest and longest of what may be said to the coach, in frames: a cough is shorter, a story
longer."""

SHORT = Frame(1200 * FRAMES_PER_MS)
"""Longest single word, in frames."""


def least_fit(hearing: Hearing, talk: bool) -> tuple[float, float]:
    """Return how well a phrase must fit that the verifier has no class for; `talk`: people talked
    to others.
    """
    doubtful = not hearing.final or hearing.above_db < LOUD_DB
    return EARLY if doubtful or talk else LATE


def least_share(hearing: Hearing, halting: bool, over: bool, talk: bool) -> float:
    """Return the least share of a word; `over`: the coach was speaking; `talk`: people talked to
    others.
    """
    if not hearing.final:
        return LIKELY_EARLY
    if talk:
        return AMID_TALK
    if halting and hearing.above_db < LOUD_DB:
        return SURE
    if halting and over and hearing.look and _fits(hearing.look, CLEAR_OVER):
        return 0.0
    return LIKELY


def _fits(look: Look, least: tuple[float, float]) -> bool:
    return look.fit >= least[0] and look.weakest >= least[1]


def objection(
    phrase: str, look: Look | None, least: tuple[float, float], over: bool, share_needed: float
) -> str | None:
    """Return why a second look refuses `phrase`, "noise" or "unsure"; None if it does not.

    `least` is the goodness of pronunciation needed, on average and in the weakest phone, if the
    verifier has no class for the phrase, and `share_needed` its share if it has; `over`: the coach
    was speaking.
    """
    if look is None:
        return None
    if look.noise >= NOISY:
        return "noise"
    share = look.of(phrase)
    if share is not None:
        return "unsure" if share < share_needed else None
    if look.taught.get(phrase, 0.0) >= AS_TAUGHT:
        return None
    word, likely = look.best
    another = word not in phrase.split() and likely >= CERTAIN
    clear = _fits(look, CLEAR_OVER if over else CLEAR)
    return "unsure" if not _fits(look, least) or (another and not clear) else None


def missed_word(
    phrase: str | None, hearing: Hearing, wanted: Collection[str], talk: bool
) -> str | None:
    """Return the word of `wanted` that a look is certain of and `phrase` does not contain.

    While the coach speaks pass only the quick halt words: its own speech holds the sounds of
    others.
    """
    if hearing.look is None or hearing.end - hearing.start > SHORT:
        return None
    word, share = hearing.look.best
    heard = hearing.text.split() if phrase else []
    least = AMID_TALK if talk else CERTAIN
    return word if share >= least and word in wanted and word not in heard else None


def higher_number(phrase: str, look: Look | None, numbers: Mapping[str, int]) -> str:
    """Return the highest of the `numbers` that a look finds likely (S2); else `phrase`."""
    if look is None or phrase not in numbers:
        return phrase
    rivals = {word for word in numbers if look.shares.get(word, 0.0) >= RIVAL}
    return max({phrase, *rivals}, key=numbers.__getitem__)


def is_distinct(hearing: Hearing) -> bool:
    """Return whether something was said into a quiet room that was no command, but perhaps meant as
    one.
    """
    shortest, longest = UTTERANCE
    if hearing.free and hearing.look is None:
        return True  # typed
    if hearing.above_db < LOUD_DB or (hearing.look and hearing.look.noise >= NOISY):
        return False
    return shortest <= hearing.end - hearing.start <= longest


def free_objection(
    text: str, look: Look | None, talk: bool, own: bool, share_needed: float
) -> str | None:
    """Return why `text`, which was written down, is refused; `share_needed` is that of a word.

    A look knows single words: of a sentence it tells only whether there was speech. `talk`: people
    talk to others, and no sentence is taken. `own`: it may be of the coach's own voice, and must
    have some words.
    """
    if look is None:
        return None
    if look.noise >= NOISY:
        return "noise"
    share = look.of(text)
    poor = share is not None and share < share_needed
    short = own and len(text.split()) < OWN_WORDS
    return "unsure" if talk or poor or short else None


def worth_writing(hearing: Hearing) -> bool:
    """Return whether a result that says nothing may be speech to the coach: what is written down is
    what stands out of a room, as control phrases must.
    """
    shortest, longest = UTTERANCE
    noisy = hearing.look is not None and hearing.look.noise >= NOISY
    loud = hearing.above_db >= DISTINCT_DB and not noisy
    return loud and shortest <= hearing.end - hearing.start <= longest


def denies(look: Look | None, halting: Callable[[str], bool]) -> bool:
    """Return whether a look is sure that no halt word that it knows was said."""
    if look is None:
        return False
    return look.noise >= NOISY or _halt_share(look, halting) < NEAR


def may_be_halt(hearing: Hearing, halting: Callable[[str], bool]) -> bool:
    """Return whether a word that is `halting` may have been said, loudly enough to ask about it."""
    if hearing.look is None or hearing.above_db < LOUD_DB:
        return False
    return _halt_share(hearing.look, halting) >= NEAR


def likely_halt(phrase: str | None, look: Look | None, halting: Callable[[str], bool]) -> str:
    """Return the halt phrase that may have been said: the one heard, or the likeliest of a look."""
    if phrase is not None and halting(phrase):
        return phrase
    shares = {word: share for word, share in (look.shares if look else {}).items() if halting(word)}
    return max(shares, key=shares.__getitem__, default="")


def _halt_share(look: Look, halting: Callable[[str], bool]) -> float:
    return sum(share for word, share in look.shares.items() if halting(word))
