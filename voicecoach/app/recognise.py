"""Recognition alone: recordings or the microphone, without a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypedDict

import numpy as np

from voicecoach.app.log_values import span
from voicecoach.app.patience import Patience
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import read_sound
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.judge import Judge
from voicecoach.decision.verdict import Accepted, Doubtful, Hushed, Released
from voicecoach.dialog.menu_dialog import MENU
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import State
from voicecoach.errors import DeviceError
from voicecoach.language.phrasebook import Command, Phrasebook
from voicecoach.ports import Device, Recogniser
from voicecoach.units import BLOCK, RATE

AFTERWARDS = RATE
"""Frames of silence after a recording: a live microphone goes on, and an endpoint needs half a
second of silence (`conf/model.conf`)."""

SILENT_S = 2.0


HUSHED = "hushed"
"""Why something is not obeyed that may become a halt: a session goes quiet for it."""


class Line(TypedDict):
    """One accepted command, or with `why` a refusal. Times in seconds of the recording."""

    file: str | None
    command: str | None
    text: str
    start: float
    end: float
    decided: float
    why: str | None


def live_in(state: State) -> frozenset[Command]:
    """Return the commands that are live in a state of a session, or of the menu."""
    return SESSION.live(state) or MENU.live(state)


class Recognition:
    """Recogniser and judge, all phrases live or those of one state."""

    def __init__(
        self, recogniser: Recogniser, book: Phrasebook, state: State | None = None
    ) -> None:
        commands = live_in(state) if state else frozenset(Command)
        self._phrases = book.grammar(commands)
        self._recogniser, self._book = recogniser, book
        recogniser.listen(self._phrases)

    def stream(self, blocks: Iterable[Samples], file: str | None = None) -> Iterator[Line]:
        """Yield what comes of `blocks`, as soon as it is decided."""
        self._recogniser.restart()
        judge = Judge(self._book)
        judge.listen(self._phrases)
        for block in blocks:
            yield from _lines(judge, self._recogniser.feed(block), file)
        yield from _lines(judge, self._recogniser.flush(), file)


def _lines(judge: Judge, hearings: Iterable[Hearing], file: str | None) -> Iterator[Line]:
    for hearing in hearings:
        verdict = judge.consider(hearing)
        if verdict is None or isinstance(verdict, Released | Doubtful):
            continue
        if isinstance(verdict, Accepted):
            command, text, why = verdict.meaning.command.value, verdict.phrase, None
        else:
            why = HUSHED if isinstance(verdict, Hushed) else verdict.why
            command, text = None, hearing.text
        yield Line(file=file, command=command, text=text, **span(hearing), why=why)


def from_file(recognition: Recognition, path: Path) -> Iterator[Line]:
    """Yield what is recognised in a recording. Raises `InputError` if it cannot be read."""
    samples = np.concatenate([read_sound(path), np.zeros(AFTERWARDS, np.int16)])
    blocks = (samples[i : i + BLOCK] for i in range(0, len(samples), BLOCK))
    return recognition.stream(blocks, str(path))


class _Tap:
    """A `Sound` that is silent and hands on what the microphone gets."""

    def __init__(self) -> None:
        self.blocks: SimpleQueue[Samples | str] = SimpleQueue()

    def fill(self, frames: int) -> Samples:
        return np.zeros(frames, np.int16)

    def hear(self, block: Samples) -> None:
        self.blocks.put(block)

    def lost(self, why: str) -> None:
        self.blocks.put(why)


def from_microphone(
    recognition: Recognition, device: Device, begun: Callable[[], None] = lambda: None
) -> Iterator[Line]:
    """Yield what is recognised at the microphone, until interrupted; `begun` is called once it is
    open. Raises `DeviceError`.
    """
    tap = _Tap()
    device.start(tap)
    try:
        begun()
        yield from recognition.stream(_blocks(tap))
    finally:
        device.stop()


def _blocks(tap: _Tap) -> Iterator[Samples]:
    while True:
        try:
            block = Patience(SILENT_S).get(tap.blocks)
        except Empty:
            why = f"Nothing came for {SILENT_S:.0f} s"
            step = "Choose another by --input; `voicecoach doctor` lists them."
            raise DeviceError("The microphone is silent", why, step) from None
        if isinstance(block, str):
            raise DeviceError("The microphone was lost", block, "Plug it in again.")
        yield block
