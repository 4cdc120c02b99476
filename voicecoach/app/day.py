"""What an idle coach knows of a day."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.app.records import Records
from voicecoach.history.past import Past
from voicecoach.language.model import Language
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.meant_for import proposed
from voicecoach.screening.outlook import open_to
from voicecoach.screening.person import Person
from voicecoach.screening.profile import Profile


class Day:
    """What is known as a round begins."""

    def __init__(
        self,
        records: Records,
        shelf: Sequence[Routine],
        language: Language,
        library: Sequence[Exercise],
    ) -> None:
        self.today = records.today()
        self.shelf = shelf
        self.profile: Profile = records.profile()
        self.past: list[Past] = records.past()
        self._language, self._library = language, library
        self.routines = self._open()
        """Those that may be proposed; all, to a user who was not asked yet."""

    def _open(self) -> list[Routine]:
        person = Person(self.profile, self.today)
        meant = [routine for routine in self.shelf if proposed(routine, person)]
        left = open_to(self.profile, self.today, self._language, meant, self._library)
        return left or meant
