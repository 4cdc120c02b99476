"""What is played before a session: its clock, its log and its recordings begin afterwards."""

from __future__ import annotations

import numpy as np

from tests.app.rehearsals import pipeline_of, prepared, run
from tests.app.stepped import ScriptedRecogniser, SteppedSession
from tests.english import LANGUAGE
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.app.wiring import Choices, make_pipeline
from voicecoach.audio.calibration_noise import calibration_noise
from voicecoach.dialog.session import Session
from voicecoach.simulation.room import PlacedUtterance, SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Frame

NOISE = calibration_noise()
SAID = ((36.0, "pause"), (40.0, "continue"))


def test_a_rehearsal_is_the_same_after_a_calibration() -> None:
    """Every event at the same second, every sample of the session the same."""
    plain, after = run(*SAID), run(*SAID, before=NOISE)
    assert after.events == plain.events
    assert np.array_equal(after.played, plain.played)


def test_what_is_said_at_a_second_is_said_at_that_second_of_the_session() -> None:
    """The room waits for the calibration too."""
    plan, clips = prepared()
    heard: list[list[int]] = []
    for before in (NOISE[:0], NOISE):
        tape: list[np.ndarray] = []
        recogniser = ScriptedRecogniser({5 * RATE: "end session", 8 * RATE: "yes"}.get)
        said = [PlacedUtterance(Frame(2 * RATE), np.full(RATE // 10, 8000, np.int16))]
        room = SimulatedRoom(RoomSettings(echo_db=None, floor_db=float("-inf")), said)
        pipeline = pipeline_of(recogniser, before)
        driver = Rehearsal(pipeline, lambda _, room=room: room, said, heard=tape.append)
        driver.lead(Session(plan), clips, lambda _: None)
        heard.append([n for n, block in enumerate(tape) if np.abs(block).max() > 1000])
    assert heard[0] == heard[1]
    assert heard[0][0] * BLOCK >= 2 * RATE


def test_a_live_session_is_the_same_after_a_calibration() -> None:
    """The noise is played first; cues, hearings and their times are those without it."""
    at = {36 * RATE: "pause", 40 * RATE: "continue"}
    plain, after = (
        SteppedSession(ScriptedRecogniser(at.get), before=b) for b in (NOISE[:0], NOISE)
    )
    assert plain.run() == after.run() == "done"
    assert after.events == plain.events
    played = np.concatenate(after.device.played)
    assert np.array_equal(played[: len(NOISE)], NOISE)
    assert np.array_equal(played[len(NOISE) :], np.concatenate(plain.device.played))


def test_only_an_echo_needs_calibration() -> None:
    """With headphones, and without a microphone, nothing is played before the first dialog."""
    recogniser = ScriptedRecogniser(lambda _: None)
    assert make_pipeline(recogniser, Choices(LANGUAGE, canceller="kalman")).calibration.frames
    assert not make_pipeline(recogniser, Choices(LANGUAGE, canceller="none")).calibration.frames
    assert not make_pipeline(None, Choices(LANGUAGE, canceller="kalman")).calibration.frames
