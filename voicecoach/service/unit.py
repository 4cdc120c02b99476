"""The unit file of the service. Pure: choices in, text out.

What is hardened was checked with `systemd-analyze verify` and `security`. Left out:
MemoryDenyWriteExecute, since PortAudio's callbacks are made at run time by cffi, and whatever
a user's own systemd may not do, such as other mounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

NAME: Final = "voicecoach.service"

WATCHDOG_S: Final = 30
"""Seconds without a sign of life after which systemd starts the coach again."""

PREPARING_S: Final = 900
"""Seconds for the first start, in which the voice is rendered: minutes on a Raspberry Pi."""

ASKED: Final = "129 130 143"
"""Exit codes of a coach that was asked to end: that is no failure."""

STEPPED: Final = 254
"""First version of systemd that knows steps between two pauses."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the unit depends on."""

    program: Sequence[str]
    """The command, with absolute paths."""
    network: bool = False
    """Whether the user has set an address: a helper or an MQTT broker."""
    version: int = 0
    """Of systemd; 0 where it is not known."""


def unit_text(wanted: Wanted) -> str:
    """Return the unit file."""
    families = "AF_UNIX AF_INET AF_INET6" if wanted.network else "AF_UNIX"
    return "\n".join(
        (
            "# Written by `voicecoach service install`; `voicecoach service remove` deletes it.",
            "[Unit]",
            "Description=Voicecoach, the hands-free exercise coach",
            "After=pipewire.service pulseaudio.service",
            "StartLimitIntervalSec=0",
            "",
            "[Service]",
            "Type=notify",
            f"ExecStart={' '.join(map(quoted, wanted.program))}",
            "Environment=PYTHONUNBUFFERED=1",
            f"WatchdogSec={WATCHDOG_S}",
            f"TimeoutStartSec={PREPARING_S}",
            "TimeoutStopSec=45",
            "Restart=on-failure",
            f"SuccessExitStatus={ASKED}",
            *_pauses(wanted.version),
            "",
            "# what it needs is a sound card and the user's own files",
            "NoNewPrivileges=yes",
            "UMask=0077",
            f"RestrictAddressFamilies={families}",
            "RestrictNamespaces=yes",
            "RestrictSUIDSGID=yes",
            "LockPersonality=yes",
            "SystemCallArchitectures=native",
            "SystemCallFilter=@system-service",
            "SystemCallErrorNumber=EPERM",
            "",
            "[Install]",
            "WantedBy=default.target",
            "",
        )
    )


def quoted(word: str) -> str:
    """Return a word of ExecStart, quoted where it must be; % and $ stand for themselves."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"' if plain != word or " " in word else word


def _pauses(version: int) -> tuple[str, ...]:
    """Return how long to wait before a restart: longer each time, where systemd can."""
    if version >= STEPPED:
        return ("RestartSec=2", "RestartSteps=8", "RestartMaxDelaySec=300")
    return ("RestartSec=10",)
