"""A rehearsal: the log is whole and true to the samples, and silence is silence."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from tests.app.rehearsals import Rehearsed, prepared, rehearsed, run
from tests.app.test_golden import SCENARIOS
from tests.english import LANGUAGE
from voicecoach.audio.mixer import FADE
from voicecoach.units import BLOCK, RATE

BLOCK_S = BLOCK / RATE
FADE_S = FADE / RATE
EVERY = pytest.mark.parametrize("name", sorted(SCENARIOS))


def scenario(name: str) -> Rehearsed:
    """Return the rehearsal of one of the golden scenarios."""
    return rehearsed(*SCENARIOS[name])


def ending(at: float) -> tuple[tuple[float, str], ...]:
    """Return what ends a stopped session, from second `at` on."""
    return (at, "end session"), (at + 4, "yes")


def time(event: dict[str, object]) -> float:
    """Return when an event was."""
    return float(str(event["t"]))


@pytest.mark.parametrize("name", ["undisturbed", "pain"])
def test_the_same_scenario_is_the_same_to_the_bit(name: str) -> None:
    """Twice the same lines: the same log and the same samples."""
    first, second = scenario(name), run(*SCENARIOS[name])
    assert json.dumps(first.events) == json.dumps(second.events)
    assert np.array_equal(first.played, second.played)


@EVERY
def test_every_cue_is_reported_once(name: str) -> None:
    """Each cue that began has one end, not before its start; ids are never used again; a cue that
    is said to be whole lasted as long as its clip.
    """
    session = scenario(name)
    started = {e["id"]: e for e in session.of("cue_started")}
    finished = {e["id"]: e for e in session.of("cue_finished")}
    assert len(started) == len(session.of("cue_started"))
    assert Counter(e["id"] for e in session.of("cue_finished")) == Counter(list(started))
    clips = prepared()[1]
    for id_, start in started.items():
        text, end = str(start["text"]), finished[id_]
        length = clips[text].frames / RATE if text else 0
        lasted = time(end) - time(start)
        assert lasted == pytest.approx(length, abs=2e-4) if end["whole"] else lasted <= length


@EVERY
def test_every_cue_starts_on_its_frame(name: str) -> None:
    """No cue is late by a single frame, answers to commands included."""
    session = scenario(name)
    assert {e["late_ms"] for e in session.of("cue_started")} == {0.0}


@EVERY
def test_counts_are_told_with_their_cue(name: str) -> None:
    """Each count cue brings one count event at the same time, and no other does."""
    session = scenario(name)
    cues = [time(e) for e in session.of("cue_started") if e["kind_of_cue"] == "count"]
    counts = session.of("count")
    assert [time(e) for e in counts] == cues
    assert all(1 <= int(str(e["n"])) <= int(str(e["of"])) for e in counts)


@EVERY
def test_the_log_is_in_order_and_whole(name: str) -> None:
    """It begins with the start, has one end with the outcome, and goes forward in time; only a
    start inside the block that has just been played is told at its end.
    """
    session = scenario(name)
    times = [time(e) for e in session.events]
    assert session.events[0]["kind"] == "session_started"
    assert [e["outcome"] for e in session.of("session_finished")] == [session.outcome]
    assert all(b >= a - BLOCK_S for a, b in pairwise(times))
    begun = [e["id"] for e in session.of("exercise_started")]
    ended = [e["id"] for e in session.of("exercise_finished")]
    assert set(ended) <= set(begun)
    json.dumps(session.events)


@EVERY
def test_what_sounds_is_what_the_log_says(name: str) -> None:
    """Outside the cues of the log there is digital silence; inside there is sound."""
    session = scenario(name)
    sounding = np.zeros(len(session.played), bool)
    ends = {e["id"]: time(e) for e in session.of("cue_finished")}
    for cue in session.of("cue_started"):
        start, end = round(time(cue) * RATE), round(ends[cue["id"]] * RATE)
        sounding[max(0, start - 1) : end + 1] = True
        if end > start + BLOCK:
            assert session.played[start:end].any()
    assert not session.played[~sounding].any()


@pytest.mark.parametrize("word", ["stop", "pause", "it hurts", "help", "dizzy", "end session"])
@pytest.mark.parametrize("at", [3.21, 10.005, 36.4, 38.02])
def test_a_halt_is_silence_within_a_block(word: str, at: float) -> None:
    """From the block in which the word was decided, the sound fades in 5 ms; then the samples are
    zero until the coach's own line for it.
    """
    session = rehearsed((at, word), (at + 20, "goodbye"), (at + 24, "yes"))
    heard = time(session.of("heard")[0])
    assert heard - at <= 2 * BLOCK_S
    answer = next(time(e) for e in session.of("cue_started") if time(e) > heard)
    assert answer - heard >= 0.1
    assert not session.between(heard + FADE_S, answer - 1e-4).any()


def test_a_halt_stays_silent_but_for_its_hints() -> None:
    """In a quarter of an hour after "stop" only hints are heard; in between every sample is 0."""
    session = rehearsed((36.4, "stop"))
    halted = time(session.of("halted")[0])
    closing = next(time(e) for e in session.of("state") if e["name"] == "closing")
    heard = [e["text"] for e in session.of("cue_started") if halted < time(e) < closing]
    say = prepared()[0].prompts
    assert heard == ["Stopped.", say.say("ease_out"), *[say.say("stopped_hint")] * 4]
    assert closing - halted > 900


def test_whole_clips_are_played_as_rendered() -> None:
    """At the nominal level the loudspeaker gets the clip's own samples."""
    session = scenario("undisturbed")
    clips = prepared()[1]
    for cue in session.of("cue_started"):
        clip = clips[str(cue["text"])]
        start = round(time(cue) * RATE)
        assert np.abs(session.played[start : start + clip.frames].astype(int)).max() > 3000
    welcome = session.cue("Welcome. Two moves.")
    start = round(time(welcome) * RATE)
    samples = clips["Welcome. Two moves."].samples
    assert np.array_equal(session.played[start : start + len(samples)], samples)


def test_louder_is_heard() -> None:
    """After "louder" the samples are three decibels up."""
    plain, loud = scenario("undisturbed"), rehearsed((0.1, "louder"))
    line = "Exercise one of two. Bridge."
    levels = [
        np.abs(s.between(time(s.cue(line)), time(s.cue(line)) + 1).astype(int)).max()
        for s in (plain, loud)
    ]
    assert levels[1] / levels[0] == pytest.approx(10 ** (3 / 20), rel=0.01)


def test_noise_under_the_coachs_voice_is_no_answer() -> None:
    """An unclear sound that begins while the coach asks may be the coach itself: it neither cuts
    the question nor counts (S2); in the silence after it, it does.
    """
    asked = rehearsed((36.0, "it hurts"))
    question = asked.cue("How bad is it, from zero to ten?")
    over = rehearsed((36.0, "it hurts"), (time(question) + 1, "[unk]"))
    ends = {e["id"]: e for e in over.of("cue_finished")}
    assert ends[question["id"]]["whole"]
    assert over.of("cue_started") == asked.of("cue_started")
    after = time(ends[question["id"]])
    twice = rehearsed((36.0, "it hurts"), (after + 1, "[unk]"), (after + 9, "[unk] [unk]"))
    assert [e["question"] for e in twice.of("asked")][:2] == ["ask_score", "ask_sharp"]


def test_a_word_that_was_cut_is_not_the_coachs() -> None:
    """A line that was cut before its "stop" does not mask the user's "stop" afterwards."""
    line = LANGUAGE.prompts.say("safe_word")
    start = time(scenario("undisturbed").cue(line))
    masked = rehearsed((start + 0.9, "stop"))
    assert [e["why"] for e in masked.of("refused")] == ["echo"]
    cut = rehearsed((start + 0.2, "pause"), (start + 0.9, "stop"), *ending(start + 3))
    assert [e["command"] for e in cut.of("heard")] == ["pause", "stop", "end", "yes"]


def test_the_words_that_were_cut_off_mask_nothing() -> None:
    """Of a line that was cut after its first word, the later ones are not the coach's: a "stop"
    right after the cut is obeyed.
    """
    line = LANGUAGE.prompts.say("safe_word")
    start = time(scenario("undisturbed").cue(line))
    cut = rehearsed((start + 0.1, "pause"), (start + 0.2, "stop"), *ending(start + 3))
    assert [e["command"] for e in cut.of("heard")] == ["pause", "stop", "end", "yes"]
