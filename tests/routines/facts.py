"""What the sources say, as tables: the numbers are theirs (see docs/routines.md)."""

from __future__ import annotations

ROUTINES = {
    "foam-roll-upper-back": ("000", "001"),
    "shoulder-blade-trigger-points": ("001",),
    "bedtime-self-massage": ("002",),
    "lumbago-relief": ("003",),
    "lower-back-pain": ("003", "001"),
    "herniated-disc": ("003",),
    "pregnancy-back-care": ("003",),
    "after-childbirth": ("003",),
    "preventive-back-strength": ("003",),
    "standing-back": ("003",),
    "back-at-home": ("003",),
    "upper-back-at-home": ("004",),
    "desk-break": ("004", "001"),
    "core-and-control": ("003",),
}
"""The fourteen routines, and the source of each."""

EXERCISES = {
    "foam-roll-upper-back": ["hands-behind-head", "hugging-shoulders", "arms-long"],
    "shoulder-blade-trigger-points": ["hands-behind-head", "elbows-together"],
    "bedtime-self-massage": ["press-low-back", "press-waist", "press-shoulders"],
    "lumbago-relief": ["legs-on-a-chair", "hands-under-buttocks-sway", "cat"],
    "lower-back-pain": ["legs-on-a-chair", "leg-lift", "cat", "thumbs-at-the-hips"],
    "herniated-disc": ["legs-on-a-chair", "cat", "hang", "knee-to-chest", "both-knees"],
    "pregnancy-back-care": [
        "round-and-straighten", "tail-side-to-side", "tuck-buttocks", "rock-left-and-right",
        "rock-forward-and-back",
    ],
    "after-childbirth": ["foot-and-opposite-arm", "pelvic-lift", "body-lift"],
    "preventive-back-strength": ["opposite-arm-and-leg", "rowing", "body-lift"],
    "standing-back": ["rowing", "windmill", "good-mornings"],
    "back-at-home": [
        "hands-under-buttocks-sway", "cat", "opposite-arm-and-leg", "good-mornings", "body-lift",
    ],
    "upper-back-at-home": ["knee-to-chest", "both-knees", "knees-to-one-side"],
    "desk-break": ["seated-twist", "shoulder-blades-together"],
    "core-and-control": ["leg-lift", "pelvic-lift", "opposite-arm-and-leg", "body-lift"],
}  # fmt: skip
"""What each consists of, in the order of the sources; `core-and-control` in one of few changes."""

DOSES = [
    ("foam-roll-upper-back", "hands-behind-head", "strokes", 10, 15),
    ("foam-roll-upper-back", "hugging-shoulders", "strokes", 10, 15),
    ("foam-roll-upper-back", "arms-long", "strokes", 10, 15),
    ("shoulder-blade-trigger-points", "elbows-together", "strokes", 10, 15),
    ("lumbago-relief", "legs-on-a-chair", "minutes", 15, 30),
    ("lower-back-pain", "legs-on-a-chair", "minutes", 15, 30),
    ("lower-back-pain", "leg-lift", "repetitions", 10, 15),
    ("lower-back-pain", "thumbs-at-the-hips", "seconds", 30, 60),
    ("herniated-disc", "legs-on-a-chair", "minutes", 15, 30),
    ("herniated-disc", "hang", "seconds", 30, 30),
    ("herniated-disc", "knee-to-chest", "seconds", 30, 60),
    ("herniated-disc", "both-knees", "seconds", 30, 60),
    ("pregnancy-back-care", "round-and-straighten", "repetitions", 10, 15),
    ("pregnancy-back-care", "tail-side-to-side", "repetitions", 5, 10),
    ("pregnancy-back-care", "rock-left-and-right", "repetitions", 5, 10),
    ("pregnancy-back-care", "rock-forward-and-back", "repetitions", 5, 10),
    ("preventive-back-strength", "body-lift", "repetitions", 10, 15),
    ("standing-back", "good-mornings", "repetitions", 12, 12),
    ("back-at-home", "good-mornings", "repetitions", 12, 12),
    ("back-at-home", "body-lift", "repetitions", 10, 15),
    ("upper-back-at-home", "knee-to-chest", "seconds", 20, 30),
    ("upper-back-at-home", "both-knees", "seconds", 20, 30),
    ("upper-back-at-home", "knees-to-one-side", "seconds", 10, 10),
    ("desk-break", "shoulder-blades-together", "repetitions", 3, 5),
    ("core-and-control", "leg-lift", "repetitions", 10, 15),
    ("core-and-control", "body-lift", "repetitions", 10, 15),
]
"""Routine, exercise, what is counted, and the source's least and most, at the plain level."""

WORDS = [
    ("foam-roll-upper-back", "hands-behind-head", "shoulder blades|feet stay flat|hips|lower ribs"
     "|never|lower back|breathing|slowly|soft pop|electrical|across it behind you|nothing slips"),
    ("foam-roll-upper-back", "hugging-shoulders", "hug your shoulders"),
    ("foam-roll-upper-back", "arms-long", "past your ears|lever"),
    ("shoulder-blade-trigger-points", "elbows-together", "in front of your face|move apart|short"
     "|electrical"),
    ("bedtime-self-massage", "press-low-back", "pillow under your knees|under your head"
     "|arms lie along your body|firmly|tense"),
    ("lumbago-relief", "legs-on-a-chair", "right angles|arms out|deeply"),
    ("lumbago-relief", "hands-under-buttocks-sway", "hands under your buttocks|press|sway"),
    ("lumbago-relief", "cat", "hands under your shoulders|knees under your hips|belly sink"
     "|lift your head|round your whole back|head hang|towards your feet"),
    ("lower-back-pain", "leg-lift", "tighten your belly|lower back into the floor|right angle"
     "|slowly"),
    ("lower-back-pain", "thumbs-at-the-hips", "three to five centimetres|firmly inwards"
     "|slightly towards your feet"),
    ("herniated-disc", "hang", "knees bent"),
    ("herniated-disc", "knee-to-chest", "heels on the floor|both hands|slowly"),
    ("herniated-disc", "both-knees", "both knees|raise your head|stretch in your back"),
    ("pregnancy-back-care", "round-and-straighten", "straight|never sinks or sways|slowly"),
    ("pregnancy-back-care", "tail-side-to-side", "tail|slowly"),
    ("pregnancy-back-care", "tuck-buttocks", "feet slightly apart|buttocks in under you|relax"),
    ("pregnancy-back-care", "rock-left-and-right", "wide apart|both feet stay"),
    ("pregnancy-back-care", "rock-forward-and-back", "in front of the other"),
    ("after-childbirth", "foot-and-opposite-arm", "{side} foot into the floor|{other_side} arm"),
    ("after-childbirth", "pelvic-lift", "wider than your hips|lift your pelvis"
     "|one bone of your spine"),
    ("after-childbirth", "body-lift", "on your belly|forehead|slowly|feet stay on the floor|legs"),
    ("preventive-back-strength", "opposite-arm-and-leg", "back straight|belly and back firm"
     "|a few seconds|opposite leg|one arm"),
    ("preventive-back-strength", "rowing", "band|dumbbells|cable|knees a little|straight back"
     "|belly firm|elbows lead|clean movement"),
    ("standing-back", "windmill", "upper body is level|arms out wide|lower back stays straight"
     "|as far as is easy"),
    ("standing-back", "good-mornings", "behind your neck|belly and your buttocks|hips slowly back"
     "|both feet stay flat|do not raise it|hips forward"),
    ("upper-back-at-home", "knee-to-chest", "both hands|comfortable"),
    ("upper-back-at-home", "knees-to-one-side", "both shoulders stay on the floor"),
    ("desk-break", "seated-twist", "{side} leg over your {other_side}|{other_side} elbow|brace"
     "|feet flat on the floor"),
    ("desk-break", "shoulder-blades-together", "towards each other|five seconds"),
]  # fmt: skip
"""Routine, exercise, and words that carry a step or a caution of the source."""

ADVICE = [
    ("lumbago-relief", "two days at most|don't sit for long|once in the morning and once in the"),
    ("herniated-disc", "becomes acute|disc problem can get worse"),
    ("lower-back-pain", "front of the hips|see a doctor"),
    ("standing-back", "two days a week at most|weight later"),
    ("preventive-back-strength", "two days a week at most|weight later"),
    ("back-at-home", "a little stiff or uncomfortable is common|feels worse, leave"),
    ("bedtime-self-massage", "is for your upper back only|before you go to sleep"),
    ("upper-back-at-home", "in the morning and once at night|long after an injury"),
    ("desk-break", "twice a day|straight back|eye level|long after an injury"),
]
"""Routine, and words of what is said at its end."""


def missing(said: str, words: str) -> list[str]:
    """Return which of `words`, set apart by strokes, are not in what is said."""
    return [part for part in words.split("|") if part.lower() not in said.lower()]
