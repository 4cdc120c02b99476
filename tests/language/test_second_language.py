"""A second language is data: a German session, and no English in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.app.rehearsals import Rehearsed, run_core
from tests.english import LANGUAGE, SAY
from tests.fakes.voice import FakeVoice
from tests.language.toy import german
from voicecoach.dialog.session import Session
from voicecoach.errors import ProblemsError
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.routine.parse import parse
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Reply, Screening

DAY = date(2000, 1, 1)
PACKAGE = Path(__file__).parents[2] / "voicecoach"

ROUTINE = """\
schema: voicecoach/1
id: knie
name: Knie zur Brust
summary: Eine Übung im Liegen.
language: de
author: Jo Bloggs
licence: CC0-1.0
sources: []
equipment: [eine Matte, ein Kissen]
exercises:
  - id: knie
    name: Knie zur Brust
    position: supine
    regions: [low-back]
    sides: each
    dose: {hold_s: 15, breath: {in_s: 4, out_s: 6}}
    settle_s: 6
    way_in: [Leg dich auf den Rücken.]
    full: ["Zieh dein {side:neuter} Knie heran.", "Lass den {other_side:accusative} Arm liegen."]
    short: "Dein {side:neuter} Knie."
    way_out: [Stell den Fuß ab.]
"""


def led(*says: tuple[float, str]) -> Rehearsed:
    """Lead the German routine in the simulated room, with a user who types `says`."""
    routine = parse(ROUTINE, "knie.yaml", {}, german())
    clips = FakeVoice().render(sorted(all_lines(routine, german())))
    lengths = {text: clip.length for text, clip in clips.items()}
    session = Session(compile_plan(routine, german(), lengths))
    return run_core(session, clips, *says, book=german().phrasebook)


def texts(done: Rehearsed) -> list[str]:
    """Return the lines that began, in order."""
    return [str(event["text"]) for event in done.of("cue_started")]


def begun(done: Rehearsed, text: str) -> float:
    """Return the second at which a line began."""
    return float(str(done.cue(text)["t"]))


def english(text: str) -> bool:
    """Tell whether `text` is one of the English lines, filled in or not."""
    lines = [line for line in SAY.lines.values() if re.sub(r"\{\w+\}", "", line).strip(" .")]
    gaps = (re.sub(r"\\\{\w+\\\}", ".+", re.escape(line)) for line in lines)
    return text in SAY.numbers or any(re.fullmatch(gap, text, re.IGNORECASE) for gap in gaps)


def test_a_german_session_is_led_to_its_end() -> None:
    """The session greets, describes, counts, changes sides and ends in German; the sides inflect,
    and a list has its "und".
    """
    done = led()
    heard = texts(done)
    assert done.outcome == "done"
    assert "Du brauchst eine Matte und ein Kissen." in heard
    assert "Zieh dein linkes Knie heran." in heard
    assert "Lass den rechten Arm liegen." in heard
    assert "Seitenwechsel. Jetzt die rechte Seite." in heard
    assert {"drei", "zwei", "eins", "Ganz sanft.", "einatmen", "ausatmen"} <= set(heard)
    assert not [text for text in heard if english(text)]


def test_german_commands_are_obeyed() -> None:
    """The session halts at "stopp", goes on at "weiter", and answers "welche Seite"; an English
    word does nothing.
    """
    hold = begun(led(), "Halten. fünfzehn Sekunden.")
    says = ((hold + 4, "stopp"), (hold + 8, "continue"), (hold + 10, "weiter"))
    done = led(*says, (hold + 16, "welche seite"))
    halted, *_ = done.of("halted")
    assert float(str(halted["t"])) == pytest.approx(hold + 4, abs=0.2)
    assert [event["text"] for event in done.of("heard")] == ["stopp", "weiter", "welche seite"]
    heard = texts(done)
    assert heard.index("Angehalten.") < heard.index("Weiter geht es.")
    assert "Die linke Seite." in heard
    assert done.outcome == "done"
    assert not [text for text in heard if english(text)]


def test_the_questions_are_put_in_the_language() -> None:
    """What is asked before a session comes from the language that was given."""
    screening = Screening.start(Profile(), DAY, everything=True)
    while screening.key != "unwell":
        screening = screening.answer(Reply.NO)
    assert german().prompts.screen[screening.key] == "Bist du heute krank?"


@pytest.mark.parametrize(
    ("given", "bad", "message"),
    [
        ("Leg dich auf den Rücken.", "Leg dich hin, siehe oben.", "'siehe oben' needs eyes"),
        ("Leg dich auf den Rücken.", "Heb das rechte Knie.", "'rechte Knie' in an exercise"),
        ("Leg dich auf den Rücken.", "Und stopp.", "the halt word 'stopp'"),
        ("{side:neuter} Knie heran", "{side:dative} Knie heran", "unknown placeholder"),
        ("language: de", "language: en", "unknown language 'en'"),
    ],
)
def test_a_german_routine_is_checked_by_german_patterns(given: str, bad: str, message: str) -> None:
    """What needs eyes, a side as a word, a halt word, a form that the language does not have, or
    another language is refused.
    """
    assert given in ROUTINE
    with pytest.raises(ProblemsError, match=re.escape(message)):
        parse(ROUTINE.replace(given, bad), "knie.yaml", {}, german())


def test_a_routine_in_another_available_language_names_the_flag() -> None:
    """A German routine for the English coach is refused, with the flag that chooses German."""
    both = replace(LANGUAGE, available=("de", "en"))
    with pytest.raises(ProblemsError, match="use --language de"):
        parse(ROUTINE, "knie.yaml", {}, both)


def test_english_words_halt_no_german_routine() -> None:
    """The English lint is not asked: "stop" and "look at the screen" are no faults in German."""
    text = ROUTINE.replace("Leg dich auf den Rücken.", "stop, look at the screen")
    assert parse(text, "knie.yaml", {}, german()).exercises[0].way_in


SPEAKING = {"play", "say", "line", "count", "spoken", "Cue", "reply", "render"}
"""Calls whose texts are heard; a prompt is named there by its key."""
OUTSIDE = {"language", "cli", "bench"}
"""`language` holds the words; the command line's messages are for the terminal."""
REGEXES = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub"}
WORDS = {
    word
    for line in (*SAY.lines.values(), *SAY.screen.values(), *SAY.adapt.values())
    for word in re.findall(r"[a-z]{4,}", re.sub(r"\{\w+\}", "", line).lower())
}


def calls() -> Iterator[tuple[Path, str, str]]:
    """Yield file, name of the function and text of every text that is passed to a function."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in OUTSIDE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                for part in (*node.args, *(word.value for word in node.keywords)):
                    for one in ast.walk(part):
                        if isinstance(one, ast.Constant) and isinstance(one.value, str):
                            yield path, name, one.value


def prompts_in_code(source: str) -> list[str]:
    """Return the texts in a file's code that are English prompts, its docstrings left out."""
    own = {line for table in (SAY.lines, SAY.screen, SAY.adapt) for line in table.values()}
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in docstrings and " " in node.value and node.value in own
    ]


def test_the_code_holds_no_english_prompt() -> None:
    """No line of the coach stands in the code."""
    found = {
        str(path.relative_to(PACKAGE)): prompts_in_code(path.read_text("utf-8"))
        for path in PACKAGE.rglob("*.py")
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_search_finds_a_prompt_in_code() -> None:
    """A prompt that is written into the code would be found."""
    assert prompts_in_code(f"def f(s):\n    s.play({SAY.lines['stopped_hint']!r})") == [
        SAY.lines["stopped_hint"]
    ]


def test_what_is_spoken_is_named_by_keys() -> None:
    """Nothing is passed to a function that speaks but keys: no text with blanks."""
    assert not [one for one in calls() if one[1] in SPEAKING and " " in one[2].strip()]


def test_no_pattern_in_the_code_looks_for_english_words() -> None:
    """The regular expressions outside the language hold no word of the coach's English."""
    found = [
        (path.name, text)
        for path, name, text in calls()
        if name in REGEXES and WORDS & set(re.findall(r"[a-z]{4,}", text.lower()))
    ]
    assert found == []
