"""What the card does when PortAudio refuses, loses or lacks a device."""

from __future__ import annotations

import gc
import sys
import threading
import weakref

import numpy as np
import pytest

from tests.contracts.device import Recorder
from tests.devices.portaudio import BUSY, WRONG_CHANNELS, WRONG_RATE, PortAudio
from voicecoach.devices import sound_card
from voicecoach.devices.sound_card import RATES, Card
from voicecoach.errors import DeviceError
from voicecoach.units import BLOCK


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> PortAudio:
    """Put a PortAudio in the place of the system's."""
    library = PortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    return library


def refusal(card: Card) -> DeviceError:
    """Return the error with which `card` does not start."""
    with pytest.raises(DeviceError) as caught:
        card.start(Recorder())
    return caught.value


def test_a_busy_card_says_so(library: PortAudio) -> None:
    """What, why and what to do: close the other program, or share the card by 'pulse'."""
    library.refuse = lambda *_: BUSY
    error = refusal(Card())
    assert error.what == "cannot open 'Card'"
    assert "Device unavailable" in error.why
    assert "another program uses it" in error.next_step
    assert error.exit_code == 6


def test_a_card_with_no_usable_rate_lists_what_was_tried(library: PortAudio) -> None:
    """Every rate is tried, and the message names them."""
    library.refuse = lambda *_: WRONG_RATE
    error = refusal(Card())
    assert "Invalid sample rate" in error.why
    assert all(str(rate) in error.why for rate in RATES)
    assert "voicecoach doctor" in error.next_step


def test_the_next_rate_is_taken_when_one_is_refused(library: PortAudio) -> None:
    """A card that knows 44.1 kHz alone is played at 44.1 kHz, in blocks of 10 ms."""
    library.refuse = lambda _, rate, __: "" if rate == 44_100 else WRONG_RATE
    card = Card()
    card.start(Recorder())
    assert [(s.wanted["samplerate"], s.wanted["blocksize"]) for s in library.streams] == [
        (44_100, 441),
        (44_100, 441),
    ]
    card.stop()


def test_a_stereo_card_gets_the_coach_on_both_sides(library: PortAudio) -> None:
    """Where one channel is refused two are opened: both play the same, the left one is heard."""
    library.refuse = lambda _, __, channels: WRONG_CHANNELS if channels == 1 else ""
    recorder, card = Recorder(), Card()
    card.start(recorder)
    speaker, microphone = library.streams
    blocks = [speaker.turn() for _ in range(5)]
    microphone.turn()
    assert all(block.shape == (480, 2) for block in blocks)
    assert blocks[-1].any()
    assert np.array_equal(blocks[-1][:, 0], blocks[-1][:, 1])
    assert [block.shape for block in recorder.heard] == [(BLOCK,)]
    card.stop()


def test_a_missing_microphone_is_named(library: PortAudio) -> None:
    """A card that only plays: the message says which half is missing, and nothing stays open."""
    library.devices = [library.device("Card", 0, 2)]
    error = refusal(Card())
    assert (error.what, error.why) == ("there is no microphone", "no device has that direction")
    assert "plug one in" in error.next_step
    assert library.streams == []


def test_a_card_without_a_microphone_plays_when_none_is_wanted(library: PortAudio) -> None:
    """With microphone None only the loudspeaker is opened."""
    library.devices = [library.device("Card", 0, 2)]
    recorder, card = Recorder(), Card(microphone=None)
    card.start(recorder)
    (speaker,) = library.streams
    speaker.turn()
    assert recorder.asked == [BLOCK]
    card.stop()
    assert not speaker.open


@pytest.mark.parametrize(
    ("inputs", "outputs", "what"),
    [(1, 0, "there is no loudspeaker"), (0, 2, "there is no microphone"), (1, 2, "")],
)
def test_what_is_missing_is_known_before_the_start(
    library: PortAudio, inputs: int, outputs: int, what: str
) -> None:
    """By the error of the start, and without a stream being opened."""
    library.devices = [library.device("Card", inputs, outputs)]
    told = ""
    try:
        Card().require()
    except DeviceError as error:
        told = error.what
    assert told == what
    assert library.streams == []


def test_no_card_at_all(library: PortAudio) -> None:
    """The message says that the system offers none."""
    library.devices = []
    error = refusal(Card(microphone=None))
    assert (error.what, error.why) == ("there is no loudspeaker", "the system offers no sound card")


def test_a_microphone_that_does_not_open_closes_the_loudspeaker(library: PortAudio) -> None:
    """No half-open card is left, and the next start may succeed."""
    library.refuse = lambda output, *_: "" if output else BUSY
    card = Card()
    assert "another program uses it" in refusal(card).next_step
    assert [stream.open for stream in library.streams] == [False]
    library.refuse = lambda *_: ""
    card.start(Recorder())
    assert [stream.started for stream in library.streams[1:]] == [True, True]
    card.stop()


def test_a_card_that_does_not_start_is_closed(library: PortAudio) -> None:
    """Streams that opened but do not run: the message names both devices, and both are closed."""
    library.refuse_start = "Error starting stream: Wait timed out [PaErrorCode -9987]"
    error = refusal(Card())
    assert error.what == "cannot start 'Card' and 'Card'"
    assert "Wait timed out" in error.why
    assert error.next_step
    assert [stream.open for stream in library.streams] == [False, False]


def test_starting_twice_is_refused(library: PortAudio) -> None:
    """The first start goes on."""
    card = Card()
    card.start(Recorder())
    assert "twice" in refusal(card).why
    assert [stream.started for stream in library.streams] == [True, True]
    card.stop()


def test_a_lost_card_reopens_with_a_fresh_library(library: PortAudio) -> None:
    """The loss is reported once; the next start makes PortAudio look for devices again and
    plays.
    """
    recorder, card = Recorder(), Card()
    card.start(recorder)
    for stream in library.streams:
        stream.end()
    assert len(recorder.why) == 1
    assert "unplugged" in recorder.why[0]
    card.stop()
    again = Recorder()
    card.start(again)
    assert library.fresh == 1
    library.streams[2].turn()
    assert again.asked == [BLOCK]
    assert recorder.asked == []
    card.stop()


def test_a_stopped_stream_is_no_loss(library: PortAudio) -> None:
    """The end that `stop` itself brings is not reported, and a late callback plays silence."""
    recorder, card = Recorder(), Card()
    card.start(recorder)
    card.stop()
    speaker = library.streams[0]
    speaker.end()
    assert not speaker.turn().any()
    assert (recorder.why, recorder.asked) == ([], [])


def test_dropouts_are_counted(library: PortAudio) -> None:
    """Each block for which PortAudio tells of a gap counts, in either direction."""
    card = Card()
    card.start(Recorder())
    speaker, microphone = library.streams
    speaker.turn("output underflow")
    speaker.turn()
    microphone.turn("input overflow")
    assert (card.dropouts, card.played, card.heard) == (2, 2 * BLOCK, BLOCK)
    card.stop()


@pytest.mark.parametrize("stuck_s", [30.0, 0.0])
def test_portaudio_is_not_ended_while_a_stream_is_still_closing(
    library: PortAudio, monkeypatch: pytest.MonkeyPatch, stuck_s: float
) -> None:
    """It would close that one twice; a stream that never closes is given up after a while."""
    monkeypatch.setattr(sound_card, "CLOSE_S", 0.01)
    monkeypatch.setattr(sound_card, "STUCK_S", stuck_s)
    card, closes = Card(), threading.Event()
    card.start(Recorder())
    library.streams[0].before_close = closes.wait
    card.stop()
    if stuck_s:
        assert "does not close" in refusal(card).why
        assert library.fresh == 0
        closes.set()
        card._closing[0].join(60)
    card.start(Recorder())
    assert library.fresh == 1
    closes.set()
    card.stop()


def test_a_card_that_cannot_be_opened_leaves_nothing_large(
    library: PortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten attempts for each start, and a start each second: no converter is made for them."""
    made = list[object]()
    monkeypatch.setattr(sound_card, "Converter", lambda *rates: made.append(rates))
    library.refuse = lambda *_: WRONG_RATE
    card = Card()
    refusal(card)
    refusal(card)
    assert made == []


def test_a_stopped_card_leaves_its_converters(library: PortAudio) -> None:
    """They go with `stop`, although the streams and their callbacks are still referred to."""
    card = Card()
    card.start(Recorder())
    speaker, microphone = library.streams
    run = speaker.wanted["callback"].__self__
    converters = [weakref.ref(run.to_card), weakref.ref(run.from_card)]
    speaker.turn()
    microphone.turn()
    gc.disable()
    try:
        card.stop()
        assert [converter() for converter in converters] == [None, None]
    finally:
        gc.enable()


def test_the_converters_of_a_stream_that_does_not_close_stay(
    library: PortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its callback may be under way."""
    monkeypatch.setattr(sound_card, "CLOSE_S", 0.01)
    card, closes = Card(), threading.Event()
    card.start(Recorder())
    library.streams[0].before_close = closes.wait
    run = library.streams[0].wanted["callback"].__self__
    before = run.to_card
    card.stop()
    assert run.to_card is before
    closes.set()
    card._closing[0].join(60)
