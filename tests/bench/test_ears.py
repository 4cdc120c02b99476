"""The whole benchmark on a small folder of synthetic recordings, and what it says without one."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from bench import ears
from bench.recognition import choice, phrasings, rivals
from bench.recognition.options import command, parser
from bench.recognition.page import MARK
from bench.recognition.spoil import CONDITIONS
from tests.bench.recordings import make_folder

BEGIN, END = f"<!-- begin {MARK} -->", "<!-- end figures -->"


def test_without_a_folder_it_says_where_to_get_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The public sets are named; so it is for a folder without a manifest."""
    for words in ([], ["--speech", str(tmp_path)]):
        assert ears.main(words) == 3
        said = capsys.readouterr().err
        assert "Speech Commands" in said
        assert "MANIFEST.csv" in said


def test_a_rival_that_is_not_installed_is_named_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is left out of the run, not silently, and so are those whose weights cannot be had."""
    everything = [rival.spec for rival in rivals.RIVALS]
    assert set(rivals.absent(everything)) == set(rivals.NOT_TO_BE_HAD)
    monkeypatch.setattr(rivals, "find_spec", lambda _: True)
    assert rivals.present() == everything
    assert rivals.present(["pocketsphinx"]) == ["pocketsphinx"]
    monkeypatch.setattr(rivals, "find_spec", lambda _: None)
    assert rivals.present() == []
    assert "pip install '.[bench]'" in rivals.absent([])["pocketsphinx"]
    assert "no package" in rivals.absent([])["sherpa-onnx's keyword spotter (zipformer, 3.3 M)"]


def test_a_folder_without_a_model_is_an_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, recordings: Path
) -> None:
    """The message and the exit status are the program's own."""
    words = ["--speech", str(recordings), "--no-rivals", "--no-own", "--model", str(tmp_path)]
    assert ears.main(words) == 4
    assert "speech model" in capsys.readouterr().err


def test_an_unknown_constant_of_the_judge_is_an_error(
    capsys: pytest.CaptureFixture[str], recordings: Path
) -> None:
    """With the nearest name: a slip must not measure the usual judge instead."""
    words = ["--speech", str(recordings), "--quick", "--no-rivals", "--judge", "STAND_QICK=120"]
    assert ears.main(words) == 3
    assert "did you mean 'STAND_QUICK'?" in capsys.readouterr().err


def test_the_command_in_a_report_names_no_place_of_this_machine() -> None:
    """It can be repeated elsewhere: folders are called what they are."""
    words = ["--speech", "/some/speech", "--model", "/some/other", "--quick", "--jobs", "1"]
    options = parser("").parse_args(words)
    said = command(options)
    assert said == "python bench/ears.py --speech RECORDINGS --model other --quick"


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of recordings."""
    return make_folder(tmp_path_factory.mktemp("recordings"))


@pytest.fixture(scope="module")
def run(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the benchmark without its baseline, and as if no extra were installed; return the JSON
    and what it printed.
    """
    out = tmp_path_factory.mktemp("out") / "figures.json"
    said = io.StringIO()
    words = ["--speech", str(recordings), "--speakers", "held", "--no-rivals", "--hours", "0.01"]
    words += ["--keep", str(out.parent / "kept"), "--json", str(out)]
    (out.parent / "natural.toml").write_text('[counting]\nstop = ["please stop"]\n', "utf-8")
    with redirect_stdout(said), pytest.MonkeyPatch.context() as patch:
        patch.setattr(ears, "installed", lambda: False)
        patch.setattr(choice, "PIECES", 2)
        patch.setattr(phrasings, "PHRASES", out.parent / "natural.toml")
        patch.setattr(phrasings, "voices", lambda: ["espeak:en-us+f3"])
        status = ears.main(words)
    assert status == 0
    return out, said.getvalue()


def report(run: tuple[Path, str]) -> dict[str, Any]:
    """Return the JSON."""
    found: dict[str, Any] = json.loads(run[0].read_text("utf-8"))
    return found


@pytest.mark.slow
def test_a_run_hears_every_word_in_every_condition(run: tuple[Path, str]) -> None:
    """Two held-out speakers say each word; the one that trains is not measured."""
    system, *_ = report(run)["systems"]
    assert list(system["words"]) == list(CONDITIONS)  # no word is common enough for the lines
    rows = system["words"]["clean"]
    assert {"stop", "yes", "three"} <= set(rows)
    assert (rows["stop"]["clips"], rows["stop"]["speakers"]) == (2, 2)
    assert rows["stop"]["right"]["count"] >= 1
    kinds = {(row["kind"], row["condition"], row["live"]) for row in system["false"]}
    assert ("speech", "clean", "all") in kinds
    assert ("speech", "clean", "counting") in kinds
    assert ("words", "0 dB", "all") in kinds


@pytest.mark.slow
def test_costs_are_of_the_child_alone(run: tuple[Path, str]) -> None:
    """CPU, memory and load time are there and of a sensible size."""
    system, *_ = report(run)["systems"]
    cost = system["cost"]
    assert 0 < cost["cpu_per_s"] < 5
    assert 20 < cost["peak_mb"] < 400
    assert cost["load_cpu_s"] > 0
    assert len(system["sha256"]) == 64


@pytest.mark.slow
def test_what_is_printed_has_intervals_and_says_what_is_not_known(run: tuple[Path, str]) -> None:
    """And names no place of this machine."""
    said = run[1]
    assert "halts per hour" in said
    assert "bars" in said
    assert "Recordings of people: of 3 of " in said
    assert str(run[0].parent) not in json.dumps(report(run))


@pytest.mark.slow
def test_the_page_gets_the_figures_between_its_markers(
    run: tuple[Path, str], tmp_path: Path
) -> None:
    """The rest of the page stays; a second time changes nothing."""
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n\n{BEGIN}\nof last year\n{END}\n\nAfter\n", "utf-8")
    words = ["--write-docs", str(run[0]), "--page", str(page)]
    assert ears.main(words) == 0
    once = page.read_text("utf-8")
    assert once.startswith(f"# Before\n\n{BEGIN}\n")
    assert once.endswith(f"{END}\n\nAfter\n")
    assert "of last year" not in once
    assert "| stop |" in once
    assert ears.main(words) == 0
    assert page.read_text("utf-8") == once


@pytest.mark.slow
def test_several_runs_of_the_same_recordings_are_one_page(
    run: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With all their systems; other recordings are refused."""
    other = report(run)
    other["systems"][0] |= {"name": "pocketsphinx", "own": False}
    second, page = tmp_path / "second.json", tmp_path / "page.md"
    second.write_text(json.dumps(other), "utf-8")
    page.write_text(f"{BEGIN}\n{END}\n", "utf-8")
    words = ["--write-docs", str(run[0]), str(second), "--page", str(page)]
    assert ears.main(words) == 0
    assert "voicecoach | pocketsphinx |" in page.read_text("utf-8")
    other["data"]["manifest_sha256"] = "of another folder"
    second.write_text(json.dumps(other), "utf-8")
    assert ears.main(words) == 3
    assert "other recordings" in capsys.readouterr().err


@pytest.mark.slow
def test_a_page_without_markers_is_left_alone(
    run: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is an error that names the markers."""
    page = tmp_path / "page.md"
    page.write_text("# Nothing\n", "utf-8")
    assert ears.main(["--write-docs", str(run[0]), "--page", str(page)]) == 3
    assert page.read_text("utf-8") == "# Nothing\n"
    assert "begin figures" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_picture_is_drawn_of_the_json(
    run: tuple[Path, str], tmp_path: Path, ending: str
) -> None:
    """Later too, and again the same."""
    pytest.importorskip("matplotlib")
    pictures = [tmp_path / f"{n}.{ending}" for n in range(2)]
    for picture in pictures:
        assert ears.main(["--write-plot", str(run[0]), "--plot", str(picture)]) == 0
    assert pictures[0].stat().st_size > 5000
    assert ending == "svg" or pictures[0].read_bytes() == pictures[1].read_bytes()
