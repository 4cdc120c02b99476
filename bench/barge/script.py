"""What the coach says in a whole routine without a user, and the phrases live meanwhile."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from bench.english import LANGUAGE
from voicecoach.app.log_values import spoken_line
from voicecoach.app.played import REMEMBERED
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.app.routine_library import find_routine, load_routine
from voicecoach.app.wiring import COACH, TALKS, Choices, chosen_taste, make_pipeline, make_plan
from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.verdict import Spoken
from voicecoach.dialog.session import Session
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.sounds import CueStarted
from voicecoach.paths import shipped
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import RATE, Frame


@dataclass
class Deaf:
    """The `Recogniser` port: hears nothing, and records which phrases became live at which
    frame.
    """

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

    def restart(self) -> None:
        """Begin again."""
        self.fed = 0

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
        """Return the lines that the judge gets at `frame`, as from the conductor."""
        lines = (line for line in self.lines if line.start <= frame)
        return [line for line in lines if line.end >= frame - REMEMBERED]


def part(script: Script, begin: int, frames: int) -> Script:
    """Return what is played from frame `begin` on, `frames` at most, on a clock that begins there.

    Lines that end before it stay known, at negative frames.
    """
    lines = tuple(earlier(line, begin) for line in script.lines)
    before = [(0, live) for at, live in script.phrases if at <= begin][-1:]
    after = [(at - begin, live) for at, live in script.phrases if at > begin]
    played = script.played[begin : begin + frames]
    return replace(script, played=played, lines=lines, phrases=(*before, *after))


def earlier(line: Spoken, frames: int) -> Spoken:
    """Return a line that sounds so many frames earlier."""
    words = tuple(
        replace(word, start=Frame(word.start - frames), end=Frame(word.end - frames))
        for word in line.words
    )
    start, end = Frame(line.start - frames), Frame(line.end - frames)
    return replace(line, start=start, end=end, words=words)


def routines() -> list[str]:
    """Return the names of the shipped routines."""
    return sorted(path.stem for path in shipped("routines").glob("*.yaml"))


@lru_cache(maxsize=4)
def make_script(routine: str, talk: str = "full", voice: str = COACH, music: str = "off") -> Script:
    """Rehearse `routine` without a user, at a level of talk, and return what was played."""
    choices = Choices(LANGUAGE, talk=talk, voice=voice, music=music)
    plan, clips = make_plan(load_routine(find_routine(routine), LANGUAGE), choices)
    recogniser, log, played = Deaf(), list[Event](), list[Samples]()
    pipeline = make_pipeline(recogniser, replace(choices, canceller="none"))
    pipeline.sounding.taste = chosen_taste(choices)
    driver = Rehearsal(pipeline, lambda _: SimulatedRoom(RoomSettings()), played=played.append)
    driver.lead(Session(plan, TALKS[talk]), clips, log.append)
    begun = [event for event in log if isinstance(event, CueStarted) and event.text]
    lines, kinds = [], []
    for event in begun:
        start = round(event.t * RATE)
        lines.append(spoken_line(clips[event.text], Frame(start)))
        kinds.append(event.kind_of_cue.value)
    level = active_dbfs(np.concatenate([clip.samples for clip in clips.values()]))
    sound = np.concatenate(played)
    name = f"{routine}, {talk}"
    return Script(name, sound, level, tuple(lines), tuple(kinds), tuple(recogniser.phrases))
