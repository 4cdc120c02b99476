"""What the coach says in a voice: each line rendered once, and the plans that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voicecoach.app.pipeline import Clips, lengths_of
from voicecoach.language.model import Language
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import Plan
from voicecoach.ports import Progress, Voice
from voicecoach.routine.model import Routine
from voicecoach.units import Ms


class Repertoire:
    """Renders by `voice`, and keeps what was rendered."""

    def __init__(self, voice: Voice, language: Language, known: Clips | None = None) -> None:
        self._voice, self._language = voice, language
        self._clips: Clips = known or {}

    @property
    def voice(self) -> str:
        """Name of the voice."""
        return self._voice.name

    def clips(self, lines: Iterable[str], progress: Progress | None = None) -> Clips:
        """Return the clips of `lines`, sorted by their text. Raises `VoiceError`."""
        wanted = sorted(set(lines))
        missing = [line for line in wanted if line not in self._clips]
        if missing:
            self._clips = {**self._clips, **self._voice.render(missing, progress)}
        return {line: self._clips[line] for line in wanted}

    def measured(self, lines: Iterable[str], progress: Progress | None = None) -> Mapping[str, Ms]:
        """Return the lengths of `lines`."""
        return {text: clip.length for text, clip in self.clips(lines, progress).items()}

    def compiled(
        self, routine: Routine, more: Iterable[str] = (), progress: Progress | None = None
    ) -> tuple[Plan, Clips]:
        """Return the plan of `routine`, and the clips of its lines and of `more` lines.

        Raises what `compile_plan` raises.
        """
        clips = self.clips([*all_lines(routine, self._language), *more], progress)
        lengths = {text: clip.length for text, clip in clips.items()}
        return compile_plan(routine, self._language, lengths, lengths_of(clips).centre), clips
