"""Loading a language: what is missing or unknown is named, and nothing is half loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.english import LANGUAGE
from tests.language.toy import german, write_german
from voicecoach.errors import InputError, ProblemsError
from voicecoach.language.loader import FILES, SHIPPED, available, load_language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a language that is a copy of the English one."""
    shutil.copytree(SHIPPED / "en", tmp_path / "xx")
    return tmp_path / "xx"


def refused(folder: Path, name: str, old: str, new: str) -> str:
    """Return what is said about a language of which one file was changed."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_language("xx", folder.parent)
    return str(caught.value)


def test_a_language_is_a_folder(tmp_path: Path) -> None:
    """Those with data files are available; a loaded language knows which."""
    write_german(tmp_path)
    (tmp_path / "notes").mkdir()
    assert available(tmp_path) == ("de",)
    assert (german().code, german().available) == ("de", ("de",))
    assert LANGUAGE.code in available()


def test_an_unknown_language_is_an_error_for_people() -> None:
    """The error names the languages there are."""
    with pytest.raises(InputError, match="no language 'tlh'") as caught:
        load_language("tlh")
    assert "en" in caught.value.why


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_needed(folder: Path, name: str) -> None:
    """A language without one of its files is refused, and the file is named."""
    (folder / name).unlink()
    with pytest.raises(InputError, match=rf"language 'xx': the file .*{name} cannot be read"):
        load_language("xx", folder.parent)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("phrases.toml", 'go = ["go", ', 'go = ["Go", ', "control.go: 'Go' is not in normal form"),
        ("phrases.toml", 'go = ["go", ', 'go = ["stop", ', "'stop' is given twice"),
        ("phrases.toml", 'go = ["go", "go ahead"]', 'go = "go"', "a list of texts is expected"),
        ("phrases.toml", 'go = ["go", "go ahead"]\n', "", "missing key 'go'"),
        ("phrases.toml", "go = [", "dance = [", "control.dance: unknown key"),
        ("phrases.toml", 'quick = ["stop"]', 'quick = ["go"]', "'go' is not a halt phrase"),
        ("phrases.toml", "[places]", "[spots]", "missing table [places]"),
        (
            "phrases.toml",
            'go = ["go", ',
            'go = ["go [on", ',
            "control.go: 'go [on': ']' is missing",
        ),
        ("phrases.toml", 'go = ["go", ', 'go = ["go {of}", ', "there is no part 'of'"),
        ("phrases.toml", 'go = ["go", ', 'go = ["(go|)", ', "a part without a word"),
        ("phrases.toml", 'go = ["go", ', 'go = ["go)", ', "')' too many"),
        ("phrases.toml", "longest = 7", "longest = 'x'", "a whole number is expected here"),
        ("prompts.toml", "\nstopped = ", "\nstoped = ", "did you mean 'stopped'?"),
        ("prompts.toml", "welcome = ", "# ", "missing key 'welcome'"),
        ("prompts.toml", "You need {things}", "You need {stuff}", "unknown placeholder {stuff}"),
        ("prompts.toml", "Now the {side}", "Now the {side:dative}", "placeholder {side:dative}"),
        ("prompts.toml", '"zero", "one"', '"zero"', "numbers: 60 words"),
        ("prompts.toml", "one = [1]", 'one = ["1"]', "a list of whole numbers"),
        ("sides.toml", 'right = "right"', "", "plain: missing key 'right'"),
        ("sides.toml", "[plain]", "[other]", "missing table [plain]"),
        ("lint.toml", "roller = [", "rolers = [", "did you mean 'roller'?"),
        ("lint.toml", r"['\brollers?\b']", r"['\brollers?(']", "roller: not a regular expression"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, name: str, old: str, new: str, message: str) -> None:
    """A key that is missing or unknown, and a value that cannot be used, is told with its place."""
    assert message in refused(folder, name, old, new)


def test_all_problems_of_a_file_are_told_at_once(folder: Path) -> None:
    """Two faults in one file are two problems, each with its line."""
    told = refused(folder, "prompts.toml", "welcome = ", "welcom = ")
    assert "2 problems" in told
    assert "line " in told


def test_a_plural_takes_the_numbers_that_the_data_give_it(folder: Path) -> None:
    """A form of its own that a counted line has is used for its numbers, the plain one else."""
    text = (folder / "prompts.toml").read_text("utf-8")
    text = text.replace("one = [1]", "one = [1, 21]\nfew = [2, 3]", 1)
    few = 'more_few = "Only {n} more."\nmore_none'
    (folder / "prompts.toml").write_text(text.replace("more_none", few, 1), "utf-8")
    say = load_language("xx", folder.parent).prompts
    assert say.more(3) == "Only three more."
    assert say.more(21) == "One more after this."
    assert say.more(4) == "Four more after this."
    assert say.count("left_hours_half", 1) == "About one and a half hours left."
    assert german().prompts.count("dose_sets", 1) == "Ein Durchgang."


def test_a_language_is_a_value(folder: Path) -> None:
    """It cannot be changed, and is the same whenever it is loaded."""
    with pytest.raises(AttributeError):
        LANGUAGE.code = "xx"  # type: ignore[misc]
    assert load_language("en") == LANGUAGE
