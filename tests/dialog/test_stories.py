"""Conversations of several answers, compared with a file: what one answer leaves for the next.

``pytest tests/dialog/test_stories.py --update-golden`` writes the file anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.dialog.driver import good_plan, plan_of, wakings
from tests.dialog.noted import Noted
from tests.dialog.test_survivors import refusal, screening
from tests.english import parse
from voicecoach.dialog.care import Care
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import (
    Event,
    Failed,
    Heard,
    HelperResult,
    Recovered,
    Restored,
    Started,
    Unclear,
)
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.plan.plan import Plan
from voicecoach.units import Ms

GOLDEN = Path(__file__).parent / "golden" / "stories.golden"

LEVELS = """\
schema: voicecoach/1
id: levels
name: Levels
summary: A hold, a rest and a bridge.
language: en
author: Jo Bloggs
licence: CC0-1.0
sources: []
equipment: [a mat]
exercises:
  - id: knee
    name: Knee to the chest
    position: supine
    regions: [hip]
    sides: each
    dose: {hold_s: 25, breath: {in_s: 4, out_s: 6}, sets: 2, rest_s: 10}
    way_in: [Lie on your back.]
    full: ["Draw your {side} knee to your chest."]
    short: Your {side} knee to your chest.
    way_out: [Put your foot back.]
    easier: {say: [Hold your leg behind the thigh.], dose: {hold_s: 15, sets: 1}}
    harder: {say: [Lift your head as well.], dose: {hold_s: 30}}
  - id: legs
    name: Legs on a chair
    position: supine
    regions: [low-back]
    sides: none
    dose: {relax_min: 4, cues: [Let your shoulders grow heavy.], breath: {in_s: 4, out_s: 6}}
    way_in: [Lie on your back.]
    full: [Lay both lower legs on the chair.]
    short: Lower legs on the chair.
    way_out: [Roll onto your side., {pause_s: 4}]
    easier: {dose: {relax_min: 2.5}}
  - id: bridge
    name: Bridge
    position: supine
    regions: [upper-back]
    sides: none
    dose: {repetitions: 4, tempo: 3120, first: lift}
    way_in: [Lie on your back.]
    full: [Raise your hips.]
    short: Raise your hips.
    way_out: [Lower your hips.]
    easier: {say: [A little lower.], dose: {repetitions: 2}}
    harder: {say: [One leg off the floor.], dose: {repetitions: 6}}
"""

STANDING = """\
schema: voicecoach/1
id: upright
name: Upright
summary: Standing, rolling, sitting and lying.
language: en
author: Jo Bloggs
licence: CC0-1.0
sources: []
equipment: [a mat, a roller]
exercises:
  - id: mornings
    name: Good mornings
    position: standing
    regions: [low-back, hip]
    sides: none
    dose: {repetitions: 6, tempo: 3120, first: lower}
    way_in: [Stand with your feet apart.]
    full: [Bend forward from the hips.]
    short: Bend from the hips.
    way_out: [Come back to standing tall., {pause_s: 4}]
    easier: {say: [A little less far.], dose: {repetitions: 6}}
  - id: roll
    name: Upper back
    position: roller
    regions: [upper-back]
    sides: none
    dose: {strokes: 10, stroke_s: 3}
    way_in: [Lie with the roller under your shoulder blades.]
    full: [Roll slowly up and down.]
    short: Roll slowly.
    way_out:
      [Lower your hips to the floor., Roll onto your side., {pause_s: 4},
       Push yourself to sitting., {pause_s: 5}]
  - id: twist
    name: Seated twist
    position: seated
    regions: [upper-back]
    sides: none
    dose: {hold_s: 30, breath: {in_s: 4, out_s: 6}}
    way_in: [Sit on a chair.]
    full: [Turn to one side.]
    short: Turn to one side.
    way_out: [Turn back to the middle.]
  - id: lift
    name: Leg lift
    position: supine
    regions: [abdomen, hip]
    sides: none
    dose: {repetitions: 4, tempo: 3120, first: lift}
    way_in: [Lie on your back.]
    full: [Lift one leg.]
    short: Lift one leg.
    way_out: [Roll onto your side., {pause_s: 4}, Push yourself to sitting., {pause_s: 5}]
"""

SHORT = "@counting 9000 "
"""Into the second repetition of the good plan's bridge."""

GOOD = {
    "a pace is changed on the way back": SHORT
    + "help 9000 no 2000 no 2000 slower 2000 resume @counting",
    "the way back into a hold": "@holding 9000 too_much 6000 no 6000 never_mind resume 16000",
    "back to the hold after help": "@holding 9000 help 6000 no 3000 no 3000 resume 18000",
    "a hold that has no easier way is left": "@holding 5000 pain 2000 number=4 no 9000 yes 9000",
    "twice a middling pain": SHORT + "pain number=4 no yes @counting 1000 pain number=4 no 9000",
    "a middling pain that grows": SHORT + "pain number=4 no yes @check_score number=9 place=hip no",
    "a middling pain that stays": SHORT + "pain number=4 no yes @check_score number=4 9000 yes",
    "a place told before it is asked for": SHORT + "pain=shoulder 2000 number=8 no 9000",
    "a place named with the sharp pain": SHORT + "sharp_pain=knee 9000 yes 3000",
    "a middling pain at a place": SHORT + "pain=hip number=4 no yes @check_score number=8 9000",
    "unclear answers are the worse ones": SHORT + "pain ? ? 9000 ? ? 9000 ? ? 9000",
    "unclear about help": SHORT + "help no ? ? 9000 number=2 no",
    "unclear about effort": SHORT + "too_much ? ? 9000 number=2 no",
    "unclear about the breath": SHORT + "unwell not_sure not_sure 9000",
    "chest pain without trouble": SHORT + "pain=chest number=8 no 9000 no 9000 yes 70000",
    "the chest named as the place": SHORT + "pain number=8 no place=chest 9000 no 9000 no",
    "an alarm that is stopped": SHORT + "emergency 500 stop 3000 resume 9000",
    "care today that is stopped": SHORT + "urgent 500 stop 3000 resume 15000",
    "no answer, and stopped": SHORT + "pain @closing 500 stop 3000 resume 9000",
    "no answer, and hurt": SHORT + "pain @closing 500 pain 3000 number=9 no 9000 place=hip 9000",
    "stop counting after its first word": SHORT + "stop 900 stop_counting 9000",
    "counting off and on": SHORT + "stop_counting 9000 start_counting 9000",
    "less and less talk": SHORT
    + "less_talking 4000 less_talking less_talking 9000 more_detail 9000",
    "as slow as it gets": SHORT + "slower 7000 slower 7000 slower 7000 slower 9000",
    "as fast as it gets": SHORT + "faster 7000 faster 7000 faster 7000 faster 9000",
    "louder than it gets": "5000 louder louder louder quieter 9000",
    "skipped to the end": "ready next next next 9000 next 9000",
    "back from the second description": "ready next 500 back 3000 back 9000",
    "back past what was left out": "@holding sharp_pain=hip 9000 yes 500 back 9000",
    "questions while paused": SHORT + "pause how_long 3000 how_many 3000 which_side where how_to",
    "questions before the first exercise": "3000 how_long 3000 whats_next 3000 which_side",
    "how many in a hold": "@holding 3000 how_many 12000 how_many 6000 repeat 3000 how_long",
    "a cue of breathing gives way": "@holding 2500 commands 9000 should_hurt 9000",
    "two answers in one breath": "@holding 1200 commands 900 which_side 900 should_hurt 12000",
    "what is next after the last": "ready next next next @counting whats_next 3000 how_long",
    "the end, and then not": SHORT + "end no @counting 2000 end ? 9000 20000 resume",
    "the end in a question": SHORT + "pain 2000 end 2000 no 9000 number=1 no 5000 end no",
    "a halt that stays": SHORT + "stop end no 3000 back 3000",
    "a wait that is asked to end": SHORT + "pause end no 3000 next 9000",
    "easier on the way": SHORT + "easier 20000 easier 9000",
    "no microphone": SHORT + "!recogniser 9000 resume 9000",
    "heard again": SHORT + "!recogniser 9000 ^recogniser 9000 resume 9000 ^recogniser 3000",
    "the sound is gone in a set": SHORT + "!device ^device 9000 resume 9000",
    "the sound is gone in a pause": SHORT + "pause 9000 !device ^device 9000",
    "the sound is gone in a question": SHORT + "pain !device 9000 number=2 no 3000 yes 3000",
    "the sound is gone in the goodbye": SHORT + "end yes 500 !device 9000",
    "restarted in a set": SHORT + "* 3000 resume 9000",
    "restarted in a question": SHORT + "pain * 9000",
    "restarted in the goodbye": SHORT + "end yes 500 * 9000",
    "the breathing is cut": SHORT + "pain number=9 no place=hip yes 9000 done 9000",
    "the breathing is done": SHORT + "pain number=9 no place=hip yes 75000",
    "go on with the rest": "@resting go 3000",
    "ready between exercises": "@counting done 500 done @resting 1000 next @reading 2000 ready",
}
LEVELLED = {
    "a hold one level easier": "@holding 9000 easier 30000 harder 9000 harder 30000 harder 3000",
    "easier on the second side": "@switching 1000 easier 30000",
    "no first repetition": "@holding 5000 pain number=4 no yes @check_score number=1 9000",
    "a rest asks after a minute": ""
    "ready next 500 ready ready @holding 9000 pain number=4 no yes @check_score number=1 30000",
    "asked about and skipped": "@holding 5000 pain number=4 no yes @check_score stop 2000 "
    "resume 2000 number=1 2000 next 3000",
    "a short rest": "ready next 500 ready ready @holding 9000 how_many 3000 easier 9000 how_many",
    "fewer than were done": "ready next next ready ready @counting 14000 easier 12000",
    "harder in the third": "ready next next ready ready @counting 14000 harder 12000 how_many 3000",
    "harder while paused": "@holding 9000 pause harder 20000",
    "easier in the description": "ready 2000 easier 20000",
    "the last one hurts, stopped": "ready next next ready ready @counting 3000 "
    "pain number=8 no 3000 yes 3000 stop 1000 resume 9000",
    "the last one hurts, no breathing": "ready next next ready ready @counting 3000 "
    "pain number=8 no 3000 no 9000",
    "all that is left hurts": "ready next next ready ready @counting 3000 pain number=8 no 9000",
    "easier after a pain at the harder level": "ready harder 30000 pain number=2 no yes 9000",
}
CARED = {
    "a score at the start and a rise": "@ask_start number=2 "
    + SHORT
    + "pain number=5 no place=hip no",
    "a pain in the greeting": "2000 pain number=5 9000 no resume 20000",
    "not sure of the score": "@ask_start not_sure not_sure 9000",
    "gently": "@ask_start number=7 yes 30000",
    "rather not": "@ask_start number=7 no 9000",
    "no better": "@ask_start number=3 " + SHORT + "end yes number=5 9000",
    "better": "@ask_start number=3 " + SHORT + "end yes number=2 9000",
    "not sure at the end": "@ask_start number=3 " + SHORT + "end yes not_sure not_sure 9000",
    "a pain in the goodbye": "@ask_start number=1 "
    + SHORT
    + "end yes next 500 pain number=6 no 9000",
    "stopped before the score": "@ask_start number=1 "
    + SHORT
    + "end yes stop 3000 resume 3000 number=0 9000",
    "dizzy": "@ask_start next " + SHORT + "unwell 9000 no 3000 yes 9000 resume 9000",
    "a knee hurts more than the back did": "@ask_start number=0 "
    + SHORT
    + "pain=knee 6000 number=3 no 9000",
    "a back hurts more than before": "@ask_start number=1 "
    + SHORT
    + "pain 6000 number=4 no 3000 place=low-back 9000",
}
BEFORE = {
    "three answers that are unclear": "5000 ? 4000 ? 4000 ? 9000",
    "not sure twice": "5000 not_sure 5000 not_sure 5000 repeat 5000",
    "paused and stopped": "5000 pause 3000 resume 5000 stop 3000 end 9000",
    "dizzy in the questions": "5000 unwell 9000 stop 2000 resume 9000 no 3000 yes 3000 resume 9000",
    "no trouble, no answer": "5000 no no 60000",
    "an alarm": "5000 emergency 500 stop 3000 resume 9000",
    "no answer, and stopped": "5000 unwell @closing 500 stop 3000 resume 9000",
    "given up": "5000 end 9000",
    "unheard": "5000 !recogniser 20000",
    "the sound is gone": "5000 no !device ^device 9000",
    "restarted": "5000 no * 9000",
    "restarted at the goodbye": "5000 end 500 * 9000",
    "nothing hurts": "5000 pain 3000 resume 9000 help 9000 no 2000 repeat 5000 yes 5000",
}

WORK = "@counting 7000 "
UPRIGHT = {
    "dizzy, bent over": WORK + "unwell 9000 no 9000 yes 9000 resume 9000",
    "dizzy, and it does not pass": WORK
    + "unwell 9000 no 9000 no 9000 not_sure 9000 no 9000 yes 9000",
    "dizzy, and then silence": WORK + "unwell 9000 no 200000 +helper 30000",
    "dizzy, and not sure of the breath": WORK + "unwell 5000 not_sure 5000 not_sure 40000",
    "dizzy twice": WORK + "unwell 5000 no yes 5000 resume @holding unwell 5000 no yes 30000",
    "dizzy, and it hurts": WORK
    + "unwell 5000 pain=low-back 5000 no 3000 yes 3000 number=2 no 9000",
    "dizzy, stopped and paused": WORK + "unwell stop 3000 pause 3000 resume 9000 no stop 40000",
    "dizzy, and enough": WORK + "unwell 5000 no 3000 end 3000 yes 30000",
    "dizzy on the roller": "@counting next ready ready @rolling 9000 unwell 9000 no 9000 yes 9000",
    "dizzy in the greeting": "2000 unwell 5000 no yes 9000 resume 9000",
    "stuck": WORK + "help 9000 no 9000 no 9000 resume 9000",
    "stuck, and helped": WORK + "help 9000 yes 500 +helper 30000",
    "stuck, and not sure": WORK + "help 9000 not_sure 9000 not_sure 2000 -helper 30000",
    "stuck, and nobody answers": WORK + "help @closing 60000",
    "stuck, stopped, and silence": WORK + "help 9000 no 9000 no 9000 stop 240000",
    "stuck in the closing": WORK + "end yes 500 help 9000 no 9000 no 30000",
    "dizzy in the closing": WORK + "end yes 500 unwell 9000 no 9000 yes 30000",
    "legs": WORK + "urgent 2000 +helper 30000",
    "legs, and no helper comes": WORK + "urgent 2000 stop 5000 -helper 30000",
    "an alarm, and it hurts": WORK + "emergency 3000 +helper 1000 pain 30000",
    "an alarm, and nothing is known": WORK + "emergency 60000",
    "an alarm that is paused": WORK + "emergency 1000 pause 40000",
    "too hard, three times": "@counting 3000 too_much 5000 no 3000 yes @counting too_much 5000 no "
    "3000 easier @counting 9000 too_much 5000 no 9000",
    "too hard in a hold": "@counting next ready next ready ready @holding 9000 too_much 5000 "
    "no 9000",
    "a dull eight": WORK + "pain=low-back 5000 number=8 no 9000 no 9000",
    "a place that is not known": WORK + "pain 5000 number=8 no 3000 not_sure not_sure 15000",
}
LEFT = {
    "dizzy, bent over": WORK + "unwell 9000",
    "dizzy on the roller": "@counting next ready ready @rolling 9000 unwell 9000",
    "a pause on the back": "@counting next ready next ready next ready ready @counting 5000 pause "
    "9000 resume 9000",
    "legs, on the back": "@counting next ready next ready next ready ready @counting 5000 urgent "
    "30000",
}

CARE = Care(
    asks=True,
    opening=("Two moves on a mat.",),
    levels={"bridge": -1},
    lie_left=True,
    worse_days=1,
)


LYING_LEFT = Care(lie_left=True)

FOREVER = 86_400_000
"""Milliseconds: a day."""


class Story(Noted):
    """A dialog that is told what to do in words; noted from the first command on."""

    begun = False

    def tell(self, script: str) -> None:
        """Do each of the words: wait so many milliseconds, reach a state, or say a command.

        ``?`` is something unclear, ``*`` a restart, ``!`` a part that failed, ``+helper`` and
        ``-helper`` that the helper was reached or not.
        """
        for word in script.split():
            if word.isdigit():
                self.wait(int(word))
            elif word.startswith("@"):
                self._reach(State(word[1:]))
            else:
                if not self.begun:
                    self.lines.clear()
                self.begun = True
                self.lines.append(f"\n    {word}:")
                self.give(self._event(word))
                self.wait(700)

    def _reach(self, state: State) -> None:
        for woke in wakings(self.dialog, FOREVER):
            if self.dialog.state is state:
                return
            self.give(woke)
        assert self.dialog.state is state, f"{state} is not reached"

    def _event(self, word: str) -> Event:
        if word == "?":
            return Unclear(self.now)
        if word == "*":
            return Restored(self.now)
        if word in ("+helper", "-helper"):
            return HelperResult(self.now, word == "+helper")
        if word.startswith("!"):
            return Failed(self.now, word[1:], "it died")
        if word.startswith("^"):
            return Recovered(self.now, word[1:], 3.0)
        name, _, value = word.partition("=")
        number = int(value) if value.isdigit() else None
        region = value if value and number is None else None
        return Heard(self.now, Command(name), self.now, number, region)


def told(dialog: Dialog[Any], script: str) -> str:
    """Return what comes of a script, with the outcome of a session."""
    story = Story(dialog, Ms(0))
    story.give(Started(Ms(0)))
    story.tell(script)
    left = f"\n    = {dialog.result}" if isinstance(dialog, Session) else ""
    return "; ".join(story.lines).replace("; \n", "\n").lstrip("\n") + left


@cache
def levelled() -> Plan:
    """Return the plan of the routine with levels."""
    return plan_of(parse(LEVELS, "levels.yaml"))


@cache
def upright() -> Plan:
    """Return the plan of the routine in which the user stands, rolls, sits and lies."""
    return plan_of(parse(STANDING, "upright.yaml"))


@cache
def opened() -> Plan:
    """Return the good plan, with the length of what is said to the user of `CARE`."""
    plan = good_plan()
    return replace(plan, lengths={**plan.lengths, **{line: Ms(700) for line in CARE.opening}})


def stories() -> Iterator[str]:
    """Yield each story under its name."""
    for name, script in GOOD.items():
        yield f"{name}\n{told(Session(good_plan()), script)}"
    for name, script in LEVELLED.items():
        yield f"{name}\n{told(Session(levelled()), script)}"
    for name, script in CARED.items():
        yield f"{name}\n{told(Session(opened(), care=CARE), script)}"
    for name, script in UPRIGHT.items():
        yield f"{name}\n{told(Session(upright(), helper='helper' in script), script)}"
    for name, script in LEFT.items():
        yield f"{name}, past the twelfth week\n{told(Session(upright(), care=LYING_LEFT), script)}"
    for name, script in BEFORE.items():
        yield f"{name}, in the questions\n{told(screening(), script)}"
        yield f"{name}, in the refusal\n{told(refusal(), script)}"


def test_the_stories_go_as_written(request: pytest.FixtureRequest) -> None:
    """What is said, logged and left behind is what the file says, to the millisecond."""
    text = "\n\n".join(stories()) + "\n"
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(text, "utf-8")
    assert GOLDEN.read_text("utf-8") == text
