"""The decisions of a session as it is replayed, each with the rule behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeVar

from voicecoach.dialog.context import Context
from voicecoach.dialog.transitions import Conversation, Step
from voicecoach.eventlog.kinds import Adapted, Event, Judged
from voicecoach.eventlog.sounds import Hushed, HushReleased, SpeechRefused
from voicecoach.screening.rules import rules

C = TypeVar("C", bound=Context)

OF_VERDICT: Final[Mapping[str, str]] = {
    "low": "S3", "middle": "S4", "drop": "S4", "high": "S5", "sharp": "S6",
}  # fmt: skip
"""The rule that says how strong a pain counts, by what was judged."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that was decided."""

    t: float
    """Second of the session."""
    state: str
    """Where the conversation stood, by its name in docs/architecture.md."""
    cause: str
    """What it was decided about."""
    to: str
    """Where it went."""
    step: str
    """The row of the table or the part of the program that decided: `pain_questions.pain`."""
    rules: tuple[str, ...] = ()
    """Ids of the safety rules that the step implements."""


Note = Callable[[str, str, str, str], None]
"""Takes the state before, the cause, the state after and the step."""


def traced(base: Conversation[C], note: Note) -> Conversation[C]:
    """Return a conversation that does what `base` does, and notes each step."""

    def noted(step: Step[C], cause: Callable[[C], str]) -> Step[C]:
        def does(s: C) -> None:
            before, why = s.state.value, cause(s)
            step(s)
            note(before, why, s.state.value, name_of(step))

        return does

    def plain(step: Step[C], cause: str) -> Step[C]:
        return noted(step, lambda _: cause)

    return Conversation(
        plain(base.begin, "the start"),
        [replace(row, step=noted(row.step, _heard)) for row in base.rows],
        [
            replace(one, step=plain(one.step, one.label or one.then.value.replace("_", " ")))
            for one in base.follows
        ],
        [replace(one, step=plain(one.step, "not understood")) for one in base.unheard],
        plain(base.deaf, "the microphone is lost"),
        plain(base.inaudible, "what was said did not sound"),
        plain(base.restored, "the program was restarted"),
        plain(base.helped, "what became of the helper"),
    )


def _heard(s: Context) -> str:
    heard = s.turn.heard
    return heard.command.value.replace("_", " ") if heard else ""


def name_of(step: Callable[..., None]) -> str:
    """Return the name of a step inside the package."""
    return f"{step.__module__.removeprefix('voicecoach.')}.{step.__qualname__}"


def rules_of(step: str) -> tuple[str, ...]:
    """Return the ids of the safety rules that a step implements."""
    return _by_place().get(step, ())


@cache
def _by_place() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules():
        for place in rule.where:
            found[place] = (*found.get(place, ()), rule.id)
    return found


def told(event: Event, state: str) -> Decision | None:
    """Return the decision of which an event of the log tells by itself, if it does."""
    match event:
        case Adapted(rule=rule, exercises=exercises):
            what = ", ".join(exercises) or "the routine"
            return Decision(
                event.t, state, f"{what} for this user", state, "screening.adapt", (rule,)
            )
        case Judged(verdict=verdict):
            step, rule = "dialog.pain_response.judge", OF_VERDICT[verdict]
            return Decision(event.t, state, f"the pain counts as {verdict}", state, step, (rule,))
        case SpeechRefused(text=text, why=why):
            cause = f"“{text}” not obeyed: {why}"
            return Decision(event.t, state, cause, state, "decision.judge")
        case Hushed(text=text):
            return Decision(event.t, state, f"“{text}” may be a halt", state, "decision.judge")
        case HushReleased():
            return Decision(event.t, state, "it was no halt", state, "dialog.engine")
        case _:
            return None
