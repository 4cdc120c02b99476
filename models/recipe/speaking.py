"""Speaking a text with espeak-ng, flite or festival."""

import subprocess
from pathlib import Path


def speak(voice: str, text: str, wpm: int, pitch: int, out: Path) -> None:
    """Write a WAV file of `text`. A voice is such as "espeak:en-us+f3", "flite:rms" or
    "festival:ked_diphone"; the pitch is espeak-ng's, 0 to 99.
    """
    engine, _, name = voice.partition(":")
    if engine == "espeak":
        command = ["espeak-ng", "-v", name, "-s", str(wpm), "-p", str(pitch), "-w", str(out), text]
    elif engine == "flite":
        command = ["flite", "-voice", name, "--setf", f"duration_stretch={165 / wpm:.2f}"]
        command += ["-t", text, "-o", str(out)]
    else:
        script = f'(voice_{name}) (utt.save.wave (SynthText "{text}") "{out}" (quote riff))'
        command = ["festival", "-b", f"(begin {script})"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
