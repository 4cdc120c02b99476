"""How well the recogniser hears people it was not trained on, against a baseline, in one run.

    python bench/ears.py --speech RECORDINGS [--json FILE] [--plot FILE]   (the tune side)
    python bench/ears.py --speech RECORDINGS --speakers test               (once a release)
    python bench/ears.py --speech RECORDINGS --model DIR --model DIR   (other Vosk folders too)
    python bench/ears.py --speech RECORDINGS --sealed SEALED           (a set not yet used)
    python bench/ears.py --speech RECORDINGS --judge STAND_QUICK=120   (another constant)
    python bench/ears.py --write-docs FIGURES.json                     (into docs/hearing.md)

Under test are the program's own recogniser and judge, as in `voicecoach listen`. There is no
canceller and no gate: the coach is silent. Where the extra `whisper` is installed, the program is
also measured with it. Rivals hear the same in the same run, those that are installed (`pip install
-e '.[bench]'`): bench/recognition/rivals.py names them. Every answer is kept, so a run that was
stopped goes on. Without a folder of recordings it says where to get one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.recognition import choice, page, plot, report, rivals, runner, sources  # noqa: E402
from bench.recognition.child_process import SystemFailedError  # noqa: E402
from bench.recognition.options import command, parser  # noqa: E402
from bench.recognition.systems import EXTRA, OWN  # noqa: E402
from bench.recognition.thinning import in_part  # noqa: E402
from models.recipe.corpus import Clip  # noqa: E402
from voicecoach.errors import CoachError, InputError  # noqa: E402
from voicecoach.stt.whisper_encoder import installed  # noqa: E402

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells give it."""


def specs(options: argparse.Namespace) -> list[str]:
    """Return the systems to measure, the program's own first, then the rivals installed."""
    own = [] if options.no_own else [OWN, *([EXTRA] if installed() else [])]
    models = [f"{OWN}:{folder.resolve()}" for folder in options.model]
    return [*own, *models, *([] if options.no_rivals else rivals.present(options.rival))]


def synthetic_clips(folder: Path | None) -> list[Clip]:
    """Return the clips of a folder that `models/recipe/voices.py` has made."""
    if folder is None:
        return []
    try:
        lines = (folder / "synthetic.jsonl").read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{folder} holds no synthetic voices", str(error)) from error
    clips = [Clip(**json.loads(line)) for line in lines]
    return [clip for clip in clips if Path(clip.path).is_file()]


def measured(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure and return the report."""
    systems = specs(options)
    lone = synthetic_clips(options.synthetic)
    sealed = options.sealed is not None
    wanted = choice.Wanted(
        options.speakers, sealed, options.quick, options.hours, options.music, options.keep / "said"
    )
    data = choice.choose(folder, wanted, lone, options.speech or folder)
    heard_once = data.for_bars() if options.bars else data.trials(options.quick)
    heard_once = [trial for trial in heard_once if in_part(trial.clip, options.part)]
    begun = time.monotonic()
    task = runner.Task(heard_once, data.spoiler, options.judge, options.keep)
    heard = runner.run(systems, task, options.jobs)
    made = {
        "command": command(options),
        "seconds": time.monotonic() - begun,
        "speakers": "sealed" if sealed else options.speakers,
        "quick": options.quick,
        "folder": folder,
        "specs": systems,
    }
    return report.make_report(heard, heard_once, data, made)


def work(options: argparse.Namespace) -> int:
    """Do what the options ask for; return the exit status."""
    if options.write_docs:
        page.write_page(report.joined(options.write_docs), options.page)
        return 0
    if options.write_plot:
        plot.draw(report.joined(options.write_plot), options.plot)
        return 0
    folder = options.sealed or options.speech
    given = [each for each in (options.sealed, options.speech) if each]
    if not given or not all((each / "MANIFEST.csv").is_file() for each in given):
        print(sources.NO_FOLDER, file=sys.stderr)
        return InputError.exit_code
    found = measured(options, folder)
    if options.json:
        report.write_json(found, options.json)
    print(report.text(found))
    if options.plot:
        plot.draw(found, options.plot)
    return 0


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; return the exit status: those of `voicecoach`."""
    made = parser(str(__doc__))
    options = made.parse_args(words)
    if options.write_plot and not options.plot:
        made.error("--write-plot needs --plot FILE")
    if options.no_own and options.no_rivals and not options.model:
        made.error("there is nothing left to measure")
    try:
        return work(options)
    except SystemFailedError as error:
        print(error, file=sys.stderr)
        return error.code
    except CoachError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nStopped. What was heard is kept: the same command goes on.", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
