"""The simulated room: acoustics, scenario, and a device in virtual time."""
