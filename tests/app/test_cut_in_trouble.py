"""Wherever a session is cut off with a complaint open, that comes first at the next start, and
silence leads to the helper (S25, S29).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.app.people import ROUTINE
from tests.app.quick_driver import LISTENS_MS, CutError, QuickDriver
from tests.app.telling import TODAY
from tests.dialog.driver import wakings
from tests.dialog.walk_words import COMPLAINTS, FEW, WORDS, Word, word
from tests.dialog.walks import PATIENCE, Place, Start, Step, Walker, reaching
from tests.effort import thorough
from tests.english import LANGUAGE, SAY, parse
from tests.fakes.voice import FakeVoice
from voicecoach.app.coach import Coach
from voicecoach.app.disk_writer import Store
from voicecoach.app.pipeline import lengths_of
from voicecoach.app.profile_store import ProfileStore
from voicecoach.app.recorded import prepared_event
from voicecoach.app.repertoire import Repertoire
from voicecoach.app.unfinished import OFFERED, UnfinishedStore
from voicecoach.audio.clip import Clip
from voicecoach.dialog.alarms import LINES
from voicecoach.dialog.care import Care
from voicecoach.dialog.events import Woke
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import ACTIVE, EXERCISE, State
from voicecoach.errors import DeclinedError
from voicecoach.eventlog.inputs import SessionPrepared
from voicecoach.eventlog.kinds import Asked, Event
from voicecoach.language.phrasebook import Command
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import Plan
from voicecoach.screening.profile import Profile, let_through
from voicecoach.track import CHIME
from voicecoach.units import Ms

C, S = Command, State
NOON = datetime(2026, 3, 1, 12)
LOAD = frozenset(EXERCISE | {S.WELCOME, S.BREATHING})
CUT_OFF = SAY.say("cut_off")
GO_ON = frozenset({S.STOPPED, S.PAUSED, S.OFFER_EASIER, S.OFFER_NEXT, S.OFFER_BREATHING,
                   S.OFFER_GENTLE, S.CONFIRM_END})  # fmt: skip
"""Where a word of the user's may lead on."""
BEFORE = let_through(TODAY)
INTO = (S.ASK_START, word(C.NEXT), S.READING, word(C.NEXT), S.READING)
WORK = (*INTO, word(C.READY), word(C.READY), 8000)
STARTS = (
    Start(-1, "greeting", (2000,)),
    Start(-1, "score", (S.ASK_START, 2000)),
    Start(1, "way in", (*INTO, word(C.READY), 1500)),
    Start(1, "work", WORK),
    Start(1, "eased", (*WORK, word(C.PAIN), 9000, word(C.NUMBER, 4), 9000, word(C.NO), 9000,
                       word(C.YES), S.CHECK_SCORE, 3000)),
    Start(1, "breathing", (*WORK, word(C.PAIN), 9000, word(C.NUMBER, 8), 9000, word(C.NO), 9000,
                           word(C.NOT_SURE), 9000, word(C.NOT_SURE), 9000, word(C.YES), 9000)),
    Start(1, "closing", (*WORK, word(C.END), word(C.YES), 500)),
)  # fmt: skip


@cache
def made() -> tuple[Plan, dict[str, Clip], Care]:
    """Return of what the session is made, as the coach makes it."""
    routine = parse(ROUTINE, "three.yaml")
    clips = FakeVoice().render(sorted(all_lines(routine, LANGUAGE)))
    lengths = {text: clip.length for text, clip in clips.items()}
    return (
        compile_plan(routine, LANGUAGE, lengths, lengths_of(clips).centre),
        clips,
        Care(asks=True),
    )


def session(helper: bool = True) -> Session:
    """Return a new one."""
    plan, _, care = made()
    return Session(plan, FULL, care, helper)


@cache
def prepared() -> SessionPrepared:
    """Return the line that says so."""
    plan, clips, care = made()
    return prepared_event(plan, clips, FakeVoice().name, FULL, care, helper=True)


@dataclass
class Everywhere:
    """Collects the places of a walk; nothing is checked."""

    found: dict[tuple[object, ...], Place] = field(default_factory=dict)
    goes_on: frozenset[State] = frozenset()
    owed: Mapping[Command, frozenset[str]] = field(
        default_factory=lambda: dict.fromkeys(COMPLAINTS, frozenset())
    )

    def check(self, step: Step) -> None:
        """Keep the place."""
        self.keep(step.place)

    def left_alone(self, walker: Walker, place: Place) -> None:
        """Nothing is checked."""

    def keep(self, place: Place) -> None:
        """Keep a place of each kind."""
        led = session()
        led.load(place.saved)
        s = led._s
        asked = s.asking.open and s.asking.open[0]
        hurts = s.pain.report is not None
        kind = place.state, asked, s.trouble.kind, hurts, s.ending.outcome, s.ending.reached
        self.found.setdefault(kind, place)


@cache
def places() -> list[Place]:
    """Return a place of every kind in which a session can be cut off."""
    everywhere = Everywhere()
    for start in STARTS:
        walker = Walker(session(), SESSION.live, everywhere)
        begun = walker.start(reaching(*start.way))
        everywhere.keep(begun)
        walker.walk(begun, 2, FEW)
    return list(everywhere.found.values())


@dataclass
class Return:
    """The next start, with the file of the session that was cut off at a place."""

    folder: Path
    place: Place
    profile: Profile = BEFORE
    away: timedelta = timedelta(minutes=1)

    def __post_init__(self) -> None:
        for entry in self.folder.iterdir():
            entry.unlink()
        self.was = session()
        self.was.load(self.place.saved, self.place.now)
        store = self._store(NOON)
        store.begin(prepared(), BEFORE)
        store.keep(self.was, self.place.now)

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "unfinished.json"

    def _store(self, now: datetime) -> UnfinishedStore:
        return UnfinishedStore(self.path, _write, lambda: now)

    def come(self, *says: Word, cut: bool = False) -> QuickDriver:
        """Start the program again, and say this; then nothing, or the power is cut once more."""
        driver, events = QuickDriver(says, cut), list[Event]()
        self.away += timedelta(minutes=1)
        kept = ProfileStore(self.folder / "profile.toml", self.profile, _write)
        more = {"helper": True, "unfinished": self._store(NOON + self.away)}
        log = events.append
        coach = Coach(driver, voice(), LANGUAGE, TODAY, log, kept.keep, FULL, **more)  # type: ignore[arg-type]
        coach._says = Repertoire(voice(), LANGUAGE, made()[1])  # rendered once for all
        with suppress(CutError, DeclinedError):
            coach.go_on(self.profile)
        driver.asked = [e.question for e in events if isinstance(e, Asked)]
        return driver


@cache
def voice() -> FakeVoice:
    """Return the coach's."""
    return FakeVoice()


def _write(store: Store) -> None:
    store.write()


def troubled() -> Iterator[Place]:
    """Yield the places at which a complaint, or a call for help, is open."""
    yield from (place for place in places() if place.state is not S.ENDED and complained(place))


def complained(place: Place) -> bool:
    """Tell whether one is."""
    return _led(place).complained


def _led(place: Place) -> Session:
    led = session()
    led.load(place.saved)
    return led


everywhere = pytest.mark.skipif(not thorough(), reason="all places: in a thorough run")


@everywhere
def test_every_kind_of_place_is_reached() -> None:
    """Else the rest would prove little: each question about a complaint, each offer, an alarm."""
    states = {place.state for place in troubled()}
    assert {S.ASK_HURT, S.ASK_EFFORT, S.ASK_BREATHING, S.ASK_PASSED, S.ASK_HELP, S.ASK_SCORE,
            S.ASK_SHARP, S.ASK_WHERE, S.CHECK_SCORE, S.OFFER_EASIER, S.OFFER_NEXT,
            S.OFFER_BREATHING, S.BREATHING, S.STOPPED, S.PAUSED, S.CONFIRM_END, S.CLOSING,
            } <= states  # fmt: skip
    assert {place.state for place in places()} >= ACTIVE - {S.SWITCHING, S.HOLDING}


@everywhere
def test_silence_leads_to_the_helper(tmp_path: Path) -> None:
    """The coach says that it was cut off, and puts the question that was open; who is silent is
    helped as in the session that was cut, and nothing goes on.
    """
    for place in troubled():
        back = Return(tmp_path, place)
        driver = back.come()
        assert driver.texts[0] == CUT_OFF, place.path
        assert "unfinished" not in driver.asked, place.path
        assert not LOAD.intersection(driver.states), place.path
        assert driver.helped or back.was._s.ending.reached, place.path
        assert driver.helped_at is None or driver.helped_at <= PATIENCE, place.path
        assert not back.path.exists()


@everywhere
def test_the_very_question_is_put_again(tmp_path: Path) -> None:
    """In the same words; after the first repetition of an easier set as after any pain. It comes
    again when the power is cut before the answer.
    """
    tried = 0
    for place in troubled():
        back = Return(tmp_path, place)
        open_ = back.was._s.asking.open
        if back.was.alarmed or not open_:
            continue
        wanted = SAY.say("ask_score") if open_[0] is S.CHECK_SCORE else open_[1]
        for _ in range(2):
            assert back.come(cut=True).texts[:2] == [CUT_OFF, wanted], place.path
            assert back.path.exists()
        tried += 1
    assert tried > 10


@everywhere
def test_no_answer_alone_leads_to_load() -> None:
    """Going on is offered after it, and has words of its own."""
    tried = 0
    for place in troubled():
        for said in WORDS:
            states = _after(place, said)
            tried += len(states) > 0
            assert not LOAD.intersection(states), (place.path, said)
    assert tried > 1000


def _after(place: Place, said: Word) -> list[State]:
    """Return where the restored session stands after a word that is no word to go on."""
    led, states = _led(place), list[State]()
    led.handle(led.first)
    now = Ms(led.now + LISTENS_MS)
    for woke in wakings(led, now):
        led.handle(woke)
    if led.over or led.state in GO_ON or said.command not in {None, *SESSION.live(led.state)}:
        return []
    led.handle(said.event(now) or Woke(now))
    states.append(led.state)
    for woke in wakings(led, now + LISTENS_MS):
        led.handle(woke)
        states.append(led.state)
    return states


@everywhere
def test_an_alarm_that_was_cut_calls_the_helper_again(tmp_path: Path) -> None:
    """Unless it is known that they were reached; it is said again in any case."""
    alarms = [place for place in troubled() if _led(place).alarmed]
    assert {_led(place)._s.ending.reached for place in alarms} == {None, False}
    for place in alarms:
        driver = Return(tmp_path, place).come()
        assert driver.helped == 1
        assert driver.texts[1] in map(SAY.say, LINES.values()), place.path


@everywhere
def test_without_a_complaint_it_is_offered_once_and_silence_is_no(tmp_path: Path) -> None:
    """In every other place, once an exercise was begun."""
    calm = [place for place in places() if place.state is not S.ENDED and not complained(place)]
    offered = 0
    for place in calm:
        back = Return(tmp_path, place)
        assert back.path.exists() is (back.was.left_in is not None), place.path
        driver = back.come()
        assert driver.asked == (["unfinished"] if back.was.left_in else []), place.path
        assert not driver.helped
        assert not LOAD.intersection(driver.states)
        assert back.come().texts == []
        offered += len(driver.asked)
    assert offered > 5


@pytest.mark.parametrize(
    ("command", "question"),
    [(C.PAIN, "ask_score"), (C.HELP, "ask_help"), (C.UNWELL, "ask_breathing")],
)
def test_a_complaint_comes_first(tmp_path: Path, command: Command, question: str) -> None:
    """The same in three of all places, in every run."""
    back = Return(tmp_path, in_work(command))
    driver = back.come()
    assert driver.texts[:2] == [CUT_OFF, SAY.say(question)]
    assert driver.helped == 1
    assert not LOAD.intersection(driver.states)
    assert not back.path.exists()


def in_work(command: Command) -> Place:
    """Return the place at which something was told in a set."""
    walker = Walker(session(), SESSION.live, Everywhere())
    return walker.start(reaching(*WORK, word(command), 9000))


@pytest.mark.parametrize("why", ["another version", "another day", "told something new"])
def test_a_complaint_in_a_session_that_may_not_go_on(tmp_path: Path, why: str) -> None:
    """Then the coach asks whether to call for help; who is silent is helped."""
    back = Return(tmp_path, in_work(C.PAIN))
    if why == "another version":
        text = back.path.read_text("utf-8")
        back.path.write_text(text.replace('"version":1', '"version":2'), "utf-8")
    elif why == "another day":
        back.profile = let_through(TODAY - timedelta(days=40))
    else:
        back.profile = BEFORE.block(TODAY)
    driver = back.come(cut=True)
    assert driver.texts == [CHIME, CUT_OFF, SAY.say("ask_help")]
    assert back.path.exists()  # until it is answered
    assert back.come().helped == 1
    assert not back.path.exists()


def test_a_complaint_of_long_ago_is_not_asked_about(tmp_path: Path) -> None:
    """After an hour."""
    back = Return(tmp_path, in_work(C.PAIN))
    back.away = OFFERED
    assert back.come().texts == []
    assert not back.path.exists()
