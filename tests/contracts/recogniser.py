"""What every `Recogniser` must do.

A test class derives from `RecogniserContract` and gives a fixture `rig`. All that is fed is
sound; a typed recogniser gets its line when the sound of it would begin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.contracts.speech import speech_like
from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import UNKNOWN
from voicecoach.language.words import normalise
from voicecoach.ports import Recogniser
from voicecoach.units import BLOCK, RATE

LIVE = frozenset({"stop", "yes", "no", "pause", "continue"})


@dataclass
class Rig:
    """A fresh recogniser; `utter` returns the sound of a phrase, and a second of silence."""

    recogniser: Recogniser

    def utter(self, text: str) -> Samples:
        """Return what to feed so that the recogniser gets `text`."""
        raise NotImplementedError

    def feed(self, sound: Samples) -> list[Hearing]:
        """Feed `sound` block by block, as a device does."""
        hearings = []
        for i in range(0, len(sound) - BLOCK + 1, BLOCK):
            hearings += self.recogniser.feed(sound[i : i + BLOCK])
        return hearings

    def finals(self, hearings: list[Hearing]) -> list[str]:
        """Return what was said, by the final results."""
        return finals(hearings)


def silence(seconds: float) -> Samples:
    """Return digital silence."""
    return np.zeros(round(seconds * RATE), np.int16)


def finals(hearings: list[Hearing]) -> list[str]:
    """Return the texts of the final results, without other sounds."""
    texts = [h.text.replace(UNKNOWN, "").strip() for h in hearings if h.final]
    return [text for text in texts if text]


class RecogniserContract:
    """Holds for every recogniser."""

    def test_silence_is_nothing(self, rig: Rig) -> None:
        """Two seconds of silence bring no hearing of a phrase."""
        rig.recogniser.listen(LIVE)
        assert rig.finals(rig.feed(silence(2)) + rig.recogniser.flush()) == []

    def test_a_live_phrase_is_heard(self, rig: Rig) -> None:
        """What is said comes as one final result with its words."""
        rig.recogniser.listen(LIVE)
        heard = rig.feed(silence(0.5))
        heard += rig.feed(rig.utter("stop")) + rig.recogniser.flush()
        assert rig.finals(heard) == ["stop"]

    def test_times_lie_on_the_clock_of_the_blocks(self, rig: Rig) -> None:
        """A hearing starts before it ends, is decided no earlier, and never from the future; a
        phrase said after two seconds is not placed before them.
        """
        rig.recogniser.listen(LIVE)
        heard = rig.feed(silence(2))
        sound = rig.utter("pause")
        heard += rig.feed(sound)
        fed = 2 * RATE + len(sound)
        assert rig.finals(heard + rig.recogniser.flush()) == ["pause"]
        for hearing in heard:
            assert 0 <= hearing.start <= hearing.end
            assert hearing.decided <= fed
            assert hearing.end <= hearing.decided + RATE // 10
            assert not hearing.final or hearing.start >= 1.8 * RATE
        decided = [hearing.decided for hearing in heard]
        assert decided == sorted(decided)

    def test_texts_are_normalised_and_never_empty(self, rig: Rig) -> None:
        """A text is words in lower case with one blank between; an empty one is no hearing."""
        rig.recogniser.listen(LIVE)
        heard = rig.feed(rig.utter("yes")) + rig.recogniser.flush()
        assert heard
        assert all(h.text and h.text == normalise(h.text) for h in heard)
        assert all(0 <= h.confidence <= 1 for h in heard)

    def test_the_live_phrases_may_change(self, rig: Rig) -> None:
        """After a change the new phrases are heard, on the same clock."""
        rig.recogniser.listen(frozenset({"yes", "no"}))
        rig.feed(silence(1))
        rig.recogniser.listen(LIVE)
        rig.recogniser.listen(LIVE)
        heard = rig.feed(rig.utter("continue")) + rig.recogniser.flush()
        assert rig.finals(heard) == ["continue"]
        assert all(hearing.start >= 0.7 * RATE for hearing in heard if hearing.final)

    def test_a_flush_ends_what_was_open(self, rig: Rig) -> None:
        """What is flushed does not come again, and the recogniser goes on after it."""
        rig.recogniser.listen(LIVE)
        rig.feed(rig.utter("no"))
        rig.recogniser.flush()
        assert rig.finals(rig.recogniser.flush()) == []
        assert rig.finals(rig.feed(rig.utter("yes")) + rig.recogniser.flush()) == ["yes"]

    def test_nothing_is_heard_before_listening(self, rig: Rig) -> None:
        """Without live phrases sound is taken and brings no error."""
        rig.feed(speech_like(0.5, 3))
        rig.recogniser.flush()

    def test_a_restart_forgets_and_counts_from_zero(self, rig: Rig) -> None:
        """What was said before it does not come; what is said after it has times from frame 0, and
        the same phrases are live.
        """
        rig.recogniser.listen(LIVE)
        rig.feed(silence(2))
        rig.feed(rig.utter("yes")[: RATE // 4])
        rig.recogniser.restart()
        sound = rig.utter("pause")
        heard = rig.feed(sound) + rig.recogniser.flush()
        assert rig.finals(heard) == ["pause"]
        assert all(hearing.decided <= len(sound) for hearing in heard)

    def test_closes_twice(self, rig: Rig) -> None:
        """Closing is harmless at any time."""
        rig.recogniser.listen(LIVE)
        rig.recogniser.close()
        rig.recogniser.close()
