"""Every speaker as a user: taught by some takes, tried with the others and with other people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bench.taught.sounds import CLEAN, SOFT, Sound
from voicecoach.decision.taught import TaughtVoice, features

MOST_TAKES = 3
OTHERS = 150
"""Sounds of other people that are tried on each taught voice."""


@dataclass(frozen=True)
class Trial:
    """A sound, and one form that its hearer was taught."""

    user: str
    form: str
    right: bool
    """Whether the sound is that form by that user."""
    own: bool
    """Whether the user has said it."""
    condition: str
    takes: int
    """Recordings that the form was taught by."""
    share: float
    """What the verifier alone gives the form."""
    features: tuple[float, float, float]
    """Log-odds of that, likeness to the form, highest likeness to another."""


def trials(sounds: Sequence[Sound]) -> Iterator[Trial]:
    """Yield all trials. A recording that is tried has not taught."""
    by: dict[str, list[Sound]] = defaultdict(list)
    for sound in sounds:
        by[sound.speaker].append(sound)
    for user, own in sorted(by.items()):
        takes = _takes(own)
        forms = [form for form, ids in takes.items() if len(ids) >= 2 and own[0].look.of(form)]
        if not forms:
            continue
        for sound in own:
            yield from _tried(user, own, takes, sound, forms)
        others = [sound for sound in sounds if sound.speaker != user]
        for sound in Random(user).sample(others, min(OTHERS, len(others))):
            yield from _tried(user, own, takes, sound, [f for f in forms if f != sound.word])


def _takes(own: Sequence[Sound]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for sound in own:
        if sound.condition == CLEAN:
            found[sound.word].append(sound.id)
    return found


def _tried(
    user: str,
    own: Sequence[Sound],
    takes: Mapping[str, list[str]],
    sound: Sound,
    forms: Sequence[str],
) -> Iterator[Trial]:
    taught, counts = _teach(own, takes, sound.id)
    for form in forms:
        if form in taught.forms:
            share = sound.look.of(form) or 0.0
            mine = sound.speaker == user
            right = mine and sound.word == form
            yield Trial(user, form, right, mine, sound.condition, counts[form], share,
                        features(form, sound.look, taught))  # fmt: skip


def _teach(
    own: Sequence[Sound], takes: Mapping[str, list[str]], without: str
) -> tuple[TaughtVoice, Mapping[str, int]]:
    """Teach every word of a user by the recordings but one, each at the usual level and softer."""
    voice, counts = TaughtVoice(), {}
    for form, ids in takes.items():
        used = [one for one in ids if one != without][:MOST_TAKES]
        counts[form] = len(used)
        said = [s.look.embedding for s in own if s.id in used and s.condition in (CLEAN, SOFT)]
        voice = voice.with_takes(form, said)
    return voice, counts
