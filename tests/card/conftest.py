"""The virtual card of ``virtual_card.sh``: without one these tests are skipped; with
VOICECOACH_CARD=1 they must run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.card.room import realtime
from voicecoach.devices.sound_card import list_devices
from voicecoach.errors import DeviceError


@pytest.fixture(autouse=True, scope="module")
def _card() -> Iterator[None]:
    if os.environ.get("VOICECOACH_CARD") != "1":
        pytest.skip("no virtual card: tests/card/virtual_card.sh starts one")
    try:
        found = list_devices()
    except DeviceError as error:
        pytest.fail(f"VOICECOACH_CARD=1, but there is no card: {error}")
    assert found, "VOICECOACH_CARD=1, but the virtual card is not there"
    with realtime():
        yield
