"""What spoken texts may hold."""

from __future__ import annotations

import pytest

from tests.english import parse
from tests.routine.files import only, problems, swapped

FULL = "full: [Raise your hips.]"


def with_text(text: str) -> str:
    """Return the good file with `text` as what the bridge is."""
    return swapped((FULL, f"full: ['{text}']"))


@pytest.mark.parametrize(
    "text",
    ["Do it like this.", "Turn as shown.", "Look at the screen.", "See the picture.", "Tap here."],
)
def test_texts_that_need_eyes_are_refused(text: str) -> None:
    """Nobody on a mat looks at anything (safety rule S34)."""
    problem = only(with_text(text))
    assert problem.where == "exercises[1].full[1]"
    assert "needs eyes" in problem.message
    assert problem.rule == "S34"


@pytest.mark.parametrize("text", ["Look at the ceiling.", "It feels like a stretch.", "See to it."])
def test_harmless_texts_pass(text: str) -> None:
    """Words that only resemble those are left alone."""
    assert problems(with_text(text)) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Do 1/2 of it.", "'/' (U+002F, solidus)"),
        ("Half, ½ of it.", "'½' (U+00BD"),
        ("[[h@loU]] there.", "'[' (U+005B"),
        ("背中を丸めます。", "'背' (U+80CC"),
        ("ارفع ذراعك", "'ا' (U+0627"),
        ("Поднимите руки.", "'П' (U+041F"),
        ("Breathe \U0001f642 out.", "U+1F642, slightly smiling face"),
        ("About 50% of it.", "'%' (U+0025"),
        ("A bend of 90°.", "'°' (U+00B0"),
        ("Knee & foot.", "'&'"),
        ("Both = better.", "'='"),
        ("As *far* as you like.", "'*'"),
        ("Write to me@home.", "'@'"),
        ("An arrow → there.", "'→'"),
        ("See www.example.com.", "'www.'"),
        ("More at example.org today.", "'example.org'"),
        ("Read https: there.", "'https:'"),
        ("Hold for 10 s.", "'10 s'"),
        ("Do 3x.", "'3x'"),
        ("About 20 cm apart.", "'20 cm'"),
        ("Two, 2-3 breaths.", "'2-3'"),
        ("From 2 – 3 breaths.", "'2 – 3'"),
        ("At 2:30 sharp.", "'2:3'"),
        ("Number 007 here.", "'00'"),
        ("Go to -5 now.", "'-5'"),
    ],
)
def test_what_the_voice_cannot_read_is_refused(text: str, named: str) -> None:
    """Signs, other scripts, addresses, units in short: skipped, or read by their names."""
    problem = only(with_text(text))
    assert problem.where == "exercises[1].full[1]"
    assert "the voice" in problem.message
    assert named in problem.message
    assert "in words" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        'Draw a small "O" - slowly; then rest (a little): two, three!',
        "About 10 breaths, or 2.5 at most?",
        "Ten in all, 100 at most…",
        "A café, a naïve pose – and “so on”.",
        "It is 5 minutes.",
        "A cafe\u0301 of two letters.",
    ],
)
def test_what_the_voice_can_read_passes(text: str) -> None:
    """Usual marks, whole numbers, and the accents of words that English has taken."""
    assert problems(with_text(text)) == ()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("name: A small routine", "name: 小さな体操", "name"),
        ("summary: Two moves on a mat.", "summary: Two moves / a mat.", "summary"),
        ("equipment: [a mat]", "equipment: [a mat, a 20 cm ball]", "equipment[2]"),
        ("exercises:", "advice: [See example.com.]\nexercises:", "advice[1]"),
        (
            "exercises:",
            "frequency: {times: 2, per: week, say: 2x a week}\nexercises:",
            "frequency.say",
        ),
        ("name: Bridge", "name: Bridge №1", "exercises[1].name"),
        ("way_in: [Lie on your back.]", "way_in: [Lie on your back ©.]", "exercises[1].way_in[1]"),
        ("short: Raise your hips.", "short: Raise your hips ↑.", "exercises[1].short"),
        ("assess: How does it feel?", "assess: How <b>does</b> it feel?", "exercises[3].assess"),
        ("way_out: [Lower your hips.]", "way_out: [Lower_your hips.]", "exercises[1].way_out[1]"),
        ("dose: {repetitions: 5}", "say: [With 1/2.]", "exercises[1].easier.say[1]"),
        ("first: lift,", "words: {lift: 上, lower: ''},", "exercises[1].dose.words.lift"),
    ],
)
def test_every_text_that_is_spoken_is_looked_at(old: str, new: str, where: str) -> None:
    """Names, advice and equipment as well as instructions."""
    assert [p.where for p in problems(swapped((old, new))) if "the voice" in p.message] == [where]


def test_what_is_not_spoken_may_hold_anything() -> None:
    """The author's name and the sources are read by people."""
    text = swapped(("author: Jo Bloggs", "author: 山田 & Жук"), ("sources: []", "sources: [a/b]"))
    assert problems(text) == ()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Stop here.", "stop here"),
        ("No sharp pain, please.", "sharp pain"),
        ("That is pain-free.", "pain"),
        ("Burning is a bad sign.", "burning"),
    ],
)
def test_halt_words_are_refused(text: str, phrase: str) -> None:
    """The coach must not obey itself; the longest phrase is named, once."""
    assert only(with_text(text)).message == f"the halt word '{phrase}'"


def test_a_halt_word_inside_another_word_is_none() -> None:
    """Only whole words count."""
    assert problems(with_text("Paint a nonstop arc, helpful or not.")) == ()


def test_long_sentences_are_refused_and_long_texts_are_not() -> None:
    """The limit is on a sentence; two short ones may follow each other."""
    half = "a " * 100 + "b."
    assert problems(with_text(f"{half} {half}")) == ()
    assert only(with_text("a " * 150 + "b.")).message == "a sentence of 302 characters"


def test_placeholders_need_sides() -> None:
    """{side} in an exercise that has none is refused."""
    problem = only(with_text("Raise your {side} leg."))
    assert problem.hint == "add 'sides: each'"


def test_unknown_placeholders_and_lone_braces() -> None:
    """Misspelt placeholders get a guess; a lone brace is noted."""
    text = swapped(("Draw your {side} knee", "Draw your {side} knee, {sidee} {x"))
    found = problems(text)
    assert [problem.message for problem in found] == [
        "a brace without its partner",
        "unknown placeholder {sidee}",
    ]
    assert found[1].hint == "did you mean 'side'?"


@pytest.mark.parametrize("key", ["summary: Two moves on a mat.", "name: Knee to the chest"])
def test_names_and_summary_take_no_placeholder(key: str) -> None:
    """They are spoken where no side is known."""
    assert "not known here" in only(swapped((key, f"{key} {{side}}"))).message


def test_each_side_must_be_named_in_full_and_in_short() -> None:
    """With sides, both details of speech name the side."""
    text = swapped(('"Draw your {side} knee', '"Draw your knee'), ("Your {side} knee", "Your knee"))
    assert [problem.where for problem in problems(text)] == [
        "exercises[2].full",
        "exercises[2].short",
    ]


def test_an_unknown_sides_value_says_nothing_about_placeholders() -> None:
    """One bad value, one problem."""
    assert only(swapped(("sides: each", "sides: both"))).where == "exercises[2].sides"


def test_words_of_a_dose_are_spoken_texts_too() -> None:
    """The same rules hold for the words on the beat."""
    text = swapped(("first: lift,", "words: {lift: like this, lower: ''},"))
    assert [problem.where for problem in problems(text)] == [
        "exercises[1].dose.words.lift",
        "exercises[1].dose.words.lower",
    ]


def test_line_breaks_in_a_text_are_blanks() -> None:
    """A folded text is one line."""
    text = swapped(("summary: Two moves on a mat.", "summary: >\n  Two\n  moves.\n"))
    assert parse(text, "").summary == "Two moves."


def test_invisible_characters_by_escape_are_refused() -> None:
    """An escape in quotes can make what the file itself may not hold."""
    assert "U+200B" in only(with_text("a").replace("'a'", '"a\\u200b"')).message
