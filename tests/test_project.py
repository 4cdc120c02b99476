"""The project files agree with each other: bounds, Python versions, workflow, issue forms."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


@pytest.fixture(scope="module")
def lowest() -> ModuleType:
    """Return .ci/lowest.py, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("lowest", ROOT / ".ci" / "lowest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def workflow() -> dict[str, Any]:
    """Return the workflow that checks every change."""
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    return dict(yaml.safe_load(text))


def test_each_requirement_has_a_lower_bound(lowest: ModuleType) -> None:
    """Every requirement becomes a constraint on its lowest version, however it is written."""
    for requirement in [*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["bench"]]:
        name, bound = lowest.constraint(requirement).split("==")
        assert requirement.startswith(f"{name}>={bound}")
    assert lowest.constraint("vosk>=0.3.45,<0.4") == "vosk==0.3.45"
    assert lowest.constraint("coverage[toml]>=7") == "coverage==7"


def test_a_requirement_without_a_lower_bound_is_an_error(lowest: ModuleType) -> None:
    """A requirement that names no lower bound cannot be tested with its lowest version."""
    with pytest.raises(ValueError, match=r"'numpy' in pyproject\.toml has no lower bound"):
        lowest.constraint("numpy")


def test_each_upper_bound_has_its_reason() -> None:
    """docs/dependencies.md has a row for each upper bound in pyproject.toml, and no other."""
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    section = page.split("## Upper bounds")[1].split("\n## ")[0]
    given = {
        re.sub(r">=[\d.]+,", " ", requirement)
        for requirement in PROJECT["dependencies"]
        if "<" in requirement
    }
    assert set(re.findall(r"^\| ([\w-]+ <[\d.]+) \|", section, re.MULTILINE)) == given


def test_the_workflow_tries_each_python_that_the_package_names() -> None:
    """The classifiers, the workflow and `requires-python` name the same versions of Python."""
    prefix = "Programming Language :: Python :: "
    named = [c.removeprefix(prefix) for c in PROJECT["classifiers"] if c.startswith(prefix + "3.")]
    jobs = workflow()["jobs"]
    assert jobs["check"]["strategy"]["matrix"]["python"] == named
    assert PROJECT["requires-python"] == f">={named[0]}"
    assert jobs["lowest"]["container"].startswith(f"python:{named[0]}-")


def test_the_required_job_waits_for_all_others() -> None:
    """One job stands for all: it needs every other one and runs even when they failed."""
    jobs = workflow()["jobs"]
    assert set(jobs["required"]["needs"]) == set(jobs) - {"required"}
    assert jobs["required"]["if"] == "always()"


def test_actions_are_pinned_by_commit() -> None:
    """Actions are named by a commit, which cannot be moved, not by a tag."""
    steps = [step for job in workflow()["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert not [name for name in used if not re.search(r"@[0-9a-f]{40}$", name)]


@pytest.mark.parametrize("form", ["bug", "hearing"])
def test_the_forms_ask_for_text_and_not_for_sound(form: str) -> None:
    """The forms for faults ask for `voicecoach doctor` and the event log; no field asks for audio
    that was not offered.
    """
    text = (ROOT / ".github" / "ISSUE_TEMPLATE" / f"{form}.yml").read_text("utf-8")
    body = yaml.safe_load(text)["body"]
    areas = {field["id"] for field in body if field["type"] == "textarea"}
    assert {"doctor", "events"} <= areas
    assert "voicecoach doctor" in text
    assert "--events" in text


def test_the_hooks_download_nothing() -> None:
    """The pre-commit hooks are local and use the tools of the development environment."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in hooks)


def test_the_package_is_typed() -> None:
    """The marker that tells type checkers to read the package's annotations is there."""
    assert (ROOT / "voicecoach" / "py.typed").is_file()
