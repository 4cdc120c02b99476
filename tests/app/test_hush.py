"""From a partial result to silence in the loudspeaker, and back or to a halt."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.app.rehearsals import Event, Rehearsed, pipeline_of, plain, prepared, quiet
from tests.effort import one_in
from tests.english import BOOK
from tests.fakes.recogniser import TypedRecogniser
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.audio.clip import Samples
from voicecoach.audio.mixer import FADE
from voicecoach.decision.hearing import NOISE, OTHER, Hearing, Look
from voicecoach.decision.judge import VERDICT
from voicecoach.dialog.session import Session
from voicecoach.units import BLOCK, RATE, Frame

STOP = Look({"stop": 0.9, OTHER: 0.1, NOISE: 0.0})
NOTHING_SAID = Look({"stop": 0.0, OTHER: 1.0, NOISE: 0.0})
UNSURE = Look({"stop": 0.3, OTHER: 0.7, NOISE: 0.0})
PARTIAL = 3
"""Blocks from one partial result to the next."""

Script = Callable[[int], tuple[str, Look] | None]
"""What stands in the partial result so many frames after the first; None: nothing more."""


class Partials(TypedRecogniser):
    """Gives partial results from a second on, as a script says."""

    def __init__(self, since: float, script: Script) -> None:
        super().__init__(list)
        self._since, self._script = round(since * RATE), script

    def feed(self, block: Samples) -> list[Hearing]:
        """Return the partial result of this block, if one is due."""
        self._fed += len(block)
        after = self._fed - self._since
        found = self._script(after) if after >= 0 and not after // BLOCK % PARTIAL else None
        if found is None:
            return []
        now, (text, look) = Frame(self._fed), found
        return [Hearing(text, Frame(self._since - 4000), now, now, final=False, look=look)]


def led(since: float, script: Script) -> Rehearsed:
    """Rehearse the small routine in a room where this is heard."""
    plan, clips = prepared()
    events: list[Event] = []
    tape: list[Samples] = []
    driver = Rehearsal(pipeline_of(Partials(since, script), book=BOOK), quiet, played=tape.append)
    outcome = driver.lead(Session(plan), clips, lambda event: events.append(plain(event)))
    return Rehearsed(events, np.concatenate(tape), outcome)


def heard_to_the_end(after: int) -> tuple[str, Look] | None:
    """A "stop" that stands."""
    return ("stop", STOP) if after < RATE else None


def taken_back(after: int) -> tuple[str, Look] | None:
    """A "stop" at first, and then surely none."""
    return (("stop", STOP) if after < BLOCK else ("start", NOTHING_SAID)) if after < RATE else None


def doubtful(after: int) -> tuple[str, Look] | None:
    """A "stop" at first, and then perhaps one."""
    return (("stop", STOP) if after < BLOCK else ("start", UNSURE)) if after < RATE else None


@pytest.mark.parametrize("script", [heard_to_the_end, taken_back, doubtful])
@pytest.mark.parametrize("second", one_in(2, [1.0, 18.4, 33.4, 35.4]))
def test_silence_comes_within_a_block(second: float, script: Script) -> None:
    """In the welcome, a description, a count and a breath: the next block fades, and no more."""
    room = led(second, script)
    assert np.any(room.between(second - 0.1, second))
    silent_from = second + (BLOCK + FADE) / RATE
    assert not np.any(room.between(silent_from, second + VERDICT / RATE))
    assert room.of("hushed")[0]["t"] == pytest.approx(second)


def test_a_hush_becomes_the_halt() -> None:
    """Within 300 ms, and nothing but a word leads on."""
    room = led(33.4, heard_to_the_end)
    (halted,) = room.of("halted")
    assert 33.4 < float(str(halted["t"])) <= 33.7
    assert not room.of("hush_released")
    counts = [event for event in room.of("count") if float(str(event["t"])) > 33.4]
    assert counts == []


def test_a_false_hush_goes_on_at_the_cue_that_was_cut() -> None:
    """The count is heard again, whole, and the next one on its beat."""
    room, undisturbed = led(33.4, taken_back), led(33.4, lambda _: None)
    (released,) = room.of("hush_released")
    assert 33.4 < float(str(released["t"])) <= 33.7
    cut, again, *later = room.of("count")
    assert cut["n"] == again["n"] == 1
    assert later == undisturbed.of("count")[1:]
    assert not room.of("halted", "asked")


def test_a_doubt_is_asked_about() -> None:
    """The question sounds within 300 ms and a reaction."""
    room = led(33.4, doubtful)
    question = room.cue("Did you say stop?")
    assert 33.4 < float(str(question["t"])) <= 33.9
