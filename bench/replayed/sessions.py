"""A session by chance: a routine, a user, and what happens to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import inf
from random import Random

from bench.replayed.room import Clips, Speaker, words_of
from voicecoach.app.carry_over import care
from voicecoach.app.conductor import Conductor
from voicecoach.app.pipeline import lengths_of
from voicecoach.app.recorded import prepared_event
from voicecoach.app.routine_library import readable_routines
from voicecoach.app.scenario_rehearsal import DAY, person
from voicecoach.decision.hearing import NOISE, OTHER, Hearing, Look
from voicecoach.dialog.care import Care
from voicecoach.dialog.events import Started
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import SESSION
from voicecoach.eventlog.fields import Source
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.lines import to_line
from voicecoach.history.recall import Recall
from voicecoach.language.loader import load_language
from voicecoach.language.model import Language
from voicecoach.plan.narration import BARE, FULL, SHORT
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.verdicts import Adapted
from voicecoach.units import BLOCK, Frame, Ms, to_frames

FACTS = (
    Fact.PREGNANT, Fact.PREGNANT_LONG, Fact.BONES, Fact.BLOOD, Fact.OLDER, Fact.DISC,
    Fact.DISC_AGREED,
)  # fmt: skip
"""Answers that change a routine and need not shut it."""


@cache
def language() -> Language:
    """Return the language of all sessions."""
    return load_language("en")


@cache
def routines() -> Sequence[Routine]:
    """Return the routines that are included."""
    return readable_routines(language())


@dataclass
class Made:
    """A session by chance, with what it is made of."""

    chance: Random
    plan: Plan
    talk: int
    care: Care
    helper: bool
    clips: Clips
    events: list[Event] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.speaker = Speaker(self.chance)
        self.session = Session(self.plan, self.talk, self.care, self.helper)
        self.conductor = Conductor(
            self.session, self.speaker, self.clips, language().phrasebook, _ignore,
            self.events.append, self.called.append,
        )  # fmt: skip

    def log(self) -> list[Event]:
        """Return its log so far, as the coach writes it."""
        given = "chance", self.talk, self.care, self.helper
        return [prepared_event(self.plan, self.clips, *given), *self.events]


def chance_session(seed: int) -> list[Event]:
    """Return the log of a session by chance, in the order in which it was written.

    Half of the sessions are broken off somewhere, as by a kill.
    """
    made = _made(Random(seed))
    made.conductor.handle(Started(Ms(0)))
    now, steps = Ms(0), made.chance.choice((40, 160, 400))
    while made.conductor.outcome is None and steps:
        now, steps = _step(made, now), steps - 1
    return made.log()


def _made(chance: Random) -> Made:
    routine = chance.choice(routines())
    facts = {fact: chance.random() < 0.5 for fact in FACTS if chance.random() < 0.2}
    profile = person(facts)
    known = Care()
    if chance.random() < 0.8:
        adapted = adapt(routine, profile, DAY, language())
        if isinstance(adapted, Adapted):
            routine = adapted.routine
            known = care(adapted, profile, DAY, recalled=_recalled(chance, routine))
    clips = Clips()
    lengths = lengths_of(clips)
    plan = Plan(routine, language(), _Lengths(clips), lengths.centre)
    return Made(
        chance, plan, chance.choice((FULL, SHORT, BARE)), known, chance.random() < 0.5, clips
    )


def _recalled(chance: Random, routine: Routine) -> Recall:
    chosen = [exercise for exercise in routine.exercises if chance.random() < 0.3]
    levels = {exercise.id: 1 for exercise in chosen if exercise.harder}
    before = {exercise.id: ("This hurt last time.",) for exercise in chosen}
    return Recall(("Last time it was four.",), before=before, levels=levels)


class _Lengths(dict[str, Ms]):
    """The lengths of the clips, as they are asked for."""

    def __init__(self, clips: Clips) -> None:
        super().__init__()
        self._clips = clips

    def __missing__(self, text: str) -> Ms:
        return self._clips[text].length


def _step(made: Made, now: Ms) -> Ms:
    """Let something happen; return when it has."""
    chance, due = made.chance, made.session.deadline
    until = now + 500 if due is None else max(now, due)
    kind = chance.choices(("wake", "hear", "type", "fail", "help"), (70, 20, 6, 0.3, 4))[0]
    if kind != "wake":
        until = chance.randint(now, max(now, until))
    now = Ms(-(-until // 10) * 10 + chance.choice((0, 0, 0, 10, 50)))
    made.conductor.note(made.speaker.run(to_frames(now)))
    match kind:
        case "hear":
            _say(made, now)
        case "type":
            made.conductor.inject(_phrase(made), chance.choice(list(Source)[1:]), now)
        case "fail":
            made.conductor.fail("recogniser", "chance", now)
        case "help" if made.called:
            made.called.clear()
            made.conductor.help_reached(chance.random() < 0.5, now)
    made.conductor.tick(now)
    return now


def _phrase(made: Made) -> str:
    """Return a phrase that is live, or any other, or words of the coach."""
    chance, book = made.chance, language().phrasebook
    live = SESSION.live(made.session.state)
    if live and chance.random() < 0.7:
        return chance.choice(sorted(book.forms(live)))
    return chance.choice([*sorted(book.meanings), *words_of(made.clips), "[unk]", "banana"])


def _say(made: Made, now: Ms) -> None:
    """Let the recogniser hear something: some partial results, and mostly a final one."""
    chance, text = made.chance, _phrase(made)
    end = Frame(max(0, to_frames(now) - chance.randint(0, 8000)))
    start = Frame(max(0, end - chance.randint(1000, 20_000)))
    look = _look(chance, text) if chance.random() < 0.9 else None
    one = Hearing(text, start, end, to_frames(now), final=False, look=look)
    for _ in range(chance.choice((0, 1, 3, 15))):
        made.conductor.hear([one], now)
        one = replace(one, decided=Frame(one.decided + 3 * BLOCK))
    if chance.random() < 0.9:
        db = chance.choice((inf, 3.0, 9.5, 20.25))
        sure = round(chance.random(), 3)
        last = replace(one, final=True, confidence=sure, above_db=db, begun=start)
        made.conductor.hear([replace(last, free=chance.random() < 0.1)], now)


def _look(chance: Random, text: str) -> Look:
    words = {text, "stop", "pause", OTHER, NOISE}
    shares = {word: chance.random() ** 4 for word in sorted(words)}
    shares[text] = chance.choice((0.1, 2.0, 9.0))
    total = sum(shares.values())
    found = {word: share / total for word, share in shares.items()}
    return Look(found, -chance.random(), -5 * chance.random(), taught={text: chance.random()})


def _ignore(_: object) -> None:
    return


def as_written(events: Sequence[Event], chance: Random) -> str:
    """Return a log as it is on disk; now and then its last line is cut."""
    text = "".join(f"{to_line(event)}\n" for event in events)
    return text[: -chance.randint(1, 20)] if chance.random() < 0.3 else text
