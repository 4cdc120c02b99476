"""Random sessions, and whether each is replayed as it was."""
