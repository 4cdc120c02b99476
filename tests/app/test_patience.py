"""How long a device may bring nothing: measured in the time this program runs."""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue

import pytest

from voicecoach.app.patience import SLICE_S, Patience

LIMIT_S = 2.0


class Clock:
    """A clock that a queue moves on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        patch.setattr(time, "monotonic", lambda: self.now)


class Queue(SimpleQueue[str]):
    """Each wait takes as long as the next of `takes` says, and brings its item, if it has one."""

    def __init__(self, clock: Clock, *takes: tuple[float, str | None]) -> None:
        self._clock, self._takes = clock, list(takes)

    def get(self, block: bool = True, timeout: float | None = None) -> str:
        """Wait."""
        assert timeout is not None
        takes, item = self._takes.pop(0) if self._takes else (timeout, None)
        self._clock.now += takes
        if item is None:
            raise Empty
        return item


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the test."""
    return Clock(monkeypatch)


def test_a_queue_that_brings_nothing_is_given_up(clock: Clock) -> None:
    """After the limit, and not before."""
    with pytest.raises(Empty):
        Patience(LIMIT_S).get(Queue(clock))
    assert clock.now == pytest.approx(100.0 + LIMIT_S)


@pytest.mark.parametrize("stopped", [2.0, 60.0, 86_400.0])
def test_a_program_that_was_stopped_waits_on(clock: Clock, stopped: float) -> None:
    """Stopped for seconds or a day in the middle of a wait: what comes then is taken."""
    queue = Queue(clock, (SLICE_S, None), (stopped, None), (0.01, "tick"))
    assert Patience(LIMIT_S).get(queue) == "tick"


def test_what_comes_does_not_renew_the_patience(clock: Clock) -> None:
    """Only the caller knows what proves the device alive."""
    patience = Patience(LIMIT_S)
    queue = Queue(clock, *[(0.2, "heard")] * 50)
    for _ in range(round(LIMIT_S / 0.2)):
        assert patience.get(queue) == "heard"
    with pytest.raises(Empty):
        patience.get(queue)
    patience.renew()
    assert patience.get(queue) == "heard"
