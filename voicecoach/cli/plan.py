"""`voicecoach plan`: the timetable of a routine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import click

from voicecoach.app.fitted import Fitting, Wanted, unfit
from voicecoach.app.no_session import declined_error
from voicecoach.app.profile_store import load_profile
from voicecoach.app.routine_library import shipped_exercises
from voicecoach.app.timetable import Entry, timetable
from voicecoach.app.wiring import TALKS, Choices, make_plan, render
from voicecoach.cli import options
from voicecoach.cli.layout import wrapped
from voicecoach.cli.progress import Bar
from voicecoach.cli.routines import evidence_line
from voicecoach.cli.strained import warn_of
from voicecoach.fitting.wish import Offer
from voicecoach.paths import profile_file
from voicecoach.plan.strain_time import too_long
from voicecoach.routine.limits import told
from voicecoach.routine.model import Routine
from voicecoach.screening.questions import DAILY
from voicecoach.screening.summary import refusal_today
from voicecoach.units import Ms

EXERCISE, END = "exercise_started", "session_finished"
CUES = {"say", "count", "breath", "stroke", "mark", "sound"}


@click.command("plan")
@options.fitted
@click.option("--brief", is_flag=True, help="Print when each exercise begins, not every cue.")
@options.as_json
@options.language
@options.voiced
@options.talk
def command(
    routine: str | None,
    minutes: int | None,
    region: str | None,
    brief: bool,
    as_json: bool,
    **flags: Any,
) -> None:
    """Print the timetable of ROUTINE, and how long it takes.

    It says when each line is spoken, for a user who does not interrupt. With --minutes, the routine
    is fitted to that time as `start` does it.
    """
    choices = options.choices(**flags)
    wanted, talk = options.wanted(routine, choices.language, minutes, region), TALKS[choices.talk]
    with Bar("Rendering the voice") as bar:
        if isinstance(wanted, Wanted):
            offer = _offer(wanted, choices, bar)
            wanted, talk = offer.adapted.routine, offer.talk
            click.echo("\n".join(wrapped("", " ".join(offer.adapted.sentences))), err=as_json)
        plan, _ = make_plan(wanted, choices, bar)
    warn_of(plan.routine.path, too_long(plan))
    entries = [e for e in timetable(plan, talk) if _shown(e, brief)]
    if as_json:
        rows = [{"t": e.at / 1000, "kind": e.kind, "text": e.text} for e in entries]
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    click.echo("\n".join(_exercises(entries) if brief else map(_line, entries)))
    click.echo("".join(f"{line}\n" for line in _limits(plan.routine)), nl=False)
    if plan.routine.evidence:
        click.echo("\n".join(wrapped("", evidence_line(plan.routine))))


def _offer(wanted: Wanted, choices: Choices, bar: Bar) -> Offer:
    """Return what fits the time that is wanted. Raises `InputError`, with what comes nearest.

    Answers about health count where none is open; else the routines are taken as they stand, unless
    what was answered allows no session: then `DeclinedError`.
    """
    profile, today = load_profile(profile_file()), date.today()
    declined = refusal_today(profile, today, choices.language.prompts)
    if declined and declined.rule:  # without a rule it is only not known
        raise declined_error(declined)
    known = profile if not profile.due(today) - DAILY else None
    library = shipped_exercises(choices.language)
    fitting = Fitting(choices.language, TALKS[choices.talk], today, known, library)

    def measure(lines: Iterable[str]) -> dict[str, Ms]:
        return {text: clip.length for text, clip in render(lines, choices, bar).items()}

    offer = fitting.offer(wanted, measure)
    if offer is None or not offer.fits:
        raise unfit(wanted.wish, offer, choices.language)
    return offer


def _limits(routine: Routine) -> Iterator[str]:
    """Yield the limits of a plan, of the whole and of each exercise that has more of them."""
    own = routine.limits, routine.sessions_a_week
    of = [("the routine", told(*own))]
    of += [(e.name, told(e.limits)) for e in routine.exercises if e.limits != routine.limits]
    for name, limits in of:
        if line := ", ".join(limits):
            yield f"At most, {name}: {line}."


def _exercises(entries: list[Entry]) -> Iterator[str]:
    """Yield when each exercise begins and how long it takes, and how long all takes."""
    for entry, after in pairwise(entries):
        length = _clock(Ms(after.at - entry.at)).strip()
        yield from wrapped(f"{_clock(entry.at)}  ", f"{entry.text} ({length})")
    end = "The end. Questions about your health, and pauses, come on top."
    yield from wrapped(f"{_clock(entries[-1].at)}  ", end)


def _shown(entry: Entry, brief: bool) -> bool:
    return entry.kind in (EXERCISE, END) or (entry.kind in CUES and not brief)


def _clock(at: Ms) -> str:
    minutes, seconds = divmod(round(at / 1000), 60)
    return f"{minutes:3d}:{seconds:02d}"


def _line(entry: Entry) -> str:
    minutes, ms = divmod(entry.at, 60_000)
    clock = f"{minutes:3d}:{ms / 1000:06.3f}"
    if entry.kind == END:
        return click.style(f"{clock}  End", bold=True)
    if entry.kind == EXERCISE:
        return click.style(f"{clock}  Exercise: {entry.text}", bold=True)
    return f"{clock}    {entry.kind:6}  {entry.text}"
