"""The state of a dialog as JSON text, and back."""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

import msgspec

from voicecoach.dialog.context import Context
from voicecoach.dialog.states import State

VERSION = 2
"""Number of the format; a text of another one is refused."""


def save(context: Context, told: State | None, begun: bool) -> str:
    """Return the saved fields of `context` and the engine's own two."""
    kind = _kind(type(context))
    fields = {name: getattr(context, name) for name in context.SAVED}
    return msgspec.json.encode(kind(version=VERSION, told=told, begun=begun, **fields)).decode()


def load(context: Context, text: str) -> tuple[State | None, bool]:
    """Set the fields of `context` to what `text` says, and return the engine's own two.

    Raises `ValueError` if `text` is not what `save` wrote for such a context.
    """
    try:
        found: Any = msgspec.json.decode(text, type=_kind(type(context)))
    except msgspec.DecodeError as error:
        raise ValueError(f"not a saved dialog: {error}") from error
    if found.version != VERSION:
        raise ValueError(f"a state of version {found.version}; this is version {VERSION}")
    for name in context.SAVED:
        setattr(context, name, getattr(found, name))
    return found.told, found.begun


@cache
def _kind(context: type[Context]) -> Any:
    """Return the class whose fields are those that are saved of such a context."""
    hints = get_type_hints(context)
    own = [(name, hints[name]) for name in context.SAVED]
    engine = [("version", int), ("told", State | None), ("begun", bool)]
    return msgspec.defstruct(f"Saved{context.__name__}", [*engine, *own])
