"""What holds of every walk through a conversation (SAFETY S1, S7, S8, S17, S25, S29)."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from tests.dialog.driver import length
from tests.dialog.walk_words import GOES_ON, OWED, OWED_BEFORE
from tests.dialog.walks import Place, Step, Walker
from tests.english import LANGUAGE, SAY
from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.dialog.safe_position import (
    POSTURES,
    STAYS_DOWN,
    TIME,
    Complaint,
    Move,
    Person,
    Posture,
    moves,
)
from voicecoach.dialog.states import ACTIVE, WORK, State
from voicecoach.language.phrasebook import Command
from voicecoach.language.sides import SIDES
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Exercise
from voicecoach.routine.moves import seconds_needed
from voicecoach.track import lines_of
from voicecoach.units import Ms

C, S = Command, State

COMPLAINT = {
    C.STOP: Complaint.REST, C.PAUSE: Complaint.REST, C.TOO_MUCH: Complaint.EFFORT,
    C.PAIN: Complaint.PAIN, C.SHARP_PAIN: Complaint.PAIN, C.HELP: Complaint.STUCK,
    C.UNWELL: Complaint.UNWELL, C.URGENT: Complaint.URGENT, C.EMERGENCY: Complaint.EMERGENCY,
}  # fmt: skip
LAST_WORDS = frozenset(
    SAY.say(key)
    for key in ("goodbye", "finished_early", "before_ended", "emergency", "urgent", "help_over",
                "check_in_last", "before_no_answer")
) | {SAY.screen["thanks"]}  # fmt: skip
LEADS_OUT = frozenset({S.CLOSING, S.BREATHING})
"""States that end by themselves, once all is answered."""
SAFE = {SAY.say(m.value): TIME.get(m, Ms(0)) for m in Move if m is not Move.RELEASE}
DESCRIBED = frozenset(
    SAY.sided(line, side)
    for path in routine_files().values()
    for exercise in load_routine(path, LANGUAGE).exercises
    for line in (exercise.short, *lines_of(exercise.full))
    for side in SIDES
)
TOLD = frozenset(map(SAY.say, ("helper_called", "helper_missed", "no_helper")))


def acceptable(
    complaint: Complaint, exercise: Exercise | None, who: Person, *, at_work: bool
) -> set[tuple[Move, ...]]:
    """Return what may be said to a body that is in an exercise, or on its way."""
    if exercise is None:
        return {moves(complaint, Posture.UNKNOWN, who, strained=False)}
    own, strained = POSTURES[exercise.position], exercise.dose.strained
    if at_work:
        return {moves(complaint, own, who, strained=strained)}
    return {
        moves(complaint, posture, who, strained=maybe)
        for posture in (own, Posture.UNKNOWN)
        for maybe in {False, strained}  # by the `start`, and after a set until the release
    }


class Rules:
    """What holds of each step of a walk; `index` is the exercise that it begins in, -1 is none."""

    def __init__(self, name: str, plan: Plan | None, who: Person, helper: bool) -> None:
        self.plan, self.who, self.helper, self.index = plan, who, helper, -1
        spoken = {SAY.say(move.value) for move in Move if move is not Move.RELEASE}
        exercises = range(len(plan.routine.exercises) if plan else 0)
        ways = [lines_of(plan.way_out(i)) for i in exercises] if plan else []
        self.goes_on = GOES_ON[name]
        self.owed = OWED if plan else OWED_BEFORE
        self.advice = set(plan.routine.advice) if plan else set()
        self.up = {line for way in ways for line in way} - spoken

    def check(self, step: Step) -> None:
        """Check one step."""
        self._owed(step)
        self._latched(step)
        self._down(step)
        self._time_to_move(step)
        if step.word.command in COMPLAINT and not step.before.path:
            self._position(step, COMPLAINT[step.word.command])
        if step.outcome and step.outcome != "asked":  # then the refusal, or the session, follows
            assert step.place.last in LAST_WORDS, (step.texts, step.place.path)

    def _owed(self, step: Step) -> None:
        """S29: no load before every answer was given."""
        on = self.goes_on.intersection(step.states)
        assert not (on and step.owed), (step.place.path, step.owed, step.states)

    def _latched(self, step: Step) -> None:
        """S7, S8: an alarm is never followed by anything but its end."""
        if step.before.ghost.alarmed:
            assert not set(step.states) & (ACTIVE - {S.CLOSING}), (step.place.path, step.states)

    def _down(self, step: Step) -> None:
        """S7: nothing leads up after such a complaint, until a load comes again."""
        down = step.before.ghost.down or COMPLAINT.get(step.word.command) in STAYS_DOWN  # type: ignore[arg-type]
        if down and not self.goes_on.intersection(step.states):
            assert not self.up & set(step.texts), (step.place.path, step.texts)

    def _time_to_move(self, step: Step) -> None:
        """S37: what leads up or out is followed by the time that it takes, but for a question: its
        answer can wait. What brings the body to a safe position has its time before a question too.
        """
        in_order = sorted(step.said, key=lambda said: said[1])  # an answer fits between the beats
        for (text, at), (then, after) in pairwise(in_order):
            left = after - at - (length(text) if text else 0)
            needed = 0 if text in self.advice else time_needed(text)
            waits = then.endswith("?") and text not in SAFE
            assert waits or left >= needed, (step.place.path, text, left, then)

    def _position(self, step: Step, complaint: Complaint) -> None:
        """The first complaint: the words are those of the table."""
        at_work = step.before.state in WORK
        exercise = self.plan.exercise(self.index) if self.plan and self.index >= 0 else None
        allowed = acceptable(complaint, exercise, self.who, at_work=at_work)
        wanted = [
            [line for m in told for line in (way if m is Move.RELEASE else [SAY.say(m.value)])]
            for told in allowed
            for way in self._releases(exercise)
        ]
        assert any(is_within(lines, step.texts) for lines in wanted), (
            self.index, step.before.state, step.word, step.texts, wanted,
        )  # fmt: skip

    def _releases(self, exercise: Exercise | None) -> list[list[str]]:
        """How to let go of the work, for each side, or the way out, which begins with that."""
        if not exercise:
            return [[]]
        ways = [lines_of(way) for way in (exercise.release, exercise.way_out) if way]
        return [[SAY.sided(line, side) for line in way] for way in ways for side in SIDES]

    def left_alone(self, walker: Walker, place: Place) -> None:
        """S25: silence leads to the helper, and whether they come is said."""
        if not place.ghost.troubled and not place.ghost.alarmed:
            return
        for reached in (True, False, None) if self.helper else (None,):
            step = walker.end(place, reached)
            self._time_to_move(step)
            words = [word for word in place.path if word not in ("stop", "resume")]
            left = words[-1:] in (["end"], ["yes"])  # by the user's own word, however interrupted
            over = place.state in LEADS_OUT and (left or not place.ghost.owed - {"offer"})
            called = step.helped or place.ghost.alarmed
            assert called or over, (place.path, place.state, place.ghost, step.texts)
            if called:
                self._called(step, place, reached)
            assert [place.last, *step.texts][-1] in LAST_WORDS, (place.path, step.texts)

    def _called(self, step: Step, place: Place, reached: bool | None) -> None:
        """The helper was called: it is an alarm, and whether they come is said."""
        told = "helper_called" if reached else "helper_missed"
        line = SAY.say(told if self.helper else "no_helper")
        assert step.outcome in ("emergency", "urgent", "help", "no_answer"), place.path
        heard = {text for text, _ in step.said}
        assert TOLD & heard <= {line}, (place.path, step.texts)
        assert line in heard or not step.helped, (place.path, step.texts)
        assert not set(step.states) & (ACTIVE - {S.CLOSING, S.BREATHING})


@cache
def time_needed(text: str) -> float:
    """Return how long the moves of a line take, in milliseconds; what is described takes none."""
    if text in SAFE:
        return SAFE[text]
    return 0 if text in DESCRIBED else 1000 * seconds_needed(text, LANGUAGE.lint)


def is_within(part: list[str], whole: list[str]) -> bool:
    """Tell whether `part` stands in `whole`, as far as there was time to say it."""
    begins = [i for i, text in enumerate(whole) if part[:1] == [text]]
    return not part or any(part[: len(whole) - i] == whole[i : i + len(part)] for i in begins)
