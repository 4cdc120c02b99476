"""A session as people read it: who said what, and what was obeyed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

Event = Mapping[str, object]

SPOKEN = {"say", "mark"}
"""Kinds of cue that get a line of their own; counts and breathing cues share one."""


class Conversation:
    """Prints the log's events as they come."""

    def __init__(self, echo: Callable[[str], None] = click.echo) -> None:
        self._echo = echo
        self._beats: list[str] = []
        self._since = 0.0

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        kind, text = event["kind"], str(event.get("text", ""))
        if kind == "cue_started" and event["kind_of_cue"] not in SPOKEN:
            self._beat(event, text)
            return
        line = self._line(str(kind), text, event)
        if line:
            self.flush()
            self._say(float(str(event["t"])), line)

    def flush(self) -> None:
        """Print the beats that were gathered."""
        if self._beats:
            self._say(self._since, "coach   " + " · ".join(self._beats))
            self._beats = []

    def _beat(self, event: Event, text: str) -> None:
        if not self._beats:
            self._since = float(str(event["t"]))
        if text:
            self._beats.append(text)

    def _line(self, kind: str, text: str, event: Event) -> str:
        match kind:
            case "cue_started":
                return f"coach   {text}"
            case "says":
                return f"you     “{text}”"
            case "heard":
                delay = 1000 * (float(str(event["decided"])) - float(str(event["end"])))
                return f"        heard “{text}”, {delay:.0f} ms after the word"
            case "refused" if event["why"] != "repeated":  # which was obeyed before its end
                return f"        not obeyed: “{text}” ({event['why']})"
            case "paused" | "resumed" | "halted":
                return f"        [{kind}]"
            case "helper_called":
                return "        [the helper would be called now]"
        return ""

    def _say(self, at: float, line: str) -> None:
        minutes, tenths = divmod(round(at * 10), 600)
        self._echo(f"{minutes:2d}:{tenths / 10:04.1f}  {line}")
