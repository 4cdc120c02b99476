"""`voicecoach profile`: show, change and delete what is remembered about the user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from voicecoach.app.profile_store import delete_profile, keep_changes, load_profile
from voicecoach.app.voice_store import forget_voice, load_voice
from voicecoach.cli import options
from voicecoach.cli.edit import preferred
from voicecoach.cli.layout import wrapped
from voicecoach.cli.places import TEXT
from voicecoach.cli.screen import open_routines
from voicecoach.cli.tolerant import Tolerant
from voicecoach.cli.typed import confirmed
from voicecoach.errors import CoachError, did_you_mean
from voicecoach.language.model import Language
from voicecoach.language.prompts import Prompts
from voicecoach.paths import profile_file, voice_file
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import WORDS, Answers, Profile, Scores
from voicecoach.screening.questions import ASKED, DAILY
from voicecoach.screening.summary import allows, meaning

LEVELS = {-1: "one level easier", 0: "as it is", 1: "one level harder"}
PARTS = ("dropped", "answers", "all")


@click.command("profile", cls=Tolerant)
@click.argument(
    "action",
    type=click.Choice(["show", "set", "forget"]),
    default="show",
    metavar="[show|set|forget]",  # versions of click up to 8.3 double the brackets
)
@click.argument("words", nargs=-1, type=TEXT)
@click.option("--path", "only_path", is_flag=True, help="Print the path of the file.")
@click.option("--yes", "sure", is_flag=True, help="Forget without asking for confirmation.")
@options.language
def command(
    action: str, words: tuple[str, ...], only_path: bool, language: Language, sure: bool
) -> None:
    """Show what is remembered about you; change or forget it.

    `profile set NAME yes`, `no` or `not sure` changes one answer, by its name in the list.

    `profile set seen yes` says that a doctor has seen you and agreed that you exercise, if the
    coach told you to see one. All questions are then asked again.

    `profile forget dropped` deletes what was left out because of pain, `forget answers` the
    answers, and `forget all` everything.
    """
    path, today = profile_file(), date.today()
    if only_path:
        click.echo(path)
    elif action == "set":
        _set(path, words, today, language.prompts)
    elif action == "forget":
        _forget(path, words, sure)
    elif words:
        raise click.UsageError(f"Got unexpected extra arguments ({' '.join(words)})")
    else:
        lines = [*_shown(load_profile(path), today, language), *_voice(voice_file())]
        click.echo("\n".join(lines))


def _set(path: Path, words: tuple[str, ...], today: date, say: Prompts) -> None:
    name, yes = _read(words)
    profile = load_profile(path)
    if Fact(name) is Fact.SEEN:
        _seen(path, profile, yes is True)
        return
    _require_asked(profile.answers, Fact(name), yes, today)
    before, answers = profile, profile.answers.with_answer(Fact(name), yes, today)
    profile = profile.with_answers(answers, today)
    keep_changes(path, before, profile)
    click.echo(f"Saved: {name} {' '.join(words[1:])}.")
    if profile.due(today) - DAILY and not profile.blocked:
        click.echo("Some questions are still open: voicecoach screen")
    elif not allows(profile, today, say):
        for sentence in meaning(profile, today, say):
            click.echo("\n".join(wrapped("", sentence)))


def _read(words: tuple[str, ...]) -> tuple[str, bool | None]:
    """Return the name of an answer and the answer. Raises `click.UsageError`."""
    names = [fact.value for fact in (*ASKED, Fact.SEEN)]
    name, answer = "".join(words[:1]).replace("-", "_"), " ".join(words[1:]).lower()
    all_of_them = f"The names are: {', '.join(names)}."
    if not words:
        raise click.UsageError(
            f"Write a name and yes, no or not sure, such as: profile set pregnant no. {all_of_them}"
        )
    if name not in names:
        hint = did_you_mean(name, names) or all_of_them
        raise click.UsageError(
            f"There is no answer named '{words[0]}'. {hint[:1].upper()}{hint[1:]}"
        )
    if answer not in WORDS:
        fault = f"'{answer}' is no answer" if answer else "The answer is missing"
        step = f"Write yes, no or not sure, such as: profile set {name} no"
        raise click.UsageError(f"{fault}. {step}")
    return name, WORDS[answer]


def _require_asked(answers: Answers, fact: Fact, yes: bool | None, today: date) -> None:
    """Refuse an answer to a follow-up question whose first question was answered by "no"."""
    question = ASKED[fact]
    if question.after and yes is not False and not answers.reaches(question, today):
        first, on = question.after, "yes" if question.on else "no"
        raise click.UsageError(
            f"'{fact.value}' is asked only after '{first.value}' was answered by {on}. "
            f"Change that first: profile set {first.value} {on}"
        )


def _seen(path: Path, profile: Profile, yes: bool) -> None:
    """S8: note whether a doctor has seen the user, if the coach asked for that."""
    if not profile.blocked:
        click.echo("The coach did not send you to a doctor, so nothing has changed.")
    elif yes:
        keep_changes(path, profile, profile.seen())
        click.echo("Noted that a doctor has seen you. Your old answers are deleted.")
        click.echo("The questions will be asked again: voicecoach screen")
    else:
        click.echo("Then there is no session until a doctor has seen you.")


SEEK_CARE = "The profile says that you were told to seek care at once and have not been seen yet."

FORGETTERS: dict[str, Callable[[Profile], Profile]] = {
    "dropped": lambda profile: replace(profile, dropped=()),
    "answers": lambda profile: replace(profile, answers=Answers()),
}


def _forget(path: Path, words: tuple[str, ...], sure: bool) -> None:
    if len(words) != 1 or words[0] not in PARTS:
        raise click.UsageError(f"Say what to forget: {', '.join(PARTS)}")
    (part,) = words
    if not path.exists() and not (part == "all" and voice_file().exists()):
        click.echo("Nothing is remembered.")
        return
    profile = None if part == "all" else load_profile(path)
    what = (
        "all that is remembered about you" if part == "all" else f"what is remembered as '{part}'"
    )
    if profile is None and not sure and told_to_seek_care():
        click.echo(SEEK_CARE)
    if not (sure or confirmed(f"Delete {what}?")):
        click.echo("Nothing is deleted.")
        return
    if profile is None:
        delete_profile(path)
        forget_voice(voice_file())
    else:
        keep_changes(path, profile, FORGETTERS[part](profile))
    click.echo("Deleted.")


def told_to_seek_care() -> bool:
    """Tell whether the profile says so (rule S8), as far as it can be read."""
    try:
        return load_profile(profile_file()).blocked is not None
    except CoachError:  # damaged: all of it will be deleted
        return False


def _shown(profile: Profile, today: date, language: Language) -> Iterator[str]:
    if profile == Profile():
        yield "Nothing is remembered. To answer the questions: voicecoach screen"
        return
    yield click.style("Today", bold=True)
    told = meaning(profile, today, language.prompts, open_routines(profile, language))
    yield from (line for sentence in told for line in wrapped("  ", sentence))
    yield from _answered(profile.answers, language.prompts)
    if profile.dropped:
        yield click.style("Left out because of pain", bold=True)
    for entry in profile.dropped:
        region = f" ({entry.region})" if entry.region else ""
        yield f"  {entry.on}  {entry.exercise}{region}; next time {LEVELS[entry.level]}"
    yield from preferred(profile)
    if profile.scores:
        yield click.style("Pain, 0 to 10", bold=True)
    yield from (_scored(scores) for scores in profile.scores)


def _voice(path: Path) -> Iterator[str]:
    """Yield what is kept of the user's voice."""
    kept = load_voice(path)
    if kept and kept.forms:
        yield click.style("Your voice, as numbers", bold=True)
        taught = ", ".join(kept.forms)
        yield f"  {kept.on}  {taught}; `voicecoach teach --forget` deletes it"


def _answered(answers: Answers, say: Prompts) -> Iterator[str]:
    if not answers.given:
        return
    yield click.style("Answers", bold=True)
    yield f"  {'name':23}{'answer':9}{'given':11}asked again"
    for fact, answer in answers.given.items():
        again = answer.on + timedelta(days=ASKED[fact].holds(answer.yes) + 1)
        yield f"  {fact.value:23}{answer.word:9}{answer.on} {again}"
        yield from wrapped(" " * 6, say.screen[fact.value])


def _scored(scores: Scores) -> str:
    start, end = ("not given" if score is None else score for score in (scores.start, scores.end))
    return f"  {scores.on}  start {start}, end {end}" + (", worse" if scores.worse else "")
