"""A model folder is checked before the process depends on it: a sentence, never a crash."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.english import LANGUAGE
from voicecoach.app.wiring import make_recogniser
from voicecoach.errors import ModelError
from voicecoach.paths import shipped
from voicecoach.stt.model_check import check_model

MODEL = "models/coach-en"
MANIFEST = "models/manifest.toml"
RUBBISH = b"this is no model\n" * 50


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped model, to be spoiled."""
    return Path(shutil.copytree(shipped(MODEL), tmp_path / "model"))


def fault(folder: Path, manifest: bool = False, try_load: bool = False) -> ModelError:
    """Return the error that the check raises."""
    with pytest.raises(ModelError) as caught:
        check_model(folder, shipped(MANIFEST) if manifest else None, try_load)
    assert str(folder) in caught.value.what
    assert "--model" in caught.value.next_step
    assert caught.value.exit_code == 4
    return caught.value


def test_the_shipped_model_is_sound() -> None:
    """It is whole, as its manifest says, and it loads."""
    check_model(shipped(MODEL), shipped(MANIFEST))


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there, or is a file, is said to be missing."""
    assert "There is no speech model" in fault(tmp_path / "nowhere").what
    file = tmp_path / "file"
    file.write_text("x")
    assert "There is no speech model" in fault(file).what


def test_an_empty_folder_names_all_that_is_missing(tmp_path: Path) -> None:
    """Every missing file is named at once."""
    why = fault(tmp_path).why
    for name in ("am/final.mdl", "conf/model.conf", "graph/words.txt", "graph/HCLr.fst"):
        assert f"{name} is missing" in why


@pytest.mark.parametrize("name", ["am/final.mdl", "conf/model.conf", "graph/HCLr.fst"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """One missing file is named, by the format's rules and by the manifest's."""
    (folder / name).unlink()
    assert fault(folder).why == f"{name} is missing"
    assert f"{name} is missing" in fault(folder, manifest=True).why


def test_a_fixed_graph_is_refused(folder: Path) -> None:
    """A model with a static graph cannot follow the live phrases; that is said."""
    (folder / "graph/HCLr.fst").rename(folder / "graph/HCLG.fst")
    assert "fixed graph" in fault(folder).why


def test_a_changed_file_is_named(folder: Path) -> None:
    """One changed byte is found by the manifest, without loading anything."""
    path = folder / "am/final.mdl"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert fault(folder, manifest=True).why == "am/final.mdl has changed"


def test_a_damaged_manifest_is_an_error(folder: Path, tmp_path: Path) -> None:
    """A manifest that cannot be read is named as the fault."""
    bad = tmp_path / "manifest.toml"
    for text in ("files = 3 = 4", "name = 'x'"):
        bad.write_text(text)
        with pytest.raises(ModelError, match="manifest"):
            check_model(folder, bad, try_load=False)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("am/final.mdl", b""),
        ("am/final.mdl", RUBBISH),
        ("graph/HCLr.fst", b""),
        ("graph/HCLr.fst", RUBBISH),
        ("graph/words.txt", RUBBISH),
        ("conf/model.conf", RUBBISH),
    ],
)
def test_rubbish_is_found_out_in_a_child(folder: Path, name: str, content: bytes) -> None:
    """A file of rubbish ends the child that tries it, not this process; the error says so."""
    (folder / name).write_bytes(content)
    error = fault(folder, try_load=True)
    assert "does not load" in error.what
    assert error.why


def test_a_model_without_words_is_refused(folder: Path) -> None:
    """A model that loads but knows no word is refused by the phrases it does not know."""
    (folder / "graph/words.txt").write_bytes(b"")
    with pytest.raises(ModelError) as caught:
        make_recogniser(folder, LANGUAGE)
    assert "stop" in caught.value.why
