"""What is no phrase is written down, if it may be said to the coach; the rest is left alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from tests.contracts.recogniser import RecogniserContract
from tests.contracts.recogniser import Rig as RecogniserRig
from tests.english import BOOK
from tests.fakes.test_recogniser import typed_rig
from tests.fakes.transcriber import ToneTranscriber, saying
from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import NOISE, OTHER, Hearing, Look
from voicecoach.decision.judge import Judge, needs_words
from voicecoach.decision.verdict import Accepted, Refused, Spoken
from voicecoach.language.phrasebook import Command
from voicecoach.stt.free_speech import FreeSpeech
from voicecoach.units import BLOCK, RATE, Frame

PLAIN = Look({"stop": 0.0, OTHER: 1.0, NOISE: 0.0})
NOISY = Look({"stop": 0.0, OTHER: 0.5, NOISE: 0.5})
BEFORE = RATE


class Phrases:
    """The `Recogniser` port: gives one final result a while after the sound of an utterance."""

    def __init__(self, text: str, length: int, look: Look | None = PLAIN) -> None:
        self._text, self._end, self._look = text, BEFORE + length, look
        self.fed = 0
        self.live: frozenset[str] = frozenset()
        self.closed = 0

    def listen(self, phrases: frozenset[str]) -> None:
        """Keep what is live."""
        self.live = phrases

    def feed(self, block: Samples) -> list[Hearing]:
        """Return the result once half a second is quiet."""
        before, self.fed = self.fed, self.fed + len(block)
        return self._result() if before < self._end + RATE // 2 <= self.fed else []

    def flush(self) -> list[Hearing]:
        """Nothing is open."""
        return []

    def restart(self) -> None:
        """Count from zero again."""
        self.fed = 0

    def close(self) -> None:
        """Count the calls."""
        self.closed += 1

    def _result(self) -> list[Hearing]:
        begun, end, now = Frame(BEFORE), Frame(self._end), Frame(self.fed)
        start = Frame(BEFORE + 2000)
        return [Hearing(self._text, start, end, now, True, 1.0, 20.0, self._look, begun=begun)]


def heard(
    said: str,
    phrase: str = "[unk] [unk]",
    look: Look | None = PLAIN,
    level: float = 6000.0,
    room: float = 30.0,
) -> tuple[Hearing, ToneTranscriber]:
    """Return the final result for what was `said`, of which the phrases were heard as `phrase`."""
    sound = saying(said, level)
    whole = np.random.default_rng(1).normal(0, room, BEFORE + len(sound) + RATE)
    whole[BEFORE : BEFORE + len(sound)] += sound
    samples = whole.astype(np.int16)
    transcriber = ToneTranscriber()
    inner = Phrases(phrase, len(sound), look)
    one = FreeSpeech(inner, transcriber, partial(needs_words, BOOK))
    found = []
    for at in range(0, len(samples), BLOCK):
        found += one.feed(samples[at : at + BLOCK])
    (hearing,) = found
    return hearing, transcriber


def decided(hearing: Hearing, *spoken: Spoken) -> Accepted | Refused:
    """Return the verdict of a judge with all phrases live."""
    one = Judge(BOOK)
    one.listen(BOOK.grammar(Command))
    verdict = one.consider(hearing, spoken)
    assert isinstance(verdict, Accepted | Refused)
    return verdict


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("can you slow down a bit", Command.SLOWER),
        ("my back is killing me stop", Command.PAIN),
        ("no no stop", Command.STOP),
    ],
)
def test_free_speech_is_understood(said: str, command: Command) -> None:
    """A command with more around it, and a halt word anywhere in a short text."""
    hearing, _ = heard(said)
    assert (hearing.text, hearing.free) == (said, True)
    verdict = decided(hearing)
    assert isinstance(verdict, Accepted)
    assert verdict.meaning.command is command


@pytest.mark.parametrize("said", ["the news at ten", "no don't stop", "you don't stop"])
def test_what_is_no_command_is_refused(said: str) -> None:
    """Talk, and a halt word that is denied."""
    verdict = decided(heard(said)[0])
    assert isinstance(verdict, Refused)
    assert verdict.why == "not a phrase"


def test_a_phrase_that_was_heard_is_not_written_down() -> None:
    """It costs nothing then."""
    surely = Look({"stop": 1.0, OTHER: 0.0, NOISE: 0.0})
    hearing, transcriber = heard("stop", phrase="stop", look=surely)
    assert transcriber.written == 0
    assert (hearing.text, hearing.free) == ("stop", False)


def test_a_phrase_that_a_look_refuses_is_written_down() -> None:
    """It may have been another."""
    hearing, _ = heard("harder", phrase="stop")
    assert (hearing.text, hearing.free) == ("harder", True)


@pytest.mark.parametrize("room", [3000.0, 4000.0])
def test_what_does_not_stand_out_is_not_written_down(room: float) -> None:
    """As for a television: the level that control phrases need."""
    hearing, transcriber = heard("can you slow down a bit", room=room, level=2000.0)
    assert transcriber.written == 0
    assert not hearing.free


def test_noise_is_not_written_down() -> None:
    """Where a look finds no speech."""
    hearing, transcriber = heard("can you slow down a bit", look=NOISY)
    assert transcriber.written == 0
    assert not hearing.free


def test_nothing_written_leaves_what_was_heard() -> None:
    """An utterance in which the transcriber finds no words stays what it was."""
    hearing, transcriber = heard("stop", level=0.0, phrase="[unk]")
    assert not hearing.free
    assert hearing.text == "[unk]"
    assert transcriber.written == 0  # it does not even stand out


def test_over_the_coach_a_control_needs_some_words() -> None:
    """A single one may be of its own voice; a halt is taken, and so is a sentence."""
    line = Spoken("breathe", Frame(0), Frame(3 * RATE))
    harder, _ = heard("harder")
    verdict = decided(harder, line)
    assert isinstance(verdict, Refused)
    assert verdict.why == "unsure"
    for said in ("can you slow down a bit", "my back is killing me"):
        assert isinstance(decided(heard(said)[0], line), Accepted)


def test_what_is_written_down_must_stand_out_for_a_halt_too() -> None:
    """A television says "stop" in its sentences."""
    hearing, _ = heard("my back is killing me")
    quiet = replace(hearing, above_db=3.0)
    assert decided(quiet) == Refused("noise", quiet)


def test_nothing_is_taken_from_talk() -> None:
    """After seconds of speech that was no command, a sentence is one more."""
    one = Judge(BOOK)
    one.listen(BOOK.grammar(Command))
    news, _ = heard("the news at ten")
    for ago in (2, 1):
        shift = -ago * 20_000
        start, end = Frame(news.start + shift), Frame(news.end + shift)
        one.consider(replace(news, start=start, end=end, decided=Frame(end + 100)))
    verdict = one.consider(heard("can you slow down a bit")[0])
    assert isinstance(verdict, Refused)
    assert verdict.why == "unsure"


def test_a_single_word_must_be_what_a_look_found() -> None:
    """Two opinions about a word: they must not contradict each other."""
    verdict = decided(heard("stop")[0])
    assert isinstance(verdict, Refused)
    assert verdict.why == "unsure"


def test_it_hands_everything_else_on() -> None:
    """Live phrases, a restart and closing."""
    inner = Phrases("[unk]", RATE)
    one = FreeSpeech(inner, ToneTranscriber(), lambda _: True)
    one.listen(frozenset({"stop"}))
    one.feed(np.zeros(BLOCK, np.int16))
    one.restart()
    assert (inner.live, inner.fed, one.flush()) == (frozenset({"stop"}), 0, [])
    one.close()
    assert inner.closed == 1


class TestFreeSpeechContract(RecogniserContract):
    """Around a recogniser that keeps the contract, it keeps it too."""

    @pytest.fixture
    def rig(self) -> RecogniserRig:
        """Return the typed recogniser inside one of free speech."""
        rig = typed_rig()
        rig.recogniser = FreeSpeech(rig.recogniser, ToneTranscriber(), partial(needs_words, BOOK))
        return rig
