"""Everything that the coach can say, rendered before it is needed: overnight on a slow computer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date

from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.app.wiring import Choices, make_voice
from voicecoach.dialog.screening_dialog import screening_lines
from voicecoach.language.model import Language
from voicecoach.plan.compile import all_lines
from voicecoach.ports import Progress
from voicecoach.routine.model import Routine
from voicecoach.screening.outlook import outlook_lines
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening


def everything(language: Language) -> list[str]:
    """Return what the health questions and the sessions of all known routines can say, sorted.

    Raises `ProblemsError` for a routine with problems.
    """
    routines = [load_routine(path, language) for path in routine_files().values()]
    return sorted({*_questions(routines, language), *_sessions(routines, language)})


def render_all(choices: Choices, progress: Progress | None = None) -> str:
    """Render `everything` into the cache; return the name of the voice that spoke it.

    It may be interrupted: what was rendered is kept. Raises `VoiceError` or `ProblemsError`.
    """
    with closing(make_voice(choices.voice, choices.rate, choices.language)) as voice:
        voice.render(everything(choices.language), progress)
        return voice.name


def _sessions(routines: Iterable[Routine], language: Language) -> set[str]:
    return {line for routine in routines for line in all_lines(routine, language)}


def _questions(routines: list[Routine], language: Language) -> list[str]:
    screening = Screening.start(Profile(), date.today(), everything=True)
    lines = screening_lines(screening, language.prompts)
    return [*lines, *outlook_lines(routines, language.prompts)]
