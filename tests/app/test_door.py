"""What another program may ask for: to be silent always, to go on never after a halt (S1, S29)."""

from __future__ import annotations

import pytest

from tests.app.rehearsals import Event
from tests.app.stepped import ScriptedRecogniser, SteppedSession
from voicecoach.eventlog.fields import Source
from voicecoach.language.phrasebook import Command


def heard_and_refused(first: Command, *then: tuple[Command, Source]) -> tuple[list[str], list[str]]:
    """Return what was obeyed and what was refused, when at the second count `first` comes by the
    door, and the others after it.
    """
    session = SteppedSession(ScriptedRecogniser(lambda _: None))

    def act(event: Event) -> None:
        if event["kind"] == "count" and event["n"] == 2:
            for command, source in ((first, Source.DOOR), *then):
                session.live.inject(command, source)
            session.live.inject("end session", Source.KEYBOARD)
        if event["kind"] == "asked" and event["question"] == "confirm_end":
            session.live.inject("yes", Source.KEYBOARD)

    session._on_event = act
    session.run()
    obeyed = [str(e["command"]) for e in session.of("heard")]
    return obeyed, [str(e["text"]) for e in session.of("refused")]


@pytest.mark.rule("S29")
@pytest.mark.parametrize("halt", [Command.STOP, Command.PAIN])
@pytest.mark.parametrize("onward", [Command.RESUME, Command.NEXT])
def test_a_door_cannot_go_on_after_a_halt(halt: Command, onward: Command) -> None:
    """A halt is taken from a door; what goes on after it is not, and a second halt is."""
    obeyed, refused = heard_and_refused(halt, (onward, Source.DOOR), (Command.STOP, Source.DOOR))
    assert obeyed[:2] == [halt.value, "stop"]
    assert len(refused) == 1


@pytest.mark.rule("S29")
def test_the_keyboard_can() -> None:
    """It is the user's own."""
    obeyed, refused = heard_and_refused(Command.STOP, (Command.RESUME, Source.KEYBOARD))
    assert obeyed[:2] == ["stop", "resume"]
    assert refused == []


def test_a_pause_from_a_door_can_be_ended_by_it() -> None:
    """Nothing was complained of."""
    obeyed, _ = heard_and_refused(Command.PAUSE, (Command.RESUME, Source.DOOR))
    assert obeyed[:2] == ["pause", "resume"]
