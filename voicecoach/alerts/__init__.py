"""Calling a helper: by a command, or a request on the local network."""
