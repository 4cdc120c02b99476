"""The options of bench/ears.py."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from bench.recognition import choice
from bench.recognition.rivals import RIVALS
from models.recipe.corpus import TUNE
from voicecoach.paths import cache_dir

ROOT = Path(__file__).parents[2]
USUAL_HOURS = 0.5


def parser(about: str) -> argparse.ArgumentParser:
    """Return the options; `about` is shown above them."""
    made = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = made.add_argument
    add("--speech", type=Path, metavar="DIR", help="recordings with a MANIFEST.csv")
    add("--sealed", type=Path, metavar="DIR", help="measure all of this folder instead")
    add(
        "--speakers",
        choices=(*choice.SIDES, choice.ALL_SPEAKERS),
        default=TUNE,
        help="those that thresholds may be read from (tune, the default); those that only a "
        "release is measured on (test); both (held); or all",
    )
    add("--model", type=Path, action="append", default=[], metavar="DIR", help="another model too")
    add("--synthetic", type=Path, metavar="DIR", help="clips made by models/recipe/voices.py")
    add(
        "--judge",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="try another constant of voicecoach/decision/judge.py or evidence.py: times in ms, "
        "such as STAND=420",
    )
    add("--music", type=Path, metavar="DIR", help="a folder of music files, as recordings")
    add(
        "--hours",
        type=float,
        default=USUAL_HOURS,
        metavar="H",
        help="virtual listening: recordings without a command again and again, in other rooms, at "
        "other levels, over other noises (default %(default)s; a release: 40)",
    )
    add(
        "--rival",
        action="append",
        choices=[rival.spec for rival in RIVALS],
        help="measure only this rival, or these, instead of all that are installed",
    )
    add("--no-rivals", action="store_true", help="measure the program alone")
    add("--no-own", action="store_true", help="do not measure the shipped model")
    add("--bars", action="store_true", help="measure only what the bars are about")
    add("--quick", action="store_true", help="measure a fixed part of the recordings")
    add(
        "--part",
        type=float,
        default=1.0,
        metavar="SHARE",
        help="measure a fixed share of the recordings, 0 to 1, where there is no time for all",
    )
    add("--jobs", type=int, default=2, metavar="N", help="processes at a time (default 2)")
    add(
        "--keep",
        type=Path,
        default=cache_dir() / "ears",
        metavar="DIR",
        help="answers are kept here, so that a stopped run goes on (default %(default)s)",
    )
    add("--json", type=Path, metavar="FILE", help="write all figures")
    add("--plot", type=Path, metavar="FILE", help="write the trade-offs (.png, .svg, .pdf)")
    add(
        "--write-docs",
        type=Path,
        nargs="+",
        metavar="JSON",
        help="put these figures into --page; of several runs of the same recordings, all systems",
    )
    add("--write-plot", type=Path, nargs="+", metavar="JSON", help="draw --plot of these figures")
    add(
        "--page",
        type=Path,
        default=ROOT / "docs" / "hearing.md",
        metavar="FILE",
        help="the page of --write-docs",
    )
    return made


def command(options: argparse.Namespace) -> str:
    """Return the command without paths."""
    words = ["python", "bench/ears.py"]
    words += ["--speech", "RECORDINGS"] if options.speech else []
    words += ["--sealed", "SEALED"] if options.sealed else []
    words += ["--speakers", options.speakers] if options.speakers != TUNE else []
    words += [word for folder in options.model for word in ("--model", folder.name)]
    words += ["--synthetic", "SYNTHETIC"] if options.synthetic else []
    words += [word for change in options.judge for word in ("--judge", change)]
    words += ["--music", "MUSIC"] if options.music else []
    words += ["--hours", f"{options.hours:g}"] if options.hours != USUAL_HOURS else []
    words += ["--part", f"{options.part:g}"] if options.part < 1 else []
    words += [word for rival in options.rival or () for word in ("--rival", rival)]
    flags = {"--no-rivals": options.no_rivals, "--no-own": options.no_own}
    words += [
        flag
        for flag, on in {**flags, "--bars": options.bars, "--quick": options.quick}.items()
        if on
    ]
    return shlex.join(words)
