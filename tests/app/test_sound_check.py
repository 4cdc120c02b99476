"""The sound check, whole: what it measures of a simulated room is what the room is like."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import one_in
from tests.english import LANGUAGE, SAY
from voicecoach.app.scenario_rehearsal import DAY, rehearsed
from voicecoach.app.sound_check import (
    CLIPPED,
    Heard,
    SoundFigures,
    SoundStore,
    check_sound,
    load_sound,
    sentences,
    unsafe,
)
from voicecoach.app.wiring import Choices, make_voice, recogniser_of
from voicecoach.audio.margin import CURVE, margin, recall
from voicecoach.dialog.sound_dialog import LOUDNESSES
from voicecoach.errors import InputError
from voicecoach.simulation.scenario import parse_scenario

CHOICES = Choices(LANGUAGE, voice="en-us+f2", verifier="network")
ROOM = "[room]\necho_db = {echo}\ndelay_ms = 90\nfloor_db = {floor}\n"
STOP = '[[says]]\nafter = "{after}"\nat_s = 0.8\nlevel_db = {level}\ntext = "stop"\n'
ASKED = ("Now say stop", "Once more, now", "And once more")


@cache
def checked(echo: float, level: float | None, floor: float = -40.0) -> tuple[SoundFigures, Heard]:
    """Return the figures in a room, of a user who speaks so loudly, or says nothing, and what was
    heard.
    """
    says = [] if level is None else [STOP.format(after=a, level=level) for a in ASKED]
    scenario = parse_scenario(ROOM.format(echo=echo, floor=floor) + "".join(says), Path())
    with ExitStack() as stack:
        driver = rehearsed(stack, scenario, CHOICES, recogniser_of(CHOICES))
        voice = stack.enter_context(closing(make_voice(CHOICES.voice, CHOICES.rate, LANGUAGE)))
        heard: list[Heard] = []
        figures, outcome = check_sound(driver, voice, SAY, lambda _: None, DAY, heard=heard.append)
    assert outcome == "done"
    assert figures is not None
    return figures, heard[0]


CASES = ((0.0, -10.0), (9.0, -20.0), (6.0, None))


@pytest.mark.parametrize(("echo", "level"), one_in(2, CASES))
def test_it_measures_the_room(echo: float, level: float | None) -> None:
    """Delay, noise and band are the room's; a soft user over a loud coach has no margin."""
    figures, _ = checked(echo, level)
    assert figures.delay_ms == pytest.approx(90, abs=2)
    assert figures.noise == pytest.approx(-66, abs=3)
    assert figures.band_hz == 8000
    assert abs(figures.skew_ppm) < 3
    assert figures.clipped < CLIPPED
    assert figures.echo == pytest.approx(-26 + echo, abs=6)
    if level is None:
        assert (figures.soft, figures.recall) == (None, ())
        return
    assert figures.soft == pytest.approx(-26 + level, abs=6)
    assert figures.safe is (level > -15)
    assert figures.recall[0] >= figures.recall[-1]
    assert figures.margins[0] >= figures.margins[-1]


def test_the_coach_speaks_at_each_loudness() -> None:
    """Over a coach that is 6 dB louder a user has to be about as much louder."""
    _, heard = checked(*CASES[0])
    asked = [float(np.median(one)) for one in heard.asked]
    assert np.diff(asked) == pytest.approx(np.diff(LOUDNESSES), abs=3)


def test_it_says_what_to_change() -> None:
    """A verdict first; each fault with its remedy; a refusal says both."""
    well = SoundFigures(DAY, -70, 0.0, -30, recall=(0.97, 0.95, 0.9), margins=(9, 7, 5))
    assert sentences(well, SAY) == [SAY.say("sound_good")]
    bad = SoundFigures(
        DAY, -70, 0.01, -50, band_hz=4000, recall=(0.95, 0.5, 0.1), margins=(1, 0, -3)
    )
    told = sentences(bad, SAY)
    assert told[0] == SAY.say("sound_bad")
    keys = ("sound_softer", "sound_clipped", "sound_telephone")
    assert set(told[1:]) == {SAY.say(key) for key in keys}
    assert not bad.safe
    declined = unsafe(bad, SAY)
    assert declined.why[0] == SAY.say("sound_bad")
    assert SAY.say("sound_softer") in declined.instead


@pytest.mark.parametrize(("noise", "key"), [(-64, "sound_room"), (-67, "sound_closer")])
def test_what_is_lost_in_the_noise_is_not_put_down_to_the_coach(noise: float, key: str) -> None:
    """The gate asks for 16 dB over the noise, whether the coach is loud or not."""
    bad = SoundFigures(DAY, noise, 0.0, -50, recall=(0.5, 0.5, 0.4), margins=(0, 0, -1))
    assert sentences(bad, SAY) == [SAY.say("sound_bad"), SAY.say(key)]


def test_the_figures_survive_their_file(tmp_path: Path) -> None:
    """They are read as they were written; a damaged file says what to do."""
    path = tmp_path / "sound.json"
    assert load_sound(path) is None
    figures = SoundFigures(DAY, -70, 0.0, -30, recall=(0.97, 0.95, 0.9), margins=(9, 7, 5))
    SoundStore(path, lambda store: store.write()).keep(figures)
    assert load_sound(path) == figures
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("{", "utf-8")
    with pytest.raises(InputError, match="damaged"):
        load_sound(path)


LEVELS = st.floats(-80, -10)


TAKES = st.lists(LEVELS, min_size=1, max_size=3)


@given(TAKES, st.lists(LEVELS, max_size=20), st.floats(0.5, 20))
def test_louder_is_never_worse(said: list[float], least: list[float], more: float) -> None:
    """A louder user is obeyed more often, a louder room less; the margin grows with the level."""
    asked = np.array(least)
    share = recall(said, asked)
    louder = [level + more for level in said]
    assert 0 <= share <= 1
    assert recall(louder, asked) >= share
    assert recall(said, asked + more) <= share
    assert margin(louder, asked) >= margin(said, asked)


def test_the_margin_is_where_half_are_obeyed() -> None:
    """Of those that are obeyed where nothing is in the way."""
    asked = np.array([-45.0, -40.0])
    spare = margin([-32.0, -30.0], asked)
    assert spare > 0
    softer = [recall([level - spare - by for level in (-32.0, -30.0)], asked) for by in (0.0, 1.0)]
    assert softer[0] >= CURVE.most / 2 > softer[1]
