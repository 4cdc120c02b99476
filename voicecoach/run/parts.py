"""What a session is made of, whoever drives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.audio.clip import Clip
from voicecoach.audio.duplex import Duplex
from voicecoach.phrases import Phrasebook
from voicecoach.ports import Ears
from voicecoach.session.core import Core


@dataclass(frozen=True, slots=True)
class Parts:
    """The core with its clips, and the adapters that hear."""

    session: Core
    clips: Mapping[str, Clip]
    book: Phrasebook
    ears: Ears
    duplex: Duplex
