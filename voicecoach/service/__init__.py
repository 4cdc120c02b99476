"""The coach as a service of the user's own systemd."""
