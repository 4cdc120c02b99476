"""The mixer as one dialog sees it: on the dialog's own clock."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.app.sounding import Sounding
from voicecoach.audio.clip import Samples
from voicecoach.audio.mixer import Ended, Mixer, Report, Started
from voicecoach.decision.hearing import Hearing
from voicecoach.dialog.effects import ChooseMusic, Gain, Loudness, SetScene, SoundChange
from voicecoach.units import Frame, Ms, to_ms


class Output:
    """Shifts what goes to a mixer, and what it reports, by the frame at which the dialog begins.

    A dialog that goes on after a restart begins at frame `since` of its own clock.
    """

    def __init__(
        self,
        mixer: Mixer,
        begins: Frame,
        sounding: Sounding | None = None,
        since: int = 0,
    ) -> None:
        self._mixer, self._begins, self._since = mixer, begins, since
        self._sounding = sounding or Sounding()

    @property
    def zero(self) -> Frame:
        """The mixer's frame at which the dialog's clock stood at 0, or would have."""
        return Frame(self._begins - self._since)

    def now(self, frame: Frame) -> Ms:
        """Return the dialog's time when the mixer has played `frame` frames; it stands still before
        the dialog begins.
        """
        return to_ms(max(0, frame - self._begins) + self._since)

    def heard(self, hearings: Iterable[Hearing]) -> list[Hearing]:
        """Return what was heard, of which the times count from the dialog's begin, on its clock."""
        return [hearing.later(self._since) if self._since else hearing for hearing in hearings]

    def play(self, id_: int, samples: Samples, at: Frame) -> None:
        """Let `samples` begin at frame `at` of the dialog, or with the next block."""
        self._mixer.play(id_, samples, Frame(at + self.zero))

    @property
    def silent(self) -> bool:
        """Whether nothing sounds, and nothing waits to."""
        return self._mixer.silent

    def hush(self) -> None:
        """Fade what sounds and drop what waits."""
        self._mixer.hush()

    def change(self, effect: SoundChange) -> None:
        """Change how loud everything is, or which bed there is."""
        match effect:
            case Gain():
                self._sounding.louder(self._mixer, effect.db)
            case Loudness():
                self._sounding.speak_at(self._mixer, effect.db)
            case ChooseMusic():
                self._sounding.choose(self._mixer, effect.music)
            case SetScene():
                self._sounding.enter(self._mixer, effect.scene)

    def own(self, report: Report) -> Report | None:
        """Return `report` in frames of the dialog; None if it is about the dialog before."""
        if report.frame < self._begins:
            return None
        frame = Frame(report.frame - self.zero)
        match report:
            case Started():
                return Started(report.id, frame, Frame(report.wanted - self.zero))
            case Ended():
                return Ended(report.id, frame, report.whole)
