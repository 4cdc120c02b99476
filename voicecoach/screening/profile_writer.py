"""The profile as a small text that people can read and edit (TOML)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.screening.profile import Dropped, Practice, Preference, Profile, Scores
from voicecoach.screening.profile_versions import VERSION

HEAD: Final = """\
# What voicecoach remembers of you, so that a routine can be made to suit you. It stands here alone.
# `voicecoach profile` shows it in words, changes and deletes it; you may edit this file as well.
"""


def dump_profile(profile: Profile) -> str:
    """Return `profile` as text; `profile_reader.parse_profile` gives it again."""
    blocks = [HEAD, f"version = {VERSION}\n"]
    if profile.blocked:
        note = "# no routine is led until a doctor has seen you"
        blocks.append(f"{note}\nblocked = {profile.blocked}\n")
    if profile.answers.given:
        blocks.append("[answers]\n" + "".join(_answers(profile)))
    blocks += [_dropped(entry) for entry in profile.dropped]
    blocks += [_scores(scores) for scores in profile.scores]
    for name in ("exercises", "routines"):
        practised: Mapping[str, Practice] = getattr(profile, name)
        if practised:
            blocks.append(f"[{name}]\n" + "".join(_practised(practised)))
    if profile.preferences:
        lines = (f"{id_} = {_preferred(one)}\n" for id_, one in profile.preferences.items())
        blocks.append("[preferences]\n" + "".join(lines))
    if profile.favourites:
        lines = (f"{id_} = {on}\n" for id_, on in profile.favourites.items())
        blocks.append("[favourites]\n" + "".join(lines))
    return "\n".join(blocks)


def _answers(profile: Profile) -> list[str]:
    return [
        f'{fact.value} = {{ answer = "{answer.word}", on = {answer.on} }}\n'
        for fact, answer in profile.answers.given.items()
    ]


def _dropped(entry: Dropped) -> str:
    return (
        f'[[dropped]]\nexercise = "{entry.exercise}"\nregion = "{entry.region}"\n'
        f"on = {entry.on}\nlevel = {entry.level}\n"
    )


def _practised(practised: Mapping[str, Practice]) -> list[str]:
    return [f"{id_} = {{ times = {one.times}, on = {one.on} }}\n" for id_, one in practised.items()]


def _preferred(one: Preference) -> str:
    what = "out = true" if one.out else f"count = {one.count}"
    return f"{{ {what}, on = {one.on} }}"


def _scores(scores: Scores) -> str:
    told = {"start": scores.start, "end": scores.end}
    lines = [f"{name} = {score}\n" for name, score in told.items() if score is not None]
    return f"[[scores]]\non = {scores.on}\n" + "".join(lines)
