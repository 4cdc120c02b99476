"""Live sessions on the virtual card: the real program, voice, model and canceller, and a room that
returns the coach to the microphone as loud as the user.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.app.rehearsals import SMALL
from tests.card.program import Program
from tests.card.room import CARD_RATE, Room, living_room
from voicecoach.app.profile_store import save_profile
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import read_sound
from voicecoach.screening.profile import let_through
from voicecoach.tts.pyttsx3_voice import COACH, Pyttsx3Voice
from voicecoach.tts.worker_voice import RATE_WPM

pytestmark = pytest.mark.card

HERE = Path(__file__).parent
SPEECH = HERE.parents[2] / "shared" / "speech" / "commands"
"""Recordings of people, where the machine has them; the project does not carry them."""
SCRIPT = str(HERE / "virtual_card.sh")
SETTLED = "Get into position"
HOW_BAD, SHARP, OFFER = "How bad is it", "numbness or tingling", "easier version?"

STOP, PAUSE, CONTINUE = "please stop", "wait a minute", "okay continue"
CARRY_ON, HURTS = "carry on please", "that really hurts"

AS_USUAL, LESSON = "Any illness", "May I learn"
CHANGED, UNWELL = "Has your health changed", "Do you feel ill"
BACK = "How is your back"
QUIET_S = 0.4
"""The greeting comes half a second after the session began."""

Event = dict[str, object]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a user with one routine, who answered the questions before; the speech
    cache lasts for the module.
    """
    home = tmp_path_factory.mktemp("home")
    (home / "two.yaml").write_text(SMALL, "utf-8")
    profile = home / ".local" / "share" / "voicecoach" / "profile.toml"
    save_profile(profile, let_through(date.today()))
    return home


@pytest.fixture(scope="module")
def user() -> dict[str, Samples]:
    """Return what the user says, by a voice that is not the coach's: not only the fixed words."""
    voice = Pyttsx3Voice("en-us+m3", 179)
    clips = voice.render([STOP, PAUSE, CONTINUE, CARRY_ON, HURTS, "stop", "two", "no", "yes"])
    voice.close()
    return {text: clip.samples for text, clip in clips.items()}


@dataclass
class Session:
    """What a live session left."""

    events: list[Event]
    played: np.ndarray[tuple[int], np.dtype[np.int16]]
    """The loudspeaker, at 48 kHz, from the start of the room."""
    code: int
    text: str
    stop_ended: float
    """Second of the room at which the user's "stop" ended."""
    greeted: float
    """Second of the room at which the program said that the greeting began."""
    repeated: list[str]
    """What the user had to say again."""

    def of(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds, in order."""
        return [event for event in self.events if event["kind"] in kinds]

    def after(self, event: Event, *kinds: str) -> list[Event]:
        """Return the events of some kinds that follow `event`."""
        return [e for e in self.events[self.events.index(event) + 1 :] if e["kind"] in kinds]

    @property
    def offset(self) -> float:
        """Second of the room at which the session's clock stood at zero."""
        first = self.of("cue_started")[0]
        voice = Pyttsx3Voice(COACH, RATE_WPM)
        clip = voice.render([str(first["text"])])[str(first["text"])]
        voice.close()
        onset = int(np.argmax(np.abs(clip.samples) > 100)) / 16_000
        earliest = round((self.greeted - QUIET_S) * CARD_RATE)  # what is before were the questions
        sounds = earliest + int(np.argmax(np.abs(self.played[earliest:]) > 100))
        return sounds / CARD_RATE - onset - time(first)

    def loudest(self, start: float, end: float) -> int:
        """Return the greatest sample played from second `start` to `end` of the session."""
        a, b = (round((t + self.offset) * CARD_RATE) for t in (start, end))
        assert b - a > CARD_RATE / 2
        return int(np.abs(self.played[a:b].astype(int)).max())


def time(event: Event) -> float:
    """Return when an event was."""
    return float(str(event["t"]))


@pytest.fixture(scope="module")
def session(home: Path, user: dict[str, Samples]) -> Session:
    """Lead the session of this module: stop, pause and pain by voice, and Ctrl-C at the end."""
    log = home / "events.jsonl"
    words = ("start", str(home / "two.yaml"), "--events", str(log))
    ended, again = 0.0, list[str]()

    def say(word: str, wait: float, then: str, here: int, patience: float = 2.5) -> int:
        """Say `word` until the program prints `then`, as people do, twice more at most."""
        nonlocal ended
        for pause in (wait, 0.0, 0.0):
            ended = room.say(user[word], pause)
            found = program.within(ended - room.clock + patience, then, here)
            if found:
                return found
            again.append(word)
        return program.until(then, here)

    with Room(echo=1.0, response=living_room()) as room, Program(home, *words) as program:
        here = say("no", 7.0, LESSON, program.until(AS_USUAL))
        here = say("no", 9.0, "Welcome", here, patience=5.0)
        greeted = room.clock
        here = say("two", 7.0, "Thank you", program.until(BACK, here))
        here = say(STOP, 0.1, "[halted]", program.until(SETTLED, here), 0.8)
        stop_ended = ended
        here = say(CONTINUE, 3.5, "[resumed]", here)
        here = program.until("coach   go", program.until(SETTLED, here))
        here = say(PAUSE, 8.8, "[paused]", here)
        here = say(CARRY_ON, 5.0, "[resumed]", here)
        here = say(HURTS, 3.6, "[halted]", program.until("coach   go", here))
        here = say("two", 5.2, SHARP, program.until(HOW_BAD, here))
        here = say("no", 6.2, OFFER, here)
        here = say("yes", 5.6, "[resumed]", here)
        program.until("coach   go", here)
        code = program.interrupt()
        played, text = room.played(), program.text
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return Session(events, played, code, text, stop_ended, greeted, again)


SAID = ["number", "stop", "resume", "pause", "resume", "pain", "number", "no", "yes"]


def test_what_the_user_says_is_obeyed_and_nothing_else(session: Session) -> None:
    """With the coach as loud at the microphone as the user, each command is taken, in order, and
    none that nobody said. One may have to be said again: where in a cue a word falls differs from
    run to run.
    """
    assert [e["command"] for e in session.of("heard")] == SAID, session.text
    assert len(session.repeated) <= 1, f"{session.repeated} in:\n{session.text}"


def test_stop_is_silence_within_a_second(session: Session) -> None:
    """The line that sounded is cut, and within a second of the word the loudspeaker is silent."""
    halted = session.of("halted")[0]
    cut = next(
        e for e in reversed(session.events) if e["kind"] == "cue_started" and e["t"] < halted["t"]
    )  # type: ignore[operator]
    assert SETTLED in str(cut["text"])
    end = next(e for e in session.of("cue_finished") if e["id"] == cut["id"])
    assert end["whole"] is False
    answer = session.after(halted, "cue_started")[0]
    silent = time(end) + session.offset
    assert silent - session.stop_ended < 1.0
    a, b = (round((t + session.offset) * CARD_RATE) for t in (time(end) + 0.02, time(answer)))
    assert np.abs(session.played[a:b].astype(int)).max() <= 2
    assert session.loudest(time(cut), time(end)) > 3000


def test_after_a_stop_the_line_that_was_cut_is_said_again(session: Session) -> None:
    """A resume goes back to the start of the cue, never into its middle."""
    resumed = session.of("resumed")[0]
    texts = [str(e["text"]) for e in session.after(resumed, "cue_started")][:4]
    assert any(SETTLED in text for text in texts)


def test_a_pause_takes_hold(session: Session) -> None:
    """After "Paused" and how to let go, the loudspeaker's samples are zero until "continue"."""
    paused, resumed = session.of("paused")[0], session.of("resumed")[1]
    within = [e for e in session.of("cue_finished") if time(paused) <= time(e) < time(resumed)]
    assert len(within) == 2
    assert time(resumed) - time(within[-1]) > 1.5
    assert session.loudest(time(within[-1]) + 0.02, time(resumed)) <= 2


def test_the_count_goes_on_with_the_repetition_that_was_cut(session: Session) -> None:
    """The first count after the pause is the last one before it: no repetition is lost or split."""
    resumed = session.of("resumed")[1]
    before = [e["n"] for e in session.of("count") if time(e) < time(resumed)]
    after = [e["n"] for e in session.after(resumed, "count")]
    assert before
    assert after[0] == before[-1]


def test_pain_is_asked_about_and_the_session_goes_on_easier(session: Session) -> None:
    """On "it hurts", two, not sharp: silence at once, three questions, and on one level easier."""
    asked = [e["question"] for e in session.of("asked")]
    assert asked[:3] == ["ask_start", "ask_score", "ask_sharp"]
    assert len(asked) == 4
    assert session.of("resumed")[2]["level"] == -1


def test_ctrl_c_ends_cleanly(session: Session) -> None:
    """Exit code 130, what was done, and no traceback; the log is whole and closed."""
    assert session.code == 130
    assert "Two moves: 0 of 2 exercises done" in session.text
    assert "Traceback" not in session.text
    assert session.events[-1]["kind"] == "session_finished"
    assert session.events[-1]["outcome"] == "interrupted"
    times = [time(e) for e in session.events]
    assert times == sorted(times)


@pytest.mark.parametrize("word", ["stop", "go"])
def test_people_are_heard(home: Path, word: str) -> None:
    """Of five recordings of people saying a word, the card's microphone lets four through."""
    if not SPEECH.is_dir():
        pytest.skip("no recordings of people on this machine")
    spoken = [read_sound(path) for path in sorted((SPEECH / word).iterdir())[:5]]
    with Room() as room, Program(home, "listen", "--mic", "--json") as program:
        program.until("Listening")
        for number, samples in enumerate(spoken):
            ended = room.say(samples, 1.5 + 2.5 * number)
        room.wait(ended + 2)
        assert program.interrupt() == 130
    heard = [json.loads(line) for line in program.lines if line.startswith("{")]
    assert sum(line.get("command") == word for line in heard) >= 4


def test_listen_prints_what_the_microphone_hears(home: Path, user: dict[str, Samples]) -> None:
    """One JSON line for the command, with times in seconds; Ctrl-C ends it."""
    with Room() as room, Program(home, "listen", "--mic", "--json") as program:
        program.until("Listening")
        room.say(user["stop"], 1.5)
        program.until('"command": "stop"')
        assert program.interrupt() == 130
    (line,) = [json.loads(s) for s in program.lines if '"stop"' in s and "command" in s]
    assert line["start"] < line["end"] <= line["decided"] + 0.3
    assert "Traceback" not in program.text


def test_say_is_heard(home: Path) -> None:
    """`say` plays the whole text on the loudspeaker, and ends."""
    with Room() as room:
        with Program(home, "say", "One, two, three.") as program:
            assert program.end() == 0
        sounding = np.flatnonzero(np.abs(room.played().astype(int)) > 100)
    assert 0.5 < (sounding[-1] - sounding[0]) / CARD_RATE < 3
    assert program.text == ""


@pytest.mark.usefixtures("session")
def test_the_questions_are_asked_aloud(home: Path, user: dict[str, Samples]) -> None:
    """`screen --spoken --today`: a question, answered by voice; then what that means."""
    words = ("screen", "--spoken", "--today")
    with Room(echo=1.0, response=living_room()) as room, Program(home, *words) as program:
        program.until(AS_USUAL)
        room.say(user["no"], 7.0)
        assert program.end() == 0
    assert "kept in" in program.text


def test_typed_commands_lead_a_session(home: Path) -> None:
    """`--no-microphone`: lines on the keyboard are obeyed like speech; the exit code is 0."""
    words = ("start", str(home / "two.yaml"), "--no-microphone")
    with Program(home, *words) as program:
        here = answer(program)
        program.type("pause")
        here = program.until("[paused]", here)
        program.type("continue")
        here = program.until("[resumed]", here)
        program.type("end session")
        here = program.until("heard “end session”", here)
        program.type("yes")
        here = program.until("how is your back now", here)
        program.type("two")
        assert program.end() == 0
    assert "0 of 2 exercises done" in program.text
    assert "Traceback" not in program.text


@pytest.mark.parametrize("words", [("start", "two.yaml"), ("say", "One."), ("listen", "--mic")])
def test_without_a_sound_server_there_is_a_message(
    home: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Nothing to play on: exit code 6 and one message, before the session begins."""
    subprocess.run([SCRIPT, "start", str(tmp_path)], check=True)
    subprocess.run([SCRIPT, "stop", str(tmp_path)], check=True)
    called = [str(home / word) if word.endswith(".yaml") else word for word in words]
    with Program(home, *called, extra=own(tmp_path)) as program:
        assert program.end() == 6
    assert program.text.count("Error:") == 1
    assert "voicecoach doctor" in program.text
    assert "Traceback" not in program.text
    assert "exercises done" not in program.text


def test_nobody_is_led_who_is_not_let_through(home: Path) -> None:
    """Unwell today: the coach says so and offers calm breathing; exit code 8, and one message."""
    with Program(home, "start", str(home / "two.yaml"), "--no-microphone") as program:
        here = program.until(AS_USUAL)
        program.type("yes")
        here = program.until(CHANGED, here)
        program.type("no")
        here = program.until(UNWELL, here)
        program.type("yes")
        here = program.until("Do you have a fever", here)
        program.type("no")
        program.until("calm breathing? Say yes", here)
        program.type("no")
        assert program.end() == 8
    assert "There is no session today" in program.text
    assert "S20" in program.text
    assert "Welcome" not in program.text


def answer(program: Program) -> int:
    """Type "no" to what is asked before a session, and a score; return the line after that."""
    here = program.until(AS_USUAL)
    program.type("no")
    here = program.until(BACK, program.until("Welcome", here))
    program.type("one")
    return program.until("heard “one”", here)


def own(folder: Path) -> dict[str, str]:
    """Return the environment of a card of its own in `folder`."""
    return {
        "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
        "PULSE_SERVER": f"unix:{folder / 'socket'}",
    }
