"""A session played again from its log, and compared with it line by line.

The same judge, dialog and conductor get what the log says that they got (`eventlog.inputs`), and
write the log anew. Nothing else has a say: no sound, no clock, no file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from voicecoach.app.conductor import Conductor
from voicecoach.app.decisions import Decision, rules_of, told, traced
from voicecoach.app.log_file import MAX_BYTES
from voicecoach.app.pipeline import Clips, lengths_of
from voicecoach.app.recorded import care_of, clip_of, hearing_of, routine_of
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_watch import Audible
from voicecoach.audio.mixer import Ended, Report, Started
from voicecoach.dialog.effects import SoundChange
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import SESSION
from voicecoach.errors import InputError
from voicecoach.eventlog import inputs, kinds, sounds
from voicecoach.eventlog.fields import Source
from voicecoach.eventlog.inputs import FORMAT, SessionPrepared
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.lines import NEXT_STEP, Logged, conversations, logged_lines, to_line
from voicecoach.language.loader import load_language
from voicecoach.language.model import Language
from voicecoach.plan.plan import Plan
from voicecoach.text_file import read_text
from voicecoach.units import RATE, Frame, Ms


@dataclass(frozen=True, slots=True)
class Difference:
    """The first line in which the replay is not the log."""

    line: int
    """Its number in the log, from 1."""
    logged: str
    """The line of the log."""
    replayed: str
    """The line of the replay; empty where nothing came."""


@dataclass
class Replayed:
    """What a replay brought."""

    prepared: SessionPrepared
    decisions: list[Decision] = field(default_factory=list)
    lines: int = 0
    """How many lines were the same."""
    difference: Difference | None = None
    ended: bool = False
    """Whether the log tells how the session ended; else it was cut."""


class _Speaker:
    """Notes when each cue was to begin."""

    def __init__(self) -> None:
        self.wanted: dict[int, Frame] = {}

    def play(self, id_: int, _samples: Samples, at: Frame) -> None:
        self.wanted[id_] = at

    def hush(self) -> None:
        return

    def change(self, _effect: SoundChange) -> None:
        return

    def own(self, report: Report) -> Report:
        return report


class _Player:
    """A session that is given what the log says that it was given."""

    def __init__(self, prepared: SessionPrepared) -> None:
        self.decisions: list[Decision] = []
        self.pending: deque[Event] = deque()
        self._now, self._speaker = Ms(0), _Speaker()
        language = load_language(prepared.language)
        clips = {text: clip_of(text, line) for text, line in prepared.lines.items()}
        self._session = Session(
            _plan(prepared, language, clips),
            prepared.talk,
            care_of(prepared),
            prepared.helper,
            traced(SESSION, self._note),
        )
        if not isinstance(prepared.state, msgspec.UnsetType):
            self._session.load(prepared.state, Ms(round(prepared.t * 1000)))
        book = language.phrasebook
        self._conductor = Conductor(
            self._session, self._speaker, clips, book, _ignore, self._take, _ignore
        )

    def begin(self) -> None:
        """Let the clock of the session begin."""
        self._conductor.begin()

    def feed(self, event: Event) -> None:
        """Let what a line of the log says come to the session; what follows is `pending`."""
        now = self._now = Ms(round(event.t * 1000))
        conductor = self._conductor
        match event:
            case inputs.Woken():
                conductor.tick(now)
            case inputs.HearingCame():
                conductor.hear([hearing_of(event)], now)
            case inputs.PhraseTyped(text=text, source=source):
                came = Source.MICROPHONE if isinstance(source, msgspec.UnsetType) else source
                conductor.inject(text, came, now)
            case inputs.HelperReported(reached=reached):
                conductor.help_reached(reached, now)
            case inputs.LoudspeakerNoticed(state=state):
                conductor.notice(Audible(state), now)
            case inputs.PartLost(part=part, why=why):
                conductor.fail(part, why, now)
            case inputs.PartBack(part=part, after=after):
                conductor.recover(part, after, now)
            case sounds.CueStarted() | sounds.CueFinished():
                self._sound(event)
            case sounds.UserSpoke() | kinds.SessionFinished():  # the user of a rehearsal; Ctrl-C
                self.pending.append(event)
            case _:
                pass

    def _sound(self, event: sounds.CueStarted | sounds.CueFinished) -> None:
        frame, wanted = Frame(round(event.t * RATE)), self._speaker.wanted.get(event.id)
        if wanted is None:  # it was never handed over here: nothing comes, which is told
            return
        if isinstance(event, sounds.CueStarted):
            self._conductor.note([Started(event.id, frame, wanted)])
        else:
            self._conductor.note([Ended(event.id, frame, event.whole)])

    def _take(self, event: Event) -> None:
        self.pending.append(event)
        decision = told(event, self._session.state.value)
        if decision:
            self.decisions.append(decision)

    def _note(self, state: str, cause: str, to: str, step: str) -> None:
        at = self._now / 1000
        self.decisions.append(Decision(at, state, cause, to, step, rules_of(step)))


def replay(path: Path) -> list[Replayed]:
    """Play each session in a log again, to its end or to the first difference.

    Raises `InputError` if the file is no event log, tells of no session that can be replayed, or
    was written by a later version.
    """
    text = read_text(path, "The event log", NEXT_STEP, MAX_BYTES, cut=True)
    _require_known(text, path)
    return replay_lines(logged_lines(text, str(path)), path)


def replay_lines(lines: Sequence[Logged], path: Path) -> list[Replayed]:
    """Play the sessions in the lines of a log again; `path` is for the error. Raises `InputError`.

    Other conversations, such as the questions about the user's health, are left out.
    """
    found = [
        _replayed(line.event, part[at + 1 :])
        for part in conversations(lines, lambda line: line.event)
        for at, line in enumerate(part)
        if isinstance(line.event, SessionPrepared)
    ]
    if not found:
        raise _no_session(path, bool(lines))
    return found


def _replayed(prepared: SessionPrepared, lines: Sequence[Logged]) -> Replayed:
    player, result = _Player(prepared), Replayed(prepared, lines=1)
    player.begin()
    for line in lines:
        if not player.pending:
            player.feed(line.event)
        again = to_line(player.pending.popleft()) if player.pending else ""
        if again != line.text:
            result.difference = Difference(line.number, line.text, again)
            break
        result.lines += 1
        result.ended = result.ended or isinstance(line.event, kinds.SessionFinished)
    result.decisions = player.decisions
    return result


def _plan(prepared: SessionPrepared, language: Language, clips: Clips) -> Plan:
    """Return the plan of the session, with the lengths of its lines as they were."""
    routine = routine_of(prepared, language)
    lengths = {text: clip.length for text, clip in clips.items()}
    return Plan(routine, language, lengths, lengths_of(clips).centre)


class _Head(msgspec.Struct):
    """What tells of a later version, whatever else stands in a line."""

    kind: str
    format: int
    version: str


def _require_known(text: str, path: Path) -> None:
    """Raise `InputError` for a log that a later version wrote."""
    for line in text.splitlines():
        try:
            head = msgspec.json.decode(line, type=_Head)
        except (msgspec.DecodeError, UnicodeError):
            continue
        if head.kind == "prepared" and head.format > FORMAT:
            what = f"The event log {path} is too new"
            why = f"voicecoach {head.version} wrote it, in format {head.format} of what is replayed"
            raise InputError(what, f"{why}; this program knows {FORMAT}", "Update voicecoach.")


def _no_session(path: Path, any_line: bool) -> InputError:
    what = f"The event log {path} cannot be replayed"
    if not any_line:
        return InputError(what, "It has no whole line", NEXT_STEP)
    why = "It does not say of what a session was made: there was none, its beginning is missing, or"
    step = "Name the log of a session, whole, as `start` and `rehearse` write it by --events."
    return InputError(what, f"{why} an earlier version wrote it", step)


def _ignore(_: object) -> None:
    return
