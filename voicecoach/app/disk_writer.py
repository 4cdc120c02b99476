"""Writes to disk beside a session: a slow or full disk neither holds it up nor ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType
from typing import Final, Protocol, Self

from voicecoach.errors import PlaceError

PATIENCE_S: Final = 30.0
"""How long the end of the program waits for the disk."""


class Store(Protocol):
    """Something that has to be on disk."""

    def write(self) -> None:
        """Write what is not on disk yet. Raises `PlaceError`; a later call then tries again."""


class DiskWriter:
    """Lets stores write in one thread of its own, in the order in which they ask for it.

    `warn` is told when a store cannot be written, once until it can. As a context, it ends when all
    is on disk; if something is not, it raises `PlaceError`, unless another error ends it.
    """

    def __init__(self, warn: Callable[[PlaceError], None]) -> None:
        self._warn = warn
        self._inbox: SimpleQueue[Store | None] = SimpleQueue()
        self._failed: dict[Store, PlaceError] = {}
        self._thread = threading.Thread(target=self._run, name="disk", daemon=True)

    def post(self, store: Store) -> None:
        """Let `store` write, soon. Never waits."""
        self._inbox.put(store)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        for store in [*self._failed]:
            self.post(store)
        self._inbox.put(None)
        self._thread.join(PATIENCE_S)
        if kind is None and self._thread.is_alive():
            why = f"It took longer than {PATIENCE_S:.0f} s"
            raise PlaceError("The disk does not answer", why, "The last changes may be lost.")
        if kind is None and self._failed:
            raise next(iter(self._failed.values()))

    def _run(self) -> None:
        while (store := self._inbox.get()) is not None:
            self._attempt(store)

    def _attempt(self, store: Store) -> None:
        try:
            store.write()
        except PlaceError as error:
            if store not in self._failed:
                self._warn(error)
            self._failed[store] = error
        else:
            self._failed.pop(store, None)
