"""A sound card with faults by chance, and someone in the room."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import numpy as np

from tests.app.telling import ANSWERS
from tests.fakes.device import FakeDevice
from voicecoach.audio.clip import Samples
from voicecoach.eventlog import kinds, sounds
from voicecoach.eventlog.kinds import Event
from voicecoach.ports import Sound
from voicecoach.units import BLOCK, RATE

PER_S: Final = RATE // BLOCK
FAULT_EVERY_MIN: Final = 10
"""On average."""

WISHES: Final = (
    "what did i do this week", "what is there", "upper back", "the same as yesterday", "good night",
    "ten minutes for my upper back", "what do i like",
)  # fmt: skip
WHILE_COUNTING: Final = (
    "pause", "slower", "faster", "how many more", "it hurts", "stop", "skip", "end session",
    "less talking", "more detail", "make it easier", "which side",
)  # fmt: skip


class Card(FakeDevice):
    """A sound card with faults by chance; without one it plays on for ever."""

    def __init__(self, chance: random.Random, faults: Counter[str], until: int) -> None:
        """Let no fault begin at block `until` or later."""
        super().__init__(self._hear)
        self._chance, self._faults, self._until = chance, faults, until
        self._blocks = 0
        self.disk_full = False
        self._attempts = 0
        self._silent_until = self._full_until = 0
        self._next = self._later(FAULT_EVERY_MIN)

    def _later(self, minutes: float) -> int:
        return self.blocks + round(self._chance.expovariate(1 / minutes) * 60 * PER_S) + PER_S

    @property
    def blocks(self) -> int:
        """Blocks played so far."""
        return self._blocks

    @property
    def hears(self) -> bool:
        """Whether what is said now is heard."""
        return self.blocks > self._silent_until + PER_S and "microphone" in self.plugged

    def _hear(self, _: int) -> Samples | None:
        return None if self.blocks < self._silent_until else QUIET

    def start(self, sound: Sound, microphone: bool = True) -> None:
        """Start, once it has been tried often enough for what is unplugged."""
        self._attempts -= 1
        if self._attempts <= 0:
            self.plugged = {"speaker", "microphone"}
        super().start(sound, microphone)

    def step(self, blocks: int = 1) -> None:
        """Play a block, and let a fault come when it is due."""
        super().step(blocks)
        self.played.clear()
        self._blocks += blocks
        self.disk_full = self.blocks < self._full_until
        if self._next <= self.blocks < self._until:
            self._next = self._later(FAULT_EVERY_MIN)
            kind = self._chance.choice(sorted(FAULTS))
            self._faults[kind] += 1
            FAULTS[kind](self)

    def pull(self, half: str) -> None:
        """Unplug a half until a later attempt."""
        self._attempts = self._chance.randint(1, 4)
        self.unplug(half)

    def hush(self) -> None:
        """Let the microphone bring nothing for a while."""
        self._silent_until = self.blocks + self._chance.randint(3, 30) * PER_S

    def fill_disk(self) -> None:
        """Let no store write for a while."""
        self._full_until = self.blocks + self._chance.randint(5, 120) * PER_S


QUIET: Final[Samples] = np.zeros(BLOCK, np.int16)
FAULTS: Final[dict[str, Callable[[Card], object]]] = {
    "loudspeaker unplugged": lambda card: card.pull("speaker"),
    "microphone unplugged": lambda card: card.pull("microphone"),
    "callbacks end": Card.stop,
    "microphone silent": Card.hush,
    "disk full": Card.fill_disk,
}


class Clock(Protocol):
    """What the user knows of the time and the card."""

    @property
    def blocks(self) -> int:
        """Blocks since the begin."""

    @property
    def hears(self) -> bool:
        """Whether what is said now is heard."""


class User:
    """Someone in the room: answers what is asked, calls when it is time, interrupts by chance."""

    def __init__(
        self, card: Clock, chance: random.Random, calls_every_min: float, thinks_s: float = 9,
        wishes: Sequence[str] = WISHES,
    ) -> None:  # fmt: skip
        """Call so often, wish one of `wishes`, and answer so long after a question began."""
        self._card, self._chance, self._every = card, chance, calls_every_min
        self._thinks_s, self._wishes = thinks_s, wishes
        self._says: tuple[int, str] | None = None
        self._call = 2 * 60 * PER_S
        self._asleep = True

    def say(self, text: str, after_s: float) -> None:
        """Say something, in place of what was to be said."""
        self._says = self._card.blocks + round(after_s * PER_S), text

    def speak(self, _: int) -> str | None:
        """Return what is said in this block; it waits while it would not be heard."""
        if self._says is None or self._says[0] > self._card.blocks or not self._card.hears:
            return None
        text, self._says = self._says[1], None
        return text

    def notice(self, event: Event) -> None:
        """Hear the coach."""
        if isinstance(event, kinds.StateEntered):
            self._asleep = event.name == "idle"
        match event:
            case kinds.Asked(question=question):
                self.say(ANSWERS.get(question, "no"), self._thinks_s)
            case kinds.StateEntered(name="idle"):
                self._call = max(self._call, self._card.blocks)
                self.say("coach", (self._call - self._card.blocks) / PER_S + 1)
            case kinds.StateEntered(name="menu"):
                self._call = self._card.blocks + round(
                    self._chance.expovariate(1 / self._every) * 60 * PER_S
                )
                self.say(self._chance.choice(self._wishes), 2)
            case kinds.StateEntered(name="paused" | "stopped"):
                self.say("continue", 7)
            case kinds.PartRecovered() if not self._asleep:
                self.say("continue", 7)
            case sounds.Count() if self._chance.random() < 0.03:
                self.say(self._chance.choice(WHILE_COUNTING), 0.5)
