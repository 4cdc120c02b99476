"""What is decoded: every sound that may be a word, however soft, and little else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.contracts.speech import speech_like
from voicecoach.audio.clip import Samples
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.stt.activity import FIRST_RISE_DB, HANG, LEAST_DB, MARGIN_DB, UNDER_DB, Activity
from voicecoach.stt.partials import STILL
from voicecoach.stt.vosk_recogniser import ONSET
from voicecoach.units import BLOCK, RATE

ROOM_DB = -65.0
BEFORE = 4 * RATE
SOUNDS = {
    "a word": speech_like(0.5, seed=5, pause=0.0),
    "a hiss": np.random.default_rng(2).normal(0, 3000, RATE // 3).astype(np.int16),
    "a hum": np.rint(3000 * np.sin(np.arange(RATE // 2) * 2 * np.pi * 180 / RATE)).astype(np.int16),
}


def room(seconds: float, dbfs: float = ROOM_DB) -> Samples:
    """Return the noise of a room."""
    loud = 32768 * 10 ** (dbfs / 20)
    noise = np.random.default_rng(1).normal(0, loud, round(seconds * RATE))
    return np.rint(noise).astype(np.int16)


def taken(sound: Samples, activity: Activity) -> Iterator[Activity]:
    """Yield `activity` after each block that it has taken."""
    for at in range(0, len(sound), BLOCK):
        activity.take(sound[at : at + BLOCK])
        yield activity


def active(sound: Samples, activity: Activity | None = None) -> list[bool]:
    """Return for each block whether it would be decoded."""
    return [each.active for each in taken(sound, activity or Activity())]


def stillness(sound: Samples) -> list[int]:
    """Return for each block for how many it has been still."""
    return [each.still for each in taken(sound, Activity())]


def said(sound: Samples, dbfs: float, noise_db: float) -> Samples:
    """Return a room in which `sound` is heard after four seconds."""
    whole = room(8.0, noise_db).astype(float)
    loud = sound * 10 ** ((dbfs - active_dbfs(sound)) / 20)
    whole[BEFORE : BEFORE + len(sound)] += loud
    return np.clip(np.rint(whole), -32768, 32767).astype(np.int16)


@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize("dbfs", range(-40, 1, 5))
def test_no_sound_is_too_soft(name: str, dbfs: int) -> None:
    """From -40 dBFS to full scale: noticed so soon that its onset is decoded, and to its end."""
    found = active(said(SOUNDS[name], dbfs, ROOM_DB))
    first, last = BEFORE // BLOCK, (BEFORE + len(SOUNDS[name])) // BLOCK
    begun = found.index(True, first - 50)
    assert begun * BLOCK - ONSET < BEFORE - 300 * RATE // 1000
    assert all(found[begun : last + HANG - 10])


@pytest.mark.parametrize("snr_db", [10, 5, 0])
def test_noise_hides_no_word(snr_db: int) -> None:
    """Not even one as loud as the speech."""
    word = SOUNDS["a word"]
    found = active(said(word, -30, -30 - snr_db))
    begun = found.index(True, BEFORE // BLOCK - 50)
    assert begun * BLOCK - ONSET < BEFORE - 200 * RATE // 1000


@pytest.mark.parametrize("dbfs", [-90, -65, -40, -20])
def test_a_steady_noise_is_nothing(dbfs: int) -> None:
    """However loud, once it is known."""
    found = active(room(12.0, dbfs))
    known = round((dbfs - LEAST_DB) / FIRST_RISE_DB) + HANG + 50
    assert not any(found[max(0, known) :])


@pytest.mark.parametrize("dbfs", range(-40, 1, 10))
@pytest.mark.parametrize("below_db", [30, 10])
def test_it_is_still_after_a_word(dbfs: int, below_db: int) -> None:
    """From its end on, in a quiet room and in a loud one that is known."""
    word = SOUNDS["a word"]
    still = stillness(said(word, dbfs, dbfs - below_db))
    first, last = BEFORE // BLOCK, (BEFORE + len(word)) // BLOCK
    assert max(still[first + 10 : last - 10]) < STILL
    assert STILL - 10 <= still[last + STILL] <= STILL + 15


@pytest.mark.parametrize("softer_db", range(0, 16, 5))
def test_it_is_not_still_while_more_is_said(softer_db: int) -> None:
    """The end of what is said may be softer than its beginning."""
    word, sound = SOUNDS["a word"], room(8.0)
    second = BEFORE + len(word) + round(0.2 * RATE)
    sound[BEFORE : BEFORE + len(word)] += word
    sound[second : second + len(word)] += np.rint(word * 10 ** (-softer_db / 20)).astype(np.int16)
    still = stillness(sound)
    assert max(still[BEFORE // BLOCK + 10 : (second + len(word)) // BLOCK - 10]) < STILL


def test_a_hum_and_an_offset_are_nothing() -> None:
    """They hide nothing either."""
    hum = 2000 + 3000 * np.sin(np.arange(12 * RATE) * 2 * np.pi * 50 / RATE)
    steady = np.rint(hum + room(12.0)).astype(np.int16)
    assert not any(active(steady)[600:])
    steady[10 * RATE : 10 * RATE + len(SOUNDS["a hiss"])] += SOUNDS["a hiss"] // 10
    assert any(active(steady)[1000:1100])


def test_a_stream_may_begin_in_a_word() -> None:
    """A recording that was cut short begins with what is said."""
    assert active(SOUNDS["a word"])[0]


def test_zeros_are_filled_and_never_active() -> None:
    """With noise under that of the room: of digital silence the edges are heard."""
    activity = Activity()
    active(room(12.0), activity)
    noise = np.concatenate([activity.take(np.zeros(BLOCK, np.int16)) for _ in range(200)])
    level = 10 * np.log10(np.mean((noise / 32768) ** 2))
    assert ROOM_DB - UNDER_DB - MARGIN_DB < level < ROOM_DB - UNDER_DB + 1
    assert not activity.active


def test_it_is_the_same_each_time() -> None:
    """A rehearsal gives the same bits again."""
    zeros = np.zeros(BLOCK, np.int16)
    assert np.array_equal(Activity().take(zeros), Activity().take(zeros))
