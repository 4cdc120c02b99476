"""Any event, as a hypothesis strategy made from the classes: fields, limits and choices."""

from __future__ import annotations

from typing import Annotated, get_args, get_origin

import msgspec
from hypothesis import strategies as st
from msgspec import Meta, UnsetType

from voicecoach.eventlog.fields import LogEvent
from voicecoach.eventlog.kinds import Event

KINDS: tuple[type[LogEvent], ...] = get_args(Event)


def any_event(*kinds: type[LogEvent]) -> st.SearchStrategy[Event]:
    """Return events of some kinds, or of all, with all that their fields allow."""
    return st.one_of(*(_of(kind) for kind in kinds or KINDS))  # type: ignore[arg-type]


def _of(kind: type[LogEvent]) -> st.SearchStrategy[LogEvent]:
    fields = msgspec.structs.fields(kind)
    always = {f.name: _values(f.type) for f in fields if f.required or f.name == "t"}
    at_times = {f.name: _values(f.type) for f in fields if f.name not in always}
    return st.fixed_dictionaries(always, optional=at_times).map(lambda data: kind(**data))


def _values(annotation: object) -> st.SearchStrategy[object]:
    if get_origin(annotation) is Annotated:
        inner, *metas = get_args(annotation)
        lows = [m.ge for m in metas if isinstance(m, Meta) and m.ge is not None]
        highs = [m.le for m in metas if isinstance(m, Meta) and m.le is not None]
        if inner is int:
            return st.integers(max(lows, default=-(2**63)), min(highs, default=2**63 - 1))
        if inner is float:
            return st.floats(max(lows, default=-1e9), min(highs, default=1e9))
        return _values(inner)
    if get_origin(annotation) is dict:
        return st.dictionaries(*map(_values, get_args(annotation)), max_size=3)
    if get_origin(annotation) is tuple and Ellipsis not in get_args(annotation):
        return st.tuples(*map(_values, get_args(annotation)))
    if get_origin(annotation) is tuple:
        return st.lists(_values(get_args(annotation)[0]), max_size=3).map(tuple)
    if UnsetType in get_args(annotation):
        return st.one_of(*(_values(one) for one in get_args(annotation) if one is not UnsetType))
    return st.from_type(annotation)  # type: ignore[arg-type]
