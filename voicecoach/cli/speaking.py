"""What `start` and `screen --spoken` share: a sound card, ears, and the talks held with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.app.before import Talker
from voicecoach.app.conductor import Log
from voicecoach.app.live import Live
from voicecoach.app.profile_store import save_profile
from voicecoach.app.wiring import Choices, make_card, make_parts, render
from voicecoach.audio.clip import Clip
from voicecoach.cli.transcript import Conversation
from voicecoach.dialog.core import Core
from voicecoach.errors import DeclinedError
from voicecoach.ports import Recogniser
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening


@dataclass(frozen=True, slots=True)
class Stand:
    """Where talks and sessions are held, one after the other."""

    choices: Choices
    hear: Callable[[], Recogniser]
    """Makes ears for the next one."""
    output: str
    microphone: str | None
    """None when commands are typed."""
    hook: Callable[[str], None]

    def drive(self, core: Core, clips: Mapping[str, Clip], log: Log) -> str:
        """Lead `core` to its end. Raises `DeviceError`."""
        typed = self.microphone is None
        parts = make_parts(core, clips, self.hear(), self.choices, typed)
        device = make_card(self.output, self.microphone)
        return Live(parts, device, log, self.hook, typed).run()

    @property
    def talker(self) -> Talker:
        """Holds the talks before a session; they are shown, and written to no log."""
        say = self.choices.language.prompts
        return Talker(say, lambda lines: render(lines, self.choices), self._talk)

    def _talk(self, core: Core, clips: Mapping[str, Clip]) -> str:
        show = Conversation()
        try:
            return self.drive(core, clips, show)
        finally:
            show.flush()


def answered(stand: Stand, screening: Screening, path: Path) -> Profile:
    """Ask what is due and return the profile with the answers, which is kept in `path`.

    Raises `DeclinedError` if the questions were not answered to their end: then nobody is led.
    """
    profile, outcome = stand.talker.ask(screening)
    if profile is not None:
        save_profile(path, profile)
    if profile is None or outcome != "asked":
        why = WHY.get(outcome, "The questions were not answered to their end")
        raise DeclinedError("There is no session", why, STEP)
    return profile


WHY: Mapping[str, str] = {
    "no_answer": "Nobody answered the questions",
    "emergency": "You told of an emergency: call the emergency number",
    "urgent": "What you told needs emergency care today",
}
STEP = "The questions can also be typed: `voicecoach screen`."
