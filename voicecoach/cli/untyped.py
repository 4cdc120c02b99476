"""Events of the log as plain objects, for the parts that read them so."""

from __future__ import annotations

import msgspec

from voicecoach.eventlog.kinds import LogEvent


def plain(event: LogEvent) -> dict[str, object]:
    """Return what a line of the log holds: `t` and `kind` first."""
    data = msgspec.to_builtins(event)
    return {"t": data.pop("t"), "kind": data.pop("kind"), **data}
