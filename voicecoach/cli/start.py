"""`voicecoach start`: a live session on a sound card."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path
from typing import Any

import click

from voicecoach.cli import options
from voicecoach.cli.conversation import Conversation
from voicecoach.cli.eventlog import write_events
from voicecoach.cli.progress import Bar
from voicecoach.ports import Ears
from voicecoach.routine.model import Routine
from voicecoach.run.assemble import make_card, make_ears, make_parts, make_plan, typed_ears
from voicecoach.run.helper import helper_hook
from voicecoach.run.library import find_routine, load_routine
from voicecoach.run.live import Live


@click.command("start")
@options.routine
@options.ears
@options.output
@options.input_
@options.helper_command
@click.option(
    "--events",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the event log here (JSON lines).",
)
@options.hearing
def command(
    routine: str,
    ears: str,
    output: str,
    input_: str,
    helper_command: str,
    events: Path | None,
    **flags: Any,
) -> None:
    """Lead ROUTINE live: speak through the loudspeaker, listen to the microphone.

    ROUTINE is a name from `voicecoach routines` or a file. Lie down first; everything else goes
    by voice. Ctrl-C ends the session. No sound is ever stored.
    """
    choices = options.choices(**flags)
    loaded = load_routine(find_routine(routine))
    typed = ears == "typed"
    hook = helper_hook(helper_command, lambda text: click.echo(text, err=True))
    listening: Ears = typed_ears(sys.stdin) if typed else make_ears(choices.model)
    with Bar("Rendering the voice") as bar:
        plan, clips = make_plan(loaded, choices, bar)
    parts = make_parts(plan, clips, listening, choices, typed)
    log: deque[dict[str, object]] = deque()
    show = Conversation()

    def note(event: dict[str, object]) -> None:
        log.append(event)
        show(event)

    live = Live(parts, make_card(output, None if typed else input_), note, hook, typed)
    try:
        live.run()
    finally:
        show.flush()
        if log:
            _summary(loaded, log)
        if events:
            write_events(events, sorted(log, key=lambda event: float(str(event["t"]))))


def _summary(routine: Routine, log: deque[dict[str, object]]) -> None:
    ended = [e for e in log if e["kind"] == "exercise_finished"]
    done = sum(e["outcome"] == "done" for e in ended)
    minutes = float(str(log[-1]["t"])) / 60 if log else 0.0
    click.echo(
        f"{routine.name}: {done} of {len(routine.exercises)} exercises done, {minutes:.1f} minutes."
    )
