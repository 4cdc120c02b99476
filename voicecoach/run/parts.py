"""What a session is made of, whoever drives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from voicecoach.audio.clip import Clip, Samples
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
    before: Samples = field(default_factory=lambda: np.zeros(0, np.int16))
    """What is played before the session's clock begins, in whole blocks."""
