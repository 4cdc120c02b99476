"""What it is worth to teach the coach one's voice (`voicecoach teach`).

    python bench/teach.py --speech RECORDINGS [--json FILE]
    python bench/teach.py --speech RECORDINGS --speakers test                  (once a release)
    python bench/teach.py --write-docs FIGURES.json                (into docs/hearing.md)

People of RECORDINGS who are not in the training data, and have said a command of the verifier's
several times, are users in turn. A user teaches every word by up to three recordings, each at the
usual level and 12 dB softer; the recordings left, and other people's words, are then looked at in
four conditions. A form is missed if its share is below that which the judge needs in quiet. The
weights that join the verifier's share with the likeness come from the other users (ten folds), with
as many false accepts as the verifier alone; `weights_known` and `weights_new` are those of all.

All takes of a person are from one sitting and one microphone, as when someone teaches the coach and
begins a session. Another day is not measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.english import LANGUAGE  # noqa: E402
from bench.pages import put  # noqa: E402
from bench.recognition.report import write_json  # noqa: E402
from bench.recognition.sources import NO_FOLDER, require_recordings  # noqa: E402
from bench.recognition.wording import markdown, percent, table  # noqa: E402
from bench.taught.figures import summary  # noqa: E402
from bench.taught.sounds import sounds  # noqa: E402
from bench.taught.trials import trials  # noqa: E402
from models.recipe.corpus import TEST, TUNE  # noqa: E402
from voicecoach.app.wiring import shipped_model  # noqa: E402
from voicecoach.errors import InputError  # noqa: E402
from voicecoach.stt.verifier import NetworkVerifier  # noqa: E402

MARK = "teach figures: python bench/teach.py --write-docs FIGURES.json"
PAGE = ROOT / "docs" / "hearing.md"
HEAD = ["", "missed %", "after 1 / 2 / 3 recordings", "by condition", "own other words taken %",
        "other people's words taken %"]  # fmt: skip
NAMES = {
    "alone": "not taught",
    "taught": "taught, words that the verifier knows",
    "new": "taught, as if the verifier did not know them",
}


def rows(found: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the table."""
    made = []
    for key, name in NAMES.items():
        row = found[key]
        takes = " / ".join(f"{100 * (one['share'] or 0):.1f}" for one in row["takes"].values())
        spoilt = ", ".join(
            f"{c} {100 * (o['share'] or 0):.1f}" for c, o in row["conditions"].items()
        )
        made.append([name, percent(row["missed"]), takes, spoilt, percent(row["own_taken"]),
                     percent(row["others_taken"])])  # fmt: skip
    return made


def heading(found: dict[str, Any]) -> str:
    """Return what was measured."""
    return (
        f"Measured on {found['date']} with `{found['command']}`: {found['users']} users of the "
        f"{found['speakers']} side, {found['tried']} sounds of their own taught words. In "
        "brackets: 95 % intervals by speaker."
    )


def report(args: argparse.Namespace) -> dict[str, Any]:
    """Measure and return all figures."""
    heard = list(sounds(args.speech, args.speakers, NetworkVerifier(shipped_model(LANGUAGE))))
    tried = list(trials(heard))
    if not tried:
        why = f"{args.speech} has no one who says a command twice"
        raise InputError("There are no users to try", why, NO_FOLDER)
    side = f" --speakers {args.speakers}" if args.speakers != TUNE else ""
    return {
        "date": str(date.today()),
        "command": f"python bench/teach.py --speech RECORDINGS{side}",
        "speakers": args.speakers,
        "tried": sum(t.right for t in tried),
        **summary(tried),
    }


def work(args: argparse.Namespace) -> int:
    """Do what the options ask for; return the exit status."""
    if args.write_docs:
        found = json.loads(args.write_docs.read_text("utf-8"))
        put(PAGE, MARK, f"{heading(found)}\n\n{markdown(HEAD, rows(found))}")
        return 0
    require_recordings(args.speech)
    found = report(args)
    if args.json:
        write_json(found, args.json)
    print(heading(found), table(HEAD, rows(found)), sep="\n\n")
    print(f"weights: {found['weights_known']}, of new forms {found['weights_new']}")
    return 0


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; return the exit status: those of `voicecoach`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--speech", type=Path, metavar="DIR", help="recordings with a MANIFEST.csv")
    add("--speakers", choices=(TUNE, TEST), default=TUNE, help="whose recordings")
    add("--json", type=Path, metavar="FILE", help="write all figures")
    add("--write-docs", type=Path, metavar="JSON", help="put these figures into docs/hearing.md")
    try:
        return work(parser.parse_args(words))
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
