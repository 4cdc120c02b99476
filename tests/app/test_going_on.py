"""A session that was cut off at any write goes on after one question, and is then the same."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.app.people import ROUTINE
from tests.app.rehearsals import Event, pipeline_of, plain, quiet
from tests.app.telling import ANSWERS, TODAY, User
from tests.effort import thorough
from tests.english import LANGUAGE, parse
from tests.fakes.recogniser import TypedRecogniser
from tests.fakes.voice import FakeVoice
from voicecoach.app.coach import Coach
from voicecoach.app.disk_writer import Store
from voicecoach.app.profile_store import ProfileStore, load_profile, save_profile
from voicecoach.app.records import Places, Records
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.app.replay import replay_lines
from voicecoach.app.serve import Serve
from voicecoach.app.serve_log import ServeLog
from voicecoach.app.unfinished import BOOT, OFFERED, UnfinishedStore
from voicecoach.eventlog.kinds import Event as LogEvent
from voicecoach.eventlog.kinds import SessionStarted
from voicecoach.eventlog.lines import logged_lines, to_text
from voicecoach.history.records import SessionRecord
from voicecoach.screening.profile import Profile, let_through
from voicecoach.store.reading import read_history
from voicecoach.store.session_store import SessionStore
from voicecoach.track import CHIME
from voicecoach.units import Ms, seconds

NOON = datetime(2026, 3, 1, 12)
SPAN = 5
"""Of so many writes one is tried."""
PROFILE, HISTORY, UNFINISHED = "profile.toml", "history.db", "unfinished.json"
PAIN = ("ask_score", "ask_sharp", "ask_where")


def began(event: SessionStarted) -> SessionRecord:
    """Return the record of the session."""
    return SessionRecord("a" * 32, "2026-03-01T12:00:00+00:00", event.routine, "1.0", "full")


class PowerCutError(Exception):
    """The power is cut."""


@dataclass
class Life:
    """The program from a start to its end, with the files in `folder`, and what happened."""

    folder: Path
    answer: str = "yes"
    """To the offer to go on."""
    hurts_at: int = 2
    now: datetime = NOON
    voice: float = 1.0
    written: Callable[[], None] = lambda: None
    events: list[Event] = field(default_factory=list)
    logged: list[LogEvent] = field(default_factory=list)

    def _post(self, store: Store) -> None:
        store.write()
        self.written()

    def _coach(self) -> Coach:
        answers = {**ANSWERS, "unfinished": self.answer}
        person = User(answers, self.hurts_at)
        self.unfinished = UnfinishedStore(self.folder / UNFINISHED, self._post, lambda: self.now)
        told = self.unfinished.told
        history = SessionStore(self.folder / HISTORY, began, self._post, told)
        self.profile = load_profile(self.folder / PROFILE)
        kept = ProfileStore(self.folder / PROFILE, self.profile, self._post)

        def note(event: LogEvent) -> None:
            self.logged.append(event)
            self.events.append(plain(event))
            person.notice(self.events[-1])
            if self.of("prepared"):
                history(event)

        def note_time(now: Ms) -> None:
            history.at(seconds(now))

        driver = Rehearsal(pipeline_of(TypedRecogniser(person.speak)), quiet)
        more = {"note_time": note_time, "unfinished": self.unfinished}
        return Coach(driver, FakeVoice(), LANGUAGE, TODAY, note, kept.keep, **more)  # type: ignore[arg-type]

    def of(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds."""
        return [event for event in self.events if event["kind"] in kinds]

    def start(self) -> None:
        """Begin a session."""
        coach = self._coach()
        coach.start(parse(ROUTINE, "three.yaml"), self.profile)

    def go_on(self) -> str | None:
        """Come back."""
        coach = self._coach()
        return coach.go_on(self.profile)


@dataclass
class Whole:
    """A session that is not cut off, with a copy of its files after each write."""

    life: Life
    copies: list[tuple[Path, int]]
    """Each with the number of events before it."""

    @property
    def hurt(self) -> int:
        """The number of events before the pain is told."""
        return next(i for i, e in enumerate(self.life.events) if e.get("command") == "pain")

    @property
    def settled(self) -> int:
        """The number of events before the user goes on after it."""
        return next(i for i, e in enumerate(self.life.events) if e["kind"] == "resumed")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Return the session."""
    folder = tmp_path_factory.mktemp("whole")
    save_profile(folder / PROFILE, let_through(TODAY))
    life, copies = Life(folder), list[tuple[Path, int]]()

    def copy() -> None:
        to = tmp_path_factory.mktemp("copy")
        for entry in folder.iterdir():
            shutil.copy(entry, to)
        copies.append((to, len(life.events)))

    life.written = copy
    life.start()
    assert not (folder / UNFINISHED).exists()
    return Whole(life, copies)


@pytest.fixture
def cut(whole: Whole, tmp_path: Path) -> Path:
    """Return the files of a session that was cut off in the last exercise."""
    last = max(i for i, e in enumerate(whole.life.events) if e["kind"] == "count")
    copy, _ = next(one for one in whole.copies if one[1] >= last)
    shutil.copytree(copy, tmp_path, dirs_exist_ok=True)
    return tmp_path


def done(folder: Path) -> tuple[object, ...]:
    """Return what the history has of the one session, but for times; and the profile."""
    (past,) = read_history(folder / HISTORY)
    exercises = [(e.visit, e.exercise, e.outcome, e.level) for e in past.exercises]
    sets = [(s.visit, s.n, s.side, s.repetitions, s.of) for s in past.sets]
    complaints = [replace(c, at=0.0) for c in past.complaints]
    session = replace(past.session, seconds=0.0)
    return session, exercises, sets, complaints, load_profile(folder / PROFILE)


def cuts(whole: Whole) -> Iterator[tuple[Path, int]]:
    """Yield the moments at which a session is there to go on with."""
    yield from (one for one in whole.copies if (one[0] / UNFINISHED).exists())


@pytest.mark.skipif(not thorough(), reason="20 s of processor time: in a thorough run")
def test_cut_off_at_any_write_it_goes_on_and_is_the_same(whole: Whole) -> None:
    """The same exercises, sets, complaints and scores in one record, and the same profile, as if
    nothing had been; each repetition is done, and nothing moves before the yes.
    """
    moments = list(cuts(whole))
    assert len(moments) > 60
    for copy, before in moments[::SPAN]:
        life = Life(copy, hurts_at=0 if before > whole.hurt else 2)
        assert life.go_on() == "done", before
        hurting = whole.hurt < before < whole.settled
        asked = [e["question"] for e in life.of("asked")].count("unfinished")
        assert asked == (0 if hurting else 1), before
        assert life.of("session_restored")
        assert done(copy) == done(whole.life.folder), before
        assert not (copy / UNFINISHED).exists()
        assert Life(copy).go_on() is None


@pytest.mark.skipif(not thorough(), reason="2 s of processor time: in a thorough run")
def test_an_open_question_about_pain_comes_first(whole: Whole, tmp_path: Path) -> None:
    """It is put again in place of the offer, before anything else."""
    for question in PAIN:
        asked = next(i for i, e in enumerate(whole.life.events) if e.get("question") == question)
        copy, _ = next(one for one in cuts(whole) if one[1] > asked)
        shutil.copytree(copy, tmp_path / question)
        life = Life(tmp_path / question, hurts_at=0)
        life.go_on()
        told = [str(e["text"]) for e in life.of("cue_started")]
        assert told[:2] == ["We were cut off.", whole.life.events[asked]["text"]]


@pytest.mark.parametrize("answer", ["no", ""])
def test_without_a_yes_nothing_goes_on(cut: Path, answer: str) -> None:
    """It is told in one sentence, asked once, and never again; what was done is kept."""
    life = Life(cut, answer)
    before = done(cut)
    assert life.go_on() is None
    told = [str(e["text"]) for e in life.of("cue_started")]
    assert told[1:3] == [
        "The last session was cut off in The cat.", "Shall we go on with it? Yes or no.",
    ]  # fmt: skip
    assert not life.of("session_restored", "count", "set_started")
    assert done(cut) == before
    again = Life(cut, "yes")
    assert again.go_on() is None
    assert again.events == []


def test_the_repetition_that_was_cut_comes_again_with_the_way_in(cut: Path) -> None:
    """It is the one of which the count was heard last, or the one before: a second may be lost."""
    kept = done(cut)[2]
    life = Life(cut, hurts_at=0)
    life.go_on()
    reached = kept[-1][3]  # type: ignore[index]
    assert int(str(life.of("count")[0]["n"])) in (reached - 1, reached)
    told = [str(e["text"]) for e in life.of("cue_started") if float(str(e["t"])) > 30]
    assert told[:3] == ["Going on.", "Kneel on your hands and knees.", "Round your back."]


@pytest.mark.skipif(not thorough(), reason="the thorough run has it")
def test_a_session_that_went_on_can_be_replayed(cut: Path) -> None:
    """Its log says where it began."""
    life = Life(cut, hurts_at=0)
    life.go_on()
    at = next(i for i, event in enumerate(life.events) if event["kind"] == "prepared")
    lines = logged_lines(to_text(life.logged[at:]), "log")
    (replayed,) = replay_lines(lines, Path("log"))
    assert replayed.difference is None
    assert replayed.ended


def other_answers(profile: Profile) -> Profile:
    """Return a profile of another day."""
    return replace(profile, answers=let_through(TODAY - timedelta(days=1)).answers)


@pytest.mark.skipif(not thorough(), reason="the thorough run has it")
def test_it_is_not_offered_where_it_would_be_another_session(cut: Path, tmp_path: Path) -> None:
    """Too late, by another process, told something new, or written by another version."""
    text = (cut / UNFINISHED).read_text("utf-8")
    profile = load_profile(cut / PROFILE)

    def offered(
        text: str = text, profile: Profile = profile, now: datetime = NOON + timedelta(minutes=9)
    ) -> bool:
        (cut / UNFINISHED).write_text(text, "utf-8")
        (cut / PROFILE).unlink()
        save_profile(cut / PROFILE, profile)
        life = Life(cut, "no", now=now)
        life.go_on()
        return bool(life.events)

    assert offered()
    assert offered(now=NOON - timedelta(minutes=9))  # a clock that was set back by the power cut
    assert not offered(now=NOON + OFFERED + timedelta(minutes=1))
    assert not offered(profile=other_answers(profile))
    assert not offered(profile=profile.block(TODAY))
    assert not offered(text.replace("Raise your hips.", "Raise one hip."))
    assert not offered(text.replace('"lines":"', '"lines":"0'))
    assert not offered(text[:-40])
    assert not offered("")


@pytest.mark.skipif(not BOOT.exists(), reason="only Linux numbers its starts")
def test_a_session_that_is_led_by_another_program_is_left_alone(cut: Path) -> None:
    """It is neither offered nor deleted."""
    text = (cut / UNFINISHED).read_text("utf-8")
    (cut / UNFINISHED).write_text(
        re.sub(r'"process":\d+', f'"process":{os.getppid()}', text), "utf-8"
    )
    life = Life(cut)
    assert life.go_on() is None
    assert (cut / UNFINISHED).exists()


@pytest.mark.skipif(not thorough(), reason="1 s of processor time: in a thorough run")
def test_the_user_who_ends_it_is_not_asked(cut: Path, whole: Whole, tmp_path: Path) -> None:
    """Ctrl-C is no power cut; an error of the program is as one."""
    for error, there in ((KeyboardInterrupt, False), (PowerCutError, True)):
        folder = tmp_path / error.__name__
        folder.mkdir()
        save_profile(folder / PROFILE, let_through(TODAY))
        life = Life(folder)

        def break_off(life: Life = life, error: type[BaseException] = error) -> None:
            if life.of("count"):
                life.written = lambda: None
                raise error

        life.written = break_off
        with pytest.raises(error):
            life.start()
        assert (folder / UNFINISHED).exists() is there


@pytest.mark.skipif(not thorough(), reason="the thorough run has it")
@pytest.mark.parametrize(("answer", "outcome"), [("yes", "done"), ("no", None)])
def test_a_coach_that_is_always_on_offers_it_first(
    cut: Path, answer: str, outcome: str | None
) -> None:
    """It speaks first, after its chime; then it is asleep as always."""
    user, events = User({**ANSWERS, "unfinished": answer}, 0), list[Event]()

    def post(store: Store) -> None:
        store.write()

    def note(event: LogEvent) -> None:
        events.append(plain(event))
        user.notice(events[-1])

    places = Places.within(cut)
    records = Records(places, post, "", began, lambda: TODAY, lambda: NOON)
    driver = Rehearsal(pipeline_of(TypedRecogniser(user.speak)), quiet)
    routine = parse(ROUTINE, "three.yaml")
    log = ServeLog([records.note, note])
    given = records, log, (lambda: [routine]), routine.exercises, 2
    serve = Serve(driver, FakeVoice(), LANGUAGE, *given, checks=False)
    assert serve.go_on() == outcome
    told = [event["text"] for event in events if event["kind"] == "cue_started"]
    assert told[:2] == [CHIME, "The last session was cut off in The cat."]
    (past,) = read_history(cut / HISTORY)
    assert past.session.outcome == outcome
    assert serve.go_on() is None
