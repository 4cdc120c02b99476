"""Who is measured, on what."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.recognition import spoil
from bench.recognition.choice import ALL_SPEAKERS, PIECES, Wanted, choose
from bench.recognition.choice import HELD as HELD_SIDES
from bench.recognition.kinds import (
    CHORDS,
    COMMANDS,
    CUTS,
    FEW_LIVE,
    MUSIC,
    NEGATIVES,
    SPEECH,
    SYNTHETIC,
    WORDS,
    kind_of,
)
from bench.recognition.live import ALL, COUNTING, closed_set
from bench.recognition.thinning import in_part, thin
from bench.recognition.trials import Data
from models.recipe.corpus import Clip, bucket
from tests.bench.recordings import speaker, write_manifest
from voicecoach.dialog.states import State

ROOT = Path(__file__).parents[2]
HELD, HELD_TOO, TRAINED = speaker(True), speaker(True, 1), speaker(False)
SO_HELD = next(f"so762:{n}" for n in range(99) if bucket(f"so762:{n}") < 6)


def row(path: str, label: str, person: str) -> list[str]:
    """Return a line of a manifest."""
    return [path, label, person, "here", "none", "1.0"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a manifest and no sound."""
    rows = [
        row("commands/stop/a.flac", "stop", HELD),
        row("commands/stop/b.flac", "stop", TRAINED),
        row("commands/yes/c.flac", "yes", "gsc:unknown"),
        row("commands/forward/d.flac", "forward", HELD),
        row("negatives/words/e.flac", "zero", HELD),
        row("negatives/words/f.flac", "cat", HELD_TOO),
        row("negatives/speech/g.ogg", "", HELD),
        row("phrases/speechocean/l.ogg", "she reads", SO_HELD),
        row("cuts/next/m.ogg", "next", SO_HELD),
        row("cuts/good/n.ogg", "good", SO_HELD),
        row("negatives/speech/h.ogg", "", f"{HELD}+{TRAINED}"),
        row("negatives/noise/i.ogg", "rain", HELD),
        row("negatives/noise/j.ogg", "rain", TRAINED),
        row("phrases/an4/k.flac", "one two", HELD),
        row("rirs/a/sb-rir3_1.flac", "", ""),
    ]
    write_manifest(tmp_path, rows)
    (tmp_path / "rirs" / "a").mkdir(parents=True)
    for name in ("sb-rir3_1", "sb-rir1_1"):
        (tmp_path / "rirs" / "a" / f"{name}.flac").touch()
    return tmp_path


def chosen(folder: Path, speakers: str = HELD_SIDES, sealed: bool = False) -> Data:
    """Return what is measured of a folder."""
    return choose(folder, Wanted(speakers, sealed), (), folder)


def recordings(data: Data) -> set[str]:
    """Return the names of the files that are measured, without synthetic music."""
    return {Path(clip.path).name for clip in data.clips if kind_of(clip) != CHORDS}


def test_only_speakers_that_trained_nothing_are_measured(folder: Path) -> None:
    """Trained speakers, unknown people and mixtures of two readers are left out."""
    found = recordings(chosen(folder))
    assert found == {"a.flac", "d.flac", "e.flac", "f.flac", "g.ogg", "i.ogg", "l.ogg", "m.ogg"}


def test_no_speaker_tunes_and_tests(folder: Path) -> None:
    """The two sides are apart, and together they are those that trained nothing."""
    tune, test = (recordings(chosen(folder, side)) for side in ("tune", "test"))
    assert not tune & test
    assert tune | test == recordings(chosen(folder))


def test_other_music_tunes_than_tests(folder: Path) -> None:
    """And there are as many pieces of both."""
    tune, test = ({c.id for c in chosen(folder, side).of(CHORDS)} for side in ("tune", "test"))
    assert len(tune) == len(test) == PIECES
    assert not tune & test


def test_a_sealed_folder_is_measured_whole(folder: Path) -> None:
    """Nobody of it trained: every speaker counts, and its own noise and rooms are used."""
    data = chosen(folder, sealed=True)
    assert len(recordings(data)) == 12
    assert len(data.spoiler.noises) == 2
    assert len(data.spoiler.rooms) == 2


def test_noise_and_rooms_are_of_the_held_out_side(folder: Path) -> None:
    """Also where all speakers are measured."""
    spoiler = chosen(folder, speakers=ALL_SPEAKERS).spoiler
    assert [path.name for path in spoiler.noises] == ["i.ogg"]
    assert [path.name for path in spoiler.rooms] == ["sb-rir3_1.flac"]


def test_the_held_out_rooms_are_those_of_the_recipe() -> None:
    """The recipe's own list cannot be imported without what training needs; it is read."""
    tree = ast.parse((ROOT / "models" / "recipe" / "features.py").read_text("utf-8"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "HELD_ROOMS"
    )
    assert ast.literal_eval(value) == spoil.HELD_ROOMS


def test_a_command_word_among_other_words_is_a_command(folder: Path) -> None:
    """And a word that is no phrase of the program is another word, wherever it lies."""
    data = chosen(folder)
    assert {clip.text for clip in data.of(COMMANDS)} == {"stop", "zero"}
    assert {clip.text for clip in data.of(WORDS)} == {"cat", "forward"}
    assert {clip.text for clip in data.of(CUTS)} == {"next"}


def test_what_is_heard_in_which_way(folder: Path) -> None:
    """Commands in every condition; what is no command with all phrases and with few."""
    data = chosen(folder)
    trials = data.trials(quick=False)
    commands = {t.condition for t in trials if kind_of(t.clip) == COMMANDS}
    assert commands == set(spoil.CONDITIONS)
    for kind in (kind for kind in NEGATIVES if kind != MUSIC):
        live = {t.live for t in trials if kind_of(t.clip) == kind}
        assert live == ({ALL, COUNTING} if kind in FEW_LIVE else {ALL})
    assert {t.live for t in trials if kind_of(t.clip) == CUTS} == {ALL, closed_set("next")}
    assert State(COUNTING)
    few = [t for t in data.trials(quick=True) if kind_of(t.clip) == SPEECH]
    assert {t.condition for t in few} == {spoil.CLEAN}


def test_only_what_the_bars_are_about(folder: Path) -> None:
    """Clean recordings, speech in the conditions with a bar, cut words in a state."""
    data = chosen(folder)
    trials = data.for_bars()
    assert {t.clip.id for t in trials} == {clip.id for clip in data.clips}
    assert {t.live for t in trials if kind_of(t.clip) == CUTS} == {closed_set("next")}
    assert {t.live for t in trials if kind_of(t.clip) != CUTS} == {ALL}
    speech = {t.condition for t in trials if kind_of(t.clip) == SPEECH}
    assert speech == {spoil.CLEAN, "0 dB", spoil.ROOM}
    assert {t.condition for t in trials if kind_of(t.clip) == WORDS} == {spoil.CLEAN}


def test_synthetic_voices_are_used_only_for_words_without_recordings(folder: Path) -> None:
    """And only voices that trained nothing; they never join the recordings of people."""

    def clip(text: str, held: bool) -> Clip:
        return Clip(text, f"{text}.flac", text, "espeak:x", SYNTHETIC, held, 1.0)

    spoken = [clip("stop", True), clip("pause", True), clip("next", False), clip("banana", True)]
    data = choose(folder, Wanted(HELD_SIDES), spoken, folder)
    assert [c.text for c in data.synthetic] == ["pause"]
    assert "pause" not in data.said
    assert {"stop", "next"} <= set(data.said)


def test_a_part_is_the_same_part_each_time() -> None:
    """A quick run takes the same clips, however they are ordered."""
    clips = [Clip(f"c{n}", "", None, "p", "noise", True, 1.0) for n in range(50)]
    assert thin(clips, 7) == thin(clips[::-1], 7)
    assert len(thin(clips, 7)) == 7


def test_a_share_of_the_recordings_is_the_same_in_every_condition() -> None:
    """It depends on the name alone, and a larger share holds a smaller one."""
    clips = [Clip(f"c{n}", "", None, "p", "noise", True, 1.0) for n in range(400)]
    small, large = ({c.id for c in clips if in_part(c, share)} for share in (0.3, 0.6))
    assert small < large
    assert 80 < len(small) < 160
    assert all(in_part(clip, 1.0) for clip in clips)
