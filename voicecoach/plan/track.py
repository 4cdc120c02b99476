"""The names of `voicecoach.track` at their former place, for what still imports them from here."""

from voicecoach.track import (
    GAP,
    SENTENCE,
    Cue,
    CueKind,
    Lengths,
    TightError,
    Track,
    silence,
    spoken,
)

__all__ = [
    "GAP", "SENTENCE", "Cue", "CueKind", "Lengths", "TightError", "Track", "silence", "spoken",
]  # fmt: skip
