"""The coach that is always on, with a voice of tones and a user who types: what follows a wish."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path

import pytest

from tests.app.people import DAY, ROUTINE
from tests.app.rehearsals import SMALL, Room, Says
from tests.english import LANGUAGE, parse
from tests.fakes.voice import FakeVoice
from voicecoach.app import serve
from voicecoach.app.profile_store import load_profile, save_profile
from voicecoach.app.records import Places, Records
from voicecoach.app.reminder_store import load_reminder, save_reminder
from voicecoach.app.serve import Serve
from voicecoach.eventlog.kinds import Event, SessionFinished, SessionStarted
from voicecoach.eventlog.sounds import CueStarted
from voicecoach.history.past import Past
from voicecoach.history.records import SessionRecord
from voicecoach.reminders.reminder import Day, Reminder
from voicecoach.routine.model import Routine
from voicecoach.screening.profile import Preference, Profile, let_through
from voicecoach.store.reading import read_history
from voicecoach.store.session_store import beginning
from voicecoach.units import Ms

BREAK = SMALL.replace("id: two", "id: break").replace("name: Two moves", "name: A break")
SHELF = [parse(ROUTINE, "three.yaml"), parse(BREAK, "break.yaml")]


def begin(event: SessionStarted) -> SessionRecord:
    """Return the record of a session that begins in the evening."""
    return replace(beginning("full")(event), began=f"{DAY.isoformat()}T20:00:00+00:00")


@dataclass
class Home:
    """A user's files, and what happened in the rounds of a coach that serves them."""

    folder: Path
    log: list[Event] = field(default_factory=list)

    @property
    def places(self) -> Places:
        """Where the files lie."""
        return Places.within(self.folder)

    def serve(self, *says: tuple[float, str]) -> None:
        """Serve a user who types `says` until they are said and the coach sleeps again."""
        records = Records(
            self.places, lambda store: store.write(), "", begin, lambda: DAY,
            lambda: datetime.combine(DAY, time(20)),
        )  # fmt: skip
        room = Room(says)
        asleep, end = Ms(20_000), max((at for at, _ in says), default=0.0)

        def note(event: Event) -> None:
            records.note(event)
            self.log.append(event)

        serve = Serve(
            room.driver, FakeVoice(), LANGUAGE, records, note, self.shelf, (), 0, False, asleep,
            checks=False,
        )  # fmt: skip
        while serve.round() != "idle" or sum(len(each) for each in room.tape) < end * 16_000:
            pass

    def shelf(self) -> list[Routine]:
        """Return the routines at hand, the user's mixes among them."""
        own = sorted((self.folder / "routines").glob("*.yaml"))
        return [*SHELF, *(parse(path.read_text("utf-8"), str(path)) for path in own)]

    def reminder(self) -> Reminder | None:
        """Return the reminder that is kept."""
        return load_reminder(self.folder / "reminder.json")

    def lines(self) -> list[str]:
        """Return what the coach said."""
        return [event.text for event in self.log if isinstance(event, CueStarted) and event.text]

    def past(self) -> list[Past]:
        """Return the sessions that are kept."""
        return read_history(self.places.history)  # type: ignore[arg-type]

    def profile(self) -> Profile:
        """Return the profile that is kept."""
        return load_profile(self.places.profile)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return the files of a user whom every question lets through."""
    made = Home(tmp_path)
    save_profile(made.places.profile, let_through(DAY))
    return made


ENDED: Says = ((9, "no"), (30, "end session"), (34, "yes"))
"""No health changed; the session is ended before its first exercise."""


def calling(at: float, words: str) -> Says:
    """Return a call of the coach, and a wish."""
    return (at, "coach"), (at + 2.5, words)


def test_the_same_as_yesterday_takes_the_same_time(home: Home) -> None:
    """Four minutes were wished for: the next session is of four minutes, too."""
    home.serve(*calling(2, "four minutes"), *ENDED)
    home.serve(*calling(2, "the same as yesterday"), *ENDED)
    begun = [(e.routine, e.minutes) for e in home.log if isinstance(e, SessionStarted)]
    assert len(begun) == 2
    assert begun[0] == begun[1]
    assert [past.session.minutes for past in home.past()] == [4, 4]


def test_what_is_wanted_from_now_on_is_said_by_name(home: Home) -> None:
    """Each change is asked about first, kept after a yes, told, and taken back by a word."""
    home.serve(*calling(2, "leave out the cat for good"), (9, "yes"))
    assert "Shall I leave out The cat from now on? Yes or no." in home.lines()
    assert home.profile().preferences == {"cat": Preference(DAY, out=True)}
    home.serve(
        *calling(2, "six for rolling"), (9, "no"), *calling(22, "eight for bridge"), (29, "yes")
    )
    assert home.profile().preferences["bridge"] == Preference(DAY, count=8)
    assert "rolling" not in home.profile().preferences
    home.serve(*calling(2, "put it back"))
    assert [*home.profile().preferences] == ["cat"]
    home.serve(*calling(2, "ten for rolling"), (9, "no"))
    assert "Rolling: ten in a set already." in home.lines()
    assert not any("Rolling: shall it be ten" in line for line in home.lines())


def test_favourites_are_made_told_and_begun_by_voice(home: Home) -> None:
    """By name, by "my favourite", and for the last session by "this one"."""
    home.serve(*calling(2, "add the break to my favourites"), (9, "yes"), (14, "coach"),
               (16.5, "what are my favourites"))  # fmt: skip
    assert home.profile().favourites == {"break": DAY}
    assert "You like A break." in home.lines()
    home.serve(*calling(2, "start my favourite"), *ENDED)
    assert [past.session.routine for past in home.past()] == ["break"]
    home.serve(*calling(2, "take this off my favourites"), (9, "yes"))
    assert home.profile().favourites == {}


def test_a_mix_is_made_and_changed_by_voice(home: Home) -> None:
    """Begun with one exercise, told, added to, begun by "do my mix", and emptied again."""
    home.serve(*calling(2, "what is in my mix"), (12, "add the bridge to my mix"), (19, "yes"))
    none = "You have no mix yet. To begin one, say: add, the name of an exercise, to my mix."
    assert none in home.lines()
    assert "Shall I begin a mix of your own with Bridge? Yes or no." in home.lines()
    home.serve(*calling(2, "add knee to the chest to my mix"), (9, "yes"))
    home.serve(*calling(2, "what's in my mix"), (9, "add the bridge to my mix"))
    assert home.lines().count("In your mix: Bridge and Knee to the chest.") == 2
    assert [one.id for one in home.shelf()[-1].exercises] == ["bridge", "knee"]
    home.serve(*calling(2, "do my mix"), *ENDED)
    assert [past.session.routine for past in home.past()] == ["my-mix"]
    for name in ("bridge", "knee to the chest"):
        home.serve(*calling(2, f"take {name} out of my mix"), (9, "yes"))
    assert home.shelf() == SHELF


def test_what_a_rule_shuts_is_not_mixed_by_voice(home: Home) -> None:
    """S18: an exercise of such a routine alone; the coach says so, and proposes another routine."""
    home.serve(*calling(2, "add the cat to my mix"), (9, "no"))
    assert "That cannot be in a mix." in home.lines()
    assert home.shelf() == SHELF


def test_a_reminder_is_set_and_ended_by_voice(home: Home) -> None:
    """Each day at an hour, not at once where that is past; ended after a question."""
    home.serve(*calling(2, "don't remind me"))
    home.serve(*calling(2, "remind me every evening at seven"), (9, "yes"))
    assert "Shall I remind you every evening at seven? Yes or no." in home.lines()
    evening = datetime.combine(DAY, time(20))
    daily = Reminder(tuple(Day), time(19), aloud=True, told=evening)
    assert home.reminder() == daily
    assert daily.due(evening) is None
    home.serve(*calling(2, "remind me at eight in the morning"), (9, "no"))
    assert home.reminder() == daily
    home.serve(*calling(2, "don't remind me any more"), (9, "yes"))
    assert home.reminder() == replace(daily, aloud=False)
    some = replace(daily, days=(Day.MON,), at=time(7, 30), routine="break", aloud=False)
    save_reminder(home.folder / "reminder.json", some)
    home.serve(*calling(2, "remind me at six"), (9, "yes"))
    assert home.reminder() == replace(daily, at=time(18), routine="break")


def test_memory_goes_back_before_each_sleep(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first one, and again after a session that was ended."""
    asleep_at = list[int]()
    monkeypatch.setattr(serve, "give_back", lambda: asleep_at.append(len(home.log)))
    home.serve(*calling(2, "four minutes"), *ENDED)
    ends = [at for at, event in enumerate(home.log) if isinstance(event, SessionFinished)]
    assert asleep_at[0] == 0
    assert len(ends) == 1
    assert any(at > ends[0] for at in asleep_at)
