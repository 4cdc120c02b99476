"""The sound check: the coach is quiet, speaks at three loudnesses, and hears a soft "stop" at each.

The dialog asks and waits, and notes when each "stop" was said; how it sounded is measured beside
it (`audio.sound_meter`), and what that means comes as sentences from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from voicecoach.dialog import alarms, asking, safety_dialog
from voicecoach.dialog.before_session import (
    BeforeSession,
    go_on,
    pain,
    shared_lines,
    shared_rows,
)
from voicecoach.dialog.effects import Loudness
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.next import Next
from voicecoach.dialog.reprompts import SOUND, Ladder
from voicecoach.dialog.safe_position import Person
from voicecoach.dialog.shared_rows import GRAVE, NOISE, called, follows
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation, Follow, here, row
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.track import Lengths, Pause
from voicecoach.units import Ms

C, S = Command, State

LOUDNESSES: Final = (-6.0, 0.0, 6.0)
"""dB from the loudness that the user likes, one for each "stop"."""

QUIET: Final = Pause(Ms(3_000))
"""In which the noise of the room is measured."""

SETTLED: Final = Ms(1_200)
"""From a sound to the next line: the word has ended, and its reverberation too."""

LINES: Final = ("sound_intro", "sound_quiet", "sound_reading", "sound_say", "sound_again",
                "sound_loudest")  # fmt: skip
PROMPTS: Final = ("sound_say", "sound_again", "sound_loudest")

Told = Callable[[], Sequence[str]]
"""Returns what the measurements mean, in sentences that were rendered."""


def sound_lines(prompts: Prompts) -> list[str]:
    """Return every line of it but the result, to be rendered before."""
    return [*map(prompts.say, LINES), *shared_lines(prompts)]


@dataclass
class SoundContext(BeforeSession):
    """The mutable part of the sound check."""

    told: Told = field(kw_only=True)
    said: tuple[tuple[Ms, Ms], ...] = ()
    """From when to when each "stop" was waited for."""
    since: Ms = Ms(0)
    """When the coach has asked for the present one."""

    STOPPED_HINT: ClassVar[str] = "paused_hint"
    LADDERS: ClassVar[Mapping[State, Ladder]] = SOUND
    SAVED: ClassVar[tuple[str, ...]] = (*BeforeSession.SAVED, "said", "since")

    @property
    def person(self) -> Person:
        """Nothing is known of a pregnancy."""
        return Person.UNASKED

    def hush(self) -> None:
        """Be silent at once; whatever comes next, an alarm as well, is as loud as usual again."""
        super().hush()
        self.turn.effects.append(Loudness(0.0))

    def goodbye(self) -> list[str]:
        """Return nothing: whoever led it goes on."""
        return []


def begin(s: SoundContext) -> None:
    """Be quiet, read a few lines, and ask for the first "stop"."""
    lines: list[str | Pause] = [
        s.line("sound_intro"),
        s.line("sound_quiet"),
        QUIET,
        s.line("sound_reading"),
    ]
    _ask(s, *lines)


def _ask(s: SoundContext, *before: str | Pause) -> None:
    at = len(s.said)
    s.turn.effects.append(Loudness(LOUDNESSES[at]))
    question = s.line(PROMPTS[at])
    asking.put(s, S.SOUND, question, f"stop {at + 1}")
    track = s.speak([*before, question])
    s.since = Ms(s.turn.base + track.length)
    asking.wait(s, S.SOUND, [*before, question])


def said(s: SoundContext) -> None:
    """A "stop", or what was not heard as one: note it, and ask for the next."""
    s.said = (*s.said, (s.since, s.now))
    s.hush()
    if len(s.said) < len(LOUDNESSES):
        _ask(s, Pause(SETTLED))
    else:
        _tell(s)


def _tell(s: SoundContext) -> None:
    s.conclude(list(s.told()), "done")


def repeat(s: SoundContext) -> None:
    """Ask again for the "stop" that is due, as loudly as before."""
    asking.repeat_question(s)
    s.turn.effects.append(Loudness(LOUDNESSES[len(s.said)]))


def leave(s: SoundContext) -> None:
    """The user does not want it now."""
    s.hush()
    s.conclude([], "ended")


def resume(s: SoundContext) -> None:
    """Go on after a halt: with the alarm, the safety question, or the "stop" that is due."""
    if not go_on(s):
        _ask(s)


HALTS: Final = (S.STOPPED, S.ASK_BREATHING, S.ASK_HELP, S.ASK_PASSED, S.CLOSING)
LIVE = here({S.STOPPED, S.PAUSED, S.CLOSING}) | GRAVE
AFTER_HALT: Final = (S.SOUND, *sorted(GRAVE, key=lambda s: s.value))

CHECK: Conversation[SoundContext] = Conversation(
    begin,
    (
        row(S.SOUND, C.STOP, said, S.CLOSING),
        row(S.SOUND, (C.END, C.NEVER_MIND), leave, S.CLOSING),
        row(S.SOUND, C.REPEAT, repeat),
        *shared_rows(LIVE, None, resume, *AFTER_HALT),
        row(S.SOUND, (C.PAIN, C.SHARP_PAIN), pain, *HALTS),
        row(S.SOUND, C.UNWELL, safety_dialog.unwell, *HALTS),
        row(S.SOUND, C.HELP, safety_dialog.need_help, *HALTS),
        row(S.SOUND, C.EMERGENCY, alarms.emergency, S.CLOSING),
        row(S.SOUND, C.URGENT, alarms.urgent, S.CLOSING),
    ),
    (
        *follows((), AFTER_HALT),
        Follow(here(S.SOUND), Next.NOT_SAID, said, (S.CLOSING,), "nothing heard"),
    ),
    (called(LIVE | {S.SOUND}), NOISE),
    deaf=asking.deaf,
    restored=resume,
    helped=alarms.helper_told,
    inaudible=asking.inaudible,
)


class SoundDialog(Dialog[SoundContext]):
    """Leads through the check; `told` gives what is said of it at its end.

    The outcome is "done", "ended" where the user wants none, or that of an alarm.
    """

    def __init__(
        self, prompts: Prompts, lengths: Lengths, told: Told, helper: bool = False
    ) -> None:
        context = SoundContext(
            State.SOUND, lines=prompts, rendered=lengths, told=told, helper=helper
        )
        super().__init__(CHECK, context)

    @property
    def said(self) -> Sequence[tuple[Ms, Ms]]:
        """From when to when each "stop" was waited for, on the dialog's clock."""
        return self._s.said
