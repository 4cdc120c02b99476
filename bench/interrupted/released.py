"""What must hold of a session that fell silent for a moment, for what was no halt word."""

from __future__ import annotations

from collections.abc import Iterator

from bench.interrupted.sessions import Phase, Sound
from bench.interrupted.trials import QUIET, Trial


def released(trial: Trial, phase: Phase) -> Iterator[str]:
    """Yield what is wrong: all that had not sounded whole comes again, in order, and nothing else.

    It comes where it was on the beat, or all of it as much later as what was cut.
    """
    assert trial.joined is not None
    expected = [s for s in phase.sounds if s.end > trial.moment or s.at >= trial.moment]
    firm = [sound for sound in expected if not sound.cue.optional]
    yield from _the_same(trial.sounds, expected, firm)
    shift = trial.joined - phase.end
    cut = [trial.moment - s.at for s in expected if s.at < trial.moment]
    if not 0 <= shift <= max([0, *cut]) + QUIET:
        yield f"comes {shift} ms later than before"
    wanted = {sound.what for sound in firm}
    got = [sound for sound in trial.sounds if sound.what in wanted]
    for sound, before in zip(got, firm, strict=False):
        if before.at > trial.resumed and sound.at != before.at + shift:
            yield f"shifts '{sound.cue.text}'"
            return


def _the_same(sounds: list[Sound], expected: list[Sound], firm: list[Sound]) -> Iterator[str]:
    got, whats = [s.what for s in sounds], [s.what for s in expected]
    if any(what not in whats for what in got):
        yield "says what does not belong here"
    wanted = [sound.what for sound in firm]
    if [what for what in got if what in wanted] != wanted:
        yield "loses something, or says it twice"
    if not all(sound.whole for sound in sounds):
        yield "cuts what comes"
