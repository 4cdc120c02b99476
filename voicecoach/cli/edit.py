"""`voicecoach edit`: how the user wants things from now on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from voicecoach.app.mixes import is_mix, mix_files, mix_place, write_mix
from voicecoach.app.profile_store import keep_changes, load_profile
from voicecoach.app.routine_library import find_routine, readable_routines
from voicecoach.cli import options
from voicecoach.cli.layout import wrapped
from voicecoach.cli.places import TEXT
from voicecoach.errors import InputError, did_you_mean
from voicecoach.language.model import Language
from voicecoach.language.phrasebook import Command
from voicecoach.language.things import Thing, called, named_forms
from voicecoach.paths import profile_file
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.mixing import mixed
from voicecoach.screening.preferences import counts_kept, with_count
from voicecoach.screening.profile import Preference, Profile


@click.group("edit", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Change how exercises are done from now on; mix your own routine.

    Without a command it shows what you have changed. In a session the same is said aloud, in the
    exercise: "skip this for good", "ten from now on", "put it back". It is kept in your profile,
    counts in every routine, and never brings back what a safety rule leaves out.
    """
    if ctx.invoked_subcommand is None:
        click.echo("\n".join(_shown(load_profile(profile_file()))))


exercise_argument = click.argument("exercise", type=TEXT)


@command.command("count")
@exercise_argument
@click.argument("number", type=click.IntRange(1, 50))
@options.language
def count(exercise: str, number: int, language: Language) -> None:
    """Do NUMBER repetitions of EXERCISE in a set from now on."""
    forms = _forms(exercise, language)
    found = forms[0]
    done = with_count(found, number).dose.count
    if not done:
        step = "Its length is in the routine file; a shorter session: --minutes."
        raise InputError(f"{found.name} has no repetitions to count", "", step)
    limited = "" if done == number else f" ({number} is more or less than a file may say)"
    profile = load_profile(profile_file())
    if counts_kept([found], profile, forms) == {found.id: done}:
        click.echo(f"Nothing is changed. {found.name}: {done} already{limited}.")
        return
    kept = profile.preferences.get(found.id)
    if kept and kept.out:
        was = "it was left out"
    else:
        now = {kept.count} if kept and kept.count else {one.dose.count for one in forms}
        was = f"instead of {' or '.join(map(str, sorted(now - {done})))}"
    _keep(found, Preference(date.today(), count=done))
    click.echo(f"{found.name}: {done} from now on{limited}, {was}.")
    click.echo(f"To undo it: voicecoach edit put-back {found.id}")


@command.command("leave-out")
@exercise_argument
@options.language
def leave_out(exercise: str, language: Language) -> None:
    """Leave EXERCISE out of every routine for good."""
    found = _forms(exercise, language)[0]
    kept = load_profile(profile_file()).preferences.get(found.id)
    if kept and kept.out:
        click.echo(f"Nothing is changed. {found.name} is left out already.")
        return
    _keep(found, Preference(date.today(), out=True))
    click.echo(f"{found.name} is left out from now on.")
    click.echo(f"To undo it: voicecoach edit put-back {found.id}")


@command.command("put-back")
@exercise_argument
@options.language
def put_back(exercise: str, language: Language) -> None:
    """Do EXERCISE as it is written again."""
    profile = load_profile(profile_file())
    if exercise not in profile.preferences:
        exercise = _forms(exercise, language)[0].id
    _undo(profile, exercise)


@command.command("undo")
def undo() -> None:
    """Take the latest change of an exercise back."""
    profile = load_profile(profile_file())
    if not profile.preferences:
        click.echo("Nothing was changed.")
        return
    _undo(profile, list(profile.preferences)[-1])


@command.command("favourite")
@click.argument("routine", type=TEXT)
@click.option("--remove", is_flag=True, help="Take it off the list.")
def favourite(routine: str, remove: bool) -> None:
    """Put ROUTINE on the list of your favourites."""
    profile = load_profile(profile_file())
    id_ = routine if routine in profile.favourites else find_routine(routine).stem
    liked = id_ in profile.favourites
    is_so = "no favourite" if remove else "one of your favourites"
    if liked is not remove:
        click.echo(f"Nothing is changed. {id_} is {is_so}.")
        return
    keep_changes(profile_file(), profile, profile.like(id_, None if remove else date.today()))
    click.echo(f"{id_} is {is_so} {'any more' if remove else 'now'}.")


@command.command("mix")
@click.argument("name", type=TEXT)
@click.argument("exercises", nargs=-1, type=TEXT)
@click.option("--title", type=TEXT, help="How the coach names it.  [default: NAME]")
@click.option("--remove", is_flag=True, help="Delete the mix.")
@options.language
def mix(
    name: str, exercises: tuple[str, ...], title: str | None, remove: bool, language: Language
) -> None:
    """Mix a routine NAME of your own from EXERCISES, in their order.

    `voicecoach edit exercises` lists them. The mix is a routine file among your own, which passes
    `check`; a mix of the same name is replaced, another routine never is.
    """
    path = mix_place(name)
    if remove:
        if not is_mix(path):
            raise InputError(f"There is no mix '{name}'", "", "`voicecoach edit` lists them.")
        path.unlink()
        click.echo(f"The mix {name} is deleted.")
        return
    if not exercises:
        raise click.UsageError("Name the exercises: voicecoach edit mix mine cat both-knees")
    spoken = title or name.replace("-", " ").capitalize()
    shelf = [one for one in readable_routines(language) if not is_mix(Path(one.path))]
    routine = mixed(name, spoken, exercises, shelf, language)
    write_mix(path, routine, language)
    count = len(routine.exercises)
    click.echo(f"{path}: {count} exercise{'' if count == 1 else 's'}.")
    click.echo(f"To do it: voicecoach start {name}")
    click.echo(f'By voice (voicecoach serve): "{_said(routine, language)}"')


def _said(mix: Routine, language: Language) -> str:
    """Return what starts a mix by voice: its name, or the words for the latest mix."""
    book = language.phrasebook
    names = [called(mix.name, book), called(mix.id, book), *book.called["mix"]]
    own = Thing(mix.id, tuple(filter(None, names))[:1])
    forms = named_forms(book, language.prompts, (), [own])
    return next(form for form, meaning in forms.items() if meaning.command is Command.START)


@command.command("exercises")
@options.language
def exercises(language: Language) -> None:
    """List the exercises that can be changed and mixed.

    Each with its id, and the routines that have it.
    """
    found: dict[str, tuple[Exercise, list[str]]] = {}
    for routine in readable_routines(language):
        for one in routine.exercises:
            found.setdefault(one.id, (one, []))[1].append(routine.id)
    for id_, (one, routines) in sorted(found.items()):
        click.secho(id_, bold=True)
        dose = one.dose.dose_line(language.prompts)
        for line in wrapped("    ", f"{one.name}. {dose} In {', '.join(routines)}."):
            click.echo(line)


def _keep(exercise: Exercise, preference: Preference) -> None:
    profile = load_profile(profile_file())
    keep_changes(profile_file(), profile, profile.prefer(exercise.id, preference))


def _undo(profile: Profile, exercise: str) -> None:
    if exercise not in profile.preferences:
        click.echo(f"{exercise} was not changed.")
        return
    keep_changes(profile_file(), profile, profile.prefer(exercise, None))
    click.echo(f"{exercise} is done as it is written again.")


def _forms(wanted: str, language: Language) -> Sequence[Exercise]:
    """Return an exercise, by its id or its name, as each routine has it. Raises `InputError`."""
    known: dict[str, list[Exercise]] = {}
    for routine in readable_routines(language):
        for one in routine.exercises:
            known.setdefault(one.id, []).append(one)
    named = {forms[0].name.lower(): forms for forms in known.values()}
    found = known.get(wanted) or named.get(wanted.lower())
    if found is None:
        hint = did_you_mean(wanted, [*known, *named])
        why = hint[:1].upper() + hint[1:] if hint else ""
        step = "`voicecoach edit exercises` lists them."
        raise InputError(f"There is no exercise '{wanted}'", why, step)
    return found


def _shown(profile: Profile) -> Iterator[str]:
    mixes = _own_mixes()
    if not (profile.preferences or profile.favourites or mixes):
        yield "Nothing is changed. To see what can be: voicecoach edit --help"
    yield from preferred(profile)
    if mixes:
        yield click.style("Your own mixes", bold=True)
    yield from (f"  {name}" for name in mixes)


def _own_mixes() -> Sequence[str]:
    return [path.stem for path in mix_files()]


def preferred(profile: Profile) -> Iterator[str]:
    """Yield what the user wants, for the terminal."""
    if profile.preferences:
        yield click.style("From now on", bold=True)
    for id_, one in profile.preferences.items():
        yield f"  {one.on}  {id_}: {'left out' if one.out else f'{one.count} in a set'}"
    if profile.favourites:
        yield click.style("Favourites", bold=True)
    yield from (f"  {on}  {id_}" for id_, on in profile.favourites.items())
