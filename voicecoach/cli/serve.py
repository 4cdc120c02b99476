"""`voicecoach serve`: always on, called by its name, everything by voice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.log_file import LogStore, write_as_it_came
from voicecoach.app.profile_store import require_place
from voicecoach.app.records import Places, Records
from voicecoach.app.routine_library import readable_routines, shipped_exercises
from voicecoach.app.scenario_rehearsal import Scenario, load_scenario
from voicecoach.app.serve import Serve
from voicecoach.app.serve_log import ServeLog
from voicecoach.app.serve_rehearsal import rehearse_serving
from voicecoach.app.service_wiring import Way, make_door, watching
from voicecoach.app.wiring import (
    TALKS,
    Choices,
    embedding_measure,
    helper_hook,
    make_live,
    make_voice,
    warn,
)
from voicecoach.cli import options
from voicecoach.cli.places import FILE, LOG
from voicecoach.cli.start import take_typed
from voicecoach.cli.transcript import Transcript
from voicecoach.eventlog.kinds import Event
from voicecoach.paths import profile_file
from voicecoach.store.session_store import beginning


@click.command("serve")
@options.name
@click.option(
    "--scenario",
    type=FILE,
    help="Rehearse it in a simulated room, with a user from this file (TOML); nothing is kept.",
)
@options.output
@options.input_
@options.helper_command
@options.helper_url
@options.mqtt
@options.history
@click.option(
    "--events",
    type=LOG,
    help="Write the event log here (JSON lines).",
)
@options.hearing
def command(
    name: str,
    scenario: Path | None,
    output: str,
    input_: str,
    helper_command: str,
    helper_url: str,
    events: Path | None,
    **flags: Any,
) -> None:
    """Wait for your call by voice, and do what you ask for.

    Everything works by voice, for as long as it runs.
    Call the coach by its name ("coach", "hey coach"); it chimes and listens. Say what you want:
    "upper back", "ten minutes for my lower back", "roll my upper back", "the same as yesterday",
    "what is there?", "how was my back this month?", "what can I say?", "good night". In a session
    no name is needed. Afterwards it sleeps again. Asleep it hears nothing but its name, says
    nothing and writes nothing down. Ctrl-C ends it.
    """
    way = options.way(flags)
    choices = options.choices(**flags)
    choices = replace(choices, language=options.called(choices.language, name))
    if scenario:
        rehearse_evening(load_scenario(scenario), choices, None, None, events)
        return
    hook = helper_hook(helper_command, partial(click.echo, err=True), helper_url)
    _live(choices, output, input_, hook, bool(helper_command or helper_url), events, way)


def rehearse_evening(
    scenario: Scenario, choices: Choices, coach: Path | None, mic: Path | None, events: Path | None
) -> None:
    """Rehearse an evening, print it, and write the sound and the log where that is wanted."""
    show, log = Transcript(), list[Event]()

    def note(event: Event) -> None:
        log.append(event)
        show(event)

    unsaid = rehearse_serving(scenario, choices, note, coach, mic)
    show.flush()
    for text in unsaid:
        click.echo(f"Not said, because the coach's line before it never came: “{text}”", err=True)
    if events:
        write_as_it_came(events, log)


def _live(
    choices: Choices,
    output: str,
    input_: str,
    hook: Any,
    helper: bool,
    events: Path | None,
    way: Way,
) -> None:
    require_place(profile_file())
    language, show = choices.language, Transcript()
    with (
        DiskWriter(warn) as disk,
        DiskWriter(warn) as log_disk,  # a pipe without a reader does not hold up the other
        closing(make_live(choices, output, input_, hook)) as live,
        closing(make_voice(choices.voice, choices.rate, language)) as voice,
        make_door(live, language.phrasebook, way) as door,
        watching(live),
    ):
        places = Places.usual(choices.history == "keep")
        begin = beginning(choices.talk)
        records = Records(places, disk.post, embedding_measure(choices), begin)
        store = [LogStore(events, log_disk.post)] if events else []
        log = ServeLog([records.note, show, door, *store])
        shelf, library = partial(readable_routines, language), shipped_exercises(language)
        talk = TALKS[choices.talk]
        serve = Serve(live, voice, language, records, log, shelf, library, talk, helper)
        take_typed(live)
        serve.go_on()
        while True:
            serve.round()
            show.flush()
