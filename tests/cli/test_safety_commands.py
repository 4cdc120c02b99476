"""`rules`, `screen` and `profile` on the command line."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.app.rehearsals import SMALL
from tests.routine.files import swapped
from voicecoach.app.profile_store import load_profile, save_profile
from voicecoach.cli.main import run
from voicecoach.errors import DeclinedError, PlaceError
from voicecoach.paths import data_dir, profile_file, shipped
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Answer, Dropped, Profile, Scores, let_through
from voicecoach.screening.rules import rules

NOES = ["no"] * 16


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


class Terminal:
    """Runs commands with lines typed in, and gives what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, monkeypatch

    def __call__(self, *args: str, typed: list[str] | None = None) -> tuple[int, str]:
        """Run a command; return its exit code and all that it printed."""
        self._patch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed or [])))
        code = run(list(args))
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return code, out + err


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal."""
    return Terminal(capsys, monkeypatch)


def kept() -> Profile:
    """Return what stands on disk."""
    return load_profile(profile_file())


def test_forgetting_all_tells_of_the_care_that_was_called_for(terminal: Terminal) -> None:
    """Whoever was told to seek care at once should know what is forgotten."""
    terminal("profile", "set", "emergency", "yes")
    assert "seek care at once" in terminal("profile", "forget", "all", typed=["n"])[1]
    assert kept().blocked
    terminal("profile", "forget", "all", typed=["y"])
    assert "seek care" not in terminal("profile", "forget", "all", typed=["y"])[1]


def test_rules_prints_all_within_80_columns(terminal: Terminal) -> None:
    """Each rule with its letter, and that nobody has reviewed them."""
    code, text = terminal("rules")
    assert code == 0
    assert all(len(line) <= 80 for line in text.splitlines())
    for rule in rules():
        assert any(line.split()[:2] == [rule.id, rule.letters] for line in text.splitlines())
    assert "No physiotherapist has reviewed" in text


def test_rules_tells_all_of_one(terminal: Terminal) -> None:
    """Source, certainty, place in the code, and how far it runs; small letters will do."""
    code, text = terminal("rules", "s17", "S1")
    assert code == 0
    assert all(len(line) <= 80 for line in text.splitlines())
    for part in (
        "S17  before a session",
        "A (guideline or consensus)",
        "screening.exclusions.bar",
        "S1  ",
    ):
        assert part in text


def test_rules_as_json(terminal: Terminal) -> None:
    """Every part of every rule."""
    rows = json.loads(terminal("rules", "--json")[1])
    assert [row["id"] for row in rows] == [rule.id for rule in rules()]
    assert rows[0]["certainty"] == ["D"]
    (row,) = json.loads(terminal("rules", "S35", "--json")[1])
    assert row["stage"] == "routine"


def test_an_unknown_rule_is_told(terminal: Terminal) -> None:
    """Exit code 3, and what would be right."""
    code, text = terminal("rules", "S99")
    assert code == 3
    assert "no rule 'S99'" in text
    assert "voicecoach rules" in text


def test_the_screen_keeps_the_answers(terminal: Terminal) -> None:
    """Sixteen noes: nothing stands in the way, all routines are open, and it is kept."""
    code, text = terminal("screen", typed=NOES)
    assert code == 0
    assert "Nothing you told me stands in the way" in text
    assert "routines are open to you." in text
    assert kept() == let_through(date.today())


def test_the_screen_takes_what_people_type(terminal: Terminal) -> None:
    """Capitals, short forms, "repeat", and what is no answer: asked again until it is one."""
    typed = ["N", "Nope.", "perhaps", "", "repeat", "no", *NOES[3:11], "YES", "?", "not sure"]
    code, text = terminal("screen", typed=[*typed, *NOES[12:]])
    assert code == 0
    assert text.count("Have you had an accident") == 2
    assert "Please answer one of" in text
    assert "Are you past the third month?" in text
    assert "You do nothing on your belly" in text
    assert kept().answers.says(Fact.PREGNANT_LONG, date.today())


def test_a_red_flag_ends_the_screen_with_what_to_do(terminal: Terminal) -> None:
    """S8: one yes, and the rest is not asked; exit code 8, and the answer is kept."""
    code, text = terminal("screen", typed=["yes"])
    assert code == DeclinedError.exit_code
    assert "emergency care today" in text
    assert kept().blocked == date.today()


@pytest.mark.parametrize("answered", range(len(NOES)))
def test_a_screen_that_is_cut_short_keeps_what_was_answered(
    terminal: Terminal, answered: int
) -> None:
    """The end of the input is no interruption: exit code 8; the rest is asked next time."""
    code, text = terminal("screen", typed=NOES[:answered])
    assert code == DeclinedError.exit_code
    assert "not answered to their end" in text
    assert "Interrupted" not in text
    assert len(kept().answers.given) == answered
    assert kept().due(date.today()) >= {Fact.UNWELL, Fact.DROWSY} - kept().answers.given.keys()


def test_a_screen_that_is_cut_short_keeps_what_was_told_before(terminal: Terminal) -> None:
    """The other answers of before stand as they were."""
    before = let_through(date.today() - timedelta(days=5))
    save_profile(profile_file(), before)
    assert terminal("screen", typed=["no"])[0] == DeclinedError.exit_code
    renewed = Answer(False, date.today())
    assert kept().answers.given == {**before.answers.given, Fact.EMERGENCY: renewed}


def test_only_what_is_due_can_be_asked(terminal: Terminal) -> None:
    """`--today`: on an unusual day what has changed, ill, drowsy; the others keep their day."""
    old = date.today() - timedelta(days=5)
    save_profile(profile_file(), let_through(old))
    code, text = terminal("screen", "--today", typed=["yes", "no", "no", "yes"])
    assert code == DeclinedError.exit_code
    assert "Has your health changed" in text
    assert "calm breathing" in text
    assert kept().answers.given[Fact.BONES].on == old


def test_a_damaged_profile_stops_the_screen_at_once(terminal: Terminal) -> None:
    """It is told with its line before anything is asked, and kept."""
    profile_file().parent.mkdir(parents=True)
    profile_file().write_text("[answers]\nbons = 3\n")
    code, text = terminal("screen", typed=NOES)
    assert code == 3
    assert "line 2" in text
    assert "did you mean 'bones'" in text
    assert profile_file().read_text() == "[answers]\nbons = 3\n"


def test_a_place_that_takes_no_profile_is_told_before_the_questions(
    terminal: Terminal, home: Path
) -> None:
    """Nobody answers sixteen questions for nothing."""
    (home / "XDG_DATA_HOME").write_text("a file")
    code, said = terminal("screen", typed=NOES)
    assert code == PlaceError.exit_code
    assert "profile.toml cannot be written" in said
    assert said.count("\n") == 3


def test_the_profile_is_shown_in_words(terminal: Terminal) -> None:
    """What it means today, the answers with their questions, what was left out, the scores."""
    today = date.today()
    gone = [Dropped("cat", "low-back", today)]
    save_profile(profile_file(), let_through(today).after_session(Scores(today, 2, 5), gone))
    code, text = terminal("profile")
    assert code == 0
    for part in ("stands in the way", "Are you pregnant?", "cat (low-back)", "easier", "worse"):
        assert part in text


def test_an_empty_profile_says_so(terminal: Terminal) -> None:
    """And names the command that asks."""
    assert "voicecoach screen" in terminal("profile")[1]
    assert terminal("profile", "forget", "all", "--yes")[1] == "Nothing is remembered.\n"


def test_a_refused_rehearsal_is_told_by_its_exit_code(terminal: Terminal, home: Path) -> None:
    """Exit code 8 though nothing failed, and the event log that was asked for."""
    scenario, events, routine = home / "night.toml", home / "events.jsonl", home / "small.yaml"
    scenario.write_text("[profile]\ncancer = true\n")
    routine.write_text(SMALL)
    args = ("--scenario", str(scenario), "--events", str(events), "--quiet", "--canceller", "none")
    code, text = terminal("rehearse", str(routine), *args)
    assert code == DeclinedError.exit_code
    assert "[profile] allows none" in text
    log = [json.loads(line) for line in events.read_text("utf-8").splitlines()]
    assert log[0]["kind"] == "declined"
    assert [e["outcome"] for e in log if e["kind"] == "dialog_finished"] == ["declined"]


STRAINED = swapped(
    ("way_out: [Put your foot back.]", "settle_s: 12\n    way_out: [Put your foot back.]")
)
"""A routine whose knee is kept up before the count."""


def at_fault() -> str:
    """Return how the line of the exercise is named."""
    line = 1 + STRAINED[: STRAINED.index("- id: knee")].count("\n")
    return f"line {line}: exercises[2]: "


@pytest.mark.rule("S36")
@pytest.mark.parametrize(
    "words",
    [("rehearse", "--scenario", "night.toml", "--quiet"), ("render", "-o", "own.wav"), ("plan",)],
    ids=lambda words: words[0],
)
def test_who_leads_a_routine_is_warned_of_a_strain_that_is_kept(
    terminal: Terminal, home: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check` refuses such a file; who leads it all the same reads the line at fault."""
    monkeypatch.chdir(home)
    Path("own.yaml").write_text(STRAINED)
    Path("night.toml").write_text("[profile]\ncancer = true\n")
    _, told = terminal(words[0], "own.yaml", *words[1:])
    assert at_fault() in told
    assert "S36: at most 12 s" in told
    assert "voicecoach check" in told


@pytest.mark.rule("S36")
def test_doctor_measures_own_routines(terminal: Terminal) -> None:
    """One that `check` would refuse is a problem; one that can be led is not."""
    folder = data_dir() / "routines"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(STRAINED)
    code, told = terminal("doctor")
    assert (code, at_fault().strip() in " ".join(told.split())) == (1, True)
    (folder / "own.yaml").write_text((shipped("routines") / "desk-break.yaml").read_text("utf-8"))
    assert "can be led" in terminal("doctor")[1]


def test_the_path_is_printed_alone(terminal: Terminal) -> None:
    """For an editor, or for deleting it by hand."""
    assert terminal("profile", "--path")[1] == f"{profile_file()}\n"


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_a_follow_up_does_not_contradict_its_question(terminal: Terminal, answer: str) -> None:
    """What would be ignored, since its first question was answered by no, is refused."""
    terminal("profile", "set", "injury", "no")
    code, text = terminal("profile", "set", "accident", *answer.split())
    assert code == 2
    assert "profile set injury yes" in text
    assert Fact.ACCIDENT not in kept().answers.given
    terminal("profile", "set", "injury", "yes")
    assert terminal("profile", "set", "accident", *answer.split())[0] == 0


def test_one_answer_can_be_changed(terminal: Terminal) -> None:
    """Hyphens will do; what is open then is named."""
    save_profile(profile_file(), let_through(date.today()))
    code, text = terminal("profile", "set", "pregnant", "yes")
    assert code == 0
    assert "voicecoach screen" in text
    assert "voicecoach screen" in terminal("profile", "set", "pregnant-long", "no")[1]
    code, text = terminal("profile", "set", "pregnant-agreed", "yes")
    assert "voicecoach screen" not in text
    assert not kept().answers.says(Fact.PREGNANT_LONG, date.today())


@pytest.mark.parametrize("words", [("not sure",), ("not", "sure")])
def test_not_sure_is_an_answer_and_is_listed(terminal: Terminal, words: tuple[str, ...]) -> None:
    """It counts as the careful answer, and is told back as what it was."""
    save_profile(profile_file(), let_through(date.today()))
    code, text = terminal("profile", "set", "cancer", *words)
    open_now = "Some questions are still open: voicecoach screen\n"
    assert (code, text) == (0, f"Saved: cancer not sure.\n{open_now}")
    assert kept().answers.says(Fact.CANCER, date.today())
    text = terminal("profile")[1]
    assert "cancer                 not sure " in text
    assert "Have you ever had cancer?" in text
    assert "Because it may be that you have had cancer" in text


def test_s8_seen_lifts_the_block(terminal: Terminal) -> None:
    """S8: the user says so; a "no" lifts nothing. It is said that the answers are gone."""
    blocked = let_through(date.today()).block(date.today())
    save_profile(profile_file(), blocked)
    for answer in ("no", "not sure"):
        assert "until a doctor has seen you" in terminal("profile", "set", "seen", answer)[1]
        assert kept() == blocked
    code, text = terminal("profile", "set", "seen", "yes")
    assert code == 0
    assert text.startswith("Noted that a doctor has seen you. Your old answers are deleted.")
    assert "asked again: voicecoach screen" in text
    assert kept() == Profile()


def test_seen_without_a_block_changes_nothing(terminal: Terminal) -> None:
    """Who was not sent to a doctor keeps all answers, and is told so."""
    save_profile(profile_file(), let_through(date.today()))
    code, text = terminal("profile", "set", "seen", "yes")
    assert (code, text) == (0, "The coach did not send you to a doctor, so nothing has changed.\n")
    assert kept() == let_through(date.today())


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (("set", "pregnnt", "yes"), "Did you mean 'pregnant'"),
        (("set",), "yes, no or not sure"),
        (("set", "pregnant"), "yes, no or not sure"),
        (("set", "pregnant", "maybe"), "yes, no or not sure"),
        (("set", "zzz", "yes"), "The names are"),
        (("forget",), "dropped, answers, all"),
        (("forget", "it"), "dropped, answers, all"),
        (("show", "me"), "unexpected"),
        (("burn",), "burn"),
    ],
)
def test_wrong_use_is_told(terminal: Terminal, args: tuple[str, ...], part: str) -> None:
    """Exit code 2, and what would be right."""
    code, text = terminal("profile", *args)
    assert code == 2
    assert part in text


def test_forgetting_is_asked_first(terminal: Terminal) -> None:
    """A "no" leaves it, as no answer does; a "yes" deletes the part that was named."""
    today = date.today()
    gone = [Dropped("cat", "hip", today)]
    full = let_through(today).after_session(Scores(today), gone)
    save_profile(profile_file(), full)
    for answer in ("n", "", "what"):
        code, text = terminal("profile", "forget", "dropped", typed=[answer])
        assert (code, "Nothing is deleted" in text) == (0, True)
    code, text = terminal("profile", "forget", "dropped")
    assert (code, "--yes" in text) == (2, True)
    assert kept() == full
    assert terminal("profile", "forget", "dropped", typed=["y"])[0] == 0
    assert not kept().dropped
    assert kept().answers == full.answers
    assert terminal("profile", "forget", "answers", "--yes")[0] == 0
    assert not kept().answers.given
    assert kept().scores == full.scores


def test_a_damaged_profile_can_be_deleted(terminal: Terminal) -> None:
    """`forget all` needs to read nothing."""
    profile_file().parent.mkdir(parents=True)
    profile_file().write_text("[answers")
    assert terminal("profile", "forget", "answers", "--yes")[0] == 3
    assert terminal("profile", "forget", "all", "--yes")[0] == 0
    assert not profile_file().exists()


def test_a_plan_for_a_time_is_refused_as_a_session_is(terminal: Terminal) -> None:
    """Exit code 8 with the reason, though other questions are still open."""
    terminal("profile", "set", "emergency", "yes")
    code, said = terminal("plan", "--minutes", "10")
    assert code == DeclinedError.exit_code
    assert "no session today" in said
