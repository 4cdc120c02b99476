"""The spoken sound check: led on a driver, measured beside it, told in plain words, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from voicecoach.app.conductor import Log
from voicecoach.app.pipeline import Driver, lengths_of
from voicecoach.app.private_file import write_private
from voicecoach.audio.gate import ABOVE_FLOOR_DB
from voicecoach.audio.margin import margin, recall
from voicecoach.audio.sound_meter import TELEPHONE_HZ, Noted, SoundMeter
from voicecoach.dialog.sound_dialog import LOUDNESSES, SoundDialog, sound_lines
from voicecoach.errors import InputError
from voicecoach.eventlog.fields import Outcome
from voicecoach.language.prompts import Prompts
from voicecoach.ports import Voice
from voicecoach.screening.verdicts import Declined
from voicecoach.text_file import read_text_if_there
from voicecoach.units import Frame, Ms, to_frames

WHAT: Final = "The sound check"
AGAIN: Final = "Delete it, and check the sound again: `voicecoach doctor --sound`."

USUAL: Final = LOUDNESSES.index(0.0)
GOOD: Final = 0.85
"""Share of soft "stop"s that are obeyed over the coach: with room to spare."""
FAIR: Final = 0.75
"""The same: just enough."""
CLIPPED: Final = 1e-4
"""Share of clipped samples from which the microphone is overdriven: two in a second."""
TWO_CLOCKS_PPM: Final = 10.0
LOUD_ROOM_DB: Final = ABOVE_FLOOR_DB
"""A soft word that exceeds the noise by less is lost in it, and not in the coach's voice: the gate
asks for as much without an echo."""
MOVED_DB: Final = 6.0
"""Change of the noise from which the figures hold no more: twice what 60 ms of speech vary by."""


class SoundFigures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a sound check has measured. Levels in dBFS."""

    on: date
    noise: float
    """Of the room."""
    clipped: float
    """Share of the samples, up to the usual loudness of the coach."""
    soft: float | None = None
    """How loud the softest "stop" was; None if none was said."""
    delay_ms: float | None = None
    skew_ppm: float = 0.0
    band_hz: int | None = None
    echo: float | None = None
    """The coach's own voice at the microphone, at its usual loudness."""
    recall: tuple[float, ...] = ()
    """Share of such "stop"s that are obeyed while the coach speaks, at each loudness."""
    margins: tuple[float, ...] = ()
    """By how many dB they may be softer, at each loudness."""
    least: float | None = None
    """What the gate asked for at the usual loudness, by the median."""
    version: Literal[1] = 1

    @property
    def safe(self) -> bool:
        """Whether a soft "stop" is obeyed often enough at the usual loudness; unknown counts."""
        return not self.recall or self.recall[USUAL] >= FAIR

    def moved(self, now: Noted) -> bool:
        """Return whether what was measured since then is far from these figures."""
        spoken = now.least[now.speaking]
        off = [now.noise - self.noise]
        if self.least is not None and len(spoken):
            off.append(float(np.median(spoken)) - self.least)
        return any(abs(each) > MOVED_DB for each in off)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a check, in dBFS."""

    said: tuple[float, ...]
    """How loud each "stop" was that was heard."""
    noise: float
    asked: tuple[NDArray[np.float64], ...]
    """What the gate asked for in each block in which the coach spoke, at each loudness."""

    @property
    def soft(self) -> float | None:
        """How loud the softest "stop" was; None if none was heard."""
        return min(self.said, default=None)


def heard_of(whole: Noted, said: Sequence[tuple[Ms, Ms]]) -> Heard:
    """Return what was heard where each "stop" was waited for at those times."""
    spans = _spans(said)
    levels = [level for span in spans if (level := whole.word(*span)) is not None]
    parts = [whole.between(b, e) for b, (e, _) in zip(_begins(spans), spans, strict=False)]
    return Heard(tuple(levels), whole.noise, tuple(part.least[part.speaking] for part in parts))


def figures_of(meter: SoundMeter, said: Sequence[tuple[Ms, Ms]], on: date) -> SoundFigures:
    """Return the figures of a check in which each "stop" was waited for at those times."""
    whole, spans = meter.noted, _spans(said)
    heard = heard_of(whole, said)
    soft, noise = heard.soft, heard.noise
    known = soft is not None and len(spans) == len(LOUDNESSES)
    least = heard.asked[USUAL] if known else np.zeros(0)
    usual = whole.between(_begins(spans)[USUAL], spans[USUAL][0])
    return SoundFigures(
        on,
        round(noise, 1),
        round(float(usual.clipped.mean()) if len(usual.clipped) else 0.0, 6),
        None if soft is None else round(soft, 1),
        meter.delay_ms,
        round(meter.skew_ppm, 1),
        meter.band_hz,
        _echo(usual),
        tuple(round(recall(heard.said, one), 3) for one in heard.asked) if known else (),
        tuple(margin(heard.said, one) for one in heard.asked) if known else (),
        round(float(np.median(least)), 1) if known and len(least) else None,
    )


def _spans(said: Sequence[tuple[Ms, Ms]]) -> list[tuple[Frame, Frame]]:
    return [(to_frames(begin), to_frames(end)) for begin, end in said]


def _begins(spans: Sequence[tuple[Frame, Frame]]) -> list[Frame]:
    """Return when the coach began to speak for each "stop"."""
    return [Frame(0), *(end for _, end in spans)]


def _echo(part: Noted) -> float | None:
    loud = part.mic[part.speaking]
    if not len(loud):
        return None
    level = float(np.percentile(loud, 90))
    return round(level, 1) if level > part.noise + 6 else None


RESULTS: Final = ("sound_none", "sound_good", "sound_fair", "sound_bad", "sound_softer",
                  "sound_closer", "sound_room", "sound_clipped", "sound_telephone",
                  "sound_clocks")  # fmt: skip


def sentences(figures: SoundFigures, say: Prompts) -> list[str]:
    """Return what the figures mean, in plain words: how well, and what to change."""
    return [say.say(key) for key in (_verdict(figures), *_faults(figures))]


def _verdict(figures: SoundFigures) -> str:
    if not figures.recall:
        return "sound_none"
    share = figures.recall[USUAL]
    return "sound_good" if share >= GOOD else "sound_fair" if share >= FAIR else "sound_bad"


def _faults(figures: SoundFigures) -> list[str]:
    found = []
    if figures.recall and figures.recall[USUAL] < GOOD:
        found.append(_remedy(figures))
    if figures.clipped > CLIPPED:
        found.append("sound_clipped")
    if figures.band_hz is not None and figures.band_hz <= TELEPHONE_HZ:
        found.append("sound_telephone")
    if abs(figures.skew_ppm) > TWO_CLOCKS_PPM and not figures.recall[USUAL:]:
        found.append("sound_clocks")
    return found


def _remedy(figures: SoundFigures) -> str:
    assert figures.soft is not None
    if figures.soft - figures.noise < LOUD_ROOM_DB:
        return "sound_room"
    quieter = max(figures.recall[:USUAL], default=0.0)
    return "sound_softer" if quieter >= GOOD else "sound_closer"


def unsafe(figures: SoundFigures, say: Prompts) -> Declined:
    """Return the refusal of a session that is led by voice alone."""
    why, *instead = sentences(figures, say)
    return Declined("", (why, say.say("sound_refused")), (*instead, say.say("sound_ask_again")))


def check_sound(
    driver: Driver,
    voice: Voice,
    say: Prompts,
    log: Log,
    today: date,
    helper: bool = False,
    heard: Callable[[Heard], None] = lambda _: None,
) -> tuple[SoundFigures | None, Outcome]:
    """Lead the check; return its figures, None where it was left, and how it ended."""
    lines = [*sound_lines(say), *map(say.say, RESULTS)]
    clips = voice.render(sorted(set(lines)))
    meter = driver.measure()
    found: list[SoundFigures] = []

    def told() -> list[str]:
        heard(heard_of(meter.noted, dialog.said))
        found.append(figures_of(meter, dialog.said, today))
        return sentences(found[-1], say)

    dialog = SoundDialog(say, lengths_of(clips), told, helper)
    try:
        outcome = driver.lead(dialog, clips, log)
    finally:
        driver.unmeasured()
    return (found[-1] if found and outcome == "done" else None), outcome


def load_sound(path: Path) -> SoundFigures | None:
    """Return what is kept in `path`; None if there is no such file. Raises `InputError`."""
    text = read_text_if_there(path, WHAT, AGAIN)
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=SoundFigures)
    except msgspec.DecodeError as error:
        raise InputError(f"{WHAT} {path} is damaged", str(error), AGAIN) from error


class SoundStore:
    """Keeps the latest figures in `path`; `post` lets it write."""

    def __init__(self, path: Path, post: Callable[[SoundStore], None]) -> None:
        self._path, self._post = path, post
        self._latest: SoundFigures | None = None

    def keep(self, figures: SoundFigures) -> None:
        """Have the figures written."""
        self._latest = figures
        self._post(self)

    def write(self) -> None:
        """Write them. Raises `PlaceError`."""
        if self._latest is not None:
            write_private(self._path, WHAT, msgspec.json.encode(self._latest) + b"\n")
