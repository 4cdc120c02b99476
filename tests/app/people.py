"""Rehearsals of somebody with a profile: what the screen leaves of a small routine."""

from __future__ import annotations

from collections.abc import Mapping

from tests.app.rehearsals import Rehearsed, Room, Says
from tests.english import LANGUAGE, parse
from tests.fakes.voice import FakeVoice
from voicecoach.app.coach import Coach
from voicecoach.app.scenario_rehearsal import DAY, person
from voicecoach.errors import DeclinedError
from voicecoach.screening.facts import Fact

ROUTINE = """\
schema: voicecoach/1
id: upper-back-at-home
name: Three moves
summary: Rolling, a bridge, and the cat.
language: en
author: Jo Bloggs
licence: CC0-1.0
sources: []
equipment: [a mat]
exercises:
  - id: rolling
    name: Rolling
    position: roller
    regions: [upper-back]
    sides: none
    dose: {strokes: 10, stroke_s: 3}
    way_in: [Lie back on the roller.]
    full: [Rock slowly.]
    short: Rock slowly.
    way_out: [Roll onto your side., {pause_s: 4}]
  - id: bridge
    name: Bridge
    position: supine
    regions: [hip]
    sides: none
    dose: {repetitions: 4, tempo: 2120, first: lift}
    way_in: [Lie on your back.]
    full: [Raise your hips.]
    short: Raise your hips.
    way_out: [Lower your hips.]
    easier: {say: [A little lower this time.]}
  - id: cat
    name: The cat
    position: all-fours
    regions: [low-back, upper-back]
    sides: none
    dose: {repetitions: 4, tempo: 2120, first: lift}
    way_in: [Kneel on your hands and knees.]
    full: [Round your back.]
    short: Round your back.
    way_out: [Sit back on your heels.]
"""

Facts = Mapping[Fact, bool | None]
F = Fact

PEOPLE: dict[str, tuple[Facts, Says]] = {
    "let_through": ({}, ((20.0, "one"),)),
    "pregnant": ({F.PREGNANT: True, F.PREGNANT_LONG: True}, ((30.0, "one"), (45.0, "dizzy"),
                 (62.0, "no"), (70.0, "end session"), (74.0, "yes"), (102.0, "one"))),
    "disc": ({F.DISC: True}, ()),
    "blood_thinners": ({F.BLOOD: True, F.CLOT: False, F.BLOOD_AGREED: False},
                       ((30.0, "nought"),)),
    "red_flag": ({F.NIGHT: True}, ()),
    "not_sure": ({F.EMERGENCY: None}, ()),
    "unwell": ({F.UNWELL: True, F.FEVER: False}, ((12.0, "no"),)),
    "rise": ({}, ((22.0, "one"), (60.0, "it hurts"), (74.0, "three"), (82.0, "no"),
             (92.0, "my upper back"), (106.0, "no"), (112.0, "yes"), (153.0, "four"))),
    "strong_start": ({}, ((22.0, "seven"), (38.0, "no"))),
}  # fmt: skip


def led(facts: Facts, says: Says) -> Rehearsed:
    """Rehearse the routine as it suits the user with these answers, or the refusal."""
    room = Room(says)
    coach = Coach(room.driver, FakeVoice(), LANGUAGE, DAY, room.note)
    try:
        outcome = coach.lead_for(person(facts), parse(ROUTINE, "three.yaml"))
    except DeclinedError:
        outcome = "declined"
    return room.left(outcome)
