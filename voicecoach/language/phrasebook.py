"""Commands and their spoken forms in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice, product

from voicecoach.language.patterns import cover
from voicecoach.language.words import MOST_WORDS, made_of, normalise, pieces

MOST_READINGS = 16
"""Ways in which a text may have been meant that are tried."""

UNKNOWN = "[unk]"
"""What a recogniser writes for a sound that is no live phrase."""


class Command(Enum):
    """What a user can ask for. `HALTING` ones are live in every state."""

    STOP = "stop"
    PAIN = "pain"
    SHARP_PAIN = "sharp_pain"
    UNWELL = "unwell"
    EMERGENCY = "emergency"
    URGENT = "urgent"
    HELP = "help"
    TOO_MUCH = "too_much"
    PAUSE = "pause"
    RESUME = "resume"
    GO = "go"
    READY = "ready"
    OKAY = "okay"
    DONE = "done"
    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    SLOWER = "slower"
    FASTER = "faster"
    EASIER = "easier"
    HARDER = "harder"
    HOW_LONG = "how_long"
    HOW_MANY = "how_many"
    WHATS_NEXT = "whats_next"
    WHICH_SIDE = "which_side"
    HOW_TO = "how_to"
    WHERE = "where"
    LOUDER = "louder"
    QUIETER = "quieter"
    MUSIC = "music"
    MUSIC_IN_RESTS = "music_in_rests"
    NO_MUSIC = "no_music"
    STOP_COUNTING = "stop_counting"
    START_COUNTING = "start_counting"
    LESS_TALKING = "less_talking"
    MORE_DETAIL = "more_detail"
    COMMANDS = "commands"
    SHOULD_HURT = "should_hurt"
    LAST_TIME = "last_time"
    THIS_WEEK = "this_week"
    PROGRESS = "progress"
    HOW_OFTEN = "how_often"
    HOW_FAST = "how_fast"
    HOW_REST = "how_rest"
    HOW_SIT = "how_sit"
    AT_NIGHT = "at_night"
    TIGHT_HIPS = "tight_hips"
    SEE_DOCTOR = "see_doctor"
    FOR_MY_BACK = "for_my_back"
    WHY_EXERCISE = "why_exercise"
    START = "start"
    END = "end"
    YES = "yes"
    NO = "no"
    NO_PAIN = "no_pain"
    NOT_SURE = "not_sure"
    NEVER_MIND = "never_mind"
    NUMBER = "number"
    PLACE = "place"
    NAME = "name"
    WISH = "wish"
    ROLL = "roll"
    LEAVE_OUT = "leave_out"
    PUT_BACK = "put_back"
    COUNT = "count"
    FAVOURITES = "favourites"
    CHANGES = "changes"
    LIKE = "like"
    UNLIKE = "unlike"
    MIX_IN = "mix_in"
    MIX_OUT = "mix_out"
    MY_MIX = "my_mix"
    REMIND = "remind"
    SAME = "same"
    WHAT_THERE = "what_there"
    HEAR_ME = "hear_me"
    GOOD_NIGHT = "good_night"
    LATER = "later"
    NEVER_AGAIN = "never_again"


GRAVITY = (
    Command.STOP,
    Command.PAIN,
    Command.SHARP_PAIN,
    Command.UNWELL,
    Command.HELP,
    Command.URGENT,
    Command.EMERGENCY,
)
"""The halt commands, the gravest last."""

HALTING = frozenset(GRAVITY)
"""Halt commands: no wake word, no silence before them, obeyed on a stable partial result."""

CALLING = frozenset({Command.HELP, Command.EMERGENCY, Command.URGENT})
"""Those that call for help, or tell of what calls for it."""

TOLD = frozenset({Command.NUMBER, Command.PLACE, Command.WISH, Command.ROLL, Command.COUNT})
"""Those that mean nothing without the words that say which one."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for."""

    command: Command
    number: int | None = None
    """0 to 10 for `Command.NUMBER`, minutes for `Command.WISH`, repetitions for `Command.COUNT`, an
    hour for `Command.REMIND`.
    """
    region: str | None = None
    """A `routine.model.Region` value, where the phrase names a part of the body."""
    thing: str = ""
    """The id of the exercise or routine that the phrase names."""


@dataclass(frozen=True, slots=True)
class Around:
    """What may stand around a form without a meaning of its own."""

    before: frozenset[str] = frozenset()
    """Before any form: "please", "hey coach"."""
    after: frozenset[str] = frozenset()
    before_halt: frozenset[str] = frozenset()
    """Before a halt form only: "no", as in "no, stop"."""


@dataclass(frozen=True, slots=True)
class Anywhere:
    """When a halt form inside a longer text is a halt."""

    longest: int = 0
    """Most words of the text."""
    unless: frozenset[str] = frozenset()
    """Words that deny, quote or ask: with one of them it is no halt."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases of a language.

    A *form* is one way to say a command ("go back"). What a person says may have more around it
    ("okay, go back please"); `find` tells the form.
    """

    meanings: Mapping[str, Meaning]
    """What each form means."""
    quick: frozenset[str] = frozenset()
    """Halt forms that are obeyed soonest, and after one other sound as well."""
    alike: Mapping[str, str] = field(default_factory=dict)
    """Words that sound like a word of a phrase, and that word."""
    digits: Mapping[str, str] = field(default_factory=dict)
    """Figures, as they are typed, and the words for them: "5" and "five"."""
    near: Mapping[str, str] = field(default_factory=dict)
    """Words of the coach whose beginning may be heard as a form, and that form."""
    around: Around = Around()
    anywhere: Anywhere = Anywhere()
    free: Around = Around()
    """What else may stand around a form in free speech."""
    decoys: frozenset[str] = frozenset()
    """Texts that are no command, and hold one: "don't stop"."""
    beginnings: frozenset[str] = frozenset()
    """Halt forms that a word which is no command begins with: "numb" and "number"."""
    patterns: Mapping[Command, tuple[str, ...]] = field(default_factory=dict)
    """What the file gives for each command, to be shown."""
    to_hear: Mapping[Command, tuple[str, ...]] = field(default_factory=dict)
    """Forms of each command that hold all its pairs of neighbouring words."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The names that the coach can have, and the forms in which each is called."""
    things: Mapping[Command, tuple[str, ...]] = field(default_factory=dict)
    """Patterns of the forms that name an exercise or a routine (`language.things`)."""
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How what the user has is called, besides its name: the last "mix", the last "favourite"."""
    articles: frozenset[str] = frozenset()
    """Words before a name that may be left out."""
    further: frozenset[str] = frozenset()
    """Words of such names that no form has."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Words that count as one another in pairs: parts of the body, numbers."""

    def named(self, name: str) -> Phrasebook:
        """Return the phrases for a coach of that name, one of `names`."""
        forms = self.names[name]
        others = {f: m for f, m in self.meanings.items() if m.command is not Command.NAME}
        called = frozenset(forms)
        around = replace(
            self.around, before=self.around.before | called, after=self.around.after | {forms[0]}
        )
        return replace(
            self,
            meanings={**others, **dict.fromkeys(forms, Meaning(Command.NAME))},
            around=around,
            to_hear={**self.to_hear, Command.NAME: forms},
        )

    def adding(self, forms: Mapping[str, Meaning]) -> Phrasebook:
        """Return the phrases with `forms` besides; what means something keeps its meaning."""
        new = {form: meaning for form, meaning in forms.items() if form not in self.meanings}
        by_command: dict[Command, list[str]] = {}
        for form, meaning in new.items():
            by_command.setdefault(meaning.command, []).append(form)
        more = {
            command: (*self.to_hear.get(command, ()), *cover(found, self.kinds))
            for command, found in by_command.items()
        }
        return replace(self, meanings={**self.meanings, **new}, to_hear={**self.to_hear, **more})

    @property
    def counts(self) -> list[int]:
        """The numbers of repetitions that can be asked for."""
        told = (m.number for m in self.meanings.values() if m.command is Command.COUNT)
        return sorted({number for number in told if number})

    def knows(self, words: Iterable[str]) -> bool:
        """Tell whether the recogniser knows all of `words`."""
        return self.words.issuperset(words)

    def sounding(self, text: str) -> str:
        """Return the words of `text` as they sound: those that are `alike` as their like."""
        return " ".join(self.alike.get(word, word) for word in normalise(text).split())

    def forms(self, commands: Iterable[Command]) -> frozenset[str]:
        """Return every form that means one of `commands`."""
        wanted = frozenset(commands)
        return frozenset(p for p, m in self.meanings.items() if m.command in wanted)

    def grammar(self, commands: Iterable[Command]) -> frozenset[str]:
        """Return what a recogniser has to listen for, to hear `commands` said in any way.

        It joins phrases by pairs of neighbouring words: those of each form, of what stands around
        the quick forms, and of what is no command.
        """
        heard = {form for command in commands for form in self.to_hear.get(command, ())}
        for quick in self.quick & heard:
            heard |= {f"{word} {quick}" for word in self.around.before | self.around.before_halt}
            heard |= {f"{quick} {word}" for word in self.around.after}
        return frozenset(heard | self.decoys)

    @property
    def words(self) -> frozenset[str]:
        """Every word that a recogniser must know."""
        spoken = (word for text in self.grammar(Command) for word in text.split())
        return frozenset(spoken) | self.further

    def first(self, command: Command) -> str:
        """Return the form of `command` that the file gives first, to be shown as an example."""
        return next(p for p, m in self.meanings.items() if m.command is command)

    def find(self, text: str, free: bool = False) -> str | None:
        """Return the form that `text` says, with nothing but what may stand around it; or None.

        In `free` speech more may. `text` need not be normalised. The longest form is found. In a
        text of several words those that sound alike count as each other ("to out of ten").
        """
        words = [self.digits.get(word, word) for word in normalise(text).split()]
        if " ".join(words) in self.decoys and " ".join(words) not in self.meanings:
            return None
        found = (self._find(reading, free) for reading in self._readings(words))
        return next(filter(None, found), None)

    def _readings(self, words: Sequence[str]) -> Iterator[Sequence[str]]:
        """Yield the words, and then as they may have been meant."""
        yield words
        if 1 < len(words) <= MOST_WORDS and any(word in self.alike for word in words):
            ways = [(word, self.alike[word]) if word in self.alike else (word,) for word in words]
            yield from islice(product(*ways), 1, MOST_READINGS)

    def _find(self, words: Sequence[str], free: bool) -> str | None:
        for form, before, after in pieces(words):
            if form in self.meanings and self._only_around(form, before, after, free):
                return form
        return self._gravest(words, free)

    def _gravest(self, words: Sequence[str], free: bool) -> str | None:
        """Return the gravest of several halt forms ("stop, it hurts"; "help, help"), if there is
        nothing but them and what may stand around them, and no longer form that is none ("no
        pain").
        """
        found = [
            form
            for form, before, after in pieces(words)
            if self.halting(form) and self._only_around(form, before, after, free, several=True)
        ]
        if not found or any(self._is_other(form) for form, _, _ in pieces(words)):
            return None
        return max(found, key=lambda form: GRAVITY.index(self.meanings[form].command))

    def _is_other(self, form: str) -> bool:
        """Return whether a form that is no halt holds one."""
        if form not in self.meanings or self.halting(form):
            return False
        return any(self.halting(piece) for piece, _, _ in pieces(form.split()))

    def _only_around(
        self,
        form: str,
        before: Sequence[str],
        after: Sequence[str],
        free: bool,
        several: bool = False,
    ) -> bool:
        if not before and not after:
            return True
        around, more = self.around, self.free if free else Around()
        halt = around.before_halt if self.halting(form) else frozenset[str]()
        lead, trail = around.before | more.before | halt, around.after | more.after

        def may_stand(among: frozenset[str]) -> Callable[[str], bool]:
            return lambda text: text in among or (several and self.halting(text))

        return made_of(before, may_stand(lead)) and made_of(after, may_stand(trail))

    def halt_within(self, text: str) -> str | None:
        """Return the halt form that stands anywhere in `text`, if that is short and does not deny,
        quote or ask. For free text: what a recogniser of phrases finds in running speech is not.
        """
        words = normalise(text).split()
        if len(words) > self.anywhere.longest or self._denied(words):
            return None
        return next((form for form, _, _ in pieces(words) if self.halting(form)), None)

    def _denied(self, words: Sequence[str]) -> bool:
        padded = f" {' '.join(words)} "
        return any(f" {one} " in padded for one in self.anywhere.unless | self.decoys)

    def halts_in(self, text: str) -> list[str]:
        """Return the halt forms in `text`, those inside longer ones left out, sorted."""
        words = normalise(text).split()
        found = {form for form, _, _ in pieces(words) if self.halting(form)}
        return sorted(p for p in found if not any(f" {p} " in f" {q} " for q in found - {p}))

    def meaning(self, text: str) -> Meaning | None:
        """Return what the whole of `text` means, or None. `text` need not be normalised."""
        form = self.find(text)
        return None if form is None else self.meanings[form]

    def halting(self, form: str) -> bool:
        """Tell whether a (normalised) form is one of a halt command."""
        meaning = self.meanings.get(form)
        return meaning is not None and meaning.command in HALTING
