"""What every echo canceller must keep: the contract of the `Canceller` port.

A test class derives from `CancellerContract` and says how to make one; one that removes echo
derives from `CancelsEcho` too.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.contracts.speech import speech_like
from voicecoach.audio.clip import Samples
from voicecoach.ports import Canceller
from voicecoach.simulation.acoustics import active_dbfs, rms
from voicecoach.simulation.room import PlacedUtterance, SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Frame, Ms

ROOM = RoomSettings(echo_db=6.0, delay_ms=Ms(60), rt60_ms=Ms(350), seed=4)


def run(canceller: Canceller, mic: Samples, played: Samples) -> Samples:
    """Feed whole blocks of both, return what comes out."""
    starts = range(0, len(mic) - BLOCK + 1, BLOCK)
    blocks = [canceller.cancel(mic[i : i + BLOCK], played[i : i + BLOCK]) for i in starts]
    return np.concatenate(blocks)


def record(played: Samples, *says: PlacedUtterance) -> Samples:
    """Return what the microphone of `ROOM` gets."""
    room = SimulatedRoom(ROOM, says, active_dbfs(played))
    return np.concatenate(
        [room.pass_block(played[i : i + BLOCK]) for i in range(0, len(played), BLOCK)]
    )


def level(samples: Samples) -> float:
    """Return the RMS level in dB of one step of the converter."""
    return float(20 * np.log10(max(rms(samples), 1e-3)))


class CancellerContract:
    """Holds for every canceller, one that does nothing included."""

    def make(self) -> Canceller:
        """Return a fresh canceller."""
        raise NotImplementedError

    def test_has_a_name(self) -> None:
        """It has a name of one lower-case word, for the settings."""
        assert self.make().name.isidentifier()
        assert self.make().name.islower()

    def test_shape_and_type_are_kept(self) -> None:
        """A block of int16 goes in, one comes out, and it shares no memory."""
        canceller, block = self.make(), speech_like(0.2, 1)[:BLOCK]
        first = canceller.cancel(block, np.zeros(BLOCK, np.int16))
        kept = first.copy()
        canceller.cancel(block[::-1].copy(), block)
        assert first.shape == (BLOCK,)
        assert first.dtype == np.int16
        assert not np.shares_memory(first, block)
        assert np.array_equal(first, kept)

    def test_inputs_are_left_alone(self) -> None:
        """Neither the microphone's block nor the reference is written to, read-only ones do."""
        mic, played = speech_like(0.2, 1)[:BLOCK], speech_like(0.2, 2)[:BLOCK]
        for block in (mic, played):
            block.setflags(write=False)
        assert self.make().cancel(mic, played).shape == (BLOCK,)

    @pytest.mark.parametrize("bad", [np.zeros(BLOCK - 1, np.int16), np.zeros(BLOCK)])
    def test_other_blocks_are_refused(self, bad: Samples) -> None:
        """A block of another length or type is a mistake of the program, and said to be one."""
        good = np.zeros(BLOCK, np.int16)
        for mic, played in ((bad, good), (good, bad)):
            with pytest.raises(ValueError, match="a block is 160 int16 samples"):
                self.make().cancel(mic, played)

    def test_silence_stays_silence(self) -> None:
        """Nothing in the microphone and nothing played gives digital silence."""
        silence = np.zeros(RATE, np.int16)
        assert not run(self.make(), silence, silence).any()

    def test_user_alone_passes(self) -> None:
        """While the coach is silent the user's level changes by less than 1 dB."""
        user = speech_like(4, 3, pitch=180)
        heard = run(self.make(), user, np.zeros_like(user))
        assert level(heard) == pytest.approx(level(user), abs=1.0)

    def test_same_sound_same_bits(self) -> None:
        """Two fresh ones agree to the last bit, even when they take turns."""
        mic, played = speech_like(3, 5), speech_like(3, 6)
        one, two = self.make(), self.make()
        for start in range(0, len(mic), BLOCK):
            blocks = mic[start : start + BLOCK], played[start : start + BLOCK]
            assert np.array_equal(one.cancel(*blocks), two.cancel(*blocks))


class CancelsEcho(CancellerContract):
    """Holds for a canceller that removes echo."""

    def test_echo_falls(self) -> None:
        """After 5 s of the coach's voice its echo is at least 15 dB lower (60 ms, rt60 350 ms)."""
        played = speech_like(8, 7)
        mic = record(played)
        heard = run(self.make(), mic, played)
        late = slice(5 * RATE, None)
        assert level(mic[late]) - level(heard[late]) >= 15.0

    def test_user_is_heard_over_the_coach(self) -> None:
        """Double talk: a user 6 dB under the coach's echo ends up 6 dB or more over what is left.

        What the canceller makes of the user alone is the measure, so a canceller that takes the
        user with the echo fails.
        """
        played = speech_like(10, 8)
        user = PlacedUtterance(Frame(8 * RATE), speech_like(1, 9, pitch=190, pause=0.0))
        alone = run(self.make(), record(np.zeros_like(played), user), np.zeros_like(played))
        both = run(self.make(), record(played, user), played)
        said = slice(user.at, user.end)
        rest = both[said].astype(np.int32) - alone[said]
        assert level(alone[said]) - level(rest) >= 6.0
