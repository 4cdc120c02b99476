"""How well the coach's lines are understood: each is read back by a recogniser of another make.

    python bench/read_back.py [--voice NAME ...] [--reader base] [--every N] [--json FILE]
    python bench/read_back.py --write-docs FIGURES.json               (into docs/voices.md)

Every line of the shipped routines and of the health questions is rendered as in a session, the
proof and its remedies included, and written down by Whisper. The proof asks Whisper tiny.en, where
that is installed; the reader here is Whisper base unless another is named, so that no voice is
judged by the ears that chose its clips. Needs the extras of the voices and `bench`, `whisper`, and
the weights of the reader (`bench/recognition/weights.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.english import LANGUAGE  # noqa: E402
from bench.pages import put  # noqa: E402
from bench.recognition.free_running import MODELS  # noqa: E402
from bench.recognition.report import write_json  # noqa: E402
from bench.recognition.wording import markdown, table  # noqa: E402
from voicecoach.app.prepare import everything  # noqa: E402
from voicecoach.app.wiring import COACH, RATE_WPM, make_voice  # noqa: E402
from voicecoach.audio.clip import Samples  # noqa: E402
from voicecoach.audio.wav import FULL_SCALE  # noqa: E402
from voicecoach.errors import CoachError  # noqa: E402
from voicecoach.language.loader import load_alike  # noqa: E402
from voicecoach.stt.whisper_reader import REPEATED, WHOLE  # noqa: E402
from voicecoach.tts.reading import Spelling, errors  # noqa: E402
from voicecoach.units import RATE  # noqa: E402

PAGE = ROOT / "docs" / "voices.md"
MARK = "lines read back: python bench/read_back.py --write-docs FIGURES.json"
SPELLING = Spelling(LANGUAGE.prompts.number, load_alike(LANGUAGE.code))
BEFORE, ROOM = RATE // 10, 12 * RATE
"""Silence before the sound, and the least length that the reader gets, as in the proof."""
NUMBERS = frozenset(
    word for n in range(1, 41) for word in SPELLING.words(LANGUAGE.prompts.number(n))
)
BREATHS = frozenset(SPELLING.words("in out"))
QUESTIONS = (
    "ask_stop", "ask_hurt", "ask_effort", "ask_help", "ask_passed", "ask_breathing", "ask_score",
    "ask_sharp", "ask_where", "check_score",
)  # fmt: skip
"""Keys of the questions that come after a halt; each may be put again in other words."""
HEAD = ("voice", "lines", "words", "word errors", "counts right", "questions after a halt right")


@dataclass(frozen=True)
class Read:
    """A line and what was understood of it."""

    text: str
    heard: str
    words: int
    wrong: int


def is_count(text: str) -> bool:
    """Tell whether a line is a count: a number, alone or with a breath."""
    words = SPELLING.words(text)
    return bool(words) and words[0] in NUMBERS and {*words} <= NUMBERS | BREATHS


def halting() -> frozenset[str]:
    """Return the questions that come after a halt."""
    prompts = LANGUAGE.prompts
    keys = [key for one in QUESTIONS for key in (one, f"{one}_again") if key in prompts.lines]
    return frozenset(prompts.say(key) for key in keys)


def chosen(lines: list[str], every: int) -> list[str]:
    """Return every Nth line, and all counts and questions after a halt."""
    always = halting()
    return [
        line for i, line in enumerate(lines) if not i % every or is_count(line) or line in always
    ]


def reader(name: str) -> Callable[[Samples], str]:
    """Return what writes a clip down. Raises `ModelError` if its weights are missing."""
    transcriber = MODELS[name](penalty=1.0)  # a line may say a word twice

    def once(samples: Samples, room: int) -> str:
        sound = np.pad(samples, (BEFORE, max(0, room - BEFORE - len(samples))))
        return transcriber.text(sound.astype(np.float32) / FULL_SCALE)

    def read(samples: Samples) -> str:
        heard = once(samples, ROOM)
        return once(samples, WHOLE) if REPEATED.search(heard) else heard

    return read


def read_all(voice: str, read: Callable[[Samples], str], lines: Iterable[str]) -> list[Read]:
    """Return what is understood of each line of a voice."""
    found = []
    with closing(make_voice(voice, RATE_WPM, LANGUAGE)) as speaker:
        for text, clip in speaker.render(lines).items():
            if text.startswith("["):  # a sound that is no speech
                continue
            heard = read(clip.samples)
            wanted = SPELLING.words(text)
            found.append(Read(text, heard, len(wanted), errors(wanted, SPELLING.words(heard))))
    return found


def row(voice: str, reads: list[Read]) -> tuple[str, ...]:
    """Return the figures of a voice."""
    words, wrong = sum(r.words for r in reads), sum(r.wrong for r in reads)
    questions = halting()
    counts = [r for r in reads if is_count(r.text)]
    asked = [r for r in reads if r.text in questions]
    share = f"{100 * wrong / words:.2f} %"
    return voice, str(len(reads)), str(words), share, _right(counts), _right(asked)


def _right(reads: list[Read]) -> str:
    return f"{sum(not r.wrong for r in reads)} of {len(reads)}"


def report(options: argparse.Namespace) -> dict[str, object]:
    """Return all figures."""
    read = reader(options.reader)
    lines = chosen(everything(LANGUAGE), options.every)
    voices = {name: read_all(name, read, lines) for name in options.voice}
    return {
        "date": str(date.today()),
        "reader": options.reader,
        "every": options.every,
        "voices": {name: [asdict(one) for one in reads] for name, reads in voices.items()},
    }


def rows(found: dict[str, object]) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    voices = found["voices"]
    assert isinstance(voices, dict)
    return [row(name, [Read(**one) for one in reads]) for name, reads in voices.items()]


def heading(found: dict[str, object]) -> str:
    """Return what was measured, and when."""
    others = "all lines"
    if found["every"] != 1:
        others = f"all counts and questions after a halt, every {found['every']}th of other lines"
    who = f"read by Whisper {found['reader']}"
    return f"Measured on {found['date']}: {others}, after the proof, {who}."


def work(options: argparse.Namespace) -> None:
    """Do what the options ask for."""
    if options.write_docs:
        found = json.loads(options.write_docs.read_text("utf-8"))
        put(PAGE, MARK, f"{heading(found)}\n\n{markdown(HEAD, rows(found))}")
        return
    found = report(options)
    if options.json:
        write_json(found, options.json)
    print(heading(found), table(HEAD, rows(found)), sep="\n\n")


def main() -> int:
    """Run the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--voice", action="append", metavar="NAME", help=f"may be repeated (default {COACH})")
    add("--reader", choices=sorted(MODELS), default="base", help="who reads (default base)")
    add("--every", type=int, default=1, metavar="N", help="every Nth of the other lines")
    add("--json", type=Path, metavar="FILE", help="write all figures, each line included")
    add("--write-docs", type=Path, metavar="JSON", help="put these figures into docs/voices.md")
    options = parser.parse_args()
    options.voice = options.voice or [COACH]
    try:
        work(options)
    except CoachError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
