"""The commands that change how the routine is led: pace, level, loudness, counting, talk."""

from __future__ import annotations

from voicecoach.dialog import flow
from voicecoach.dialog.effects import ChooseMusic, Gain, Music
from voicecoach.dialog.levels import go_on_at
from voicecoach.dialog.replies import reply
from voicecoach.dialog.resuming import EASIEST, HARDEST, go_elsewhere
from voicecoach.dialog.returning import go_back
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import WORK
from voicecoach.eventlog.kinds import LevelChanged, PaceChanged
from voicecoach.plan.narration import BARE, FULL, SHORT
from voicecoach.plan.plan import PACES
from voicecoach.track import TightError

GAIN_STEP = 3.0
"""Decibels."""

ON_THE_WAY = {"slower": "slower_way", "faster": "faster_way"}
"""Keys of what is said of the pace on the way to work that has none."""


def slower(s: SessionContext) -> None:
    """Stretch the beat."""
    _change_pace(s, 1, "slower", "slower_limit")


def faster(s: SessionContext) -> None:
    """Tighten the beat."""
    _change_pace(s, -1, "faster", "faster_limit")


def _change_pace(s: SessionContext, by: int, key: str, limit: str) -> None:
    if s.begun and s.variant.dose.timed:
        reply(s, [s.line("pace_timed" if s.interrupted in WORK else ON_THE_WAY[key])])
        return
    before, s.delivery.pace = s.delivery.pace, max(0, min(s.delivery.pace + by, len(PACES) - 1))
    fits = s.delivery.pace != before and _fits(s)
    if fits:
        s.record(PaceChanged(percent=PACES[s.delivery.pace]))
        _lead_again(s)
    else:
        s.delivery.pace = before
    reply(s, [s.line(key if fits else limit)])


def _fits(s: SessionContext) -> bool:
    try:
        if s.begun:
            s.plan.work(s.station, s.level, s.delivery.manner)
    except TightError:
        return False
    return True


def _lead_again(s: SessionContext) -> None:
    """Lead the work that is still to come in the present manner, from the next beat on."""
    if not s.begun or s.pain.recheck or s.variant.dose.timed:
        return
    track = s.plan.led(s.station, s.level, s.delivery.manner, s.rep())
    if s.mark is not None:
        if s.mark.state in WORK:
            s.mark = s.mark.with_track(track)
    elif s.state in WORK:
        boundary = s.player.boundary()
        if boundary is not None and s.player.track is not None:
            n = s.player.track.cues[boundary].n
            s.player.rebuild(s.plan.led(s.station, s.level, s.delivery.manner, n), boundary)


def easier(s: SessionContext) -> None:
    """One level easier."""
    _change_level(s, -1, "easier", s.exercise.easier is not None or s.level > 0)


def harder(s: SessionContext) -> None:
    """One level harder."""
    _change_level(s, 1, "harder", s.exercise.harder is not None or s.level < 0)


def _change_level(s: SessionContext, by: int, key: str, there: bool) -> None:
    level = s.level + by
    if not there or not EASIEST <= level <= HARDEST:
        reply(s, [s.line(f"{key}_none")])
        return
    if go_elsewhere(s):
        return
    s.hush()
    s.record(LevelChanged(id=s.exercise.id, level=level))
    go_on_at(s, level, [s.line(key)])


def louder(s: SessionContext) -> None:
    """Raise the level of the voice."""
    _change_gain(s, GAIN_STEP, "louder")


def quieter(s: SessionContext) -> None:
    """Lower the level of the voice."""
    _change_gain(s, -GAIN_STEP, "quieter")


def _change_gain(s: SessionContext, by: float, key: str) -> None:
    s.turn.effects.append(Gain(by))
    reply(s, [s.line(key)])


def music(s: SessionContext) -> None:
    """Let the bed sound."""
    _change_music(s, Music.ALWAYS, "music_on")


def music_in_rests(s: SessionContext) -> None:
    """Let the bed sound in long rests."""
    _change_music(s, Music.RESTS, "music_rests")


def no_music(s: SessionContext) -> None:
    """Have no bed."""
    _change_music(s, Music.OFF, "music_off")


def _change_music(s: SessionContext, chosen: Music, key: str) -> None:
    s.turn.effects.append(ChooseMusic(chosen))
    reply(s, [s.line(key)])


def stop_counting(s: SessionContext) -> None:
    """Count silently; breathing cues stay."""
    s.delivery.counting = False
    _lead_again(s)
    reply(s, [s.line("counting_off")])


def start_counting(s: SessionContext) -> None:
    """Count aloud again."""
    s.delivery.counting = True
    _lead_again(s)
    reply(s, [s.line("counting_on")])


def meant_counting(s: SessionContext) -> None:
    """The whole phrase "stop counting" was heard after its first word had halted."""
    s.delivery.counting = False
    _lead_again(s)
    if not go_elsewhere(s):
        s.place.moved = False
        go_back(s, [s.line("counting_off")])


def less_talking(s: SessionContext) -> None:
    """Say the key cues only, then the counts only; a description is shortened at once."""
    told = flow.described(s)
    s.delivery.talk, s.delivery.detailed = SHORT if s.talk == FULL else BARE, False
    _talk_otherwise(s, "less_talking", told)


def more_detail(s: SessionContext) -> None:
    """Say more, also of exercises that the user knows."""
    told = flow.described(s)
    s.delivery.talk = SHORT if s.delivery.talk == BARE else FULL
    s.delivery.detailed = True
    _talk_otherwise(s, "more_detail", told)


def _talk_otherwise(s: SessionContext, key: str, described: bool) -> None:
    """Lead in the present manner from here on; say so, and go on with what is described."""
    _lead_again(s)
    if described:
        flow.describe_again(s, [s.line(key)])
    else:
        reply(s, [s.line(key)])
