"""Writes the tables of the shipped routines on docs/routines.md from their files.

    python docs/catalogue.py            writes it
    python docs/catalogue.py --check    says whether it is current

The tables stand between ``<!-- begin catalogue -->`` and ``<!-- end catalogue -->``, and between
the same with ``evidence``; the tests fail when they are stale. The lengths are those that the
routines claim, which tests/routines holds true.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from voicecoach.app.routine_library import load_routine
from voicecoach.language.loader import load_language
from voicecoach.routine.evidence import Tag
from voicecoach.routine.model import Caution, Exercise, Routine

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "routines.md"
TABLES = ("catalogue", "evidence")
NOTE = "<!-- made by docs/catalogue.py: do not edit -->"
HEAD = (
    "routine", "source", "minutes", "positions", "you need", "who should not", "loads of the spine",
)  # fmt: skip
LANGUAGE = load_language("en")
MINUTES = re.compile(r"about ([a-z ]+?) minutes")


def routines() -> list[Routine]:
    """Return the shipped routines, by the numbers of their sources, then by id."""
    found = [load_routine(path, LANGUAGE) for path in (ROOT / "routines").glob("*.yaml")]
    return sorted(found, key=lambda routine: (_sources(routine), routine.id))


def catalogue(shelf: Sequence[Routine]) -> str:
    """Return the table, a row for each routine."""
    rows = [HEAD, ("---",) * len(HEAD), *(_row(routine) for routine in shelf)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def evidence(shelf: Sequence[Routine]) -> str:
    """Return the table of what studies say, a row for each routine, the most favoured first."""
    tags = list(Tag)
    known = [(routine.id, routine.evidence) for routine in shelf if routine.evidence]
    rows = [("routine", "tag", "what is known", "studies"), ("---",) * 4]
    rows += [
        (f"`{id_}`", f"`{e.tag.value}`", e.note, ", ".join(e.studies) or "-")
        for id_, e in sorted(known, key=lambda one: tags.index(one[1].tag))
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def minutes(routine: Routine) -> int:
    """Return how many minutes the summary claims. Raises `ValueError` if it claims none."""
    claimed = MINUTES.search(routine.summary)
    if claimed is None:
        raise ValueError(f"{routine.id}: the summary does not say 'about ... minutes'")
    return LANGUAGE.prompts.numbers.index(claimed[1])


def _row(routine: Routine) -> tuple[str, ...]:
    positions = _once(exercise.position.value for exercise in routine.exercises)
    return (
        f"`{routine.id}`",
        ", ".join(_sources(routine)),
        str(minutes(routine)),
        ", ".join(positions),
        "; ".join(routine.equipment),
        "; ".join(_cautions(routine)),
        "; ".join(_loads(routine)) or "-",
    )


def _sources(routine: Routine) -> list[str]:
    return [source.partition(":")[0] for source in routine.sources]


def _cautions(routine: Routine) -> Iterator[str]:
    """Yield the cautions of the whole routine, then what single exercises add to them."""
    yield ", ".join(caution.value for caution in routine.contraindications)
    for exercise in routine.exercises:
        own = _beyond(exercise, routine)
        if own:
            yield f"not `{exercise.id}`: {', '.join(caution.value for caution in own)}"


def _loads(routine: Routine) -> Iterator[str]:
    for exercise in routine.exercises:
        if exercise.loads:
            yield f"`{exercise.id}`: {', '.join(load.value for load in exercise.loads)}"


def _beyond(exercise: Exercise, routine: Routine) -> list[Caution]:
    whole = routine.contraindications
    return [caution for caution in exercise.contraindications if caution not in whole]


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def renewed(text: str) -> str:
    """Return the text of the page with its tables written again. Raises `ValueError`."""
    shelf = routines()
    for name, table in zip(TABLES, (catalogue(shelf), evidence(shelf)), strict=True):
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        if (text.count(begin), text.count(end)) != (1, 1):
            raise ValueError(f"the page needs {begin} and {end}, once")
        before, after = text.split(begin)[0], text.split(end)[1]
        text = f"{before}{begin}\n{NOTE}\n\n{table}\n\n{end}{after}"
    return text


def main() -> int:
    """Write the table, or with --check tell whether it is stale."""
    check = "--check" in sys.argv
    before = PAGE.read_text("utf-8")
    after = renewed(before)
    if after != before and not check:
        PAGE.with_suffix(".part").write_text(after, "utf-8")
        PAGE.with_suffix(".part").replace(PAGE)
    said = "nothing" if after == before else PAGE.relative_to(ROOT)
    print("stale:" if check else "written:", said)
    return int(check and after != before)


if __name__ == "__main__":
    sys.exit(main())
