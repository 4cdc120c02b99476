"""A whole evening by voice alone on a virtual card: the real program, voice, model and canceller.

It takes five minutes, so .ci/run lets it run beside other work.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.card.plugs import Bench, plugged
from tests.card.program import Program
from tests.card.room import Room
from tests.evening_steps import Event, missing, read
from voicecoach.app.profile_store import save_profile
from voicecoach.audio.clip import Samples
from voicecoach.screening.profile import let_through
from voicecoach.tts.pyttsx3_voice import COACH, Pyttsx3Voice

pytestmark = pytest.mark.card

SAYS = [
    ("hey coach", "name"), ("what is there", "what_there"),
    ("ten minutes for my upper back", "wish"), ("no", "no"), ("no", "no"), ("two", "number"),
    ("pause", "pause"), ("continue", "resume"), ("continue", "resume"), ("stop", "stop"),
    ("end session", "end"), ("yes", "yes"), ("one", "number"), ("hey coach", "name"),
    ("what did i do this week", "this_week"), ("good night", "good_night"),
]  # fmt: skip
"""What the user says, and what is to be obeyed; nothing else may be."""
TIMES = 3
"""A phrase that is not obeyed is said so often at most."""
MOST_AGAIN = 4
"""So many may have to be said again in all."""
NOISE_DBFS = -66.0
"""As in a simulated room (docs/scenarios.md): no real microphone is digitally silent."""
BREATH_S = 0.6
"""From the end of what the coach says to the answer."""
PATIENCE_S = 6.0
"""A word is obeyed within a second of its end; this much later it is said again."""
LONG_S = 240.0
"""For this long the coach may speak: an introduction takes more than a minute."""


class Evening:
    """A user who hears what the coach says, by its event log, and answers aloud."""

    def __init__(self, bench: Bench, log: Path) -> None:
        voice = Pyttsx3Voice("en-us+m3", 179)  # not the coach's
        texts = sorted({text for text, _ in SAYS})
        self._clips: dict[str, Samples] = {
            text: clip.samples for text, clip in voice.render(texts).items()
        }
        voice.close()
        self._bench, self._log = bench, log
        self._room: Room
        self._says = iter(SAYS)
        self._taken = 0
        """Bytes of the log that were taken."""
        self._events: deque[Event] = deque()
        """What was read in them, and is still to be looked at."""
        self.again: list[str] = []
        """What had to be said again."""

    @contextmanager
    def room(self) -> Iterator[None]:
        """Be in the room, for as long as its microphone is plugged in."""
        with Room(noise_dbfs=NOISE_DBFS, extra=self._bench.extra) as self._room:
            yield

    def say(self, wait: float = BREATH_S) -> None:
        """Say what comes next, and again until it is obeyed."""
        text, command = next(self._says)
        for turn in range(TIMES):
            self.again += [text] * bool(turn)
            ended = self._room.say(self._clips[text], wait)
            self._room.wait(ended)
            if self._comes(PATIENCE_S, kind="heard", command=command):
                return
        raise AssertionError(f"“{text}” is not obeyed")

    def wait(self, **event: object) -> Event:
        """Wait for an event; return it."""
        found = self._comes(LONG_S, **event)
        assert found, f"{event} does not come"
        return found

    def hear(self, part: str) -> None:
        """Wait until the coach has said a line with `part`."""
        while part not in str((line := self.wait(kind="cue_started"))["text"]):
            pass
        self.wait(kind="cue_finished", id=line["id"])

    def _comes(self, seconds: float, **wanted: object) -> Event | None:
        """Return the next such event, if it comes in so many seconds."""
        late = self._room.clock + seconds
        while not self._events or not wanted.items() <= (one := self._events.popleft()).items():
            if not self._events:
                if self._room.clock > late:
                    return None
                self._room.wait(self._room.clock + 0.1)
                self._read()
        return one

    def _read(self) -> None:
        """Read the lines that are whole by now."""
        if self._log.exists():
            with self._log.open("rb") as log:
                log.seek(self._taken)
                text, newline, _ = log.read().rpartition(b"\n")
            self._taken += len(text + newline)
            self._events += map(json.loads, text.splitlines())


@dataclass
class Led:
    """What an evening left: the log, what was printed, what was said again, and what never came."""

    events: list[Event]
    text: str
    again: list[str]
    lacks: str

    @property
    def stalled(self) -> bool:
        """Whether the virtual card stood still: the machine had no time for it, and the program
        rightly told of a loss.
        """
        lost = [str(event["why"]) for event in self.events if event["kind"] == "failed"]
        return any("asked for no sound" in why for why in lost)


def test_an_evening_by_voice_alone(tmp_path: Path) -> None:
    """Called, asked, ten minutes for the upper back, interrupted, unplugged, plugged in, stopped,
    ended, idle, and called again: every step is in the log, and what nobody said is not obeyed.
    """
    led = evening(tmp_path / "first")
    if led.stalled:
        print(f"the virtual card stood still, so here is another evening:\n{led.text}")
        led = evening(tmp_path / "second")
    print(led.text)
    print(f"said again: {', '.join(led.again) or 'nothing'}")
    assert not led.lacks
    assert missing(led.events) is None
    assert [e["command"] for e in led.events if e["kind"] == "heard"] == [do for _, do in SAYS]
    assert len(led.again) <= MOST_AGAIN
    assert "Traceback" not in led.text


def evening(folder: Path) -> Led:
    """Lead an evening with a card and a home of its own."""
    home, log = folder / "home", folder / "events.jsonl"
    save_profile(home / ".local/share/voicecoach/profile.toml", let_through(date.today()))
    halves = ("--output", "speaker_half", "--input", "mic_half")
    words = ("serve", "--talk", "short", "--voice", COACH, "--events", str(log), *halves)
    lacks = ""
    with plugged(folder / "card") as bench:
        user = Evening(bench, log)
        with Program(home, *words, extra=bench.extra) as program:
            try:
                lead(user, bench, program)
            except AssertionError as error:
                lacks = str(error)
            assert program.interrupt() == 130
    return Led(read(log), program.text, user.again, lacks)


def lead(user: Evening, bench: Bench, program: Program) -> None:
    """Speak for the user, from the first call to the good night."""
    with user.room():
        be_called(user)
        interrupt(user)
    bench.unplug("mic")
    program.until("I cannot hear you")
    bench.plug_in("mic")
    with user.room():
        end(user)
        be_called_again(user)


def be_called(user: Evening) -> None:
    """Call the coach, choose, and answer the questions of the day."""
    user.wait(kind="state", name="idle")
    user.say(wait=6.0)  # hey coach, after the first sound
    user.hear("Shall I check how well I hear you")
    user.say()  # what is there
    user.hear("There is")
    user.say(wait=1.0)  # ten minutes for my upper back
    user.hear("in your health")
    user.say()  # no
    user.hear("May I learn")
    user.say()  # no
    user.hear("from zero to ten")
    user.say()  # two


def interrupt(user: Evening) -> None:
    """Pause in a set, go on, and count."""
    user.wait(kind="count", n=1)
    user.say(wait=3.4)  # pause
    user.hear("Paused")
    user.say(wait=4.0)  # continue
    user.wait(kind="resumed")
    user.wait(kind="count")


def end(user: Evening) -> None:
    """Go on with the microphone back, stop, and end the session."""
    user.wait(kind="recovered", part="recogniser")
    user.hear("We are paused")
    user.say()  # continue
    user.wait(kind="count")
    user.say()  # stop
    user.hear("Stopped")
    user.say(wait=4.0)  # end session
    user.hear("End the session")
    user.say()  # yes
    user.hear("how is your back now")
    user.say()  # one
    user.wait(kind="session_finished", outcome="ended")
    user.wait(kind="state", name="idle")


def be_called_again(user: Evening) -> None:
    """Ask the sleeping coach about the week, and say good night."""
    user.say(wait=4.0)  # hey coach
    user.hear("[chime]")
    user.say()  # what did i do this week
    user.hear("In the last seven days")
    user.say(wait=1.0)  # good night
    user.hear("Good night")
