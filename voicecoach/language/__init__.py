"""A language: what a user can say, and what the coach says."""
