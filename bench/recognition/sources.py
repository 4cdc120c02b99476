"""Where to get recordings."""

from __future__ import annotations

from pathlib import Path

from voicecoach.errors import InputError

NO_FOLDER = """\
The benchmark needs a folder of recordings of people, named by --speech RECORDINGS; none is part of
this project.

RECORDINGS holds a MANIFEST.csv with the columns path, label_or_transcript, speaker, source,
licence, duration_s (seconds), and the sound files it names (FLAC, WAV, Ogg, ...), by folder:

    commands/WORD/...      one command word each: stop, go, yes, no, help, one ... nine
    negatives/speech/...   people who talk about something else
    negatives/words/...    single other words
    negatives/noise/...    a household without speech
    rirs/...               room responses

Public sets that can be sorted into it:

    Speech Commands v0.02  words, crowd-sourced  CC-BY 4.0
        http://download.tensorflow.org/data/speech_commands_test_set_v0.02.tar.gz
    Multilingual Spoken Words Corpus, English  words cut from sentences  CC-BY 4.0
        https://mlcommons.org/datasets/multilingual-spoken-words/
    CMU AN4  numbers, spelling, "help", "start", "repeat"  free
        http://www.speech.cs.cmu.edu/databases/an4/
    LibriSpeech test-clean  continuous speech  CC-BY 4.0
        https://www.openslr.org/12
    ESC-50 (its ESC-10 part is CC-BY)  household noise
        https://github.com/karolpiczak/ESC-50
    Room impulse responses  Apache 2.0
        https://www.openslr.org/28

The speaker decides who is held out: recordings of one person must carry one name, for Speech
Commands `gsc:` and the eight digits before `_nohash_`. The shipped model has learned from some
speakers of these sets: models/README.md says of which sets, models/recipe/corpus.py who is not.
"""


def require_recordings(folder: Path | None) -> None:
    """Raise `InputError` unless `folder` holds recordings with their list."""
    if not folder or not (folder / "MANIFEST.csv").is_file():
        why = f"{folder} has no MANIFEST.csv" if folder else "--speech names their folder"
        raise InputError("There are no recordings", why, NO_FOLDER)
