"""Interrupting shipped routines at every moment, and checking that they go on at the right step."""
