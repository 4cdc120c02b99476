"""From decisions to figures, on decisions made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.recognition.bars import bars
from bench.recognition.figures import figures
from bench.recognition.live import ALL, COUNTING, closed_set
from bench.recognition.recognised import Decision, certainty
from bench.recognition.results import Result
from bench.recognition.runner import Heard
from bench.recognition.spoil import BEFORE, CLEAN
from bench.recognition.tables import bars as table_of_bars
from bench.recognition.tradeoff import tradeoff
from bench.recognition.trials import Trial
from models.recipe.corpus import Clip
from voicecoach.audio.wav import write_wav
from voicecoach.decision.hearing import NOISE, OTHER, Hearing, Look
from voicecoach.units import RATE, Frame

END = BEFORE / RATE + 0.5
"""When the word of the recording of these tests ends."""


def said(
    phrase: str, score: float = 1.0, why: str | None = None, at: float = END + 0.2
) -> Decision:
    """Return a decision."""
    return Decision(phrase, at - 0.5, at - 0.1, at, score, why)


@pytest.fixture
def word(tmp_path: Path) -> str:
    """Return the path of half a second of sound."""
    path = tmp_path / "word.wav"
    write_wav(path, np.full(RATE // 2, 5000, np.int16))
    return str(path)


def trial(word: str, kind: str, text: str | None, person: str = "a", live: str = ALL) -> Trial:
    """Return a trial of a recording; what is no command lasts half an hour."""
    seconds = 1.0 if kind == "commands" else 1800.0
    return Trial(
        Clip(f"{kind}{text}{person}", word, text, person, kind, True, seconds), CLEAN, live
    )


def found(pairs: list[tuple[Trial, list[Decision]]]) -> dict:  # type: ignore[type-arg]
    """Return the figures of decisions about trials."""
    ones = [1.0] * len(pairs)
    heard = Heard(
        "recogniser", {}, [d for _, d in pairs], ones, ones, [2.0, 1.0], [0.5], [80.0, 90.0]
    )
    return figures(heard, [t for t, _ in pairs])


def test_right_missed_and_confused(word: str) -> None:
    """The first thing obeyed counts; another form of the command is right; a refusal is a miss."""
    rows = found(
        [
            (trial(word, "commands", "yes", "a"), [said("yeah"), said("no")]),
            (trial(word, "commands", "yes", "b"), [said("no"), said("yes")]),
            (trial(word, "commands", "yes", "b"), [said("yes", why="unsure")]),
            (trial(word, "commands", "four", "a"), [said("five")]),
        ]
    )["words"][CLEAN]
    row = rows["yes"]
    assert (row["clips"], row["speakers"]) == (3, 2)
    assert [row[part]["count"] for part in ("right", "missed", "confused")] == [1, 1, 1]
    assert row["taken_for"] == [("no", 1)]
    assert row["delay_ms"]["median"] == pytest.approx(200, abs=11)
    assert rows["four"]["confused"]["count"] == 1
    assert rows["stop yes no go"]["clips"] == 3
    assert rows["help start repeat digits"]["clips"] == 1


def test_false_accepts_are_per_hour_of_the_recordings(word: str) -> None:
    """Halts are counted apart, each set of live phrases is, and refusals are not counted."""
    rows = found(
        [
            (
                trial(word, "speech", None, "a"),
                [said("stop"), said("next"), said("no", why="noise")],
            ),
            (trial(word, "speech", None, "b"), []),
            (trial(word, "speech", None, "b", COUNTING), [said("pause")]),
        ]
    )["false"]
    all_, few = rows
    assert (all_["any"]["per_hour"], all_["halts"]["per_hour"]) == (2.0, 1.0)
    assert all_["fooled"]["share"] == 0.5
    assert (few["live"], few["any"]["per_hour"], few["halts"]["per_hour"]) == (COUNTING, 2.0, 0.0)


def test_a_hush_is_false_if_no_halt_comes_of_it(word: str) -> None:
    """And it is no false accept; nor does it move with the threshold."""
    pairs = [
        (trial(word, "speech", None), [said("stop", why="hushed"), said("stop", at=END + 0.4)]),
        (trial(word, "speech", None, "b"), [said("stop", 0.9, why="hushed")]),
        (trial(word, "commands", "stop"), [said("stop", why="hushed"), said("stop", at=END + 0.4)]),
    ]
    (row,) = found(pairs)["false"]
    assert (row["any"]["count"], row["hushes"]["count"], row["hushes"]["per_hour"]) == (1, 1, 1.0)
    curve = tradeoff([Result(trial_, decided) for trial_, decided in pairs])["halt words"]
    assert max(rate for rate, _ in curve["curve"]) == 1


def test_a_command_that_was_really_said_is_no_false_accept(word: str) -> None:
    """Where there is a transcript: it is counted apart."""
    spoken = trial(word, "speechocean", "please go home")
    (row,) = found([(spoken, [said("go"), said("stop")])])["false"]
    assert (row["any"]["count"], row["halts"]["count"], row["really_said"]) == (1, 1, 1)
    assert row["most"] == [("stop", 1)]


def test_a_natural_phrasing_is_right_by_what_it_means(word: str) -> None:
    """A number by its figure; "bus stop" is right if nothing is obeyed, and wrong if "stop" is."""

    def natural(text: str, wanted: str, state: str) -> Trial:
        return Trial(Clip(text, word, text, "espeak:x", "natural", True, 1.0, wanted), CLEAN, state)

    rows = found(
        [
            (natural("please stop", "stop", COUNTING), [said("stop")]),
            (natural("bus stop", "nothing", COUNTING), []),
            (natural("a bus stop", "nothing", COUNTING), [said("stop")]),
            (natural("two out of ten", "number-2", "ask_score"), [said("two")]),
            (natural("maybe a two", "number-2", "ask_score"), []),
        ]
    )["natural"]
    counts = {name: [r[part]["count"] for part in ("right", "missed", "confused")]
              for name, r in rows.items()}  # fmt: skip
    assert counts["counting, nothing"] == [1, 0, 1]
    assert counts["ask_score, number-2"] == [1, 1, 0]
    assert counts["all"] == [3, 1, 1]


def test_listening_tells_how_much_of_it_is_independent(word: str) -> None:
    """Two rounds of one recording are two hours, of one recording of half an hour."""
    clip = trial(word, "speech", None).clip
    rounds = [(Trial(clip, f"listening {n}", ALL), [said("stop")]) for n in range(4)]
    heard = found(rounds)["listening"]
    assert (heard["recordings"], heard["hours_of_sound"]) == (1, 0.5)
    assert heard["rows"]["all"]["halts"]["per_hour"] == 2.0
    assert heard["rows"]["speech"]["clips"] == 4


def test_words_cut_out_of_sentences_have_rows_of_their_own(word: str) -> None:
    """With all phrases live, and with those of a state in which the word is live."""
    closed = closed_set("next")
    rows = found(
        [
            (trial(word, "cuts", "next"), []),
            (trial(word, "cuts", "next", live=closed), [said("next")]),
            (trial(word, "cuts", "wait", live=closed), [said("next")]),
        ]
    )["cuts"]
    assert rows["all phrases live"]["together"]["right"]["count"] == 0
    asked = rows["the phrases of a state live"]["next ready back done continue again"]
    assert (asked["clips"], asked["right"]["count"]) == (1, 1)


def test_costs_are_of_the_worst_child(word: str) -> None:
    """The greatest peak counts, and the shortest load: other programs only lengthen it."""
    cost = found([(trial(word, "speech", None), [])])["cost"]
    assert (cost["peak_mb"], cost["load_s"], cost["cpu_per_s"]) == (90.0, 1.0, 1.0)


def test_a_bar_is_met_or_not_and_what_was_not_measured_has_no_bar(word: str) -> None:
    """One stop of two is under 96 %; no noise was heard, so nothing is said of it."""
    pairs = [
        (trial(word, "commands", "stop", "a"), [said("stop")]),
        (trial(word, "commands", "stop", "b"), []),
        (trial(word, "speech", None), []),
    ]
    rows = {row["name"]: row for row in bars(found(pairs))}
    assert rows["stop yes no go: right, clean"]["met"] is False
    assert rows["false halts per hour of speech, clean"]["met"] is True
    assert rows["peak memory, MB"]["met"] is True
    shown = {name: told for name, _, _, told in table_of_bars(list(rows.values()))[2]}
    assert shown["stop yes no go: right, clean"] == "no"
    assert shown["false halts per hour of speech, clean"] == "figure only"  # of half an hour
    assert shown["peak memory, MB"] == "yes"
    assert not [name for name in rows if "noise" in name]


def test_the_trade_off_moves_with_the_threshold(word: str) -> None:
    """From all that was nearly obeyed to nothing; the point in use counts what was obeyed."""
    results = [
        Result(trial(word, "commands", "stop", "a"), [said("stop", 0.9)]),
        Result(trial(word, "commands", "stop", "b"), [said("stop", 0.3, "unsure")]),
        Result(trial(word, "commands", "stop", "c"), []),
        Result(trial(word, "commands", "stop", "d"), [said("help", 0.5), said("stop", 0.8)]),
        Result(trial(word, "speech", None), [said("stop", 0.6), said("go", 0.7)]),
    ]
    halts = tradeoff(results)["halt words"]
    assert halts["curve"] == [[2, 0.5], [2, 0.75], [2, 0.5], [0, 0.5], [0, 0.75], [0, 1]]
    assert halts["point"] == [2, 0.75]


def test_what_was_refused_need_not_be_a_phrase(word: str) -> None:
    """Such as the "i" of "i can't": it is no command, and would be a wrong one."""
    refused = [said("i", 0.9, "not a phrase")]
    other = Result(trial(word, "speech", None), [said("stop", 0.6)])
    halts = tradeoff([Result(trial(word, "commands", "stop"), refused), other])["halt words"]
    assert halts["point"] == [2, 1]
    assert all(missed == 1 for _, missed in halts["curve"])


def test_what_was_obeyed_is_not_counted_again_when_it_is_refused(word: str) -> None:
    """A word obeyed early and refused at its end is one false accept, whatever the threshold."""
    again = [said("stop", 0.9, at=2.0), said("stop", 0.2, "unsure", at=2.4)]
    results = [
        Result(trial(word, "commands", "stop"), []),
        Result(trial(word, "speech", None), again),
    ]
    assert max(rate for rate, _ in tradeoff(results)["halt words"]["curve"]) == 2


def test_the_score_is_the_second_look_where_there_is_one() -> None:
    """Else the recogniser's confidence; of a word the look does not know, what is left for it."""
    hearing = Hearing("stop", Frame(0), Frame(1), Frame(2), True, 0.7)
    look = Look({"stop": 0.25, "go": 0.05, OTHER: 0.6, NOISE: 0.1})
    seen = Hearing("stop", Frame(0), Frame(1), Frame(2), True, 0.7, look=look)
    assert certainty("stop", hearing) == 0.7
    assert certainty("stop", seen) == 0.25
    assert certainty("pause", seen) == 0.75
