"""Natural phrasings: what is said in which state, spoken by voices that no model learned from."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bench.recognition.kinds import NATURAL
from models.recipe.corpus import Clip
from models.recipe.speaking import speak

PHRASES = Path(__file__).parents[1] / "natural.toml"
WPM, PITCH = 150, 50
VOICES = (
    "espeak:en-us+f3", "espeak:en-gb+m2", "espeak:en-us+belinda", "espeak:en-gb-scotland+boris",
    "flite:rms", "festival:ked_diphone",
)  # fmt: skip
ENGINES = {"espeak": "espeak-ng", "flite": "flite", "festival": "festival"}
NOTHING = "nothing"
"""What is meant by words that are no command."""


def phrases(path: Path | None = None) -> Iterator[tuple[str, str, str]]:
    """Yield state, phrase and the command that is meant, of a file; without one, `PHRASES`."""
    for state, commands in tomllib.loads((path or PHRASES).read_text("utf-8")).items():
        for wanted, texts in commands.items():
            yield from ((state, text, wanted) for text in texts)


def voices() -> list[str]:
    """Return the voices whose engines are installed."""
    return [voice for voice in VOICES if shutil.which(ENGINES[voice.partition(":")[0]])]


def spoken(voice: str, text: str, folder: Path) -> Path:
    """Return the file of a text by a voice, which is made if it is not there yet."""
    path = folder / f"{sha256(f'{voice} {WPM} {PITCH} {text}'.encode()).hexdigest()[:20]}.wav"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        speak(voice, text, WPM, PITCH, path.with_suffix(".part.wav"))
        path.with_suffix(".part.wav").replace(path)
    return path


def natural_clips(folder: Path) -> Iterator[tuple[Clip, str]]:
    """Yield every phrase by every voice, with the state in which it is said."""
    import soundfile

    for state, text, wanted in phrases():
        for voice in voices():
            path = str(spoken(voice, text, folder))
            seconds, name = soundfile.info(path).duration, f"{state}: {text} ({voice})"
            yield Clip(name, path, text, voice, NATURAL, True, seconds, wanted), state
