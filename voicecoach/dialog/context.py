"""What every conversation keeps: its state, its player, the open question, how it ends.

Steps change it through the few verbs here, so that silence and records cannot be forgotten. All of
it but `turn` and what is given at the start is saved with the dialog (`snapshot`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from voicecoach.dialog.conversation_state import Asking, Ending, Turn
from voicecoach.dialog.effects import Hush, Play, Record, Scene
from voicecoach.dialog.next import Next
from voicecoach.dialog.player import Player
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import TIME, Complaint, Move, Person, Posture, moves
from voicecoach.dialog.states import State
from voicecoach.dialog.trouble import Trouble
from voicecoach.eventlog.fields import LogEvent, Outcome
from voicecoach.eventlog.kinds import DialogFinished
from voicecoach.eventlog.sounds import HushReleased
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.track import SENTENCE, Cue, Item, Lengths, Pause, Track, silence, spoken
from voicecoach.units import Ms

REACTION = Ms(150)
"""A spoken answer begins this long after the decision, clear of the user's own last sound."""

RISE = Ms(20_000)
"""Time to get up after a complaint, also at 65 and over (S37): "rise" in routine/moves.toml."""


@dataclass
class Context(ABC):
    """The mutable part of a dialog. `turn.effects` collects what the present event brings."""

    state: State
    now: Ms = Ms(0)
    player: Player = field(default_factory=Player)
    then: Next | None = None
    """What follows the present track."""
    asking: Asking = field(default_factory=Asking)
    ending: Ending = field(default_factory=Ending)
    trouble: Trouble = field(default_factory=Trouble)
    turn: Turn = field(default_factory=Turn)
    helper: bool = field(default=False, kw_only=True)
    """Whether a helper is set up, whom the coach can call."""

    LADDERS: ClassVar[Mapping[State, Ladder]]
    """What is said into a silence in each waiting state."""
    STOPPED_HINT: ClassVar[str]
    """Key of the line that says what leads on after a stop."""
    UNHELPED: ClassVar[State]
    """What is asked next of a user who said "help" and wants none."""
    SAVED: ClassVar[tuple[str, ...]] = (
        "state", "now", "player", "then", "asking", "ending", "trouble",
    )  # fmt: skip
    """Fields that are saved with the dialog."""

    @property
    @abstractmethod
    def prompts(self) -> Prompts:
        """The coach's own lines."""

    @property
    @abstractmethod
    def person(self) -> Person:
        """What is known of a pregnancy past the twelfth week (S17)."""

    @property
    @abstractmethod
    def lengths(self) -> Lengths:
        """The lengths of all lines; a silent cue's is 0."""

    @property
    def scene(self) -> Scene:
        """What goes on, as far as the bed has to know."""
        return Scene.QUIET

    def length(self, text: str) -> Ms:
        """Return the length of a line."""
        return self.lengths(text)

    def way_out(self) -> list[Item]:
        """Return how to leave the present position."""
        return []

    def release(self, _complaint: Complaint) -> list[Item]:
        """Return how to let go of the work, without leaving the position."""
        return []

    def get_out(self) -> list[Item]:
        """Return the way out, unless it has just been said whole."""
        return []

    def rise(self) -> list[Item]:
        """Return how to get up after a complaint, in the user's own time."""
        return [self.line("rise_slowly"), Pause(RISE)]

    def posture(self, _complaint: Complaint) -> Posture:
        """Return how the body is, as far as it is known at such a complaint."""
        return Posture.UNKNOWN

    @property
    def strained(self) -> bool:
        """Whether the present position is a strain."""
        return False

    def safely(self, complaint: Complaint) -> list[Item]:
        """Return the lines that bring the body to a position that is safe for `complaint`, with the
        time for each.

        Call it after `hush`, which keeps the place.
        """
        told = moves(complaint, self.posture(complaint), self.person, strained=self.strained)
        lines: list[Item] = []
        for move in told:
            lines += self.release(complaint) if move is Move.RELEASE else self._moved(move)
        if any(self.leads_out(move, complaint) for move in told):
            self.note_out(lines)
        return lines

    def _moved(self, move: Move) -> list[Item]:
        """Return the line that moves the body, and the time it takes."""
        return [self.line(move.value), *([Pause(TIME[move])] if move in TIME else [])]

    def leads_out(self, move: Move, _complaint: Complaint) -> bool:
        """Tell whether a move leads out of the position."""
        return move is not Move.RELEASE

    def note_out(self, _lines: Sequence[Item]) -> None:
        """Note that lines which are said now lead out of the position."""
        self.turn.leads_out = True

    def goodbye(self) -> list[str]:
        """Return the last words of a dialog that ends early; none after an alarm."""
        return []

    def part(self, lines: Sequence[Item], goodbye: Sequence[str]) -> None:
        """Say `lines` and goodbye, and be over."""
        self.enter(State.CLOSING, self.farewell([*lines, *goodbye]), Next.GOODBYE_SAID)

    def finished(self, outcome: Outcome) -> LogEvent:
        """Return the event that closes the log."""
        return DialogFinished(outcome=outcome)

    @property
    def number(self) -> int:
        """The number that was said; "no pain" is zero."""
        heard = self.turn.heard
        assert heard is not None
        if heard.command is Command.NO_PAIN:
            return 0
        assert heard.number is not None
        return heard.number

    @property
    def region(self) -> str | None:
        """The part of the body that was named, if one was."""
        return self.turn.heard.region if self.turn.heard else None

    def line(self, key: str, **values: str) -> str:
        """Return one of the coach's own lines."""
        return self.prompts.say(key, **values)

    def record(self, event: LogEvent) -> None:
        """Put an event into the log."""
        self.turn.effects.append(Record(event))

    def enter(self, state: State, track: Track, then: Next) -> None:
        """Go to `state` and play `track`; when it is over, `then` follows."""
        self.state, self.then = state, then
        self.start(track, self.turn.base)

    def skip_to(self, then: Next) -> None:
        """Let `then` follow at once."""
        self.player.start(silence(Ms(0)), self.turn.base)
        self.then = then

    def start(self, track: Track, at: Ms) -> None:
        """Play `track` from `at` on; nothing of what was handed over may overlap it."""
        if self.player.start(track, at):
            self.turn.effects.append(Hush())

    @property
    def moment(self) -> Ms:
        """Until when the track was played: now, or when it fell silent for what may be a halt."""
        return self.now if self.player.held is None else self.player.held

    def fall_silent(self) -> None:
        """Be silent at once, until it is known whether a halt word was said."""
        if self.player.held is None:
            self.player.hold(self.now)
            self.turn.effects.append(Hush())

    def go_on(self) -> None:
        """No halt word was said: go on at the start of the cue that was cut."""
        assert self.player.held is not None
        answers = self.player.cut_answers(self.player.held)
        self.delay(self.player.release(self.now, self.lengths))
        for text in answers:
            at = Ms(max(self.now, self.player.busy))
            self.delay(self.player.answer_again(text, at, self.lengths))
            self.play(Cue(Ms(0), text), at)
        self.record(HushReleased())

    def delay(self, _late: Ms) -> None:
        """Note that what follows comes so much later."""
        return

    def hush(self) -> None:
        """Be silent at once."""
        self.asking.hushed(self.moment)
        self.player.stop(self.now)
        self.turn.effects.append(Hush())

    def speak(self, lines: Sequence[Item], after: Ms = REACTION) -> Track:
        """Return `lines` as a track that begins a reaction after now and holds no way in."""
        return spoken(lines, self.lengths, lead=REACTION, after=after).closed()

    def farewell(self, lines: Sequence[Item]) -> Track:
        """Return the last lines of a dialog."""
        return spoken(lines, self.lengths, lead=SENTENCE)

    def play(self, cue: Cue, at: Ms) -> None:
        """Hand a cue over."""
        number = self.player.hand(Ms(at - cue.at + self.lengths.span(cue)[1]))
        self.turn.effects.append(Play(number, cue, at))
