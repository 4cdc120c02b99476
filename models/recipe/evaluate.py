"""How well a Vosk model folder hears the coach's phrases; prints a table and writes JSON.

    python -m recipe.evaluate coach-en --speech RECORDINGS --work WORK --json figures.json

Only held-out speakers, voices, noises and rooms are used (corpus.py). Every phrase of the lists is
live together with `[unk]`. Rule for a hearing: the whole final text is one phrase; a halt word also
counts when the partial text has been nothing but halt words for 120 ms.
"""

import argparse
import json
import math
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from . import corpus, features, lexicon, voices
from .corpus import Clip
from .dataset import spoiler

BLOCK = 960  # samples: 60 ms
STANDS = 2  # further blocks a halt must stand in the partial text: 120 ms
HALTS = {"stop", "help", "halt", "enough", "freeze", "ouch"}
CORE = ("stop", "go", "yes", "no")
OTHER = ("help", "start", "repeat", "zero", "one", "two", "three", "four", "five", "six", "seven",
         "eight", "nine")  # fmt: skip


@dataclass
class Heard:
    """What one clip gave: accepted phrases with the time of decision (s), finals and halts."""

    finals: list[tuple[str, float, float]] = field(default_factory=list)
    halts: list[tuple[str, float]] = field(default_factory=list)
    first_partial: tuple[str, float] | None = None


class Listener:
    """A recogniser with the whole grammar, fed as the program feeds it."""

    def __init__(self, model: Path, language: Path | None) -> None:
        import vosk

        vosk.SetLogLevel(-1)
        self.phrases = set(lexicon.phrases(language))
        self.halts = HALTS & self.phrases
        grammar = json.dumps([*sorted(self.phrases), "[unk]"])
        self.recogniser = vosk.KaldiRecognizer(vosk.Model(str(model)), features.RATE, grammar)
        self.recogniser.SetWords(True)
        self.cpu = self.audio = 0.0

    def _final(self, text: str, at: float, heard: Heard) -> None:
        result = json.loads(text)
        if result.get("text") in self.phrases:
            conf = min(w["conf"] for w in result["result"])
            heard.finals.append((result["text"], at, conf))

    def _halt(self, words: list[str]) -> str | None:
        """The last word of a partial text that has halt words only."""
        return words[-1] if words and self.halts.issuperset(words) else None

    def listen(self, samples: np.ndarray) -> Heard:
        """One clip between stretches of faint hiss, block by block."""
        rng = np.random.default_rng(len(samples))
        pads = [rng.normal(0, 1e-4, n) for n in (4800, 16000)]
        stream = np.concatenate([pads[0], samples, pads[1]])
        pcm = np.round(np.clip(stream, -1, 1) * 32767).astype("<i2")
        heard, last, stood = Heard(), None, 0
        begun = time.process_time()
        for at in range(0, len(pcm), BLOCK):
            now = (at + BLOCK) / features.RATE
            if self.recogniser.AcceptWaveform(pcm[at : at + BLOCK].tobytes()):
                self._final(self.recogniser.Result(), now, heard)
                last, stood = None, 0
                continue
            text = json.loads(self.recogniser.PartialResult())["partial"]
            if text and heard.first_partial is None:
                heard.first_partial = (text, now)
            halt = self._halt(text.split())
            stood = stood + 1 if halt and halt == last else 0
            last = halt
            if halt and stood == STANDS:
                heard.halts.append((halt, now))
        self._final(self.recogniser.FinalResult(), len(pcm) / features.RATE, heard)
        self.recogniser.Reset()
        self.cpu += time.process_time() - begun
        self.audio += len(pcm) / features.RATE
        return heard


def groups(language: Path | None) -> dict[str, str]:
    """Phrase -> command, so that "yeah" for "yes" counts as right."""
    import tomllib

    out: dict[str, str] = {}
    if language and language.exists():
        for table in tomllib.loads(language.read_text(encoding="utf-8")).values():
            for command, forms in table.items() if isinstance(table, dict) else ():
                out |= dict.fromkeys(forms, command) if isinstance(forms, list) else {}
    return out


def interval(hits: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not count:
        return 0.0, 1.0
    z, p = 1.96, hits / count
    middle = p + z * z / (2 * count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    return (middle - half) / (1 + z * z / count), (middle + half) / (1 + z * z / count)


def word_end(samples: np.ndarray) -> float:
    """Time (s) of the last 10 ms within 25 dB of the loudest, in the padded stream."""
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    level = np.sqrt(np.mean(np.square(blocks), axis=1))
    return float(np.max(np.nonzero(level > level.max() * 0.056)) + 1) / 100 + 0.3


Spoil = Callable[[np.ndarray, int], np.ndarray]


def recall(listener: Listener, clips: list[Clip], same: dict[str, str], spoil: Spoil) -> Any:
    """Right, confused and missed; delays after the word's end in ms."""
    right = wrong = 0
    finals: list[float] = []
    halts: list[float] = []
    misses: dict[str, list[str]] = {}
    for number, clip in enumerate(clips):
        samples = spoil(features.load(clip.path), number)
        heard = listener.listen(samples)
        text = clip.text or ""
        said = [*(h[0] for h in heard.halts[:1]), *(f[0] for f in heard.finals)]
        hit = bool(said) and same.get(said[0], said[0]) == same.get(text, text)
        right += hit
        wrong += bool(said) and not hit
        if not hit:
            misses.setdefault(text, []).append(said[0] if said else "-")
            continue
        end = word_end(features.load(clip.path))
        finals += [1000 * (f[1] - end) for f in heard.finals[:1]]
        halts += [1000 * (h[1] - end) for h in heard.halts[:1]]
    low, high = interval(right, len(clips))
    out: dict[str, Any] = {"clips": len(clips), "speakers": len({c.speaker for c in clips})}
    out |= {"right": right / max(len(clips), 1), "low": low, "high": high}
    out |= {"confused": wrong / max(len(clips), 1), "misses": misses}
    for name, delays in (("final_ms", finals), ("halt_ms", halts)):
        if delays:
            out[name] = [float(np.percentile(delays, q)) for q in (50, 95)]
    return out


def false_accepts(listener: Listener, clips: list[Clip]) -> Any:
    """Commands taken where none was said, and halts from partials."""
    finals: dict[str, int] = {}
    halts: dict[str, int] = {}
    fooled = 0
    for clip in clips:
        heard = listener.listen(features.load(clip.path))
        for phrase, _, _ in heard.finals:
            finals[phrase] = finals.get(phrase, 0) + 1
        for phrase, _ in heard.halts:
            halts[phrase] = halts.get(phrase, 0) + 1
        fooled += bool(heard.finals or heard.halts)
    hours = sum(c.seconds for c in clips) / 3600
    taken, halted = sum(finals.values()), sum(halts.values())
    out: dict[str, Any] = {"clips": len(clips), "hours": hours, "fooled": fooled / len(clips)}
    out |= {"taken": taken, "per_hour": taken / hours, "halts_per_hour": halted / hours}
    return out | {"phrases": finals, "halts": halts}


def _thin(clips: Iterable[Clip], keep: int) -> list[Clip]:
    """A fixed lot of clips, spread evenly."""
    listed = sorted(clips, key=lambda c: corpus.bucket(c.id))
    return listed[:keep]


def evaluate(model: Path, args: argparse.Namespace) -> dict[str, Any]:
    """All rows."""
    clips = corpus.read(args.speech)
    spoken = voices.load(args.work / "synthetic")
    listener = Listener(model, args.language)
    same = groups(args.language)
    tools = spoiler(clips, args.speech, held=True)
    held = [c for c in clips if c.held]
    core = [c for c in held if c.kind == "commands" and c.text in CORE]
    other = [c for c in held if c.kind in ("commands", "words") and c.text in OTHER]
    known = set(lexicon.phrases(args.language))
    words = [c for c in held if c.kind == "words" and c.text not in known]
    synth = [c for c in spoken if c.held and c.text in known]

    def noisy(x: np.ndarray, n: int) -> np.ndarray:
        rng = np.random.default_rng([7, n])
        return features.mix(x, tools.noises[int(rng.integers(len(tools.noises)))], 10, rng)

    def wet(x: np.ndarray, n: int) -> np.ndarray:
        return features.in_room(x, tools.rooms[n % len(tools.rooms)])

    def mild(x: np.ndarray, n: int) -> np.ndarray:
        rng = np.random.default_rng([8, n])
        return features.mix(features.in_room(x, features.synthetic_room(rng)), rng.normal(
            size=16000).astype(np.float32), 18, rng)  # fmt: skip

    def plain(x: np.ndarray, n: int) -> np.ndarray:
        return x

    rows: dict[str, Any] = {}
    rows["stop go yes no"] = recall(listener, core, same, plain)
    for word in CORE:
        rows[f"  {word}"] = recall(listener, [c for c in core if c.text == word], same, plain)
    rows["help start repeat digits"] = recall(listener, other, same, plain)
    rows["synthetic voices"] = recall(listener, _thin(synth, args.synthetic), same, plain)
    if not args.quick:
        rows["stop go yes no, 10 dB"] = recall(listener, core, same, noisy)
        rows["stop go yes no, room"] = recall(listener, core, same, wet)
        mildly = recall(listener, _thin(synth, args.synthetic), same, mild)
        rows["synthetic voices, mild room and noise"] = mildly
    # Mixtures of two readers are left out: one of the two may have trained in another mixture.
    speech = [c for c in held if c.kind == "speech" and "+" not in c.speaker]
    rows["running speech"] = false_accepts(listener, speech)
    rows["other words"] = false_accepts(listener, words)
    rows["noise"] = false_accepts(listener, [c for c in held if c.kind == "noise"])
    rows["cpu_per_second"] = listener.cpu / listener.audio
    rows["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return rows


def show(rows: dict[str, Any], details: bool) -> None:
    """The table."""
    for name, row in rows.items():
        if not isinstance(row, dict):
            print(f"{name:40s} {row:.4f}")
        elif "right" in row:
            line = f"{100 * row['right']:5.1f} % right ({100 * row['low']:.0f}-"
            line += f"{100 * row['high']:.0f}), {100 * row['confused']:.1f} % confused, "
            line += f"{row['clips']} clips, {row['speakers']} speakers"
            for key in ("final_ms", "halt_ms"):
                if key in row:
                    line += f", {key[:-3]} {row[key][0]:.0f}/{row[key][1]:.0f} ms"
            print(f"{name:40s} {line}")
        else:
            line = f"{row['per_hour']:.1f} an hour, halts {row['halts_per_hour']:.1f} an hour, "
            line += f"{100 * row['fooled']:.1f} % of {row['clips']} clips, {row['hours']:.2f} h"
            print(f"{name:40s} {line}")
        if details and isinstance(row, dict) and not name.startswith("  "):
            print("      ", row.get("misses") or (row.get("phrases"), row.get("halts")))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--speech", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="where the recipe made its voices")
    parser.add_argument("--language", type=Path, default=Path("../voicecoach/language/en.toml"))
    parser.add_argument("--synthetic", type=int, default=600, help="synthetic clips to measure")
    parser.add_argument("--quick", action="store_true", help="leave out noise and rooms")
    parser.add_argument("--details", action="store_true", help="show what went wrong")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    rows = evaluate(args.model, args)
    show(rows, args.details)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
