"""Amid talk to others a word must be surer; a word said again is no talk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.decision.test_evidence import look
from tests.decision.test_judge import final, judge
from voicecoach.decision.evidence import AMID_TALK, CERTAIN, EARLY, LIKELY
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.talk import LATELY, MUCH
from voicecoach.decision.verdict import Accepted, Refused
from voicecoach.units import RATE, Frame

NEXT = 14.0
"""When the second thing is said, in seconds."""


def said(text: str, **shares: float) -> Hearing:
    """Return what is heard at `NEXT` out of a quiet moment."""
    return replace(final(text, NEXT), look=look(**shares), above_db=40.0)


def talk(seconds: float = 3.0, before: float = 0.5) -> Hearing:
    """Return a refused utterance of so many seconds, which ends so long before `NEXT`."""
    return replace(final("[unk] [unk]", NEXT - before - seconds, seconds), look=look())


def after(past: Hearing, hearing: Hearing) -> bool:
    """Return whether `hearing` is obeyed after `past`, which is not."""
    one = judge()
    assert isinstance(one.consider(past), Refused)
    return isinstance(one.consider(hearing), Accepted)


@pytest.mark.parametrize("text", ["yes", "stop", "[unk]", "no"])
def test_amid_talk_a_word_must_be_surer(text: str) -> None:
    """Whether the recogniser heard it or not."""
    word = text if text in ("yes", "stop") else "go"  # which is not what was heard
    assert not after(talk(), said(text, **{word: AMID_TALK - 0.01}))
    assert after(talk(), said(text, **{word: AMID_TALK}))
    least = LIKELY if word == text else CERTAIN
    assert after(talk(before=LATELY / RATE), said(text, **{word: least}))


def test_amid_talk_a_phrase_must_fit_well() -> None:
    """As one that is not final."""
    for fit, obeyed in ((EARLY[0] - 0.1, False), (EARLY[0], True)):
        heard = replace(said("it hurts"), look=replace(look(), fit=fit))
        assert after(talk(), heard) == obeyed
        assert after(talk(before=5.0), heard)


def test_a_word_that_was_not_understood_can_be_said_again() -> None:
    """It is shorter than talk is."""
    short = talk()
    short = replace(short, start=Frame(short.end - MUCH + 1))
    assert after(short, said("yes", yes=LIKELY))


def test_a_command_that_was_obeyed_is_no_talk() -> None:
    """However long it was."""
    one = judge()
    long = replace(final("stop counting please", NEXT - 4.0, 3.0), look=look(stop=0.9))
    assert isinstance(one.consider(long), Accepted)
    assert isinstance(one.consider(said("yes", yes=LIKELY)), Accepted)
