"""What the screen and the adapting say: complete, without dead lines, safe beside a microphone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.english import LANGUAGE, SAY
from tests.screening.people import TODAY
from voicecoach.screening.exclusions import REST_ONLY
from voicecoach.screening.facts import Fact
from voicecoach.screening.limits import LIMITS
from voicecoach.screening.person import CAUTIONS, NO_ROLLING
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questionnaire import Screening, intro
from voicecoach.screening.questions import ASKED
from voicecoach.screening.refusal import NO_SESSION
from voicecoach.yaml_reader.text_lint import OUTSIDE, spoken_faults

PACKAGE = Path(__file__).parents[2] / "voicecoach"
LINES = [*SAY.screen.items(), *SAY.adapt.items()]
LONGEST_WORDS = 26
"""A question that is spoken must be kept in mind until its end."""


def test_a_line_can_be_spoken() -> None:
    """S34: no halt word, no figures, nothing that needs eyes, no placeholder but the known."""
    maybe = SAY.adapt["maybe"].format(why="you are pregnant")
    names = {"name": "The cat", "how": "without the cat", "time": "ten minutes", "part": "your hip"}
    known = {"why": maybe, "things": "the cat", "n": "sixteen", **names}
    filled = {key: line.format(**known) for key, line in LINES}
    assert not {
        k: f for k, line in filled.items() if (f := list(spoken_faults(line, OUTSIDE, LANGUAGE)))
    }
    assert not {key: line for key, line in filled.items() if re.search(r"\d", line)}
    assert not {key: line for key, line in LINES if line.strip() != line}


QUESTIONS = {k: line for k, line in SAY.screen.items() if line.endswith("?")}


def test_a_question_is_short() -> None:
    """Each sentence of a question has at most so many words."""
    sentences = [s for line in QUESTIONS.values() for s in re.split(r"(?<=[.?!])\s", line)]
    assert not [sentence for sentence in sentences if len(sentence.split()) > LONGEST_WORDS]


def test_a_no_is_never_ambiguous() -> None:
    """A question denies nothing: after "no better when you rest?" a "no" may mean either."""
    denials = re.compile(r"\b(?:no|not|never|none|nor|neither|nothing|cannot|\w+n't)\b")
    assert denials.search("Is your back worse at night, or no better when you rest?")
    assert not {key: line for key, line in QUESTIONS.items() if denials.search(line.lower())}


def test_a_question_asks_once() -> None:
    """One question mark, at its end, and no list longer than three."""
    assert not {key: line for key, line in QUESTIONS.items() if line.count("?") != 1}
    lists = {key: len(re.findall(r"\bor\b", line)) for key, line in QUESTIONS.items()}
    assert max(lists.values()) <= 2


def test_one_question_has_one_consequence() -> None:
    """All that a question names leads the same way: one rule, or two that its follow-ups part."""
    parted = {q.after for q in ASKED.values()}
    mixed = [q.fact for q in ASKED.values() if len(set(q.rules) - {"S35", "S40"}) > 1]
    assert set(mixed) <= parted | {Fact.BLOOD_AGREED}


def test_the_reason_comes_first() -> None:
    """Before the first question: how many, how long, why, and that a yes is fine."""
    for part in ("{n} things", "a minute", "to keep you safe", "fit the session", "a doctor"):
        assert part in SAY.screen["intro"]
    assert intro(Screening.start(Profile(), TODAY), SAY).startswith("I'll ask about sixteen things")
    daily = intro(Screening.start(let_through(TODAY), TODAY), SAY)
    assert daily == ""
    blocked = Screening.start(let_through(TODAY).block(TODAY), TODAY)
    assert intro(blocked, SAY) == ""


def test_each_fact_has_its_questions() -> None:
    """Each fact has a question and the same in other words; nothing else stands there."""
    since = {f"{q.fact.value}_since" for q in ASKED.values() if q.since}
    keys = {f"{key}{end}" for key in {*(f.value for f in Fact), *since} for end in ("", "_again")}
    assert set(SAY.screen) == keys | {"intro", "intro_today", "thanks"}
    assert len(set(SAY.screen.values())) == len(SAY.screen)


def test_each_effect_has_its_reason() -> None:
    """Each fact that declines or leaves out has the words that stand after "because"."""
    limits = {limit.fact for limit in LIMITS}
    rest = {fact for fact, _, _ in REST_ONLY}
    reasons = {*CAUTIONS, *NO_ROLLING, *NO_SESSION, *limits, *rest}
    assert {f"why_{fact.value}" for fact in reasons} == {k for k in SAY.adapt if k[:4] == "why_"}
    assert reasons <= set(ASKED)


def test_no_line_of_the_adapting_is_dead() -> None:
    """Each line is asked for by the code, by its key or as one of a family."""
    texts: set[str] = set()
    folders = [*(PACKAGE / "screening").glob("*.py"), *(PACKAGE / "fitting").glob("*.py")]
    folders += (PACKAGE / "history").glob("*.py")
    for path in [*folders, *(PACKAGE / "app").glob("*.py")]:
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        found = (node.value for node in nodes if isinstance(node, ast.Constant))
        texts |= {text for text in found if isinstance(text, str)}
    families = re.compile(r"why_|time_|fit_(?:pregnant_long|older)$")
    assert not {key for key in SAY.adapt if key not in texts and not families.match(key)}


def test_nothing_claims_to_heal() -> None:
    """No line promises a treatment, a cure or a diagnosis."""
    claims = re.compile(r"\b(?:cures?\b|heals?\b|treat|diagnos|realign|therap|fix)", re.IGNORECASE)
    assert not [line for _, line in LINES if claims.search(line)]
