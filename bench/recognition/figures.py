"""The figures of one system: words right, missed and confused; false accepts; delays; costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.recognition.false_rows import false_rows, listening_rows
from bench.recognition.kinds import COMMANDS, NATURAL, SPEECH, SYNTHETIC, kind_of
from bench.recognition.live import ALL
from bench.recognition.results import Result
from bench.recognition.runner import Heard
from bench.recognition.spoil import CLEAN, CONDITIONS, LINES
from bench.recognition.trials import Trial
from bench.recognition.word_rows import cut_rows, natural_rows, synthetic_rows, word_rows


def results_of(heard: Heard, trials: Sequence[Trial]) -> list[Result]:
    """Return the trials with what a system made of them."""
    return [Result(t, d) for t, d in zip(trials, heard.decisions, strict=True)]


def figures(heard: Heard, trials: Sequence[Trial]) -> dict[str, Any]:
    """Return all figures of one system but the curves."""
    results = results_of(heard, trials)

    def chosen(kind: str, condition: str = CLEAN, live: str = ALL) -> list[Result]:
        wanted = (kind, condition, live)
        keys = ((kind_of(r.trial.clip), r.trial.condition, r.trial.live) for r in results)
        return [result for result, key in zip(results, keys, strict=True) if key == wanted]

    said = {condition: chosen(COMMANDS, condition) for condition in (*CONDITIONS, *LINES)}
    natural = [r for r in results if kind_of(r.trial.clip) == NATURAL]
    return {
        "name": heard.name,
        **heard.about,
        "words": {condition: word_rows(found) for condition, found in said.items() if found},
        "cuts": cut_rows(results),
        "natural": natural_rows(natural),
        "false": false_rows(chosen),
        "listening": listening_rows(results),
        "synthetic": synthetic_rows(chosen(SYNTHETIC)),
        "cost": cost(heard, trials),
    }


def cost(heard: Heard, trials: Sequence[Trial]) -> dict[str, Any]:
    """Return CPU seconds per second of audio, in all and of continuous speech; MB; load times.

    Of several children the greatest peak and the shortest load count: other work of the machine
    only makes loading longer.
    """
    speech = [n for n, trial in enumerate(trials) if kind_of(trial.clip) == SPEECH]
    audio = sum(heard.audio_s[n] for n in speech)
    return {
        "cpu_per_s": sum(heard.cpu_s) / sum(heard.audio_s),
        "cpu_per_s_speech": sum(heard.cpu_s[n] for n in speech) / audio if audio else None,
        "peak_mb": max(heard.peak_mb),
        "load_s": min(heard.load_s),
        "load_cpu_s": min(heard.load_cpu_s),
    }
