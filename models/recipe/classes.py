"""The classes of the second looks."""

# Words that are phrases of the coach and that enough people say in the recordings, or that are
# among the phrases of a question about pain; those that are no phrases but that many people say.
WORDS = ("stop", "go", "yes", "no", "help", "start", "repeat", "left", "right", "zero", "one",
         "two", "three", "four", "five", "six", "seven", "eight", "nine")  # fmt: skip
COHORT = ("bed", "cat", "happy", "down", "up", "on", "off")
# Cut out of sentences, by some 10 to 30 people each.
FEW = ("back", "again", "ready", "wait", "next")
OTHER, NOISE = "[other]", "[noise]"
ALL_CLASSES = (*WORDS, *COHORT, *FEW, OTHER, NOISE)
