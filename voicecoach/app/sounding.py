"""How the coach sounds, besides what it says: how loud, and with which bed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from voicecoach.audio.mixer import Mixer
from voicecoach.dialog.effects import Music, Scene

MOST_DB, LEAST_DB = 6.0, -15.0
"""Clips are rendered so that `MOST_DB` does not clip (see `tts.postprocess`)."""

FITS: Final = {
    Music.OFF: frozenset[Scene](),
    Music.RESTS: frozenset({Scene.REST}),
    Music.ALWAYS: frozenset({Scene.REST, Scene.EXERCISE}),
}
"""In which scenes there is a bed."""


@dataclass(frozen=True, slots=True)
class Taste:
    """How the user likes it."""

    db: float = 0.0
    """Loudness in dB from the clips' own level."""
    music: Music = Music.OFF


USUAL: Final = Taste()


def forget(taste: Taste) -> None:
    """Keep nothing."""


@dataclass(slots=True)
class Sounding:
    """Brings what the user likes to the mixer; one for all dialogs. `keep` gets each change."""

    taste: Taste = USUAL
    keep: Callable[[Taste], None] = forget
    _scene: Scene = Scene.QUIET

    def begin(self, mixer: Mixer) -> None:
        """Begin another dialog."""
        self._scene = Scene.QUIET
        mixer.gain(self.taste.db)
        self._lay(mixer)

    def louder(self, mixer: Mixer, by: float) -> None:
        """Change the loudness by so many dB, as far as it goes."""
        level = self._within(by)
        self._change(Taste(level, self.taste.music))
        mixer.gain(level)

    def speak_at(self, mixer: Mixer, by: float) -> None:
        """Be so many dB louder than the user likes it, as far as it goes; it is not kept."""
        mixer.gain(self._within(by))

    def choose(self, mixer: Mixer, music: Music) -> None:
        """Have a bed from now on, or none."""
        self._change(Taste(self.taste.db, music))
        self._lay(mixer)

    def enter(self, mixer: Mixer, scene: Scene) -> None:
        """Take note of another scene."""
        self._scene = scene
        self._lay(mixer)

    def _within(self, by: float) -> float:
        return max(LEAST_DB, min(self.taste.db + by, MOST_DB))

    def _change(self, taste: Taste) -> None:
        if taste != self.taste:
            self.taste = taste
            self.keep(taste)

    def _lay(self, mixer: Mixer) -> None:
        mixer.bed(self._scene in FITS[self.taste.music])
