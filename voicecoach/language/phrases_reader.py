"""Reading the phrase file of a language (``phrases.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from voicecoach.language.patterns import Forms, PatternError, cover, expand
from voicecoach.language.phrasebook import Anywhere, Around, Command, Meaning, Phrasebook
from voicecoach.language.things import PLACES
from voicecoach.language.toml_tables import NEXT_STEP, check_keys, table, text_table, texts
from voicecoach.language.words import MOST_WORDS, normalise
from voicecoach.toml_reader import TomlText

Parts = dict[str, Forms]

GIVEN = ("halt", "control", "numbers", "counts", "hours")
"""Tables whose forms must not be given twice."""


def read_phrases(text: str, path: str, reference: Mapping[str, Any]) -> Phrasebook:
    """Return the phrases in `text`.

    Args:
        text: A phrase file.
        path: Where it came from, for the error.
        reference: The data of the English file, whose tables have the keys that are needed.

    Raises:
        ProblemsError: With every unknown or missing command, every pattern that cannot be read,
            every form that is given twice, and every one that is not in normal form.

    """
    toml = TomlText(text, path, NEXT_STEP)
    book = _Reader(toml, reference).book()
    for phrase in sorted(book.quick):
        if not book.halting(phrase):
            toml.note("quick", f"{phrase!r} is not a halt phrase")
    toml.require_sound()
    return book


class _Reader:
    """Reads one file; problems are noted in `toml`."""

    def __init__(self, toml: TomlText, reference: Mapping[str, Any]) -> None:
        self._toml, self._reference = toml, reference
        self._parts: Parts = {}
        self._meanings: dict[str, Meaning] = {}
        self._patterns: dict[Command, list[str]] = {command: [] for command in Command}
        self._kinds: dict[str, str] = {}
        """Words that count as one another in pairs: parts of the body, numbers."""
        self._parts_of_body: Parts = {}

    def book(self) -> Phrasebook:
        """Return the phrases of the file."""
        toml = self._toml
        for name, value in table(toml, "parts").items():
            self._parts[name] = self._forms(f"parts.{name}", value)
        for name in GIVEN:
            for key, value in self._entries(name):
                self._take(f"{name}.{key}", _meaning(name, key), value)
        told = (form for form, m in self._meanings.items() if m.command is Command.COUNT)
        self._kinds |= {form.split()[0]: "number" for form in told}
        self._take_scores()
        self._take_places()
        self._take_wishes()
        names = {name: self._forms(f"names.{name}", value) for name, value in self._names()}
        book = Phrasebook(
            self._meanings,
            frozenset(texts(toml, "quick", toml.data.get("quick"))),
            self._likeness("alike"),
            {str(number): words[0] for number, words in self._numbers().items()},
            self._likeness("near"),
            Around(*(self._some("around", key) for key in ("before", "after", "before_halt"))),
            Anywhere(self._longest(), self._some("anywhere", "unless")),
            Around(*(self._some("free", key) for key in ("before", "after"))),
            self._some("decoys", "words"),
            self._some("decoys", "beginnings"),
            {command: tuple(found) for command, found in self._patterns.items()},
            self._to_hear(),
            names,
            self._things(),
            self._called(),
            self._some("things", "articles"),
            self._some("things", "words"),
            self._kinds,
        )
        return book.named(next(iter(names))) if names else book

    def _names(self) -> Iterator[tuple[str, object]]:
        """Yield the names that the coach can have; every language has its own."""
        names = table(self._toml, "names")
        if not names:
            self._toml.note("names", "a name is needed by which the coach is called")
        yield from names.items()

    def _things(self) -> dict[Command, Forms]:
        """Return the patterns of forms that name a thing, in an optional table."""
        found = dict[Command, Forms]()
        filled: Parts = dict.fromkeys(PLACES, ("x",))
        for key, value in table(self._toml, "things").items() if self._has("things") else ():
            if key in ("articles", "words"):
                continue
            if key not in (command.value for command in Command):
                self._toml.note(f"things.{key}", "unknown key")
            elif self._forms(f"things.{key}", value, filled):
                found[Command(key)] = tuple(texts(self._toml, f"things.{key}", value))
        return found

    def _called(self) -> Parts:
        """Return how the user's own things are called; nothing where the table is missing."""
        given = table(self._toml, "called") if self._has("called") else {}
        forms = {key: self._forms(f"called.{key}", value) for key, value in given.items()}
        return {key: forms.get(key, ()) for key in ("mix", "favourite")}

    def _has(self, name: str) -> bool:
        return name in self._toml.data

    def _entries(self, name: str) -> Iterator[tuple[str, object]]:
        """Yield the entries of a table that has the keys of the reference."""
        entries = table(self._toml, name)
        check_keys(self._toml, name, entries, self._reference[name])
        yield from ((key, entries[key]) for key in entries if key in self._reference[name])

    def _some(self, name: str, key: str) -> frozenset[str]:
        """Return the forms of an entry of an optional table; none where it is missing."""
        found = self._toml.data.get(name, {})
        value = found.get(key) if isinstance(found, dict) else found
        return frozenset(self._forms(f"{name}.{key}", value)) if value else frozenset()

    def _likeness(self, name: str) -> dict[str, str]:
        """Return an optional table of texts."""
        return text_table(self._toml, name) if name in self._toml.data else {}

    def _longest(self) -> int:
        longest = self._toml.data.get("anywhere", {}).get("longest", 0)
        if not isinstance(longest, int):
            self._toml.note("anywhere.longest", "a whole number is expected here")
            return 0
        return longest

    def _forms(self, where: str, value: object, parts: Parts | None = None) -> Forms:
        """Return the forms of a list of patterns, each once."""
        found: dict[str, None] = {}
        for pattern in texts(self._toml, where, value):
            try:
                found |= dict.fromkeys(expand(pattern, self._parts | (parts or {})))
            except PatternError as error:
                self._toml.note(where, f"{pattern!r}: {error}")
        for form in found:
            if form != normalise(form):
                self._toml.note(
                    where, f"{form!r} is not in normal form", f"write {normalise(form)!r}"
                )
            elif len(form.split()) > MOST_WORDS:
                self._toml.note(where, f"{form!r} has more than {MOST_WORDS} words")
        return tuple(found)

    def _take(self, where: str, meaning: Meaning, value: object) -> None:
        """Take the forms of an entry, which must be new."""
        for form in self._forms(where, value):
            if form in self._meanings:
                self._toml.note(where, f"{form!r} is given twice")
            self._meanings[form] = meaning
        self._patterns[meaning.command] += texts(self._toml, where, value)

    def _fill(self, where: str, meaning: Meaning, value: object, parts: Parts) -> None:
        """Take the forms of an entry that are not given elsewhere."""
        for form in self._forms(where, value, parts):
            self._meanings.setdefault(form, meaning)

    def _take_places(self) -> None:
        """Take the forms that name a part of the body."""
        one, several = self._body("body"), self._body("bodies")
        self._parts_of_body = one
        for key, value in self._entries("places"):
            where = f"places.{key}"
            for region in one:
                parts = {"body": one[region], "bodies": several.get(region, ())}
                self._fill(where, Meaning(Command(key), region=region), value, parts)
            self._patterns[Command(key)] += texts(self._toml, where, value)

    def _take_wishes(self) -> None:
        """Take the ways to wish for a length of time, for a part of the body, or for both."""
        entries, body = dict(self._entries("wishes")), self._parts_of_body
        for key, words in self._entries("minutes"):
            minutes, time = int(key), self._forms(f"minutes.{key}", words)
            self._kinds |= {form.split()[0]: "number" for form in time}
            self._wish(entries, "time", minutes, None, {"time": time})
            for region, parts in body.items():
                self._wish(entries, "both", minutes, region, {"time": time, "body": parts})
        for region, parts in body.items():
            self._wish(entries, "part", None, region, {"body": parts})
        for key, value in entries.items():
            self._patterns[Command.WISH] += texts(self._toml, f"wishes.{key}", value)

    def _wish(
        self,
        entries: Mapping[str, object],
        key: str,
        minutes: int | None,
        region: str | None,
        parts: Parts,
    ) -> None:
        meaning = Meaning(Command.WISH, minutes, region)
        self._fill(f"wishes.{key}", meaning, entries.get(key), parts)

    def _body(self, name: str) -> Parts:
        """Return the words for each region; they count as one another in pairs."""
        found = {key: self._forms(f"{name}.{key}", value) for key, value in self._entries(name)}
        self._kinds |= {w: name for some in found.values() for one in some for w in one.split()}
        return found

    def _take_scores(self) -> None:
        """Take the ways to tell a number, and to tell two of which the higher counts (S2)."""
        entries = dict(self._entries("scores"))
        lower: Forms = ()
        for number, words in sorted(self._numbers().items()):
            meaning, parts = Meaning(Command.NUMBER, number=number), {"number": words}
            self._fill("scores.one", meaning, entries.get("one"), parts)
            if lower:
                self._fill("scores.two", meaning, entries.get("two"), parts | {"lower": lower})
            lower += words
        self._kinds |= dict.fromkeys(lower, "number")
        for key, value in entries.items():
            self._patterns[Command.NUMBER] += texts(self._toml, f"scores.{key}", value)

    def _numbers(self) -> dict[int, Forms]:
        """Return the words of each number."""
        found: dict[int, Forms] = {}
        for form, meaning in self._meanings.items():
            if meaning.command is Command.NUMBER and meaning.number is not None:
                found[meaning.number] = (*found.get(meaning.number, ()), form)
        return found

    def _to_hear(self) -> dict[Command, Forms]:
        """Return for each command the forms that hold all pairs of words."""
        by_command: dict[Command, list[str]] = {command: [] for command in Command}
        for form, meaning in self._meanings.items():
            by_command[meaning.command].append(form)
        return {command: cover(forms, self._kinds) for command, forms in by_command.items()}


def _meaning(name: str, key: str) -> Meaning:
    if name == "numbers":
        return Meaning(Command.NUMBER, number=int(key))
    if name == "counts":
        return Meaning(Command.COUNT, number=int(key))
    if name == "hours":
        return Meaning(Command.REMIND, number=int(key))
    return Meaning(Command(key))
