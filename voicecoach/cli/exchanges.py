"""The history in formats of others, from the command line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from voicecoach.app.output_file import require_files, write_text
from voicecoach.app.routine_library import readable_routines
from voicecoach.atomic_write import OWN, write_whole
from voicecoach.exchange.fhir import fhir_bundle
from voicecoach.exchange.fit import file_name, fit_activity
from voicecoach.language.loader import REFERENCE, load_language
from voicecoach.paths import history_file
from voicecoach.store.reading import read_history


def write_fhir(file: Path, since: date | None) -> int:
    """Write a FHIR bundle; return how many sessions are in it. Raises `CoachError`."""
    whole = read_history(history_file())
    sessions = [past for past in whole if since is None or past.began.date() >= since]
    routines = {routine.id: routine for routine in readable_routines(load_language(REFERENCE))}
    first = whole[0].session.session if whole else ""
    write_text(file, fhir_bundle(sessions, routines, datetime.now().astimezone(), first))
    return len(sessions)


def write_fit(folder: Path, since: date | None) -> int:
    """Write a FIT file for each session in which an exercise was begun; return how many.

    Raises `CoachError`.
    """
    sessions = [past for past in read_history(history_file(), since) if past.exercises]
    files = {file_name(past): fit_activity(past) for past in sessions}
    for file, data in zip(require_files(folder, files, OWN), files.values(), strict=True):
        write_whole(file, data, OWN)
    return len(files)
