"""Files whose structure is wrong or hostile."""

from __future__ import annotations

import pytest

from tests.english import parse
from tests.routine.files import GOOD, line_with, only, problems, swapped


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n", "---\n"])
def test_empty_files(text: str) -> None:
    """An empty file is said to be empty, or to have no value."""
    found = only(text)
    assert "empty" in found.message or "a group of fields" in found.message


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "42"])
def test_files_that_are_no_mapping(text: str) -> None:
    """A list or a bare text is no routine."""
    assert "a group of fields is expected" in only(text).message


def test_syntax_errors_have_their_line_and_a_hint() -> None:
    """A text with a colon is the usual cause."""
    text = swapped(("summary: Two moves", "summary: Two: moves"))
    problem = only(text)
    assert problem.line == line_with(text, "Two: moves")
    assert "not YAML" in problem.message
    assert "quotes" in problem.hint


def test_tabs_are_refused_with_their_lines() -> None:
    """Tabs in the indentation are all reported, and nothing is guessed beyond them."""
    text = GOOD.replace("    name:", "\tname:")
    assert [problem.message for problem in problems(text)] == ["a tab"] * 3


def test_a_tab_elsewhere_hides_no_other_problem() -> None:
    """A tab behind a value is noted, and reading goes on."""
    text = swapped(("id: small", "id:\tsmall"), ("hold_s: 25", "hold_s: x"))
    assert [problem.line for problem in problems(text)] == [2, line_with(text, "hold_s: x")]


@pytest.mark.parametrize("char", ["\x00", "\x07", "\u200b", "\u2028", "\ud800", "\x85", "\ufffe"])
def test_non_printable_characters_are_refused(char: str) -> None:
    """What cannot be seen cannot be meant."""
    problem = only(swapped(("Jo Bloggs", f"Jo{char}Bloggs")))
    assert problem.line == 6
    assert f"U+{ord(char):04X}" in problem.message


def test_windows_line_ends_and_a_byte_order_mark_are_fine() -> None:
    """Editors add them unasked."""
    assert parse("\ufeff" + GOOD.replace("\n", "\r\n"), "") == parse(GOOD, "")


def test_anchors_aliases_and_tags_are_refused_and_hide_nothing() -> None:
    """Each is noted in its line; the fault further down is found as well."""
    text = swapped(
        ("author: Jo Bloggs", "author: &me Jo Bloggs"),
        ("licence: CC0-1.0", "licence: *me"),
        ("id: bridge", "id: !!str bridge"),
        ("hold_s: 25", "hold_s: x"),
    )
    found = problems(text)
    assert [problem.message for problem in found[:3]] == [
        "an anchor, &me",
        "an alias, *me",
        "a tag, tag:yaml.org,2002:str",
    ]
    assert len(found) == 4


def test_an_alias_as_a_field_name_is_refused_once() -> None:
    """The alias is the problem, not the name that it would stand for."""
    text = swapped(("licence: CC0-1.0", "licence: CC0-1.0\n*me : x"))
    assert only(text).message == "an alias, *me"


def test_a_tag_builds_nothing() -> None:
    """A tag that other readers would obey is only a problem."""
    text = swapped(("author: Jo Bloggs", "author: !!python/object/apply:os.getcwd []"))
    assert "tag" in problems(text)[0].message


def test_several_documents_are_refused() -> None:
    """One routine a file."""
    problem = only(GOOD + "---\n" + GOOD)
    assert "second document" in problem.message
    assert problem.line == line_with(GOOD + "---\n", "---")


@pytest.mark.parametrize("text", ["[" * 5000, "a: " + "{b: " * 5000, "- " * 5000, "? " * 5000])
def test_deep_nesting_is_a_problem_and_no_crash(text: str) -> None:
    """The depth is limited long before the stack is."""
    assert "deep" in only(text).message


def test_large_files_are_refused_unread() -> None:
    """More than 256 KB is no routine; just under it is still read."""
    assert "256 KB" in only("#" * (256 * 1024 + 1)).message
    assert parse(GOOD + "#" * (256 * 1024 - len(GOOD)), "").id == "small"


@pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\q", "\\ud800", "\\0"])
def test_bad_escapes_are_problems(escape: str) -> None:
    """Escapes that make no character, or none that can be seen."""
    assert problems(swapped(("Jo Bloggs", f'"Jo {escape}"')))


def test_odd_keys_are_refused() -> None:
    """A list as a field name, and a merge key."""
    text = swapped(("author: Jo Bloggs", "? [a]\n: b\n<<: {author: x}\nauthor: Jo Bloggs"))
    messages = [problem.message for problem in problems(text)]
    assert messages == ["a field name that is not a word", "unknown field '<<'"]


def test_messages_are_short_and_obey_no_terminal() -> None:
    """What is echoed is clipped, and control characters made by an escape are replaced."""
    text = swapped(
        ("position: supine", 'position: "\\e[31mred"'),
        ("author: Jo", '"\\e[2J": x\nauthor: Jo'),
        ("tempo: 3120", f"tempo: {'9' * 5000}"),
    )
    found = problems(text)
    assert len(found) == 3
    assert all(str(problem).isprintable() and len(str(problem)) < 250 for problem in found)
