"""The fake device keeps the contract."""

from __future__ import annotations

import pytest

from tests.contracts.device import DeviceContract, Rig
from tests.fakes.device import FakeDevice


class TestFakeDevice(DeviceContract):
    """The kit, stepped by hand."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return a fake device."""
        device = FakeDevice()
        return Rig(device, lambda _, blocks: device.step(blocks))


class TestFakeLoudspeaker(DeviceContract):
    """The kit without a microphone."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return a fake device that hears nothing."""
        device = FakeDevice(lambda _: None)
        return Rig(device, lambda _, blocks: device.step(blocks), hears=False)
