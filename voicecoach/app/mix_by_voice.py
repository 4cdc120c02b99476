"""A mix of the user's own, changed by voice: an exercise is added to it, or taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from voicecoach.app.mixes import is_mix, latest_mix
from voicecoach.app.things_at_hand import exercise_on
from voicecoach.dialog.menu import Choice, Proposal
from voicecoach.errors import CoachError
from voicecoach.language.model import Language
from voicecoach.language.phrasebook import Command
from voicecoach.routine.model import Routine
from voicecoach.screening.mixing import mixed

NAME: Final = "my-mix"
"""The id of the mix that is begun where there is none."""

MIXING: Final = (Command.MIX_IN, Command.MIX_OUT)


@dataclass(frozen=True, slots=True)
class Mixing:
    """The mix that was made last, and what it is mixed of."""

    shelf: Sequence[Routine]
    language: Language

    @property
    def id(self) -> str:
        """The id of the mix that is there, or would be begun."""
        mix = latest_mix(self.shelf)
        return mix.id if mix else NAME

    def told(self) -> str:
        """Return what is in it."""
        say, mix = self.language.prompts, latest_mix(self.shelf)
        if mix is None:
            return say.say("menu_no_mix")
        return say.say("menu_my_mix", names=say.things([one.name for one in mix.exercises]))

    def asked(self, choice: Choice) -> Proposal | str:
        """Return the question whether to do what was understood, or why it cannot be done."""
        say, exercise = self.language.prompts, exercise_on(self.shelf, choice.thing)
        if exercise is None:
            return say.say("menu_unknown")
        inside, mix = self._inside(), latest_mix(self.shelf)
        if choice.what is Command.MIX_OUT:
            if exercise.id not in inside:
                return self.told()
            key = "menu_mix_out"
        elif exercise.id in inside:
            return self.told()
        else:
            try:
                self.changed(choice)
            except CoachError:
                return say.say("menu_not_mixed")
            key = "menu_mix_in" if mix else "menu_mix_new"
        return Proposal((), say.say(key, name=exercise.name), replace(choice, sure=True))

    def changed(self, choice: Choice) -> Routine | None:
        """Return the mix as it is then; None where nothing is left in it.

        Raises `InputError` for an exercise that cannot be mixed.
        """
        mix, inside = latest_mix(self.shelf), self._inside()
        wanted = [one for one in inside if one != choice.thing]
        wanted += [choice.thing] if choice.what is Command.MIX_IN else []
        if not wanted:
            return None
        name = mix.name if mix else self.language.prompts.lines["my_mix"]
        shelf = [one for one in self.shelf if not is_mix(Path(one.path))]
        return mixed(self.id, name, wanted, shelf, self.language)

    def _inside(self) -> list[str]:
        mix = latest_mix(self.shelf)
        return [one.id for one in mix.exercises] if mix else []
