"""Whole implementations of the ports, for tests; each passes its contract kit."""
