"""Scenario files: what they may say, and all that is wrong with one, at once and with lines."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import InputError, Problem, ProblemsError
from voicecoach.screening.facts import Fact
from voicecoach.screening.questions import ASKED
from voicecoach.simulation.scenario import (
    RoomSettings,
    Scenario,
    Unplugged,
    Utterance,
    load_scenario,
    parse_scenario,
)
from voicecoach.units import Ms

FULL = """
[room]
echo_db = 6.0
delay_ms = 80
skew_ppm = -40
rt60_ms = 0
response = "room.wav"
noise = "fan.ogg"
snr_db = 10
floor_db = -inf
seed = 7

[[says]]
at_s = 31.5
file = "stop.flac"
level_db = -6.0

[[says]]
at_s = 20
text = "  how   many more "
voice = "en-us+f3"

[[unplugs]]
after = "breathe in"
at_s = 2
for_s = 5.5
"""


def problems(text: str, folder: Path = Path()) -> list[str]:
    """Return every problem of `text` as it is shown."""
    with pytest.raises(ProblemsError) as caught:
        parse_scenario(text, folder, "x.toml")
    return [str(problem) for problem in caught.value.problems]


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    """All keys are read; utterances come in the order of time, paths from the scenario's folder."""
    for name in ("fan.ogg", "stop.flac", "room.wav"):
        (tmp_path / name).touch()
    assert parse_scenario(FULL, tmp_path) == Scenario(
        RoomSettings(
            echo_db=6.0,
            delay_ms=Ms(80),
            skew_ppm=-40.0,
            rt60_ms=Ms(0),
            response=tmp_path / "room.wav",
            noise=tmp_path / "fan.ogg",
            snr_db=10.0,
            floor_db=-math.inf,
            seed=7,
        ),
        (
            Utterance(Ms(20_000), text="how many more", voice="en-us+f3"),
            Utterance(Ms(31_500), file=tmp_path / "stop.flac", level_db=-6.0),
        ),
        unplugs=(Unplugged("breathe in", Ms(2000), Ms(5500)),),
    )


def test_an_empty_file_is_an_empty_room() -> None:
    """An empty file: no user, no echo."""
    scenario = parse_scenario("", Path())
    assert (scenario.says, scenario.room.echo_db, scenario.room.noise) == ((), None, None)


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Each problem has its line, its place, and what could be meant; the first hides none."""
    (tmp_path / "stop.flac").touch()
    text = """[rom]
[room]
echo_bd = 6
delay_ms = 60.5
rt60_ms = 9000
seed = true
snr_db = 10
[[says]]
text = "pause"
[[says]]
at_s = -1
file = "stop.flak"
text = ""
[[says]]
at_s = nan
"""
    assert problems(text, tmp_path) == [
        "line 1: rom: unknown table (did you mean 'room'?)",
        "line 3: room.echo_bd: unknown key (did you mean 'echo_db'?)",
        "line 4: room.delay_ms: must be a whole number, not 60.5",
        "line 5: room.rt60_ms: 9000 is out of range (0 to 2000)",
        "line 6: room.seed: must be a whole number, not true",
        'line 7: room.snr_db: means nothing without noise (add noise = "FILE")',
        "line 8: says[1]: at_s is missing (seconds from the start, or from the end of `after`)",
        "line 10: says[2]: needs either text or file, one of the two",
        "line 11: says[2].at_s: -1 is out of range (0 to 14400)",
        f"line 12: says[2].file: there is no file {tmp_path / 'stop.flak'}"
        " (did you mean 'stop.flac'?)",
        "line 13: says[2].text: must be a text of 1 to 200 characters, not ''",
        "line 14: says[3]: needs either text or file, one of the two",
        "line 15: says[3].at_s: must be a number, not nan",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[person]\n", "line 1: person: unknown table (known: room, says, unplugs, profile)"),
        ("room = 3\n", "line 1: room: must be a table, not 3"),
        ("\n[says]\nat_s = 1\n", "line 2: says: is a list: write [[says]] with two brackets"),
        ("says = [4]\n", "line 1: says[1]: must be a table, not 4"),
        ("[[unplugs]]\nat_s = 1\nfor_s = 5\n", "line 1: unplugs[1]: after is missing"),
        ("room.echo_db = 'loud'\n", "line 1: room.echo_db: must be a number, not 'loud'"),
        ("[room]\nfloor_db = inf\n", "line 2: room.floor_db: inf is out of range (-80 to 0)"),
        ("[room]\nnoise = 3\n", "line 2: room.noise: must be the path of a sound file, not 3"),
        (
            "[[says]]\nat_s = 1\nfile = 'x\\u0000'\nvoice = 'a'\n",
            "line 4: says[1].voice: means nothing without text",
        ),
        ("[room]\nseed = -1\n", "line 2: room.seed: -1 is out of range (0 to 4294967295)"),
    ],
)
def test_single_problems(text: str, problem: str) -> None:
    """One thing wrong is one message that says where and what."""
    assert problem in problems(text)


def test_broken_toml_has_a_line() -> None:
    """What is not TOML is an error with the line where reading ended."""
    assert problems("[room]\necho_db = \n")[0].startswith("line 2: not TOML: Invalid value")
    assert problems('a = 1\n"x\n')[0].startswith("line 2: not TOML")
    assert problems('[room]\nseed = 1\nnoise = """x\ny')[0].startswith("line 4: not TOML")


def test_message_names_the_file() -> None:
    """The user reads which file, how many problems, and where the format is described."""
    with pytest.raises(ProblemsError) as caught:
        parse_scenario("a = 1\nb = 2\n", Path(), "demo.toml")
    assert caught.value.what == "demo.toml: 2 problems"
    assert "voicecoach docs scenarios" in caught.value.next_step


def test_load(tmp_path: Path) -> None:
    """A file is read; its own folder is where its recordings are looked for."""
    (tmp_path / "no.wav").touch()
    path = tmp_path / "s.toml"
    path.write_text("[[says]]\nat_s = 1\nfile = 'no.wav'\n", encoding="utf-8")
    assert load_scenario(path).says[0].file == tmp_path / "no.wav"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_unreadable_file(tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing, or no text, is an input error with the next step."""
    path = tmp_path / "s.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"s\.toml") as caught:
        load_scenario(path)
    assert caught.value.why
    assert caught.value.next_step


KEYS = st.sampled_from(
    [
        "echo_db",
        "delay_ms",
        "skew_ppm",
        "response",
        "seed",
        "noise",
        "at_s",
        "text",
        "file",
        "voice",
        "x",
    ]
)
VALUES = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.just('"a"'), st.just("[]"), st.just("{ a = 1 }")
)


@given(
    tables=st.lists(
        st.tuples(
            st.sampled_from(["[room]", "[[says]]", "[says]", "[profile]", ""]),
            st.dictionaries(KEYS, VALUES, max_size=5),
        ),
        max_size=4,
    )
)
def test_any_file_is_read_or_explained(
    tables: list[tuple[str, dict[str, object]]],
) -> None:
    """Whatever the file holds, it is a scenario or a list of problems, each in a line of it."""
    lines = []
    for header, fields in tables:
        lines.append(header)
        lines += [f"{key} = {str(value).lower()}" for key, value in fields.items()]
    text = "\n".join(lines)
    found: tuple[Problem, ...] = ()
    try:
        scenario = parse_scenario(text, Path("/nowhere"))
    except ProblemsError as error:
        found = error.problems
    else:
        assert all(bool(said.text) for said in scenario.says)  # no file exists there
    assert all(0 < problem.line <= len(text.splitlines()) for problem in found)


def test_a_profile_is_the_answers_of_the_user() -> None:
    """True, false, "not sure"; or nothing is known."""
    scenario = parse_scenario(
        '[profile]\npregnant = true\ndisc = false\nnight = "not sure"\nblood_agreed = "not sure"\n',
        Path(),
    )
    assert scenario.profile == {
        Fact.PREGNANT: True,
        Fact.DISC: False,
        Fact.NIGHT: None,
        Fact.BLOOD_AGREED: None,
    }
    assert parse_scenario("", Path()).profile is None
    assert parse_scenario("[profile]\n", Path()).profile == {}


def test_a_follow_up_without_its_question_is_an_error() -> None:
    """A yes that would be ignored, since its first question counts as answered with no."""
    assert problems("[profile]\naccident = true\n") == [
        "line 2: profile.accident: means nothing unless injury is true (add injury = true)",
    ]
    assert problems("[profile]\nnight = true\nnight_eases = true\nnight_agreed = true\n") == [
        "line 4: profile.night_agreed: means nothing unless night_eases is false "
        "(add night_eases = false)",
    ]
    assert parse_scenario("[profile]\naccident = true\ninjury = true\n", Path()).profile


def test_a_profile_with_mistakes_is_an_error() -> None:
    """An unknown question and an answer that is none, each with its line."""
    assert problems('[profile]\npregnent = true\ndisc = "maybe"\nolder = 1\n') == [
        "line 2: profile.pregnent: unknown key (did you mean 'pregnant'?)",
        "line 3: profile.disc: must be true, false or \"not sure\", not 'maybe'",
        'line 4: profile.older: must be true, false or "not sure", not 1',
    ]


def test_the_page_names_every_answer() -> None:
    """The documentation lists each key of [profile], and no other."""
    page = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text("utf-8")
    table = page.split("## `[profile]`")[1].split("| --- | --- |")[1].split("##")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    keys = [key for cell in cells for key in re.findall(r"`(\w+)`", cell)]
    assert sorted(keys) == sorted(fact.value for fact in ASKED)


def test_replies_come_in_the_order_of_the_file() -> None:
    """They wait for a line of the coach's, and `at_s` counts from its end."""
    text = """
    [[says]]
    after = "ten?"
    at_s = 2
    text = "two"
    [[says]]
    at_s = 1
    text = "coach"
    [[says]]
    after = "Well done"
    at_s = 1
    text = "thanks"
    """
    scenario = parse_scenario(text, Path())
    assert [one.text for one in scenario.says] == ["coach"]
    assert [(one.after, one.at) for one in scenario.replies] == [
        ("ten?", 2000),
        ("Well done", 1000),
    ]
