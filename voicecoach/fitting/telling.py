"""What is said of a session that was fitted to a time."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.fitting.wish import Cuts, Offer, Wish
from voicecoach.language.prompts import Prompts


def told(wish: Wish, name: str, cuts: Cuts, say: Prompts) -> str:
    """Return what was chosen and why, in one sentence."""
    how = list(_ways(cuts, say))
    key = "time_cut" if how else "time_whole"
    values = {"why": reason(wish, say), "name": name, "how": say.things(how) if how else ""}
    text = say.adapt[key].format(**values)
    return _sentence(text)


def reason(wish: Wish, say: Prompts) -> str:
    """Return the time and the part of the body that were asked for."""
    time = say.duration(60 * wish.minutes)
    if wish.region is None:
        return time
    part = say.lines[f"part_{wish.region.value}"]
    return say.adapt["time_for"].format(time=time, part=part)


def nearest(wish: Wish, offer: Offer | None, say: Prompts) -> tuple[str, str]:
    """Return two sentences: that nothing fits, and what comes nearest."""
    none = _sentence(say.adapt["time_none"].format(why=reason(wish, say)))
    if offer is None:
        return none, _sentence(say.adapt["time_no_routine"])
    time = say.duration(60 * max(1, round(offer.length / 60_000)))
    name = offer.adapted.routine.name
    return none, _sentence(say.adapt["time_nearest"].format(name=name, time=time))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ways(cuts: Cuts, say: Prompts) -> Iterator[str]:
    if cuts.left_out:
        yield say.adapt["time_without"].format(things=say.things(cuts.left_out))
    for key in ("fewer", "shorter_rest", "less_talk"):
        if getattr(cuts, key):
            yield say.adapt[f"time_{key}"]
