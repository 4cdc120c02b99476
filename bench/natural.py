"""How natural phrasings are heard, spoken by synthetic voices that no model was trained on.

    python bench/natural.py [--json FILE]          (table; all details as JSON)
    python bench/natural.py --write-docs FILE...   (into docs/hearing.md: before and after)
    python bench/natural.py --menu                 (what is said about what is kept)

`bench/natural.toml`, or `bench/menu.toml`, says what is said, in which state, and which command it
should be; the right exercise or routine must be heard as well. Recogniser and judge are those of
`voicecoach listen`. Synthetic voices are clear and all alike: the table says whether words are
known, and little about people. Voices of flite and festival are used where these are installed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.english import LANGUAGE  # noqa: E402
from bench.pages import put  # noqa: E402
from bench.recognition.phrasings import NOTHING, PHRASES, phrases, spoken, voices  # noqa: E402
from voicecoach.app.recognise import Recognition  # noqa: E402
from voicecoach.app.routine_library import readable_routines  # noqa: E402
from voicecoach.app.things_at_hand import things_on  # noqa: E402
from voicecoach.app.wiring import make_recogniser  # noqa: E402
from voicecoach.audio.wav import read_sound  # noqa: E402
from voicecoach.dialog.states import State  # noqa: E402
from voicecoach.language.phrasebook import Phrasebook  # noqa: E402
from voicecoach.language.things import Thing, named_forms  # noqa: E402
from voicecoach.units import BLOCK, RATE  # noqa: E402

MENU = ROOT / "bench" / "menu.toml"


@dataclass(frozen=True)
class Heard:
    """One phrase by one voice, and what was obeyed."""

    state: str
    said: str
    wanted: str
    voice: str
    obeyed: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """Tell whether the first command obeyed is the one that was meant."""
        first = self.obeyed[0] if self.obeyed else NOTHING
        if first == self.wanted:
            return "right"
        return "missed" if first == NOTHING else "confused"


def menu_book() -> Phrasebook:
    """Return the phrases with the names of the shipped things, of a mix and of a favourite."""
    shelf = readable_routines(LANGUAGE)
    exercises, routines = things_on(shelf, LANGUAGE.phrasebook)
    called = LANGUAGE.phrasebook.called
    own = [
        Thing("desk-break", called["favourite"]),
        Thing("mine", ("morning stretch", *called["mix"])),
    ]
    names = named_forms(LANGUAGE.phrasebook, LANGUAGE.prompts, exercises, [*own, *routines])
    return LANGUAGE.phrasebook.adding(names)


def measure(path: Path, book: Phrasebook) -> list[Heard]:
    """Speak and hear everything in a file, in the phrases of `book`."""
    found: list[Heard] = []
    state = ""
    with tempfile.TemporaryDirectory() as folder, closing(make_recogniser(None, LANGUAGE)) as ears:
        for at, text, wanted in phrases(path):
            if at != state:
                state, recognition = at, Recognition(ears, book, State(at))
            for voice in voices():
                sound = spoken(voice, text, Path(folder))
                commands = tuple(obeyed(recognition, sound, book, text))
                found.append(Heard(state, text, wanted, voice, commands))
    return found


def obeyed(recognition: Recognition, path: Path, book: Phrasebook, said: str) -> Iterator[str]:
    """Yield the commands that were obeyed; of a number, which one; of another thing, which one."""
    quiet = np.random.default_rng(0).normal(0, 3, RATE).astype(np.int16)
    sound = np.concatenate([quiet, read_sound(path), quiet])
    for line in recognition.stream(sound[at : at + BLOCK] for at in range(0, len(sound), BLOCK)):
        if line["command"]:
            meaning = book.meaning(line["text"])
            number, thing = (meaning.number, meaning.thing) if meaning else (None, "")
            told = line["command"] if number is None else f"{line['command']}-{number}"
            meant = book.meaning(said)
            yield f"{told} of {thing}" if thing and meant and thing != meant.thing else told


def table(heard: Sequence[Heard], before: Sequence[Heard] = ()) -> str:
    """Return the table, a row for each phrase group."""
    head = "| state, meant | phrases, clips | right | missed | confused | taken for |"
    lines = [head, "| --- | --- | --- | --- | --- | --- |"]
    rows = list(dict.fromkeys((one.state, one.wanted) for one in heard))
    lines += [_row(f"`{s}`, {w}", *_of(heard, before, s, w)) for s, w in rows]
    return "\n".join([*lines, _row("all", heard, before)])


def _of(
    heard: Sequence[Heard], before: Sequence[Heard], state: str, wanted: str
) -> tuple[list[Heard], list[Heard]]:
    def fits(one: Heard) -> bool:
        return (one.state, one.wanted) == (state, wanted)

    return [one for one in heard if fits(one)], [one for one in before if fits(one)]


def _row(name: str, heard: Sequence[Heard], before: Sequence[Heard]) -> str:
    now, then = (Counter(one.outcome for one in some) for some in (heard, before))
    cells = [f"{then[kind]} -> {now[kind]}" if before else f"{now[kind]}" for kind in KINDS]
    wrong = Counter(one.obeyed[0] for one in heard if one.outcome == "confused")
    taken = ", ".join(f"{what} {count}" for what, count in wrong.most_common(4))
    size = f"{len({one.said for one in heard})}, {len(heard)}"
    return f"| {name} | {size} | {' | '.join(cells)} | {taken} |"


KINDS = ("right", "missed", "confused")


def read(path: Path) -> list[Heard]:
    """Return what `--json` wrote."""
    return [
        Heard(**{**one, "obeyed": tuple(one["obeyed"])}) for one in json.loads(path.read_text())
    ]


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all details")
    parser.add_argument("--write-docs", type=Path, nargs="+", metavar="FILE", help="JSON files")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "hearing.md")
    parser.add_argument("--menu", action="store_true", help="hear what is said to an idle coach")
    options = parser.parse_args(words)
    if options.write_docs:
        *before, now = map(read, options.write_docs)
        name = "menu figures" if options.menu else "natural figures"
        put(options.page, name, table(now, before[0] if before else ()))
        return 0
    file, book = (MENU, menu_book()) if options.menu else (PHRASES, LANGUAGE.phrasebook)
    heard = measure(file, book)
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in heard]), "utf-8")
    print(table(heard))
    return 0


if __name__ == "__main__":
    sys.exit(main())
