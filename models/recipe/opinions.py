"""What each second opinion is worth, alone and joined: `python -m recipe.opinions`.

It takes the looks of the tune side that `recipe.heads` has left in the work folder, and the model
in `--out`. The weights of an opinion are fitted to the looks of half of the speakers and tried on
the other half, both ways round. It needs PyTorch, `hama==1.7.0` and the extra `whisper`.
"""

import time
from collections.abc import Callable

import numpy as np

from voicecoach.stt.log_mel import log_mel
from voicecoach.stt.whisper_encoder import weights
from voicecoach.stt.whisper_vocabulary import Vocabulary

from . import corpus, looks, whisper, whisper_head, word_network
from .classes import ALL_CLASSES, NOISE, OTHER, WORDS
from .corpus import TUNE
from .heads import WORDS as WORD_NETWORK
from .heads import Heads, parser
from .phone_recogniser import PLAIN, PhoneRecogniser
from .transcriber import forms

SOUND = 28_800  # samples that Whisper's decoder gets: the look and 0.3 s of silence
LEAST = 1e-6
SURE = 0.3  # a share from which the judge obeys a word, in quiet
JOINED = (("head", "words"), ("head", "phones"), ("head", "first token"),
          ("head", "words", "phones"), ("head", "words", "first token"), ("head", "whisper"),
          ("head", "words", "whisper"), ("head", "words", "whisper", "first token"))  # fmt: skip
HEAD = ("opinions", "loss", "right %", "stop, yes, no, go right %", "words sure %",
        "other sounds taken %")  # fmt: skip


class FirstToken:
    """What Whisper's decoder would write first: how much of it is a form of each word."""

    def __init__(self) -> None:
        self._model = whisper.encoder()
        path = weights() / "vocabulary.txt"
        tokens, count = Vocabulary(path), len(path.read_text("utf-8").split("\n"))
        self._start = tokens.start
        texts = [tokens.text([n]).strip().lower() for n in range(count)]
        self._forms = {w: [n for n, t in enumerate(texts) if t in forms(w)] for w in PLAIN}

    def scores(self, sound: np.ndarray) -> np.ndarray:
        """Logarithms of the mass of each class."""
        import ctranslate2

        padded = np.pad(sound, (0, max(0, SOUND - len(sound))))
        mel = ctranslate2.StorageView.from_array(log_mel(padded)[None])
        (found,) = self._model.generate(
            mel, [self._start], beam_size=1, max_length=4, return_logits_vocab=True,
            return_no_speech_prob=True, suppress_blank=False, suppress_tokens=[],
        )  # fmt: skip
        logits = np.array(found.logits[0][0], np.float64).ravel()
        mass = np.exp(logits - np.logaddexp.reduce(logits))
        known = {word: float(mass[numbers].sum()) for word, numbers in self._forms.items()}
        known |= {OTHER: 1 - sum(known.values()), NOISE: float(found.no_speech_prob)}
        return np.log([max(known[name], LEAST) for name in ALL_CLASSES])


def timed(
    scores: Callable[[np.ndarray], np.ndarray], sounds: list[np.ndarray], name: str
) -> np.ndarray:
    """(looks, classes), with the processor time of one printed."""
    begun = time.process_time()
    found = np.stack([scores(sound) for sound in sounds])
    print(f"{name}: {1000 * (time.process_time() - begun) / len(sounds):.1f} ms a look", flush=True)
    return found


def tried(opinions: list[np.ndarray], classes: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Logarithms of the shares of all joined, each look by the weights of the other half."""
    logs = np.zeros_like(opinions[0])
    for side in (False, True):
        fitted = [of[half != side] for of in opinions]
        weights = whisper_head.weigh(fitted, classes[half != side])
        logs[half == side] = whisper_head.joined([of[half == side] for of in opinions], weights)
    return logs


def row(names: tuple[str, ...], logs: np.ndarray, classes: np.ndarray) -> str:
    """A line of the table."""
    shares, each = np.exp(logs), np.arange(len(logs))
    right, sure = logs.argmax(axis=1) == classes, shares[each, classes] >= SURE
    four, known = classes < 4, classes < len(WORDS)
    none = np.isin(classes, [ALL_CLASSES.index(name) for name in (OTHER, NOISE)])
    taken = shares[:, : len(WORDS)].max(axis=1) >= SURE
    cells = [f"{-logs[each, classes].mean():.2f}", *(
        f"{100 * part.mean():.1f}" for part in (right, right[four], sure[known], taken[none])
    )]  # fmt: skip
    return f"| {' + '.join(names)} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    args = parser("recipe.opinions", __doc__).parse_args()
    made = Heads(args.speech, args.work, args.out, args.seed)
    clips = corpus.read(args.speech)
    plan = made.plan(clips, TUNE)
    tools = looks.spoiler(clips, args.speech, TUNE)
    sounds = [looks.sound(look, tools) for look in plan]
    speakers = {clip.path: clip.speaker for clip in clips}
    half = np.array([corpus.bucket(speakers.get(look.path, "")) % 2 == 0 for look in plan])
    classes = np.load(args.work / TUNE / "classes.npy")[: len(plan)]
    heard = np.load(args.work / TUNE / "fbank.npy", mmap_mode="r")[: len(plan)]
    opinions = {
        "head": made.default()[: len(plan)],
        "words": word_network.log_shares(args.work / WORD_NETWORK, heard),
        "phones": timed(PhoneRecogniser(clips, args.seed).scores, sounds, "phones"),
        "first token": timed(FirstToken().scores, sounds, "first token"),
        "whisper": made.answers(TUNE, len(plan)),
    }
    print(f"| {' | '.join(HEAD)} |")
    for names in (*((name,) for name in opinions), *JOINED):
        logs = tried([opinions[name] for name in names], classes, half)
        print(row(names, logs, classes), flush=True)


if __name__ == "__main__":
    main()
