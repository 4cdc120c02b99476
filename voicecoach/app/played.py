"""The cues of a dialog between the player and the log: what is handed over, and what sounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from msgspec import UNSET

from voicecoach.app.log_values import beat_of, in_seconds, spoken_line
from voicecoach.audio.clip import NOTHING, Clip, Samples
from voicecoach.audio.mixer import Ended, Report, Started
from voicecoach.decision.own_words import SLACK
from voicecoach.decision.verdict import Spoken
from voicecoach.dialog.effects import Play
from voicecoach.eventlog import kinds, sounds
from voicecoach.track import CENTRE, RHYTHMIC, Cue, CueKind
from voicecoach.units import RATE, Frame, to_frames

REMEMBERED = 5 * RATE
"""Frames for which the judge still hears of a line that has ended: longer than any word is decided
after its end."""

SILENT = Clip("", NOTHING)


class Player(Protocol):
    """What plays the clips, on the dialog's own clock."""

    def play(self, id_: int, samples: Samples, at: Frame) -> None:
        """Let `samples` begin at a frame."""

    def own(self, report: Report) -> Report | None:
        """Return `report` in frames of the dialog; None if it is not about it."""


class Played:
    """Hands cues to a player, and takes what really sounded into the log."""

    def __init__(
        self, player: Player, clips: Mapping[str, Clip], log: Callable[[kinds.Event], None]
    ) -> None:
        self._player, self._clips, self._log = player, clips, log
        self._cues: dict[int, Cue] = {}
        self._spoken: deque[tuple[int, Spoken]] = deque()

    @property
    def spoken(self) -> list[Spoken]:
        """The lines that sound or have sounded a short while ago."""
        return [line for _, line in self._spoken]

    def during(self, frame: Frame) -> bool:
        """Tell whether the coach spoke at `frame`, or just before it."""
        return any(line.start <= frame < line.end + SLACK for _, line in self._spoken)

    def play(self, effect: Play) -> None:
        """Hand a cue over. The beat of a rhythmic one falls `CENTRE` after its time, exactly."""
        cue = self._cues[effect.id] = effect.cue
        clip = self._clips[cue.text] if cue.text else SILENT
        late = to_frames(CENTRE) - clip.centre if cue.text and cue.kind in RHYTHMIC else 0
        self._player.play(effect.id, clip.samples, Frame(to_frames(effect.at) + late))

    def note(self, reports: Iterable[Report]) -> None:
        """Take what really sounded into the log."""
        for report in reports:
            match self._player.own(report):
                case Started() as started:
                    self._started(started)
                case Ended() as ended:
                    self._ended(ended)

    def _started(self, report: Started) -> None:
        cue = self._cues[report.id]
        clip = self._clips.get(cue.text, SILENT)
        t = in_seconds(report.frame)
        late = (report.frame - report.wanted) / RATE * 1000
        self._log(
            sounds.CueStarted(
                t=t,
                id=report.id,
                text=cue.text,
                kind_of_cue=cue.kind,
                late_ms=round(late, 2),
                beat=beat_of(report, cue, clip),
                breath=cue.breath or UNSET,
            )
        )
        if cue.kind is CueKind.COUNT:
            self._log(sounds.Count(t=t, n=cue.n, of=cue.of))
        self._spoken.append((report.id, spoken_line(clip, report.frame)))
        while self._spoken[0][1].end < report.frame - REMEMBERED:
            self._spoken.popleft()

    def _ended(self, report: Ended) -> None:
        del self._cues[report.id]
        if not report.whole:
            self._spoken = deque(
                (id_, line.cut(report.frame) if id_ == report.id else line)
                for id_, line in self._spoken
            )
        t = in_seconds(report.frame)
        self._log(sounds.CueFinished(t=t, id=report.id, whole=report.whole))
