"""The baseline keeps to the contract of ears, where it is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.hearing.baseline import PocketsphinxEars, grammar
from tests.contracts.ears import EarsContract, Rig, finals
from tests.english import BOOK
from tests.stt.test_vosk_recogniser import VoskRig


def test_the_grammar_has_every_phrase_and_every_phone() -> None:
    """As one alternative each, so that a phrase is heard whole."""
    text = grammar(frozenset({"stop", "my neck hurts"}))
    assert "<phrase> = my neck hurts | stop;" in text
    assert text.count("garbage") == 39


@pytest.mark.slow
class TestPocketsphinxEars(EarsContract):
    """The contract, on pocketsphinx with a weak filler: it is about form, not hearing."""

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        """Return fresh ears and a synthetic voice."""
        pytest.importorskip("pocketsphinx")
        ears = PocketsphinxEars(filler=1e-30, wip=0.65)
        yield VoskRig(ears)
        ears.close()

    def test_no_phrase_is_left_out(self, rig: Rig) -> None:
        """Its dictionary knows the words of every phrase of the program."""
        ears = rig.ears
        assert isinstance(ears, PocketsphinxEars)
        ears.listen(frozenset(BOOK.meanings))
        assert ears.missing == []

    def test_the_order_of_recordings_does_not_matter(self, rig: Rig) -> None:
        """After a restart a recording brings what it brought before."""
        ears = rig.ears
        assert isinstance(ears, PocketsphinxEars)
        ears.listen(frozenset({"yes", "no"}))
        first = rig.feed(rig.utter("yes"))
        rig.feed(rig.utter("no"))
        ears.restart()
        assert rig.feed(rig.utter("yes")) == first
        assert finals(first) == ["yes"]
