"""The live driver with its real threads, on a device that is stepped: what happens, happens."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue

import numpy as np
import pytest

from tests.app.rehearsals import Event, prepared, rehearsed
from tests.app.stepped import ScriptedRecogniser, SteppedSession
from tests.fakes.device import FakeDevice
from tests.fakes.voice import FakeVoice
from voicecoach.app import live
from voicecoach.app.deafness import DEAF
from voicecoach.app.led import SILENT_S
from voicecoach.app.live import play_once
from voicecoach.app.live_threads import Heard, LiveSound, Message, Queues
from voicecoach.app.patience import SLICE_S
from voicecoach.audio.calibration_noise import Preamble, calibration_noise
from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.dialog.session import Session
from voicecoach.errors import DeviceError
from voicecoach.eventlog.fields import Source
from voicecoach.language.phrasebook import Command
from voicecoach.ports import Sound
from voicecoach.units import BLOCK, RATE, Frame


def says(*lines: tuple[float, str]) -> ScriptedRecogniser:
    """Return recogniser that hear each line at its second."""
    at = {round(second * RATE / BLOCK) * BLOCK: text for second, text in lines}
    return ScriptedRecogniser(at.get)


def cannot_hear() -> str:
    """Return what the coach says when he is deaf."""
    return prepared()[0].prompts.say("cannot_hear")


def recogniser_threads() -> list[str]:
    """Return the names of recogniser's threads that still run."""
    return [t.name for t in threading.enumerate() if t.name == "recogniser"]


def test_a_live_session_is_the_rehearsed_one() -> None:
    """With the same commands the threads make the same cues, counts and outcome at the same frames
    as the rehearsal's single loop, within a block.
    """
    lines = ((36.0, "pause"), (40.0, "continue"), (52.0, "hold on"), (60.0, "go on"))
    session = SteppedSession(says(*lines))
    rehearsal = rehearsed(*lines)
    assert session.run() == rehearsal.outcome == "done"
    cues = rehearsal.of("cue_started")
    assert session.texts() == [cue["text"] for cue in cues]
    ours = np.array([e["t"] for e in session.of("cue_started")], float)
    theirs = np.array([e["t"] for e in cues], float)
    assert np.abs(ours - theirs).max() <= 2 * BLOCK / RATE
    assert {e["late_ms"] for e in session.of("cue_started")} == {0.0}


def test_a_pause_is_silent() -> None:
    """From the word to "continue" the device gets the acknowledgement and then zeros."""
    session = SteppedSession(says((36.0, "pause"), (45.0, "continue")))
    session.run()
    played = np.concatenate(session.device.played)
    paused = session.of("paused")[0]
    spoken = [e for e in session.of("cue_finished") if paused["t"] <= e["t"] < 45.0]  # type: ignore[operator]
    silent = float(str(spoken[-1]["t"]))
    assert silent < 42
    assert not played[round(silent * RATE) : 45 * RATE].any()
    assert played[45 * RATE : 47 * RATE].any()


def test_a_recogniser_that_fails_is_told_and_pauses_the_session() -> None:
    """An error in the recogniser's thread: the coach says once that it cannot hear, and
    pauses (S26).
    """

    def script(frame: int) -> str | None:
        if frame == 36 * RATE:
            raise RuntimeError("the recogniser broke")
        return None

    def give_up(event: Event) -> None:
        if event["kind"] == "cue_finished" and session.texts()[-1] == cannot_hear():
            raise KeyboardInterrupt

    session = SteppedSession(ScriptedRecogniser(script), on_event=give_up)
    with pytest.raises(KeyboardInterrupt):
        session.run()
    (failed,) = session.of("failed")
    assert (failed["part"], failed["why"]) == ("recogniser", "the recogniser broke")
    assert session.texts().count(cannot_hear()) == 1
    assert [e["name"] for e in session.of("state")][-1] == "paused"


def test_a_dead_microphone_is_told_within_three_seconds() -> None:
    """When no block comes for two seconds of played sound, the coach says so and pauses; it says
    so once, however long the microphone stays dead.
    """
    dies = 36 * 100

    def microphone(block: int) -> Samples | None:
        return np.zeros(BLOCK, np.int16) if block < dies else None

    def give_up(event: Event) -> None:
        if event["t"] > 60:  # type: ignore[operator]
            raise KeyboardInterrupt

    session = SteppedSession(says(), FakeDevice(microphone), on_event=give_up)
    with pytest.raises(KeyboardInterrupt):
        session.run()
    (failed,) = session.of("failed")
    assert failed["part"] == "recogniser"
    assert "microphone" in str(failed["why"])
    assert 36 + DEAF / RATE <= float(str(failed["t"])) < 39
    assert session.texts().count(cannot_hear()) == 1


class Typing:
    """Injects lines when the log comes to a kind of event, one for each; from another thread."""

    def __init__(self, *lines: tuple[str, str]) -> None:
        self._lines = list(lines)
        self.session: SteppedSession | None = None

    def __call__(self, event: Event) -> None:
        """Type the next line if its event has come."""
        assert self.session
        if self._lines and event["kind"] == self._lines[0][0]:
            args = (self._lines.pop(0)[1], Source.KEYBOARD)
            typist = threading.Thread(target=self.session.live.inject, args=args)
            typist.start()
            typist.join()


def test_typed_commands_need_no_microphone() -> None:
    """On a device that hears nothing, commands from another thread are obeyed to the end of the
    session, and the log says where they came from.
    """
    typing = Typing(("count", "pause"), ("paused", "continue"), ("resumed", "end session"),
                    ("asked", "yes"))  # fmt: skip
    session = typing.session = SteppedSession(None, FakeDevice(lambda _: None), on_event=typing)
    assert session.run() == "ended"
    heard = session.of("heard")
    assert [e["command"] for e in heard] == ["pause", "resume", "end", "yes"]
    assert {e["source"] for e in heard} == {"keyboard"}
    assert session.of("failed") == []


def test_typed_and_spoken_commands_work_side_by_side() -> None:
    """A pause that was typed is ended by a word; only what was typed has a source in the log."""
    typing = Typing(("count", "Pause!"), ("resumed", "blah"))
    session = SteppedSession(says((36.0, "continue"), (50.0, "next")), on_event=typing)
    typing.session = session
    assert session.run() == "done"
    assert [(e["command"], e.get("source")) for e in session.of("heard")] == [
        ("pause", "keyboard"), ("resume", None), ("next", None),
    ]  # fmt: skip
    assert [(e["text"], e["source"]) for e in session.of("refused")] == [("blah", "keyboard")]


def test_a_typed_word_is_no_echo() -> None:
    """While the coach says "stop", a heard "stop" may be its own; a typed one is obeyed."""
    line = next(e for e in rehearsed().of("cue_started") if "the word stop" in str(e["text"]))

    def type_stop(event: Event) -> None:
        if event["kind"] == "cue_started" and event["text"] == line["text"]:
            session.live.inject("stop", Source.KEYBOARD)
        if event["kind"] == "halted":
            raise KeyboardInterrupt

    session = SteppedSession(says(), on_event=type_stop)
    with pytest.raises(KeyboardInterrupt):
        session.run()
    assert session.of("refused") == []


def test_a_door_injects_commands() -> None:
    """A command is as good as its words, and has the door as its source; a number needs words."""

    def end(event: Event) -> None:
        if event["kind"] == "count" and event["n"] == 1:
            session.live.inject(Command.END, Source.DOOR)
        if event["kind"] == "asked":
            session.live.inject(Command.YES, Source.DOOR)

    session = SteppedSession(says(), on_event=end)
    assert session.run() == "ended"
    assert [(e["command"], e["source"]) for e in session.of("heard")] == [
        ("end", "door"), ("yes", "door"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="number needs words"):
        session.live.inject(Command.NUMBER, Source.DOOR)


def test_dialogs_follow_each_other_on_one_device() -> None:
    """The second session is the first again, on its own clock, after one calibration noise; the
    recogniser is the same, and begins again with frame 0.
    """
    recogniser, noise = says((20.0, "end session"), (25.0, "yes")), calibration_noise()
    session, (plan, clips) = SteppedSession(recogniser, before=noise), prepared()
    for _ in range(2):
        assert session.live.lead(Session(plan), clips, session.note) == "ended"
        session.device.step(500)
    session.live.close()
    half = len(session.events) // 2
    assert session.events[:half] == session.events[half:]
    assert recogniser.restarts == 2
    played = np.concatenate(session.device.played)
    assert np.array_equal(played[: len(noise)], noise)
    rest = played[len(noise) :]
    first = rest[: 25 * RATE]
    begins = np.flatnonzero(rest[31 * RATE :])[0] + 31 * RATE - np.flatnonzero(rest)[0]
    assert np.array_equal(rest[begins : begins + len(first)], first)


def test_what_is_said_between_dialogs_reaches_none() -> None:
    """Neither a word nor a typed line before the second dialog is heard in it."""
    heard_at: list[int] = []

    def script(frame: int) -> str | None:
        heard_at.append(frame)
        return {20 * RATE: "end session", 25 * RATE: "yes"}.get(frame)

    session, (plan, clips) = SteppedSession(ScriptedRecogniser(script)), prepared()
    session.live.lead(Session(plan), clips, session.note)
    fed = len(heard_at)
    session.device.step(300)
    session.live.inject("pause", Source.KEYBOARD)
    session.live.lead(Session(plan), clips, session.note)
    session.live.close()
    assert heard_at[fed - 1] >= 25 * RATE
    assert heard_at.count(BLOCK) == 2
    assert heard_at.count(heard_at[fed - 1]) == 2
    assert [e["command"] for e in session.of("heard")] == ["end", "yes"] * 2


def test_a_recogniser_that_died_are_told_again_in_the_next_dialog() -> None:
    """They do not come back with a new dialog, so its user learns of it, too."""

    def script(frame: int) -> str | None:
        if frame == 2 * RATE:
            raise RuntimeError("the recogniser broke")
        return None

    def end(event: Event) -> None:
        if event["kind"] in ("failed", "asked"):
            said = "end session" if event["kind"] == "failed" else "yes"
            session.live.inject(said, Source.KEYBOARD)

    session, (plan, clips) = SteppedSession(ScriptedRecogniser(script), on_event=end), prepared()
    for _ in range(2):
        assert session.live.lead(Session(plan), clips, session.note) == "ended"
    session.live.close()
    assert [e["why"] for e in session.of("failed")] == ["the recogniser broke"] * 2


class _Overheard(SimpleQueue[Message]):
    """An inbox that gets a hearing now and then, and no tick."""

    def __init__(self) -> None:
        self.waited = 0

    def get(self, block: bool = True, timeout: float | None = None) -> Message:
        self.waited += 1
        if self.waited % 4:
            raise Empty
        return Heard(Frame(0), Hearing("[unk]", Frame(0), Frame(0), Frame(0), final=False))


def test_hearings_do_not_prove_a_loudspeaker() -> None:
    """Words that come in do not make the wait for the next tick any longer: two seconds of it."""
    inbox = _Overheard()

    def give_up(event: Event) -> None:
        if event["kind"] == "failed":
            raise KeyboardInterrupt

    session = SteppedSession(says(), inbox=inbox, on_event=give_up)
    with pytest.raises(KeyboardInterrupt):
        session.run()
    assert inbox.waited == pytest.approx(SILENT_S / SLICE_S * 4 / 3, abs=1)


def test_ctrl_c_stops_everything() -> None:
    """The device falls silent, the thread ends, and the log says that it was interrupted."""

    def interrupt(event: Event) -> None:
        if event["kind"] == "count" and event["n"] == 2:
            raise KeyboardInterrupt

    session = SteppedSession(says(), on_event=interrupt)
    with pytest.raises(KeyboardInterrupt):
        session.run()
    assert not session.device.running
    assert recogniser_threads() == []
    assert session.events[-1]["outcome"] == "interrupted"
    session.live.close()


def test_a_device_that_does_not_start_leaves_no_thread() -> None:
    """The error comes through, and the recogniser is not left waiting."""
    session = SteppedSession(says())
    session.device.start(LiveSound(Queues(), Preamble(), listening=False))
    with pytest.raises(DeviceError, match="already in use"):
        session.run()
    assert recogniser_threads() == []


def test_the_helper_is_called_when_nobody_answers() -> None:
    """After "help" and no answer the hook is called with its reason."""
    session = SteppedSession(says((37.0, "help")))
    session.run()
    assert len(session.helped) == 1


@pytest.mark.rule("S7")
@pytest.mark.parametrize("reached", [True, False])
def test_whether_the_helper_was_reached_is_said(reached: bool) -> None:
    """What became of the call comes back into the dialog, which says it before it ends."""
    session = SteppedSession(says((37.0, "chest pain")), helper=reached)
    assert session.run() == "emergency"
    assert [event["reached"] for event in session.of("helper_answered")] == [reached]
    prompts = prepared()[0].prompts
    told = {key: prompts.say(key) in session.texts() for key in ("helper_called", "helper_missed")}
    assert told == {"helper_called": reached, "helper_missed": not reached}


class _Autoplay(FakeDevice):
    """Plays as much as it is told, as soon as it is started."""

    def __init__(self, blocks: int) -> None:
        super().__init__(lambda _: None)
        self._blocks = blocks

    def start(self, sound: Sound, microphone: bool = True) -> None:
        super().start(sound, microphone)
        self.step(self._blocks)


def test_a_line_is_played_whole_and_the_device_stopped() -> None:
    """`play_once` returns when the last sample has sounded."""
    clip = FakeVoice().render(["Ready."])["Ready."]
    device = _Autoplay(blocks=100)
    play_once(clip, device)
    played = np.concatenate(device.played)
    assert np.array_equal(played[: clip.frames], clip.samples)
    assert not device.running


def test_a_line_on_a_dead_device_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """`play_once` does not wait for a device for ever."""
    monkeypatch.setattr(live, "SILENT_S", 0.0)
    clip = FakeVoice().render(["Ready."])["Ready."]
    device = _Autoplay(blocks=3)
    with pytest.raises(DeviceError, match="does not answer"):
        play_once(clip, device)
    assert not device.running
