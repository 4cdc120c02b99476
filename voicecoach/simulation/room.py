"""A simulated room with a sound card: virtual time, and the same samples each time.

    microphone = user in the room + coach's echo in the room + noise

It works block by block and is causal: what is played in a block reaches the microphone in the same
block at the earliest (with `RoomSettings.delay_ms` later).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import read_sound
from voicecoach.errors import DeviceError, InputError
from voicecoach.ports import Sound
from voicecoach.simulation import acoustics
from voicecoach.simulation.acoustics import Convolver, Floats, Loop, gain
from voicecoach.simulation.clock_drift import Drift
from voicecoach.simulation.loudspeaker import Loudspeaker
from voicecoach.simulation.scenario import RoomSettings, Scenario, Utterance
from voicecoach.units import BLOCK, Frame, to_frames

_LOUDEST: Final = 32767
_FLOOR_FRAMES: Final = 1 << 17
"""Length of the background's loop, 8.2 s: a power of two, and longer than a command."""

Speak = Callable[[Utterance], Samples]
"""Renders the text of an utterance by a voice that is not the coach's."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedUtterance:
    """Sound of an utterance, dry, at any level, and when it begins; the room sets its level."""

    at: Frame
    samples: Samples
    level_db: float = 0.0
    """Active speech level relative to the user's usual one."""
    text: str = ""

    @property
    def end(self) -> Frame:
        """Frame after the last sample, without reverberation."""
        return Frame(self.at + len(self.samples))


def utterances(scenario: Scenario, speak: Speak) -> list[PlacedUtterance]:
    """Return what the user of `scenario` says, recordings read and texts spoken by `speak`.

    Raises `InputError` for a recording that cannot be used, and all that `speak` raises.
    """
    return [
        PlacedUtterance(
            to_frames(utterance.at),
            speak(utterance) if utterance.file is None else read_sound(utterance.file),
            utterance.level_db,
            utterance.text or (utterance.file.stem if utterance.file else ""),
        )
        for utterance in scenario.says
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """What a user says once the coach has said a line that holds `after`."""

    after: str
    later: Frame
    """Frames from the end of that line to the first sample."""
    samples: Samples
    level_db: float = 0.0
    text: str = ""

    def at(self, frame: Frame) -> PlacedUtterance:
        """Return the utterance where the line ends at `frame`."""
        return PlacedUtterance(Frame(frame + self.later), self.samples, self.level_db, self.text)


def replies(scenario: Scenario, speak: Speak) -> list[Reply]:
    """Return what the user of `scenario` replies; as `utterances` does."""
    placed = utterances(Scenario(says=scenario.replies), speak)
    pairs = zip(scenario.replies, placed, strict=True)
    return [Reply(one.after, to.at, to.samples, to.level_db, to.text) for one, to in pairs]


class SimulatedRoom:
    """What a microphone records of the coach, the user and the noise.

    `coach_dbfs` is the active speech level of the coach's clips (`acoustics.active_dbfs`): a coach
    at that level arrives `echo_db` above the user, a louder one correspondingly louder; a silent
    coach (``-inf``) has no echo.
    Raises `InputError` when the noise file cannot be used.
    """

    def __init__(
        self,
        settings: RoomSettings,
        says: Sequence[PlacedUtterance] = (),
        coach_dbfs: float = acoustics.USER_DBFS,
    ) -> None:
        self._now = 0
        self._echo = _echo_path(settings, coach_dbfs)
        self._noises = _noises(settings)
        direct = acoustics.USER_DIRECT_DB
        self._seat = acoustics.room_response(settings.rt60_ms, direct, settings.seed)
        self._delay = 0
        self._sounds: list[tuple[int, Floats]] = []
        for one in says:
            self.say(one)

    def say(self, one: PlacedUtterance) -> None:
        """Let the user say one thing more."""
        self._sounds.append((one.at + self._delay, _at_seat(one, self._seat)))
        self._sounds.sort(key=lambda pair: pair[0])

    def delay(self, frames: Frame) -> None:
        """Move all utterances by `frames` to later, those to come as well."""
        self._sounds = [(at + frames, sound) for at, sound in self._sounds]
        self._delay += frames
        if self._echo:
            self._echo.loudspeaker.delay(frames)

    def pass_block(self, played: Samples) -> Samples:
        """Take the next `BLOCK` frames played and return those recorded meanwhile, int16."""
        if self._still():
            self._now += BLOCK
            return np.zeros(BLOCK, np.int16)
        heard = self._echo.block(played) if self._echo else np.zeros(BLOCK, np.float32)
        for noise in self._noises:
            heard += noise.next_block()
        self._add_user(heard)
        self._now += BLOCK
        np.rint(heard, out=heard)
        return np.clip(heard, -_LOUDEST, _LOUDEST).astype(np.int16)

    def _still(self) -> bool:
        """Return whether nothing reaches the microphone in this block: no echo, noise or user."""
        if self._echo or self._noises:
            return False
        return not self._sounds or self._sounds[0][0] >= self._now + BLOCK

    def _add_user(self, heard: Floats) -> None:
        for at, sound in self._sounds:
            first, last = max(at, self._now), min(at + len(sound), self._now + BLOCK)
            if first < last:
                heard[first - self._now : last - self._now] += sound[first - at : last - at]
        while self._sounds and self._now >= self._sounds[0][0] + len(self._sounds[0][1]):
            del self._sounds[0]


class _Echo:
    """From the loudspeaker to the microphone: the cards' delay, the two clocks, the room."""

    def __init__(self, settings: RoomSettings, level: float) -> None:
        self.loudspeaker = Loudspeaker(settings)
        response = _way(settings) * np.float32(level)
        delay = to_frames(settings.delay_ms)
        self._drift = Drift(delay, settings.skew_ppm) if settings.skew_ppm else None
        late = np.zeros(0 if self._drift else delay, np.float32)
        self._room = Convolver(np.concatenate([late, response]))

    def block(self, played: Samples) -> Floats:
        played = self.loudspeaker.block(played)
        return self._room.block(self._drift.block(played) if self._drift else played)


def _echo_path(settings: RoomSettings, coach_dbfs: float) -> _Echo | None:
    if settings.echo_db is None or not np.isfinite(coach_dbfs):
        return None
    return _Echo(settings, gain(settings.echo_db + acoustics.USER_DBFS - coach_dbfs))


def _way(settings: RoomSettings) -> Floats:
    if settings.response is not None:
        return acoustics.measured_response(read_sound(settings.response))
    # The loudspeaker is in another place: other reflections than the user's, from the same seed.
    other = (settings.seed + 1) % 2**32
    return acoustics.room_response(settings.rt60_ms, acoustics.ECHO_DIRECT_DB, other)


def _noises(settings: RoomSettings) -> list[Loop]:
    full = gain(acoustics.USER_DBFS) * 32768
    noises = []
    if np.isfinite(settings.floor_db):
        floor = acoustics.pink_noise(_FLOOR_FRAMES, settings.seed)
        noises.append(Loop(floor * np.float32(full * gain(settings.floor_db))))
    if settings.noise is not None:
        sound = acoustics.seamless(read_sound(settings.noise))
        level = acoustics.rms(sound)
        if not level:
            what = f"The file {settings.noise} is no noise"
            why = "It is silent, so it cannot be brought to a level"
            raise InputError(what, why, "Give another noise file")
        noises.append(Loop(sound * np.float32(full * gain(-settings.snr_db) / level)))
    return noises


def _at_seat(said: PlacedUtterance, seat: Floats) -> Floats:
    """Return the utterance as it arrives: at its level, with reverberation."""
    dry = acoustics.active_dbfs(said.samples)
    if not np.isfinite(dry):
        return np.zeros(0, np.float32)
    factor = gain(acoustics.USER_DBFS + said.level_db - dry)
    return acoustics.convolve(said.samples, seat) * np.float32(factor)


Tape = Callable[[Samples], object]
"""Stores each block, such as ``list.append`` or ``WavWriter.write``."""


class SimulatedDevice:
    """The `Device` port in virtual time: it plays and listens only while `run` is called.

    `played` and `heard` get each block of the loudspeaker and of the microphone, from the frame
    `taped_from` on. Nothing waits: half an hour passes as fast as the sound can be computed. There
    is no thread.
    """

    def __init__(
        self,
        room: SimulatedRoom,
        played: Tape | None = None,
        heard: Tape | None = None,
        taped_from: int = 0,
    ) -> None:
        self._room, self._taped_from = room, taped_from
        self._played, self._heard = played, heard
        self._sound: Sound | None = None
        self._hears = True
        self._clock = 0

    @property
    def latency(self) -> Frame:
        """0: a block is played at once; the delay to the microphone is the room's."""
        return Frame(0)

    @property
    def clock(self) -> Frame:
        """Frames played since the device was made."""
        return Frame(self._clock)

    @property
    def running(self) -> bool:
        """Whether a sound is started and not stopped."""
        return self._sound is not None

    def start(self, sound: Sound, microphone: bool = True) -> None:
        """Begin to drive `sound`. Raises `DeviceError` if another one is still driven."""
        if self._sound is not None:
            raise DeviceError("The simulated device is busy", "it already plays", "Stop it first")
        self._sound, self._hears = sound, microphone

    def stop(self) -> None:
        """Stop driving the sound; may be called twice, and from within `run`."""
        self._sound = None

    def run(self, until: Frame) -> None:
        """Play whole blocks until the clock is at or past `until`, or until `stop`."""
        while self._sound is not None and self._clock < until:
            self.step()

    def step(self) -> None:
        """Play one block, pass it through the room and give the sound what was recorded.

        Raises `DeviceError` when nothing is started.
        """
        if self._sound is None:
            raise DeviceError("The simulated device is stopped", "", "Start it first")
        played = self._sound.fill(BLOCK).copy()
        heard = self._room.pass_block(played)
        taped = self._clock >= self._taped_from
        self._clock += BLOCK
        if self._played is not None and taped:
            self._played(played)
        if self._heard is not None and taped:
            self._heard(heard.copy())
        if self._hears:
            self._sound.hear(heard)
