"""Vosk's recogniser on the shipped model: the contract, and what is special to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from math import isfinite

import numpy as np
import pytest

from tests.contracts.recogniser import LIVE, RecogniserContract, Rig, finals, silence
from tests.english import BOOK
from voicecoach.audio.clip import Samples
from voicecoach.decision.evidence import LATE
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.judge import Judge, all_said
from voicecoach.decision.verdict import Accepted
from voicecoach.errors import ModelError
from voicecoach.language.phrasebook import Command
from voicecoach.paths import shipped
from voicecoach.simulation.acoustics import room_response
from voicecoach.stt.partials import Sure
from voicecoach.stt.verifier import NetworkVerifier
from voicecoach.stt.vosk_recogniser import VoskRecogniser
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.units import RATE

USER = "en-us+f3"
"""A voice that is not the coach's usual one."""


@cache
def spoken() -> dict[str, Samples]:
    """Return what the tests say, rendered once."""
    voice = Pyttsx3Voice(USER, 179)
    try:
        clips = voice.render(sorted(LIVE | {"stop counting"}))
    finally:
        voice.close()
    return {text: clip.samples for text, clip in clips.items()}


@dataclass
class VoskRig(Rig):
    """A recogniser on the shipped model, and a voice."""

    def utter(self, text: str) -> Samples:
        """Speak the text."""
        quiet = silence(1)
        sound = np.concatenate([spoken()[text], quiet])
        return sound[: len(sound) // 160 * 160]


def shipped_recogniser() -> VoskRecogniser:
    """Return a fresh recogniser on the shipped model; a missing one is an error, not a skip."""
    folder = shipped("models/coach-en")
    assert (folder / "am" / "final.mdl").is_file(), f"the shipped model is missing in {folder}"
    return VoskRecogniser(folder)


class TestVoskRecogniser(RecogniserContract):
    """The contract, on vosk."""

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        """Return a fresh recogniser: closing is part of the contract."""
        recogniser = shipped_recogniser()
        yield VoskRig(recogniser)
        recogniser.close()

    def test_the_same_sound_is_heard_the_same(self, rig: Rig) -> None:
        """Two runs over the same samples give the same hearings, to the frame."""
        other = VoskRig(shipped_recogniser())
        sound = np.concatenate([silence(0.5), rig.utter("stop"), rig.utter("yes")])
        sound = sound[: len(sound) // 160 * 160]
        both = []
        for one in (rig, other):
            one.recogniser.listen(LIVE)
            both.append(one.feed(sound) + one.recogniser.flush())
        assert both[0] == both[1]
        other.recogniser.close()

    def test_a_word_across_a_change_of_phrases_is_not_lost(self, rig: Rig) -> None:
        """The last second is heard again when the phrases change in the middle of a word."""
        sound = np.concatenate([silence(0.5), rig.utter("continue")])
        half = (8000 + len(spoken()["continue"]) // 2) // 160 * 160
        rig.recogniser.listen(frozenset({"yes", "no"}))
        heard = rig.feed(sound[:half])
        rig.recogniser.listen(LIVE)
        heard += rig.feed(sound[half:]) + rig.recogniser.flush()
        assert "continue" in finals(heard)
        final = next(h for h in heard if h.final and "continue" in h.text)
        assert abs(final.start - 8000) < 4800

    def test_a_partial_result_comes_before_the_final(self, rig: Rig) -> None:
        """A word shows in a partial result while the final is still to come: halts need that."""
        rig.recogniser.listen(LIVE)
        heard = rig.feed(np.concatenate([silence(0.5), rig.utter("stop")])) + rig.recogniser.flush()
        partial = next(h for h in heard if not h.final and "stop" in h.text)
        final = next(h for h in heard if h.final and "stop" in h.text)
        assert partial.decided < final.decided


def test_the_model_knows_every_phrase() -> None:
    """Every word of the phrase file is in the shipped model."""
    recogniser = shipped_recogniser()
    assert recogniser.unknown_words(BOOK.words | BOOK.meanings.keys()) == []
    recogniser.close()


def test_an_unknown_word_is_named() -> None:
    """Phrases with a word that the model does not know are refused, by name."""
    with pytest.raises(ModelError, match="does not fit") as caught:
        shipped_recogniser().listen(frozenset({"xylophone quartet"}))
    assert "quartet, xylophone" in caught.value.why


def test_a_restart_forgets_everything() -> None:
    """After a restart the clock begins at 0 and the last recording is not heard again."""
    rig = VoskRig(shipped_recogniser())
    assert isinstance(rig.recogniser, VoskRecogniser)
    rig.recogniser.listen(LIVE)
    first = rig.feed(rig.utter("stop")) + rig.recogniser.flush()
    rig.recogniser.restart()
    second = rig.feed(rig.utter("stop")) + rig.recogniser.flush()
    assert finals(first) == finals(second) == ["stop"]
    assert [h.start for h in first if h.final] == [h.start for h in second if h.final]
    rig.recogniser.close()


def test_no_home_folder_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container with a number for a user: vosk asks for one as it is imported."""

    def unknown(_number: int) -> None:
        raise KeyError("no such user")

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.delitem(sys.modules, "vosk", raising=False)
    VoskRecogniser(shipped("models/coach-en")).close()
    assert "HOME" not in os.environ


def looked_at(
    sound: Samples, phrases: frozenset[str], sure: Sure = lambda _text, _look: None
) -> list[Hearing]:
    """Return the final results of the shipped recogniser with its verifier."""
    folder = shipped("models/coach-en")
    rig = VoskRig(VoskRecogniser(folder, NetworkVerifier(folder), sure=sure))
    rig.recogniser.listen(phrases)
    heard = [hearing for hearing in rig.feed(sound) if hearing.final and hearing.text]
    rig.recogniser.close()
    return heard


def test_a_long_phrase_is_looked_at_whole() -> None:
    """Of one of three seconds no beginning is lost, nor the quiet before it: its phones fit, and
    its level above the room is known.
    """
    said = "give me twenty five minutes for my lower back"
    with closing(Pyttsx3Voice(USER, 150)) as voice:
        sound = np.concatenate([silence(1), voice.render([said])[said].samples, silence(1)])
    (heard,) = looked_at(sound, BOOK.grammar({Command.WISH}))
    assert heard.text == said
    assert heard.end - heard.start > 2.2 * RATE
    assert isfinite(heard.above_db)
    assert heard.look
    assert heard.look.weakest > LATE[1]


def test_a_sure_word_does_not_wait_for_the_recogniser() -> None:
    """It is final a good deal sooner, the same word, and what follows is heard as well."""
    sound = np.concatenate(
        [silence(0.5), spoken()["yes"], silence(0.7), spoken()["stop"], silence(1)]
    )
    waited, sooner = looked_at(sound, LIVE), looked_at(sound, LIVE, partial(all_said, BOOK))
    assert finals(sooner) == finals(waited) == ["yes", "stop"]
    assert sooner[0].decided < waited[0].decided - 150 * RATE // 1000
    assert abs(sooner[0].end - waited[0].end) <= 60 * RATE // 1000


@pytest.mark.parametrize("rt60_ms", [300, 600])
def test_the_echo_of_a_room_is_no_word(rt60_ms: int) -> None:
    """What is left of a word after its end is not heard as another that could be obeyed."""
    said = np.concatenate([silence(0.5), spoken()["yes"], silence(2)]).astype(np.float64)
    room = np.convolve(said, room_response(rt60_ms, 0.0, seed=3))[: len(said)]
    heard = looked_at(
        np.rint(room / np.abs(room).max() * 8000).astype(np.int16), LIVE, partial(all_said, BOOK)
    )
    judge = Judge(BOOK)
    judge.listen(LIVE)
    obeyed = [v.phrase for h in heard if isinstance(v := judge.consider(h), Accepted)]
    assert obeyed == ["yes"]


def test_what_is_sure_is_what_is_final() -> None:
    """Also where the recogniser, made to end, finds another word, as "today" for "two"."""
    sound = np.concatenate([silence(0.5), spoken()["yes"], silence(1)])
    heard = looked_at(sound, LIVE, lambda text, _look: {"yes": "no"}.get(text))
    assert finals(heard) == ["no"]
    assert heard[0].look
