"""What the screen and the adapting say: complete, without dead lines, safe beside a microphone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.english import LANGUAGE, SAY
from voicecoach.screening.limits import LIMITS
from voicecoach.screening.person import CAUTIONS, NO_ROLLING
from voicecoach.screening.questions import ASKED, Fact
from voicecoach.screening.refusal import NO_SESSION
from voicecoach.yaml_reader.text_lint import OUTSIDE, spoken_faults

PACKAGE = Path(__file__).parents[2] / "voicecoach"
LINES = [*SAY.screen.items(), *SAY.adapt.items()]
LONGEST_WORDS = 26
"""A question that is spoken must be kept in mind until its end."""


def test_a_line_can_be_spoken() -> None:
    """S34: no halt word, no figures, nothing that needs eyes, no placeholder but the two known."""
    maybe = SAY.adapt["maybe"].format(why="you are pregnant")
    filled = {key: line.format(why=maybe, things="the cat") for key, line in LINES}
    assert not {
        k: f for k, line in filled.items() if (f := list(spoken_faults(line, OUTSIDE, LANGUAGE)))
    }
    assert not {key: line for key, line in filled.items() if re.search(r"\d", line)}
    assert not {key: line for key, line in LINES if line.strip() != line}


def test_a_question_is_short() -> None:
    """Each sentence of a question has at most so many words."""
    sentences = [s for line in SAY.screen.values() for s in re.split(r"(?<=[.?!])\s", line)]
    assert not [sentence for sentence in sentences if len(sentence.split()) > LONGEST_WORDS]


def test_each_fact_has_its_questions() -> None:
    """Each fact has a question and the same in other words; nothing else stands there."""
    keys = {f"{fact.value}{end}" for fact in Fact for end in ("", "_again")}
    assert set(SAY.screen) == keys | {"intro", "intro_today", "thanks"}
    assert len(set(SAY.screen.values())) == len(SAY.screen)


def test_each_effect_has_its_reason() -> None:
    """Each fact that declines or leaves out has the words that stand after "because"."""
    limits = {limit.fact for limit in LIMITS}
    reasons = {*CAUTIONS, *NO_ROLLING, *NO_SESSION, *limits, Fact.DISC_ACUTE}
    assert {f"why_{fact.value}" for fact in reasons} == {k for k in SAY.adapt if k[:4] == "why_"}
    assert reasons <= set(ASKED)


def test_no_line_of_the_adapting_is_dead() -> None:
    """Each line is asked for by the code, by its key or as one of a family."""
    texts: set[str] = set()
    for path in (PACKAGE / "screening").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        found = (node.value for node in nodes if isinstance(node, ast.Constant))
        texts |= {text for text in found if isinstance(text, str)}
    families = re.compile(r"why_|fit_(?:pregnant_long|disc|older)$")
    assert not {key for key in SAY.adapt if key not in texts and not families.match(key)}


def test_nothing_claims_to_heal() -> None:
    """No line promises a treatment, a cure or a diagnosis."""
    claims = re.compile(r"\b(?:cures?\b|heals?\b|treat|diagnos|realign|therap|fix)", re.IGNORECASE)
    assert not [line for _, line in LINES if claims.search(line)]
