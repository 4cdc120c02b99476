"""What a session is made of, whoever drives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import Clip, Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.decision.hearing import Hearing
from voicecoach.dialog.engine import Dialog
from voicecoach.language.phrasebook import Phrasebook
from voicecoach.ports import Recogniser


@dataclass(frozen=True, slots=True)
class Parts:
    """The core with its clips, and the adapters that hear."""

    session: Dialog[Any]
    clips: Mapping[str, Clip]
    book: Phrasebook
    ears: Recogniser
    duplex: EchoPipeline
    lead: Preamble = field(default_factory=Preamble)
    """What is played before the session's clock begins."""

    def hear(self, mic: Samples, played: Samples) -> list[Hearing]:
        """Return what the ears find in the next block of the microphone, `played` taken out."""
        heard = self.lead.after(self.duplex.hear(mic, played))
        return self.ears.feed(heard) if len(heard) else []
