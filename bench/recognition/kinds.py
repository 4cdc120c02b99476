"""The kinds of recordings, and what each is measured for."""

from __future__ import annotations

from bench.english import BOOK
from models.recipe.corpus import Clip

COMMANDS, SPEECH, WORDS, NOISE = "commands", "speech", "words", "noise"
ACCENTED, CUTS, CHORDS, MUSIC = "accented speech", "cuts", "music", "real music"
SYNTHETIC, NATURAL = "synthetic", "natural"

TALK = (SPEECH, ACCENTED)
NEGATIVES = (*TALK, WORDS, NOISE, CHORDS, MUSIC)

FEW_LIVE = (SPEECH, WORDS, NOISE)
"""What is heard also with few phrases live."""

CUT_WORDS = ("next", "ready", "back", "done", "continue", "again")
"""Words that no one says alone in the recordings: the bar for words cut out of sentences."""


def kind_of(clip: Clip) -> str | None:
    """Return the kind of a clip for this benchmark; None where it is not used.

    A command word among the other words is a command. Spelling and orders are not used: they
    contain numbers, so a false accept cannot be told from a hit.
    """
    if clip.kind == CUTS:
        return CUTS if clip.text in BOOK.meanings else None
    if clip.kind == "speechocean":
        return ACCENTED
    if clip.kind == NOISE and "/music/" in clip.path:
        return MUSIC
    if clip.kind in (COMMANDS, WORDS) and clip.text in BOOK.meanings:
        return COMMANDS
    if clip.kind == COMMANDS:
        return WORDS
    return clip.kind if clip.kind in (*NEGATIVES, SYNTHETIC, NATURAL) else None
