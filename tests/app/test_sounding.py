"""How loud the coach is, and with which bed: changed by voice, and kept for the next session."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.app.rehearsals import rehearsed
from voicecoach.app.sounding import FITS, LEAST_DB, MOST_DB, Sounding, Taste
from voicecoach.app.taste_store import TasteStore, load_taste
from voicecoach.audio.mixer import Mixer
from voicecoach.dialog.effects import Music, Scene
from voicecoach.errors import InputError
from voicecoach.units import BLOCK, Frame

LEVEL = np.full(16_000, 1000, np.int16)


def bed_sounds(mixer: Mixer) -> bool:
    """Tell whether the bed is heard, or comes."""
    return any(mixer.fill(BLOCK).any() for _ in range(50))


def test_the_loudness_has_ends_and_is_kept() -> None:
    """Three decibels a time, from the least to the most that does not clip."""
    kept: list[Taste] = []
    sounding, mixer = Sounding(keep=kept.append), Mixer(lambda _: None)
    for by in [3.0] * 4 + [-3.0] * 9:
        sounding.louder(mixer, by)
    levels = [taste.db for taste in kept]
    assert levels == [3, 6, 3, 0, -3, -6, -9, -12, -15]
    assert (max(levels), min(levels)) == (MOST_DB, LEAST_DB)


def test_the_level_holds_in_the_next_dialog() -> None:
    """What was said in the questions holds in the session."""
    sounding, mixer = Sounding(), Mixer(lambda _: None)
    sounding.louder(mixer, -6.0)
    sounding.begin(mixer)
    mixer.fill(BLOCK)
    mixer.play(1, LEVEL, Frame(mixer.frame))
    assert abs(int(mixer.fill(BLOCK)[-1]) - 501) <= 1


def test_another_loudness_for_a_while_is_not_kept() -> None:
    """Each counts from what the user likes, not from the one before; the next dialog has none."""
    kept: list[Taste] = []
    sounding, mixer = Sounding(Taste(-3.0), kept.append), Mixer(lambda _: None)
    mixer.play(1, np.tile(LEVEL, 2), Frame(0))
    sounding.begin(mixer)
    for by, least, most in ((-6.0, 354, 356), (0.0, 707, 709), (6.0, 1411, 1414)):
        sounding.speak_at(mixer, by)
        mixer.fill(BLOCK)
        assert least <= mixer.fill(BLOCK)[-1] <= most
    sounding.begin(mixer)
    mixer.fill(BLOCK)
    assert 707 <= mixer.fill(BLOCK)[-1] <= 709
    assert not kept
    assert sounding.taste == Taste(-3.0)


@pytest.mark.parametrize("music", Music)
@pytest.mark.parametrize("scene", Scene)
def test_the_bed_sounds_where_it_is_liked(music: Music, scene: Scene) -> None:
    """In no question and no pause; in exercises only if it was asked for."""
    sounding, mixer = Sounding(Taste(music=music)), Mixer(lambda _: None, LEVEL)
    sounding.begin(mixer)
    sounding.enter(mixer, scene)
    assert bed_sounds(mixer) is (scene in FITS[music])
    assert Scene.QUIET not in FITS[music]


def test_it_begins_and_ends_by_voice() -> None:
    """From the moment it is asked for; "no music" fades it out."""
    sounding, mixer = Sounding(), Mixer(lambda _: None, LEVEL)
    sounding.enter(mixer, Scene.EXERCISE)
    assert not bed_sounds(mixer)
    sounding.choose(mixer, Music.ALWAYS)
    assert bed_sounds(mixer)
    sounding.choose(mixer, Music.OFF)
    for _ in range(300):
        mixer.fill(BLOCK)
    assert not bed_sounds(mixer)


def test_it_comes_back_from_the_disk(tmp_path: Path) -> None:
    """As it was; nothing is kept that was not changed; a damaged file is named."""
    path = tmp_path / "deep" / "sound.json"
    assert load_taste(path) == Taste()
    store = TasteStore(path, lambda one: one.write())
    store.keep(Taste(-6.0, Music.RESTS))
    assert load_taste(path) == Taste(-6.0, Music.RESTS)
    assert path.stat().st_mode & 0o077 == 0
    path.write_text('{"db": 40.0}')
    with pytest.raises(InputError, match="damaged"):
        load_taste(path)


def test_music_is_heard_in_a_session() -> None:
    """The word turns the waves on, under the words that follow; "no music" turns them off."""
    plain = rehearsed((60.0, "where are we"))
    waves = rehearsed((1.0, "music"))
    silent = rehearsed((1.0, "music"), (4.0, "no music"))
    end = min(len(plain.played), len(waves.played), len(silent.played))
    assert np.count_nonzero(waves.played[:end]) > 2 * np.count_nonzero(silent.played[:end])
