"""How long the questions before a session take for people of several kinds, by the coach's voice.

    python bench/screening.py

Each answer has been heard 1.2 s after its question. A table in Markdown: the
first day, the next day and a day after a month, with the number of questions, and how many of the
shipped routines are open then. docs/safety.md has the figures.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from voicecoach.app.routine_library import readable_routines, shipped_exercises  # noqa: E402
from voicecoach.app.wiring import COACH, make_voice  # noqa: E402
from voicecoach.language.loader import load_language  # noqa: E402
from voicecoach.ports import Voice  # noqa: E402
from voicecoach.screening.facts import Fact  # noqa: E402
from voicecoach.screening.outlook import open_to, outlook  # noqa: E402
from voicecoach.screening.profile import Profile  # noqa: E402
from voicecoach.screening.questionnaire import Reply, Screening, intro  # noqa: E402
from voicecoach.screening.summary import allows  # noqa: E402
from voicecoach.track import SENTENCE  # noqa: E402

ANSWER_S: Final = 1.2
LEAD_S: Final = 0.15
WPM: Final = 160
DAY: Final = date(2026, 11, 21)
LANGUAGE = load_language("en")
SAY = LANGUAGE.prompts

F = Fact
PEOPLE: Final[Mapping[str, tuple[Fact, ...]]] = {
    "healthy": (),
    "pregnant, week 20": (F.PREGNANT, F.PREGNANT_LONG),
    "disc, agreed": (F.DISC, F.DISC_AGREED),
    "disc, not agreed": (F.DISC,),
    "blood thinners, bones, 70": (F.BLOOD, F.BONES, F.OLDER),
    "caesarean 10 days ago": (F.OPERATION,),
    "caesarean, agreed": (F.OPERATION, F.OPERATION_AGREED, F.WOUND),
    "injured yesterday": (F.INJURY, F.TWO_DAYS),
    "cancer 20 years ago, agreed": (F.CANCER, F.CANCER_AGREED),
    "cancer, not agreed": (F.CANCER,),
    "wakes at night, turning helps": (F.NIGHT, F.NIGHT_EASES),
    "wakes at night, nothing helps": (F.NIGHT,),
}
"""The people of the review, by what they answer with yes."""


class Clock:
    """Adds up what the coach says and how long the user takes."""

    def __init__(self, voice: Voice) -> None:
        self._voice, self._lengths = voice, {"": 0.0}

    def length(self, text: str) -> float:
        """Return how long a line sounds, in seconds."""
        if text not in self._lengths:
            self._lengths[text] = self._voice.render([text])[text].length / 1000
        return self._lengths[text]

    def asked(
        self, profile: Profile, yes: tuple[Fact, ...], day: date
    ) -> tuple[int, float, Profile]:
        """Ask what is due on `day`; return the number of questions, the seconds, the profile."""
        screening = Screening.start(profile, day)
        first, number = screening, 0
        seconds = LEAD_S + self.length(intro(screening, SAY)) + SENTENCE / 1000
        while screening.current:
            word = Reply.YES if screening.current.fact in yes else Reply.NO
            seconds += self.length(SAY.screen[screening.key]) + ANSWER_S
            screening, number = screening.answer(word), number + 1
        assert screening.outcome is not None
        thanks = [SAY.screen["thanks"]] if screening.thanked else []
        last = [*thanks, *self._closing(first, screening.outcome, day)]
        seconds += sum(self.length(line) + SENTENCE / 1000 for line in last)
        return number, seconds, screening.outcome

    def _closing(self, first: Screening, profile: Profile, day: date) -> tuple[str, ...]:
        if not first.whole or not allows(profile, day, SAY):
            return ()
        return outlook(left(profile, day), SHELF, SAY)


SHELF = readable_routines(LANGUAGE)
LIBRARY = shipped_exercises(LANGUAGE)


def left(profile: Profile, day: date) -> list[object]:
    """Return the routines that are open."""
    return open_to(profile, day, LANGUAGE, SHELF, LIBRARY)  # type: ignore[return-value]


def row(clock: Clock, name: str, yes: tuple[Fact, ...]) -> str:
    """Return the row of one person: three days, one after the other."""
    profile, cells = Profile(), [name]
    for days in (0, 1, 32):
        day = DAY + timedelta(days=days)
        number, seconds, profile = clock.asked(profile, yes, day)
        cells.append(f"{number}: {seconds:.0f} s")
        if not days:
            cells.append(f"{len(left(profile, day))} of {len(SHELF)}")
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    print("| who | first day: questions, seconds | open | next day | a month later |")
    print("| --- | --- | --- | --- | --- |")
    with closing(make_voice(COACH, WPM)) as voice:
        clock = Clock(voice)
        for name, yes in PEOPLE.items():
            print(row(clock, name, yes))


if __name__ == "__main__":
    main()
