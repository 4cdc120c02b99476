"""What the coach says in a whole routine that nobody interrupts, with what is live meanwhile."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np

from bench.english import BOOK, LANGUAGE
from voicecoach.app.conductor import REMEMBERED
from voicecoach.app.dependencies import Parts
from voicecoach.app.rehearsal import rehearse
from voicecoach.app.routine_library import find_routine, load_routine
from voicecoach.app.wiring import TALKS, Choices, make_duplex, make_plan
from voicecoach.audio.clip import Samples
from voicecoach.decision.judge import Spoken
from voicecoach.dialog.session import Session
from voicecoach.paths import shipped
from voicecoach.ports import Hearing
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import RATE, Frame


@dataclass
class Deaf:
    """The `Recogniser` port: hears nothing, and keeps which phrases became live at which frame."""

    fed: int = 0
    phrases: list[tuple[int, frozenset[str]]] = field(default_factory=list)

    def listen(self, phrases: frozenset[str]) -> None:
        """Keep them."""
        self.phrases.append((self.fed, phrases))

    def feed(self, block: Samples) -> list[Hearing]:
        """Count."""
        self.fed += len(block)
        return []

    def flush(self) -> list[Hearing]:
        """Return nothing."""
        return []

    def close(self) -> None:
        """Do nothing."""


@dataclass(frozen=True, eq=False)
class Script:
    """The mixer's output of one routine, and what belongs to it on the same clock."""

    name: str
    played: Samples
    level: float
    """Active speech level of the coach's clips, dBFS."""
    lines: tuple[Spoken, ...]
    kinds: tuple[str, ...]
    """Kind of cue of each line: "say", "count" and so on."""
    phrases: tuple[tuple[int, frozenset[str]], ...]

    def live(self, frame: int) -> frozenset[str]:
        """Return the phrases that are live at `frame`."""
        at = bisect_right([begun for begun, _ in self.phrases], frame)
        return self.phrases[max(0, at - 1)][1]

    def spoken(self, frame: int) -> list[Spoken]:
        """Return the lines that the judge is told of at `frame`, as the conductor does."""
        lines = (line for line in self.lines if line.start <= frame)
        return [line for line in lines if line.end >= frame - REMEMBERED]


def routines() -> list[str]:
    """Return the names of the shipped routines."""
    return sorted(path.stem for path in shipped("routines").glob("*.yaml"))


def make_script(routine: str, talk: str = "full") -> Script:
    """Rehearse `routine` without a user, at a level of talk, and return what sounded."""
    loaded = load_routine(find_routine(routine), LANGUAGE)
    plan, clips = make_plan(loaded, Choices(LANGUAGE, talk=talk))
    ears, log, played = Deaf(), list[dict[str, object]](), list[Samples]()
    parts = Parts(Session(plan, TALKS[talk]), clips, BOOK, ears, make_duplex("none"))
    rehearse(parts, SimulatedRoom(RoomSettings()), [], log.append, played=played.append)
    begun = [event for event in log if event["kind"] == "cue_started" and event["text"]]
    lines, kinds = [], []
    for event in begun:
        text = str(event["text"])
        start = round(float(str(event["t"])) * RATE)
        lines.append(Spoken(text, Frame(start), Frame(start + clips[text].frames)))
        kinds.append(str(event["kind_of_cue"]))
    level = active_dbfs(np.concatenate([clip.samples for clip in clips.values()]))
    sound = np.concatenate(played)
    name = f"{routine}, {talk}"
    return Script(name, sound, level, tuple(lines), tuple(kinds), tuple(ears.phrases))
