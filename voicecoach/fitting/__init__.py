"""Fitting a session to the time a user has: which routine, and how much of it. Pure."""
