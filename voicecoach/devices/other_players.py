"""Other programs that play on the same loudspeaker: lowered while the coach speaks, and restored.

Where PulseAudio, or PipeWire in its place, lets us: by the extra `ducking`. What is lowered is on
disk before it is lowered, so that the next start restores what a crash left low. A level that the
user has changed meanwhile stays as it is. The only importer of pulsectl.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

import msgspec

from voicecoach.atomic_write import OWN, write_durably

LIBRARY: Final = "pulsectl"
CLIENT: Final = "voicecoach ducking"
DOWN_DB: Final = -15.0
"""What is left of a player is heard, and understood beside speech no more. Our own choice."""
FACTOR: Final = 10 ** (DOWN_DB / 60)
"""The server's scale is cubic: its volume to the third power is the amplitude."""
STEPS, STEP_S = 5, 0.04
"""A change takes so many steps, so long each: no click, and over before the first word."""
SAME: Final = 0.02
"""Volumes that differ by less are the same: the server rounds them."""
JOIN_S: Final = 3.0


class Lowered(msgspec.Struct, frozen=True):
    """A player that was lowered."""

    index: int
    """Its number; the server gives each to one stream only, as long as it runs."""
    process: str
    rule: str
    """Under this name the server remembers the player's volume for its next stream."""
    before: tuple[float, ...]
    """Volume of each channel, 1.0 is full."""

    @property
    def low(self) -> tuple[float, ...]:
        """The volumes it was lowered to."""
        return tuple(volume * FACTOR for volume in self.before)

    def is_low(self, volumes: Sequence[float]) -> bool:
        """Tell whether `volumes` are ours: the low ones, or between them and those before."""
        pairs = zip(self.low, volumes, self.before, strict=False)
        ours = all(low - SAME <= now <= before + SAME for low, now, before in pairs)
        return ours and len(volumes) == len(self.before)


class Alone:
    """Lowers nothing: there is no such sound server, or the user does not want it."""

    def lower(self) -> None:
        """Do nothing."""

    def restore(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class PulsePlayers:
    """Works in a thread of its own: a slow server holds nothing up. Implements `OtherPlayers`.

    `record` is the file that says what is lowered. What an earlier program left low is restored
    first. Whatever goes wrong with the server, nothing is lowered from then on.
    """

    def __init__(self, record: Path) -> None:
        self._record = record
        self._inbox: SimpleQueue[str] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="ducking", daemon=True)
        self._thread.start()

    def lower(self) -> None:
        """Lower them, soon."""
        self._inbox.put("lower")

    def restore(self) -> None:
        """Restore them, soon."""
        self._inbox.put("restore")

    def close(self) -> None:
        """Restore them, and end; may be called twice."""
        self._inbox.put("close")
        self._thread.join(JOIN_S)

    def _run(self) -> None:
        from pulsectl import Pulse, PulseError  # in the thread: it loads the server's library

        try:
            with Pulse(CLIENT) as pulse:
                players = _Players(pulse, self._record, PulseError)
                players.restore()
                while (order := self._inbox.get()) != "close":
                    players.lower() if order == "lower" else players.restore()
                players.restore()
        except (PulseError, OSError):
            return


class _Players:
    """The streams on the coach's loudspeaker, in the thread that may wait for the server."""

    def __init__(self, pulse: Any, record: Path, gone: type[Exception]) -> None:
        """`gone` is what the server's library raises for a stream that has just ended."""
        self._pulse, self._record, self._gone = pulse, record, gone
        self._lowered = _read(record)

    def lower(self) -> None:
        """Note what is to be lowered, then lower it. Raises `OSError` where it cannot be noted."""
        if self._lowered:
            return
        self._lowered = [_noted(stream) for stream in self._others()]
        if self._lowered:
            data = msgspec.json.encode(self._lowered) + b"\n"
            self._record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._record, data, OWN)
            self._slide(1.0, FACTOR)

    def restore(self) -> None:
        """Restore what is low, also what has ended since, for when it plays again."""
        if self._lowered:
            self._slide(FACTOR, 1.0)
            for one in set(self._lowered) - {*self._present()}:
                self._restore_rule(one)
            self._lowered = []
        self._record.unlink(missing_ok=True)

    def _others(self) -> list[Any]:
        streams = self._pulse.sink_input_list()
        own = [stream for stream in streams if _process(stream) == str(os.getpid())]
        sink = own[0].sink if own else self._default_sink()
        return [s for s in streams if s.sink == sink and _process(s) != str(os.getpid())]

    def _default_sink(self) -> int | None:
        name = self._pulse.server_info().default_sink_name
        return next((s.index for s in self._pulse.sink_list() if s.name == name), None)

    def _present(self) -> dict[Lowered, Any]:
        """Return the streams that are lowered, play still, and were not changed by the user."""
        streams = {(s.index, _process(s)): s for s in self._pulse.sink_input_list()}
        found = {one: streams.get((one.index, one.process)) for one in self._lowered}
        return {one: s for one, s in found.items() if s and one.is_low(s.volume.values)}

    def _slide(self, first: float, last: float) -> None:
        """Bring them from one share of their volume to the other; the user's own change ends it."""
        for step in range(1, STEPS + 1):
            share = first + (last - first) * step / STEPS
            for one, stream in self._present().items():
                stream.volume.values = [volume * share for volume in one.before]
                with suppress(self._gone):
                    self._pulse.volume_set(stream, stream.volume)
            time.sleep(STEP_S)

    def _restore_rule(self, one: Lowered) -> None:
        for rule in self._pulse.stream_restore_list():
            if rule.name == one.rule and one.is_low(rule.volume.values):
                rule.volume.values = list(one.before)
                self._pulse.stream_restore_write(rule, mode="replace")


def other_players(record: Path, wanted: bool = True) -> Alone | PulsePlayers:
    """Return what lowers other players; nothing where the extra is missing, or it is not wanted.

    What a crash left low is restored in any case.
    """
    if find_spec(LIBRARY) is None or not (wanted or record.exists()):
        return Alone()
    players = PulsePlayers(record)
    if wanted:
        return players
    players.close()
    return Alone()


def _read(record: Path) -> list[Lowered]:
    try:
        return msgspec.json.decode(record.read_bytes(), type=list[Lowered])
    except (OSError, msgspec.DecodeError):
        return []


def _noted(stream: Any) -> Lowered:
    rule = stream.proplist.get("module-stream-restore.id", "")
    return Lowered(stream.index, _process(stream), rule, tuple(stream.volume.values))


def _process(stream: Any) -> str:
    return str(stream.proplist.get("application.process.id", ""))
