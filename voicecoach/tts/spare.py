"""A voice with another one in reserve, for the case that it cannot speak at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from voicecoach.audio.clip import Clip
from voicecoach.errors import VoiceError
from voicecoach.ports import Progress
from voicecoach.tts.cache import IdentifiedVoice


class SparedVoice:
    """Speaks with `voice`; from its first failure on, with `spare` alone, after one warning.

    What the spare voice cannot speak either is an error of its own.
    """

    def __init__(
        self, voice: IdentifiedVoice, spare: IdentifiedVoice, warn: Callable[[VoiceError], None]
    ) -> None:
        self._voice, self._spare, self._warn = voice, spare, warn
        self._failed = False

    @property
    def name(self) -> str:
        """Name of the voice that speaks."""
        return self._speaking.name

    @property
    def identity(self) -> str:
        """Identity of the voice that speaks."""
        return self._speaking.identity

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the clips, all of one voice; see `ports.Voice.render`."""
        wanted = list(texts)
        if not self._failed:
            try:
                return self._voice.render(wanted, progress)
            except VoiceError as error:
                clips = self._spare.render(wanted, progress)  # raises if the texts are at fault
                self._failed = True
                self._warn(self._told(error))
                return clips
        return self._spare.render(wanted, progress)

    def close(self) -> None:
        """Close both voices."""
        self._voice.close()
        self._spare.close()

    @property
    def _speaking(self) -> IdentifiedVoice:
        return self._spare if self._failed else self._voice

    def _told(self, error: VoiceError) -> VoiceError:
        what = f"The voice '{self._voice.name}' cannot be used; '{self._spare.name}' speaks instead"
        return VoiceError(what, f"{error.what}: {error.why}", error.next_step)
