"""The coach does not obey its own voice, in a room that once made it do so."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from itertools import count

import numpy as np

from tests.english import BOOK, LANGUAGE
from voicecoach.app.pipeline import Preamble
from voicecoach.app.wiring import COACH, make_canceller, make_recogniser, make_voice
from voicecoach.audio.calibration_noise import calibration_noise
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.decision.judge import Judge
from voicecoach.decision.verdict import Accepted, Refused, Spoken
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import State
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Frame, Ms

LEVEL_DBFS = -20.53
"""Active speech level of the routine's clips in which the fault was found."""

FOUND_AT_WPM = 191
"""Words a minute of the voice in which it was found: espeak-ng's 160."""

ROOM = RoomSettings(echo_db=6.0, delay_ms=Ms(60), rt60_ms=Ms(350), seed=21)

LINES = (
    (8_000, "Welcome. Foam roll the upper back."),
    (
        54_944,
        "Slow rolling between your shoulder blades and your lower ribs, about ten minutes. It is "
        "not for people with a disc problem, brittle bones or blood thinners.",
    ),
)
"""The first words of a routine, and the frame of each."""


def blocks(samples: Samples) -> list[Samples]:
    """Return the whole blocks of `samples`."""
    return [samples[at : at + BLOCK] for at in range(0, len(samples) - BLOCK + 1, BLOCK)]


def speech(seconds: float) -> tuple[Samples, list[Spoken]]:
    """Return the first seconds of the coach's voice, and its lines."""
    with closing(make_voice(COACH, FOUND_AT_WPM)) as voice:
        clips = voice.render([text for _, text in LINES])
    played = np.zeros(round(seconds * RATE), np.int16)
    spoken = []
    for at, text in LINES:
        clip = clips[text]
        part = clip.samples[: len(played) - at]
        played[at : at + len(part)] = part
        spoken.append(Spoken(text, Frame(at), Frame(at + clip.frames)))
    return played, spoken


def narrow(noise: Samples) -> Samples:
    """Return the noise without what is under 100 Hz and over 7 kHz: a canceller that has heard no
    more knows nothing of the first "s".
    """
    spectrum, hz = np.fft.rfft(noise), np.fft.rfftfreq(len(noise), 1 / RATE)
    spectrum[(hz < 100) | (hz > 7000)] = 0
    return np.rint(np.fft.irfft(spectrum, len(noise))).astype(np.int16)


def verdicts(seconds: float, before: Samples) -> list[Accepted | Refused]:
    """Return what comes of the coach's voice, without a user, after the noise `before`."""
    played, spoken = speech(seconds)
    room = SimulatedRoom(ROOM, [], LEVEL_DBFS)
    pipeline = EchoPipeline(partial(make_canceller, "kalman"), gated=True)
    preamble = Preamble(before)
    room.delay(preamble.frames)
    for block in blocks(before):
        preamble.after(pipeline.hear(room.pass_block(block), block))
    recogniser, judge = make_recogniser(None, LANGUAGE), Judge(BOOK)
    phrases = BOOK.grammar(SESSION.live(State.WELCOME))
    judge.listen(phrases)
    recogniser.listen(phrases)
    found = []
    for at, block in zip(count(BLOCK, BLOCK), blocks(played), strict=False):
        heard = preamble.after(pipeline.hear(room.pass_block(block), block))
        lines = [line for line in spoken if line.start <= at]
        found += [judge.consider(hearing, lines) for hearing in recogniser.feed(heard)]
    recogniser.close()
    return [one for one in found if one is not None]


def test_nothing_of_the_first_words_comes_through() -> None:
    """The canceller knows every frequency of them from the calibration noise."""
    assert verdicts(5.0, calibration_noise()) == []


def test_slow_is_not_taken_for_stop() -> None:
    """Where the beginning of the coach's own "slow" is left in the microphone, it is heard as
    "stop", and refused.
    """
    found = verdicts(5.0, narrow(calibration_noise()))
    assert [one for one in found if isinstance(one, Accepted)] == []
    assert "stop" in [one.hearing.text for one in found]
