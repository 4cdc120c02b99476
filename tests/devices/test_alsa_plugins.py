"""Plugins of ALSA stay loaded from one start of PortAudio to the next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voicecoach.devices import alsa_plugins
from voicecoach.devices.alsa_plugins import hold

ROW = "7f0000000000-7f0000001000 r-xp 00000000 08:01 1    "


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alsa_plugins, "_held", {})


def library() -> Path:
    """Return a library that this program has loaded."""
    rows = Path("/proc/self/maps").read_text("utf-8").splitlines()
    return Path(next(row[row.index("/") :] for row in rows if "/libm." in row or "/libm-" in row))


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc")
def test_what_is_loaded_is_held_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin has several rows, other libraries are let be, and so is one that is gone."""
    plugin, maps = tmp_path / "libasound_module_pcm_pulse.so", tmp_path / "maps"
    shutil.copy(library(), plugin)
    gone = tmp_path / "libasound_module_pcm_gone.so"
    maps.write_text("".join(f"{ROW}{path}\n" for path in (plugin, plugin, library(), gone)))
    monkeypatch.setattr(alsa_plugins, "MAPS", maps)
    hold()
    held = dict(alsa_plugins._held)
    assert list(held) == [str(plugin)]
    hold()
    assert alsa_plugins._held == held


def test_a_system_without_such_a_list_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS: nothing is held."""
    monkeypatch.setattr(alsa_plugins, "MAPS", tmp_path / "none")
    hold()
    assert alsa_plugins._held == {}
