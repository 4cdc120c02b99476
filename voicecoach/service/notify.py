"""Reports to systemd by its documented protocol, sd_notify(3): a datagram to a socket of this
machine whose name it gives. Without that name nothing is opened.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

READY: Final = "READY=1"
ALIVE: Final = "WATCHDOG=1"
STOPPING: Final = "STOPPING=1"


class Notifier:
    """Tells systemd how the service is doing; does nothing without `NOTIFY_SOCKET`."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        name = environ.get("NOTIFY_SOCKET", "")
        self._place = "\0" + name[1:] if name.startswith("@") else name
        self.every_s = _interval(environ)
        """Seconds within which systemd wants a sign of life; 0 where it wants none."""

    @property
    def wanted(self) -> bool:
        """Whether systemd wants to be told."""
        return bool(self._place)

    def tell(self, *lines: str) -> None:
        """Send lines such as `READY`. A systemd that is gone is no fault of the coach."""
        if self._place:
            with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
                way.sendto("\n".join(lines).encode(), self._place)


def _interval(environ: Mapping[str, str]) -> float:
    """Return the seconds of the watchdog, if it is meant for this process."""
    pid = environ.get("WATCHDOG_PID", "")
    if pid and pid != str(os.getpid()):
        return 0.0
    text = environ.get("WATCHDOG_USEC", "")
    return int(text) / 1e6 if text.isdigit() else 0.0
