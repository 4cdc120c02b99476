"""Writes the table of the shipped routines on docs/routines.md from their files.

    python docs/catalogue.py            writes it
    python docs/catalogue.py --check    says whether it is current

The table stands between ``<!-- begin catalogue -->`` and ``<!-- end catalogue -->``; the tests fail
when it is stale. The lengths are those that the routines claim, which tests/routines holds true.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from voicecoach.app.routine_library import load_routine
from voicecoach.language.loader import load_language
from voicecoach.routine.model import Caution, Exercise, Routine

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "routines.md"
BEGIN, END = "<!-- begin catalogue -->", "<!-- end catalogue -->"
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
    """Return the text of the page with its table written again. Raises `ValueError`."""
    if (text.count(BEGIN), text.count(END)) != (1, 1):
        raise ValueError(f"the page needs {BEGIN} and {END}, once")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{NOTE}\n\n{catalogue(routines())}\n\n{END}{after}"


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
