"""Live sessions on a fake device, stepped block by block: the real threads, and no waiting.

The device plays a block whenever the session has nothing left to read and the recogniser has done
all its work, so the same lines give the same session.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Condition

from tests.app.rehearsals import Event, pipeline_of, plain, prepared
from tests.english import BOOK
from tests.fakes.device import FakeDevice
from voicecoach.app.live import Live
from voicecoach.app.live_threads import Message, Queues, Work
from voicecoach.app.pipeline import Pipeline
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import NOTHING, Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.dialog.session import Session
from voicecoach.eventlog.fields import LogEvent
from voicecoach.ports import Recogniser
from voicecoach.units import Frame

PATIENCE_S = 60.0


class WorkQueue(SimpleQueue[Work]):
    """The recogniser's queue, which can be waited for until all of it is done."""

    def __init__(self, idle: bool = False) -> None:
        self._items: deque[Work] = deque()
        self._changed = Condition()
        self._unread = idle  # no thread takes anything
        self._idle = False

    def put(self, item: Work, block: bool = True, timeout: float | None = None) -> None:
        """Add an item."""
        with self._changed:
            self._items.append(item)
            self._changed.notify_all()

    def get(self, block: bool = True, timeout: float | None = None) -> Work:
        """Take an item; to come for it is to say that the one before is done."""
        with self._changed:
            self._idle = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._items)
            self._idle = False
            return self._items.popleft()

    def empty(self) -> bool:
        """Tell whether there is no item."""
        return not self._items

    def settle(self) -> None:
        """Wait until the recogniser has done everything."""
        if self._unread:
            return
        with self._changed:
            done = self._changed.wait_for(lambda: self._idle and not self._items, PATIENCE_S)
        assert done, "the recogniser thread hangs"


class Inbox(SimpleQueue[Message]):
    """The session's inbox: when it is empty, the device plays on."""

    def __init__(self, device: FakeDevice, work: WorkQueue) -> None:
        self._device, self._work = device, work

    def get(self, block: bool = True, timeout: float | None = None) -> Message:
        """Return the next message; Empty stands for the time-out with a device that is dead."""
        self._work.settle()
        while self.empty():
            if not self._device.running:
                raise Empty
            self._device.step()
            self._work.settle()
        return super().get_nowait()


class ScriptedRecogniser:
    """The `Recogniser` port: hears what a script says at a frame, or fails as it says."""

    def __init__(self, script: Callable[[int], str | None]) -> None:
        self._script = script
        self._fed = self.restarts = 0

    def listen(self, phrases: frozenset[str]) -> None:
        """Whatever the script says is handed on, and judged like speech."""

    def feed(self, block: Samples) -> list[Hearing]:
        """Ask the script what was said at the block that ends now."""
        self._fed += len(block)
        text, now = self._script(self._fed), Frame(self._fed)
        return [Hearing(text, now, now, now, final=True)] if text else []

    def flush(self) -> list[Hearing]:
        """Return nothing: the script is asked block by block."""
        return []

    def restart(self) -> None:
        """Count from frame 0 again; the script is asked by the dialog's frames."""
        self._fed = 0
        self.restarts += 1

    def close(self) -> None:
        """Free nothing."""


class SteppedSession:
    """Dialogs on a device that is stepped; None as `recogniser` is a program without a microphone.

    `events` fills while a dialog is led. `helper` tells whether a helper that is called is reached;
    None is no helper.
    """

    def __init__(
        self,
        recogniser: Recogniser | None,
        device: FakeDevice | None = None,
        on_event: Callable[[Event], None] = lambda _: None,
        inbox: SimpleQueue[Message] | None = None,
        before: Samples = NOTHING,
        helper: bool | None = None,
    ) -> None:
        self.helper = helper
        self.device = device or FakeDevice()
        self.events: list[Event] = []
        self.helped: list[str] = []
        self._on_event = on_event
        pipeline = (
            pipeline_of(recogniser, before)
            if recogniser
            else Pipeline(BOOK, Preamble(before), None)
        )
        work = WorkQueue(idle=recogniser is None)
        queues = Queues(inbox or Inbox(self.device, work), work)
        self.live = Live(pipeline, self.device, self._help, queues)

    def _help(self, why: str) -> Callable[[], bool]:
        """Note that the helper was called; `helper` says whether they are reached."""
        self.helped.append(why)
        return lambda: bool(self.helper)

    def run(self) -> str:
        """Lead the small routine to its end, and close the device."""
        plan, clips = prepared()
        try:
            session = Session(plan, helper=self.helper is not None)
            return self.live.lead(session, clips, self.note)
        finally:
            self.live.close()

    def of(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds, in order."""
        return [event for event in self.events if event["kind"] in kinds]

    def texts(self) -> list[object]:
        """Return the lines that were spoken, in order."""
        return [event["text"] for event in self.of("cue_started")]

    def note(self, event: LogEvent) -> None:
        """Keep an event, and hand it to who waits for it."""
        self.events.append(plain(event))
        self._on_event(self.events[-1])
