"""The files of English: complete, without dead lines, and safe to say beside a microphone."""

from __future__ import annotations

import ast
import re
import string
from itertools import combinations
from pathlib import Path

import pytest

from tests.english import BOOK, LANGUAGE, SAY
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import CHECKS, OFFERS, State
from voicecoach.language.phrasebook import GRAVITY, HALTING, Command, Meaning
from voicecoach.language.words import MOST_WORDS, normalise
from voicecoach.routine.model import Region
from voicecoach.units import Ms

PACKAGE = Path(__file__).parents[2] / "voicecoach"
FORMATTER = string.Formatter()
HALTS = {phrase for phrase in BOOK.meanings if BOOK.halting(phrase)}

WARNED = {
    "safe_word": {"stop"},
    "ask_stop": {"stop"},
    "not_known": {"stop", "help"},
    "feel_word": {"it hurts", "hurts"},
    "ask_start": {"pain"},
    "ask_sharp": {"pain", "tingling"},
    "ask_help": {"help"},
    "ask_help_again": {"help"},
    "ask_breathing": {"worst headache", "the worst headache"},
    "sound_say": {"stop"},
    "sound_again": {"stop"},
    "sound_loudest": {"stop"},
}
"""Lines that must name a halt word, and which; the judge masks it where it sounds (S34)."""


def strings_in(path: Path) -> set[str]:
    """Return every text that stands in the code of a file, docstrings included."""
    tree = ast.parse(path.read_text("utf-8"))
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in found if isinstance(text, str)}


SPEAKING = {
    "doses", "routine", "plan", "dialog", "history", "fitting", "app", "language", "voicecoach"
}  # fmt: skip
CODE = [path for path in PACKAGE.rglob("*.py") if path.parent.name in SPEAKING]


def used_keys() -> set[str]:
    """Return the keys of prompts that the code asks for by name."""
    texts = set().union(*map(strings_in, CODE))
    keys = texts & set(SAY.lines)
    counted = {f"{key}_{form}" for key in keys for form in SAY.plurals}
    parts = {f"part_{region.value}" for region in Region}
    # built from a part: "easier_none", "harder_none"; "in" and "out" are Breath's values
    return keys | counted | parts | {"easier_none", "harder_none", "in", "out"}


def asked_keys() -> set[str]:
    """Return what the code passes to `line` or `say` as a plain text."""
    keys = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                if node.func.attr in ("line", "say", "count") and isinstance(first, ast.Constant):
                    keys.add(first.value)
    return keys


def test_the_voice_can_read_every_line_of_the_coach() -> None:
    """The coach's own lines keep to what `check` asks of a routine's texts."""
    lines = [
        *SAY.lines.values(),
        *SAY.screen.values(),
        *SAY.adapt.values(),
        *SAY.file.values(),
        *SAY.numbers,
    ]
    for line in lines:
        bare = re.sub(r"\{.*?\}", "", line)
        assert not [char for char in bare if not LANGUAGE.lint.alphabet.fullmatch(char)], line
        assert not LANGUAGE.lint.unreadable.search(bare), line


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


def test_no_line_halts_the_session() -> None:
    """S34: the coach's own lines hold no halt word, but those that must teach or ask."""
    padded = {key: f" {normalise(line)} " for key, line in SAY.lines.items()}
    found = {key: {p for p in HALTS if f" {p} " in words} for key, words in padded.items()}
    assert {key: phrases for key, phrases in found.items() if phrases} == WARNED


def test_a_line_can_be_spoken() -> None:
    """A line has words, no figures, and placeholders from the known few."""
    known = {None, "", "n", "of", "name", "side", "things", "often", "time", "part"}
    known |= {
        "names",
        "when",
        "before",
        "after",
        "sessions",
        "points",
        "form",
        "now",
        "score",
        "times",
    }
    fields = {key: {f for _, f, *_ in FORMATTER.parse(line)} for key, line in SAY.lines.items()}
    assert not {key: found - known for key, found in fields.items() if found - known}
    assert not {k: line for k, line in SAY.lines.items() if not line or line.strip() != line}
    assert not {key: line for key, line in SAY.lines.items() if re.search(r"\d", line)}


def test_every_command_can_be_said() -> None:
    """Each command has a phrase."""
    assert not [command for command in Command if not BOOK.forms({command})]


def test_numbers_cover_the_scale() -> None:
    """Each score from 0 to 10 can be said, alone and with words around it."""
    for n in range(11):
        for said in (
            "{}",
            "{} out of ten",
            "maybe a {}",
            "i'd say {}",
            "about {} out of ten",
            "okay {}",
        ):
            assert BOOK.meaning(said.format(SAY.number(n))) == Meaning(Command.NUMBER, number=n)
    numbers = {m.number for m in BOOK.meanings.values() if m.command is Command.NUMBER}
    assert numbers == set(range(11))


def test_of_two_numbers_the_higher_counts() -> None:
    """S2: of any two, in any order, however they are joined."""
    for low, high in combinations(range(11), 2):
        for said in ("{0} or {1}", "{1} or {0}", "{0} to {1}", "between {0} and {1}"):
            text = said.format(SAY.number(low), SAY.number(high))
            assert BOOK.meaning(text) == Meaning(Command.NUMBER, number=high), text


def test_regions_are_those_of_the_routines() -> None:
    """A phrase that names a part of the body names one that exercises are tagged with."""
    regions = {m.region for m in BOOK.meanings.values() if m.region}
    assert regions <= {region.value for region in Region}


def test_number_words_are_all_there() -> None:
    """The coach counts to sixty, each number its own word."""
    assert len(SAY.numbers) == len(set(SAY.numbers)) == 61
    assert (SAY.number(-3), SAY.number(99)) == ("zero", "sixty")


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
    """Words that the coach or the body uses all the time are no commands: never the bare "back".

    At most they are a place, which is live only in the question where it hurts.
    """
    meaning = BOOK.meaning(word)
    assert meaning is None or meaning.command is Command.PLACE


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "more"), ("ten", "then"), ("two", "too"), ("slower", "lower"),
     ("pause", "paws"), ("done", "down"), ("ready", "steady")],
)  # fmt: skip
def test_lookalikes_are_kept_apart(one: str, other: str) -> None:
    """Of two words that sound alike only one is a phrase."""
    assert BOOK.meaning(one) is not None
    assert BOOK.meaning(other) is None


def test_no_and_go_meet_in_offers_alone() -> None:
    """The one pair that sounds alike and is two phrases is live together in offers, in the question
    about the end, and where both go on (after a doubt), never in a safety question.
    """
    both = {state for state in State if {Command.NO, Command.RESUME} <= SESSION.live(state)}
    assert both == OFFERS | {State.CONFIRM_END, State.ASK_STOP}


def test_digits_live_in_the_questions_about_pain_alone() -> None:
    """A number is a command only where a number was asked for."""
    states = {state for state in State if Command.NUMBER in SESSION.live(state)}
    assert states == {State.ASK_SCORE, State.CHECK_SCORE, *CHECKS}


def test_a_long_row_of_halts_is_soon_read() -> None:
    """There are more ways to part it into forms than can be tried one by one."""
    assert BOOK.find("stop " * 60) is not None
    assert BOOK.find("stop " * 60 + "cat") is None


def test_every_halt_command_has_its_gravity() -> None:
    """Of several the gravest counts."""
    assert frozenset(GRAVITY) == HALTING
    assert len(GRAVITY) == len(HALTING)


def test_halting_phrases_are_the_halt_commands() -> None:
    """The phrases that halt are those of the halt commands, and "stop" is quick."""
    assert {BOOK.meanings[phrase].command for phrase in HALTS} == HALTING
    assert BOOK.quick <= HALTS
    assert "stop" in BOOK.quick


def test_phrases_are_in_normal_form() -> None:
    """A phrase is what `normalise` makes of it, and short enough to be looked for."""
    assert not [phrase for phrase in BOOK.meanings if normalise(phrase) != phrase]
    assert not [phrase for phrase in BOOK.meanings if len(phrase.split()) > MOST_WORDS]


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
