"""Checks that a Vosk model folder is complete and loads, before the process depends on it.

libvosk ends the process on a damaged folder (vosk 0.3.45), so a model is compared with its
manifest where there is one, and first loaded in a child process.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

from voicecoach.errors import ModelError

NEEDED = ("am/final.mdl", "conf/model.conf", "graph/words.txt")
"""Files that every model of this format needs."""

GRAPHS = ("graph/HCLr.fst", "graph/HCLG.fst")
MANIFEST = "manifest.toml"

SPARE = ("whisper.npz",)
"""Files that only an extra needs: whoever loads one calls `check_spare`, and can do without."""

LOAD_TIMEOUT_S = 60
"""The shipped model loads in well under a second; a large one from a slow card takes a while."""

NEXT_STEP = (
    "Install voicecoach again to restore its own model, or name another Vosk model with --model."
)

TRY = (
    "import sys, vosk; vosk.SetLogLevel(-1); model = vosk.Model(model_path=sys.argv[1]); "
    'recogniser = vosk.KaldiRecognizer(model, 16000, \'["stop", "[unk]"]\'); '
    "recogniser.AcceptWaveform(bytes(16000)); recogniser.FinalResult()"
)


def check_model(folder: Path, manifest: Path | None = None, try_load: bool = True) -> None:
    """Check that `folder` holds a complete Vosk model with run-time grammars.

    Raises `ModelError` which names what is missing or changed, apart from `SPARE`. `manifest` is a
    TOML file with the SHA-256 and size of each file, as `models/manifest.toml`.
    """
    faults = _missing(folder) or (_changed(folder, manifest) if manifest else [])
    if faults:
        raise ModelError(f"The speech model in {folder} is damaged", "; ".join(faults), NEXT_STEP)
    if try_load:
        _try_load(folder)


def _missing(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise ModelError(f"There is no speech model in {folder}", "No such folder", NEXT_STEP)
    faults = [f"{name} is missing" for name in NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in GRAPHS):
        faults.append(f"{GRAPHS[0]} is missing")
    elif not (folder / GRAPHS[0]).is_file():
        faults.append("it has a fixed graph (HCLG.fst), which cannot follow the live phrases")
    return faults


def check_spare(folder: Path, name: str) -> None:
    """Compare a file of `SPARE` with the manifest beside `folder`, if there is one.

    Raises `ModelError` if it is missing or changed.
    """
    manifest = folder.parent / MANIFEST
    faults = _changed(folder, manifest, (name,)) if manifest.is_file() else []
    if faults:
        raise ModelError(f"{folder / name} is damaged", "; ".join(faults), NEXT_STEP)


def _changed(folder: Path, manifest: Path, only: tuple[str, ...] = ()) -> list[str]:
    try:
        files = tomllib.loads(manifest.read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"The manifest {manifest} cannot be read", str(error), NEXT_STEP
        ) from error
    faults = []
    for entry in files:
        path = folder / entry["path"]
        if entry["path"] not in only if only else entry["path"] in SPARE:
            continue
        if not path.is_file():
            faults.append(f"{entry['path']} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            faults.append(f"{entry['path']} has changed")
    return faults


def _try_load(folder: Path) -> None:
    command = [sys.executable, "-c", TRY, str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            command, capture_output=True, timeout=LOAD_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        why = f"It took more than {LOAD_TIMEOUT_S} s"
        raise ModelError(f"The speech model in {folder} does not load", why, NEXT_STEP) from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = lines[-1] if lines else f"The recogniser ended with status {done.returncode}"
        raise ModelError(f"The speech model in {folder} does not load", why, NEXT_STEP)
