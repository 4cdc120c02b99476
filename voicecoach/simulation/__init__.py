"""The simulated room: acoustics, scenarios, and a device in virtual time."""
