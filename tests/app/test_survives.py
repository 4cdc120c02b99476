"""Faults of the device in a live session, on a device that is stepped: what is heard after them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.app.rehearsals import SMALL, Event, prepared, rehearsed
from tests.app.stepped import ScriptedRecogniser, SteppedSession
from tests.english import LANGUAGE, parse
from tests.fakes.device import FakeDevice
from voicecoach.app import led, reopening
from voicecoach.app.deafness import DEAF, HEARS
from voicecoach.app.live_threads import LiveSound, Queues
from voicecoach.app.mixed import Mixed
from voicecoach.app.wiring import Choices, make_plan
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import Samples
from voicecoach.dialog.session import Session
from voicecoach.eventlog.fields import Source
from voicecoach.units import BLOCK, RATE

IN_A_SET = 36.0
"""A second of the small routine at which it counts."""
SHORT_S = 0.01


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon: nobody has to plug anything in here."""
    monkeypatch.setattr(reopening, "EVERY_S", SHORT_S)


def line(key: str) -> str:
    """Return one of the coach's lines."""
    return prepared()[0].prompts.say(key)


Step = tuple[Callable[[Event], bool], Callable[[], object]]


class Story:
    """What happens: the first event for which `when` holds does `then`, and so on."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)

    def __call__(self, event: Event) -> None:
        """Take an event of the log."""
        if self._steps and self._steps[0][0](event):
            self._steps.pop(0)[1]()


def counted(n: int) -> Callable[[Event], bool]:
    """Return what knows the count `n`."""
    return lambda event: event["kind"] == "count" and event["n"] == n


def spoke(key: str) -> Callable[[Event], bool]:
    """Return what knows the end of a line."""
    spoken: set[object] = set()

    def ended(event: Event) -> bool:
        if event["kind"] == "cue_started" and event["text"] == line(key):
            spoken.add(event["id"])
        return event["kind"] == "cue_finished" and event["id"] in spoken

    return ended


def led_through(
    recogniser: ScriptedRecogniser | None = None, device: FakeDevice | None = None
) -> SteppedSession:
    """Return a session whose story is set by `on`."""
    return SteppedSession(recogniser or ScriptedRecogniser(lambda _: None), device)


def on(session: SteppedSession, *steps: Step) -> None:
    """Let these things happen in `session`."""
    session._on_event = Story(*steps)


def go_on(session: SteppedSession) -> Callable[[], None]:
    """Return what types "continue"."""
    return lambda: session.live.inject("continue", Source.KEYBOARD)


def no_count_is_lost(session: SteppedSession) -> None:
    """Fail unless each repetition was counted, in order, one twice: the one that was cut."""
    usual = [event["n"] for event in rehearsed().of("count")]
    counts = [event["n"] for event in session.of("count")]
    cut = next(i for i, (a, b) in enumerate(zip(counts, usual, strict=False)) if a != b)
    assert counts[:cut] + counts[cut + 1 :] == usual
    assert counts[cut] == counts[cut - 1]


@pytest.mark.parametrize("how", ["unplugged", "no callbacks"])
def test_a_loudspeaker_that_comes_back_in_a_set(how: str) -> None:
    """Nothing sounds while it is gone. Back, the coach says so and is paused; "continue" goes on
    with the repetition that was cut, and the session ends whole.
    """
    session = led_through()

    def lose() -> None:
        if how == "unplugged":
            session.device.unplug("speaker")
        else:
            session.device.stop()  # PortAudio says nothing of it (issues 930 and 1074)

    def plug_in(event: Event) -> bool:
        if event["kind"] == "state":
            session.device.plugged.add("speaker")
        return event["kind"] == "recovered"

    on(
        session,
        (counted(2), lose),
        (plug_in, lambda: None),
        (spoke("paused_hint"), go_on(session)),
    )
    assert session.run() == "done"
    failed, recovered = session.of("failed", "recovered")
    assert (failed["part"], recovered["part"]) == ("device", "device")
    assert failed["t"] == recovered["t"]
    after = session.events[session.events.index(recovered) :]
    said = [e["text"] for e in after if e["kind"] == "cue_started"]
    assert said[:3] == [line("sound_back"), line("paused_hint"), line("going_on")]
    no_count_is_lost(session)
    assert {e["late_ms"] for e in session.of("cue_started")} == {0.0}


def test_a_microphone_that_comes_back_is_told_and_nothing_goes_on_by_it() -> None:
    """Without it the coach says that it cannot hear, and pauses; with it, that it can. Then a
    spoken "continue" is obeyed, and its times are those of the session.
    """
    says: dict[int, str] = {}
    recogniser = ScriptedRecogniser(lambda fed: says.pop(fed, None))
    session = led_through(recogniser)

    def plug_in() -> None:
        session.device.plugged.add("microphone")
        says[6 * RATE] = "continue"

    on(
        session,
        (counted(2), lambda: session.device.unplug("microphone")),
        (spoke("cannot_hear"), plug_in),
    )
    assert session.run() == "done"
    assert [(e["kind"], e["part"]) for e in session.of("failed", "recovered")] == [
        ("failed", "device"), ("recovered", "device"),
        ("failed", "recogniser"), ("recovered", "recogniser"),
    ]  # fmt: skip
    gone, back = session.of("failed")[1], session.of("recovered")[1]
    assert back["t"] - gone["t"] < 9  # type: ignore[operator]  # 3.5 s of them to say so
    (heard,) = session.of("heard")
    assert heard["t"] - back["t"] == pytest.approx(6 - HEARS / RATE, abs=0.1)  # type: ignore[operator]
    assert heard["end"] == pytest.approx(heard["t"], abs=0.05)
    assert line("hear_again") in session.texts()
    no_count_is_lost(session)


def test_a_microphone_that_falls_silent_and_comes_back_by_itself() -> None:
    """The stream lives, and brings nothing for 20 s: told after two, and told when it is back."""
    dies, lives = round(IN_A_SET * 100), round((IN_A_SET + 20) * 100)

    def microphone(block: int) -> Samples | None:
        return None if dies <= block < lives else np.zeros(BLOCK, np.int16)

    session = led_through(device=FakeDevice(microphone))
    back: list[int] = []  # a device that is started again plays some blocks outside the session
    on(
        session,
        (
            lambda event: event["kind"] == "recovered",
            lambda: back.append(len(session.device.played)),
        ),
        (spoke("hear_again"), go_on(session)),
    )
    assert session.run() == "done"
    (failed,) = session.of("failed")
    assert DEAF / RATE <= float(str(failed["t"])) - IN_A_SET < 3
    assert len(session.of("recovered")) == 1
    assert 0 <= back[0] - lives < 5 * 100
    no_count_is_lost(session)
    assert session.device.starts > 1, "a dead stream was not opened again"


def test_what_was_played_to_a_dead_microphone_does_not_pile_up() -> None:
    """An hour without one leaves no more than some seconds of sound waiting for their echo."""
    session = led_through(device=FakeDevice(lambda _: None))
    session.device.start(session.live._sound)
    session.device.step(60 * 100)
    assert len(session.live._sound.played) <= 2 * DEAF / BLOCK


def test_a_computer_that_slept_in_a_set_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The session does not go on as if nothing had been: the user has lain there for an hour."""
    session = led_through()
    slept = [0.0]
    real = led.awake
    monkeypatch.setattr(led, "awake", lambda: real() + slept[0])

    def sleep() -> None:
        slept[0] += 3600.0

    on(session, (counted(2), sleep), (spoke("paused_hint"), go_on(session)))
    assert session.run() == "done"
    (failed,), (recovered,) = session.of("failed"), session.of("recovered")
    assert "slept" in str(failed["why"])
    assert recovered["after"] == pytest.approx(3600, abs=5)
    assert line("sound_back") in session.texts()
    no_count_is_lost(session)


def test_a_device_that_is_lost_between_dialogs_is_told_in_the_next() -> None:
    """It begins when the device is back, and says what was."""
    session = led_through()
    typed = iter(("end session", "yes"))

    def leave() -> None:
        session.live.inject(next(typed), Source.KEYBOARD)

    plan, clips = prepared()
    paused = (spoke("paused_hint"), leave)
    asked = (lambda event: event["kind"] == "asked", leave)
    on(session, (counted(1), leave), asked)
    typed = iter(("end session", "yes") * 2)
    session.live.lead(Session(plan), clips, session.note)
    session.device.lose("it was unplugged")
    on(session, paused, asked)
    assert session.live.lead(Session(plan), clips, session.note) == "ended"
    session.live.close()
    assert [e["why"] for e in session.of("failed")] == ["it was unplugged"]
    assert session.texts().count(line("sound_back")) == 1


def test_the_end_of_the_program_ends_the_attempts() -> None:
    """Ctrl-C while the device is gone: no thread is left that would start it again."""
    session = led_through()

    def give_up(event: Event) -> bool:
        if event["kind"] == "failed":
            raise KeyboardInterrupt
        return False

    on(session, (counted(2), lambda: session.device.unplug("speaker")), (give_up, lambda: None))
    with pytest.raises(KeyboardInterrupt):
        session.run()
    session.device.plugged.add("speaker")
    assert not session.device.running
    assert session.events[-1]["outcome"] == "interrupted"


def test_a_speech_cache_that_is_deleted_in_a_session_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All lines are in memory before the first word; the next session renders them again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    routine, choices = parse(SMALL, "small.yaml"), Choices(LANGUAGE, voice="en-us+f2")
    plan, clips = make_plan(routine, choices)
    assert list(tmp_path.rglob("*"))
    shutil.rmtree(tmp_path)
    driver = Mixed(LANGUAGE.phrasebook, list[Samples]().append)
    assert driver.lead(Session(plan), clips, lambda _: None) == "done"
    again = make_plan(routine, choices)[1]
    assert all(np.array_equal(again[text].samples, clip.samples) for text, clip in clips.items())


def test_an_attempt_to_open_the_device_is_a_sign_of_life() -> None:
    """The watchdog waits for an unplugged loudspeaker, and not for an attempt that hangs."""
    device, queues = FakeDevice(), Queues()
    device.unplug("speaker")
    sound = LiveSound(queues, Preamble(), listening=False)
    reopener = reopening.Reopener(device, sound, queues, listening=False)
    reopener.start()
    waiting = threading.Event()
    while sound.beats < 2 and reopener.is_alive():
        waiting.wait(SHORT_S)
    reopener.end()
    assert not device.running
    assert sound.beats >= 2
