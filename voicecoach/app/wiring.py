"""The one place that names concrete adapters: voice, recogniser, canceller, sound card."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from voicecoach.alerts.helper_command import command_words, helper_hook
from voicecoach.alerts.webhook import check_url
from voicecoach.app.live import Live
from voicecoach.app.pipeline import Listener, Pipeline, lengths_of
from voicecoach.app.sounding import USUAL, Taste
from voicecoach.app.taste_store import load_taste
from voicecoach.app.voice_store import load_voice
from voicecoach.audio.calibration_noise import Preamble, calibration_noise, waking_noise
from voicecoach.audio.cancellers import make_canceller
from voicecoach.audio.clip import Clip, Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.sounds import SoundingVoice, chime, soft_breath
from voicecoach.decision.judge import all_said, near_halt, needs_words
from voicecoach.decision.taught import STRANGER, TaughtVoice
from voicecoach.devices.device_names import DeviceInfo
from voicecoach.devices.device_names import choose as choose_device
from voicecoach.devices.keyboard import read_lines
from voicecoach.devices.other_players import other_players
from voicecoach.devices.sound_card import Card, list_devices
from voicecoach.dialog.effects import Music
from voicecoach.errors import CoachError, InputError, ModelError
from voicecoach.language.loader import REFERENCE, load_alike, load_language
from voicecoach.language.model import Language
from voicecoach.paths import cache_dir, lowered_players, shipped, taste_file, voice_file
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.narration import BARE, FULL, SHORT
from voicecoach.plan.plan import Plan
from voicecoach.ports import Device, Helper, Progress, ReadBack, Recogniser, Voice
from voicecoach.routine.model import Routine
from voicecoach.simulation.scenario import Utterance
from voicecoach.stt.embedding import measure
from voicecoach.stt.free_speech import FreeSpeech
from voicecoach.stt.model_check import check_model
from voicecoach.stt.verifiers import NONE as NO_VERIFIER
from voicecoach.stt.verifiers import Chosen, choose_verifier
from voicecoach.stt.vosk_recogniser import VoskRecogniser
from voicecoach.stt.whisper_encoder import installed
from voicecoach.stt.whisper_reader import WhisperReader
from voicecoach.track import CHIME, SOFT_BREATH
from voicecoach.tts import voices
from voicecoach.tts.pyttsx3_voice import COACH
from voicecoach.tts.reading import Spelling
from voicecoach.tts.voices import AUTO, NATURAL, Surroundings, resolve
from voicecoach.tts.worker_voice import FASTEST_WPM, RATE_WPM, SLOWEST_WPM

KEPT = "kept"

TALKS = {"full": FULL, "short": SHORT, "counts": BARE}
"""Names of the levels of talk."""

USER_RATE_WPM = 179
"""The simulated user speaks a little faster than the coach, as people do (espeak-ng's 150)."""


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
    verifier: str = "network"
    history: str = "keep"
    music: str = KEPT
    """When a soft bed sounds: a value of `Music`, or `KEPT`: as the user said last."""
    others: str = "lower"
    """Whether to "lower" other players while the coach speaks, or to "leave" them."""


def make_voice(name: str, rate: int, language: Language | None = None) -> Voice:
    """Return a voice whose clips are kept on disk, where that is possible, and the own sounds.

    `language` is the coach's; without it the voice speaks the reference language.
    """
    spoken = voices.make(name, rate, _surroundings(language or _reference()))
    return SoundingVoice(spoken, {SOFT_BREATH: soft_breath(), CHIME: chime()})


def _surroundings(language: Language) -> Surroundings:
    spelling = Spelling(language.prompts.number, load_alike(language.code))
    return Surroundings(speech_folder(), warn, language.code, spelling, transcriber)


@cache
def _reference() -> Language:
    return load_language(REFERENCE)


def speech_folder() -> Path:
    """Return where rendered speech is kept. It may be copied from one computer to another."""
    return cache_dir() / "speech"


@cache
def transcriber() -> ReadBack | None:
    """Return what reads the coach's clips back; None without the extra `whisper`."""
    if not installed():
        return None
    try:
        return WhisperReader().read
    except ModelError as error:
        warn(error)
        return None


def warn(error: CoachError) -> None:
    """Tell on standard error what went wrong but does not end the program, each thing once."""
    _tell_once(f"Warning: {error.in_one_line}")


@cache
def _tell_once(text: str) -> None:
    with suppress(OSError):  # nothing may read it any more
        print(text, file=sys.stderr)


def make_plan(
    routine: Routine,
    choices: Choices,
    progress: Progress | None = None,
) -> tuple[Plan, dict[str, Clip]]:
    """Render every line of `routine` and compile it. Raises `ProblemsError`."""
    clips = render(all_lines(routine, choices.language), choices, progress)
    spoken = lengths_of(clips)
    lengths = {text: clip.length for text, clip in clips.items()}
    return compile_plan(routine, choices.language, lengths, spoken.centre), clips


def shipped_model(language: Language) -> Path:
    """Return the folder of the speech model that comes with a language."""
    return shipped(f"models/coach-{language.code}")


def make_recogniser(
    model: Path | None, language: Language, verifier: str = "network"
) -> Recogniser:
    """Return a recogniser: of the shipped model of `language`, or of the folder `model`, checked.

    `verifier` is the name of what takes a second look. Raises `ModelError`.
    """
    folder = model or shipped_model(language)
    check_model(folder, None if model else shipped("models/manifest.toml"))
    book = language.phrasebook
    chosen = choose_verifier(verifier, folder)
    recogniser = VoskRecogniser(
        folder, chosen.verifier, partial(near_halt, book), partial(all_said, book)
    )
    unknown = recogniser.unknown_words(book.words)
    if unknown:
        why = f"It does not know: {', '.join(unknown)}"
        step = "Choose a model with a larger vocabulary, or leave --model out."
        raise ModelError(f"The speech model in {folder} does not fit", why, step)
    if chosen.transcriber is None:
        return recogniser
    return FreeSpeech(recogniser, chosen.transcriber, partial(needs_words, book))


def chosen_verifier(choices: Choices) -> Chosen:
    """Return what takes the second look, and why. Raises `ModelError`."""
    return choose_verifier(choices.verifier, choices.model or shipped_model(choices.language))


def embedding_measure(choices: Choices) -> str:
    """Return what makes the embeddings of a taught voice, "" if nothing does."""
    if choices.verifier == NO_VERIFIER:
        return ""
    return measure(choices.model or shipped_model(choices.language))


def known_voice(choices: Choices, path: Path) -> TaughtVoice:
    """Return the voice that is kept in `path` and was taught to what is in use now.

    A file that is damaged, or was taught to another verifier, is warned about and not used.
    """
    try:
        kept = load_voice(path)
    except InputError as error:
        warn(error)
        return STRANGER
    if kept is None or not kept.forms:
        return STRANGER
    if kept.measure != embedding_measure(choices):
        what = "Your taught voice is not used: it was taught to another version"
        warn(InputError(what, "", "Teach the coach your voice again: voicecoach teach"))
        return STRANGER
    return kept.voice


def recogniser_of(choices: Choices) -> Recogniser:
    """Return the recogniser that the user chose. Raises `ModelError`."""
    return make_recogniser(choices.model, choices.language, choices.verifier)


def render(
    lines: Iterable[str], choices: Choices, progress: Progress | None = None
) -> dict[str, Clip]:
    """Return the coach's clip for each line."""
    with closing(make_voice(choices.voice, choices.rate, choices.language)) as voice:
        return voice.render(sorted(lines), progress)


def make_pipeline(recogniser: Recogniser | None, choices: Choices, wake: bool = False) -> Pipeline:
    """Return the way of sound for a recogniser; None is a program without a microphone.

    Calibration noise comes first where there is an echo to be cancelled; with `wake`, what wakes a
    loudspeaker in any case.
    """
    waking = Preamble(waking_noise()) if wake else Preamble()
    if recogniser is None:
        return Pipeline(choices.language.phrasebook, waking, None)
    canceller = choices.canceller
    calibration = waking if canceller == "none" else Preamble(calibration_noise(wake))
    return Pipeline(
        choices.language.phrasebook,
        calibration,
        Listener(recogniser, make_duplex(canceller), calibration),
    )


def known_taste(choices: Choices, path: Path) -> Taste:
    """Return the loudness and the bed that are kept in `path`; a damaged file is warned about."""
    try:
        kept = load_taste(path)
    except InputError as error:
        warn(error)
        kept = USUAL
    return chosen_taste(choices, kept)


def chosen_taste(choices: Choices, kept: Taste = USUAL) -> Taste:
    """Return `kept` with the bed that was chosen for this session, if one was."""
    return kept if choices.music == KEPT else replace(kept, music=Music(choices.music))


def make_live(choices: Choices, output: str, microphone: str | None, call_helper: Helper) -> Live:
    """Return the driver on the sound card; with no microphone (None) commands can be injected only.

    Raises `DeviceError` if there is no such card, before a model is loaded or a line rendered, and
    `ModelError`.
    """
    card = make_card(output, microphone)
    recogniser = None if microphone is None else recogniser_of(choices)
    pipeline = make_pipeline(recogniser, choices, wake=True)
    if recogniser:
        pipeline.taught = known_voice(choices, voice_file())
    pipeline.sounding.taste = known_taste(choices, taste_file())
    others = other_players(lowered_players(), choices.others == "lower")
    return Live(pipeline, card, call_helper, others=others)


def make_duplex(canceller: str) -> EchoPipeline:
    """Return the canceller of that name, with a gate where there is an echo to be masked."""
    return EchoPipeline(partial(make_canceller, canceller), gated=canceller != "none")


def make_card(output: str, microphone: str | None) -> Device:
    """Return the sound card; without a microphone if that is None.

    Raises `DeviceError` if it is not there.
    """
    card = Card(output, microphone)
    card.require()
    return card


def user_speech(wanted: Iterable[Utterance], coach: str) -> dict[Utterance, Samples]:
    """Render what the simulated user says, by voices that are not the coach's."""
    spoken: dict[Utterance, Samples] = {}
    for utterance in wanted:
        if utterance.text:
            with closing(make_voice(utterance.voice or user_voice(coach), USER_RATE_WPM)) as voice:
                spoken[utterance] = voice.render([utterance.text])[utterance.text].samples
    return spoken


def user_voice(coach: str) -> str:
    """Return the simulated user's usual voice: another than `coach`."""
    return "en-us" if coach.startswith("en-us+m3") else "en-us+m3"


__all__ = [
    "AUTO",
    "COACH",
    "FASTEST_WPM",
    "KEPT",
    "NATURAL",
    "RATE_WPM",
    "SLOWEST_WPM",
    "TALKS",
    "Choices",
    "DeviceInfo",
    "check_url",
    "choose_device",
    "chosen_taste",
    "chosen_verifier",
    "command_words",
    "embedding_measure",
    "helper_hook",
    "known_voice",
    "list_devices",
    "make_canceller",
    "make_card",
    "make_duplex",
    "make_live",
    "make_pipeline",
    "make_plan",
    "make_recogniser",
    "make_voice",
    "read_lines",
    "recogniser_of",
    "render",
    "resolve",
    "shipped_model",
    "speech_folder",
    "transcriber",
    "user_speech",
    "warn",
]
