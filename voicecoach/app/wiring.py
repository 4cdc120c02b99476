"""The one place that names concrete adapters: voice, ears, canceller, sound card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from voicecoach.app.dependencies import Parts
from voicecoach.audio.calibration_noise import Lead, swell
from voicecoach.audio.cancellers import make_canceller
from voicecoach.audio.clip import Clip, Samples
from voicecoach.audio.echo_pipeline import Duplex
from voicecoach.decision.judge import stands
from voicecoach.devices.keyboard import typed_lines
from voicecoach.devices.sound_card import Card, list_devices
from voicecoach.dialog.care import Care
from voicecoach.dialog.core import Core
from voicecoach.dialog.session import Session
from voicecoach.errors import ModelError
from voicecoach.language.model import Language
from voicecoach.paths import cache_dir, shipped
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.narration import BARE, FULL, SHORT
from voicecoach.plan.plan import Plan
from voicecoach.ports import Device, Progress, Recogniser, Voice
from voicecoach.routine.model import Routine
from voicecoach.simulation.scenario import Saying
from voicecoach.stt.model_check import check_model
from voicecoach.stt.typed import TypedRecogniser
from voicecoach.stt.verifier import FILE as VERIFIER
from voicecoach.stt.verifier import Verifier
from voicecoach.stt.vosk_recogniser import VoskRecogniser
from voicecoach.tts.cache import CachedVoice
from voicecoach.tts.pyttsx3_voice import COACH, RATE_WPM, Pyttsx3Voice

TALKS = {"full": FULL, "short": SHORT, "counts": BARE}
"""Names of the levels of talk."""

USER_RATE_WPM = 150
"""The simulated user speaks a little slower than the coach, as commands are."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose, or the defaults."""

    language: Language
    voice: str = COACH
    rate: int = RATE_WPM
    talk: str = "full"
    model: Path | None = None
    """A Vosk model folder; None is the shipped one of the language."""
    canceller: str = "kalman"


def make_voice(name: str, rate: int) -> Voice:
    """Return a voice whose clips are kept on disk."""
    return CachedVoice(Pyttsx3Voice(name, rate), cache_dir() / "speech")


def make_plan(
    routine: Routine,
    choices: Choices,
    progress: Progress | None = None,
    care: Care | None = None,
) -> tuple[Plan, dict[str, Clip]]:
    """Render every line of `routine`, and what `care` opens with, and compile it."""
    lines = all_lines(routine, choices.language) | frozenset(care.opening if care else ())
    clips = render(lines, choices, progress)
    lengths = {text: clip.length for text, clip in clips.items()}
    return compile_plan(routine, choices.language, lengths), clips


def make_recogniser(model: Path | None, language: Language) -> VoskRecogniser:
    """Return ears on a model that was checked: the shipped one of `language` if `model` is None.

    Raises `ModelError`.
    """
    folder = model or shipped(f"models/coach-{language.code}")
    check_model(folder, None if model else shipped("models/manifest.toml"))
    book = language.phrasebook
    verifier = Verifier(folder) if (folder / VERIFIER).is_file() else None
    ears = VoskRecogniser(folder, verifier, stands(book))
    unknown = ears.unknown_words(frozenset(book.meanings))
    if unknown:
        why = f"It does not know: {', '.join(unknown)}"
        step = "Choose a model with a larger vocabulary, or leave --model out."
        raise ModelError(f"The speech model in {folder} does not fit", why, step)
    return ears


def render(
    lines: Iterable[str], choices: Choices, progress: Progress | None = None
) -> dict[str, Clip]:
    """Return the coach's clip for each line."""
    with closing(make_voice(choices.voice, choices.rate)) as voice:
        return voice.render(sorted(lines), progress)


def make_session(plan: Plan, choices: Choices, care: Care | None = None) -> Session:
    """Return a session that has not begun."""
    return Session(plan, TALKS[choices.talk], care)


def make_parts(
    core: Core, clips: Mapping[str, Clip], ears: Recogniser, choices: Choices, typed: bool = False
) -> Parts:
    """Return the parts of a session or of a talk before it; typed commands need no canceller.

    Where there is one, a swell comes first, by which it learns the room.
    """
    canceller = "none" if typed else choices.canceller
    lead = Lead() if canceller == "none" else Lead(swell())
    return Parts(core, clips, choices.language.phrasebook, ears, make_duplex(canceller), lead)


def make_duplex(canceller: str) -> Duplex:
    """Return the canceller of that name, with a gate where there is an echo to be masked."""
    return Duplex(partial(make_canceller, canceller), gated=canceller != "none")


def make_card(output: str, microphone: str | None) -> Device:
    """Return the sound card; without a microphone if that is None."""
    return Card(output, microphone)


def recogniser_maker(
    typed: TextIO | None, model: Path | None, language: Language
) -> Callable[[], Recogniser]:
    """Return what makes ears for one talk or session after the other, each with a clock of its own.

    They hear by the microphone, or take what is typed into `typed`. Raises `ModelError`.
    """
    if typed is not None:
        take = typed_lines(typed)
        return lambda: TypedRecogniser(take)
    first = [make_recogniser(model, language)]
    return lambda: first.pop() if first else make_recogniser(model, language)


def user_speech(sayings: Iterable[Saying], coach: str) -> dict[Saying, Samples]:
    """Render what the simulated user says, by voices that are not the coach's."""
    spoken: dict[Saying, Samples] = {}
    for saying in sayings:
        if saying.text:
            with closing(make_voice(saying.voice or user_voice(coach), USER_RATE_WPM)) as voice:
                spoken[saying] = voice.render([saying.text])[saying.text].samples
    return spoken


def user_voice(coach: str) -> str:
    """Return the simulated user's usual voice: another than `coach`."""
    return "en-us" if coach.startswith("en-us+m3") else "en-us+m3"


__all__ = [
    "TALKS",
    "Choices",
    "list_devices",
    "make_canceller",
    "make_card",
    "make_duplex",
    "make_parts",
    "make_plan",
    "make_recogniser",
    "make_session",
    "make_voice",
    "recogniser_maker",
    "render",
    "user_speech",
]
