"""The two files of English: complete, without dead lines, and safe to say beside a microphone."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from voicecoach.dialog.states import CHECKS, OFFERS, State
from voicecoach.dialog.table import live_commands
from voicecoach.language.phrasebook import HALTING, Command, english, normalise, parse_phrases
from voicecoach.language.prompts import english_prompts
from voicecoach.routine.model import Region
from voicecoach.units import Ms

PACKAGE = Path(__file__).parents[1] / "voicecoach"
BOOK = english()
SAY = english_prompts()
HALTS = {phrase for phrase in BOOK.meanings if BOOK.halting(phrase)}

WARNED = {
    "safe_word": {"stop"},
    "ask_stop": {"stop"},
    "feel_word": {"it hurts", "hurts"},
}
"""Lines that must name a halt word, and which; the judge masks it where it sounds (S34)."""


def strings_in(path: Path) -> set[str]:
    """Return every text that stands in the code of a file, docstrings included."""
    tree = ast.parse(path.read_text("utf-8"))
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in found if isinstance(text, str)}


CODE = [
    p
    for p in PACKAGE.rglob("*.py")
    if p.parent.name in ("doses", "routine", "plan", "dialog", "language", "voicecoach")
]


def used_keys() -> set[str]:
    """Return the keys of sayings that the code asks for by name."""
    texts = set().union(*map(strings_in, CODE))
    keys = texts & set(SAY.lines)
    # built from a part: "easier_none", "harder_none"; "in" and "out" are Breath's values
    return keys | {"easier_none", "harder_none", "in", "out"}


def asked_keys() -> set[str]:
    """Return what the code passes to `line` or `say` as a plain text."""
    keys = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                if node.func.attr in ("line", "say") and isinstance(first, ast.Constant):
                    keys.add(first.value)
    return keys


def test_every_line_asked_for_exists() -> None:
    """A key in the code is a key in the file."""
    assert asked_keys() <= set(SAY.lines)


def test_no_line_is_dead() -> None:
    """Each line of the file is used somewhere."""
    assert set(SAY.lines) - used_keys() == set()


def test_words_that_sound_alike_are_words_of_phrases() -> None:
    """Each stands for a word that may be said."""
    words = {word for phrase in BOOK.meanings for word in phrase.split()}
    assert BOOK.alike
    assert set(BOOK.alike.values()) <= words
    assert BOOK.sounding("Too much weight, I know!") == "two much wait i no"


@pytest.mark.parametrize("key", sorted(SAY.lines))
def test_no_line_halts_the_session(key: str) -> None:
    """S34: the coach's own lines hold no halt word, but the two that must teach them."""
    words = f" {normalise(SAY.lines[key])} "
    found = {phrase for phrase in HALTS if f" {phrase} " in words}
    assert found == WARNED.get(key, set())


@pytest.mark.parametrize("key", sorted(SAY.lines))
def test_a_line_can_be_spoken(key: str) -> None:
    """A line has words, no figures, and placeholders from the known few."""
    line = SAY.lines[key]
    fields = {name for _, name, _, _ in string.Formatter().parse(line) if name}
    assert fields <= {"n", "of", "name", "side", "things", "often"}
    assert line.strip() == line
    assert line
    assert not re.search(r"\d", line)


@pytest.mark.parametrize("command", sorted(Command, key=lambda c: c.value))
def test_every_command_can_be_said(command: Command) -> None:
    """Each command has a phrase."""
    assert BOOK.forms({command})


def test_numbers_cover_the_scale() -> None:
    """Each score from 0 to 10 can be said; of a pair the higher one counts (S2)."""
    numbers = {m.number for m in BOOK.meanings.values() if m.command is Command.NUMBER}
    assert numbers == set(range(11))
    word = {"nought": 0} | {SAY.number(n): n for n in range(1, 11)}
    for phrase, meaning in BOOK.meanings.items():
        if " or " in phrase:
            low, high = phrase.replace("zero", "nought").split(" or ")
            assert meaning.number == word[high] == word[low] + 1


def test_regions_are_those_of_the_routines() -> None:
    """A phrase that names a part of the body names one that exercises are tagged with."""
    regions = {m.region for m in BOOK.meanings.values() if m.region}
    assert regions <= {region.value for region in Region}


def test_number_words_are_all_there() -> None:
    """The coach counts to sixty, each number its own word."""
    assert len(SAY.numbers) == len(set(SAY.numbers)) == 61
    assert (SAY.number(-3), SAY.number(99)) == ("nought", "sixty")


@pytest.mark.parametrize(
    ("phrase", "command"),
    [
        ("stop", Command.STOP), ("stop counting", Command.STOP_COUNTING),
        ("go", Command.GO), ("no", Command.NO), ("go back", Command.BACK),
        ("hold on", Command.PAUSE), ("done", Command.DONE), ("okay", Command.OKAY),
        ("I can't breathe", Command.EMERGENCY), ("I can't", Command.TOO_MUCH),
        ("That's too much!", Command.TOO_MUCH), ("It hurts.", Command.PAIN),
        ("numb", Command.SHARP_PAIN), ("help me", Command.HELP), ("What?", Command.REPEAT),
        ("what’s next", Command.WHATS_NEXT), ("  Wait ", Command.PAUSE),
    ],
)  # fmt: skip
def test_what_people_say(phrase: str, command: Command) -> None:
    """The spoken forms mean what the vocabulary says, whatever the punctuation."""
    meaning = BOOK.meaning(phrase)
    assert meaning is not None
    assert meaning.command is command


@pytest.mark.parametrize(
    "word",
    ["back", "hold", "rest", "left", "right", "down", "now", "chest", "neck", "hip", "top", "drop",
     "count", "roll", "breathe", "uncomfortable", "that's uncomfortable", "too", "to", "for"],
)  # fmt: skip
def test_what_is_no_command(word: str) -> None:
    """Words that the coach or the body uses all the time are no commands: never the bare "back"."""
    assert BOOK.meaning(word) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "more"), ("ten", "then"), ("two", "too"), ("slower", "lower"), ("skip", "hip"),
     ("help", "heel"), ("pause", "paws"), ("done", "down"), ("ready", "steady")],
)  # fmt: skip
def test_lookalikes_are_kept_apart(one: str, other: str) -> None:
    """Of two words that sound alike only one is a phrase."""
    assert BOOK.meaning(one) is not None
    assert BOOK.meaning(other) is None


def test_no_and_go_meet_in_offers_alone() -> None:
    """The one pair that sounds alike and is two phrases is live together in offers, in the question
    about the end, and where both go on (after a doubt), never in a safety question.
    """
    both = {state for state in State if {Command.NO, Command.RESUME} <= live_commands(state)}
    assert both == OFFERS | {State.CONFIRM_END, State.ASK_STOP}


def test_digits_live_in_the_questions_about_pain_alone() -> None:
    """A number is a command only where a number was asked for."""
    states = {state for state in State if Command.NUMBER in live_commands(state)}
    assert states == {State.ASK_SCORE, State.CHECK_SCORE, *CHECKS}


def test_halting_phrases_are_the_halt_commands() -> None:
    """The phrases that halt are those of the halt commands, and "stop" is quick."""
    assert {BOOK.meanings[phrase].command for phrase in HALTS} == HALTING
    assert BOOK.quick <= HALTS
    assert "stop" in BOOK.quick


@pytest.mark.parametrize("phrase", sorted(BOOK.meanings))
def test_phrases_are_in_normal_form(phrase: str) -> None:
    """A phrase is what `normalise` makes of it, five words at most."""
    assert normalise(phrase) == phrase
    assert len(phrase.split()) <= 5


MINI = """
quick = []
[halt]
stop = ["stop"]
[control]
pause = [{pause}]
[regions]
neck = ["my neck hurts"]
[numbers]
1 = ["one"]
"""


@pytest.mark.parametrize(
    ("pause", "message"),
    [('"Pause"', "normal form"), ('"stop"', "given twice"), ('"hold  on"', "normal form")],
)
def test_a_bad_phrase_file_is_refused(pause: str, message: str) -> None:
    """A phrase in capitals, or one with two meanings, is an error."""
    with pytest.raises(ValueError, match=message):
        parse_phrases(MINI.format(pause=pause))


def test_an_unknown_command_is_refused() -> None:
    """The file cannot name a command that the program does not have."""
    with pytest.raises(ValueError, match="dance"):
        parse_phrases(MINI.format(pause='"wait"').replace("pause =", "dance ="))


def test_lists_and_times_read_well() -> None:
    """Lists have an "and"; times are rounded to minutes; what is left is told in full."""
    assert SAY.things(["a mat"]) == "a mat"
    assert SAY.things(["a mat", "a roller", "a wall"]) == "a mat, a roller and a wall"
    assert SAY.time_left(Ms(20_000)) == "Less than a minute left."
    assert SAY.time_left(Ms(70_000)) == "About one minute left."
    assert SAY.time_left(Ms(200_000)) == "About three minutes left."
    assert [SAY.more(n) for n in (0, 1, 2)] == [
        "This is the last one.", "One more after this.", "Two more after this.",
    ]  # fmt: skip
